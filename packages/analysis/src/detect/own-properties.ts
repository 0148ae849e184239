/** Properties that a program itself gives to bytes, or asks them for: what tells the bytes themselves from a copy of them, which starts without any. */
import type { ValueId } from '../ir/instruction.js';
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import type { FunctionQuery } from './query.js';

const ownLengths: ReadonlySet<string> = new Set(['length', 'byteLength', 'BYTES_PER_ELEMENT', 'buffer', 'byteOffset']);

/** PROP of using the source itself where `copy` was used: failed for a property that is set, open for one that is read and no known member; nothing to say otherwise. */
export function proveNoOwnProperties(fn: FunctionQuery, copy: ValueId): readonly Obligation[] {
  const found: Obligation[] = [];
  for (const { instruction, operand } of fn.flow.track(copy).uses) {
    const use = fn.instruction(instruction);
    if ((use?.op === 'set' || use?.op === 'delete') && use.object === operand && use.key.kind !== 'computed') return [obligation('PROP', 'failed', `line ${fn.line(instruction)}: the copy gets a property of its own`)];
    if (use?.op !== 'get' || use.object !== operand || use.key.kind !== 'name' || ownLengths.has(use.key.name)) continue;
    const isMethod = fn.calls().some((call) => call.instruction.callee === instruction && call.complete);
    if (!isMethod) found.push(obligation('PROP', 'open', `line ${fn.line(instruction)}: the source may have a property ${use.key.name} of its own`));
  }
  return found.slice(0, 1);
}
