/**
 * The SARIF report against what the format and GitHub require.
 * No npm package ships the SARIF schema, so the type `Log` of @types/sarif holds the shape when it is compiled,
 * and this test checks every property that GitHub's documentation marks as required, and what types cannot say.
 */
import { expect, test } from 'vitest';
import { renderSarif } from './render-sarif.js';
import { sampleInput, sampleResult, sampleSources } from '../sample-report.test-support.js';
import type { Log, Region, Result, Run } from 'sarif';

function runOf(input = sampleInput): Run {
  const log = JSON.parse(renderSarif(input)) as Log;
  const [run] = log.runs;
  if (run === undefined) throw new Error('no run');
  return run;
}

function resultsOf(run: Run): readonly Result[] {
  return run.results ?? [];
}

function expectText(text: string | undefined): void {
  expect(text).toBeTypeOf('string');
  expect(text).not.toBe('');
}

test('the log is SARIF 2.1.0 with one run', () => {
  const log = JSON.parse(renderSarif(sampleInput)) as Log;
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toMatch(/sarif-2\.1\.0\.json$/);
  expect(log.runs).toHaveLength(1);
  expect(runOf().columnKind).toBe('utf16CodeUnits');
  expect(runOf().automationDetails?.id).toBe('scrimp/default/');
});

test('every rule has what GitHub requires, and no security severity', () => {
  const { driver } = runOf().tool;
  expectText(driver.name);
  expect(driver.rules).toHaveLength(sampleInput.rules.length);
  for (const rule of driver.rules ?? []) {
    expectText(rule.id);
    expectText(rule.shortDescription?.text);
    expectText(rule.fullDescription?.text);
    expectText(rule.help?.text);
    expectText(rule.help?.markdown);
    expect(rule.shortDescription?.text.length).toBeLessThanOrEqual(1024);
    expect(['note', 'warning', 'error']).toContain(rule.defaultConfiguration?.level);
    expect(rule.properties).not.toHaveProperty('security-severity');
    expect(rule.properties?.tags?.length).toBeLessThanOrEqual(10);
  }
});

test('every result has what GitHub requires', () => {
  const run = runOf();
  expect(resultsOf(run).length).toBeGreaterThan(4);
  for (const result of resultsOf(run)) {
    expectText(result.message.text);
    expect(run.tool.driver.rules?.[result.ruleIndex ?? -1]?.id).toBe(result.ruleId);
    const place = result.locations?.[0]?.physicalLocation;
    expectText(place?.artifactLocation?.uri);
    expect(place?.artifactLocation?.uri).not.toMatch(/^\/|\\|^\w+:/);
    expectRegion(place?.region);
    expect(result.partialFingerprints?.primaryLocationLineHash).toMatch(/^[0-9a-f]{1,16}:\d+$/);
    expectText(result.partialFingerprints?.['allocSite/v1']);
    const linked = [...(result.message.text ?? '').matchAll(/\]\((\d+)\)/g)].map((match) => Number(match[1]));
    expect(result.relatedLocations?.map((location) => location.id)).toEqual(linked);
  }
});

test('a finding that no rule made has a descriptor too', () => {
  const run = runOf({ ...sampleInput, rules: [] });
  expect(resultsOf(run).map((result) => run.tool.driver.rules?.[result.ruleIndex ?? -1]?.id)).toEqual(resultsOf(run).map((result) => result.ruleId));
});

test('suppressed findings and copies that must stay are no alerts', () => {
  const results = resultsOf(runOf());
  expect(results.some((result) => result.ruleId === 'no-byte-spread')).toBe(false);
  expect(results.some((result) => result.ruleId === 'no-copying-view-conversion')).toBe(false);
});

test('a fix deletes exactly the text that its edit names', () => {
  const fixed = resultsOf(runOf()).filter((result) => result.fixes !== undefined);
  expect(fixed.length).toBeGreaterThan(1);
  for (const result of fixed) {
    for (const change of result.fixes?.flatMap((fix) => fix.artifactChanges) ?? []) {
      expect(change.replacements.length).toBeGreaterThan(0);
      const source = sampleSources[change.artifactLocation.uri ?? ''] ?? '';
      for (const replacement of change.replacements) {
        expect(textOfRegion(source, replacement.deletedRegion)).toBe('slice');
        expect(replacement.insertedContent?.text).toBe('subarray');
      }
    }
  }
});

test('two findings of one rule on one line are one result with both edits', () => {
  const [first] = sampleResult.findings;
  if (first?.fix?.edits === null || first?.fix?.edits === undefined) throw new Error('the sample has no edits');
  const [edit] = first.fix.edits;
  if (edit === undefined) throw new Error('the sample has no edit');
  const second = { ...first, id: 'second', column: first.column + 2, fingerprint: 'other', fix: { ...first.fix, edits: [{ ...edit, start: edit.start + 10, end: edit.end + 10 }] } };
  const results = resultsOf(runOf({ ...sampleInput, result: { ...sampleResult, findings: [first, second] } }));
  expect(results).toHaveLength(1);
  expect(results[0]?.fixes).toHaveLength(1);
  expect(results[0]?.fixes?.[0]?.artifactChanges[0]?.replacements).toHaveLength(2);
});

function expectRegion(region: Region | undefined): void {
  for (const value of [region?.startLine, region?.startColumn, region?.endLine, region?.endColumn]) expect(value).toBeGreaterThanOrEqual(1);
}

function textOfRegion(source: string, region: Region): string {
  const lines = source.split('\n');
  expect(region.startLine).toBe(region.endLine);
  return (lines[(region.startLine ?? 0) - 1] ?? '').slice((region.startColumn ?? 0) - 1, (region.endColumn ?? 0) - 1);
}
