/**
 * Generator objects of interpreted generator functions: the protocol of ECMA-262 27.5 over an execution.
 * They are not host generators, because a host generator does not tell its body what `return(v)` was given.
 */
import { InterpreterFault } from './fault.js';
import type { Execution, Resumption, Suspension } from './suspension.js';

interface GeneratorState {
  execution: Execution | null;
  status: 'start' | 'suspended' | 'running' | 'completed';
}

const states = new WeakMap<object, GeneratorState>();
const iteratorPrototype: object = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;

/** What the `prototype` of interpreted generator functions inherits from. */
export const generatorPrototype: object = Object.create(iteratorPrototype, {
  next: { writable: true, configurable: true, value: function next(this: object, value: unknown) { return resume(this, { kind: 'next', value }); } },
  return: { writable: true, configurable: true, value: function (this: object, value: unknown) { return resume(this, { kind: 'return', value }); } },
  throw: { writable: true, configurable: true, value: function (this: object, value: unknown) { return resume(this, { kind: 'throw', value }); } },
  [Symbol.toStringTag]: { configurable: true, value: 'Generator' },
}) as object;

/** A generator object that runs nothing of its body before the first `next`. */
export function createGeneratorObject(prototype: unknown, execution: Execution): object {
  const isUsable = (typeof prototype === 'object' && prototype !== null) || typeof prototype === 'function';
  const generator = Object.create(isUsable ? prototype : generatorPrototype) as object;
  states.set(generator, { execution, status: 'start' });
  return generator;
}

function resume(generator: object, resumption: Resumption): unknown {
  const state = states.get(generator);
  if (state === undefined) throw new TypeError('next method called on incompatible receiver');
  if (state.status === 'running') throw new TypeError('Generator is already running');
  if (state.status === 'start' && resumption.kind !== 'next') state.status = 'completed';
  if (state.status === 'completed' || state.execution === null) return resumeCompleted(resumption);
  state.status = 'running';
  let step: IteratorResult<Suspension, unknown>;
  try {
    step = state.execution.next(resumption);
  } catch (error) {
    complete(state);
    throw error;
  }
  if (step.done === true) {
    complete(state);
    return { value: step.value, done: true };
  }
  state.status = 'suspended';
  if (step.value.kind === 'delegate') return step.value.result;
  if (step.value.kind === 'yield') return { value: step.value.value, done: false };
  throw new InterpreterFault('a sync generator awaits');
}

function resumeCompleted(resumption: Resumption): unknown {
  if (resumption.kind === 'throw') throw resumption.value;
  return { value: resumption.kind === 'return' ? resumption.value : undefined, done: true };
}

function complete(state: GeneratorState): void {
  state.status = 'completed';
  state.execution = null;
}
