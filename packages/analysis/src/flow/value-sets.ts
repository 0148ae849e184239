/**
 * What the values of one function may be, as far as the fixpoint of `points-to.ts` has come: objects, ascending, and classes of primitives.
 * They only grow.
 * Each change is stamped, so that whoever looked at a value knows whether to look again.
 */
import type { ValueId } from '../ir/instruction.js';
import type { ArgumentClass } from '../model/row.js';
import type { ObjectId } from './object.js';

export interface ValueSets {
  /** Objects of a value, ascending. The list is live: `add` may change it. */
  readonly of: (value: ValueId) => readonly ObjectId[];
  readonly primitives: (value: ValueId) => readonly ArgumentClass[];
  readonly add: (value: ValueId, object: ObjectId) => void;
  readonly addPrimitive: (value: ValueId, primitive: ArgumentClass) => void;
  /** Adds whatever the other value may be. */
  readonly copy: (value: ValueId, from: ValueId) => void;
  /** The objects that `fill` adds to the value, taken out again: no change. Primitives that it adds stay. */
  readonly takeAside: (value: ValueId, fill: () => void) => readonly ObjectId[];
  /** Grows with each change of the value. */
  readonly stamp: (value: ValueId) => number;
  /** Grows with each change of any value. */
  readonly version: () => number;
}

const noObjects: readonly ObjectId[] = [];
const noPrimitives: readonly ArgumentClass[] = [];

export function createValueSets(count: number): ValueSets {
  const sets = new Array<ObjectId[] | undefined>(count);
  const primitives = new Array<ArgumentClass[] | undefined>(count);
  const stamps = new Uint32Array(count);
  let objectChanges = 0;
  let primitiveChanges = 0;
  return { of, primitives: primitivesOf, add, addPrimitive, copy, takeAside, stamp: (value) => stamps[value]!, version: () => objectChanges + primitiveChanges };

  function of(value: ValueId): readonly ObjectId[] {
    return sets[value] ?? noObjects;
  }

  function primitivesOf(value: ValueId): readonly ArgumentClass[] {
    return primitives[value] ?? noPrimitives;
  }

  function add(value: ValueId, object: ObjectId): void {
    const set = (sets[value] ??= []);
    const last = set.length - 1;
    // Mostly it is new and the youngest, or there.
    const at = last < 0 || set[last]! < object ? last + 1 : placeOf(set, object);
    if (set[at] === object) return;
    if (at === set.length) set.push(object);
    else set.splice(at, 0, object);
    stamps[value]! += 1;
    objectChanges += 1;
  }

  function addPrimitive(value: ValueId, primitive: ArgumentClass): void {
    const set = (primitives[value] ??= []);
    if (set.includes(primitive)) return;
    set.push(primitive);
    stamps[value]! += 1;
    primitiveChanges += 1;
  }

  function copy(value: ValueId, from: ValueId): void {
    if (value === from) return;
    for (const one of of(from)) add(value, one);
    for (const one of primitivesOf(from)) addPrimitive(value, one);
  }

  function takeAside(value: ValueId, fill: () => void): readonly ObjectId[] {
    const kept = sets[value];
    const before = objectChanges;
    sets[value] = [];
    fill();
    const taken = sets[value];
    sets[value] = kept;
    objectChanges = before;
    // The stamp stays: what was looked up meanwhile must not pass for what is looked up later.
    return taken;
  }
}

/** Index of the object in the ascending list, or of the first that is larger. */
function placeOf(set: readonly ObjectId[], object: ObjectId): number {
  let from = 0;
  let to = set.length;
  while (from < to) {
    const middle = (from + to) >> 1;
    if (set[middle]! < object) from = middle + 1;
    else to = middle;
  }
  return from;
}
