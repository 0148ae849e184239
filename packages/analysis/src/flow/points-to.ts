/**
 * Points-to analysis of one function: which abstract objects each value may refer to. Locals have flow-sensitive precision through reaching
 * definitions; fields are collected over the whole function (weak updates). Calls are resolved on the way, because classes depend on producers.
 * What instructions then do to the objects is `instruction-effects.ts`; who else may hold them is `escape.ts`.
 */
import type { FunctionIr } from '../ir/function.js';
import type { Instruction, Key, ValueId, VariableRef } from '../ir/instruction.js';
import type { ArgumentClass, ArgumentPath, ResultModel } from '../model/row.js';
import { type CallOperands, type ResolvedCall, valuesAt } from './call-effects.js';
import type { Cfg } from './cfg.js';
import { resolveCall } from './call-resolution.js';
import { constantOf } from './constant.js';
import type { FlowContext } from './context.js';
import { type AbstractObject, isForeign, type ObjectId, type ObjectSource } from './object.js';
import { atEntry, type ReachingDefinitions } from './reaching.js';
import { type ClassKnowledge, declaredKnowledge, exactly, isSubsumed, joinKnowledge, mergeKnowledge, nothingKnown } from './value-class.js';

export interface PointsTo {
  readonly objects: readonly AbstractObject[];
  /** Objects of a value, ascending. */
  of(value: ValueId): readonly ObjectId[];
  /** What may be in a field (`key`, `[]` for elements and computed keys) of an object, as far as stores in this function tell. */
  stored(object: ObjectId, key: string): readonly ObjectId[];
  knowledge(value: ValueId): ClassKnowledge;
  /** Calls and constructions by their instruction. */
  readonly calls: ReadonlyMap<ValueId, ResolvedCall>;
  /** Objects that a path of a call names, following properties and elements. */
  at(operands: CallOperands, path: ArgumentPath): readonly ObjectId[];
  /** Everything that stores seen here put into the object: fields, elements, what a promise settles to. One step. */
  contents(object: ObjectId): readonly ObjectId[];
  /** Whether code of its own may run when a property of an object made here is read or written: a getter, a prototype, hands of others. */
  hasAccessors(object: ObjectId): boolean;
  /** Whether the object got a getter, a setter or a prototype here. */
  hasDefinedAccessors(object: ObjectId): boolean;
}

/** Member chains longer than this are one object: `a.b.c.d.e` is `a.b.c.d`. */
const maximumPathDepth = 4;
/** Rounds over the function before values are taken as they are plus everything foreign. Real code needs 2 to 5. */
const maximumRounds = 40;

export const elementsKey = '[]';

export function solvePointsTo(cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): PointsTo {
  const fn = cfg.function;
  const objects: AbstractObject[] = [];
  const bySource = new Map<string, ObjectId>();
  const depths: number[] = [];
  const sets: ObjectId[][] = Array.from({ length: fn.valueCount }, () => []);
  const primitives: Set<ArgumentClass>[] = Array.from({ length: fn.valueCount }, () => new Set<ArgumentClass>());
  const fields = new Map<ObjectId, Map<string, ObjectId[]>>();
  const calls = new Map<ValueId, ResolvedCall>();
  /** Objects made here whose fields others may set: handed to unseen code, kept by something foreign, or inside such an object. */
  const exposed = new Set<ObjectId>();
  const withAccessors = new Set<ObjectId>();
  const aliasesArguments = !fn.strict && cfg.order.some((block) => fn.blocks[block]!.instructions.some((instruction) => instruction.op === 'arguments'));
  let changed = true;

  const view: PointsTo = {
    objects,
    of: (value) => sets[value] ?? [], stored: (object, key) => fields.get(object)?.get(key) ?? [], knowledge, calls, at, contents,
    hasAccessors: (object) => withAccessors.has(object) || exposed.has(object),
    hasDefinedAccessors: (object) => withAccessors.has(object),
  };

  for (let round = 0; changed && round < maximumRounds; round += 1) {
    changed = false;
    for (const block of cfg.order) {
      for (const instruction of fn.blocks[block]!.instructions) transfer(instruction);
    }
  }
  if (changed) for (const block of cfg.order) for (const instruction of fn.blocks[block]!.instructions) if (sets[instruction.id]!.length > 0) addResult(instruction.id);
  return view;

  function transfer(instruction: Instruction): void {
    const id = instruction.id;
    switch (instruction.op) {
      case 'constant': addPrimitive(id, constantClass[instruction.value.kind]); return;
      case 'parameter': add(id, object({ kind: 'parameter', index: instruction.index }, parameterKnowledge(fn, instruction.index, context))); return;
      case 'rest-parameter': {
        const rest = addAllocation(id, 'Array');
        // Its elements are the incoming arguments.
        store(rest, elementsKey, [pathObject(rest, elementsKey, null)]);
        return;
      }
      case 'this': add(id, object({ kind: 'this' }, thisKnowledge(fn, context))); return;
      case 'yield': expose(sets[instruction.value]!); addResult(id); return;
      case 'yield-star': expose(sets[instruction.iterable]!); addResult(id); return;
      case 'opaque': for (const operand of instruction.operands) expose(sets[operand]!); addResult(id); return;
      case 'arguments': case 'new-target': case 'import-meta': case 'caught': case 'super-get': case 'dynamic-import':
        addResult(id); return;
      case 'regexp': addAllocation(id, 'RegExp'); return;
      case 'template-object': addAllocation(id, 'Array'); return;
      case 'closure': add(id, object({ kind: 'closure', site: id, function: instruction.function }, exactly('Function'))); return;
      case 'class': addAllocation(id, 'Function'); return;
      case 'object': addAllocation(id, 'Object'); return;
      case 'array': {
        const array = addAllocation(id, 'Array');
        for (const element of instruction.elements) {
          if (element === null) continue;
          if (element.spread) store(array, elementsKey, iterated(sets[element.value]!, id));
          else store(array, elementsKey, sets[element.value]!);
        }
        return;
      }
      case 'copy-properties': {
        const target = instruction.object === null ? [addAllocation(id, 'Object')] : sets[instruction.object]!;
        for (const source of sets[instruction.source]!) for (const into of target) copyFields(source, into);
        return;
      }
      case 'load': loadVariable(id, instruction.variable); return;
      case 'store':
        if (instruction.variable.function !== fn.id || fn.variables[instruction.variable.slot]?.captured === true || isExportedCell(instruction.variable)) expose(sets[instruction.value]!);
        copyValue(id, instruction.value);
        return;
      case 'store-global': expose(sets[instruction.value]!); copyValue(id, instruction.value); return;
      case 'declare': case 'freshen': case 'throw-error': case 'enumerate-keys': case 'generator-start': return;
      case 'global': add(id, object({ kind: 'global', path: instruction.name }, nothingKnown)); return;
      case 'import': add(id, object({ kind: 'import', specifier: instruction.specifier, path: instruction.name }, nothingKnown)); return;
      case 'get': getProperty(id, instruction.object, instruction.key); return;
      case 'set':
        for (const base of sets[instruction.object]!) store(base, fieldKey(instruction.key), sets[instruction.value]!);
        copyValue(id, instruction.value);
        return;
      case 'super-set': expose(sets[instruction.value]!); copyValue(id, instruction.value); return;
      case 'define':
        if (instruction.kind !== 'value') for (const base of sets[instruction.object]!) addAccessors(base);
        for (const base of sets[instruction.object]!) store(base, fieldKey(instruction.key), sets[instruction.value]!);
        return;
      case 'delete': case 'has-private': case 'iterator-done': addPrimitive(id, 'number'); return;
      case 'unary': addPrimitive(id, unaryClass(instruction.operator)); return;
      case 'binary':
        if (instruction.operator !== '+') addPrimitive(id, 'number');
        else {
          const sides = [knowledge(instruction.left), knowledge(instruction.right)];
          const isSettled = [instruction.left, instruction.right].every((side) => sets[side]!.length + primitives[side]!.size > 0);
          if (!isSettled) return;
          if (sides.some((side) => !side.complete || side.classes.length > 0 || side.primitives.includes('string'))) addPrimitive(id, 'string');
          if (sides.every((side) => !side.complete || side.classes.length > 0 || side.primitives.some((one) => one !== 'string'))) addPrimitive(id, 'number');
        }
        return;
      case 'template': addPrimitive(id, 'string'); return;
      // A spread argument stands for the list and for each of its elements, which may be at any position.
      case 'spread': copyValue(id, instruction.iterable); addMany(id, iterated(sets[instruction.iterable]!, id)); return;
      case 'iterator': copyValue(id, instruction.iterable); return;
      case 'iterator-next': copyValue(id, instruction.iterator); return;
      case 'iterator-value': {
        addMany(id, iterated(sets[instruction.result]!, id));
        const knowledgeOfSource = knowledge(instruction.result);
        if (knowledgeOfSource.classes.some((one) => context.catalog.class(one.name)?.kind === 'bytes')) addPrimitive(id, 'number');
        return;
      }
      case 'iterator-close': return;
      case 'require-object': copyValue(id, instruction.value); return;
      case 'await':
        for (const awaited of sets[instruction.value]!) {
          const content = settledContent(awaited);
          const isPlain = !isForeign(objects[awaited]!) && content.length === 0 && !isThenable(awaited);
          addMany(id, content);
          if (isThenable(awaited)) addResult(id);
          if (isPlain || (isForeign(objects[awaited]!) && isBytesOnly(objects[awaited]!))) add(id, awaited);
          else if (isForeign(objects[awaited]!)) addResult(id);
        }
        for (const primitive of primitives[instruction.value]!) addPrimitive(id, primitive);
        return;
      case 'super-call':
        for (const argument of instruction.arguments) expose(sets[argument.value]!);
        addResult(id); resolve(instruction);
        return;
      case 'call': case 'new': callFunction(instruction); return;
    }
  }

  function callFunction(instruction: Extract<Instruction, { op: 'call' | 'new' }>): void {
    const required = requiredModule(instruction);
    if (required !== null) {
      add(instruction.id, object({ kind: 'import', specifier: required, path: '*' }, nothingKnown));
      calls.set(instruction.id, { operands: { receiver: null, arguments: [], uncertainFrom: null }, candidates: [], complete: true, declaredClass: null });
      return;
    }
    const resolved = resolve(instruction);
    for (const candidate of resolved.candidates) applyResult(instruction, candidate.result, resolved.operands, instruction.op === 'new');
    if (instruction.op === 'new' && sets[instruction.callee]!.some((one) => { const { source } = objects[one]!; return source.kind === 'global' && source.path === 'Proxy'; })) addAccessors(object({ kind: 'result', site: instruction.id }, factOf(instruction.id)));
    if (!resolved.complete) {
      for (const value of operandValues(resolved.operands)) expose(sets[value]!);
      const made = instruction.op === 'new' ? constructed(instruction) : null;
      if (made === null) addResult(instruction.id);
      else add(instruction.id, object({ kind: 'allocation', site: instruction.id }, exactly(made)));
    }
    for (const candidate of resolved.candidates) {
      const keepers = candidate.retainedBy === null ? [] : at(resolved.operands, candidate.retainedBy);
      for (const keeper of keepers) for (const kept of candidate.retains) store(keeper, elementsKey, at(resolved.operands, kept));
      // What the target keeps are the fields of the sources.
      if (candidate.row?.api === 'Object.assign') for (const keeper of keepers) for (const source of at(resolved.operands, { rest: 1 })) copyFields(source, keeper);
      if (keepers.length === 0) for (const kept of candidate.retains) expose(at(resolved.operands, kept));
      for (const path of [...candidate.assigns, ...candidate.readsLater, ...candidate.writesLater]) expose(at(resolved.operands, path));
      if (candidate.calls.length > 0) for (const value of operandValues(resolved.operands)) expose(sets[value]!);
      if (candidate.row !== null && definesAccessors.test(candidate.name)) for (const one of at(resolved.operands, 0)) addAccessors(one);
    }
  }

  function operandValues(operands: CallOperands): readonly ValueId[] {
    return operands.receiver === null ? operands.arguments : [operands.receiver, ...operands.arguments];
  }

  /** The specifier of `require('x')` with a constant text: the CommonJS import. */
  function requiredModule(instruction: Extract<Instruction, { op: 'call' | 'new' }>): string | null {
    const callee = cfg.instructions[instruction.callee];
    const [argument, ...more] = instruction.arguments;
    if (instruction.op !== 'call' || callee?.op !== 'global' || callee.name !== 'require' || argument === undefined || more.length > 0) return null;
    const specifier = constantOf(argument.value, cfg, reaching, context);
    return specifier?.kind === 'string' ? specifier.value : null;
  }

  function constructed(instruction: Extract<Instruction, { op: 'new' }>): string | null {
    const names = new Set<string | null>();
    for (const callee of sets[instruction.callee]!) {
      const source = objects[callee]!.source;
      if (source.kind === 'captured') names.add(context.constructedClass({ kind: 'captured', variable: source.variable }));
      else if (source.kind === 'import') names.add(context.constructedClass({ kind: 'import', specifier: source.specifier, path: source.path }));
      else if (source.kind === 'allocation' && cfg.instructions[source.site]?.op === 'class') names.add(`${context.module.file}#${(cfg.instructions[source.site] as Extract<Instruction, { op: 'class' }>).name}`);
      else names.add(null);
    }
    const [only] = names;
    return names.size === 1 ? only ?? null : null;
  }

  function resolve(instruction: Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>): ResolvedCall {
    const resolved = resolveCall(instruction, view, cfg, reaching, context);
    calls.set(instruction.id, resolved);
    return resolved;
  }

  function applyResult(instruction: Instruction, result: ResultModel, operands: CallOperands, construction: boolean): void {
    const id = instruction.id;
    switch (result.kind) {
      case 'scalar': addPrimitive(id, 'number'); addPrimitive(id, 'absent'); return;
      case 'string': addPrimitive(id, 'string'); return;
      case 'bytes': {
        add(id, object({ kind: 'allocation', site: id }, followedClass(result.class, result.followsClassOf, operands), undefined, result.origin));
        return;
      }
      case 'view': {
        const stores = [...new Set(at(operands, result.of).flatMap((one) => objects[one]!.stores))].sort((left, right) => left - right);
        if (stores.length === 0) { addResult(id); return; }
        // The slab behind a pooled Buffer is the slab of the others.
        const isSlab = result.class === 'ArrayBuffer' && stores.some((one) => objects[one]!.origin === 'pooled');
        const shown = isSlab ? [...new Set([...stores, ...objects.filter((one) => one.origin === 'pooled' && one.stores.includes(one.id)).map((one) => one.id)])].sort((left, right) => left - right) : stores;
        add(id, object({ kind: 'allocation', site: id }, followedClass(result.class, result.followsClassOf, operands), shown, undefined, 'view'));
        return;
      }
      case 'same': {
        const same = at(operands, result.as);
        if (same.length === 0) addResult(id);
        addMany(id, same);
        return;
      }
      case 'object': {
        const made = object({ kind: 'allocation', site: id }, exactly(result.class));
        add(id, made);
        for (const held of result.holds ?? []) store(made, elementsKey, at(operands, held));
        return;
      }
      case 'array': {
        const made = addAllocation(id, 'Array');
        for (const path of result.elementsOf ?? []) {
          const sources = at(operands, path);
          const elements = typeof path === 'object' && 'rest' in path ? [...sources, ...iterated(sources, id)] : iterated(sources, id);
          store(made, elementsKey, elements);
          if (result.pairs === true) {
            const pair = object({ kind: 'allocation', site: id }, exactly('Array'), undefined, undefined, 'pair');
            store(pair, elementsKey, elements);
            store(made, elementsKey, [pair]);
          }
        }
        if (result.elementsOf === undefined) store(made, elementsKey, [object({ kind: 'result', site: id }, nothingKnown, undefined, 'unknown', 'element')]);
        return;
      }
      case 'member':
        for (const source of at(operands, result.of)) addMany(id, load(source, elementsKey, id));
        addPrimitive(id, 'absent');
        return;
      case 'promise': {
        const promise = object({ kind: 'allocation', site: id }, exactly('Promise'), undefined, undefined, 'promise');
        add(id, promise);
        const before = sets[id]!.slice();
        applyResult(instruction, result.of, operands, false);
        // What the promise settles to is not the promise: move it into the settled field.
        const content = sets[id]!.filter((one) => !before.includes(one) && one !== promise);
        store(promise, promiseKey, content);
        sets[id] = sets[id]!.filter((one) => !content.includes(one));
        return;
      }
      case 'function': add(id, object({ kind: 'global', path: `=${result.api}` }, exactly('Function'))); return;
      case 'unknown':
        if (construction && instruction.op === 'new') {
          const made = constructed(instruction);
          if (made !== null) { add(id, object({ kind: 'allocation', site: id }, exactly(made))); return; }
        }
        // What comes back may be anything that went in.
        for (const value of [...(operands.receiver === null ? [] : [operands.receiver]), ...operands.arguments]) {
          for (const one of sets[value]!) if (objects[one]!.source.kind !== 'method') add(id, one);
        }
        addResult(id);
        return;
    }
  }

  function loadVariable(id: ValueId, variable: VariableRef): void {
    const facts = context.variables.facts(variable);
    const own = variable.function === fn.id;
    if (!own || facts.writers.size > 0) add(id, object({ kind: 'captured', variable }, context.capturedKnowledge(variable)));
    if (own && aliasesArguments && fn.variables[variable.slot]?.kind === 'parameter') addResult(id);
    if (own) {
      for (const value of reaching.valuesOf(id)) {
        if (value === atEntry) addPrimitive(id, 'absent');
        else copyValue(id, value);
      }
      return;
    }
    for (const stored of facts.stores) if (stored.function === fn.id) copyValue(id, stored.value);
  }

  function getProperty(id: ValueId, base: ValueId, key: Key): void {
    const name = fieldKey(key);
    const known = knowledge(base);
    const modelled = known.complete && known.classes.length > 0 && known.classes.every((possible) => propertyModel(possible.name, name, context) !== undefined);
    for (const possible of known.classes) {
      const found = context.catalog.class(possible.name);
      if (found === null) continue;
      if (found.kind === 'bytes' && name === elementsKey) { addPrimitive(id, 'number'); addPrimitive(id, 'absent'); }
      const property = propertyModel(possible.name, name, context);
      if (property === undefined) continue;
      const operands: CallOperands = { receiver: base, arguments: [], uncertainFrom: null };
      applyResult({ op: 'get', id, object: base, key }, property, operands, false);
    }
    for (const one of sets[base]!) {
      const source = objects[one]!.source;
      if (source.kind === 'global' && name !== elementsKey) add(id, object({ kind: 'global', path: `${source.path}.${name}` }, nothingKnown));
      else if (source.kind === 'import' && name !== elementsKey) add(id, object({ kind: 'import', specifier: source.specifier, path: source.path === '*' ? name : `${source.path}.${name}` }, nothingKnown));
      else if (!modelled) addMany(id, load(one, name, id));
      if (name !== elementsKey) add(id, object({ kind: 'method', receiver: base, member: name }, nothingKnown));
    }
    if (sets[base]!.length === 0 && name !== elementsKey) add(id, object({ kind: 'method', receiver: base, member: name }, nothingKnown));
  }

  /** What a field of an object may hold: what was stored here and, unless the object was made here, something from outside. */
  function load(base: ObjectId, key: string, seenAt: ValueId | null): readonly ObjectId[] {
    const found = new Set<ObjectId>([...(fields.get(base)?.get(key) ?? []), ...(key === elementsKey ? allFields(base) : fields.get(base)?.get(elementsKey) ?? [])]);
    const container = objects[base]!;
    const isBytes = container.knowledge.complete && container.knowledge.classes.every((one) => context.catalog.class(one.name)?.kind === 'bytes');
    if (isBytes && key === elementsKey) return [...found];
    if (isForeign(container) || exposed.has(base) || withAccessors.has(base) || !isClosed(container)) found.add(pathObject(base, key, seenAt));
    return [...found];
  }

  function allFields(base: ObjectId): readonly ObjectId[] {
    return [...(fields.get(base)?.entries() ?? [])].flatMap(([key, values]) => (key === promiseKey ? [] : values));
  }

  function contents(base: ObjectId): readonly ObjectId[] {
    return [...new Set([...(fields.get(base)?.values() ?? [])].flat())];
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
      changed = true;
      work.push(...contents(one));
    }
  }

  function addAccessors(one: ObjectId): void {
    if (withAccessors.has(one)) return;
    withAccessors.add(one);
    changed = true;
  }

  function isExportedCell(variable: VariableRef): boolean {
    return context.module.functions[variable.function]?.kind === 'module' && context.module.exports.some((one) => one.kind === 'local' && one.variable.function === variable.function && one.variable.slot === variable.slot);
  }

  /** What awaiting an object made here gives: what the promise settles to, through promises of promises. */
  function settledContent(awaited: ObjectId): readonly ObjectId[] {
    const found = new Set<ObjectId>();
    const work = [...(fields.get(awaited)?.get(promiseKey) ?? [])];
    const seen = new Set(work);
    while (work.length > 0) {
      const one = work.pop()!;
      const inner = fields.get(one)?.get(promiseKey) ?? [];
      if (inner.length === 0) found.add(one);
      for (const next of inner) if (!seen.has(next)) { seen.add(next); work.push(next); }
    }
    return [...found];
  }

  /** An object made here that is neither bytes nor a promise nor a plain literal may have a method `then`. */
  function isThenable(awaited: ObjectId): boolean {
    const one = objects[awaited]!;
    if (isForeign(one) || isBytesOnly(one)) return false;
    if (exposed.has(awaited) || withAccessors.has(awaited) || (fields.get(awaited)?.get('then') ?? []).length > 0) return true;
    return !isClosed(one);
  }

  /** The class that a result has by itself, or takes from the bytes that it is made of. */
  function followedClass(name: string, path: ArgumentPath | undefined, operands: CallOperands): ClassKnowledge {
    if (path === undefined) return exactly(name);
    const followed = knowledgeAt(operands, path);
    if (!followed.complete) return { classes: [{ name, exact: false }], primitives: [], complete: false };
    return { ...followed, primitives: [] };
  }

  function pathObject(base: ObjectId, key: string, seenAt: ValueId | null): ObjectId {
    if ((depths[base] ?? 0) >= maximumPathDepth) return base;
    const id = object({ kind: 'path', base, key }, seenAt === null ? nothingKnown : factOf(seenAt));
    depths[id] = (depths[base] ?? 0) + 1;
    return id;
  }

  function factOf(value: ValueId): ClassKnowledge {
    const fact = fn.types.get(value);
    return fact === undefined ? nothingKnown : declaredKnowledge(fact, context.catalog);
  }

  function copyFields(from: ObjectId, to: ObjectId): void {
    for (const [key, values] of fields.get(from) ?? []) if (key !== promiseKey) store(to, key, values);
    store(to, elementsKey, load(from, elementsKey, null).filter((one) => !allFields(from).includes(one)));
  }

  function store(base: ObjectId, key: string, values: readonly ObjectId[]): void {
    if (values.length === 0) return;
    const byKey = fields.get(base) ?? new Map<string, ObjectId[]>();
    fields.set(base, byKey);
    const list = byKey.get(key) ?? [];
    byKey.set(key, list);
    for (const value of values) {
      if (list.includes(value)) continue;
      list.push(value);
      changed = true;
    }
    if (isForeign(objects[base]!) || exposed.has(base)) expose(values);
  }

  function object(source: ObjectSource, known: ClassKnowledge, stores?: readonly ObjectId[], origin?: AbstractObject['origin'], tag = ''): ObjectId {
    const key = sourceKey(source, tag);
    const existing = bySource.get(key);
    if (existing !== undefined) {
      const before = objects[existing]!;
      const merged = stores === undefined ? before.stores : [...new Set([...before.stores, ...stores])].sort((left, right) => left - right);
      const widened = known === before.knowledge || isSubsumed(known, before.knowledge) ? before.knowledge : mergeKnowledge(before.knowledge, known);
      if (merged.length !== before.stores.length || widened !== before.knowledge) {
        objects[existing] = { ...before, stores: merged, knowledge: widened };
        changed = true;
      }
      return existing;
    }
    const id = objects.length;
    const foreign = source.kind !== 'allocation' && source.kind !== 'closure';
    objects.push({ id, source, knowledge: known, stores: stores ?? [id], origin: origin ?? (foreign ? foreignOrigin(known) : 'fresh') });
    bySource.set(key, id);
    return id;
  }

  function addAllocation(id: ValueId, className: string): ObjectId {
    const made = object({ kind: 'allocation', site: id }, exactly(className));
    add(id, made);
    return made;
  }

  function addResult(id: ValueId): void {
    add(id, object({ kind: 'result', site: id }, factOf(id)));
  }

  function copyValue(id: ValueId, from: ValueId): void {
    addMany(id, sets[from]!);
    for (const primitive of primitives[from]!) addPrimitive(id, primitive);
  }

  function addMany(id: ValueId, values: readonly ObjectId[]): void {
    for (const value of values) add(id, value);
  }

  function add(id: ValueId, value: ObjectId): void {
    const set = sets[id]!;
    if (set.includes(value)) return;
    set.push(value);
    set.sort((left, right) => left - right);
    changed = true;
  }

  function addPrimitive(id: ValueId, primitive: ArgumentClass): void {
    const set = primitives[id]!;
    if (set.has(primitive)) return;
    set.add(primitive);
    changed = true;
  }

  function knowledge(value: ValueId): ClassKnowledge {
    const fact = fn.types.get(value);
    const declared = fact === undefined ? nothingKnown : declaredKnowledge(fact, context.catalog);
    const list = (sets[value] ?? []).filter((one) => objects[one]!.source.kind !== 'method');
    const own = list.map((one) => objects[one]!.knowledge);
    const allExact = own.length > 0 && own.every((one) => one.complete && one.classes.every((possible) => possible.exact));
    const values = [...(primitives[value] ?? [])];
    if (allExact || (own.length === 0 && values.length > 0)) return joinKnowledge(own, values);
    if (declared.complete) return declared;
    return joinKnowledge(own, values);
  }

  function knowledgeAt(operands: CallOperands, path: ArgumentPath): ClassKnowledge {
    const direct = valuesAt(operands, path);
    if (direct.inside.length > 0 || direct.values.length !== 1) return nothingKnown;
    return knowledge(direct.values[0]!);
  }

  function at(operands: CallOperands, path: ArgumentPath): readonly ObjectId[] {
    const direct = valuesAt(operands, path);
    let current = new Set(direct.values.flatMap((value) => sets[value] ?? []).filter((one) => objects[one]!.source.kind !== 'method'));
    for (const step of direct.inside) {
      const next = new Set<ObjectId>();
      for (const one of current) for (const inner of load(one, step === 'elements' ? elementsKey : step.property, null)) next.add(inner);
      current = next;
    }
    return [...current];
  }

  function isBytesOnly(one: AbstractObject): boolean {
    return one.knowledge.complete && one.knowledge.classes.every((possible) => context.catalog.class(possible.name)?.kind === 'bytes');
  }
}

const promiseKey = '<settled>';

/** Calls behind which an object may have getters or another prototype. */
const definesAccessors = /^(?:Object|Reflect)\.(?:definePropert|setPrototypeOf|create$)/;

function sourceKey(source: ObjectSource, tag: string): string {
  switch (source.kind) {
    case 'allocation': case 'closure': return `a${source.site}${tag}`;
    case 'parameter': return `p${source.index}`;
    case 'this': return 't';
    case 'captured': return `c${source.variable.function}:${source.variable.slot}`;
    case 'global': return `g${source.path}`;
    case 'import': return `i${source.specifier}#${source.path}`;
    case 'path': return `.${source.base}.${source.key}`;
    case 'method': return `m${source.receiver}.${source.member}`;
    case 'result': return `r${source.site}${tag}`;
  }
}

/** The field name of a key; all computed keys share one. */
export function fieldKey(key: Key): string {
  switch (key.kind) {
    // `bytes['0']` is an element.
    case 'name': return /^\d+$/.test(key.name) ? elementsKey : key.name;
    case 'private': return `#${key.name}@${key.scope}`;
    case 'computed': return elementsKey;
  }
}

function foreignOrigin(known: ClassKnowledge): AbstractObject['origin'] {
  return known.classes.some((one) => one.name === 'SharedArrayBuffer') ? 'shared' : 'foreign';
}

function parameterKnowledge(fn: FunctionIr, index: number, context: FlowContext): ClassKnowledge {
  const fact = fn.parameterTypes[index];
  return fact === null || fact === undefined ? nothingKnown : declaredKnowledge(fact, context.catalog);
}

function thisKnowledge(fn: FunctionIr, context: FlowContext): ClassKnowledge {
  let current: FunctionIr | undefined = fn;
  while (current !== undefined && current.kind === 'arrow' && current.parent !== null) current = context.module.functions[current.parent];
  const name = current?.className ?? null;
  return name === null ? nothingKnown : { classes: [{ name: `${context.module.file}#${name}`, exact: false }], primitives: [], complete: true };
}

function propertyModel(className: string, property: string, context: FlowContext): ResultModel | undefined {
  let current = context.catalog.class(className);
  while (current !== null) {
    const found = current.properties?.[property];
    if (found !== undefined) return found;
    current = current.extends === undefined ? null : context.catalog.class(current.extends);
  }
  return undefined;
}

/** The argument class of a literal. */
export const constantClass: Readonly<Record<'undefined' | 'null' | 'boolean' | 'number' | 'string' | 'bigint', ArgumentClass>> = { undefined: 'absent', null: 'object', boolean: 'number', number: 'number', string: 'string', bigint: 'number' };

function unaryClass(operator: string): ArgumentClass {
  if (operator === 'typeof' || operator === 'to-string' || operator === 'to-property-key') return 'string';
  return operator === 'void' ? 'absent' : 'number';
}
