/** Whether one way to a result costs less than another on a runtime: what every proposed rewrite has to show. */
import type { Size } from '../ir/effects.js';
import type { Cost } from './cost.js';
import { addSizes, subtractSizes } from './size.js';

/**
 * - `less`: fewer bytes or less time, and neither more, whatever the symbols stand for.
 * - `less-from`: as much, if what is removed has at least so many bytes.
 * - `not-less`: more of something, or nothing less. `unknown`: nobody can tell.
 */
export type CostDifference = { readonly kind: 'less' } | { readonly kind: 'less-from'; readonly bytes: number } | { readonly kind: 'not-less' | 'unknown'; readonly because: string };

/** Symbols of what nobody knows, such as the cost of a call out of sight; equal ones on both sides cancel out. */
export const unknownMark = '?';
/** Of calls whose time was not measured. */
export const untimedMark = '?time of ';

/** Rounding of sums of measured times. */
const smallest = 1e-6;

export function differenceOf(before: Cost, after: Cost): CostDifference {
  const bytes = changeOf(addSizes(before.heapBytes, before.externalBytes), addSizes(after.heapBytes, after.externalBytes));
  const time = changeOf(before.nanoseconds, after.nanoseconds);
  if (bytes.kind === 'more') return { kind: 'not-less', because: 'it allocates more bytes' };
  if (bytes.kind === 'unknown') return { kind: 'unknown', because: 'what it allocates is not known' };
  if (time.kind === 'more') return { kind: 'not-less', because: 'it allocates no more bytes, but takes more time' };
  if (bytes.kind === 'same' && time.kind !== 'less' && time.kind !== 'less-from') return { kind: 'not-less', because: 'it allocates as many bytes' };
  const from = Math.max(bytes.kind === 'less-from' ? bytes.from : 0, time.kind === 'less-from' ? time.from : 0);
  // What pays from the first byte on pays: nobody moves nothing.
  return from <= 1 ? { kind: 'less' } : { kind: 'less-from', bytes: from };
}

type Change = { readonly kind: 'less' | 'same' | 'more' | 'unknown' } | { readonly kind: 'less-from'; readonly from: number };

function changeOf(before: Size, after: Size): Change {
  // A lower bound before is as good as an exact figure, since the difference is only larger. What has no name at all is taken for the same thing on both sides.
  if (after.unknown && !before.unknown) return { kind: 'unknown' };
  const change = subtractSizes(after, before);
  const terms = Object.entries(change.terms).filter(([, factor]) => Math.abs(factor) > smallest);
  if (terms.some(([symbol, factor]) => factor > 0 && symbol.includes(unknownMark))) return { kind: 'unknown' };
  const untimed = terms.filter(([symbol]) => symbol.includes(untimedMark));
  const known = terms.filter(([symbol]) => !symbol.includes(untimedMark));
  const constant = Math.abs(change.constant) > smallest ? change.constant : 0;
  if (known.every(([, factor]) => factor < 0) && constant <= 0) return constant < 0 || known.length > 0 || untimed.length > 0 ? { kind: 'less' } : { kind: before.unknown && !after.unknown ? 'unknown' : 'same' };
  // Something whose time nobody measured is gone, which may be more than what came.
  if (untimed.length > 0) return { kind: 'unknown' };
  const growing = known.filter(([, factor]) => factor > 0);
  if (growing.length > 0 || known.length === 0) return { kind: 'more' };
  return { kind: 'less-from', from: Math.ceil(constant / Math.max(...known.map(([, factor]) => -factor))) };
}
