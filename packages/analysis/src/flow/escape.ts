/**
 * Escape: which objects made in a function become reachable for code that we do not see, and through which instruction.
 * Flow-insensitive: an object that leaks anywhere counts as leaked everywhere, except that leaving by return is told apart,
 * because after a return nothing of this function runs.
 */
import type { ValueId } from '../ir/instruction.js';
import { declaredText } from './call-effects.js';
import type { Cfg } from './cfg.js';
import type { Effect, EffectTable } from './instruction-effects.js';
import { isForeign, type ObjectId } from './object.js';
import type { PointsTo } from './points-to.js';

export interface Leak {
  readonly how: 'retained' | 'unknown-call' | 'captured' | 'yielded' | 'later' | 'thrown' | 'declared';
  readonly instruction: ValueId;
  /** The callee or field, for the witness. */
  readonly what: string;
}

export interface Escapes {
  /** How an object made here leaks during the function; null when it does not. Foreign objects are outside already. */
  leakOf(object: ObjectId): Leak | null;
  /** The call whose receiver must be of the class that is declared for what is known of the object; null when nothing known of it rests on a declared class. Foreign objects, too. */
  declaredBehind(object: ObjectId): Leak | null;
  isReturned(object: ObjectId): boolean;
  isThrown(object: ObjectId): boolean;
}

export function computeEscapes(cfg: Cfg, values: PointsTo, effects: EffectTable): Escapes {
  const leaks = new Map<ObjectId, Leak>();
  let doubts: ReadonlyMap<ObjectId, Leak> | null = null;
  const retained: { readonly effect: Effect; readonly instruction: ValueId }[] = [];
  for (const block of cfg.order) {
    for (const instruction of cfg.function.blocks[block]!.instructions) {
      for (const effect of effects.of(instruction.id).effects) {
        const how = directLeak(effect, values);
        if (how !== null) for (const one of effect.objects) leak(one, { how, instruction: instruction.id, what: effect.callee ?? effect.field ?? '' });
        if (effect.kind === 'retain' && effect.keeper !== undefined && effect.keeper !== -1 && how === null) retained.push({ effect, instruction: instruction.id });
      }
    }
  }
  for (const block of cfg.order) {
    const { terminator } = cfg.function.blocks[block]!;
    // What is caught is an unknown object, which may be this one.
    if (terminator.op === 'throw') for (const one of values.of(terminator.value)) leak(one, { how: 'thrown', instruction: terminator.value, what: '' });
  }
  if (!values.isSettled()) for (const one of values.objects) if (!isForeign(one)) leak(one.id, { how: 'unknown-call', instruction: 0, what: 'code that is too deep to follow' });
  const returned = reachableFrom(effects.returned, values);
  const thrown = reachableFrom(effects.thrown, values);
  // What an escaping object holds escapes with it, and a view gives away its backing store.
  for (let before = -1; before !== leaks.size;) {
    before = leaks.size;
    for (const { effect, instruction } of retained) if (leaks.has(effect.keeper!)) for (const one of effect.objects) leak(one, { how: 'retained', instruction, what: effect.field ?? '' });
    for (const one of [...leaks.keys()]) for (const inner of [...values.objects[one]!.stores, ...values.contents(one)]) leak(inner, leaks.get(one)!);
  }
  return {
    leakOf: (object) => leaks.get(object) ?? values.objects[object]!.stores.map((store) => leaks.get(store) ?? null).find((found) => found !== null) ?? null,
    declaredBehind,
    isReturned: (object) => returned.has(object),
    isThrown: (object) => thrown.has(object),
  };

  function leak(object: ObjectId, how: Leak): void {
    if (!leaks.has(object)) leaks.set(object, how);
  }

  function declaredBehind(object: ObjectId): Leak | null {
    doubts ??= computeDoubts(cfg, values, effects);
    const work = [object, ...values.objects[object]!.stores];
    for (const one of work) {
      const found = doubts.get(one);
      if (found !== undefined) return found;
      const { source } = values.objects[one]!;
      if (source.kind === 'path' && work.length < maximumHolders) work.push(source.base);
    }
    return null;
  }
}

/** What an object hangs on is followed this far: paths are short. */
const maximumHolders = 32;

/** Objects that methods found by declared classes get hold of or give, what these hold, what takes them, and what their own methods get or give. */
function computeDoubts(cfg: Cfg, values: PointsTo, effects: EffectTable): ReadonlyMap<ObjectId, Leak> {
  const doubts = new Map<ObjectId, Leak>();
  const doubt = (object: ObjectId, how: Leak): void => {
    if (values.objects[object]!.source.kind !== 'method' && !doubts.has(object)) doubts.set(object, how);
  };
  const instructions = cfg.order.flatMap((block) => cfg.function.blocks[block]!.instructions);
  for (const { id } of instructions) for (const effect of effects.of(id).effects) if (effect.kind === 'declared') for (const one of effect.objects) doubt(one, { how: 'declared', instruction: id, what: declaredText(effect.callee!, effect.declaredClass!) });
  for (let before = 0; before !== doubts.size;) {
    before = doubts.size;
    for (const [one, how] of [...doubts]) for (const inner of [...values.objects[one]!.stores, ...values.contents(one)]) doubt(inner, how);
    for (const { id } of instructions) {
      const call = values.calls.get(id);
      for (const effect of effects.of(id).effects) {
        const behind = effect.kind === 'retain' && effect.keeper !== undefined ? doubts.get(effect.keeper) : undefined;
        if (behind !== undefined) for (const one of effect.objects) doubt(one, behind);
      }
      if (call === undefined || call.operands.receiver === null || call.candidates.every((one) => one.row !== null)) continue;
      const behind = values.of(call.operands.receiver).map((one) => doubts.get(one)).find((found) => found !== undefined);
      if (behind !== undefined) for (const value of [id, ...call.operands.arguments]) for (const one of values.of(value)) doubt(one, behind);
    }
  }
  return doubts;
}

/** The objects, what stores seen here put into them, and the backing stores of all that. */
export function reachableFrom(roots: readonly ObjectId[], values: PointsTo): ReadonlySet<ObjectId> {
  const found = new Set<ObjectId>();
  const work = [...roots];
  while (work.length > 0) {
    const one = work.pop()!;
    if (found.has(one)) continue;
    found.add(one);
    work.push(...values.objects[one]!.stores, ...values.contents(one));
  }
  return found;
}

function directLeak(effect: Effect, values: PointsTo): Leak['how'] | null {
  switch (effect.kind) {
    case 'unknown': return 'unknown-call';
    case 'capture': return 'captured';
    case 'yield': return 'yielded';
    case 'read-later': case 'write-later': return 'later';
    case 'retain': return effect.keeper === undefined || effect.keeper === -1 || isForeign(values.objects[effect.keeper]!) ? 'retained' : null;
    default: return null;
  }
}

/** Whether bytes of the two objects may be the same memory. */
export function mayShareBytes(left: ObjectId, right: ObjectId, values: PointsTo, escapes: Escapes): boolean {
  for (const first of values.objects[left]!.stores) {
    for (const second of values.objects[right]!.stores) {
      if (first === second || mayBeSame(first, second, values, escapes)) return true;
    }
  }
  return false;
}

function mayBeSame(first: ObjectId, second: ObjectId, values: PointsTo, escapes: Escapes): boolean {
  const firstForeign = isForeign(values.objects[first]!);
  const secondForeign = isForeign(values.objects[second]!);
  if (firstForeign && secondForeign) return true;
  if (!firstForeign && !secondForeign) return false;
  // One is made here and the other comes from outside: the same only if the one made here got out.
  const own = firstForeign ? second : first;
  const foreign = values.objects[firstForeign ? first : second]!;
  if (foreign.source.kind === 'parameter' || foreign.source.kind === 'this') return false;
  if (escapes.leakOf(own) !== null) return true;
  // What an object made here holds out of sight may be whatever was put into it.
  const root = rootOf(firstForeign ? first : second, values);
  return root !== null && reachableFrom([root], values).has(own);
}

/** The object made here that a path starts at; null when it starts outside. */
function rootOf(object: ObjectId, values: PointsTo): ObjectId | null {
  let current = object;
  for (let { source } = values.objects[current]!; source.kind === 'path'; { source } = values.objects[current]!) current = source.base;
  return isForeign(values.objects[current]!) ? null : current;
}
