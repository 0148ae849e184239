/**
 * Holds the meter to objects and bytes that are known independently, on the running Node.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { majorOf, measureCases } from './index.js';
import type { MeasuredCases, OperationCost } from './index.js';

// The headers grew by 8 bytes each after Node 22.
const header = majorOf(process.version) >= 24 ? { array: 104, buffer: 96 } : { array: 96, buffer: 88 };
const elementsOf = (bytes: number): number => 16 + bytes;

/** A digest holds version-dependent objects. */
const digestOf: Record<number, { objects: number; heapBytes: number }> = {
  20: { objects: 5, heapBytes: 328 },
  22: { objects: 5, heapBytes: 328 },
  24: { objects: 5, heapBytes: 352 },
  26: { objects: 6, heapBytes: 376 },
};

const expected: Record<string, [KnownCost, KnownCost]> = {
  'fresh arrays': [
    { objects: 3, heapBytes: header.array + header.buffer + elementsOf(32), externalBytes: 0 },
    { objects: 2, heapBytes: header.array + header.buffer, externalBytes: 4096 },
  ],
  'slice and subarray': [
    { objects: 2, heapBytes: header.array + header.buffer, externalBytes: 1024 },
    { objects: 1, heapBytes: header.array, externalBytes: 0 },
  ],
  'closure and literal': [
    { objects: 2, heapBytes: 96, externalBytes: 0 },
    { objects: 1, heapBytes: 48, externalBytes: 0 },
  ],
  'step of 64 bytes': [
    { objects: 3, heapBytes: header.array + header.buffer + elementsOf(64), externalBytes: 0 },
    { objects: 2, heapBytes: header.array + header.buffer, externalBytes: 65 },
  ],
  'digest and nothing': [
    { ...(digestOf[majorOf(process.version)] ?? { objects: 5, heapBytes: 328 }), externalBytes: 32 },
    { objects: 0, heapBytes: 0, externalBytes: 0 },
  ],
};

interface KnownCost {
  readonly objects: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
}

describe('known answers', () => {
  let measured: MeasuredCases;
  beforeAll(async () => {
    measured = await measureCases(new URL('../fixtures/known-answers.mjs', import.meta.url), undefined, { warmUpMilliseconds: 150, rounds: 5, roundMilliseconds: 10 });
  }, 60_000);

  it('measures every case', () => {
    expect(measured.problems).toEqual([]);
    expect(measured.measurements.map((measurement) => measurement.case).sort()).toEqual(Object.keys(expected).sort());
  });

  for (const [name, [before, after]] of Object.entries(expected)) {
    it(name, () => {
      const measurement = measured.measurements.find((candidate) => candidate.case === name);
      expect(measurement?.notes).toEqual([]);
      expectCost(measurement?.before, before);
      expectCost(measurement?.after, after);
      expect(measurement?.node).toBe(process.version);
    });
  }
});

function expectCost(cost: OperationCost | undefined, known: KnownCost): void {
  expect(Math.round(cost?.objects ?? Number.NaN)).toBe(known.objects);
  expect(Math.abs((cost?.objects ?? Number.NaN) - known.objects)).toBeLessThanOrEqual(0.05);
  expect(Math.abs((cost?.heapBytes ?? Number.NaN) - known.heapBytes)).toBeLessThanOrEqual(Math.max(0.5, 0.02 * known.heapBytes));
  expect(cost?.externalBytes).toBe(known.externalBytes);
  expect(cost?.ns).toBeGreaterThan(0);
}
