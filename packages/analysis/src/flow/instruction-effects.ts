/**
 * What each instruction does to abstract objects: reads and writes of bytes, keeping, wiping, running code that we do not see.
 * One vocabulary for property accesses, operators and calls, so that escape, summaries and obligations ask one thing.
 * `objects` of an effect own what is meant; for bytes, compare backing stores through `mayShareBytes`.
 */
import type { ModuleIr } from '../ir/function.js';
import type { Instruction, ValueId, VariableRef } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import type { Catalog } from '../model/known.js';
import type { CalleeEffects, CallOperands, ResolvedCall } from './call-effects.js';
import { mayCallBack } from './callback.js';
import { calleeName } from './callee-name.js';
import type { Cfg } from './cfg.js';
import { anyAccessor, type FlowContext } from './context.js';
import { reachableFrom } from './escape.js';
import { isForeign, type ObjectId } from './object.js';
import { elementsKey, fieldKey, type PointsTo } from './points-to.js';

export type EffectKind =
  /** Bytes are read during the instruction. */
  | 'read'
  /** Bytes are written. */
  | 'write'
  /** Bytes are overwritten with a constant or random bytes. Always with a `write`. */
  | 'wipe'
  /** Read at some time after the instruction. */
  | 'read-later'
  | 'write-later'
  /** Kept by `keeper`, or out of sight when there is none. */
  | 'retain'
  /** Handed to code that we do not see: it may read, write and keep it. */
  | 'unknown'
  /** The buffer is detached or resized. */
  | 'detach'
  /** The outcome depends on bytes outside the view, or on where it lies. */
  | 'observe-class'
  /** A property is read whose name is not known to be a number. */
  | 'observe-by-name'
  /** Compared by identity, used as a key. */
  | 'identity'
  /** Leaves the function. */
  | 'return' | 'throw' | 'yield'
  /** A variable that a closure or another module sees now holds it. */
  | 'capture'
  /** Fields of the objects are set by a callee; without objects, of objects out of sight. */
  | 'assign'
  /** Handed to a method, or given by one, that was found by the declared class of its receiver alone. Should that be another, anything may be done to them. */
  | 'declared';

export interface Effect {
  readonly kind: EffectKind;
  readonly objects: readonly ObjectId[];
  /** The object that keeps it, for `retain`. */
  readonly keeper?: ObjectId;
  /** Field of the keeper. */
  readonly field?: string;
  /** Name of the callee, for calls. */
  readonly callee?: string;
  /** Name of the class that the receiver of the callee is declared with, for `declared`. */
  readonly declaredClass?: string;
}

/** What an instruction does beyond its effects on named objects. */
export interface InstructionEffects {
  readonly effects: readonly Effect[];
  /** Runs code that we do not see, which may write everything that has escaped: `call` an unknown callee, `coercion` a getter, a toString, an iterator. */
  readonly runs: { readonly kind: 'call' | 'coercion' | 'suspension'; readonly what: string; /** The code is that of a receiver of another class than declared. */ readonly isDeclared?: true } | null;
}

export interface EffectTable {
  of(value: ValueId): InstructionEffects;
  /** Objects that leave through the terminators. */
  readonly returned: readonly ObjectId[];
  readonly thrown: readonly ObjectId[];
}

const nothing: InstructionEffects = { effects: [], runs: null };

export function computeEffects(cfg: Cfg, values: PointsTo, context: FlowContext): EffectTable {
  const table: InstructionEffects[] = new Array<InstructionEffects>(cfg.function.valueCount).fill(nothing);
  const returned = new Set<ObjectId>();
  const thrown = new Set<ObjectId>();
  for (const block of cfg.order) {
    const { instructions, terminator } = cfg.function.blocks[block]!;
    for (const instruction of instructions) table[instruction.id] = withReached(instruction, effectsOf(instruction, cfg, values, context), values);
    if (terminator.op === 'return') for (const one of values.of(terminator.value)) returned.add(one);
    if (terminator.op === 'throw') for (const one of values.of(terminator.value)) thrown.add(one);
  }
  return { of: (value) => table[value] ?? nothing, returned: [...returned], thrown: [...thrown] };
}

/** Code in sight that an access or a conversion runs gets hold of what its object holds: a getter of `stats` may write the bytes that `stats` was made with. */
function withReached(instruction: Instruction, found: InstructionEffects, values: PointsTo): InstructionEffects {
  if (found.runs?.kind !== 'call') return found;
  switch (instruction.op) {
    case 'get': case 'set': case 'unary': case 'binary': case 'template': case 'copy-properties': case 'spread': case 'iterator': case 'iterator-next': case 'iterator-close':
      return { ...found, effects: [...found.effects, ...reached(operandsOf(instruction), found.runs.what, values)] };
    default: return found;
  }
}

function reached(operands: readonly ValueId[], what: string, values: PointsTo): readonly Effect[] {
  const objects = [...reachableFrom(operands.flatMap((operand) => values.of(operand)), values)].filter((one) => values.objects[one]!.source.kind !== 'method');
  return objects.length === 0 ? [] : [{ kind: 'unknown', objects, callee: what }];
}

function effectsOf(instruction: Instruction, cfg: Cfg, values: PointsTo, context: FlowContext): InstructionEffects {
  const { catalog } = context;
  switch (instruction.op) {
    case 'get': {
      const isElement = fieldKey(instruction.key) === elementsKey;
      const effects: Effect[] = isElement ? [{ kind: 'read', objects: values.of(instruction.object) }] : [];
      if (instruction.key.kind !== 'computed' && placeProperties.has(instruction.key.name)) effects.push({ kind: 'observe-class', objects: values.of(instruction.object) });
      // A key that may be a text may be the name of such a property.
      if (instruction.key.kind === 'computed' && mayBeBytes(instruction.object, values, catalog) && !isNumber(instruction.key.value, values)) effects.push({ kind: isText(instruction.key.value, values) ? 'observe-class' : 'observe-by-name', objects: values.of(instruction.object) });
      const converted = instruction.key.kind === 'computed' ? conversion([instruction.key.value], values, catalog) : null;
      return { effects, runs: accessorRun('get', instruction, values, context) ?? converted ?? (knownProperties(instruction.object, values, catalog) ? null : { kind: 'coercion', what: 'a property read' }) };
    }
    case 'set': case 'define': {
      const effects: Effect[] = [];
      const isElement = fieldKey(instruction.key) === elementsKey;
      if (isElement) effects.push({ kind: 'write', objects: values.of(instruction.object) });
      for (const keeper of values.of(instruction.object)) effects.push({ kind: 'retain', objects: values.of(instruction.value), keeper, field: fieldKey(instruction.key) });
      if (instruction.op === 'define') return { effects, runs: null };
      // A typed array converts what is stored into it, a list its length.
      const isLength = instruction.key.kind === 'name' && instruction.key.name === 'length';
      const storedAsNumber = isLength || (isElement && mayBeBytes(instruction.object, values, catalog)) ? [instruction.value] : [];
      const converted = conversion(instruction.key.kind === 'computed' ? [instruction.key.value, ...storedAsNumber] : storedAsNumber, values, catalog);
      return { effects, runs: accessorRun('set', instruction, values, context) ?? converted ?? (knownProperties(instruction.object, values, catalog) ? null : { kind: 'coercion', what: 'a property write' }) };
    }
    case 'super-set': return { effects: [{ kind: 'retain', objects: values.of(instruction.value) }], runs: { kind: 'coercion', what: 'a property write' } };
    case 'super-get': case 'delete': return { effects: [], runs: { kind: 'coercion', what: 'a property access' } };
    case 'store': {
      const captured = instruction.variable.function !== cfg.function.id || cfg.function.variables[instruction.variable.slot]?.captured === true || isExportedCell(instruction.variable, context.module);
      return captured ? { effects: [{ kind: 'capture', objects: values.of(instruction.value) }], runs: null } : nothing;
    }
    case 'store-global': return { effects: [{ kind: 'retain', objects: values.of(instruction.value) }], runs: null };
    case 'array': return { effects: instruction.elements.flatMap((element): Effect[] => (element === null ? [] : [{ kind: 'retain', objects: values.of(element.value), keeper: values.of(instruction.id)[0] ?? -1, field: elementsKey }])), runs: null };
    case 'copy-properties': {
      const sources = values.of(instruction.source);
      const quiet = sources.every((one) => isPlainLiteral(one, values));
      const runs = sources.some((one) => isMadeWithAccessors(one, values)) ? { kind: 'call', what: 'getters of an object that is copied' } as const : { kind: 'coercion', what: 'a property read' } as const;
      return { effects: [{ kind: 'read', objects: sources }], runs: quiet ? null : runs };
    }
    case 'spread': case 'iterator': return { effects: [{ kind: 'read', objects: values.of(instruction.iterable) }], runs: iterates(instruction.iterable, values, catalog) };
    case 'iterator-next': case 'iterator-close': return { effects: [{ kind: 'read', objects: values.of(instruction.iterator) }], runs: iterates(instruction.iterator, values, catalog) };
    case 'iterator-done': case 'iterator-value': return nothing;
    case 'enumerate-keys': return { effects: [{ kind: 'read', objects: values.of(instruction.object) }], runs: knownProperties(instruction.object, values, catalog) ? null : { kind: 'coercion', what: 'an enumeration of keys' } };
    case 'unary': {
      const looks = instruction.operator === 'typeof' || instruction.operator === '!' || instruction.operator === 'void';
      return looks ? nothing : coercion([instruction.operand], values, catalog);
    }
    case 'binary': {
      const objects = [...values.of(instruction.left), ...values.of(instruction.right)];
      if (instruction.operator === '===' || instruction.operator === '!==') return { effects: identity(instruction.left, instruction.right, values), runs: null };
      if (instruction.operator === '==' || instruction.operator === '!=') return { effects: identity(instruction.left, instruction.right, values), runs: looseComparison(instruction.left, instruction.right, cfg, values, catalog) };
      if (instruction.operator === 'in') return { effects: [], runs: conversion([instruction.left], values, catalog) ?? ownConversion(values.of(instruction.right), values) ?? (knownProperties(instruction.right, values, catalog) ? null : { kind: 'coercion', what: 'a look for a property' }) };
      if (instruction.operator === 'instanceof') return { effects: [], runs: isConstructor(instruction.right, cfg, values) ? null : ownConversion(values.of(instruction.right), values) ?? { kind: 'coercion', what: 'instanceof' } };
      return objects.length === 0 ? nothing : coercion([instruction.left, instruction.right], values, catalog);
    }
    case 'template': return coercion(instruction.values, values, catalog);
    case 'call': case 'new': case 'super-call': return callEffects(instruction, values, cfg, context);
    case 'await': {
      // Whoever awaits a promise gets what it settles to, which has no name of its own.
      const promises = values.of(instruction.value).filter((one) => isForeign(values.objects[one]!) && mayBePromise(one, values));
      return { effects: promises.length === 0 ? [] : [{ kind: 'unknown', objects: promises, callee: 'what is awaited' }], runs: { kind: 'suspension', what: 'await' } };
    }
    case 'yield': return { effects: [{ kind: 'yield', objects: values.of(instruction.value) }], runs: { kind: 'suspension', what: 'yield' } };
    case 'yield-star': return { effects: [{ kind: 'yield', objects: values.of(instruction.iterable) }], runs: { kind: 'suspension', what: 'yield*' } };
    case 'dynamic-import': return { effects: [], runs: { kind: 'call', what: 'import()' } };
    case 'opaque': return { effects: [{ kind: 'unknown', objects: instruction.operands.flatMap((operand) => values.of(operand)) }], runs: { kind: 'call', what: instruction.reason } };
    case 'class': return instruction.extends === null && instruction.staticInitializer === null ? nothing : { effects: [], runs: { kind: 'call', what: 'a class definition' } };
    case 'constant': case 'parameter': case 'rest-parameter': case 'this': case 'arguments': case 'new-target': case 'import-meta': case 'regexp': case 'template-object':
    case 'closure': case 'caught': case 'declare': case 'freshen': case 'load': case 'global': case 'import': case 'has-private': case 'object': case 'require-object': case 'throw-error': case 'generator-start':
      return nothing;
  }
}

function callEffects(instruction: Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>, values: PointsTo, cfg: Cfg, context: FlowContext): InstructionEffects {
  const { catalog } = context;
  const call = values.calls.get(instruction.id);
  if (call === undefined) return { effects: [], runs: { kind: 'call', what: 'an unreachable call' } };
  const effects: Effect[] = [];
  const declared = declaredReceivers(instruction, call, values, cfg, catalog);
  effects.push(...declared);
  let outside = false;
  let callsBack = false;
  for (const candidate of call.candidates) {
    addCandidate(candidate, call.operands, values, context, effects);
    if (candidate.result.kind === 'object') addHeld(candidate.result.holds ?? [], instruction.id, call.operands, values, effects, candidate.name);
    if (candidate.outside === 'writes') outside = true;
    if (mayCallBack(candidate, call.operands, values, context)) callsBack = true;
  }
  if (!call.complete) effects.push({ kind: 'unknown', objects: reachableOperands(call, values), callee: calleeName(instruction, cfg) });
  if (!call.complete || outside || callsBack) return { effects, runs: { kind: 'call', what: calleeName(instruction, cfg) } };
  // What a callee converts may be an object of ours with code that we see; the callee does not know.
  const converting = call.candidates.filter((candidate) => candidate.converts);
  if (converting.length > 0) {
    const given = reachableOperands(call, values).flatMap((one) => [one, ...values.contents(one)]);
    const isOwn = ownConversion([...given, ...sharedWithCode(values)], values) !== null;
    if (isOwn) effects.push(...reached(call.operands.arguments, calleeName(instruction, cfg), values));
    return { effects, runs: isOwn ? { kind: 'call', what: calleeName(instruction, cfg) } : { kind: 'coercion', what: `a conversion or property read in ${converting[0]!.name}` } };
  }
  const converted = call.candidates.map((candidate) => argumentConversion(candidate, call.operands, values, catalog)).find((kind) => kind !== null) ?? null;
  if (converted === 'call') effects.push(...reached(call.operands.arguments, calleeName(instruction, cfg), values));
  if (converted !== null) return { effects, runs: { kind: converted, what: `${calleeName(instruction, cfg)} converting an argument` } };
  const [receiver] = declared;
  if (receiver !== undefined) return { effects, runs: { kind: 'coercion', what: receiver.declaredClass === '' ? receiver.callee! : `${receiver.callee!} of what is declared ${receiver.declaredClass!}`, isDeclared: true } };
  return { effects, runs: null };
}

/** What the call, or calls within its callees, do only if receivers are of the classes that are declared. */
function declaredReceivers(instruction: Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>, call: ResolvedCall, values: PointsTo, cfg: Cfg, catalog: Catalog): readonly Effect[] {
  const found: Effect[] = [];
  const result = values.of(instruction.id).filter((one) => values.objects[one]!.source.kind !== 'method');
  const { receiver } = call.operands;
  if (call.declaredClass !== null && receiver !== null) {
    // The class of bytes themselves is the matter of TY; what other bytes are handed to is not.
    const isBytes = values.knowledge(receiver).classes.every((one) => catalog.class(one.name)?.kind === 'bytes');
    const objects = isBytes ? reachableOperands({ ...call, operands: { ...call.operands, receiver: null } }, values) : [...reachableOperands(call, values), ...result];
    found.push({ kind: 'declared', objects: objects.filter((one) => !isValue(one, values)), callee: calleeName(instruction, cfg), declaredClass: call.declaredClass });
  }
  for (const { declared, name } of call.candidates) {
    if (declared === null) continue;
    const objects = declared.paths.flatMap((path) => (path === 'this' && instruction.op === 'new' ? result : values.at(call.operands, path)));
    found.push({ kind: 'declared', objects: declared.result ? [...objects, ...result] : objects, callee: declared.method.includes(' in ') || declared.method === name ? declared.method : `${declared.method} in ${name}`, declaredClass: declared.class });
  }
  return found;
}

/** Numbers and texts, which nobody can change. */
function isValue(object: ObjectId, values: PointsTo): boolean {
  const { knowledge } = values.objects[object]!;
  return knowledge.complete && knowledge.classes.length === 0;
}

/**
 * A library call converts what it takes neither as bytes nor as a function, `bytes.set(other, offset)` runs `offset.valueOf()` before it reads,
 * and reads the properties of objects that it looks into: `Object.entries(stats)` runs the getters of `stats`. What it only keeps it does not look into.
 */
function argumentConversion(candidate: CalleeEffects, operands: CallOperands, values: PointsTo, catalog: Catalog): 'call' | 'coercion' | null {
  if (candidate.row === null) return null;
  const kept = [candidate.retains, candidate.calls, candidate.detaches, candidate.unseen].flat();
  const read = [candidate.reads, candidate.writes, candidate.readsLater, candidate.writesLater, candidate.snapshots, candidate.observesClass, candidate.observesByName].flat();
  let found: 'call' | 'coercion' | null = null;
  for (const [index, value] of operands.arguments.entries()) {
    if (isPrimitive(value, values, catalog) || isLibraryExport(value, values, catalog)) continue;
    const isRead = read.some((path) => argumentOf(path, index));
    if (isRead ? isBytes(value, values, catalog) : kept.some((path) => argumentOf(path, index))) continue;
    const objects = values.of(value);
    const inside = isRead ? [...reachableFrom(objects, values)] : objects;
    if (isRead ? inside.some((one) => hasOwnCode(one, values)) : ownConversion(inside, values) !== null) return 'call';
    if (!inside.every((one) => isPlainLiteral(one, values) || (isRead && isQuiet(one, values, catalog)))) found = 'coercion';
  }
  return found;
}

/** `sha256` of @noble/hashes: exports of modelled libraries are taken for unpatched, so that looking at one runs no code of the program. */
function isLibraryExport(value: ValueId, values: PointsTo, catalog: Catalog): boolean {
  const objects = values.of(value);
  return objects.length > 0 && objects.every((one) => {
    const { source } = values.objects[one]!;
    return source.kind === 'import' && catalog.imported(source.specifier, source.path) !== null;
  });
}

/** Bytes or buffers by the model, also as declared: reading them runs no code. */
function isBytes(value: ValueId, values: PointsTo, catalog: Catalog): boolean {
  const known = values.knowledge(value);
  return known.complete && known.classes.every((one) => catalog.class(one.name)?.kind !== undefined && catalog.class(one.name)?.kind !== 'object') && !values.of(value).some((one) => values.isReshaped(one));
}

/** An object inside another whose properties are no code of the program: bytes, an error, a date. */
function isQuiet(object: ObjectId, values: PointsTo, catalog: Catalog): boolean {
  const { source, knowledge } = values.objects[object]!;
  if (source.kind === 'global' || source.kind === 'import' || source.kind === 'method') return true;
  return knowledge.complete && knowledge.classes.every((one) => one.name !== 'Object' && catalog.class(one.name) !== null) && !values.isReshaped(object);
}

function argumentOf(path: CalleeEffects['reads'][number], index: number): boolean {
  if (typeof path === 'number') return path === index;
  if (path === 'this') return false;
  if ('rest' in path) return index >= path.rest;
  return argumentOf('elementsOf' in path ? path.elementsOf : path.of, index);
}

/** An object or array literal of this function without conversions of its own, such as an options argument. */
function isPlainLiteral(object: ObjectId, values: PointsTo): boolean {
  const { source, knowledge } = values.objects[object]!;
  if (source.kind === 'closure') return true;
  const isLiteral = source.kind === 'allocation' && knowledge.complete && knowledge.classes.every((one) => one.name === 'Object' || one.name === 'Array');
  return isLiteral && !values.hasAccessors(object) && !values.isReshaped(object) && values.stored(object, 'valueOf').length === 0 && values.stored(object, 'toString').length === 0;
}

function addCandidate(candidate: CalleeEffects, operands: CallOperands, values: PointsTo, context: FlowContext, effects: Effect[]): void {
  const add = (kind: EffectKind, paths: CalleeEffects['reads']): void => {
    const objects = [...new Set(paths.flatMap((path) => values.at(operands, path)))];
    if (objects.length > 0) effects.push({ kind, objects, callee: candidate.name });
  };
  add('read', candidate.reads);
  add('write', candidate.writes);
  add('wipe', candidate.wipes);
  add('read-later', candidate.readsLater);
  add('write-later', candidate.writesLater);
  add('observe-class', candidate.observesClass);
  add('observe-by-name', candidate.observesByName);
  add('detach', candidate.detaches);
  add('assign', candidate.assigns);
  add('unknown', candidate.unseen);
  if (candidate.assignsOutside) effects.push({ kind: 'assign', objects: [], callee: candidate.name });
  const keepers = candidate.retainedBy === null ? [] : values.at(operands, candidate.retainedBy);
  if (keepers.length === 0) add('retain', candidate.retains);
  for (const keeper of keepers) effects.push({ kind: 'retain', objects: candidate.retains.flatMap((path) => values.at(operands, path)), keeper, field: elementsKey, callee: candidate.name });
  if (candidate.calls.length > 0) {
    // The callback sees whatever the call sees.
    const given = [...(operands.receiver === null ? [] : values.of(operands.receiver)), ...operands.arguments.flatMap((value) => values.of(value))];
    const seen = given.filter((one) => values.objects[one]!.source.kind !== 'method');
    effects.push({ kind: mayCallBack(candidate, operands, values, context) ? 'unknown' : 'read', objects: seen, callee: `a callback of ${candidate.name}` });
  }
}

/** A fresh object keeps what it was made with: `new Session(key)`. */
function addHeld(holds: CalleeEffects['reads'], made: ValueId, operands: CallOperands, values: PointsTo, effects: Effect[], callee: string): void {
  const held = [...new Set(holds.flatMap((path) => values.at(operands, path)))];
  if (held.length === 0) return;
  for (const keeper of values.of(made)) effects.push({ kind: 'retain', objects: held.filter((one) => one !== keeper), keeper, field: elementsKey, callee });
}

function reachableOperands(call: ResolvedCall, values: PointsTo): readonly ObjectId[] {
  const direct = [...(call.operands.receiver === null ? [] : values.of(call.operands.receiver)), ...call.operands.arguments.flatMap((value) => values.of(value))];
  return [...new Set(direct)].filter((one) => values.objects[one]!.source.kind !== 'method');
}

function identity(left: ValueId, right: ValueId, values: PointsTo): readonly Effect[] {
  const both = [values.of(left), values.of(right)];
  return both.some((side) => side.length === 0) ? [] : [{ kind: 'identity', objects: both.flat() }];
}

function coercion(operands: readonly ValueId[], values: PointsTo, catalog: Catalog): InstructionEffects {
  const objects = operands.flatMap((operand) => values.of(operand)).filter((one) => values.objects[one]!.source.kind !== 'method');
  return { effects: objects.length === 0 ? [] : [{ kind: 'observe-class', objects }, { kind: 'read', objects }], runs: conversion(operands, values, catalog) };
}

/** The code that turning the operands into numbers, texts or keys may run. */
function conversion(operands: readonly ValueId[], values: PointsTo, catalog: Catalog): InstructionEffects['runs'] {
  const converted = operands.filter((operand) => !isPrimitive(operand, values, catalog));
  return converted.length === 0 ? null : ownConversion(converted.flatMap((operand) => values.of(operand)), values) ?? { kind: 'coercion', what: 'a coercion' };
}

/** An object of this function with functions in it: its `valueOf`, `toString` or iterator is code of the program, not an unlikely case. */
function ownConversion(objects: readonly ObjectId[], values: PointsTo): InstructionEffects['runs'] {
  const hasCode = objects.some((one) => hasOwnCode(one, values) || isInstance(one, values));
  return hasCode ? { kind: 'call', what: 'a conversion of the program' } : null;
}

function hasOwnCode(object: ObjectId, values: PointsTo): boolean {
  return values.isReshaped(object) || (values.objects[object]!.source.kind === 'allocation' && (values.hasAccessors(object) || hasStoredCode(object, values)));
}

function hasStoredCode(object: ObjectId, values: PointsTo): boolean {
  return conversionNames.some((name) => values.stored(object, name).some((inner) => mayBeFunction(inner, values)));
}

/** An object of a class of the program, made here: its class may have a `toString` or `valueOf`. */
function isInstance(object: ObjectId, values: PointsTo): boolean {
  const { source, knowledge } = values.objects[object]!;
  return source.kind === 'allocation' && knowledge.classes.some((one) => one.name.includes('#'));
}

/** Objects made here that a closure or other code holds, with code of their own: what a callee converts may be one of them. */
function sharedWithCode(values: PointsTo): readonly ObjectId[] {
  return values.objects.filter((one) => one.source.kind === 'allocation' && values.hasAccessors(one.id) && (values.isReshaped(one.id) || hasStoredCode(one.id, values))).map((one) => one.id);
}

function mayBeFunction(object: ObjectId, values: PointsTo): boolean {
  const { source, knowledge } = values.objects[object]!;
  return source.kind === 'closure' || !knowledge.complete || knowledge.classes.some((one) => one.name === 'Function');
}

const conversionNames: readonly string[] = ['valueOf', 'toString', 'toJSON', elementsKey];

/** `==` converts an object that is compared with a text or number. */
function looseComparison(left: ValueId, right: ValueId, cfg: Cfg, values: PointsTo, catalog: Catalog): InstructionEffects['runs'] {
  const isNothing = (value: ValueId): boolean => {
    const instruction = cfg.instructions[value];
    return instruction?.op === 'constant' && (instruction.value.kind === 'null' || instruction.value.kind === 'undefined');
  };
  return isNothing(left) || isNothing(right) ? null : conversion([left, right], values, catalog);
}

/** A class or function in sight by name, which has no `Symbol.hasInstance` of its own in any sane program; an object may have. */
function isConstructor(value: ValueId, cfg: Cfg, values: PointsTo): boolean {
  return values.of(value).every((one) => {
    const { source } = values.objects[one]!;
    if (source.kind === 'method') return true;
    return source.kind === 'global' || source.kind === 'import' || source.kind === 'closure' || (source.kind === 'allocation' && cfg.instructions[source.site]?.op === 'class');
  });
}

function mayBeBytes(value: ValueId, values: PointsTo, catalog: Catalog): boolean {
  const known = values.knowledge(value);
  return !known.complete || known.classes.some((one) => catalog.class(one.name)?.kind !== 'object');
}

function mayBePromise(object: ObjectId, values: PointsTo): boolean {
  const { knowledge } = values.objects[object]!;
  return !knowledge.complete || knowledge.classes.some((one) => one.name === 'Promise');
}

/** A text and no number. */
function isText(value: ValueId, values: PointsTo): boolean {
  const known = values.knowledge(value);
  return known.complete && known.classes.length === 0 && known.primitives.length > 0 && known.primitives.every((one) => one === 'string');
}

function isNumber(value: ValueId, values: PointsTo): boolean {
  const known = values.knowledge(value);
  return known.complete && known.classes.length === 0 && known.primitives.every((one) => one === 'number' || one === 'absent');
}

function isExportedCell(variable: VariableRef, module: ModuleIr): boolean {
  return module.functions[variable.function]?.kind === 'module' && module.exports.some((one) => one.kind === 'local' && one.variable.function === variable.function && one.variable.slot === variable.slot);
}

/** Properties that tell where in a backing store bytes lie. */
const placeProperties: ReadonlySet<string> = new Set(['buffer', 'byteOffset', 'parent', 'offset']);

function isPrimitive(value: ValueId, values: PointsTo, catalog: Catalog): boolean {
  const known = values.knowledge(value);
  return known.complete && known.classes.every((one) => one.exact && catalog.class(one.name)?.kind === 'bytes');
}

/** A getter or setter of the program that changes something. Objects of the model's classes have none of them. */
function accessorRun(use: 'get' | 'set', instruction: Extract<Instruction, { op: 'get' | 'set' }>, values: PointsTo, context: FlowContext): InstructionEffects['runs'] {
  const { key } = instruction;
  const isMade = values.of(instruction.object).some((one) => isMadeWithAccessors(one, values));
  const known = values.knowledge(instruction.object);
  if (key.kind === 'computed') {
    if (isNumber(key.value, values)) return null;
    if (isMade) return { kind: 'call', what: 'a computed property of an object with accessors' };
    // What is known of a class of the program is not which of its properties is meant.
    const isOfProgram = known.classes.some((one) => one.name.includes('#') && context.catalog.class(one.name) === null);
    return isOfProgram && context.changesThroughAccessor(use, anyAccessor) ? { kind: 'call', what: use === 'get' ? 'a getter' : 'a setter' } : null;
  }
  const name = key.kind === 'private' && !key.name.startsWith('#') ? `#${key.name}` : key.name;
  const isOfModel = known.complete && known.classes.every((one) => one.name !== 'Object' && context.catalog.class(one.name) !== null);
  if (isMade) return { kind: 'call', what: `${name} of an object with accessors` };
  return isOfModel || !context.changesThroughAccessor(use, name) ? null : { kind: 'call', what: use === 'get' ? `the getter ${name}` : `the setter ${name}` };
}

/** An object that was made here and got accessors or a prototype here: their code is that of the program, not an unlikely case. */
function isMadeWithAccessors(object: ObjectId, values: PointsTo): boolean {
  const { kind } = values.objects[object]!.source;
  return (kind === 'allocation' || kind === 'result') && values.hasDefinedAccessors(object);
}

/** Whether reading a property of the value runs no code: it is exactly of a class whose properties we know, a literal container of this function, or the `this` of a class, whose fields TypeScript lets no derived class turn into getters. */
function knownProperties(value: ValueId, values: PointsTo, catalog: Catalog): boolean {
  const objects = values.of(value);
  if (objects.every((one) => ['global', 'import', 'closure', 'method'].includes(values.objects[one]!.source.kind))) return true;
  if (objects.some((one) => values.hasAccessors(one))) return false;
  const known = values.knowledge(value);
  return known.complete && known.classes.every((one) => one.name === 'Object' || one.name === 'Array' || catalog.class(one.name) !== null || (one.name.includes('#') && (one.exact || objects.every((object) => values.objects[object]!.source.kind === 'this'))));
}

const quietIterables: ReadonlySet<string> = new Set(['Array', 'Map', 'Set', 'es#Array', '%ArrayIterator%']);

function iterates(value: ValueId, values: PointsTo, catalog: Catalog): InstructionEffects['runs'] {
  const known = values.knowledge(value);
  const isReshaped = values.of(value).some((one) => values.isReshaped(one));
  const quiet = !isReshaped && known.complete && known.classes.every((one) => quietIterables.has(one.name) || catalog.class(one.name)?.kind === 'bytes');
  if (quiet) return null;
  // A generator of the program, or an object of ours with an iterator: its code is in sight and may do anything.
  const isOfProgram = values.of(value).some((one) => {
    const { source } = values.objects[one]!;
    return source.kind === 'result' && values.calls.get(source.site)?.candidates.some((candidate) => candidate.row === null) === true;
  });
  return isOfProgram ? { kind: 'call', what: 'an iterator of the program' } : ownConversion(values.of(value), values) ?? { kind: 'coercion', what: 'an iterator step' };
}
