import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { problemsOfAnatomy, problemsOfEvidence, problemsOfPage } from '../rule-runner/rule-anatomy.js';
import { problemsOfFences, problemsOfOk, problemsOfReported } from '../rule-runner/rule-checks.js';
import { listRuleIds, programTexts, readRuleFolder } from '../rule-runner/rule-folder.js';
import { createSourceProgram } from '../rule-runner/source-program.js';
import { createRule } from './create-rule.js';
import { isValidRuleId } from './rule-id.js';
import { scaffoldRule } from './scaffold.js';

const root = mkdtempSync(join(tmpdir(), 'scrimp-new-rule-'));
mkdirSync(join(root, 'rules', 'no-older-waste'), { recursive: true });
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('ids are kebab case of at least two words', () => {
  for (const id of ['no-byte-spread', 'prefer-oneshot-hash', 'no-utf8-roundtrip']) expect(isValidRuleId(id), id).toBe(true);
  for (const id of ['', 'waste', 'No-Waste', 'no_waste', 'no--waste', '-no-waste', 'no-waste-', 'no-waste/x', '../no-waste', '1-waste', `no-${'x'.repeat(60)}`]) expect(isValidRuleId(id), id).toBe(false);
});

test('a wrong or used id writes nothing and says what to do', () => {
  expect(createRule(root, 'NoWaste', 'saving').problem).toMatch(/kebab case/);
  expect(createRule(root, 'no-older-waste', 'saving').problem).toMatch(/exists already/);
  expect(listRuleIds(root)).toEqual(['no-older-waste']);
});

describe.each(['saving', 'guard'] as const)('a new rule with evidence %s', (evidence) => {
  const id = `no-${evidence}-waste`;

  test('type-checks as it is', () => {
    const texts = Object.fromEntries(Object.entries(scaffoldRule(id, evidence)).filter(([name]) => name.endsWith('.ts')).map(([name, text]) => [`rules/${id}/${name}`, text]));
    const sources = createSourceProgram(texts);
    expect(Object.keys(texts).flatMap((path) => sources.problemsOf(path))).toEqual([]);
  });

  test('is written with an index that names it, and passes nothing by being empty', async () => {
    const { written, problem } = createRule(root, id, evidence);
    expect(problem).toBeNull();
    expect(written).toContain('rules/index.ts');
    expect(readFileSync(join(root, 'rules', 'index.ts'), 'utf8')).toContain(`from './${id}/rule.js'`);
    const folder = readRuleFolder(id, root);
    const rule = await loadRule(folder.files.get('rule.ts')!, id);
    const anatomy = problemsOfAnatomy(folder, rule).join('\n');
    for (const file of folder.files.keys()) expect(anatomy).toContain(`${file}:`);
    expect(anatomy).toContain('expected.md is missing');
    expect(problemsOfPage(folder, rule)).toEqual([]);
    const subject = { folder, rule, sources: createSourceProgram(programTexts(folder)) };
    expect(problemsOfReported(subject)).toEqual([expect.stringContaining('marks no report')]);
    expect(problemsOfOk(subject)).toEqual([]);
    expect(problemsOfFences(subject)).toEqual([expect.stringContaining('the bad code is not reported')]);
    if (evidence === 'saving') expect(problemsOfEvidence(folder)).toEqual([expect.stringContaining('bench.json is missing')]);
  });
});

/** The rule of a text, without its import: `defineRule` gives back what it is given. */
async function loadRule(text: string, id: string): Promise<Parameters<typeof problemsOfAnatomy>[1]> {
  const path = join(root, `${id}.mjs`);
  writeFileSync(path, text.replace(/^import .*$/m, 'const defineRule = (rule) => rule;'));
  const { rule } = await import(/* @vite-ignore */ path) as { rule: Parameters<typeof problemsOfAnatomy>[1] };
  return rule;
}
