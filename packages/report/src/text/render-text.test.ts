/** The text report of a fixed input is held by goldens at two widths; color changes nothing but color. */
import { stripVTControlCharacters } from 'node:util';
import { expect, test } from 'vitest';
import { cellsOf } from '../terminal-text.js';
import { sampleInput, sampleResult } from '../sample-report.test-support.js';
import { renderText, renderTextLines } from './render-text.js';

for (const width of [80, 120]) {
  test(`at ${String(width)} columns`, async () => {
    await expect(renderText(sampleInput, { color: false, width })).toMatchFileSnapshot(`../golden/report-${String(width)}.txt`);
  });

  test(`with color at ${String(width)} columns is the same text`, () => {
    const colored = renderText(sampleInput, { color: true, width });
    expect(colored).not.toBe(stripVTControlCharacters(colored));
    expect(stripVTControlCharacters(colored)).toBe(renderText(sampleInput, { color: false, width }));
  });

  test(`code frames and wrapped text fit into ${String(width)} columns`, () => {
    const tooLong = renderText(sampleInput, { color: false, width }).split('\n').filter((line) => cellsOf(line) > width);
    expect(tooLong).toEqual([]);
  });
}

test('one line per finding', async () => {
  await expect(renderTextLines(sampleInput, { color: false, width: 80 })).toMatchFileSnapshot('../golden/lines.txt');
});

test('nothing found in nothing is not called clean', () => {
  const summary = { ...sampleResult.summary, files: 0, functions: 0 };
  const empty = { ...sampleInput, result: { ...sampleResult, summary, findings: [], entryPoints: [], goodPatterns: [], missingBenchmarks: [] } };
  expect(renderText(empty, { color: false, width: 80 })).toContain('none, because no file was analyzed');
});

test('file contents cannot steer the terminal', () => {
  expect(renderText(sampleInput, { color: false, width: 80 })).not.toContain('\u001b');
});

test('places are linked where the host gives addresses', () => {
  const linked = renderText(sampleInput, { color: true, width: 80, hyperlink: (file) => `file:///project/${file}` });
  expect(linked).toContain('\u001b]8;;file:///project/src/session.ts\u001b\\');
});
