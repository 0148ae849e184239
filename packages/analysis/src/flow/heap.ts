/**
 * The abstract objects of one function and what their fields hold, collected over the whole function (weak updates).
 * Owns when an object made here is no longer closed, so that a field may also hold what others put there. Which values refer to which object is `points-to.ts`.
 */
import type { Key, ValueId } from '../ir/instruction.js';
import type { Cfg } from './cfg.js';
import type { FlowContext } from './context.js';
import { type AbstractObject, isForeign, type ObjectId, type ObjectSource } from './object.js';
import { type ClassKnowledge, exactly, isSubsumed, mergeKnowledge, nothingKnown } from './value-class.js';

export const elementsKey = '[]';

/** The field of a promise that holds what it settles to. */
export const promiseKey = '<settled>';

/** The field name of a key; all computed keys share one. */
export function fieldKey(key: Key): string {
  switch (key.kind) {
    // `bytes['0']` is an element.
    case 'name': return /^\d+$/.test(key.name) ? elementsKey : key.name;
    case 'private': return `#${key.name}@${key.scope}`;
    case 'computed': return elementsKey;
  }
}

/** Every source but a path, which has a table of its own. */
type RootSource = Exclude<ObjectSource, { readonly kind: 'path' }>;

/** `factOf` says what is declared of a value. Member chains longer than `maximumPathDepth` are one object: with 4, `a.b.c.d.e` is `a.b.c.d`. */
export function createHeap(cfg: Cfg, context: FlowContext, factOf: (value: ValueId) => ClassKnowledge, maximumPathDepth: number) {
  const objects: AbstractObject[] = [];
  const bySource = new Map<string, ObjectId>();
  /** Path objects by base and key: asked for at every step of every path, so they are found without making a text. */
  const paths: (Map<string, ObjectId> | undefined)[] = [];
  const depths: number[] = [];
  /** By object: what stores seen here put into each field. */
  const fields: (Map<string, ObjectId[]> | undefined)[] = [];
  /** Objects made here whose fields others may set: handed to unseen code, kept by something foreign, or inside such an object. */
  const exposed = new Set<ObjectId>();
  const withAccessors = new Set<ObjectId>();
  /** Objects with own properties that hide what their class has. */
  const reshaped = new Set<ObjectId>();
  /** Grows with every change, so that a fixpoint knows that it is one. */
  let version = 0;
  /** Grows when more is known to be possible for the class of an object. */
  let knowledgeVersion = 0;

  return {
    objects, object, store, load, contents, iterated, expose, addAccessors, reshape, settledContent, isThenable, copyFields, isBytesOnly, pathObject,
    stored: (one: ObjectId, key: string): readonly ObjectId[] => fields[one]?.get(key) ?? none,
    isExposed: (one: ObjectId): boolean => exposed.has(one),
    isReshaped: (one: ObjectId): boolean => reshaped.has(one) || withAccessors.has(one),
    hasDefinedAccessors: (one: ObjectId): boolean => withAccessors.has(one),
    version: (): number => version,
    knowledgeVersion: (): number => knowledgeVersion,
  };

  /** What a field of an object may hold: what was stored here and, unless the object was made here, something from outside. */
  function load(base: ObjectId, key: string, seenAt: ValueId | null): readonly ObjectId[] {
    const container = objects[base]!;
    const isBytes = key === elementsKey && isBytesOnly(container);
    const isOpen = !isBytes && (isForeign(container) || exposed.has(base) || withAccessors.has(base) || !isClosed(container));
    const beyond = isOpen ? pathObject(base, key, seenAt) : null;
    const known = fields[base];
    if (known === undefined) return beyond === null ? none : [beyond];
    const found = new Set<ObjectId>(known.get(key));
    if (key === elementsKey) addFields(known, found);
    else for (const one of known.get(elementsKey) ?? none) found.add(one);
    if (beyond !== null) found.add(beyond);
    return [...found];
  }

  function contents(base: ObjectId): readonly ObjectId[] {
    const known = fields[base];
    if (known === undefined) return none;
    const found = new Set<ObjectId>();
    for (const values of known.values()) for (const one of values) found.add(one);
    return [...found];
  }

  /** What the steps of iterating over these objects give: elements, and for maps and entries the pairs of what is inside. */
  function iterated(sources: readonly ObjectId[], seenAt: ValueId): readonly ObjectId[] {
    const found = new Set<ObjectId>();
    const seen = new Set<ObjectId>();
    const visit = (source: ObjectId): void => {
      if (seen.has(source)) return;
      seen.add(source);
      const elements = load(source, elementsKey, seenAt);
      for (const one of elements) found.add(one);
      const name = objects[source]!.knowledge.classes[0]?.name;
      if (name === '%ArrayIterator%') for (const one of elements) visit(one);
      if (name !== '%ArrayIterator%' && name !== 'Map') return;
      const pair = object({ kind: 'allocation', site: seenAt }, exactly('Array'), undefined, undefined, 'pair');
      store(pair, elementsKey, name === 'Map' ? elements : [...found]);
      found.add(pair);
    };
    for (const source of sources) visit(source);
    return [...found];
  }

  /** Whether every store into the object is seen here: literals, lists that the model makes, collections that are made empty; not instances of classes. */
  function isClosed(container: AbstractObject): boolean {
    if (container.source.kind !== 'allocation') return container.source.kind === 'closure';
    const made = cfg.instructions[container.source.site];
    if (made === null || made === undefined) return false;
    if (made.op === 'object' || made.op === 'array' || made.op === 'rest-parameter' || made.op === 'copy-properties' || made.op === 'class') return true;
    const [possible] = container.knowledge.classes;
    if (!container.knowledge.complete || container.knowledge.classes.length !== 1 || possible?.exact !== true) return false;
    if (possible.name === 'Array' || possible.name === 'Promise' || possible.name === 'Function') return true;
    return made.op === 'new' && made.arguments.length === 0 && /^(?:Weak)?(?:Map|Set)$/.test(possible.name);
  }

  /** Others may set fields of these objects from now on, and of what is inside. */
  function expose(list: readonly ObjectId[]): void {
    const work = [...list];
    while (work.length > 0) {
      const one = work.pop()!;
      if (isForeign(objects[one]!) || exposed.has(one)) continue;
      exposed.add(one);
      version += 1;
      work.push(...contents(one));
    }
  }

  function addAccessors(one: ObjectId): void {
    if (withAccessors.has(one)) return;
    withAccessors.add(one);
    version += 1;
  }

  function reshape(one: ObjectId): void {
    if (reshaped.has(one)) return;
    reshaped.add(one);
    version += 1;
  }

  /** What awaiting an object made here gives: what the promise settles to, through promises of promises. */
  function settledContent(awaited: ObjectId): readonly ObjectId[] {
    const settled = fields[awaited]?.get(promiseKey);
    if (settled === undefined) return none;
    const found = new Set<ObjectId>();
    const work = [...settled];
    const seen = new Set(work);
    while (work.length > 0) {
      const one = work.pop()!;
      const inner = fields[one]?.get(promiseKey) ?? none;
      if (inner.length === 0) found.add(one);
      for (const next of inner) if (!seen.has(next)) { seen.add(next); work.push(next); }
    }
    return [...found];
  }

  /** An object made here that is neither bytes nor a promise nor a plain literal may have a method `then`. */
  function isThenable(awaited: ObjectId): boolean {
    const one = objects[awaited]!;
    if (isForeign(one) || isBytesOnly(one)) return false;
    if (exposed.has(awaited) || withAccessors.has(awaited) || (fields[awaited]?.get('then') ?? none).length > 0) return true;
    return !isClosed(one);
  }

  function pathObject(base: ObjectId, key: string, seenAt: ValueId | null): ObjectId {
    if ((depths[base] ?? 0) >= maximumPathDepth) return base;
    const known = seenAt === null ? nothingKnown : factOf(seenAt);
    const byKey = (paths[base] ??= new Map<string, ObjectId>());
    const existing = byKey.get(key);
    if (existing !== undefined) {
      widen(existing, known);
      return existing;
    }
    const id = make({ kind: 'path', base, key }, known);
    byKey.set(key, id);
    depths[id] = (depths[base] ?? 0) + 1;
    return id;
  }

  function copyFields(from: ObjectId, to: ObjectId): void {
    const own = new Set<ObjectId>();
    const known = fields[from];
    if (known !== undefined) {
      addFields(known, own);
      for (const [key, values] of known) if (key !== promiseKey) store(to, key, values);
    }
    store(to, elementsKey, load(from, elementsKey, null).filter((one) => !own.has(one)));
  }

  function store(base: ObjectId, key: string, values: readonly ObjectId[]): void {
    if (values.length === 0) return;
    const byKey = (fields[base] ??= new Map<string, ObjectId[]>());
    let list = byKey.get(key);
    if (list === undefined) {
      list = [];
      byKey.set(key, list);
    }
    for (const value of values) {
      if (list.includes(value)) continue;
      list.push(value);
      version += 1;
    }
    if (isForeign(objects[base]!) || exposed.has(base)) expose(values);
  }

  function object(source: RootSource, known: ClassKnowledge, stores?: readonly ObjectId[], origin?: AbstractObject['origin'], tag = ''): ObjectId {
    const key = sourceKey(source, tag);
    const existing = bySource.get(key);
    if (existing !== undefined) {
      widen(existing, known, stores);
      return existing;
    }
    const id = make(source, known, stores, origin);
    bySource.set(key, id);
    return id;
  }

  function make(source: ObjectSource, known: ClassKnowledge, stores?: readonly ObjectId[], origin?: AbstractObject['origin']): ObjectId {
    const id = objects.length;
    const foreign = source.kind !== 'allocation' && source.kind !== 'closure';
    objects.push({ id, source, knowledge: known, stores: stores ?? [id], origin: origin ?? (foreign ? foreignOrigin(known) : 'fresh') });
    return id;
  }

  function widen(existing: ObjectId, known: ClassKnowledge, stores?: readonly ObjectId[]): void {
    const before = objects[existing]!;
    const isWider = known !== before.knowledge && !isSubsumed(known, before.knowledge);
    const shown = stores?.some((one) => !before.stores.includes(one)) === true ? [...new Set([...before.stores, ...stores])].sort((left, right) => left - right) : before.stores;
    if (!isWider && shown === before.stores) return;
    objects[existing] = { ...before, stores: shown, knowledge: isWider ? mergeKnowledge(before.knowledge, known) : before.knowledge };
    version += 1;
    if (isWider) knowledgeVersion += 1;
  }

  function isBytesOnly(one: AbstractObject): boolean {
    return one.knowledge.complete && one.knowledge.classes.every((possible) => context.catalog.class(possible.name)?.kind === 'bytes');
  }
}

const none: readonly ObjectId[] = [];

/** What is in any field but the one that a promise settles to. */
function addFields(known: ReadonlyMap<string, readonly ObjectId[]>, into: Set<ObjectId>): void {
  for (const [key, values] of known) if (key !== promiseKey) for (const one of values) into.add(one);
}

function sourceKey(source: RootSource, tag: string): string {
  switch (source.kind) {
    case 'allocation': case 'closure': return `a${source.site}${tag}`;
    case 'parameter': return `p${source.index}`;
    case 'this': return 't';
    case 'captured': return `c${source.variable.function}:${source.variable.slot}`;
    case 'global': return `g${source.path}`;
    case 'import': return `i${source.specifier}#${source.path}`;
    case 'method': return `m${source.receiver}.${source.member}`;
    case 'result': return `r${source.site}${tag}`;
  }
}

function foreignOrigin(known: ClassKnowledge): AbstractObject['origin'] {
  return known.classes.some((one) => one.name === 'SharedArrayBuffer') ? 'shared' : 'foreign';
}
