/**
 * Functions that are handed over where they are written: `stream.on('data', (chunk) => …)`, `parts.reduce((all, part) => …)`.
 * Tells to which call, as which argument, and for which event; when the function runs is for the rules to say.
 */
import type { CallSite, FunctionQuery } from './query.js';

export interface Callback {
  /** The call in the enclosing function that takes the function as an argument. */
  readonly taker: CallSite;
  readonly index: number;
  /** The method's name: `on`, `reduce`; null for plain calls. */
  readonly method: string | null;
  /** The constant text before it: `data` of `on('data', …)`. */
  readonly event: string | null;
}

/** The only call that takes this function as an argument; null for declarations, methods, and functions that are kept elsewhere. */
export function callbackOf(fn: FunctionQuery): Callback | null {
  if (fn.function.parent === null) return null;
  const parent = fn.program.functionOf(fn.module, fn.module.functions[fn.function.parent]!);
  const found = parent.calls().flatMap((taker): readonly Callback[] => {
    const index = taker.operands.arguments.findIndex((one) => {
      const made = parent.instruction(one);
      return made?.op === 'closure' && made.function === fn.function.id;
    });
    if (index === -1) return [];
    const callee = parent.instruction(taker.instruction.callee);
    const before = index === 0 ? null : parent.constant(taker.operands.arguments[index - 1]!);
    return [{ taker, index, method: callee?.op === 'get' && callee.key.kind === 'name' ? callee.key.name : null, event: before?.kind === 'string' ? before.value : null }];
  });
  return found.length === 1 ? found[0]! : null;
}
