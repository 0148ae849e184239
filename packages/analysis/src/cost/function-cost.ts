/**
 * What one call of a function allocates: library calls, literals, closures, and the program functions that it calls.
 * Cold paths (blocks from which only a throw is reached) do not count. What a loop repeats an unknown number of times is counted once and flagged:
 * the total is then a lower bound, and prints as such.
 */
import type { FunctionFlow } from '../flow/function-flow.js';
import type { Instruction } from '../ir/instruction.js';
import { addCosts, type AllocationCost, noAllocation } from './allocation.js';
import { callCost, stringBytes } from './call-cost.js';
import type { Lengths } from './length.js';
import type { RuntimeProfile } from './profile.js';
import { addSizes, constantSize, unknownSize, zeroSize } from './size.js';

/** Heap bytes of small objects, COSTS A.1: `{a, b, c}` 48, `[x, y, z]` 72 in two objects, a closure with one captured variable 96 in two objects. */
export const objectLiteral: AllocationCost = { objects: 1, heapBytes: constantSize(48), externalBytes: zeroSize };
export const arrayLiteral: AllocationCost = { objects: 2, heapBytes: constantSize(72), externalBytes: zeroSize };
export const closure: AllocationCost = { objects: 2, heapBytes: constantSize(96), externalBytes: zeroSize };

/** `calleeCost` gives the cost of a program function by its call, or null when the callee is not of the program. */
export function functionCost(flow: FunctionFlow, lengths: Lengths, profile: RuntimeProfile, calleeCost: (call: Instruction) => AllocationCost | null): AllocationCost {
  const cold = coldBlocks(flow);
  const loops = flow.loops();
  let total = noAllocation;
  for (const block of flow.cfg.order) {
    if (cold.has(block)) continue;
    for (const instruction of flow.function.blocks[block]!.instructions) {
      const once = instructionCost(instruction, flow, lengths, profile, calleeCost);
      if (once === noAllocation) continue;
      total = addCosts(total, loops[block] === null ? once : atLeast(once));
    }
  }
  return total;
}

/** Blocks from which every path ends in a throw: error construction is not part of the cost of a message. */
export function coldBlocks(flow: FunctionFlow): ReadonlySet<number> {
  const reaches = new Set<number>();
  const work = flow.cfg.order.filter((block) => flow.function.blocks[block]!.terminator.op === 'return');
  for (const block of work) reaches.add(block);
  while (work.length > 0) {
    for (const predecessor of flow.cfg.predecessors[work.pop()!]!) {
      if (reaches.has(predecessor)) continue;
      reaches.add(predecessor);
      work.push(predecessor);
    }
  }
  return new Set(flow.cfg.order.filter((block) => !reaches.has(block)));
}

function instructionCost(instruction: Instruction, flow: FunctionFlow, lengths: Lengths, profile: RuntimeProfile, calleeCost: (call: Instruction) => AllocationCost | null): AllocationCost {
  switch (instruction.op) {
    case 'object': return objectLiteral;
    case 'array': return arrayLiteral;
    case 'closure': return closure;
    case 'rest-parameter': return arrayLiteral;
    case 'template': return instruction.values.length === 0 ? noAllocation : { objects: 1, heapBytes: stringBytes(lengths.lengthOf(instruction.id)), externalBytes: zeroSize };
    case 'call': case 'new': {
      const call = flow.values.calls.get(instruction.id);
      if (call === undefined) return noAllocation;
      const program = calleeCost(instruction);
      const own = callCost(call, lengths, profile);
      return program === null ? own : addCosts(own, program);
    }
    default: return noAllocation;
  }
}

function atLeast(cost: AllocationCost): AllocationCost {
  return { objects: cost.objects, heapBytes: addSizes(cost.heapBytes, unknownSize), externalBytes: cost.externalBytes };
}
