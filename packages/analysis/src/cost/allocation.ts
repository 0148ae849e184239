/** What one allocation of bytes costs: objects, heap bytes and external bytes, with the step at the on-heap limit. */
import type { Size } from '../ir/effects.js';
import type { RuntimeProfile } from './profile.js';
import { addSizes, capSize, constantSize, exactBytes, zeroSize } from './size.js';

/** Per execution. */
export interface AllocationCost {
  readonly objects: number;
  readonly heapBytes: Size;
  /** Bytes outside the V8 heap (ArrayBuffer backing stores). */
  readonly externalBytes: Size;
}

export const noAllocation: AllocationCost = { objects: 0, heapBytes: zeroSize, externalBytes: zeroSize };

/** Own bytes of the given length: view, buffer and store. A length that is not known counts as above the on-heap limit. */
export function ownBytesCost(length: Size, profile: RuntimeProfile): AllocationCost {
  const exact = exactBytes(length);
  const headers = profile.viewHeader + profile.arrayBufferHeader;
  if (exact !== null && exact <= profile.onHeapLimit) {
    // On-heap stores are padded to 8 bytes.
    return { objects: 3, heapBytes: constantSize(headers + profile.onHeapStoreHeader + Math.ceil(exact / 8) * 8), externalBytes: zeroSize };
  }
  return { objects: 2, heapBytes: constantSize(headers), externalBytes: length };
}

/** Bytes cut from Node's slab: one view; the slab's bytes are external and shared. */
export function pooledBytesCost(length: Size, profile: RuntimeProfile): AllocationCost {
  const exact = exactBytes(length);
  if (exact !== null && exact >= profile.poolSize / 2) return ownBytesCost(length, profile);
  return { objects: 1, heapBytes: constantSize(profile.viewHeader), externalBytes: length };
}

export function viewCost(profile: RuntimeProfile): AllocationCost {
  return { objects: 1, heapBytes: constantSize(profile.viewHeader), externalBytes: zeroSize };
}

export function addCosts(...costs: readonly AllocationCost[]): AllocationCost {
  return {
    objects: costs.reduce((sum, cost) => sum + cost.objects, 0),
    heapBytes: addSizes(...costs.map((cost) => cost.heapBytes)),
    externalBytes: addSizes(...costs.map((cost) => cost.externalBytes)),
  };
}

/** The part of `whole` that `part` claims: at most `whole`, component by component. */
export function capCost(part: AllocationCost, whole: AllocationCost): AllocationCost {
  return { objects: Math.min(part.objects, whole.objects), heapBytes: capSize(part.heapBytes, whole.heapBytes), externalBytes: capSize(part.externalBytes, whole.externalBytes) };
}
