/**
 * Async generator objects of interpreted functions: the request queue of ECMA-262 27.6 over an execution.
 * Written out step by step because the number of promise jobs between request and answer is observable.
 */
import { InterpreterFault } from './fault.js';
import type { Execution, Resumption, Suspension } from './suspension.js';

interface Request {
  readonly completion: Resumption;
  readonly resolve: (value: unknown) => void;
  readonly reject: (reason: unknown) => void;
}

interface AsyncGeneratorState {
  readonly execution: Execution;
  status: 'start' | 'suspended' | 'running' | 'draining' | 'completed';
  readonly queue: Request[];
}

const states = new WeakMap<object, AsyncGeneratorState>();
const hostAsyncGeneratorPrototype = Object.getPrototypeOf((async function* () { /* Only its prototype chain is of interest. */ }).prototype) as object;
const asyncIteratorPrototype = Object.getPrototypeOf(hostAsyncGeneratorPrototype) as object;

/** What the `prototype` of interpreted async generator functions inherits from. */
export const asyncGeneratorPrototype: object = Object.create(asyncIteratorPrototype, {
  next: { writable: true, configurable: true, value: function next(this: object, value: unknown) { return enqueue(this, { kind: 'next', value }); } },
  return: { writable: true, configurable: true, value: function (this: object, value: unknown) { return enqueue(this, { kind: 'return', value }); } },
  throw: { writable: true, configurable: true, value: function (this: object, value: unknown) { return enqueue(this, { kind: 'throw', value }); } },
  [Symbol.toStringTag]: { configurable: true, value: 'AsyncGenerator' },
}) as object;

export function createAsyncGeneratorObject(prototype: unknown, execution: Execution): object {
  const isUsable = (typeof prototype === 'object' && prototype !== null) || typeof prototype === 'function';
  const generator = Object.create(isUsable ? prototype : asyncGeneratorPrototype) as object;
  states.set(generator, { execution, status: 'start', queue: [] });
  return generator;
}

function enqueue(generator: object, completion: Resumption): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const state = states.get(generator);
    if (state === undefined) throw new TypeError('next method called on incompatible receiver');
    if (state.status === 'start' && completion.kind === 'throw') state.status = 'completed';
    if (state.status === 'completed' && completion.kind === 'next') return resolve({ value: undefined, done: true });
    if (state.status === 'completed' && completion.kind === 'throw') throw completion.value;
    state.queue.push({ completion, resolve, reject });
    const awaitsReturn = (state.status === 'start' || state.status === 'completed') && completion.kind === 'return';
    if (awaitsReturn) return awaitReturn(state);
    if (state.status === 'start' || state.status === 'suspended') resume(state, completion);
  });
}

function resume(state: AsyncGeneratorState, resumption: Resumption): void {
  state.status = 'running';
  let step: IteratorResult<Suspension, unknown>;
  try {
    step = state.execution.next(resumption);
  } catch (error) {
    state.status = 'draining';
    answer(state, { kind: 'throw', value: error }, true);
    return drain(state);
  }
  if (step.done === true) {
    state.status = 'draining';
    answer(state, { kind: 'next', value: step.value }, true);
    return drain(state);
  }
  switch (step.value.kind) {
    case 'await':
      return resumeAfter(state, step.value.value);
    case 'yield': {
      answer(state, { kind: 'next', value: step.value.value }, false);
      const following = state.queue[0];
      if (following !== undefined) return resume(state, following.completion);
      state.status = 'suspended';
      return;
    }
    case 'delegate': case 'start':
      throw new InterpreterFault(`an async generator suspends for ${step.value.kind}`);
  }
}

function resumeAfter(state: AsyncGeneratorState, value: unknown): void {
  let promise: Promise<unknown>;
  try {
    promise = Promise.resolve(value);
  } catch (error) {
    return resume(state, { kind: 'throw', value: error });
  }
  const fulfilled = (settled: unknown): void => resume(state, { kind: 'next', value: settled });
  const rejected = (reason: unknown): void => resume(state, { kind: 'throw', value: reason });
  void Promise.prototype.then.call(promise, fulfilled, rejected);
}

/** AsyncGeneratorCompleteStep: answers the oldest request. */
function answer(state: AsyncGeneratorState, completion: Resumption, done: boolean): void {
  const request = state.queue.shift();
  if (request === undefined) throw new InterpreterFault('an async generator answers a request that nobody made');
  if (completion.kind === 'throw') return request.reject(completion.value);
  request.resolve({ value: completion.value, done });
}

/** AsyncGeneratorDrainQueue. */
function drain(state: AsyncGeneratorState): void {
  for (;;) {
    const request = state.queue[0];
    if (request === undefined) {
      state.status = 'completed';
      return;
    }
    if (request.completion.kind === 'return') return awaitReturn(state);
    answer(state, request.completion.kind === 'next' ? { kind: 'next', value: undefined } : request.completion, true);
  }
}

/** AsyncGeneratorAwaitReturn: a `return(v)` on a generator that has ended, or has not begun, still awaits `v`. */
function awaitReturn(state: AsyncGeneratorState): void {
  state.status = 'draining';
  let promise: Promise<unknown>;
  try {
    promise = Promise.resolve(state.queue[0]?.completion.value);
  } catch (error) {
    answer(state, { kind: 'throw', value: error }, true);
    return drain(state);
  }
  const finish = (completion: Resumption): void => {
    answer(state, completion, true);
    drain(state);
  };
  const fulfilled = (value: unknown): void => finish({ kind: 'next', value });
  const rejected = (reason: unknown): void => finish({ kind: 'throw', value: reason });
  void Promise.prototype.then.call(promise, fulfilled, rejected);
}
