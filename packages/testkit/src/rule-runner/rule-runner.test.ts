import { defineRule } from '@scrimp/analysis/detect';
import type { Finding } from '@scrimp/analysis';
import { describe, expect, test } from 'vitest';
import { withRuleHeader } from '../generate/rule-readme.js';
import { analyzeSources } from './analyze-sources.js';
import { compareBehavior } from './behavior-comparison.js';
import { renderExpected } from './expected-text.js';
import { compareWithMarkers, readMarkers } from './marker.js';
import { problemsOfAnatomy, problemsOfBreaking, problemsOfEvidence, problemsOfPage } from './rule-anatomy.js';
import { editedFixture, problemsOfBreaks, problemsOfEdited, problemsOfFences, problemsOfOk, problemsOfReported, problemsOfTypes } from './rule-checks.js';
import type { RuleSubject } from './rule-checks.js';
import { programTexts } from './rule-folder.js';
import { readPage } from './rule-page.js';
import { createSourceProgram } from './source-program.js';

/** Reports every call of `fill`, and renames it. */
const rule = defineRule({
  meta: {
    id: 'no-filling-here', summary: 'a call of fill', stage: 'nursery', category: 'message-payload', severity: 'low', presets: ['all'], needs: ['types'],
    evidence: 'guard', fixable: 'safe', effort: 'trivial', risk: 'none',
    messages: { filled: { what: 'fill is called', why: 'it writes', help: 'do not' } },
  },
  check(query, report) {
    for (const fn of query.functions()) {
      for (const call of fn.calls().filter((one) => one.mayBe('Uint8Array.prototype.fill'))) {
        const edit = fn.renameMethod(call, 'with');
        report({ site: fn.site(call.value), messageId: 'filled', obligations: [], fix: edit === null ? null : { title: 'replace fill by with', edits: [edit] } });
      }
    }
  },
});

const fill = 'export function clear(bytes: Uint8Array): void {\n  bytes.fill(0);\n';
const reportedFill = `${fill}  //~^ filled proven\n}\n`;
const silent = 'export const size = (bytes: Uint8Array): number => bytes.length;\n';

function subjectOf(files: Readonly<Record<string, string>>): RuleSubject {
  const folder = { id: rule.meta.id, files: new Map(Object.entries(files)) };
  return { folder, rule, sources: createSourceProgram(programTexts(folder)) };
}

describe('markers', () => {
  const finding = (line: number, messageId: string, confidence: Finding['confidence']): Finding => ({ line, messageId, confidence, message: 'bytes are copied' }) as Finding;
  const compare = (text: string, findings: readonly Finding[]): string[] => compareWithMarkers(readMarkers(text).markers, findings);

  test('speak of the line that their carets reach, of several reports, and of confidence', () => {
    const text = 'a();\n//~^ copy\n//~^^ copy likely, other proven\n';
    expect(compare(text, [finding(1, 'copy', 'likely'), finding(1, 'other', 'proven'), finding(1, 'copy', 'proven')])).toEqual([]);
    expect(compare(text, [finding(1, 'copy', 'likely'), finding(1, 'copy', 'proven')])).toEqual(['line 1: other proven is marked and there is copy proven']);
  });

  test('tell a missing report, an unmarked one, and a wrong confidence', () => {
    expect(compare('a();\n//~^ copy\n', [])).toEqual(['line 1: copy is marked and nothing is reported there']);
    expect(compare('a();\n', [finding(1, 'copy', 'likely')])).toEqual(['line 1: copy likely is reported and not marked: bytes are copied']);
    expect(compare('a();\n//~^ copy proven\n', [finding(1, 'copy', 'likely')])).toHaveLength(2);
  });

  test('hold known misses and known false alarms to what they say', () => {
    expect(compare('a();\n//~^ known-miss: an alias\n', [])).toEqual([]);
    expect(compare('a();\n//~^ known-miss: an alias\n', [finding(1, 'copy', 'likely')])).toEqual([expect.stringContaining('is now reported')]);
    expect(compare('a();\n//~^ known-false-alarm: an alias\n', [finding(1, 'copy', 'likely')])).toEqual([]);
    expect(compare('a();\n//~^ known-false-alarm: an alias\n', [])).toEqual([expect.stringContaining('is gone')]);
  });

  test('that are none are problems', () => {
    for (const text of ['//~ copy', '//~^', '//~^ copy sure', '//~^^ copy', 'a(); //~^ copy', '//~^ known-miss:']) expect(readMarkers(`${text}\n`).problems, text).toHaveLength(1);
  });
});

describe('fixtures', () => {
  test('agree when all is marked', () => {
    const subject = subjectOf({ 'reported.ts': reportedFill, 'ok.ts': silent });
    expect([...problemsOfTypes(subject), ...problemsOfReported(subject), ...problemsOfOk(subject)]).toEqual([]);
  });

  test('disagree when a report is not marked, when nothing is, and when ok is reported', () => {
    expect(problemsOfReported(subjectOf({ 'reported.ts': `${fill}}\n` }))).toHaveLength(2);
    expect(problemsOfReported(subjectOf({ 'reported.ts': silent }))).toEqual([expect.stringContaining('marks no report')]);
    expect(problemsOfOk(subjectOf({ 'ok.ts': `${fill}}\n` }))).toEqual([expect.stringContaining('ok.ts line 2')]);
    expect(problemsOfOk(subjectOf({ 'ok.ts': `${fill}  //~^ known-false-alarm: on purpose\n}\n` }))).toEqual([]);
    expect(problemsOfOk(subjectOf({ 'ok.ts': reportedFill }))).not.toEqual([]);
  });

  test('have to type-check, JavaScript only to parse', () => {
    expect(problemsOfTypes(subjectOf({ 'reported.ts': 'export const size: string = 1;\n' }))).toEqual([expect.stringContaining('(TS2322)')]);
    expect(problemsOfTypes(subjectOf({ 'ok.js': 'export const size = (bytes) => bytes.length;\n' }))).toEqual([]);
    expect(problemsOfTypes(subjectOf({ 'ok.js': 'export const = 1;\n' }))).not.toEqual([]);
  });

  test('are edited, and the result is checked for types', () => {
    const subject = subjectOf({ 'reported.ts': reportedFill });
    const { text } = editedFixture(subject);
    expect(text).toContain('bytes.with(0)');
    expect(problemsOfEdited(subject.folder, text ?? '')).toEqual([expect.stringContaining('after the edits, line 2')]);
    expect(editedFixture(subjectOf({ 'reported.ts': silent }))).toEqual({ text: null, problems: [] });
  });

  test('are rendered with the line that an edit makes', () => {
    const [finding] = analyzeSources({ 'rules/x/reported.ts': reportedFill }, { rules: [rule] }).findings;
    const text = renderExpected(rule.meta.id, [{ file: 'reported.ts', text: reportedFill, findings: [finding!] }]);
    expect(text).toContain('### Line 2, filled, in clear\n\n    bytes.fill(0);\n');
    expect(text).toContain('- fix: replace fill by with (safe)\n\nbecomes\n\n    bytes.with(0);\n');
  });
});

describe('behavior', () => {
  const cases = (fixture: unknown): unknown[] => [(fixture as { f: () => unknown }).f()];

  test('is equal when the bytes are, whatever wraps them', async () => {
    expect(await compareBehavior('x', 'export const f = () => new Uint8Array([1, 2]);', 'export const f = async () => Buffer.from([1, 2]);', cases)).toBeNull();
  });

  test('differs with its place; comparing nothing is a problem', async () => {
    expect(await compareBehavior('x', 'export const f = (): Uint8Array => new Uint8Array([1, 2]);', 'export const f = () => new Uint8Array([1, 3]);', cases)).toContain('cases[0][1] is 2 before and 3 after');
    expect(await compareBehavior('x', 'export {};', 'export {};', () => [])).toContain('compares nothing');
  });
});

describe('pages', () => {
  const good = '```ts good\nexport {};\n```\n';
  const sections = (bad: string): string => `<!-- begin header --><!-- end header -->\n\n## Bad\n\n${bad}\n## Good\n\n${good}\n## Why\n\n## When not to\n\n## Known limits\n`;

  test('have their sections in order, and fences of two kinds only', () => {
    expect(readPage(sections(`\`\`\`ts bad\n${fill}}\n\`\`\`\n`)).problems).toEqual([]);
    expect(readPage('## Good\n\n## Bad\n').problems).toHaveLength(3);
    expect(readPage(sections('```ts\nlet a;\n```\n```ts bad\n```\n')).problems).toEqual([expect.stringContaining('line 5')]);
    expect(readPage(sections('```ts bad\nlet a;\n')).problems.length).toBeGreaterThan(0);
  });

  test('show bad code that is reported and good code that is not', () => {
    expect(problemsOfFences(subjectOf({ 'README.md': sections(`\`\`\`ts bad\n${fill}}\n\`\`\`\n`) }))).toEqual([]);
    expect(problemsOfFences(subjectOf({ 'README.md': sections(good.replace('good', 'bad')) }))).toEqual([expect.stringContaining('is not reported')]);
    expect(problemsOfFences(subjectOf({ 'README.md': `\`\`\`ts good\n${fill}}\n\`\`\`\n` }))).toEqual([expect.stringContaining('README.md line 3: the good code is reported')]);
  });

  test('have a header that is fresh', () => {
    const page = withRuleHeader(sections(`\`\`\`ts bad\n${fill}}\n\`\`\`\n`), rule.meta, null)!;
    expect(problemsOfPage({ id: rule.meta.id, files: new Map([['README.md', page]]) }, rule)).toEqual([]);
    expect(problemsOfPage({ id: rule.meta.id, files: new Map([['README.md', page.replace('a call', 'two calls').replace('A call', 'Two calls')]]) }, rule)).toEqual([expect.stringContaining('stale')]);
  });
});

describe('evidence', () => {
  test('is a program that breaks as written and not when mended, in which the rule sees something', async () => {
    const one = { name: 'x', asWritten: () => true, mended: () => false };
    expect(await problemsOfBreaking({ cases: [one] })).toEqual([]);
    expect(await problemsOfBreaking({ cases: [{ ...one, asWritten: () => false }, { ...one, mended: () => true }] })).toHaveLength(2);
    expect(await problemsOfBreaking({})).toHaveLength(1);
    expect(problemsOfBreaks(subjectOf({ 'breaks.ts': `${fill}}\n` }))).toEqual([]);
    expect(problemsOfBreaks(subjectOf({ 'breaks.ts': silent }))).toHaveLength(1);
  });

  test('is figures that show a saving', () => {
    const figures = (objects: number): string => JSON.stringify({
      schema: 'scrimp-bench-evidence/1', tolerance: {},
      nodes: { 20: { version: 'v20.20.2', cases: [{ case: 'x', size: 1, before: { objects: 2, heapBytes: 9, externalBytes: 0 }, after: { objects, heapBytes: 9, externalBytes: 0 }, timeRatio: 1, stable: true }] } },
    });
    const problems = (text: string): string[] => problemsOfEvidence({ id: 'x', files: new Map([['bench.json', text]]) });
    expect(problems(figures(1))).toEqual([]);
    expect(problems(figures(2))).toEqual([expect.stringContaining('no saving')]);
    expect(problems('{')).toHaveLength(1);
  });
});

test('anatomy names missing files, wrong ids, places to be written and unconventional messages', () => {
  const problems = problemsOfAnatomy({ id: 'no-other-id', files: new Map([['rule.ts', '// write me: all']]) }, { ...rule, meta: { ...rule.meta, summary: 'Copies bytes.' } });
  expect(problems.filter((problem) => problem.includes('is missing'))).toHaveLength(5);
  expect(problems.join('\n')).toMatch(/meta\.id[^]*begin in lower case[^]*rule\.ts:1: write me/);
});

test('texts are one program: they import each other, and packages of the folder that they are placed in', () => {
  const texts = {
    'rules/x/caller.ts': "import { sha256 } from '@noble/hashes/sha2.js';\nimport { clear } from './callee.js';\nexport const run = (bytes: Uint8Array): Uint8Array => { clear(bytes); return sha256(bytes); };\n",
    'rules/x/callee.ts': `${fill}}\n`,
  };
  const sources = createSourceProgram(texts);
  expect(Object.keys(texts).flatMap((path) => sources.problemsOf(path))).toEqual([]);
  expect(analyzeSources(texts, { rules: [rule] }).summary).toMatchObject({ files: 2, findings: 1 });
  expect(analyzeSources(texts, { rules: [rule], oracle: 'none' }).summary).toMatchObject({ files: 2, findings: 1 });
});
