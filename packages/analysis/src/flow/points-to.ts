/**
 * Points-to analysis of one function: which abstract objects each value may refer to. Locals have flow-sensitive precision through reaching
 * definitions; fields are collected over the whole function (weak updates). Calls are resolved on the way, because classes depend on producers.
 * What instructions then do to the objects is `instruction-effects.ts`; who else may hold them is `escape.ts`.
 */
import type { Instruction, Key, ValueId, VariableRef } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import type { ArgumentClass, ArgumentPath, ResultModel } from '../model/row.js';
import { type CallOperands, positional, type ResolvedCall, valuesAt } from './call-effects.js';
import type { Cfg } from './cfg.js';
import { resolveCall } from './call-resolution.js';
import { constantOf } from './constant.js';
import type { FlowContext } from './context.js';
import { declaredClassesIn, parameterKnowledge, propertyModel, thisKnowledge } from './declared-classes.js';
import { createHeap, elementsKey, fieldKey, promiseKey } from './heap.js';
import { createShaping } from './object-shape.js';
import { type AbstractObject, isForeign, type ObjectId } from './object.js';
import { atEntry, type ReachingDefinitions } from './reaching.js';
import { createValueSets } from './value-sets.js';
import { type ClassKnowledge, exactly, joinKnowledge, nothingKnown, unaryClass } from './value-class.js';

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
  /** Whether the object got own properties, or a prototype, that hide what its class has: under a name out of sight, or one that the methods of bytes ask for. */
  isReshaped(object: ObjectId): boolean;
  /** False when rounds or objects ran out before nothing changed any more: then the facts are incomplete. */
  isSettled(): boolean;
  /** False when objects stand for more than their paths say, because naming them all took too much: then nothing is said to callers. */
  namesPaths(): boolean;
}

export { elementsKey, fieldKey } from './heap.js';

/** Rounds over the function before every value may be anything and everything has leaked. Real code needs 2 to 5. */
const maximumRounds = 100;

/** Objects of one function before shorter paths are tried. Nearly all real functions have less than 500; a serializer of values of any type had 14,000. */
const maximumObjects = 2000;

/** What may be where, over all values and fields of one function, beside one fact per value. The largest of 20,000 functions of packages that fit had 12,000; one that did not had 390,000. */
const maximumFacts = 20_000;

/** Members of members that are told apart, `a.b.c.d`; what hangs on the last is taken for it. The shorter ones are tried when there are too many objects. */
const pathDepths = [4, 2, 1] as const;

export function solvePointsTo(cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): PointsTo {
  const [deepest, ...shallower] = pathDepths;
  let solved = solveWithin(deepest, cfg, reaching, context);
  for (const depth of shallower) if (!solved.isSettled()) solved = solveWithin(depth, cfg, reaching, context);
  return solved;
}

function solveWithin(pathDepth: number, cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): PointsTo {
  const fn = cfg.function;
  const { of: factOf, captured: capturedKnowledge } = declaredClassesIn(cfg, reaching, context);
  const heap = createHeap(cfg, context, factOf, pathDepth);
  const { objects, object, store, load, contents, iterated, expose, addAccessors, settledContent, isThenable, copyFields, isBytesOnly, pathObject } = heap;
  const sets = createValueSets(fn.valueCount);
  const { add, addPrimitive, copy: copyValue } = sets;
  const { shapeByAssignment, shapeByCall } = createShaping(cfg, heap, { sets, knowledge, at }, (value) => object({ kind: 'result', site: value }, factOf(value)));
  const calls = new Map<ValueId, ResolvedCall>();
  const resolvedAt = new Map<ValueId, number>();
  const knownKnowledge = new Array<ClassKnowledge | undefined>(fn.valueCount);
  const knownAt = new Float64Array(fn.valueCount);
  const aliasesArguments = !fn.strict && cfg.order.some((block) => fn.blocks[block]!.instructions.some((instruction) => instruction.op === 'arguments'));
  let changed = true;

  const view: PointsTo = {
    objects,
    of: sets.of, stored: heap.stored, knowledge, calls, at, contents,
    hasAccessors: (one) => heap.hasDefinedAccessors(one) || heap.isExposed(one),
    hasDefinedAccessors: heap.hasDefinedAccessors,
    isReshaped: heap.isReshaped,
    isSettled: () => !changed,
    namesPaths: () => pathDepth === pathDepths[0],
  };

  const fits = (): boolean => objects.length <= maximumObjects && heap.version() + sets.version() <= maximumFacts + fn.valueCount;
  for (let round = 0; changed && round < maximumRounds && fits(); round += 1) {
    const before = heap.version() + sets.version();
    for (const block of cfg.order) {
      for (const instruction of fn.blocks[block]!.instructions) if (fits()) transfer(instruction);
    }
    changed = !fits() || heap.version() + sets.version() !== before;
  }
  if (changed) for (const block of cfg.order) for (const instruction of fn.blocks[block]!.instructions) addResult(instruction.id);
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
      case 'yield': expose(sets.of(instruction.value)); addResult(id); return;
      case 'yield-star': expose(sets.of(instruction.iterable)); addResult(id); return;
      case 'opaque': for (const operand of instruction.operands) expose(sets.of(operand)); addResult(id); return;
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
          if (element.spread) store(array, elementsKey, iterated(sets.of(element.value), id));
          else store(array, elementsKey, sets.of(element.value));
        }
        return;
      }
      case 'copy-properties': {
        const target = instruction.object === null ? [addAllocation(id, 'Object')] : sets.of(instruction.object);
        for (const source of sets.of(instruction.source)) for (const into of target) copyFields(source, into);
        return;
      }
      case 'load': loadVariable(id, instruction.variable); return;
      case 'store':
        if (instruction.variable.function !== fn.id || fn.variables[instruction.variable.slot]?.captured === true || isExportedCell(instruction.variable)) expose(sets.of(instruction.value));
        copyValue(id, instruction.value);
        return;
      case 'store-global': expose(sets.of(instruction.value)); copyValue(id, instruction.value); return;
      case 'declare': case 'freshen': case 'throw-error': case 'enumerate-keys': case 'generator-start': return;
      case 'global':
        add(id, global(instruction.name));
        return;
      case 'import': add(id, imported(instruction.specifier, instruction.name)); return;
      case 'get': getProperty(id, instruction.object, instruction.key); return;
      case 'set':
        for (const base of sets.of(instruction.object)) store(base, fieldKey(instruction.key), sets.of(instruction.value));
        shapeByAssignment(instruction);
        copyValue(id, instruction.value);
        return;
      case 'super-set': expose(sets.of(instruction.value)); copyValue(id, instruction.value); return;
      case 'define':
        if (instruction.kind !== 'value') for (const base of sets.of(instruction.object)) addAccessors(base);
        for (const base of sets.of(instruction.object)) store(base, fieldKey(instruction.key), sets.of(instruction.value));
        shapeByAssignment(instruction);
        return;
      case 'delete': case 'has-private': case 'iterator-done': addPrimitive(id, 'number'); return;
      case 'unary': addPrimitive(id, unaryClass(instruction.operator)); return;
      case 'binary':
        if (instruction.operator !== '+') addPrimitive(id, 'number');
        else {
          const sides = [knowledge(instruction.left), knowledge(instruction.right)];
          const isSettled = [instruction.left, instruction.right].every((side) => sets.stamp(side) > 0);
          if (!isSettled) return;
          if (sides.some((side) => !side.complete || side.classes.length > 0 || side.primitives.includes('string'))) addPrimitive(id, 'string');
          if (sides.every((side) => !side.complete || side.classes.length > 0 || side.primitives.some((one) => one !== 'string'))) addPrimitive(id, 'number');
        }
        return;
      case 'template': addPrimitive(id, 'string'); return;
      // A spread argument stands for the list and for each of its elements, which may be at any position.
      case 'spread': copyValue(id, instruction.iterable); addMany(id, iterated(sets.of(instruction.iterable), id)); return;
      case 'iterator': copyValue(id, instruction.iterable); return;
      case 'iterator-next': copyValue(id, instruction.iterator); return;
      case 'iterator-value': {
        const stepped = iterated(sets.of(instruction.result), id);
        // `for await` gives what promises in a list settle to.
        addMany(id, [...stepped, ...stepped.flatMap((one) => settledContent(one))]);
        const knowledgeOfSource = knowledge(instruction.result);
        if (knowledgeOfSource.classes.some((one) => context.catalog.class(one.name)?.kind === 'bytes')) addPrimitive(id, 'number');
        return;
      }
      case 'iterator-close': return;
      case 'require-object': copyValue(id, instruction.value); return;
      case 'await':
        for (const awaited of sets.of(instruction.value)) {
          const content = settledContent(awaited);
          const isPlain = !isForeign(objects[awaited]!) && content.length === 0 && !isThenable(awaited);
          addMany(id, content);
          if (isThenable(awaited)) addResult(id);
          if (isPlain || (isForeign(objects[awaited]!) && isBytesOnly(objects[awaited]!))) add(id, awaited);
          else if (isForeign(objects[awaited]!)) addResult(id);
        }
        for (const primitive of sets.primitives(instruction.value)) addPrimitive(id, primitive);
        return;
      case 'super-call':
        for (const argument of instruction.arguments) expose(sets.of(argument.value));
        addResult(id); resolve(instruction);
        return;
      case 'call': case 'new': callFunction(instruction); return;
    }
  }

  function callFunction(instruction: Extract<Instruction, { op: 'call' | 'new' }>): void {
    const required = requiredModule(instruction);
    if (required !== null) {
      add(instruction.id, imported(required, '*'));
      calls.set(instruction.id, { operands: { receiver: null, arguments: [], uncertainFrom: null }, candidates: [], complete: true, declaredClass: null });
      return;
    }
    const resolved = resolve(instruction);
    for (const candidate of resolved.candidates) applyResult(instruction, candidate.result, resolved.operands, instruction.op === 'new');
    shapeByCall(instruction, resolved);
    if (!resolved.complete) {
      for (const value of operandValues(resolved.operands)) expose(sets.of(value));
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
      for (const path of [...candidate.assigns, ...candidate.readsLater, ...candidate.writesLater, ...candidate.unseen]) expose(at(resolved.operands, path));
      if (candidate.calls.length > 0) for (const value of operandValues(resolved.operands)) expose(sets.of(value));
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
    for (const callee of sets.of(instruction.callee)) {
      const source = objects[callee]!.source;
      if (source.kind === 'captured') names.add(context.constructedClass({ kind: 'captured', variable: source.variable, members: [] }));
      else if (source.kind === 'import') names.add(context.constructedClass({ kind: 'import', specifier: source.specifier, path: source.path }));
      else if (source.kind === 'allocation' && cfg.instructions[source.site]?.op === 'class') names.add(definedClass(cfg.instructions[source.site] as Extract<Instruction, { op: 'class' }>));
      else names.add(null);
    }
    const [only] = names;
    return names.size === 1 ? only ?? null : null;
  }

  function definedClass(definition: Extract<Instruction, { op: 'class' }>): string | null {
    const key = `${context.module.file}#${definition.name}`;
    return context.constructsItself(key) ? key : null;
  }

  function resolve(instruction: Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>): ResolvedCall {
    const state = stateOf(instruction);
    const known = calls.get(instruction.id);
    if (known !== undefined && resolvedAt.get(instruction.id) === state) return known;
    const resolved = resolveCall(instruction, view, cfg, reaching, context);
    calls.set(instruction.id, resolved);
    resolvedAt.set(instruction.id, state);
    return resolved;
  }

  /** All that a resolution looks at only grows, so its size tells whether it must be done again. */
  function stateOf(instruction: Instruction): number {
    let size = heap.version();
    for (const operand of operandsOf(instruction)) {
      size += sets.stamp(operand);
      const made = cfg.instructions[operand];
      if (made?.op === 'get') size += sets.stamp(made.object);
    }
    return size;
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
        // What the promise settles to is not the promise: it goes into the settled field.
        store(promise, promiseKey, sets.takeAside(id, () => { applyResult(instruction, result.of, operands, false); }).filter((one) => one !== promise));
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
          for (const one of sets.of(value)) if (objects[one]!.source.kind !== 'method') add(id, one);
        }
        addResult(id);
        return;
    }
  }

  function loadVariable(id: ValueId, variable: VariableRef): void {
    const facts = context.variables.facts(variable);
    const own = variable.function === fn.id;
    if (!own || facts.writers.size > 0) {
      const named = context.named({ kind: 'captured', variable, members: [] });
      add(id, object(named ?? { kind: 'captured', variable }, named === null ? capturedKnowledge(variable) : nothingKnown));
    }
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
    for (const one of sets.of(base)) {
      const source = objects[one]!.source;
      if (source.kind === 'global' && name !== elementsKey) add(id, global(`${source.path}.${name}`));
      else if (source.kind === 'import' && name !== elementsKey) add(id, imported(source.specifier, source.path === '*' ? name : `${source.path}.${name}`));
      else if (!modelled) addMany(id, load(one, name, id));
      if (name !== elementsKey) add(id, object({ kind: 'method', receiver: base, member: name }, nothingKnown));
    }
    if (sets.of(base).length === 0 && name !== elementsKey) add(id, object({ kind: 'method', receiver: base, member: name }, nothingKnown));
  }

  /** `exports` and `module.exports` are what others import. */
  function global(path: string): ObjectId {
    return (path === 'exports' || path === 'module.exports') && context.sharesExports(path) ? imported(context.ownSpecifier, '*') : object({ kind: 'global', path }, nothingKnown);
  }

  /** An import by what it denotes, so that re-exported names are the same as others. */
  function imported(specifier: string, path: string): ObjectId {
    return object(context.named({ kind: 'import', specifier, path }) ?? { kind: 'import', specifier, path }, nothingKnown);
  }

  function isExportedCell(variable: VariableRef): boolean {
    return context.module.functions[variable.function]?.kind === 'module' && context.module.exports.some((one) => one.kind === 'local' && one.variable.function === variable.function && one.variable.slot === variable.slot);
  }

  /** The class that a result has by itself, or takes from the bytes that it is made of. */
  function followedClass(name: string, path: ArgumentPath | undefined, operands: CallOperands): ClassKnowledge {
    if (path === undefined) return exactly(name);
    const followed = knowledgeAt(operands, path);
    if (!followed.complete) return { classes: [{ name, exact: false }], primitives: [], complete: false };
    return { ...followed, primitives: [] };
  }

  function addAllocation(id: ValueId, className: string): ObjectId {
    const made = object({ kind: 'allocation', site: id }, exactly(className));
    add(id, made);
    return made;
  }

  function addResult(id: ValueId): void {
    add(id, object({ kind: 'result', site: id }, factOf(id)));
  }

  function addMany(id: ValueId, values: readonly ObjectId[]): void {
    for (const value of values) add(id, value);
  }

  function knowledge(value: ValueId): ClassKnowledge {
    const stamp = sets.stamp(value) + heap.knowledgeVersion();
    const known = knownKnowledge[value];
    if (known !== undefined && knownAt[value] === stamp) return known;
    const made = readKnowledge(value);
    knownKnowledge[value] = made;
    knownAt[value] = stamp;
    return made;
  }

  function readKnowledge(value: ValueId): ClassKnowledge {
    const declared = factOf(value);
    const own: ClassKnowledge[] = [];
    for (const one of sets.of(value)) if (objects[one]!.source.kind !== 'method') own.push(objects[one]!.knowledge);
    const primitives = sets.primitives(value);
    const allExact = own.length > 0 && own.every((one) => one.complete && one.classes.every((possible) => possible.exact));
    if (declared.complete && !allExact && (own.length > 0 || primitives.length === 0)) return declared;
    const [only] = own;
    return only !== undefined && own.length === 1 && primitives.length === 0 ? only : joinKnowledge(own, primitives);
  }

  function knowledgeAt(operands: CallOperands, path: ArgumentPath): ClassKnowledge {
    const direct = valuesAt(operands, path);
    if (direct.inside.length > 0 || direct.values.length !== 1) return nothingKnown;
    return knowledge(direct.values[0]!);
  }

  function at(operands: CallOperands, path: ArgumentPath): readonly ObjectId[] {
    if (path === 'this') return operands.receiver === null ? none : withoutMethods(sets.of(operands.receiver));
    if (typeof path === 'number') {
      if (operands.uncertainFrom !== null) return ofAll(positional(operands, path, path + 1));
      const value = operands.arguments[path];
      return value === undefined ? none : withoutMethods(sets.of(value));
    }
    if ('rest' in path) return ofAll(positional(operands, path.rest, Number.POSITIVE_INFINITY));
    return 'elementsOf' in path ? inside(at(operands, path.elementsOf), elementsKey) : inside(at(operands, path.of), path.property);
  }

  function inside(bases: readonly ObjectId[], key: string): readonly ObjectId[] {
    if (bases.length === 0) return none;
    if (bases.length === 1) return load(bases[0]!, key, null);
    const found = new Set<ObjectId>();
    for (const base of bases) for (const inner of load(base, key, null)) found.add(inner);
    return [...found];
  }

  function ofAll(values: readonly ValueId[]): readonly ObjectId[] {
    if (values.length === 1) return withoutMethods(sets.of(values[0]!));
    const found = new Set<ObjectId>();
    for (const value of values) for (const one of sets.of(value)) if (objects[one]!.source.kind !== 'method') found.add(one);
    return [...found];
  }

  /** A method that was read from an object is no object that a path could name. Most sets hold none, and are not copied. */
  function withoutMethods(list: readonly ObjectId[]): readonly ObjectId[] {
    return list.some((one) => objects[one]!.source.kind === 'method') ? list.filter((one) => objects[one]!.source.kind !== 'method') : list;
  }
}

const none: readonly ObjectId[] = [];

/** The argument class of a literal. */
export const constantClass: Readonly<Record<'undefined' | 'null' | 'boolean' | 'number' | 'string' | 'bigint', ArgumentClass>> = { undefined: 'absent', null: 'object', boolean: 'number', number: 'number', string: 'string', bigint: 'number' };
