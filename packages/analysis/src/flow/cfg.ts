/**
 * The control-flow graph of one function: where each instruction is, which blocks follow which, in normal and exceptional flow.
 * Owns block order and reachability; dominators and loops are questions over it in their own files.
 */
import type { Block, FunctionIr } from '../ir/function.js';
import type { BlockId, Instruction } from '../ir/instruction.js';

export interface Cfg {
  readonly function: FunctionIr;
  /** Instruction by id; null for an id that no reachable block holds. */
  readonly instructions: readonly (Instruction | null)[];
  /** Block of each instruction by id, -1 when unreachable. */
  readonly blockOf: Int32Array;
  /** Position of each instruction in its block. */
  readonly positionOf: Int32Array;
  /** Successors in normal flow. */
  readonly successors: readonly (readonly BlockId[])[];
  /** Handler and generator-return targets: reached from any point of the block. */
  readonly exceptional: readonly (readonly BlockId[])[];
  readonly predecessors: readonly (readonly BlockId[])[];
  readonly exceptionalPredecessors: readonly (readonly BlockId[])[];
  /** Reachable blocks, each before its successors except along back edges. */
  readonly order: readonly BlockId[];
}

export function buildCfg(fn: FunctionIr): Cfg {
  const count = fn.blocks.length;
  const successors = fn.blocks.map((block) => normalSuccessors(block));
  const exceptional = fn.blocks.map((block) => exceptionalSuccessors(block));
  const order = reversePostorder(successors, exceptional, count);
  const reachable = new Set(order);
  const predecessors: BlockId[][] = Array.from({ length: count }, () => []);
  const exceptionalPredecessors: BlockId[][] = Array.from({ length: count }, () => []);
  for (const block of order) {
    for (const next of successors[block]!) predecessors[next]!.push(block);
    for (const next of exceptional[block]!) exceptionalPredecessors[next]!.push(block);
  }
  const instructions: (Instruction | null)[] = new Array<Instruction | null>(fn.valueCount).fill(null);
  const blockOf = new Int32Array(fn.valueCount).fill(-1);
  const positionOf = new Int32Array(fn.valueCount).fill(-1);
  for (const block of fn.blocks) {
    if (!reachable.has(block.id)) continue;
    block.instructions.forEach((instruction, position) => {
      instructions[instruction.id] = instruction;
      blockOf[instruction.id] = block.id;
      positionOf[instruction.id] = position;
    });
  }
  return { function: fn, instructions, blockOf, positionOf, successors, exceptional, predecessors, exceptionalPredecessors, order };
}

function normalSuccessors(block: Block): readonly BlockId[] {
  switch (block.terminator.op) {
    case 'goto': return [block.terminator.target];
    case 'branch': return block.terminator.then === block.terminator.else ? [block.terminator.then] : [block.terminator.then, block.terminator.else];
    case 'return': case 'throw': case 'unreachable': return [];
  }
}

function exceptionalSuccessors(block: Block): readonly BlockId[] {
  const targets: BlockId[] = [];
  if (block.handler !== null) targets.push(block.handler);
  const suspends = block.generatorReturn !== null && block.instructions.some((instruction) => instruction.op === 'yield' || instruction.op === 'yield-star');
  if (suspends && !targets.includes(block.generatorReturn)) targets.push(block.generatorReturn);
  return targets;
}

function reversePostorder(successors: readonly (readonly BlockId[])[], exceptional: readonly (readonly BlockId[])[], count: number): readonly BlockId[] {
  if (count === 0) return [];
  const postorder: BlockId[] = [];
  const state = new Uint8Array(count);
  const stack: { block: BlockId; next: number }[] = [{ block: 0, next: 0 }];
  state[0] = 1;
  while (stack.length > 0) {
    const top = stack[stack.length - 1]!;
    const normal = successors[top.block]!;
    const handlers = exceptional[top.block]!;
    const target = top.next < normal.length ? normal[top.next] : handlers[top.next - normal.length];
    top.next += 1;
    if (target === undefined) {
      postorder.push(top.block);
      stack.pop();
    } else if (state[target] === 0) {
      state[target] = 1;
      stack.push({ block: target, next: 0 });
    }
  }
  return postorder.reverse();
}
