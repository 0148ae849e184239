/**
 * What the meter says about regressions, twins, and cases that it must refuse.
 */
import { describe, expect, it } from 'vitest';
import { measureCases, savingOf } from './index.js';
import type { CaseMeasurement } from './index.js';

const comparisons = new URL('../fixtures/comparisons.mjs', import.meta.url);
const quick = { warmUpMilliseconds: 150, rounds: 5, roundMilliseconds: 10 };

function verdictOf(measurement: CaseMeasurement | undefined): string {
  if (measurement === undefined) return 'not measured';
  return savingOf(measurement.before, measurement.after, measurement.stable ? 'stable' : 'unstable');
}

describe('measureCases', () => {
  it('sees a planted regression of one object and stays silent on identical code', async () => {
    const { measurements, problems } = await measureCases(comparisons, ['one object more', 'twins'], quick);
    expect(problems).toEqual([]);
    const [regression, twins] = measurements;
    expect(verdictOf(regression)).toBe('costs');
    expect((regression?.after.objects ?? 0) - (regression?.before.objects ?? 0)).toBeCloseTo(1, 1);
    expect(verdictOf(twins)).toBe('same');
    expect(twins?.after.objects).toBeCloseTo(twins?.before.objects ?? Number.NaN, 1);
    expect(twins?.after.externalBytes).toBe(twins?.before.externalBytes);
    expect(Math.abs((twins?.after.heapBytes ?? Number.NaN) - (twins?.before.heapBytes ?? Number.NaN))).toBeLessThanOrEqual(0.5);
  });

  it('refuses to measure what is not comparable, and says why', async () => {
    const names = ['unequal', 'unequal later', 'random setup', 'promise', 'throws', 'absent'];
    const { measurements, problems } = await measureCases(comparisons, names, quick);
    expect(measurements).toEqual([]);
    expect(problems).toHaveLength(names.length);
    expect(problems).toContainEqual(expect.stringMatching(/^there is no case "absent"; the file has "one object more"/));
    expect(problems).toContainEqual(expect.stringMatching(/^case "unequal" at 4 B gives unequal results: result\[0\] is 9 before and 10 after/));
    expect(problems).toContainEqual(expect.stringMatching(/^case "unequal later" at 4 B gives unequal results: result is true before and false after/));
    expect(problems).toContainEqual(expect.stringMatching(/^case "random setup" at 8 B has a setup that gives another state each time; make it deterministic/));
    expect(problems).toContainEqual(expect.stringMatching(/^case "promise" at 1 B returns a promise; only synchronous operations/));
    expect(problems).toContainEqual(expect.stringMatching(/^case "throws" at 1 B throws: no key/));
  });

  it('gives one sentence for a file that does not load and for a path that is no Node', async () => {
    const missing = await measureCases(new URL('../fixtures/no-such-file.mjs', import.meta.url), undefined, quick);
    expect(missing.problems).toEqual([expect.stringContaining('Cannot find module')]);
    const noNode = await measureCases(comparisons, undefined, { ...quick, nodePath: '/no/such/node' });
    expect(noNode.problems).toEqual([expect.stringMatching(/^cannot run \/no\/such\/node as Node/)]);
  });
});
