/**
 * How far two measurements of the same code may lie apart, per figure, and when `after` saves against `before`.
 */
import type { OperationCost } from './measurement.js';

/** A difference is tolerated up to the larger of `absolute` and the relative share of the committed value. */
export interface FigureTolerance {
  readonly absolute: number;
  readonly relative: number;
  /** The share for cases with several optimization states. */
  readonly relativeWhenUnstable: number;
}

export interface EvidenceTolerance {
  readonly objects: FigureTolerance;
  readonly heapBytes: FigureTolerance;
  readonly externalBytes: FigureTolerance;
  readonly timeRatio: FigureTolerance;
}

/**
 * Stable figures repeat to 0.1 B and 0.05 objects; code with several optimization states moves by 10 % in bytes and up to 40 % in objects.
 * A time ratio of this kind of machine moves by 15 %, and more in a slow period, so the committed one stays for anything below a quarter.
 */
export const evidenceTolerance: EvidenceTolerance = {
  objects: { absolute: 0.1, relative: 0.01, relativeWhenUnstable: 0.4 },
  heapBytes: { absolute: 2, relative: 0.02, relativeWhenUnstable: 0.2 },
  externalBytes: { absolute: 0.5, relative: 0.001, relativeWhenUnstable: 0.001 },
  timeRatio: { absolute: 0.05, relative: 0.25, relativeWhenUnstable: 0.5 },
};

/** Figures of one measurement, or of two that are being compared: calm only if both are. */
export type Steadiness = 'stable' | 'unstable';

/** Whether `fresh` is the same figure as `committed`. */
export function isWithinTolerance(committed: number, fresh: number, tolerance: FigureTolerance, steadiness: Steadiness): boolean {
  const relative = steadiness === 'stable' ? tolerance.relative : tolerance.relativeWhenUnstable;
  return Math.abs(fresh - committed) <= Math.max(tolerance.absolute, relative * Math.abs(committed));
}

export type AllocationCost = Pick<OperationCost, 'objects' | 'heapBytes' | 'externalBytes'>;

/**
 * What `after` does to the allocations of `before`:
 * `saves` fewer objects or bytes and more of neither, `trades` one for the other, `costs` more of at least one and saves neither, or stays `same`.
 * Bytes are heap and external bytes together.
 */
export type SavingVerdict = 'saves' | 'trades' | 'costs' | 'same';

/** Compares beyond tolerance; time plays no part. */
export function savingOf(before: AllocationCost, after: AllocationCost, steadiness: Steadiness): SavingVerdict {
  const objects = direction(before.objects, after.objects, evidenceTolerance.objects, steadiness);
  const bytes = direction(before.heapBytes + before.externalBytes, after.heapBytes + after.externalBytes, evidenceTolerance.heapBytes, steadiness);
  const savesSomething = objects === 'less' || bytes === 'less';
  const costsSomething = objects === 'more' || bytes === 'more';
  if (savesSomething && costsSomething) return 'trades';
  if (savesSomething) return 'saves';
  return costsSomething ? 'costs' : 'same';
}

function direction(before: number, after: number, tolerance: FigureTolerance, steadiness: Steadiness): 'less' | 'more' | 'same' {
  if (isWithinTolerance(before, after, tolerance, steadiness)) return 'same';
  return after < before ? 'less' : 'more';
}
