/** The short run of the fuzz, and what its parts promise. `pnpm fuzz:edits` runs longer. */
import { describe, expect, test } from 'vitest';
import { rules } from '../../../../rules/index.js';
import { type Analyze, fixableRules, runBatch } from './batch.js';
import { execute } from './execute.js';
import { runFuzz } from './fuzz-run.js';
import { createRandomProgram } from './random-program.js';
import { shrink } from './shrink.js';

describe('fuzz of edits', () => {
  test('safe edits of random programs change nothing', async () => {
    const result = await runFuzz({ programs: 120, firstSeed: 20_260, tiers: ['safe'] });
    expect(result.differences.map((one) => `seed ${one.program.seed}: ${one.applied.map((finding) => `${finding.rule} line ${finding.line}`).join(', ')}\n${one.before}\n${one.after}`)).toEqual([]);
    // The fuzz is worth something only while edits are made, of most rules.
    expect(result.edited).toBeGreaterThan(35);
    expect(fixableRules(rules).filter((one) => (result.appliedByRule[one] ?? 0) > 0).length).toBeGreaterThanOrEqual(fixableRules(rules).length - 2);
  });

  test('a seed gives the same program each time, and other seeds others', () => {
    expect(createRandomProgram(7)).toEqual(createRandomProgram(7));
    expect(new Set(Array.from({ length: 50 }, (_, seed) => Object.values(createRandomProgram(seed).files).join())).size).toBe(50);
  });

  test('a program shows the same each time it runs', async () => {
    for (let seed = 1; seed <= 60; seed += 1) {
      const { files, entry } = createRandomProgram(seed);
      const shown = await execute(files, entry);
      expect(shown, `seed ${seed}`).not.toMatch(/^throws|ReferenceError|is not a function/);
      expect(await execute(files, entry), `seed ${seed}`).toBe(shown);
    }
  });

  test('an edit that changes something is a difference', async () => {
    const entry = 'packages/testkit/src/fuzz-edits/generated/wrong.ts';
    const source = 'export function run() {\nconst u = new Uint8Array(4);\nconst c = u.slice(0, 2);\nu[0] = 1;\nreturn c;\n}\n';
    const wrong = wrongEdit(entry, source);
    const { differences, appliedByRule } = await runBatch([{ entry, files: { [entry]: source } }], { analyze: () => [wrong], target: 'node22', tiers: ['safe'] });
    expect(appliedByRule).toEqual({ wrong: 1 });
    expect(differences.map((one) => [one.before, one.after])).toEqual([['["Uint8Array","0000"] ', '["Uint8Array","0100"] ']]);
  });

  test('what is the same memory is part of what is shown', async () => {
    const source = (copy: string): string => `export function run() { const u = new Uint8Array(4); return [u, u.${copy}(1, 2)]; }`;
    expect(await execute({ 'a.ts': source('slice') }, 'a.ts')).not.toBe(await execute({ 'a.ts': source('subarray') }, 'a.ts'));
  });

  test('shrinking keeps what fails and drops the rest', async () => {
    const files = { 'a.ts': ['one', 'two {', 'three', '}', 'bad', 'four'].join('\n') };
    const small = await shrink({ entry: 'a.ts', files }, (program) => Promise.resolve(program.files['a.ts']!.includes('bad')));
    expect(small.files).toEqual({ 'a.ts': 'bad' });
  });
});

/** A finding whose edit makes the first slice a view. */
function wrongEdit(file: string, source: string): ReturnType<Analyze>[number] {
  const start = source.indexOf('slice');
  return {
    id: 'x', rule: 'wrong', stage: 'nursery', messageId: 'x', message: '', why: '', help: '', severity: 'low', category: 'message-payload', scope: 'site', rootCause: '', confidence: 'proven', advice: 'removable',
    file, start, end: start + 5, line: 3, column: 1, endLine: 3, endColumn: 6, function: 'run', hotness: { level: 'warm', source: '' }, cost: { objects: null, heapBytes: null, externalBytes: null, retainedBytes: null, nativeCalls: null, expression: '' },
    effort: 'trivial', risk: 'low', fix: { tier: 'safe', codemod: null, title: '', edits: [{ file, start, end: start + 5, text: 'subarray' }] }, obligations: [], related: [], fingerprint: 'x', suppressed: null,
  };
}
