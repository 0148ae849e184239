/**
 * Accumulators: a variable, field or first parameter of a reducer that a join makes longer again and again. Who else reads or sets it, between two joins
 * or at any other time. Which joins these are is for the rules to say.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import { type ByteJoin, byteJoinOf } from './byte-join.js';
import { runsBehind } from './once-behind.js';
import type { CallSite, FunctionQuery } from './query.js';
import type { Site } from './site.js';

export type StoreTarget = Extract<Instruction, { op: 'store' }>;
export type FieldTarget = Extract<Instruction, { op: 'set' }>;

/** The only part of a join that is the old content of what the instruction sets; null when there is none. */
export function oldContentOf(fn: FunctionQuery, join: ByteJoin, target: StoreTarget | FieldTarget): ValueId | null {
  const [old, ...more] = join.parts.filter((part) => (target.op === 'store' ? isLoadOf(fn, part, target) : isGetOf(fn, part, target)));
  return old === undefined || more.length > 0 ? null : old;
}

/** One of the joins that make a variable longer in a loop, and where it is stored. */
export interface Joining {
  readonly store: StoreTarget;
  readonly join: ByteJoin;
}

/**
 * The joins of one round that make the variable longer one after the other, `target` among them: each joins what the one before has stored, at the same end.
 * Empty when what `target` joins is not carried from one round to the next by such joins alone.
 */
export function joiningsOfRound(fn: FunctionQuery, target: StoreTarget, join: ByteJoin, old: ValueId): readonly Joining[] {
  const loop = fn.flow.loops()[fn.flow.cfg.blockOf[target.id]!];
  const isLast = join.parts.indexOf(old) !== 0;
  const stores = fn.instructions().filter((one): one is StoreTarget => one.op === 'store' && one.variable.function === target.variable.function && one.variable.slot === target.variable.slot && loop?.blocks.has(fn.flow.cfg.blockOf[one.id]!) === true);
  const found = new Map<ValueId, Joining>([[target.value, { store: target, join }]]);
  const work: ValueId[] = [old];
  let isCarried = false;
  for (let one = work.pop(); one !== undefined; one = work.pop()) {
    for (const value of fn.flow.reaching.valuesOf(one)) {
      isCarried ||= value === target.value;
      const store = stores.find((other) => other.value === value);
      const call = store === undefined || found.has(value) ? null : fn.callOf(value);
      const other = call === null ? null : byteJoinOf(call);
      const before = store === undefined || other === null ? null : oldContentOf(fn, other, store);
      // Where one join appends and another prepends, no list of parts in the order of the rounds is joined to the same bytes.
      if (store === undefined || other === null || before === null || (other.parts.indexOf(before) !== 0) !== isLast) continue;
      found.set(value, { store, join: other });
      work.push(before);
    }
  }
  return isCarried ? [...found.values()] : [];
}

/** Reads of the bytes gathered so far, its length aside, between one join and the next. */
export function readersInLoop(fn: FunctionQuery, joinings: readonly Joining[]): readonly Site[] {
  const isStored = (id: ValueId): boolean => joinings.some((one) => one.store.id === id);
  const readers = joinings.flatMap(({ join }) => {
    const { uses, capturedBy } = fn.flow.track(join.call.value);
    const kept = capturedBy.filter((one) => !isStored(one) && fn.isInLoop(one));
    return [...uses.filter((use) => !isStored(use.instruction) && fn.isInLoop(use.instruction) && joinings.every((one) => isRead(fn, use.instruction, one.join))).map((use) => use.instruction), ...kept];
  });
  return [...new Set(readers)].map((one) => fn.site(one));
}

/** The same of a reducer, which is given them as its first parameter. */
export function readersOfParameter(fn: FunctionQuery, old: ValueId, join: ByteJoin): readonly Site[] {
  const { uses, capturedBy } = fn.flow.track(fn.definition(old)!.id);
  return [...uses.map((use) => use.instruction).filter((one) => isRead(fn, one, join)), ...capturedBy].map((one) => fn.site(one));
}

function isRead(fn: FunctionQuery, use: ValueId, join: ByteJoin): boolean {
  const user = fn.instruction(use);
  if (user?.op === 'array' || user?.op === 'spread') return false;
  if (user?.op === 'get') return user.key.kind === 'computed';
  const call = fn.calls().find((one) => one.value === use);
  return call === undefined || !(call.hasRole('concat') || isPartOfJoin(fn, join, call));
}

/** Functions inside of this one that read the variable, and that are there while the loop runs. */
export function closureReaders(fn: FunctionQuery, target: StoreTarget): readonly Site[] {
  if (fn.function.variables[target.variable.slot]?.captured !== true) return [];
  const isThere = (other: FunctionQuery): boolean => {
    let inner = other.function;
    while (inner.parent !== null && inner.parent !== fn.function.id) inner = fn.module.functions[inner.parent]!;
    const made = fn.instructions().find((one) => one.op === 'closure' && one.function === inner.id);
    return made === undefined || runsBehind(fn.flow, made.id, -1).has(target.id);
  };
  return fn.program.functionsIn(fn.module).filter((other) => other !== fn).flatMap((other) => {
    const loads = other.function.blocks.flatMap((block) => block.instructions).filter((one) => one.op === 'load' && one.variable.function === target.variable.function && one.variable.slot === target.variable.slot);
    return loads.length > 0 && isThere(other) ? loads.map((one) => other.site(one.id)) : [];
  });
}

/** Another place in the loop that sets the accumulator than the joins that make it longer. */
export function resetOf(fn: FunctionQuery, target: StoreTarget, joinings: readonly Joining[]): ValueId | null {
  const { cfg } = fn.flow;
  const loop = fn.flow.loops()[cfg.blockOf[target.id]!];
  const found = fn.instructions().find((one) => one.op === 'store' && joinings.every(({ store }) => store.id !== one.id) && one.variable.function === target.variable.function && one.variable.slot === target.variable.slot && loop?.blocks.has(cfg.blockOf[one.id]!) === true);
  return found?.id ?? null;
}

function isPartOfJoin(fn: FunctionQuery, join: ByteJoin, call: CallSite): boolean {
  return call.value === join.call.value || (join.by === 'hand' && call.operands.receiver !== null && fn.callOf(call.operands.receiver)?.value === join.call.value);
}

/** Reads of a field or captured variable anywhere in the module, besides the one that is joined. */
export function otherReaders(fn: FunctionQuery, target: StoreTarget | FieldTarget, old: ValueId): readonly Site[] {
  const joined = target.op === 'set' ? fn.definition(old)?.id : old;
  return fn.program.functionsIn(fn.module).filter((other) => (target.op === 'store' || other.function.className === fn.function.className)).flatMap((other) => other.instructions().filter((one) => {
    if (other.function === fn.function && (one.id === joined || fn.isBefore(one.id, target.id))) return false;
    if (target.op === 'store') return isLoadOf(other, one.id, target);
    return one.op === 'get' && JSON.stringify(one.key) === JSON.stringify(target.key) && other.definition(one.object)?.op === fn.definition(target.object)?.op;
  }).map((one) => other.site(one.id)));
}

export function isSeenByHandler(fn: FunctionQuery, target: StoreTarget): boolean {
  const { cfg } = fn.flow;
  const visited = new Set<number>();
  const work = [...cfg.exceptional[cfg.blockOf[target.id]!]!];
  while (work.length > 0) {
    const block = work.pop()!;
    if (visited.has(block)) continue;
    visited.add(block);
    if (fn.function.blocks[block]!.instructions.some((one) => isLoadOf(fn, one.id, target))) return true;
    work.push(...cfg.successors[block]!);
  }
  return false;
}

export function isLoadOf(fn: FunctionQuery, part: ValueId, target: StoreTarget): boolean {
  const load = fn.instruction(part);
  return load?.op === 'load' && load.variable.function === target.variable.function && load.variable.slot === target.variable.slot;
}

export function isGetOf(fn: FunctionQuery, part: ValueId, target: FieldTarget): boolean {
  const get = fn.definition(part);
  return get?.op === 'get' && target.key.kind !== 'computed' && JSON.stringify(get.key) === JSON.stringify(target.key) && isSameObject(fn, get.object, target.object);
}

export function isSameObject(fn: FunctionQuery, left: ValueId, right: ValueId): boolean {
  const name = fn.text(left);
  return (fn.definition(left)?.op === 'this' && fn.definition(right)?.op === 'this') || (name !== null && /^[\w$.#]+$/.test(name) && name === fn.text(right));
}

