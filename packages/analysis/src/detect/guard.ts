/** Conditions around a place: the test that decides whether it runs, and whether it only runs on the way to an exception. */
import type { ValueId } from '../ir/instruction.js';
import { dominates } from '../flow/dominators.js';
import type { FunctionQuery } from './query.js';

/** The tested value of a branch that decides whether `value` runs and whose source text matches; null without one. */
export function guardOf(fn: FunctionQuery, value: ValueId, test: RegExp): ValueId | null {
  const { cfg } = fn.flow;
  const block = cfg.blockOf[value]!;
  if (block === -1) return null;
  for (const candidate of cfg.order) {
    const { terminator } = fn.function.blocks[candidate]!;
    if (terminator.op !== 'branch') continue;
    const decides = [terminator.then, terminator.else].some((side) => cfg.predecessors[side]!.length === 1 && dominates(fn.flow.dominators(), side, block));
    const text = decides ? fn.text(terminator.value) ?? textOfDefinition(fn, terminator.value) : null;
    if (text !== null && test.test(text)) return terminator.value;
  }
  return null;
}

/** Whether the place is in a catch block, or every path from it throws. */
export function isErrorPath(fn: FunctionQuery, value: ValueId): boolean {
  const { cfg } = fn.flow;
  const block = cfg.blockOf[value]!;
  if (block === -1) return false;
  if (cfg.order.some((one) => fn.function.blocks[one]!.instructions[0]?.op === 'caught' && dominates(fn.flow.dominators(), one, block))) return true;
  const seen = new Set<number>([block]);
  const work = [block];
  while (work.length > 0) {
    const one = work.pop()!;
    if (fn.function.blocks[one]!.terminator.op === 'return') return false;
    for (const next of cfg.successors[one]!) if (!seen.has(next)) { seen.add(next); work.push(next); }
  }
  return [...seen].some((one) => fn.function.blocks[one]!.terminator.op === 'throw');
}

function textOfDefinition(fn: FunctionQuery, value: ValueId): string | null {
  const found = fn.definition(value);
  return found === null ? null : fn.text(found.id);
}
