/** The Markdown report: its golden, its limit, and that text of the program cannot break its markup. */
import { expect, test } from 'vitest';
import { markdownLimit, renderMarkdown } from './render-markdown.js';
import { sampleInput, sampleResult } from './sample-report.test-support.js';

test('the sample', async () => {
  await expect(renderMarkdown(sampleInput)).toMatchFileSnapshot('golden/report.md');
});

test('a report of thousands of findings stays below the limit and says what it left out', () => {
  const [first] = sampleResult.findings;
  if (first === undefined) throw new Error('the sample has no finding');
  const findings = Array.from({ length: 3000 }, (_, index) => ({ ...first, id: String(index), rootCause: String(index), message: `${first.message} ${'é'.repeat(200)}` }));
  const report = renderMarkdown({ ...sampleInput, result: { ...sampleResult, findings } });
  expect(Buffer.byteLength(report)).toBeLessThan(markdownLimit);
  const shown = report.match(/<details>/g)?.length ?? 0;
  expect(shown).toBeGreaterThan(10);
  expect(report).toContain(`**${String(3000 - shown)} more findings left out**`);
});

test('a long tail cannot push the findings out', () => {
  const skipped = Array.from({ length: 200 }, (_, index) => ({ file: `${'long'.repeat(100)}${String(index)}.ts`, reason: 'x'.repeat(600) }));
  const report = renderMarkdown({ ...sampleInput, result: { ...sampleResult, skipped } });
  expect(Buffer.byteLength(report)).toBeLessThan(markdownLimit);
  expect(report).toContain('The rest is left out');
  expect(report.match(/<details>/g)?.length).toBe(5);
});

test('no code frame ends its fence, no message opens a tag', () => {
  const [first] = sampleResult.findings;
  if (first === undefined) throw new Error('the sample has no finding');
  const hostile = { ...first, file: 'a.ts', line: 1, column: 1, endLine: 1, endColumn: 4, message: '</summary><img src=x>', why: 'ask @someone' };
  const report = renderMarkdown({ ...sampleInput, sources: () => '````\n', result: { ...sampleResult, findings: [hostile] } });
  expect(report).toContain('`````text\n> 1 | ````');
  expect(report).not.toContain('<img');
  expect(report).not.toContain('@someone');
});
