/**
 * Which bytes of an array a value shows, where constants tell: `frame.subarray(12, 44)` shows 12 to 44 of `frame`.
 * Says whether two values have a byte in common; without constants nobody knows.
 */
import type { ValueId } from '../ir/instruction.js';
import { exactBytes } from '../cost/size.js';
import type { FunctionQuery } from './query.js';

export interface ByteRange {
  /** The instruction that gives the array of which it is a range. */
  readonly base: ValueId;
  readonly start: number;
  /** The first byte behind it, at most; null when it may reach to the end of the base. */
  readonly end: number | null;
  /** The first byte behind what certainly belongs to it. */
  readonly least: number;
}

/** Methods of byte arrays that show a range, from and to counted in bytes. */
const rangeViews: ReadonlySet<string> = new Set(['Uint8Array.prototype.subarray', 'Buffer.prototype.subarray', 'Buffer.prototype.slice']);
const maximumDepth = 6;

/** The range that a value shows of the array that it goes back to; null when a bound is not a constant. */
export function byteRangeOf(fn: FunctionQuery, value: ValueId): ByteRange | null {
  return rangeOf(fn, value, 0);
}

/** Whether the ranges share a byte: `yes` and `no` are certain; for different arrays, and without knowledge, `unknown`. A range whose end is not known has one byte at least. */
export function rangesOverlap(left: ByteRange | null, right: ByteRange | null): 'yes' | 'no' | 'unknown' {
  if (left === null || right === null || left.base !== right.base) return 'unknown';
  if ((left.end !== null && left.end <= right.start) || (right.end !== null && right.end <= left.start)) return 'no';
  return left.start < right.least && right.start < left.least ? 'yes' : 'unknown';
}

/** The part of a range from `start` on, of the given size; null when it is not known how much. */
export function partOfRange(of: ByteRange, start: number, size: number | null): ByteRange {
  const from = of.start + start;
  const end = size === null ? of.end : of.end === null ? from + size : Math.min(of.end, from + size);
  return { base: of.base, start: from, end, least: size === null || end === null ? from + 1 : end };
}

function rangeOf(fn: FunctionQuery, value: ValueId, depth: number): ByteRange | null {
  const call = fn.callOf(value);
  if (call === null || !call.complete || call.candidates.length === 0 || !call.candidates.every((one) => rangeViews.has(one.name))) {
    const made = fn.definition(value);
    const length = call === null ? null : exactBytes(fn.lengthOf(value));
    return made === null || made.op === 'load' ? null : { base: made.id, start: 0, end: length, least: length ?? 1 };
  }
  const { receiver, arguments: [from, to], uncertainFrom } = call.operands;
  const of = receiver === null || uncertainFrom !== null || depth > maximumDepth ? null : rangeOf(fn, receiver, depth + 1);
  const start = from === undefined ? 0 : exactBytes(fn.numberOf(from));
  const end = to === undefined ? null : exactBytes(fn.numberOf(to));
  if (of === null || start === null || start < 0 || (to !== undefined && (end === null || end < start))) return null;
  return partOfRange(of, start, end === null ? null : end - start);
}
