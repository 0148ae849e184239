/**
 * Places that run only after an error was thrown: catch handlers, and what stands behind a try whose body never ends by itself.
 * Bytes that are saved there are saved rarely, whatever the function around them does. What only leads to an error is `guard.ts`.
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
