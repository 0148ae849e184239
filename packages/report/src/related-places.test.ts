/** Other places are said once, and a report proposes only commands that can run. */
import { expect, test } from 'vitest';
import { fixCommandOf } from './fix-command.js';
import { describeRelated } from './related-places.js';
import { sampleResult } from './sample-report.test-support.js';
import type { Finding } from '@scrimp/analysis/detect';

const finding = sampleResult.findings[0]!;

function related(...places: readonly (readonly [file: string, line: number, message: string])[]): Finding {
  return { ...finding, related: places.map(([file, line, message]) => ({ file, line, column: 3, message })) };
}

test('lines of the same file that say the same are one text, each line once', () => {
  const own = finding.file;
  expect(describeRelated(related([own, 7, 'again'], [own, 9, 'again'], [own, 7, 'again'], [own, 8, 'made here']))).toEqual(['lines 7, 9 · again', 'line 8 · made here']);
});

test('a place in another file is one that a terminal opens', () => {
  expect(describeRelated(related(['src/other.ts', 12, 'the sink']))).toEqual(['src/other.ts:12:3 · the sink']);
});

test('long lists end with what is left out', () => {
  const places = Array.from({ length: 20 }, (_, index) => [finding.file, index + 1, `part ${String(index)}`] as const);
  expect(describeRelated(related(...places)).at(-1)).toBe('… and 12 more places in the JSON report');
});

test('a fix that a person writes has no command; the others name the audited paths as one shell word each', () => {
  const advice = { tier: 'review', codemod: null, title: 'write into the place', edits: null } as const;
  expect(fixCommandOf({ ...finding, fix: advice }, ['src'])).toBeNull();
  expect(fixCommandOf({ ...finding, fix: null }, ['src'])).toBeNull();
  expect(fixCommandOf({ ...finding, fix: { ...advice, tier: 'guarded', codemod: 'x' } }, ["it's here", 'b'])).toBe(`scrimp fix 'it'\\''s here' b --rule ${finding.rule} --tier guarded --diff`);
});
