/**
 * Places in an array: which bytes of it a value shows, and which an instruction writes, from and to a sum of unchanging numbers.
 * Two spans of one array that have no byte in common let a view stand beside a write. Owns what is the same array and the same number at both places;
 * what follows from that for a proof is its caller's business. Constant ranges for advice that names bytes are `byte-range.ts`.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import { valuesAt } from '../flow/call-effects.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { addNumbers, constantNumber, isNeverNegative, type LinearNumber, linearNumberOf, storedValuesAt, subtractNumbers, type SymbolRead } from './linear-number.js';
import { between, isSameReference } from './same-value.js';

export interface ByteSpan {
  /** The instruction that gives the array. */
  readonly base: ValueId;
  readonly start: LinearNumber;
  /** The first byte behind it, at most; null when it may reach to the end of the array. */
  readonly end: LinearNumber | null;
  readonly reads: readonly SymbolRead[];
  /** Whether no bound that a negative number would turn into one from the end is a difference. */
  readonly isCounted: boolean;
  /** What led from the array to the place: loads of variables, calls that make views. */
  readonly chain: readonly ValueId[];
}

/** A span, and the instruction at which it matters. */
export interface SpanAt {
  readonly span: ByteSpan;
  readonly at: ValueId;
}

/** `apart`: no common byte, for certain. `apart-by-counts`: none when every offset is a whole number and not negative. */
export type Separation = 'apart' | 'apart-by-counts' | 'unknown';

const rangeViews: ReadonlySet<string> = new Set(['Uint8Array.prototype.subarray', 'Buffer.prototype.subarray', 'Buffer.prototype.slice']);
const rangeCopies: ReadonlySet<string> = new Set(['Uint8Array.prototype.slice']);
/** Classes whose elements are bytes: an index counts bytes. */
const byteClasses: ReadonlySet<string> = new Set(['Uint8Array', 'Buffer', 'Uint8ClampedArray', 'Int8Array']);
const maximumDepth = 6;

/** The bytes that a value shows; null when a bound is nothing that could be compared. */
export function spanOf(flow: FunctionFlow, value: ValueId): ByteSpan | null {
  return ofValue(flow, value, [], 0);
}

/** The bytes of `source` that a copying call takes: all of it, or the range of `slice`. */
export function copiedSpan(flow: FunctionFlow, copy: ValueId, source: ValueId): ByteSpan | null {
  const call = flow.values.calls.get(copy);
  if (call === undefined || call.operands.receiver !== source) return spanOf(flow, source);
  const isRange = call.candidates.every((one) => rangeCopies.has(one.name) || rangeViews.has(one.name));
  return isRange && call.operands.uncertainFrom === null ? partOf(flow, source, call.operands.arguments, [], 0) : null;
}

/** The bytes that an instruction writes, one span per array that it may write; null when it may write anywhere in them. */
export function writtenSpans(flow: FunctionFlow, instruction: Instruction): readonly ByteSpan[] | null {
  if (instruction.op === 'set') {
    if (instruction.key.kind !== 'computed' || !hasByteElements(flow, instruction.object)) return null;
    return all([placed(flow, instruction.object, instruction.key.value, constantNumber(1))]);
  }
  if (instruction.op !== 'call' && instruction.op !== 'new') return null;
  const call = flow.values.calls.get(instruction.id);
  if (call === undefined || !call.complete || call.candidates.length === 0 || call.operands.uncertainFrom !== null) return null;
  const { receiver, arguments: given } = call.operands;
  const spans: (ByteSpan | null)[] = [];
  for (const { name, writes, writesLater, row, observesClass, observesByName } of call.candidates) {
    // A function of the program may go back from a view to the whole buffer: then it asks for the buffer, by its name or another.
    if (writesLater.length > 0 || (row === null && observesClass.length + observesByName.length > 0)) return null;
    const number = /^Buffer\.prototype\.write(?:Big)?(?:U?[Ii]nt(8|16|32|64)|(Float)|(Double))(?:BE|LE)?$/.exec(name);
    if (row !== null && receiver !== null && number !== null) spans.push(placed(flow, receiver, given[1], constantNumber(number[2] !== undefined ? 4 : number[3] !== undefined ? 8 : Number(number[1]) / 8)));
    else if (row !== null && receiver !== null && name.endsWith('Array.prototype.set') && hasByteElements(flow, receiver) && given[0] !== undefined) spans.push(placed(flow, receiver, given[1], byteLengthOf(flow, given[0])));
    else if (row !== null && name === 'Buffer.prototype.copy' && receiver !== null && given[0] !== undefined && hasByteElements(flow, given[0])) spans.push(placed(flow, given[0], given[1], byteLengthOf(flow, receiver)));
    else if (row !== null && receiver !== null && /(?:Array|Buffer)\.prototype\.fill$/.test(name) && hasByteElements(flow, receiver)) spans.push(partOf(flow, receiver, given.slice(1), [], 0));
    else {
      for (const path of writes) {
        const { values, inside } = valuesAt(call.operands, path);
        if (inside.length > 0) return null;
        for (const value of values) spans.push(spanOf(flow, value));
      }
    }
  }
  return all(spans);
}

/** Whether the spans have no byte in common, when nothing outside `during` and the way to both places happens between them. */
export function separationOf(flow: FunctionFlow, first: SpanAt, second: SpanAt, during: ReadonlySet<ValueId>): Separation {
  if (!isSameArray(flow, first, second, during)) return 'unknown';
  const isChanged = ({ span, at }: SpanAt, other: ByteSpan): boolean => span.reads.some((read) => other.reads.some((one) => one.symbol === read.symbol) && mayChange(flow, read, at, during));
  if (isChanged(first, second.span) || isChanged(second, first.span)) return 'unknown';
  const isBefore = (left: ByteSpan, right: ByteSpan): boolean => left.end !== null && isNeverNegative(subtractNumbers(right.start, left.end));
  if (!isBefore(first.span, second.span) && !isBefore(second.span, first.span)) return 'unknown';
  return [first.span, second.span].every((span) => span.isCounted && span.reads.every((read) => read.isCount)) ? 'apart' : 'apart-by-counts';
}

/** Whether a symbol that both spans speak of may mean two numbers. */
function mayChange(flow: FunctionFlow, read: SymbolRead, at: ValueId, during: ReadonlySet<ValueId>): boolean {
  if (read.changers.some((one) => during.has(one))) return true;
  return read.path.some((step) => {
    const since = between(flow, step, at);
    return read.changers.some((one) => since.includes(one));
  });
}

/** Whether both spans are of the very same array, not of one that the same instruction gave in another round. */
function isSameArray(flow: FunctionFlow, first: SpanAt, second: SpanAt, during: ReadonlySet<ValueId>): boolean {
  const bases = [first.span.base, second.span.base];
  if (bases[0] !== bases[1] && !isSameReference(flow, bases[0]!, bases[1]!)) return false;
  if (during.has(bases[0]!)) return false;
  return [first, second].every(({ span, at }) => span.chain.every((one) => !between(flow, one, at).includes(span.base)));
}

function ofValue(flow: FunctionFlow, value: ValueId, chain: readonly ValueId[], depth: number): ByteSpan | null {
  const instruction = flow.cfg.instructions[value];
  if (instruction === null || instruction === undefined || depth > maximumDepth) return null;
  if (instruction.op === 'store' || instruction.op === 'require-object') return ofValue(flow, instruction.value, chain, depth + 1);
  if (instruction.op === 'load') {
    const stored = storedValuesAt(flow, value);
    return stored === null || stored.length > 1 ? null : ofValue(flow, stored[0]!, [...chain, value], depth + 1);
  }
  const call = flow.values.calls.get(value);
  const isView = call !== undefined && call.complete && call.candidates.length > 0 && call.candidates.every((one) => one.row !== null && rangeViews.has(one.name));
  if (!isView) return { base: value, start: constantNumber(0), end: null, reads: [], isCounted: true, chain };
  const { receiver, arguments: given, uncertainFrom } = call.operands;
  return receiver === null || uncertainFrom !== null || !hasByteElements(flow, receiver) ? null : partOf(flow, receiver, given, [...chain, value], depth + 1);
}

/** The part of an array from the first to the second argument, which count from the end when they are negative. */
function partOf(flow: FunctionFlow, of: ValueId, given: readonly ValueId[], chain: readonly ValueId[], depth: number): ByteSpan | null {
  const whole = ofValue(flow, of, chain, depth);
  if (whole === null || !hasByteElements(flow, of)) return null;
  const reads: SymbolRead[] = [...whole.reads];
  const [from, to] = given;
  const start = from === undefined ? constantNumber(0) : linearNumberOf(flow, from, reads);
  const end = to === undefined ? null : linearNumberOf(flow, to, reads);
  if (start === null || isNegativeConstant(start) || (to !== undefined && end === null) || (end !== null && isNegativeConstant(end))) return null;
  // A view of a part ends where the part ends, at the latest.
  const place = end === null ? whole.end : addNumbers(whole.start, end);
  const isCounted = whole.isCounted && isNeverNegative(start) && (end === null || isNeverNegative(end));
  return { ...whole, start: addNumbers(whole.start, start), end: place, reads, isCounted };
}

/** So many bytes of an array from an offset on. */
function placed(flow: FunctionFlow, of: ValueId, offset: ValueId | undefined, size: LinearNumber | null): ByteSpan | null {
  const whole = spanOf(flow, of);
  if (whole === null) return null;
  const reads: SymbolRead[] = [...whole.reads];
  const from = offset === undefined ? constantNumber(0) : linearNumberOf(flow, offset, reads);
  if (from === null) return null;
  const start = addNumbers(whole.start, from);
  return { ...whole, start, end: size === null ? whole.end : addNumbers(start, size), reads };
}

/** What the bytes are at most, where a constant tells. */
function byteLengthOf(flow: FunctionFlow, value: ValueId): LinearNumber | null {
  const span = hasByteElements(flow, value) ? spanOf(flow, value) : null;
  if (span === null) return null;
  if (span.end !== null) {
    const length = subtractNumbers(span.end, span.start);
    return length.terms.size === 0 ? length : null;
  }
  const call = flow.values.calls.get(span.base);
  const made = call !== undefined && call.complete && call.candidates.every((one) => one.row !== null && /^(?:new Uint8Array|Buffer\.alloc(?:Unsafe(?:Slow)?)?)$/.test(one.name)) ? call.operands.arguments[0] : undefined;
  const size = made === undefined ? null : flow.constant(made);
  return size?.kind === 'number' ? constantNumber(size.value) : null;
}

function isNegativeConstant(number: LinearNumber): boolean {
  return number.terms.size === 0 && number.constant < 0;
}

function hasByteElements(flow: FunctionFlow, value: ValueId): boolean {
  const { classes, primitives, complete } = flow.values.knowledge(value);
  return complete && classes.length > 0 && primitives.length === 0 && classes.every((one) => byteClasses.has(one.name));
}

function all(spans: readonly (ByteSpan | null)[]): readonly ByteSpan[] | null {
  return spans.length === 0 || spans.includes(null) ? null : spans.filter((one) => one !== null);
}
