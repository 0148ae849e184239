/**
 * One instruction that does not suspend, over real JavaScript values. What each does is said in `ir/instruction.ts`;
 * comments here only cite ECMA-262 where the host has no single operation for it.
 */
import type { Argument, Instruction, Key, Opaque } from '@scrimp/analysis/ir/instruction';
import { makeArgumentsObject } from './arguments-object.js';
import { callSuperConstructor, createClass } from './class-object.js';
import { adoptMethod, createClosure, defineFunctionName, requireHomeObject } from './closure.js';
import { InterpreterFault, OpaqueReached } from './fault.js';
import type { Cell, Frame } from './frame.js';
import { functionOf, operandValue, readCell, replaceCell, resolveCell, variableKind, variableName } from './frame.js';
import {
  enumerateKeys, IteratorRecord, iteratorClose, iteratorDone, iteratorNext, iteratorValue, openAsyncIterator, openIterator, runToList, SpreadList,
} from './iteration.js';
import { applyBinary, applyUnary, isObject, literalValue, toPropertyKey } from './operators.js';
import { addPrivateField, getPrivate, hasPrivate, resolvePrivateName, setPrivate } from './private-names.js';

/** Everything but the suspending instructions, which the executor runs. */
export type PlainInstruction = Exclude<Instruction, { op: 'await' | 'yield' | 'yield-star' | 'generator-start' }>;
type Of<Operation extends Instruction['op']> = Extract<Instruction, { op: Operation }>;
type AnyFunction = (...values: unknown[]) => unknown;

export function evaluate(frame: Frame, instruction: PlainInstruction): unknown {
  switch (instruction.op) {
    case 'constant': return literalValue(instruction.value);
    case 'parameter': return frame.incoming[instruction.index];
    case 'rest-parameter': return frame.incoming.slice(instruction.from);
    case 'this': return thisValue(frame);
    case 'arguments': return argumentsObject(frame);
    case 'new-target': return frame.context.newTarget;
    case 'import-meta': return importMeta(frame);
    case 'regexp': return new RegExp(instruction.pattern, instruction.flags);
    case 'template-object': return templateObject(frame, instruction);
    case 'closure': return createClosure(frame, functionOf(frame.session, instruction.function));
    case 'caught': return frame.caught;
    case 'declare': return replaceCell(frame, instruction.variable, { value: undefined, dead: instruction.state === 'dead' });
    case 'freshen': return freshen(frame, instruction);
    case 'load': return readCell(frame.session, instruction.variable, resolveCell(frame, instruction.variable));
    case 'store': return store(frame, instruction);
    case 'global': return readGlobal(frame, instruction);
    case 'store-global': return storeGlobal(frame, instruction);
    case 'import': return readImport(frame, instruction);
    case 'get': return getProperty(frame, instruction);
    case 'set': return setProperty(frame, instruction);
    case 'delete': return deleteProperty(frame, instruction);
    case 'has-private': return hasPrivate(operandValue(frame, instruction.object), resolvePrivateName(frame.privateScope, instruction.scope, instruction.name));
    case 'super-get': return superGet(frame, instruction);
    case 'super-set': return superSet(frame, instruction);
    case 'unary': return applyUnary(instruction.operator, operandValue(frame, instruction.operand));
    case 'binary': return applyBinary(instruction.operator, operandValue(frame, instruction.left), operandValue(frame, instruction.right));
    case 'template': return joinTemplate(frame, instruction);
    case 'object': return {};
    case 'define': return define(frame, instruction);
    case 'copy-properties': return copyProperties(frame, instruction);
    case 'array': return newArray(frame, instruction);
    case 'spread': return runToList(operandValue(frame, instruction.iterable));
    case 'class': return createClass(frame, instruction);
    case 'call': return call(frame, instruction);
    case 'new': return Reflect.construct(operandValue(frame, instruction.callee) as new () => object, argumentValues(frame, instruction.arguments));
    case 'super-call': return callSuperConstructor(frame, argumentValues(frame, instruction.arguments));
    case 'dynamic-import': return dynamicImport(frame, instruction);
    case 'iterator': return instruction.async ? openAsyncIterator(operandValue(frame, instruction.iterable)) : openIterator(operandValue(frame, instruction.iterable));
    case 'enumerate-keys': return enumerateKeys(operandValue(frame, instruction.object));
    case 'iterator-next': return iteratorNext(iteratorRecord(frame, instruction.iterator));
    case 'iterator-done': return iteratorDone(operandValue(frame, instruction.result));
    case 'iterator-value': return iteratorValue(operandValue(frame, instruction.result));
    case 'iterator-close': return closeIterator(frame, instruction);
    case 'require-object': return requireObject(operandValue(frame, instruction.value));
    case 'throw-error': throw errorNamed(instruction);
    case 'opaque': return reachOpaque(frame, instruction);
  }
}

function reachOpaque(frame: Frame, instruction: Opaque): never {
  throw new OpaqueReached(frame.ir, instruction);
}

/* ---- values out of nothing ---- */

function thisValue(frame: Frame): unknown {
  if (!frame.context.thisBound) throw new ReferenceError("Must call super constructor in derived class before accessing 'this'");
  return frame.context.thisValue;
}

function argumentsObject(frame: Frame): object {
  const { context } = frame;
  if (context.owner === null) throw new InterpreterFault(`${frame.ir.name}: arguments outside of a function`);
  context.argumentsObject ??= makeArgumentsObject(context.owner);
  return context.argumentsObject;
}

function importMeta(frame: Frame): object {
  const { importMeta: meta } = frame.session.host;
  if (meta === undefined) throw new InterpreterFault('the host gives no import.meta');
  return meta;
}

function templateObject(frame: Frame, instruction: Of<'template-object'>): readonly string[] {
  const site = `${frame.ir.id}:${instruction.id}`;
  const known = frame.session.templateObjects.get(site);
  if (known !== undefined) return known;
  const cooked = instruction.cooked.map((text) => text ?? undefined) as string[];
  Object.defineProperty(cooked, 'raw', { value: Object.freeze([...instruction.raw]) });
  const strings = Object.freeze(cooked);
  frame.session.templateObjects.set(site, strings);
  return strings;
}

/* ---- variables ---- */

function freshen(frame: Frame, instruction: Of<'freshen'>): void {
  const cell: Cell = resolveCell(frame, instruction.variable);
  replaceCell(frame, instruction.variable, { ...cell });
}

function store(frame: Frame, instruction: Of<'store'>): unknown {
  const value = operandValue(frame, instruction.value);
  const cell = resolveCell(frame, instruction.variable);
  if (!instruction.initialize) {
    readCell(frame.session, instruction.variable, cell);
    const isConstant = variableKind(frame.session, instruction.variable) === 'const';
    if (isConstant) throw new TypeError(`Assignment to constant variable ${variableName(frame.session, instruction.variable)}`);
  }
  cell.value = value;
  cell.dead = false;
  return value;
}

function readGlobal(frame: Frame, instruction: Of<'global'>): unknown {
  const globals = frame.session.host.globals as Record<string, unknown>;
  if (instruction.name in globals) return globals[instruction.name];
  if (instruction.guarded) return undefined;
  throw new ReferenceError(`${instruction.name} is not defined`);
}

function storeGlobal(frame: Frame, instruction: Of<'store-global'>): unknown {
  const globals = frame.session.host.globals as Record<string, unknown>;
  const value = operandValue(frame, instruction.value);
  if (!(instruction.name in globals) && frame.ir.strict) throw new ReferenceError(`${instruction.name} is not defined`);
  globals[instruction.name] = value;
  return value;
}

function readImport(frame: Frame, instruction: Of<'import'>): unknown {
  const namespace = frame.session.host.importModule(instruction.specifier);
  return instruction.name === '*' ? namespace : namespace[instruction.name];
}

/** `import(x)`: the specifier's conversion and the loading both end in the promise. */
function dynamicImport(frame: Frame, instruction: Of<'dynamic-import'>): Promise<unknown> {
  return new Promise((resolve) => resolve(frame.session.host.importModule(`${operandValue(frame, instruction.specifier) as number}`)));
}

/* ---- properties ---- */

function getProperty(frame: Frame, instruction: Of<'get'>): unknown {
  const object = operandValue(frame, instruction.object);
  const { key } = instruction;
  if (key.kind === 'private') return getPrivate(object, resolvePrivateName(frame.privateScope, key.scope, key.name));
  return (object as Record<PropertyKey, unknown>)[rawKey(frame, key) as PropertyKey];
}

function setProperty(frame: Frame, instruction: Of<'set'>): unknown {
  const object = operandValue(frame, instruction.object);
  const value = operandValue(frame, instruction.value);
  const { key } = instruction;
  if (key.kind === 'private') {
    setPrivate(object, resolvePrivateName(frame.privateScope, key.scope, key.name), value);
    return value;
  }
  if (frame.ir.strict || object === null || object === undefined) {
    // This module is strict code: a write that fails throws, as one to null does everywhere.
    (object as Record<PropertyKey, unknown>)[rawKey(frame, key) as PropertyKey] = value;
    return value;
  }
  Reflect.set(Object(object) as object, toPropertyKey(rawKey(frame, key)), value, object);
  return value;
}

function deleteProperty(frame: Frame, instruction: Of<'delete'>): boolean {
  const object = operandValue(frame, instruction.object);
  if (object === null || object === undefined) throw new TypeError('Cannot convert undefined or null to object');
  const key = toPropertyKey(rawKey(frame, publicKey(instruction.key)));
  const isDeleted = Reflect.deleteProperty(Object(object) as object, key);
  if (!isDeleted && frame.ir.strict) throw new TypeError(`Cannot delete property '${String(key)}'`);
  return isDeleted;
}

function superGet(frame: Frame, instruction: Of<'super-get'>): unknown {
  const receiver = thisValue(frame);
  const base = Object.getPrototypeOf(requireHomeObject(frame)) as object | null;
  const key = toPropertyKey(rawKey(frame, publicKey(instruction.key)));
  if (base === null) throw new TypeError(`Cannot read properties of null (reading '${String(key)}')`);
  return Reflect.get(base, key, receiver) as unknown;
}

function superSet(frame: Frame, instruction: Of<'super-set'>): unknown {
  const receiver = thisValue(frame);
  const base = Object.getPrototypeOf(requireHomeObject(frame)) as object | null;
  const key = toPropertyKey(rawKey(frame, publicKey(instruction.key)));
  const value = operandValue(frame, instruction.value);
  if (base === null) throw new TypeError(`Cannot set properties of null (setting '${String(key)}')`);
  const isSet = Reflect.set(base, key, value, receiver);
  if (!isSet && frame.ir.strict) throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
  return value;
}

type PublicKey = Exclude<Key, { kind: 'private' }>;

/** The key before ToPropertyKey, which the host applies where the language does. */
function rawKey(frame: Frame, key: PublicKey): unknown {
  return key.kind === 'name' ? key.name : operandValue(frame, key.value);
}

function publicKey(key: Key): PublicKey {
  if (key.kind === 'private') throw new InterpreterFault(`#${key.name} is used where the syntax has no private names`);
  return key;
}

/* ---- objects ---- */

function joinTemplate(frame: Frame, instruction: Of<'template'>): string {
  return instruction.texts.map((text, index) => (index === 0 ? text : `${operandValue(frame, instruction.values[index - 1] ?? -1) as number}${text}`)).join('');
}

function define(frame: Frame, instruction: Of<'define'>): unknown {
  const object = operandValue(frame, instruction.object) as object;
  const value = operandValue(frame, instruction.value);
  const { key, kind } = instruction;
  if (kind === 'proto') {
    if (value === null || isObject(value)) Object.setPrototypeOf(object, value);
    return object;
  }
  const isAdopted = adoptMethod(frame, object, value);
  if (key.kind === 'private') {
    addPrivateField(object, resolvePrivateName(frame.privateScope, key.scope, key.name), value);
    return object;
  }
  const name = toPropertyKey(rawKey(frame, key));
  // The key of a method may be known only now.
  if (isAdopted) defineFunctionName(value as object, name, namePrefixes[kind]);
  const descriptor: PropertyDescriptor = kind === 'value'
    ? { value, writable: true, enumerable: true, configurable: true }
    : { [kind === 'getter' ? 'get' : 'set']: value, enumerable: true, configurable: true };
  Object.defineProperty(object, name, descriptor);
  return object;
}

const namePrefixes = { value: '', getter: 'get ', setter: 'set ' } as const;

/** CopyDataProperties: reads with getters, in key order, and defines. */
function copyProperties(frame: Frame, instruction: Of<'copy-properties'>): object {
  const target = instruction.object === null ? {} : operandValue(frame, instruction.object) as object;
  const source = operandValue(frame, instruction.source);
  if (source === null || source === undefined) return target;
  const excluded = new Set(instruction.excluded.map((key) => toPropertyKey(rawKey(frame, publicKey(key)))));
  const from = Object(source) as Record<PropertyKey, unknown>;
  for (const key of Reflect.ownKeys(from)) {
    if (excluded.has(key)) continue;
    const descriptor = Reflect.getOwnPropertyDescriptor(from, key);
    if (descriptor?.enumerable !== true) continue;
    Object.defineProperty(target, key, { value: from[key], writable: true, enumerable: true, configurable: true });
  }
  return target;
}

function newArray(frame: Frame, instruction: Of<'array'>): unknown[] {
  const result: unknown[] = [];
  for (const element of instruction.elements) {
    if (element === null) {
      result.length++;
    } else {
      // Defined, not assigned: a setter for an index on Array.prototype must not run.
      for (const value of argumentValues(frame, [element])) Object.defineProperty(result, result.length, { value, writable: true, enumerable: true, configurable: true });
    }
  }
  return result;
}

/* ---- calls ---- */

function call(frame: Frame, instruction: Of<'call'>): unknown {
  const callee = operandValue(frame, instruction.callee);
  const receiver = instruction.receiver === null ? undefined : operandValue(frame, instruction.receiver);
  const incoming = argumentValues(frame, instruction.arguments);
  if (typeof callee !== 'function') throw new TypeError('value is not a function');
  return Reflect.apply(callee as AnyFunction, receiver, incoming);
}

function argumentValues(frame: Frame, list: readonly Argument[]): unknown[] {
  const values: unknown[] = [];
  for (const argument of list) {
    const value = operandValue(frame, argument.value);
    if (!argument.spread) {
      values.push(value);
      continue;
    }
    if (!(value instanceof SpreadList)) throw new InterpreterFault(`${frame.ir.name}: %${argument.value} is spread but no spread made it`);
    for (const item of value.items) values.push(item);
  }
  return values;
}

/* ---- iteration and the rest ---- */

function iteratorRecord(frame: Frame, id: number): IteratorRecord {
  const record = operandValue(frame, id);
  if (!(record instanceof IteratorRecord)) throw new InterpreterFault(`${frame.ir.name}: %${id} is used as an iterator`);
  return record;
}

function closeIterator(frame: Frame, instruction: Of<'iterator-close'>): unknown {
  const record = iteratorRecord(frame, instruction.iterator);
  try {
    return iteratorClose(record);
  } catch (error) {
    const isIgnored = instruction.suppress && !(error instanceof InterpreterFault);
    if (!isIgnored) throw error;
    return undefined;
  }
}

function requireObject(value: unknown): unknown {
  if (value === null || value === undefined) throw new TypeError(`Cannot destructure '${String(value)}' as it is ${String(value)}`);
  return value;
}

function errorNamed(instruction: Of<'throw-error'>): Error {
  switch (instruction.error) {
    case 'TypeError': return new TypeError(instruction.message);
    case 'ReferenceError': return new ReferenceError(instruction.message);
    case 'SyntaxError': return new SyntaxError(instruction.message);
  }
}
