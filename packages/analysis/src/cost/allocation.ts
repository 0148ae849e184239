/** What one allocation of bytes costs: objects, heap bytes and external bytes, with the step at the on-heap limit. */
import type { Size } from '../ir/effects.js';
import type { RuntimeProfile } from './profile.js';
import { addSizes, constantSize, exactBytes, scaleSize, zeroSize } from './size.js';

/** Per execution; what is absent is nothing. */
export interface AllocationCost {
  readonly objects: number;
  readonly heapBytes: Size;
  /** Bytes outside the V8 heap (ArrayBuffer backing stores). */
  readonly externalBytes: Size;
  readonly nativeCalls?: number;
  /** What outlives the call in another way than as its result. */
  readonly retainedBytes?: Size;
  /** Estimated, for comparison only. */
  readonly nanoseconds?: Size;
}

export const noAllocation: AllocationCost = { objects: 0, heapBytes: zeroSize, externalBytes: zeroSize };

/** Own bytes of the given length: view, buffer and store. A length that is not known counts as above the on-heap limit. */
export function ownBytesCost(length: Size, profile: RuntimeProfile): AllocationCost {
  const exact = exactBytes(length);
  const headers = profile.viewHeader + profile.arrayBufferHeader;
  const { time } = profile;
  if (exact !== null && exact <= profile.onHeapLimit) return { objects: 3, heapBytes: constantSize(headers + onHeapStore(exact, profile)), externalBytes: zeroSize, nanoseconds: constantSize(time.onHeapBytes + exact * time.onHeapByte) };
  return { objects: 2, heapBytes: constantSize(headers), externalBytes: length, nanoseconds: addSizes(constantSize(time.offHeapBytes), scaleSize(length, time.offHeapByte)) };
}

/** Bytes on the V8 heap of a store there: padded to 8. */
export function onHeapStore(length: number, profile: RuntimeProfile): number {
  return profile.onHeapStoreHeader + Math.ceil(length / 8) * 8;
}

/** Bytes cut from Node's slab: one view; the slab's bytes are external and shared. */
export function pooledBytesCost(length: Size, profile: RuntimeProfile): AllocationCost {
  const exact = exactBytes(length);
  if (exact !== null && exact >= profile.poolSize / 2) return ownBytesCost(length, profile);
  return { objects: 1, heapBytes: constantSize(profile.viewHeader), externalBytes: length, nanoseconds: constantSize(profile.time.pooledBytes) };
}

export function viewCost(profile: RuntimeProfile): AllocationCost {
  return { objects: 1, heapBytes: constantSize(profile.viewHeader), externalBytes: zeroSize, nanoseconds: constantSize(profile.time.view) };
}

export function addCosts(...costs: readonly AllocationCost[]): AllocationCost {
  return {
    objects: costs.reduce((sum, cost) => sum + cost.objects, 0),
    heapBytes: addSizes(...costs.map((cost) => cost.heapBytes)),
    externalBytes: addSizes(...costs.map((cost) => cost.externalBytes)),
    nativeCalls: costs.reduce((sum, cost) => sum + (cost.nativeCalls ?? 0), 0),
    retainedBytes: addSizes(...costs.map((cost) => cost.retainedBytes ?? zeroSize)),
    nanoseconds: addSizes(...costs.map((cost) => cost.nanoseconds ?? zeroSize)),
  };
}
