/**
 * Errors and places: what runs only after an error was thrown, as catch handlers and what stands behind a try whose body never ends by itself do,
 * and what an error is caught at. Bytes that are saved after an error are saved rarely, whatever the function around them does. What only leads to an error is `guard.ts`.
 */
import type { BlockId, ValueId } from '../ir/instruction.js';
import type { FunctionQuery } from './query.js';

/**
 * Whether no path without a thrown error leads from the beginning of the function to the place. A `finally` block is reached by ordinary ways too,
 * and the `return()` of a generator is no error, so what either runs is not such a place. False for unreachable code.
 */
export function isOnlyAfterError(fn: FunctionQuery, value: ValueId): boolean {
  const { cfg } = fn.flow;
  const block = cfg.blockOf[value] ?? -1;
  if (block === -1) return false;
  const reached = new Set<BlockId>([0]);
  const work: BlockId[] = [0];
  for (let one = work.pop(); one !== undefined; one = work.pop()) {
    if (one === block) return false;
    const { generatorReturn } = fn.function.blocks[one]!;
    const closes = cfg.exceptional[one]!.filter((next) => next === generatorReturn);
    for (const next of [...cfg.successors[one]!, ...closes]) {
      if (reached.has(next)) continue;
      reached.add(next);
      work.push(next);
    }
  }
  return true;
}

/**
 * Whether an error at the place may end otherwise than by leaving the function as it is: it is swallowed, or another is thrown in its stead.
 * The cleanup of a loop over an iterator is none of that: it closes the iterator and throws the same error on.
 */
export function isTried(fn: FunctionQuery, value: ValueId): boolean {
  const { cfg } = fn.flow;
  const seen = new Set<BlockId>();
  let { handler } = fn.function.blocks[cfg.blockOf[value] ?? -1] ?? { handler: null };
  while (handler !== null && !seen.has(handler)) {
    seen.add(handler);
    const next = rethrownTo(fn, handler);
    if (next === undefined) return true;
    handler = next;
  }
  return handler !== null;
}

/** Where the error goes from a handler that is one block which throws it on; undefined for any other handler. */
function rethrownTo(fn: FunctionQuery, handler: BlockId): BlockId | null | undefined {
  const { instructions, terminator, handler: outer } = fn.function.blocks[handler]!;
  const [caught, ...rest] = instructions;
  const isCleanup = caught?.op === 'caught' && terminator.op === 'throw' && terminator.value === caught.id && rest.every((one) => one.op === 'iterator-close' && one.suppress);
  return isCleanup ? outer : undefined;
}
