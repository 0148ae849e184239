/**
 * The cost of running a piece of a program once, as a vector of symbolic amounts: what the whole of `cost/` computes with.
 * What one allocation weighs is `allocation.ts`; where the amounts come from is `call-cost.ts` and `function-cost.ts`.
 */
import type { Size } from '../ir/effects.js';
import type { AllocationCost } from './allocation.js';
import { addSizes, capSize, constantSize, exactBytes, maxSize, multiplySizes, printSize, substituteSize, unknownSize, zeroSize } from './size.js';

/** Each component is a polynomial over lengths. One with an unknown part is a lower bound; any other is an upper bound over the paths that do not end in a throw. */
export interface Cost {
  /** V8 objects. */
  readonly objects: Size;
  /** Bytes on the V8 heap. */
  readonly heapBytes: Size;
  /** Bytes outside of it: backing stores. */
  readonly externalBytes: Size;
  /** Of all these bytes, what somebody besides the result still holds when the call is over; of a slab, all of it. */
  readonly retainedBytes: Size;
  /** Calls into native code that make handles or cross into C++. */
  readonly nativeCalls: Size;
  /** Estimated time of what was measured, nanoseconds: only for the comparison of two ways to one result on one runtime, never reported. */
  readonly nanoseconds: Size;
}

const components = ['objects', 'heapBytes', 'externalBytes', 'retainedBytes', 'nativeCalls', 'nanoseconds'] as const satisfies readonly (keyof Cost)[];

export const noCost: Cost = { objects: zeroSize, heapBytes: zeroSize, externalBytes: zeroSize, retainedBytes: zeroSize, nativeCalls: zeroSize, nanoseconds: zeroSize };

/** Anything may be allocated, of which nothing is known. */
export const unknownCost: Cost = { objects: unknownSize, heapBytes: unknownSize, externalBytes: unknownSize, retainedBytes: unknownSize, nativeCalls: unknownSize, nanoseconds: unknownSize };

export function costOfAllocation(one: AllocationCost): Cost {
  return { objects: constantSize(one.objects), heapBytes: one.heapBytes, externalBytes: one.externalBytes, retainedBytes: one.retainedBytes ?? zeroSize, nativeCalls: constantSize(one.nativeCalls ?? 0), nanoseconds: one.nanoseconds ?? zeroSize };
}

export function sumCosts(...costs: readonly Cost[]): Cost {
  const some = costs.filter((cost) => cost !== noCost);
  return some.length === 0 ? noCost : some.length === 1 ? some[0]! : combine((component) => addSizes(...some.map((cost) => cost[component])));
}

/** At least both, component by component. */
export function maxCost(left: Cost, right: Cost): Cost {
  if (left === noCost) return right;
  return right === noCost || left === right ? left : combine((component) => maxSize(left[component], right[component]));
}

/** What `count` rounds cost. Every round leaves behind what one does, as nothing says that it replaces what another left. */
export function repeatCost(cost: Cost, count: Size): Cost {
  return cost === noCost || exactBytes(count) === 1 ? cost : combine((component) => multiplySizes(cost[component], count));
}

/** The part of `whole` that `part` claims: at most `whole`, component by component. */
export function capCostAt(part: Cost, whole: Cost): Cost {
  return part === noCost ? noCost : combine((component) => capSize(part[component], whole[component]));
}

/** The cost with other sizes in place of its symbols; a symbol without one makes an unknown part. */
export function substituteCost(cost: Cost, valueOf: (symbol: string) => Size | null): Cost {
  return cost === noCost ? noCost : combine((component) => substituteSize(cost[component], valueOf));
}

export function isSameCost(left: Cost, right: Cost): boolean {
  return left === right || components.every((component) => printSize(left[component]) === printSize(right[component]));
}

/** `2*plaintext.length + 184 B in 5 objects`. */
export function printCost(cost: Cost): string {
  const objects = printSize(cost.objects);
  return `${printSize(addSizes(cost.heapBytes, cost.externalBytes))} B in ${objects} ${objects === '1' ? 'object' : 'objects'}`;
}

function combine(amount: (component: keyof Cost) => Size): Cost {
  return {
    objects: amount('objects'), heapBytes: amount('heapBytes'), externalBytes: amount('externalBytes'), retainedBytes: amount('retainedBytes'), nativeCalls: amount('nativeCalls'), nanoseconds: amount('nanoseconds'),
  };
}
