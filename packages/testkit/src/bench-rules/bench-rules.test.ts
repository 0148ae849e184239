/**
 * The chain from a rule's bench file to its evidence, on the committed example and on files made here.
 */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { majorOf, parseEvidence } from '@scrimp/bench';
import type { CaseMeasurement } from '@scrimp/bench';
import { afterEach, describe, expect, it } from 'vitest';
import { findBenchFiles } from './bench-files.js';
import { readCommandLine } from './command-line.js';
import { makeLoadable } from './loadable-bench-file.js';
import { exitCodeOf, remarksOf } from './outcome.js';
import { measureRule } from './rule-evidence.js';
import type { EvidenceMode, MeasuredRule, RuleMeasuring } from './rule-evidence.js';
import { savingTable } from './saving-table.js';

const examples = join(import.meta.dirname, '..', '..', '..', 'bench', 'examples');
const created: string[] = [];
afterEach(() => {
  for (const folder of created.splice(0)) rmSync(folder, { recursive: true });
});

/** A folder of one rule with the given bench file, and a `node_modules` beside the rules as in the workspace. */
function rulesFolderWith(benchText: string): { folder: string; modules: string } {
  const folder = mkdtempSync(join(tmpdir(), 'bench-rules-'));
  created.push(folder);
  const modules = join(folder, 'node_modules');
  mkdirSync(modules);
  mkdirSync(join(folder, 'some-rule'));
  writeFileSync(join(folder, 'some-rule', 'bench.ts'), benchText);
  return { folder, modules };
}

function measuring(mode: EvidenceMode): RuleMeasuring {
  return {
    nodePaths: [process.execPath],
    mode,
    effort: { warmUpMilliseconds: 150, rounds: 5, roundMilliseconds: 10 },
    signal: undefined,
    onCase: () => undefined,
  };
}

function onlyBenchFile(folder: string) {
  const [benchFile] = findBenchFiles(folder, []).benchFiles;
  if (benchFile === undefined) throw new Error(`no bench file in ${folder}`);
  return benchFile;
}

describe('measureRule', () => {
  it('finds the committed evidence of the example to hold on this Node', async () => {
    const benchFile = onlyBenchFile(examples);
    const { evidence } = parseEvidence(readFileSync(benchFile.evidencePath, 'utf8'));
    const isCommitted = String(majorOf(process.version)) in (evidence?.nodes ?? {});
    const { measurements: _, ...outcome } = await measureRule(measuring('check'), benchFile);
    expect(outcome).toEqual({ ruleId: 'slice-into-hash', evidenceState: isCommitted ? 'kept' : 'differs', hasSaving: true, problems: [] });
  });

  it('writes evidence, keeps it the second time, sees that nothing is saved, and leaves nothing behind', async () => {
    const { folder, modules } = rulesFolderWith(`
      import { defineBench } from '@scrimp/bench';
      const copy = (bytes: Uint8Array): Uint8Array => bytes.slice();
      export default defineBench({ name: 'copies', size: 256, setup: (size) => new Uint8Array(size), before: copy, after: copy });
    `);
    const benchFile = onlyBenchFile(folder);
    const first = await measureRule(measuring('update'), benchFile);
    expect(first.problems).toEqual([]);
    expect(first.evidenceState).toBe('written');
    expect(first.hasSaving).toBe(false);
    const second = await measureRule(measuring('update'), benchFile);
    expect(second.evidenceState).toBe('kept');
    expect(readdirSync(modules)).toEqual([]);
    expect(readdirSync(join(folder, 'some-rule')).sort()).toEqual(['bench.json', 'bench.ts']);
  });

  it('writes no evidence of unequal results, and names the source', async () => {
    const { folder } = rulesFolderWith(`export default { name: 'differs', size: 1, setup: () => 0, before: () => 1, after: () => 2 };`);
    const benchFile = onlyBenchFile(folder);
    const measured = await measureRule(measuring('update'), benchFile);
    expect(measured.evidenceState).toBe('unknown');
    expect(measured.problems).toEqual([expect.stringContaining('result is 1 before and 2 after')]);
    expect(exitCodeOf('update', [measured])).toBe(1);
    expect(existsSync(benchFile.evidencePath)).toBe(false);
  });
});

describe('makeLoadable', () => {
  it('refuses a neighbor and a file that does not parse', () => {
    const neighbor = rulesFolderWith(`import { rule } from './rule.js'; export default rule;`);
    expect(makeLoadable(onlyBenchFile(neighbor.folder).path).problems).toEqual([expect.stringMatching(/imports \.\/rule\.js; a bench file may import only/)]);
    const broken = rulesFolderWith(`export default {`);
    expect(makeLoadable(onlyBenchFile(broken.folder).path).problems).toEqual([expect.stringMatching(/does not parse: '}' expected/)]);
  });
});

describe('findBenchFiles', () => {
  it('reports a rule without a bench file', () => {
    expect(findBenchFiles(examples, ['no-such-rule']).problems).toEqual([expect.stringMatching(/^the rule no-such-rule has no bench file/)]);
  });
});

describe('readCommandLine', () => {
  it('reads rules, majors and mode', () => {
    const { request } = readCommandLine(['some-rule', '--node', '20,24,24', '--check'], '/rules');
    expect(request).toEqual({ ruleIds: ['some-rule'], majors: [20, 24], mode: 'check', folder: '/rules' });
  });

  it('answers with the usage to what it does not know', () => {
    expect(readCommandLine(['--node', '18'], '/rules').problems).toEqual([expect.stringMatching(/^--node "18" is not a Node major from 20 on; usage: /)]);
    expect(readCommandLine(['--wat'], '/rules').problems).toEqual([expect.stringMatching(/--wat.*usage: /)]);
  });
});

describe('what is printed', () => {
  const measurement = (overrides: Partial<CaseMeasurement>): CaseMeasurement => ({
    case: 'slice', size: 1024, node: 'v20.20.2', timeRatio: 0.09, stable: true, notes: [],
    before: { objects: 2, heapBytes: 184, externalBytes: 1024, ns: 300 },
    after: { objects: 1, heapBytes: 96, externalBytes: 0, ns: 22 },
    ...overrides,
  });
  const saving: MeasuredRule = {
    ruleId: 'some-rule', evidenceState: 'kept', hasSaving: true, problems: [],
    measurements: [measurement({ size: 64 }), measurement({}), measurement({ node: 'v24.21.0' }), measurement({ node: 'v24.21.0', size: 64 })],
  };
  const vanished: MeasuredRule = {
    ruleId: 'lost-rule', evidenceState: 'differs', hasSaving: false, problems: [],
    measurements: [measurement({ case: 'hash', after: measurement({}).before, timeRatio: 1, stable: false, notes: ['after: objects spread by 1.0 around 9.5 between rounds'] })],
  };

  it('aligns the table and groups the Nodes of a case', () => {
    expect(savingTable([saving, vanished])).toMatchInlineSnapshot(`
      "rule       case     size      node  objects/op   heap B/op  external B/op   time  verdict
      ------------------------------------------------------------------------------------------------
      some-rule  slice    64 B  v20.20.2      2 -> 1   184 -> 96      1024 -> 0  x0.09  saves
                          64 B  v24.21.0      2 -> 1   184 -> 96      1024 -> 0  x0.09  saves
                        1024 B  v20.20.2      2 -> 1   184 -> 96      1024 -> 0  x0.09  saves
                        1024 B  v24.21.0      2 -> 1   184 -> 96      1024 -> 0  x0.09  saves
      lost-rule  hash   1024 B  v20.20.2      2 -> 2  184 -> 184   1024 -> 1024  x1.00  same, unstable"
    `);
  });

  it('exits 1 with --check when a saving vanished, and says so', () => {
    expect([exitCodeOf('check', [saving]), exitCodeOf('check', [saving, vanished]), exitCodeOf('update', [saving, vanished])]).toEqual([0, 1, 0]);
    expect(remarksOf(saving)).toEqual(['some-rule: bench.json holds']);
    expect(remarksOf(vanished)).toEqual([
      'lost-rule: hash at 1024 B on v20.20.2 is unstable; after: objects spread by 1.0 around 9.5 between rounds',
      'lost-rule: no case saves objects or bytes any more; demote the rule, or mend its bench file',
      'lost-rule: bench.json is missing or differs beyond tolerance; run pnpm bench:rules lost-rule',
    ]);
  });
});
