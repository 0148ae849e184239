/**
 * When committed figures stay and when they are rewritten.
 */
import { describe, expect, it } from 'vitest';
import { formatEvidence, parseEvidence, savingOf, updateEvidence } from './index.js';
import type { CaseMeasurement } from './index.js';

function measurement(overrides: Partial<CaseMeasurement> = {}): CaseMeasurement {
  return {
    case: 'slice into hash',
    size: 1024,
    node: 'v20.20.2',
    before: { objects: 7, heapBytes: 512, externalBytes: 1056, ns: 1500 },
    after: { objects: 5, heapBytes: 328, externalBytes: 32, ns: 1200 },
    timeRatio: 0.8,
    stable: true,
    notes: [],
    ...overrides,
  };
}

describe('updateEvidence', () => {
  const committed = updateEvidence(undefined, [measurement()]);

  it('keeps the whole document when every figure is within tolerance', () => {
    const fresh = measurement({ node: 'v20.21.0', before: { objects: 7.04, heapBytes: 513.5, externalBytes: 1056.3, ns: 9000 }, timeRatio: 0.95 });
    expect(formatEvidence(updateEvidence(committed, [fresh]))).toBe(formatEvidence(committed));
  });

  it('is not rewritten for its time, however far that is off', () => {
    expect(updateEvidence(committed, [measurement({ timeRatio: 3 })])).toEqual(committed);
    const cheaper = measurement({ timeRatio: 3, after: { objects: 2, heapBytes: 100, externalBytes: 0, ns: 4500 } });
    expect(updateEvidence(committed, [cheaper]).nodes['20']?.cases[0]?.timeRatio).toBe(3);
  });

  it('rewrites only the figure beyond tolerance, and the version with it', () => {
    const fresh = measurement({ node: 'v20.21.0', before: { objects: 7.04, heapBytes: 600, externalBytes: 1056, ns: 1500 } });
    const updated = updateEvidence(committed, [fresh]).nodes['20'];
    expect(updated?.version).toBe('v20.21.0');
    expect(updated?.cases[0]?.before).toEqual({ objects: 7, heapBytes: 600, externalBytes: 1056 });
  });

  it('is looser when a run saw several optimization states, and keeps the committed steadiness', () => {
    const restless = measurement({ stable: false, before: { objects: 9, heapBytes: 580, externalBytes: 1056, ns: 1500 } });
    expect(updateEvidence(committed, [restless])).toEqual(committed);
  });

  it('keeps majors that were not measured, adds new ones in order, drops cases that are gone', () => {
    const withNew = updateEvidence(committed, [measurement({ node: 'v26.1.0' }), measurement({ node: 'v24.1.0', case: 'other' })]);
    expect(withNew.nodes['20']).toEqual(committed.nodes['20']);
    expect([...formatEvidence(withNew).matchAll(/"version": "(v\d+)/g)].map((match) => match[1])).toEqual(['v20', 'v24', 'v26']);
    const renamed = updateEvidence(withNew, [measurement({ node: 'v24.1.0', case: 'renamed' })]);
    expect(renamed.nodes['24']?.cases.map((evidenceCase) => evidenceCase.case)).toEqual(['renamed']);
  });

  it('reads what it writes and refuses other documents', () => {
    expect(parseEvidence(formatEvidence(committed))).toEqual({ evidence: committed, problems: [] });
    expect(parseEvidence('{"schema":"other/1"}').problems).toEqual(['has the schema "other/1", expected "scrimp-bench-evidence/1"; delete it and measure again']);
    expect(parseEvidence('{').problems[0]).toMatch(/^is not JSON/);
    expect(parseEvidence('{"schema":"scrimp-bench-evidence/1","nodes":{"20":{"cases":[{}]}}}').problems).toEqual(['has a case without its figures; delete it and measure again']);
  });
});

describe('savingOf', () => {
  const cost = (objects: number, heapBytes: number, externalBytes = 0) => ({ objects, heapBytes, externalBytes });
  it.each([
    ['saves', cost(3, 232), cost(1, 96), 'stable'],
    ['saves', cost(2, 184, 1024), cost(2, 184), 'stable'],
    ['same', cost(3, 232), cost(3.05, 233), 'stable'],
    ['costs', cost(1, 96), cost(2, 192), 'stable'],
    ['trades', cost(3, 232), cost(2, 184, 65), 'stable'],
    ['same', cost(70, 6073), cost(60, 5600), 'unstable'],
  ] as const)('%s: %o to %o', (verdict, before, after, steadiness) => {
    expect(savingOf(before, after, steadiness)).toBe(verdict);
  });
});
