/**
 * Function objects of interpreted functions: real host functions, so that native code can call, construct and inspect them.
 * Which host form is used decides whether `new` works, whether there is a `prototype`, and where `this` comes from;
 * classes are in `class-object.ts`.
 */
import type { FunctionIr } from '@scrimp/analysis/ir/function';
import { parametersWithDefault } from './arguments-object.js';
import { asyncGeneratorPrototype, createAsyncGeneratorObject } from './async-generator-object.js';
import { runAsyncExecution, runSyncExecution, runToGeneratorStart } from './execution-drivers.js';
import { InterpreterFault } from './fault.js';
import type { Frame, ThisContext } from './frame.js';
import { captureCells, createFrame } from './frame.js';
import { createGeneratorObject, generatorPrototype } from './generator-object.js';
import type { PrivateScope } from './private-names.js';

export type Closure = (this: unknown, ...values: unknown[]) => unknown;

const asyncFunctionPrototype = Object.getPrototypeOf(async () => { /* Only its prototype is of interest. */ }) as object;
const generatorFunctionPrototype = Object.getPrototypeOf(function* () { /* Only its prototype is of interest. */ }) as object;
const asyncGeneratorFunctionPrototype = Object.getPrototypeOf(async function* () { /* Only its prototype is of interest. */ }) as object;

/** The function object of `target` over the cells that it captures from `frame` now. */
export function createClosure(frame: Frame, target: FunctionIr, privateScope: PrivateScope | null = frame.privateScope): Closure {
  const closure = hostFunction(frame, target, privateScope);
  frame.session.functionsOfClosures.set(closure, target);
  defineLengthAndName(closure, target, sourceName(target));
  if (target.generator) giveGeneratorPrototype(closure, target);
  if (target.async && !target.generator) Object.setPrototypeOf(closure, asyncFunctionPrototype);
  return closure;
}

/** Makes `object` the base of `super` in a method that has none yet, and says whether it did. */
export function adoptMethod(frame: Frame, object: object, value: unknown): boolean {
  if (typeof value !== 'function') return false;
  const { functionsOfClosures, homeObjects } = frame.session;
  const kind = functionsOfClosures.get(value)?.kind;
  const isMethod = kind === 'method' || kind === 'getter' || kind === 'setter';
  if (!isMethod || homeObjects.has(value)) return false;
  homeObjects.set(value, object);
  return true;
}

/** Runs a frame to what a call of its function answers: a value, a promise, or a generator object. */
export function answerCall(frame: Frame, closure: object | null): unknown {
  const { ir, session } = frame;
  const execution = session.execute(frame);
  if (ir.generator) {
    runToGeneratorStart(execution);
    const prototype = closure === null ? undefined : (closure as { prototype?: unknown }).prototype;
    return ir.async ? createAsyncGeneratorObject(prototype, execution) : createGeneratorObject(prototype, execution);
  }
  return ir.async ? runAsyncExecution(execution) : runSyncExecution(execution);
}

export function defineLengthAndName(closure: object, target: FunctionIr | null, name: string): void {
  Object.defineProperty(closure, 'length', { value: target === null ? 0 : expectedArgumentCount(target), configurable: true });
  Object.defineProperty(closure, 'name', { value: name, configurable: true });
}

export function defineFunctionName(closure: object, key: PropertyKey, prefix: '' | 'get ' | 'set '): void {
  const text = typeof key === 'symbol' ? (key.description === undefined ? '' : `[${key.description}]`) : String(key);
  Object.defineProperty(closure, 'name', { value: prefix + text, configurable: true });
}

function hostFunction(frame: Frame, target: FunctionIr, privateScope: PrivateScope | null): Closure {
  const { session } = frame;
  const captured = captureCells(frame, target);
  if (target.kind === 'arrow') {
    const { context } = frame;
    const arrow = (...incoming: unknown[]): unknown => answerCall(createFrame(session, target, captured, privateScope, context, incoming), arrow);
    return arrow;
  }
  const run = (closure: Closure, thisValue: unknown, incoming: readonly unknown[], newTarget: unknown): unknown => {
    const context: ThisContext = {
      thisValue: target.strict ? thisValue : sloppyThis(thisValue),
      thisBound: true,
      newTarget,
      homeObject: session.homeObjects.get(closure) ?? null,
      callee: closure,
      argumentsObject: null,
      owner: null,
      initializeInstance: null,
    };
    return answerCall(createFrame(session, target, captured, privateScope, context, incoming), closure);
  };
  const isConstructible = target.kind === 'function' && !target.async && !target.generator;
  if (isConstructible) {
    const constructible = function (this: unknown, ...incoming: unknown[]): unknown {
      return run(constructible, this, incoming, new.target);
    };
    return constructible;
  }
  const holder: { readonly method: Closure } = {
    method(this: unknown, ...incoming: unknown[]): unknown {
      return run(holder.method, this, incoming, undefined);
    },
  };
  return holder.method;
}

function sloppyThis(thisValue: unknown): unknown {
  return thisValue === undefined || thisValue === null ? globalThis : Object(thisValue);
}

function giveGeneratorPrototype(closure: object, target: FunctionIr): void {
  Object.setPrototypeOf(closure, target.async ? asyncGeneratorFunctionPrototype : generatorFunctionPrototype);
  const prototype = Object.create(target.async ? asyncGeneratorPrototype : generatorPrototype) as object;
  Object.defineProperty(closure, 'prototype', { value: prototype, writable: true });
}

/** The function's own name; class members and inferred names are the last part of the qualified name. */
function sourceName(target: FunctionIr): string {
  const last = target.name.slice(target.name.lastIndexOf('.') + 1);
  return last.startsWith('<') ? '' : last;
}

/** `length`: parameters before the first default. */
function expectedArgumentCount(target: FunctionIr): number {
  const positional = target.parameters.length - (target.hasRestParameter ? 1 : 0);
  return Math.min(positional, ...parametersWithDefault(target));
}

/** The object that `super` starts from, one step below. */
export function requireHomeObject(frame: Frame): object {
  const { homeObject } = frame.context;
  if (homeObject === null) throw new InterpreterFault(`${frame.ir.name}: super is used where no object took the method in`);
  return homeObject;
}
