/** The evaluation: its labels are well formed, no edit breaks a needed copy, the committed result is the one of this engine, and the judging is right. */
import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Finding } from '@scrimp/analysis';
import { rules } from '@scrimp/rules';
import { main, processIo } from 'scrimp';
import { expect, test } from 'vitest';
import { analyzeCases } from './case-analysis.js';
import { readCase, type EvaluationCase, type Label } from './evaluation-case.js';
import { evaluate, evaluationFolder, printResult, readCases, readCommittedResult } from './evaluation.js';
import { judgeCase } from './label-outcome.js';
import { brokenByEdits, evaluationResult, printResultJson } from './result.js';
import { scoresOf } from './scores.js';

const knownRules = new Set(rules.map(({ meta }) => meta.id));

test('no safe edit is offered at a needed copy, and the result is the committed one', () => {
  const { cases, problems } = readCases();
  expect(problems).toEqual([]);
  const evaluation = evaluate(cases);
  expect(evaluation.problems).toEqual([]);
  expect(brokenByEdits(evaluation.result)).toEqual([]);
  // When this differs: look at every changed label, then `pnpm eval --update`.
  expect(printResult(evaluation.result)).toEqual(readCommittedResult());
});

test('a case is analyzed as the command would analyze its folder', async () => {
  const ids = ['http-etag', 'transcript-absorb'];
  const cases = readCases().cases.filter(({ id }) => ids.includes(id));
  expect(cases).toHaveLength(ids.length);
  for (const { evaluationCase, findings } of analyzeCases(cases, rules)) {
    expect(await auditedFindings(evaluationCase.id)).toEqual(findings.map(place).sort());
  }
});

/** Copies the folder away from the workspace, whose package.json promises a version of Node. */
async function auditedFindings(id: string): Promise<string[]> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'scrimp-eval-')));
  try {
    cpSync(join(evaluationFolder, id), folder, { recursive: true });
    let output = '';
    const silent = { write: () => undefined };
    await main(['audit', '.', '--json', '--target', 'node20'], { ...processIo(), cwd: folder, env: {}, stderr: silent, stdout: { write: (text) => { output += text; } } });
    const { findings } = JSON.parse(output) as { findings: Finding[] };
    return findings.filter(({ advice }) => advice === 'removable').map(place).sort();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function place({ rule, confidence, file, line, column, fix }: Finding): string {
  return `${file}:${line}:${column} ${rule} ${confidence} ${fix?.tier ?? 'no edit'}`;
}

const source = 'export const a = (bytes) => bytes.slice(1);\nexport const b = 1;\n';
const label: Label = { file: 'a.js', line: 1, text: 'bytes.slice(1)', verdict: 'removable', level: 'function', obligations: ['SRC'], rules: ['no-redundant-slice'], why: 'because' };

function caseWith(...labels: Partial<Label>[]): EvaluationCase {
  return { id: 'x', pattern: 'copy-to-view', after: 'y', labels: labels.map((part) => ({ ...label, ...part })), sources: { 'a.js': source } };
}

function finding(over: Partial<Finding>): Finding {
  const cost = { objects: null, heapBytes: null, externalBytes: null, retainedBytes: null, nativeCalls: null, expression: '' };
  return {
    id: '0', rule: 'no-redundant-slice', stage: 'nursery', messageId: 'm', message: '', why: '', help: '', severity: 'low', category: 'message-payload', scope: 'site', rootCause: '',
    confidence: 'likely', advice: 'removable', file: 'a.js', start: 28, end: 42, line: 1, column: 29, endLine: 1, endColumn: 43, function: 'a', hotness: { level: 'cold', source: '' },
    cost, effort: 'trivial', risk: 'low', fix: null, obligations: [], related: [], fingerprint: '', suppressed: null, ...over,
  };
}

function outcomeOf(part: Partial<Label>, ...findings: Finding[]): string | undefined {
  return judgeCase({ evaluationCase: caseWith(part), findings, skipped: [] }).labels[0]?.outcome;
}

const open = { code: 'SRC', state: 'open', witness: '' } as const;

test('a removable label is met by a firm finding of an accepted rule, and by nothing else', () => {
  expect(outcomeOf({}, finding({}))).toBe('met');
  expect(outcomeOf({}, finding({ confidence: 'proven' }))).toBe('met');
  expect(outcomeOf({}, finding({ confidence: 'possible' }))).toBe('partial');
  expect(outcomeOf({}, finding({ rule: 'no-byte-spread' }))).toBe('missed');
  expect(outcomeOf({}, finding({ line: 2 }))).toBe('missed');
  expect(outcomeOf({})).toBe('missed');
});

test('what stands in the way of a label is told once, and only where it is not met', () => {
  const inTheWay = (over: Partial<Finding>) => judgeCase({ evaluationCase: caseWith({}), findings: [finding({ obligations: [open, open, { ...open, code: 'ESC', state: 'proved' }], ...over })], skipped: [] }).labels[0]?.inTheWay;
  expect(inTheWay({ confidence: 'possible' })).toEqual([{ code: 'SRC', state: 'open' }]);
  expect(inTheWay({})).toEqual([]);
  expect(inTheWay({ rule: 'no-byte-spread' })).toEqual([]);
});

test('a needed label is violated by a firm finding of any rule, and badly by a safe edit on its line', () => {
  const needed = { verdict: 'needed' } as const;
  const withEdit = (tier: 'safe' | 'guarded', start: number, over: Partial<Finding> = {}) =>
    finding({ fix: { tier, codemod: null, title: '', edits: [{ file: 'a.js', start, end: start + 5, text: '' }] }, ...over });
  expect(outcomeOf(needed)).toBe('respected');
  expect(outcomeOf(needed, finding({ confidence: 'possible' }))).toBe('respected');
  expect(outcomeOf(needed, finding({ rule: 'no-byte-spread' }))).toBe('violated');
  expect(outcomeOf(needed, withEdit('guarded', 34))).toBe('violated');
  expect(outcomeOf(needed, withEdit('safe', 34))).toBe('violated-safe');
  expect(outcomeOf(needed, withEdit('safe', 2))).toBe('violated-safe');
  // The finding begins on another line: its edit counts where it meets the labelled expression.
  expect(outcomeOf(needed, withEdit('safe', 34, { line: 2 }))).toBe('violated-safe');
  expect(outcomeOf(needed, withEdit('safe', 2, { line: 2 }))).toBe('respected');
  expect(outcomeOf(needed, withEdit('safe', 60, { line: 2 }))).toBe('respected');
});

test('findings on lines without a label are listed', () => {
  const { extra } = judgeCase({ evaluationCase: caseWith({}), findings: [finding({}), finding({ line: 2, confidence: 'possible' })], skipped: [] });
  expect(extra).toEqual([{ id: 'x', file: 'a.js', line: 2, rule: 'no-redundant-slice', confidence: 'possible', tier: null }]);
});

test('scores count a label in each of its groups', () => {
  const judged = judgeCase({ evaluationCase: caseWith({ obligations: ['SRC', 'ESC'] }, { line: 2, text: 'b', verdict: 'needed' }), findings: [finding({ confidence: 'possible', obligations: [open] })], skipped: [] });
  const scores = scoresOf(judged.labels);
  expect(scores.all).toEqual({ group: 'all', removable: 1, met: 0, partial: 1, needed: 1, respected: 1, violatedSafe: 0 });
  expect(scores.byObligation.map(({ group, removable, needed }) => [group, removable, needed])).toEqual([['SRC', 1, 1], ['ESC', 1, 0]]);
  expect(scores.byAuthors.map(({ group }) => group)).toEqual(['main']);
  expect(scores.byLanguage.map(({ group }) => group)).toEqual(['JavaScript']);
  expect(scores.obstacles).toEqual([{ obstacle: 'SRC open', labels: 1 }]);
});

test('the committed JSON is JSON', () => {
  const result = evaluationResult([{ evaluationCase: caseWith({}), findings: [finding({ line: 2 })], skipped: [] }]);
  expect(JSON.parse(printResultJson(result))).toEqual(result);
  const empty = evaluationResult([]);
  expect(JSON.parse(printResultJson(empty))).toEqual(empty);
});

test('what is wrong with a case is said', () => {
  const problemsOf = (value: unknown): string[] => readCase('x', typeof value === 'string' ? value : JSON.stringify(value), { 'a.js': source, 'package.json': '{}' }, knownRules).problems;
  const good = { pattern: 'copy-to-view', after: 'y', labels: [label] };
  expect(problemsOf(good)).toEqual([]);
  expect(problemsOf('{')).toEqual([expect.stringContaining('does not parse')]);
  expect(problemsOf({})).toEqual(['case.json is no object with labels']);
  expect(problemsOf({ ...good, pattern: 'other' })).toEqual([expect.stringContaining('pattern is none of')]);
  expect(problemsOf({ ...good, after: '' })).toEqual(['after says nothing']);
  expect(problemsOf({ ...good, labels: [] })).toEqual(['has no labels']);
  expect(problemsOf({ ...good, labels: [{ ...label, line: 2 }] })).toEqual(['label 1 has a text that is not on line 2 of a.js: bytes.slice(1)']);
  expect(problemsOf({ ...good, labels: [{ ...label, file: 'package.json' }] })).toEqual(['label 1 names a file that is not there: package.json']);
  expect(problemsOf({ ...good, labels: [{ ...label, verdict: 'maybe', level: 'guess', obligations: ['XX'], rules: ['no-such-rule'], why: '' }] })).toEqual([
    'label 1 has a verdict other than removable and needed',
    expect.stringContaining('level that is none of'),
    'label 1 has no obligations, or unknown ones',
    'label 1 has no rules, or unknown ones',
    'label 1 does not say why',
  ]);
});
