/**
 * What becomes of the bytes that a join gathered in a field or captured variable: whether all of them are read again behind each join, so that a list of
 * the parts saves nothing; whether they are set anew before the next join; whether they are cut to a constant length. Who else reads them is `accumulator.ts`.
 */
import type { BlockId, Instruction, ValueId } from '../ir/instruction.js';
import { exactBytes } from '../cost/size.js';
import { loopOf } from '../flow/loops.js';
import { isGetOf, isLoadOf, isSameObject, type FieldTarget, type StoreTarget } from './accumulator.js';
import type { ByteJoin } from './byte-join.js';
import { quietLogMethodOf } from './log-call.js';
import type { CallSite, FunctionQuery } from './query.js';

type Target = StoreTarget | FieldTarget;

/** Where a walk got to without passing a stop. */
interface Reached {
  readonly instructions: ReadonlySet<ValueId>;
  readonly returns: boolean;
  /** Whether others run meanwhile, who may join again. */
  readonly suspends: boolean;
}

const readsAll: ReadonlySet<string> = new Set(['indexOf', 'lastIndexOf', 'includes', 'toString', 'toJSON', 'equals', 'compare', 'forEach', 'map', 'filter', 'find', 'findIndex', 'findLast', 'findLastIndex', 'some', 'every', 'reduce', 'reduceRight', 'join']);
const readers = ['reads', 'readsLater', 'snapshots'] as const;
const logger = /(?:debug|trace|verbose|log)$/i;

/** The first place that reads all of the gathered bytes on every path behind the join that returns, before they are set again; null when some path does without. Errors aside. */
export function fullReaderOf(fn: FunctionQuery, target: Target, join: ByteJoin): ValueId | null {
  const { cfg } = fn.flow;
  const handles = [join.call.value, ...fn.instructions().filter((one) => isReadOf(fn, one.id, target) && !fn.isBefore(one.id, target.id)).map((one) => one.id)];
  const found = [...new Set(handles.flatMap((handle) => fn.flow.track(handle).uses.filter((use) => use.holding === 'object' || (use.holding === 'view' && isNearlyAll(fn, use.operand))).flatMap((use) => readOf(fn, use.instruction, use.operand, join))))];
  const others = new Set(fn.instructions().filter((one) => one.id !== target.id && setsSame(fn, one, target)).map((one) => one.id));
  const always = found.filter((one) => {
    const { instructions, returns } = walk(fn, cfg.blockOf[join.call.value]!, cfg.positionOf[join.call.value]! + 1, new Set([one]));
    return !returns && !instructions.has(join.call.value) && ![...others].some((other) => instructions.has(other));
  });
  return always.sort((left, right) => fn.line(left) - fn.line(right))[0] ?? null;
}

/** Whether something of what a join gathered is still there when the same call joins again, and when it returns. */
export function keptBehind(fn: FunctionQuery, target: Target, join: ByteJoin): { readonly forNextJoin: boolean; readonly atReturn: boolean } {
  const { cfg } = fn.flow;
  const { instructions, returns, suspends } = walk(fn, cfg.blockOf[target.id]!, cfg.positionOf[target.id]! + 1, resetsOf(fn, target));
  return { forNextJoin: instructions.has(join.call.value), atReturn: returns || suspends };
}

/** The place behind the join that cuts what is longer to a constant length: `if (all.length > 256) all = all.slice(-256)`. */
export function cutBehind(fn: FunctionQuery, target: Target, join: ByteJoin): { readonly at: ValueId; readonly bytes: number } | null {
  const { cfg } = fn.flow;
  const from = [cfg.blockOf[target.id]!, cfg.positionOf[target.id]! + 1] as const;
  const behind = walk(fn, ...from, new Set()).instructions;
  for (const one of fn.instructions()) {
    if (one.id === target.id || !behind.has(one.id) || !setsSame(fn, one, target)) continue;
    const bytes = bytesOfCut(fn, (one as Target).value, target, join);
    if (bytes !== null && (isBehindLengthCheck(fn, one.id, target, join) || !walk(fn, ...from, new Set([one.id])).returns)) return { at: one.id, bytes };
  }
  return null;
}

/** The instruction that begins to read everything that the operand holds; none when it reads a part, or only keeps it. */
function readOf(fn: FunctionQuery, use: ValueId, operand: ValueId, join: ByteJoin): readonly ValueId[] {
  const user = fn.instruction(use);
  switch (user?.op) {
    case 'iterator': case 'spread': case 'template': return [use];
    case 'binary': return user.operator === '+' ? [use] : [];
    case 'unary': return user.operator === 'to-string' ? [use] : [];
    case 'get': return user.key.kind === 'computed' && user.object === operand ? indexLoopOf(fn, use, user.key.value, join) : [];
    // A literal keeps it, and who gets the literal may look at the length alone; only this call certainly looks at everything.
    case 'define': return fn.calls().filter((call) => fn.text(call.instruction.callee) === 'JSON.stringify' && call.operands.arguments[0] !== undefined && fn.definition(call.operands.arguments[0])?.id === user.object).map((call) => call.value);
    case 'call': {
      const call = fn.calls().find((one) => one.value === use);
      return call !== undefined && isFullReadBy(fn, call, operand) ? [use] : [];
    }
    default: return [];
  }
}

function isFullReadBy(fn: FunctionQuery, call: CallSite, operand: ValueId): boolean {
  const { receiver, arguments: given, uncertainFrom } = call.operands;
  if (call.hasRole('concat') || uncertainFrom !== null) return false;
  const name = methodOf(fn, call.instruction.callee);
  // `toString(encoding, start, end)` reads a part.
  if (receiver === operand) return name !== null && readsAll.has(name) && given.length < 3;
  const index = given.indexOf(operand);
  if (index === -1) return false;
  if (call.candidates.length > 0) return call.candidates.every((one) => one.row !== null && readers.some((kind) => one[kind].includes(index)));
  return quietLogMethodOf(fn, call) === null && !logger.test(fn.text(call.instruction.callee) ?? '');
}

/** The begin of a loop behind the join that goes over the elements one by one. */
function indexLoopOf(fn: FunctionQuery, read: ValueId, key: ValueId, join: ByteJoin): readonly ValueId[] {
  const { cfg, reaching } = fn.flow;
  const loop = loopOf(cfg, fn.flow.loops(), read);
  if (loop === null || loop.blocks.has(cfg.blockOf[join.call.value]!) || fn.instruction(key)?.op !== 'load') return [];
  const isStep = reaching.valuesOf(key).some((one) => {
    const step = one < 0 ? null : fn.instruction(one);
    return (step?.op === 'unary' && (step.operator === 'increment' || step.operator === 'decrement')) || (step?.op === 'binary' && /^[+-]$/.test(step.operator) && numberOf(fn, step.right) === 1);
  });
  const [begin] = fn.function.blocks[loop.header]!.instructions;
  return isStep && begin !== undefined ? [begin.id] : [];
}

/** A view from a constant place to the end. */
function isNearlyAll(fn: FunctionQuery, view: ValueId): boolean {
  const call = fn.callOf(view);
  if (call === null || !/^(?:slice|subarray)$/.test(methodOf(fn, call.instruction.callee) ?? '') || call.operands.arguments.length > 1) return false;
  const [start] = call.operands.arguments;
  return start === undefined || (numberOf(fn, start) ?? -1) >= 0;
}

/** Places that set the target to bytes that do not grow, or call a function that always does. */
function resetsOf(fn: FunctionQuery, target: Target): ReadonlySet<ValueId> {
  const own = fn.instructions().filter((one) => one.id !== target.id && setsSame(fn, one, target) && isAnew(fn, (one as Target).value));
  const calls = fn.calls().filter((call) => {
    const callee = fn.program.calleeOf(call);
    if (callee === null || callee.module !== fn.module || (target.op === 'set' && (call.operands.receiver === null || !isSameObject(fn, call.operands.receiver, target.object)))) return false;
    const sets = callee.instructions().filter((one) => {
      if (target.op === 'store') return one.op === 'store' && isSameVariable(one, target) && isAnew(callee, one.value);
      return one.op === 'set' && callee.definition(one.object)?.op === 'this' && isSameKey(one, target) && isAnew(callee, one.value);
    });
    const { returns, suspends } = walk(callee, 0, 0, new Set(sets.map((one) => one.id)));
    return sets.length > 0 && !returns && !suspends;
  });
  return new Set([...own.map((one) => one.id), ...calls.map((call) => call.value)]);
}

/** Nothing, or new bytes of a constant length. */
function isAnew(fn: FunctionQuery, value: ValueId): boolean {
  const made = fn.callOf(value);
  if (made === null) return fn.definition(value)?.op === 'constant';
  const isNew = made.complete && made.candidates.length > 0 && made.candidates.every(({ result }) => result.kind === 'bytes');
  const list = made.operands.arguments[0] === undefined ? null : fn.definition(made.operands.arguments[0]);
  return isNew && (exactBytes(fn.lengthOf(value)) !== null || (list?.op === 'array' && list.elements.length === 0));
}

function bytesOfCut(fn: FunctionQuery, value: ValueId, target: Target, join: ByteJoin): number | null {
  const cut = fn.definition(value);
  if (cut?.op !== 'call' || cut.receiver === null || !holdsAll(fn, cut.receiver, target, join) || !/^(?:slice|subarray)$/.test(methodOf(fn, cut.callee) ?? '')) return null;
  const [start, end, ...more] = cut.arguments.map((one) => (one.spread ? null : numberOf(fn, one.value)));
  if (typeof start !== 'number' || more.length > 0) return null;
  if (end === undefined) return start < 0 ? -start : null;
  return end !== null && start >= 0 && end > start ? end - start : null;
}

/** Whether only what is longer than a constant gets there. */
function isBehindLengthCheck(fn: FunctionQuery, at: ValueId, target: Target, join: ByteJoin): boolean {
  const { cfg } = fn.flow;
  const block = cfg.blockOf[at]!;
  const [before, ...more] = cfg.predecessors[block]!;
  const terminator = before === undefined || more.length > 0 ? null : fn.function.blocks[before]!.terminator;
  if (terminator?.op !== 'branch' || terminator.test !== 'truthy' || terminator.then === terminator.else) return false;
  const check = fn.definition(terminator.value);
  if (check?.op !== 'binary' || !/^[<>]=?$/.test(check.operator)) return false;
  const isLengthLeft = isLength(check.left) && numberOf(fn, check.right) !== null;
  if (!isLengthLeft && !(isLength(check.right) && numberOf(fn, check.left) !== null)) return false;
  const isLonger = check.operator.startsWith('>') === isLengthLeft;
  return block === (isLonger ? terminator.then : terminator.else);

  function isLength(value: ValueId): boolean {
    const read = fn.definition(value);
    return read?.op === 'get' && read.key.kind === 'name' && /^(?:byteLength|length)$/.test(read.key.name) && holdsAll(fn, read.object, target, join);
  }
}

/** What is executed behind a place, in normal flow, on paths that have not passed a stop. */
function walk(fn: FunctionQuery, block: BlockId, position: number, stops: ReadonlySet<ValueId>): Reached {
  const found = new Set<ValueId>();
  const visited = new Set<BlockId>();
  const work: BlockId[] = [];
  let returns = false;
  let suspends = false;
  follow(block, position);
  while (work.length > 0) {
    const next = work.pop()!;
    if (visited.has(next)) continue;
    visited.add(next);
    follow(next, 0);
  }
  return { instructions: found, returns, suspends };

  function follow(at: BlockId, from: number): void {
    const { instructions, terminator } = fn.function.blocks[at]!;
    for (const instruction of instructions.slice(from)) {
      if (stops.has(instruction.id)) return;
      found.add(instruction.id);
      suspends ||= /^(?:await|yield|yield-star|generator-start)$/.test(instruction.op);
    }
    returns ||= terminator.op === 'return';
    work.push(...fn.flow.cfg.successors[at]!);
  }
}

function holdsAll(fn: FunctionQuery, value: ValueId, target: Target, join: ByteJoin): boolean {
  return isReadOf(fn, fn.definition(value)?.id ?? value, target) || isReadOf(fn, value, target) || fn.callOf(value)?.value === join.call.value;
}

function isReadOf(fn: FunctionQuery, id: ValueId, target: Target): boolean {
  return target.op === 'store' ? isLoadOf(fn, id, target) : fn.instruction(id)?.op === 'get' && isGetOf(fn, id, target);
}

function setsSame(fn: FunctionQuery, one: Instruction, target: Target): boolean {
  if (target.op === 'store') return one.op === 'store' && isSameVariable(one, target);
  return one.op === 'set' && isSameKey(one, target) && isSameObject(fn, one.object, target.object);
}

function isSameVariable(left: StoreTarget, right: StoreTarget): boolean {
  return left.variable.function === right.variable.function && left.variable.slot === right.variable.slot;
}

function isSameKey(left: FieldTarget, right: FieldTarget): boolean {
  return left.key.kind !== 'computed' && JSON.stringify(left.key) === JSON.stringify(right.key);
}

function methodOf(fn: FunctionQuery, callee: ValueId): string | null {
  const get = fn.instruction(callee);
  return get?.op === 'get' && get.key.kind === 'name' ? get.key.name : null;
}

function numberOf(fn: FunctionQuery, value: ValueId): number | null {
  const literal = fn.constant(value);
  return literal?.kind === 'number' ? literal.value : null;
}
