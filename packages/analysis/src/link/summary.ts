/**
 * Summaries: what calling a function does, in terms of its own parameters, so that callers need not look inside.
 * A summary is a `CalleeEffects`, the same record that a model row gives; paths that leave the vocabulary become `outside`.
 */
import { parametersWith } from '../ir/annotation.js';
import type { FunctionIr } from '../ir/function.js';
import type { Instruction } from '../ir/instruction.js';
import { reachableFrom } from '../flow/escape.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { CalleeEffects, DeclaredReceiver } from '../flow/call-effects.js';
import type { Effect } from '../flow/instruction-effects.js';
import type { AbstractObject, ObjectId } from '../flow/object.js';
import { elementsKey } from '../flow/points-to.js';
import type { ArgumentPath, ResultModel } from '../model/row.js';
import { operandsOf } from '../ir/operands.js';

interface Collected {
  readonly reads: Map<string, ArgumentPath>;
  readonly writes: Map<string, ArgumentPath>;
  readonly wipes: Map<string, ArgumentPath>;
  readonly retains: Map<string, ArgumentPath>;
  readonly observesClass: Map<string, ArgumentPath>;
  readonly observesByName: Map<string, ArgumentPath>;
  readonly detaches: Map<string, ArgumentPath>;
  readonly readsLater: Map<string, ArgumentPath>;
  readonly writesLater: Map<string, ArgumentPath>;
  readonly calls: Map<string, ArgumentPath>;
  readonly unseen: Map<string, ArgumentPath>;
  readonly assigns: Map<string, ArgumentPath>;
  readonly reshapes: Map<string, ArgumentPath>;
  readonly definesAccessors: Map<string, ArgumentPath>;
  readonly declared: Map<string, ArgumentPath>;
  assignsOutside: boolean;
  converts: boolean;
  outside: 'nothing' | 'reads' | 'writes';
  keeperIsThis: boolean;
}

/** What a call of the analyzed function does to its arguments and to the world. */
export function summarize(flow: FunctionFlow): CalleeEffects {
  const { function: fn } = flow;
  const collected: Collected = {
    reads: new Map(), writes: new Map(), wipes: new Map(), retains: new Map(), observesClass: new Map(), observesByName: new Map(), detaches: new Map(), readsLater: new Map(), writesLater: new Map(),
    calls: new Map(), unseen: new Map(), assigns: new Map(), reshapes: new Map(), definesAccessors: new Map(), declared: new Map(), assignsOutside: false, converts: false, outside: 'nothing', keeperIsThis: true,
  };
  for (const block of flow.cfg.order) {
    for (const instruction of fn.blocks[block]!.instructions) {
      const { effects, runs } = flow.effects.of(instruction.id);
      for (const effect of effects) collectEffect(effect, flow, collected);
      if (effects.some((effect) => effect.kind === 'assign' && effect.objects.length === 0)) collected.assignsOutside = true;
      // What is declared of receivers has a field of its own.
      if (runs?.kind === 'coercion' && runs.isDeclared !== true) collected.converts = true;
      collectAssignment(instruction, flow, collected);
      if (runs?.kind === 'call' && !isCallOfParameter(flow, instruction.id, collected)) collected.outside = 'writes';
      // A closure may do to captured parameters whatever it likes, whenever it is called; capturing already counts as retaining.
      if (instruction.op === 'opaque' && instruction.captures === 'all') for (const operand of operandsOf(instruction)) for (const one of flow.values.of(operand)) addPath(collected.writes, one, flow);
    }
  }
  for (const { id } of flow.values.objects) {
    if (flow.values.isReshaped(id)) addPath(collected.reshapes, id, flow);
    if (flow.values.hasDefinedAccessors(id)) addPath(collected.definesAccessors, id, flow);
  }
  if (fn.async) collectSettling(flow, collected);
  const suspends = fn.async || fn.generator;
  const result = resultOf(flow);
  collectKept(flow, result, collected);
  if (usesArguments(flow)) collectArguments(collected);
  const later = (now: Map<string, ArgumentPath>, then: Map<string, ArgumentPath>): readonly ArgumentPath[] => (suspends ? [...new Map([...now, ...then]).values()] : [...then.values()]);
  return {
    name: fn.name,
    row: null,
    result: fn.generator ? { kind: 'unknown' } : fn.async ? { kind: 'promise', of: result } : result,
    reads: [...collected.reads.values()],
    writes: [...collected.writes.values()],
    wipes: [...collected.wipes.values()],
    retains: [...collected.retains.values()],
    retainedBy: collected.keeperIsThis && collected.retains.size > 0 ? 'this' : null,
    readsLater: later(collected.reads, collected.readsLater),
    writesLater: later(collected.writes, collected.writesLater),
    snapshots: [],
    calls: [...collected.calls.values()],
    unseen: [...collected.unseen.values()],
    borrows: parametersWith(fn, 'borrows'),
    observesClass: [...collected.observesClass.values()],
    observesByName: [...collected.observesByName.values()],
    detaches: [...collected.detaches.values()],
    assigns: [...collected.assigns.values()],
    assignsOutside: collected.assignsOutside,
    converts: collected.converts,
    reshapes: [...collected.reshapes.values()],
    definesAccessors: [...collected.definesAccessors.values()],
    declared: declaredReceiver(flow, collected),
    outside: suspends && collected.outside === 'nothing' ? 'reads' : collected.outside,
  };
}

/** What a function does whose body never runs to anything: where the rounds over functions that call each other begin. */
export function nothingDone(fn: FunctionIr): CalleeEffects {
  const result: ResultModel = { kind: 'scalar' };
  return {
    name: fn.name, row: null, result: fn.generator ? { kind: 'unknown' } : fn.async ? { kind: 'promise', of: result } : result,
    reads: [], writes: [], wipes: [], retains: [], retainedBy: null, readsLater: [], writesLater: [], snapshots: [], calls: [], unseen: [], borrows: [], observesClass: [], observesByName: [], detaches: [],
    assigns: [], assignsOutside: false, converts: false, reshapes: [], definesAccessors: [], declared: null, outside: 'nothing',
  };
}

/** What `new C(…)` does: the constructor with `this` as the fresh result. */
export function constructionOf(className: string, parts: readonly CalleeEffects[]): CalleeEffects {
  const outer = (paths: readonly ArgumentPath[]): readonly ArgumentPath[] => paths.filter((path) => !startsAtThis(path));
  const all = (pick: (part: CalleeEffects) => readonly ArgumentPath[]): readonly ArgumentPath[] => parts.flatMap((part) => outer(pick(part)));
  const heldByThis = parts.filter((part) => part.retainedBy === 'this').flatMap((part) => outer(part.retains));
  // When others hold the new object, they hold what it holds.
  const isKept = parts.some((part) => part.retains.some((path) => startsAtThis(path)) && part.retainedBy !== 'this');
  const kept = [...(isKept ? heldByThis : []), ...parts.filter((part) => part.retainedBy !== 'this').flatMap((part) => outer(part.retains))];
  return {
    name: `new ${className.slice(className.lastIndexOf('#') + 1)}`,
    row: null,
    result: { kind: 'object', class: className, holds: [...heldByThis, ...kept] },
    reads: all((part) => part.reads),
    writes: all((part) => part.writes),
    wipes: all((part) => part.wipes),
    retains: kept,
    retainedBy: null,
    readsLater: all((part) => part.readsLater),
    writesLater: all((part) => part.writesLater),
    snapshots: [],
    calls: all((part) => part.calls),
    unseen: all((part) => part.unseen),
    borrows: all((part) => part.borrows),
    observesClass: all((part) => part.observesClass),
    observesByName: all((part) => part.observesByName),
    detaches: all((part) => part.detaches),
    assigns: all((part) => part.assigns),
    assignsOutside: parts.some((part) => part.assignsOutside),
    converts: parts.some((part) => part.converts),
    // `this` is the new object.
    reshapes: parts.flatMap((part) => part.reshapes),
    definesAccessors: parts.flatMap((part) => part.definesAccessors),
    declared: declaredOf(parts),
    outside: parts.some((part) => part.outside === 'writes') ? 'writes' : parts.some((part) => part.outside === 'reads') ? 'reads' : 'nothing',
  };
}

function declaredOf(parts: readonly CalleeEffects[]): DeclaredReceiver | null {
  const all = parts.flatMap((part) => (part.declared === null ? [] : [part.declared]));
  return all[0] === undefined ? null : { ...all[0], paths: all.flatMap((one) => one.paths), result: false };
}

/** The first call that rests on a declared class, and what such calls get hold of. */
function declaredReceiver(flow: FunctionFlow, collected: Collected): DeclaredReceiver | null {
  for (const block of flow.cfg.order) {
    for (const { id } of flow.function.blocks[block]!.instructions) {
      const found = flow.effects.of(id).effects.find((effect) => effect.kind === 'declared');
      if (found === undefined) continue;
      for (const { id: one } of flow.values.objects) if (flow.escapes.declaredBehind(one) !== null) addPath(collected.declared, one, flow);
      return { method: found.callee!, class: found.declaredClass!, paths: shortest([...collected.declared.values()]), result: flow.effects.returned.some((one) => flow.escapes.declaredBehind(one) !== null) };
    }
  }
  return null;
}

/** What hangs on one of the paths is meant with it; longer paths than `this.connection` are cut. */
function shortest(paths: readonly ArgumentPath[]): readonly ArgumentPath[] {
  const found = new Map<string, ArgumentPath>();
  for (const path of paths) {
    const base = baseOf(path);
    const short = base === null || baseOf(base) === null ? path : shortest([base])[0]!;
    found.set(JSON.stringify(short), short);
  }
  return [...found.values()].filter((path) => {
    const base = baseOf(path);
    return base === null || !found.has(JSON.stringify(base));
  });
}

function baseOf(path: ArgumentPath): ArgumentPath | null {
  if (typeof path !== 'object' || 'rest' in path) return null;
  return 'elementsOf' in path ? path.elementsOf : path.of;
}

/** What an async function returns settles its promise, which asks it for a method `then`: a getter of the program may answer. */
function collectSettling(flow: FunctionFlow, collected: Collected): void {
  for (const one of flow.effects.returned) {
    const { source, knowledge } = flow.values.objects[one]!;
    const isCode = flow.values.hasDefinedAccessors(one) || flow.values.isReshaped(one);
    if (isCode) collected.outside = 'writes';
    const isOwn = source.kind === 'allocation' && knowledge.complete && knowledge.classes.every((possible) => possible.exact && (possible.name === 'Object' || possible.name === 'Array' || flow.context.catalog.class(possible.name) !== null));
    if (!isOwn && !isBytesByClass(one, flow)) collected.converts = true;
  }
}

function isBytesByClass(one: ObjectId, flow: FunctionFlow): boolean {
  const { knowledge } = flow.values.objects[one]!;
  return knowledge.complete && knowledge.classes.every((possible) => flow.context.catalog.class(possible.name) !== null);
}

/** The path of an object in terms of the function's parameters; null for what was made inside, `outside` for the rest. */
export function pathOf(object: AbstractObject, flow: FunctionFlow): ArgumentPath | 'outside' | null {
  switch (object.source.kind) {
    case 'parameter': return object.source.index;
    // The receiver of an arrow's call is not the `this` of its body.
    case 'this': return flow.function.kind === 'arrow' ? 'outside' : 'this';
    case 'allocation': case 'closure': case 'method': return null;
    case 'path': {
      const container = flow.values.objects[object.source.base]!.source;
      const made = container.kind === 'allocation' ? flow.cfg.instructions[container.site] : null;
      // The elements of a rest parameter are the arguments themselves.
      if (made?.op === 'rest-parameter') return { rest: made.from };
      const base = pathOf(flow.values.objects[object.source.base]!, flow);
      // What an object made here holds out of sight came from somewhere else.
      if (base === null || base === 'outside') return 'outside';
      return object.source.key === elementsKey ? { elementsOf: base } : { property: object.source.key, of: base };
    }
    case 'captured': case 'global': case 'import': case 'result': return 'outside';
  }
}

function collectEffect(effect: Effect, flow: FunctionFlow, collected: Collected): void {
  for (const object of effect.objects) {
    switch (effect.kind) {
      case 'read': case 'identity': addStores(collected.reads, object, flow); break;
      case 'write': if (addStores(collected.writes, object, flow)) collected.outside = 'writes'; break;
      case 'wipe': addStores(collected.wipes, object, flow); break;
      case 'detach': addStores(collected.detaches, object, flow); break;
      case 'observe-class': addStores(collected.observesClass, object, flow); break;
      case 'observe-by-name': addStores(collected.observesByName, object, flow); break;
      case 'read-later': addStores(collected.readsLater, object, flow); break;
      case 'write-later': if (addStores(collected.writesLater, object, flow)) collected.outside = 'writes'; break;
      case 'retain': case 'capture': case 'yield': retain(effect, object, flow, collected); break;
      case 'assign': if (addStores(collected.assigns, object, flow)) collected.assignsOutside = true; break;
      case 'unknown':
        // Unseen code may read, write, keep and fill what it is given and what that reaches.
        collected.keeperIsThis = false;
        for (const path of reachable(object, flow)) {
          collected.unseen.set(JSON.stringify(path), path);
          if (!flow.function.async && !flow.function.generator) continue;
          // Handed on at some later time: then it counts as done with at any time.
          collected.reads.set(JSON.stringify(path), path);
          collected.writes.set(JSON.stringify(path), path);
          collected.retains.set(JSON.stringify(path), path);
        }
        break;
      case 'return': case 'throw': case 'declared': break;
    }
  }
}

function retain(effect: Effect, object: ObjectId, flow: FunctionFlow, collected: Collected): void {
  const keeper = effect.keeper === undefined || effect.keeper === -1 ? null : flow.values.objects[effect.keeper]!;
  const keeperPath = keeper === null ? 'outside' : pathOf(keeper, flow);
  // Kept by something made here: it gets out only if that does, and then through the result or another effect.
  if (keeperPath === null && flow.escapes.leakOf(effect.keeper!) === null && !flow.escapes.isReturned(effect.keeper!)) return;
  const before = collected.retains.size;
  for (const inner of reachableFrom([object], flow.values)) addPath(collected.retains, inner, flow);
  const keptByThis = keeperPath !== null && keeperPath !== 'outside' && startsAtThis(keeperPath);
  if (collected.retains.size > before && !keptByThis) collected.keeperIsThis = false;
}

/** Which objects get a field or element that may be an object: the caller cannot go by what it stored there itself. */
function collectAssignment(instruction: Instruction, flow: FunctionFlow, collected: Collected): void {
  if (instruction.op === 'set' || instruction.op === 'define' || instruction.op === 'delete') {
    for (const one of flow.values.of(instruction.object)) if (addPath(collected.assigns, one, flow)) collected.assignsOutside = true;
    return;
  }
  const call = instruction.op === 'call' || instruction.op === 'new' ? flow.values.calls.get(instruction.id) : undefined;
  for (const candidate of call?.candidates ?? []) {
    if (candidate.retainedBy === null) continue;
    for (const one of flow.values.at(call!.operands, candidate.retainedBy)) if (addPath(collected.assigns, one, flow)) collected.assignsOutside = true;
  }
}

/** What unseen code keeps of the parameters: what leaves by an exception, what leaves inside a result that the vocabulary cannot name, what hangs on something that leaked. */
function collectKept(flow: FunctionFlow, result: ResultModel, collected: Collected): void {
  const roots: ObjectId[] = [...flow.effects.thrown, ...flow.values.objects.filter((one) => one.source.kind === 'allocation' && flow.escapes.leakOf(one.id) !== null).map((one) => one.id)];
  // `return flag ? left : right`: the caller must count on either.
  if (result.kind === 'unknown' || flow.function.generator) roots.push(...flow.effects.returned);
  const before = collected.retains.size;
  for (const one of reachableFrom(roots, flow.values)) addPath(collected.retains, one, flow);
  if (collected.retains.size > before) collected.keeperIsThis = false;
}

/** Whether the body or an arrow in it uses `arguments`, through which every argument is reached without its name. */
function usesArguments(flow: FunctionFlow): boolean {
  const { functions } = flow.context.module;
  const isInside = (fn: FunctionIr): boolean => fn.id === flow.function.id || (fn.kind === 'arrow' && fn.parent !== null && isInside(functions[fn.parent]!));
  if (flow.function.kind === 'arrow') return false;
  return functions.some((fn) => isInside(fn) && fn.blocks.some((block) => block.instructions.some((instruction) => instruction.op === 'arguments')));
}

function collectArguments(collected: Collected): void {
  collected.keeperIsThis = false;
  for (const path of [{ rest: 0 }, { elementsOf: { rest: 0 } }]) {
    for (const into of [collected.reads, collected.writes, collected.retains, collected.observesClass, collected.assigns]) into.set(JSON.stringify(path), path);
  }
  collected.outside = 'writes';
}

/** Adds the paths of an object's backing stores; true when some store is outside. */
function addStores(into: Map<string, ArgumentPath>, object: ObjectId, flow: FunctionFlow): boolean {
  let outside = false;
  for (const store of flow.values.objects[object]!.stores) {
    if (addPath(into, store, flow)) outside = true;
    // What is done to the store of bytes is done to the bytes, also where nothing says that the argument is bytes.
    const { source } = flow.values.objects[store]!;
    if (source.kind !== 'path' || source.key !== 'buffer') continue;
    const holder = flow.values.objects[source.base]!;
    if (holder.source.kind !== 'this' && !holder.knowledge.complete) addPath(into, source.base, flow);
  }
  return outside;
}

function addPath(into: Map<string, ArgumentPath>, object: ObjectId, flow: FunctionFlow): boolean {
  const path = pathOf(flow.values.objects[object]!, flow);
  if (path === null) return false;
  if (path === 'outside') return true;
  into.set(JSON.stringify(path), path);
  return false;
}

function reachable(object: ObjectId, flow: FunctionFlow): readonly ArgumentPath[] {
  return flow.values.objects[object]!.stores.flatMap((store): readonly ArgumentPath[] => {
    const path = pathOf(flow.values.objects[store]!, flow);
    if (path === null || path === 'outside') return [];
    return [path, { elementsOf: path }, { elementsOf: { elementsOf: path } }];
  });
}

/** `callback(x)` with a parameter as callee: the caller knows better than we what that runs. */
function isCallOfParameter(flow: FunctionFlow, call: number, collected: Collected): boolean {
  const instruction = flow.cfg.instructions[call];
  if (instruction?.op !== 'call') return false;
  if (passesParameterOn(flow, call, collected)) return true;
  if (instruction.receiver !== null) return false;
  const callees = flow.values.of(instruction.callee).map((one) => flow.values.objects[one]!);
  if (callees.length === 0 || !callees.every((one) => one.source.kind === 'parameter' && !flow.context.given.has(one.source.index))) return false;
  for (const one of callees) addPath(collected.calls, one.id, flow);
  return true;
}

/** `each(list, visit)` with a parameter `visit` that the callee calls: nothing else in the call runs code out of sight. */
function passesParameterOn(flow: FunctionFlow, call: number, collected: Collected): boolean {
  const resolved = flow.values.calls.get(call);
  if (resolved?.complete !== true || resolved.candidates.some((one) => one.row !== null || one.outside === 'writes' || one.converts || one.declared !== null)) return false;
  const called = resolved.candidates.flatMap((one) => one.calls);
  const functions = called.flatMap((path) => {
    const found = flow.values.at(resolved.operands, path);
    return typeof path === 'number' && found.length > 0 ? found : [-1];
  });
  const areParameters = functions.length > 0 && functions.every((one) => {
    const source = one === -1 ? null : flow.values.objects[one]!.source;
    return source?.kind === 'parameter' && !flow.context.given.has(source.index);
  });
  if (areParameters) for (const one of functions) addPath(collected.calls, one, flow);
  return areParameters;
}

function resultOf(flow: FunctionFlow): ResultModel {
  const returned = flow.effects.returned;
  const results: ResultModel[] = [];
  for (const block of flow.cfg.order) {
    const { terminator } = flow.function.blocks[block]!;
    if (terminator.op !== 'return') continue;
    const known = flow.values.knowledge(terminator.value);
    if (flow.values.of(terminator.value).length > 0) continue;
    results.push(known.primitives.includes('string') ? { kind: 'string', length: 'unknown' } : { kind: 'scalar' });
  }
  for (const one of returned) results.push(resultOfObject(one, flow));
  const objects = results.filter((result) => result.kind !== 'scalar');
  const [first] = objects.length > 0 ? objects : results;
  if (first === undefined) return { kind: 'scalar' };
  const all = objects.length > 0 ? objects : results;
  if (all.every((result) => JSON.stringify(result) === JSON.stringify(first))) return first;
  // Own bytes of one class on every path: exact only when all are.
  const bytes = all.filter((result) => result.kind === 'bytes');
  if (first.kind === 'bytes' && bytes.length === all.length && bytes.every((result) => result.class === first.class)) return { ...first, origin: 'pooled' };
  return { kind: 'unknown' };
}

function resultOfObject(one: ObjectId, flow: FunctionFlow): ResultModel {
  const object = flow.values.objects[one]!;
  const path = pathOf(object, flow);
  if (path === 'outside') return { kind: 'unknown' };
  if (path !== null) return { kind: 'same', as: path };
  if (flow.escapes.leakOf(one) !== null || object.source.kind !== 'allocation') return { kind: 'unknown' };
  const literal = resultOfLiteral(one, flow);
  if (literal !== null) return literal;
  const [possible, ...others] = object.knowledge.classes;
  if (possible === undefined) return { kind: 'unknown' };
  const [origin] = object.stores;
  if (object.stores.length === 1 && origin !== undefined && origin !== one && object.knowledge.complete && flow.context.catalog.class(possible.name)?.kind === 'bytes') {
    const viewed = pathOf(flow.values.objects[origin]!, flow);
    // A view of an argument has the class of that argument.
    if (viewed !== null && viewed !== 'outside' && followsClass(object, flow.values.objects[origin]!)) return { kind: 'view', class: possible.name, of: viewed, followsClassOf: viewed };
  }
  if (others.length > 0 || !possible.exact) return { kind: 'unknown' };
  if (flow.context.catalog.class(possible.name)?.kind === 'bytes') {
    const [store] = object.stores;
    if (object.stores.length !== 1 || store === undefined) return { kind: 'unknown' };
    if (store === one) return object.origin === 'fresh' || object.origin === 'pooled' ? { kind: 'bytes', class: possible.name, origin: object.origin, length: 'unknown' } : { kind: 'unknown' };
    const owner = pathOf(flow.values.objects[store]!, flow);
    if (owner === 'outside') return { kind: 'unknown' };
    if (owner !== null) return { kind: 'view', class: possible.name, of: owner };
    // A view of a buffer made here: nobody else holds the memory, though it may be larger than the view.
    return flow.escapes.leakOf(store) === null ? { kind: 'bytes', class: possible.name, origin: 'pooled', length: 'unknown' } : { kind: 'unknown' };
  }
  return { kind: 'unknown' };
}

/** An object or list that the function writes out: what hangs on the parameters is held by it, everything else in it is new or comes from outside. Null where it may have code of its own. */
function resultOfLiteral(one: ObjectId, flow: FunctionFlow): ResultModel | null {
  const { values } = flow;
  const { source } = values.objects[one]!;
  const made = source.kind === 'allocation' ? flow.cfg.instructions[source.site] : null;
  if (made?.op !== 'object' && made?.op !== 'array') return null;
  const inside = [...reachableFrom([one], values)];
  const hasCode = inside.some((inner) => values.isReshaped(inner) || values.hasDefinedAccessors(inner) || values.objects[inner]!.source.kind === 'closure' || values.objects[inner]!.knowledge.classes.some((each) => each.name === 'Function'));
  if (hasCode) return null;
  const held = new Map<string, ArgumentPath>();
  for (const inner of inside) addPath(held, inner, flow);
  if (made.op === 'object') return { kind: 'object', class: 'Object', holds: [...held.values()] };
  return held.size === 0 ? { kind: 'array' } : null;
}

/** Whether the classes of a view are just those of what it views, by species. */
function followsClass(view: AbstractObject, viewed: AbstractObject): boolean {
  return view.knowledge.classes.every((one) => !one.exact && viewed.knowledge.classes.some((other) => other.name === one.name));
}

function startsAtThis(path: ArgumentPath): boolean {
  if (path === 'this') return true;
  if (typeof path === 'number' || 'rest' in path) return false;
  return startsAtThis('elementsOf' in path ? path.elementsOf : path.of);
}
