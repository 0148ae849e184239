/**
 * Joins of bytes: which parts a call joins into new bytes, whether a library does it (`Buffer.concat`, `concatBytes`), a function of the program,
 * or the code at hand, by a new array and one `set` per part. Whether a join is for nothing is for the rules to say.
 */
import type { ValueId } from '../ir/instruction.js';
import type { CallSite, FunctionQuery } from './query.js';

export interface ByteJoin {
  /** The call that gives the joined bytes; of a join by hand, the construction of the array. */
  readonly call: CallSite;
  /** What is joined, in the order of the source; at least one. */
  readonly parts: readonly ValueId[];
  readonly by: 'library' | 'function' | 'hand';
}

const emptyArrays: ReadonlySet<string> = new Set(['new Uint8Array', 'Buffer.alloc', 'Buffer.allocUnsafe', 'Buffer.allocUnsafeSlow']);
const maximumDepth = 3;

/** The join that a call makes; null when it makes none, or of parts that cannot be told apart (`Buffer.concat(list)`). */
export function byteJoinOf(call: CallSite): ByteJoin | null {
  return joinOf(call, maximumDepth);
}

function joinOf(call: CallSite, depth: number): ByteJoin | null {
  if (call.operands.uncertainFrom !== null) return null;
  if (call.hasRole('concat')) return ofLibrary(call);
  if (call.api !== null && emptyArrays.has(call.api)) return byHand(call);
  return depth === 0 ? null : ofFunction(call, depth);
}

function ofLibrary(call: CallSite): ByteJoin | null {
  const [read] = call.candidates[0]!.reads;
  if (read === undefined || typeof read !== 'object') return null;
  if ('rest' in read) return joined(call, call.operands.arguments.slice(read.rest), 'library');
  const list = 'elementsOf' in read && typeof read.elementsOf === 'number' ? call.operands.arguments[read.elementsOf] : undefined;
  return list === undefined ? null : joined(call, elementsOf(call.in, list), 'library');
}

/** `const m = new Uint8Array(a.length + b.length); m.set(a); m.set(b, a.length)`. */
function byHand(call: CallSite): ByteJoin | null {
  const fn = call.in;
  const parts = fn.calls().flatMap((write): readonly ValueId[] => {
    const { receiver, arguments: [first] } = write.operands;
    if (receiver === null || first === undefined) return [];
    if (write.api?.endsWith('.prototype.set') === true && fn.callOf(receiver)?.value === call.value && fn.isBytes(first)) return [first];
    return write.api === 'Buffer.prototype.copy' && fn.callOf(first)?.value === call.value ? [receiver] : [];
  });
  return parts.length < 2 ? null : joined(call, parts, 'hand');
}

/** A function of the program that returns a join of its parameters, or one that sets all of its arguments, or of a list, into a new array. */
function ofFunction(call: CallSite, depth: number): ByteJoin | null {
  const callee = call.in.program.calleeOf(call);
  if (callee === null) return null;
  const given = call.operands.arguments;
  for (const inner of callee.calls()) {
    if (!isReturned(callee, inner)) continue;
    const join = joinOf(inner, depth - 1);
    const indexes = join?.parts.map((part) => parameterOf(callee, part)) ?? [];
    const parts = indexes.map((index) => (index === null ? undefined : given[index])).filter((part) => part !== undefined);
    if (parts.length >= 2 && parts.length === indexes.length) return joined(call, parts, 'function');
  }
  if (!callee.calls().some((inner) => isReturned(callee, inner) && isFilledInLoop(callee, inner))) return null;
  return joined(call, given.length === 1 ? elementsOf(call.in, given[0]!) : given, 'function');
}

function isReturned(fn: FunctionQuery, call: CallSite): boolean {
  return fn.flow.effects.returned.some((one) => fn.flow.values.of(call.value).includes(one));
}

/** A new array into which a loop sets one part after the other. */
function isFilledInLoop(fn: FunctionQuery, made: CallSite): boolean {
  return made.api !== null && emptyArrays.has(made.api) && fn.calls().some((write) => {
    const { receiver } = write.operands;
    return write.mayBe('Uint8Array.prototype.set') && receiver !== null && fn.callOf(receiver)?.value === made.value && fn.isInLoop(write.value) && !fn.isInLoop(made.value);
  });
}

function joined(call: CallSite, parts: readonly ValueId[], by: ByteJoin['by']): ByteJoin | null {
  return parts.length === 0 ? null : { call, parts, by };
}

/** Elements of a list that is written out; none when something may be missing. */
function elementsOf(fn: FunctionQuery, list: ValueId): readonly ValueId[] {
  const literal = fn.definition(list);
  if (literal?.op !== 'array' || literal.elements.some((element) => element === null || element.spread)) return [];
  return literal.elements.map((element) => element!.value);
}

function parameterOf(fn: FunctionQuery, value: ValueId): number | null {
  const definition = fn.definition(value);
  return definition?.op === 'parameter' ? definition.index : null;
}
