/**
 * Length checks: a function compares the length of bytes that it was given and leaves when they are too short, before it cuts bytes out of them.
 * Owns finding the comparison; whether it is the right bound is the author's business.
 */
import type { Binary, ValueId } from '../ir/instruction.js';
import { dominates } from '../flow/dominators.js';
import type { CallSite, FunctionQuery } from './query.js';

const lengthProperties: readonly string[] = ['length', 'byteLength'];
const orderings: readonly string[] = ['<', '<=', '>', '>='];
const cuts = /\.prototype\.(?:slice|subarray)$/;

/** The comparison of the length of what the call cuts, when every path to the call took the side of it that does not throw; null otherwise. */
export function lengthCheckBefore(fn: FunctionQuery, call: CallSite): ValueId | null {
  const { receiver } = call.operands;
  if (receiver === null || call.candidates.length === 0 || !call.candidates.every((one) => cuts.test(one.name))) return null;
  const subject = fn.definition(receiver);
  if (subject?.op !== 'parameter') return null;
  const { cfg } = fn.flow;
  const block = cfg.blockOf[call.value]!;
  for (const candidate of cfg.order) {
    const { terminator } = fn.function.blocks[candidate]!;
    if (terminator.op !== 'branch') continue;
    const comparison = fn.definition(terminator.value);
    if (comparison?.op !== 'binary' || !comparesLengthOf(fn, comparison, subject.id)) continue;
    const [passes, fails] = [terminator.then, terminator.else].map((side) => dominates(fn.flow.dominators(), side, block) && cfg.predecessors[side]!.length === 1) as [boolean, boolean];
    const refused = passes ? terminator.else : fails ? terminator.then : null;
    if (refused !== null && fn.function.blocks[refused]!.terminator.op === 'throw') return comparison.id;
  }
  return null;
}

function comparesLengthOf(fn: FunctionQuery, comparison: Binary, subject: ValueId): boolean {
  if (!orderings.includes(comparison.operator)) return false;
  return [comparison.left, comparison.right].some((side) => {
    const read = fn.definition(side);
    return read?.op === 'get' && read.key.kind === 'name' && lengthProperties.includes(read.key.name) && fn.definition(read.object)?.id === subject;
  });
}
