/**
 * Joins of bytes: which parts a call joins into new bytes, whether a library does it (`Buffer.concat`, `concatBytes`), a function of the program,
 * or the code at hand, by a new array and one `set` per part. A join has exactly the bytes of its parts, one behind the other; arrays of another
 * length, and those that anything else writes, are none. Whether a join is for nothing is for the rules to say.
 */
import type { Size } from '../ir/effects.js';
import type { FunctionIr } from '../ir/function.js';
import type { Instruction, ValueId } from '../ir/instruction.js';
import { addSizes, constantSize, equalSizes, exactBytes } from '../cost/size.js';
import { callbackOf } from './callback.js';
import { onceBehind } from './once-behind.js';
import type { CallSite, FunctionQuery } from './query.js';

export interface ByteJoin {
  /** The call that gives the joined bytes; of a join by hand, the construction of the array. */
  readonly call: CallSite;
  /** What is joined, in the order of the result; at least one. */
  readonly parts: readonly ValueId[];
  readonly by: 'library' | 'function' | 'hand';
  /** What has to be true for the result to be as long as its parts, in words; null when that is certain. */
  readonly assumed: string | null;
}

/** A part that is set into the array of a join by hand, and where. */
interface Placed {
  readonly part: ValueId;
  readonly offset: Size;
  readonly write: ValueId;
}

const emptyArrays: ReadonlySet<string> = new Set(['new Uint8Array', 'Buffer.alloc', 'Buffer.allocUnsafe', 'Buffer.allocUnsafeSlow']);
const maximumDepth = 3;

/** The join that a call makes; null when it makes none, or of parts that cannot be told apart (`Buffer.concat(list)`), or cuts or fills the result (`Buffer.concat([a, b], 16)`). */
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
  const fn = call.in;
  const [read] = call.candidates[0]!.reads;
  if (read === undefined || typeof read !== 'object') return null;
  if ('rest' in read) return joined(call, call.operands.arguments.slice(read.rest), 'library', null);
  const listIndex = 'elementsOf' in read && typeof read.elementsOf === 'number' ? read.elementsOf : null;
  const list = listIndex === null ? undefined : call.operands.arguments[listIndex];
  if (list === undefined) return null;
  const parts = elementsOf(fn, list, call.value);
  const limit = call.operands.arguments[listIndex! + 1];
  if (limit === undefined || fn.constant(limit)?.kind === 'undefined') return joined(call, parts, 'library', null);
  const total = fn.numberOf(limit);
  if (equalSizes(total, lengthOfAll(fn, parts))) return joined(call, parts, 'library', null);
  // A fixed length cuts or fills; one that is counted elsewhere is usually that of the parts.
  return exactBytes(total) === null ? joined(call, parts, 'library', `${fn.text(limit) ?? 'the given length'} is the length of all parts`) : null;
}

/** `const m = new Uint8Array(a.length + b.length); m.set(a); m.set(b, a.length)`. */
function byHand(call: CallSite): ByteJoin | null {
  const fn = call.in;
  const [size] = call.operands.arguments;
  if (size === undefined || call.operands.arguments.length > 1) return null;
  const placed = fn.calls().flatMap((write) => placedBy(fn, call, write) ?? []);
  const areAlways = placed.every((one) => /^(?:always|unless-thrown)$/.test(onceBehind(fn.flow, call.value, one.write)));
  if (placed.length < 2 || !areAlways || isWrittenBesides(fn, call, placed)) return null;
  const parts = inOrder(fn, placed);
  return parts === null || !equalSizes(fn.numberOf(size), lengthOfAll(fn, parts)) ? null : joined(call, parts, 'hand', null);
}

/** The part that a call puts as a whole into the array. */
function placedBy(fn: FunctionQuery, made: CallSite, write: CallSite): Placed | null {
  const { receiver, arguments: [first, offset, ...more], uncertainFrom } = write.operands;
  if (receiver === null || first === undefined || more.length > 0 || uncertainFrom !== null) return null;
  const at = offset === undefined ? constantSize(0) : fn.numberOf(offset);
  if (write.api?.endsWith('.prototype.set') === true && fn.callOf(receiver)?.value === made.value && isOfSingleBytes(fn, first)) return { part: first, offset: at, write: write.value };
  return write.api === 'Buffer.prototype.copy' && fn.callOf(first)?.value === made.value ? { part: receiver, offset: at, write: write.value } : null;
}

/** Wider elements are cut to bytes one by one, so that the array is no join of their bytes. */
function isOfSingleBytes(fn: FunctionQuery, value: ValueId): boolean {
  return fn.isBytes(value) && fn.knowledge(value).classes.every((one) => (fn.flow.context.catalog.class(one.name)?.elementSize ?? 1) === 1);
}

/** The parts as they follow each other from the first byte on; null when they leave gaps, overlap, or their places are not known. */
function inOrder(fn: FunctionQuery, placed: readonly Placed[]): readonly ValueId[] | null {
  const left = [...placed];
  const parts: ValueId[] = [];
  let end: Size = constantSize(0);
  while (left.length > 0) {
    const index = left.findIndex((one) => equalSizes(one.offset, end));
    if (index === -1) return null;
    const [next] = left.splice(index, 1);
    parts.push(next!.part);
    end = addSizes(end, fn.lengthOf(next!.part));
  }
  return parts;
}

/** Whether anything but the given calls certainly writes the array: then it is more than its parts. */
function isWrittenBesides(fn: FunctionQuery, made: CallSite, placed: readonly Placed[]): boolean {
  const { effects, values } = fn.flow;
  return fn.flow.track(made.value).uses.some((use) => !placed.some((one) => one.write === use.instruction) && effects.of(use.instruction).effects.some((effect) => {
    const own = values.of(use.operand).flatMap((one) => values.objects[one]!.stores);
    return effect.kind === 'write' && effect.objects.some((one) => values.objects[one]!.stores.some((store) => own.includes(store)));
  }));
}

/** A function of the program that returns a join of its parameters, or one that sets all of its arguments, or of a list, into a new array. */
function ofFunction(call: CallSite, depth: number): ByteJoin | null {
  const callee = call.in.program.calleeOf(call);
  if (callee === null) return null;
  const given = call.operands.arguments;
  const made = callee.calls().filter((inner) => isReturned(callee, inner));
  for (const inner of made) {
    const join = joinOf(inner, depth - 1);
    const indexes = join?.parts.map((part) => parameterOf(callee, part)) ?? [];
    const parts = indexes.map((index) => (index === null ? undefined : given[index])).filter((part) => part !== undefined);
    if (join !== null && parts.length >= 2 && parts.length === indexes.length) return joined(call, parts, 'function', assumedOf(callee, join.assumed, inner));
  }
  const filled = made.find((inner) => isFilledInLoop(callee, inner) || isFilledForEach(callee, inner));
  if (filled === undefined) return null;
  return joined(call, given.length === 1 ? elementsOf(call.in, given[0]!, call.value) : given, 'function', `${callee.function.name} makes an array that is as long as all parts together`);
}

/** A function that may return something else as well joins only where it does not. */
function assumedOf(callee: FunctionQuery, assumed: string | null, inner: CallSite): string | null {
  const { effects, values } = callee.flow;
  if (assumed !== null) return `in ${callee.function.name}, ${assumed}`;
  return effects.returned.every((one) => values.of(inner.value).includes(one)) ? null : `${callee.function.name} joins its arguments, where it may return something else too`;
}

function isReturned(fn: FunctionQuery, call: CallSite): boolean {
  return fn.flow.effects.returned.some((one) => fn.flow.values.of(call.value).includes(one));
}

/** A new array into which a loop sets one part after the other, each behind the one before: the offset grows by the length of the part. */
function isFilledInLoop(fn: FunctionQuery, made: CallSite): boolean {
  const [size] = made.operands.arguments;
  if (made.api === null || !emptyArrays.has(made.api) || size === undefined || exactBytes(fn.numberOf(size)) !== null || fn.isInLoop(made.value)) return false;
  return fn.calls().some((write) => {
    const { receiver, arguments: [part, offset, ...more] } = write.operands;
    const isSet = write.mayBe('Uint8Array.prototype.set') && receiver !== null && fn.callOf(receiver)?.value === made.value && fn.isInLoop(write.value);
    return isSet && part !== undefined && offset !== undefined && more.length === 0 && growsByLength(fn, offset, part) && !isWrittenBesides(fn, made, [{ part, offset: constantSize(0), write: write.value }]);
  });
}

/** The same by `parts.forEach((part) => { joined.set(part, offset); offset += part.length; })`: the parts are those that the function is given, and nobody else has the array until it is filled. */
function isFilledForEach(fn: FunctionQuery, made: CallSite): boolean {
  const [size] = made.operands.arguments;
  if (made.api === null || !emptyArrays.has(made.api) || size === undefined || exactBytes(fn.numberOf(size)) !== null || fn.isInLoop(made.value)) return false;
  const inner = fn.module.functions.filter((one) => one.parent === fn.function.id).map((one) => fn.program.functionOf(fn.module, one));
  return inner.some((each) => {
    const callback = callbackOf(each);
    const list = callback?.taker.operands.receiver;
    if (callback?.method !== 'forEach' || callback.index !== 0 || list == null || !/^(?:rest-)?parameter$/.test(fn.definition(list)?.op ?? '')) return false;
    const isAlways = /^(?:always|unless-thrown)$/.test(onceBehind(fn.flow, made.value, callback.taker.value));
    return isAlways && !isWrittenBesides(fn, made, []) && appendsEach(each, (array) => isCellOf(fn, array, made) && isReadOnlyIn(fn, array, each));
  });
}

/** Whether the variable is read once in the callback, and by no other function inside of `fn`, which could write what it holds. */
function isReadOnlyIn(fn: FunctionQuery, read: Instruction, each: FunctionQuery): boolean {
  const isSame = (one: Instruction): boolean => read.op === 'load' && one.op === 'load' && one.variable.function === read.variable.function && one.variable.slot === read.variable.slot;
  const readsIn = (one: FunctionIr): number => one.blocks.flatMap((block) => block.instructions).filter(isSame).length;
  return fn.module.functions.every((other) => other === fn.function || readsIn(other) === (other === each.function ? 1 : 0));
}

/** A function that does nothing but to set its first parameter behind what was set before, and to count on. */
function appendsEach(each: FunctionQuery, isTarget: (array: Instruction) => boolean): boolean {
  const [write, ...more] = each.calls().filter((call) => call.mayBe('Uint8Array.prototype.set'));
  const [entry] = each.instructions();
  const { receiver, arguments: [part, offset, ...others] } = write?.operands ?? { receiver: null, arguments: [] };
  if (entry === undefined || write === undefined || more.length > 0 || receiver === null || part === undefined || offset === undefined || others.length > 0) return false;
  const from = each.instruction(offset);
  const stores = each.instructions().filter((one) => one.op === 'store' && one.variable.function !== each.function.id);
  const [count] = stores;
  if (parameterOf(each, part) !== 0 || from?.op !== 'load' || stores.length !== 1 || count?.op !== 'store') return false;
  const array = each.instruction(receiver);
  const isAlways = (id: ValueId): boolean => id === entry.id || /^(?:always|unless-thrown)$/.test(onceBehind(each.flow, entry.id, id));
  if (array === null || !isTarget(array) || !isAlways(write.value) || !isAlways(count.id)) return false;
  const isOffset = (value: ValueId): boolean => { const load = each.instruction(value); return load?.op === 'load' && load.variable.function === from.variable.function && load.variable.slot === from.variable.slot; };
  const sum = each.instruction(count.value);
  const isSame = count.variable.function === from.variable.function && count.variable.slot === from.variable.slot && each.isBefore(write.value, count.id);
  return isSame && sum?.op === 'binary' && sum.operator === '+' && isOffset(sum.left) && equalSizes(each.numberOf(sum.right), each.lengthOf(part));
}

/** A variable of the outer function that only ever holds the array. */
function isCellOf(fn: FunctionQuery, read: Instruction, made: CallSite): boolean {
  if (read.op !== 'load' || read.variable.function !== fn.function.id) return false;
  const only = fn.flow.context.variables.onlyValue(read.variable);
  return only !== null && fn.callOf(only.value)?.value === made.value;
}

/** `offset += part.length`, in the loop that reads it. */
function growsByLength(fn: FunctionQuery, offset: ValueId, part: ValueId): boolean {
  const read = fn.instruction(offset);
  if (read?.op !== 'load') return false;
  const isSameCell = (value: ValueId): boolean => {
    const load = fn.instruction(value);
    return load?.op === 'load' && load.variable.function === read.variable.function && load.variable.slot === read.variable.slot;
  };
  const length = fn.lengthOf(part);
  const inLoop = fn.flow.reaching.valuesOf(offset).map((one) => (one < 0 ? null : fn.instruction(one))).filter((one) => one !== null && fn.isInLoop(one.id));
  return inLoop.length > 0 && inLoop.every((one) => one?.op === 'binary' && one.operator === '+' && ((isSameCell(one.left) && equalSizes(fn.numberOf(one.right), length)) || (isSameCell(one.right) && equalSizes(fn.numberOf(one.left), length))));
}

function joined(call: CallSite, parts: readonly ValueId[], by: ByteJoin['by'], assumed: string | null): ByteJoin | null {
  return parts.length === 0 ? null : { call, parts, by, assumed };
}

function lengthOfAll(fn: FunctionQuery, parts: readonly ValueId[]): Size {
  return addSizes(...parts.map((part) => fn.lengthOf(part)));
}

/** Elements of a list that is written out for the call; none when something may be missing, or somebody else may change the list. */
function elementsOf(fn: FunctionQuery, list: ValueId, user: ValueId): readonly ValueId[] {
  const literal = fn.definition(list);
  if (literal?.op !== 'array' || literal.elements.some((element) => element === null || element.spread)) return [];
  const { uses, leaves, capturedBy } = fn.flow.track(literal.id);
  const isRead = (id: ValueId): boolean => { const one = fn.instruction(id); return id === user || (one?.op === 'get' && one.key.kind === 'name' && one.key.name === 'length'); };
  return leaves.length > 0 || capturedBy.length > 0 || !uses.every((use) => isRead(use.instruction)) ? [] : literal.elements.map((element) => element!.value);
}

function parameterOf(fn: FunctionQuery, value: ValueId): number | null {
  const definition = fn.definition(value);
  return definition?.op === 'parameter' ? definition.index : null;
}
