/** Drives an execution as the body of an async function: a host async function awaits for it, so promise jobs are counted by the host. */
import { InterpreterFault } from './fault.js';
import type { Execution, Resumption } from './suspension.js';

export async function runAsyncExecution(execution: Execution): Promise<unknown> {
  let step = execution.next({ kind: 'next', value: undefined });
  while (step.done !== true) {
    if (step.value.kind !== 'await') throw new InterpreterFault('an async function yields');
    let resumption: Resumption;
    try {
      resumption = { kind: 'next', value: await step.value.value };
    } catch (error) {
      resumption = { kind: 'throw', value: error };
    }
    step = execution.next(resumption);
  }
  return step.value;
}

/** Binds the parameters of a generator: what throws here throws out of the call. Afterwards the execution waits for the first `next()`. */
export function runToGeneratorStart(execution: Execution): void {
  const step = execution.next({ kind: 'next', value: undefined });
  const isStart = step.done !== true && step.value.kind === 'start';
  if (!isStart) throw new InterpreterFault('a generator does something else before it starts');
}

/** Drives the execution of a function that cannot suspend. */
export function runSyncExecution(execution: Execution): unknown {
  const step = execution.next({ kind: 'next', value: undefined });
  if (step.done !== true) throw new InterpreterFault(`a plain function suspends (${step.value.kind})`);
  return step.value;
}
