import { describe, expect, it } from 'vitest';
import type { Confidence } from './report-shape.js';
import type { ResultFinding } from './result-text.js';
import { readTriageText } from './triage-files.js';
import { printTriage } from './triage-text.js';
import { precisionOf, triagePackage, triagePasses, type TriageEntry, type Verdict } from './triage.js';

function finding(fingerprint: string, confidence: Confidence = 'likely'): ResultFinding {
  return { fingerprint, confidence, rule: 'no-redundant-slice', place: `src/a.ts:${fingerprint.length}:1` };
}

function entry(fingerprint: string, verdict: Verdict = 'true'): TriageEntry {
  return { fingerprint, verdict, reason: 'nobody writes the source afterwards' };
}

const ten = Array.from({ length: 10 }, (_, index) => `f${index}`);

describe('precision', () => {
  it('is one when both readers say true everywhere', () => {
    const triage = triagePackage('x', ten.map((id) => finding(id)), { first: ten.map((id) => entry(id)), second: ten.map((id) => entry(id)) });
    expect(precisionOf([triage])).toEqual({ counted: 10, countedTrue: 10, share: 1 });
    expect(triagePasses([triage])).toBe(true);
  });

  it('counts a planted disagreement, a debatable and an agreed false as false', () => {
    const first = [entry('a'), entry('b'), entry('c', 'debatable'), entry('d', 'false'), entry('e', 'debatable')];
    const second = [entry('a'), entry('b', 'false'), entry('c'), entry('d', 'false'), entry('e', 'debatable')];
    const triage = triagePackage('x', ['a', 'b', 'c', 'd', 'e'].map((id) => finding(id)), { first, second });
    expect(precisionOf([triage])).toEqual({ counted: 5, countedTrue: 1, share: 0.2 });
    expect(triagePasses([triage])).toBe(false);
  });

  it('passes at exactly 90 % and fails below', () => {
    const withFalse = (falseIds: string[]) =>
      triagePackage('x', ten.map((id) => finding(id)), { first: ten.map((id) => entry(id)), second: ten.map((id) => entry(id, falseIds.includes(id) ? 'false' : 'true')) });
    expect(triagePasses([withFalse(['f0'])])).toBe(true);
    expect(triagePasses([withFalse(['f0', 'f1'])])).toBe(false);
  });

  it('is over the total, so a small package may be below', () => {
    const large = triagePackage('large', ten.map((id) => finding(id)), { first: ten.map((id) => entry(id)), second: ten.map((id) => entry(id)) });
    const small = triagePackage('small', [finding('s')], { first: [entry('s', 'false')], second: [entry('s', 'false')] });
    expect(precisionOf([large, small])).toEqual({ counted: 11, countedTrue: 10, share: 10 / 11 });
    expect(triagePasses([large, small])).toBe(true);
  });

  it('leaves possible findings out of the share, but demands that they are triaged', () => {
    const findings = [finding('a', 'proven'), finding('b', 'possible')];
    const triaged = triagePackage('x', findings, { first: [entry('a'), entry('b', 'false')], second: [entry('a'), entry('b', 'false')] });
    expect(precisionOf([triaged])).toEqual({ counted: 1, countedTrue: 1, share: 1 });
    expect(triagePasses([triaged])).toBe(true);
    const untriaged = triagePackage('x', findings, { first: [entry('a'), entry('b')], second: [entry('a')] });
    expect(untriaged.untriaged).toEqual([{ finding: findings[1], reader: 'second' }]);
    expect(triagePasses([untriaged])).toBe(false);
  });

  it('has no share without findings', () => {
    const triage = triagePackage('x', [], { first: [], second: [] });
    expect(precisionOf([triage])).toEqual({ counted: 0, countedTrue: 0, share: null });
    expect(triagePasses([triage])).toBe(true);
  });

  it('lists stale entries without failing', () => {
    const triage = triagePackage('x', [finding('a')], { first: [entry('a'), entry('gone')], second: [entry('a')] });
    expect(triage.stale).toEqual([{ entry: entry('gone'), reader: 'first' }]);
    expect(triagePasses([triage])).toBe(true);
  });

  it('refuses one fingerprint for two findings and two verdicts of one reader', () => {
    const twoFindings = triagePackage('x', [finding('a'), finding('a')], { first: [entry('a')], second: [entry('a')] });
    expect(twoFindings.ambiguous).toEqual(['a names more than one finding']);
    expect(triagePasses([twoFindings])).toBe(false);
    const twoVerdicts = triagePackage('x', [finding('a')], { first: [entry('a'), entry('a', 'false')], second: [entry('a')] });
    expect(twoVerdicts.ambiguous).toEqual(['a has more than one entry of the first reader']);
    expect(triagePasses([twoVerdicts])).toBe(false);
  });
});

describe('the account', () => {
  it('prints packages, total and everything that needs a person', () => {
    const first = triagePackage('@x/y', [finding('a', 'proven'), finding('bb')], { first: [entry('a'), entry('bb')], second: [entry('a'), entry('bb', 'debatable')] });
    const second = triagePackage('z', [finding('c')], { first: [entry('c')], second: [entry('old', 'false')] });
    expect(printTriage([first, second])).toEqual([
      '@x/y   findings 2, proven+likely 1/2 true (50.0 %), disagreements 1, untriaged 0, stale 0',
      'z      findings 1, proven+likely 0/1 true (0.0 %), disagreements 0, untriaged 1, stale 1',
      'total  findings 3, proven+likely 1/3 true (33.3 %), disagreements 1, untriaged 1, stale 1',
      '',
      '@x/y:',
      '  not true: bb src/a.ts:2:1 no-redundant-slice likely (first true, second debatable)',
      '',
      'z:',
      '  untriaged by second: c src/a.ts:1:1 no-redundant-slice likely',
      '  stale entry of second: old (false) no longer names a finding',
      '',
      'not ok: every finding must be triaged by both readers, and at least 90 % of proven and likely ones must be true for both',
    ]);
  });

  it('rounds a share just below the demand down', () => {
    const ids = Array.from({ length: 10_000 }, (_, index) => `f${index}`);
    const isTrue = (index: number): Verdict => (index < 8999 ? 'true' : 'false');
    const entries = ids.map((id, index) => entry(id, isTrue(index)));
    const lines = printTriage([triagePackage('x', ids.map((id) => finding(id)), { first: entries, second: entries })]);
    expect(lines[0]).toContain('8999/10000 true (89.9 %)');
    expect(lines.at(-1)).toContain('not ok');
  });
});

describe('a triage file', () => {
  it('is a list of entries; notes beside them and JSON booleans are allowed', () => {
    const text = JSON.stringify([{ ...entry('a'), place: 'src/a.ts:1:1' }, { fingerprint: 'b', verdict: false, reason: 'it is mutated' }]);
    expect(readTriageText(text, 'triage/x.first.json')).toEqual({ entries: [entry('a'), { fingerprint: 'b', verdict: 'false', reason: 'it is mutated' }], problems: [] });
  });

  it('needs a reason and a known verdict', () => {
    const text = JSON.stringify([{ fingerprint: 'a', verdict: 'true', reason: ' ' }, { fingerprint: 'a', verdict: 'maybe', reason: 'x' }, 3]);
    const { entries, problems } = readTriageText(text, 'triage/x.first.json');
    expect(entries).toEqual([]);
    expect(problems).toHaveLength(3);
    expect(problems[0]).toBe('triage/x.first.json[0] is not {fingerprint, verdict: true|false|debatable, reason} with a reason in words');
    expect(readTriageText('{', 'f').problems).toHaveLength(1);
    expect(readTriageText('{}', 'f').problems).toHaveLength(1);
  });
});
