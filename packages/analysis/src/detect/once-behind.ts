/**
 * Whether one instruction is executed exactly once behind another, in the same round of every loop: what an advice needs that moves an effect from one
 * place to the other; and what may run behind a value that is made again and again. What happens to values between the two places is `same-value.ts` and `later-read.ts`.
 */
import type { BlockId, Instruction, ValueId } from '../ir/instruction.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { loopOf } from '../flow/loops.js';

/** `always`: on every path. `unless-thrown`: on every path but those on which the function throws between the two. `sometimes`: at most once. `never`: in other rounds of a loop. */
export type Behind = 'always' | 'unless-thrown' | 'sometimes' | 'never';

export function onceBehind(flow: FunctionFlow, first: ValueId, second: ValueId): Behind {
  const { cfg } = flow;
  const startBlock = cfg.blockOf[first]!;
  const endBlock = cfg.blockOf[second]!;
  if (startBlock === -1 || endBlock === -1 || loopOf(cfg, flow.loops(), first) !== loopOf(cfg, flow.loops(), second)) return 'never';
  let found: Behind = 'always';
  walkBehind(flow, first, follow);
  return found;

  function follow(block: BlockId, from: number): readonly BlockId[] {
    const { instructions, terminator } = flow.function.blocks[block]!;
    let throws = false;
    for (let index = from; index < instructions.length; index += 1) {
      const instruction = instructions[index]!;
      if (instruction.id === second) return throws ? leave(block) : [];
      // The first place again, and the second was not passed.
      if (instruction.id === first) { found = 'sometimes'; return []; }
      throws ||= mayThrow(flow, instruction);
    }
    if (terminator.op === 'return') found = 'sometimes';
    if (terminator.op === 'throw') return leave(block);
    return [...cfg.successors[block]!, ...(throws ? leave(block) : [])];
  }

  /** An error leaves the block: to its handler, else out of the function. */
  function leave(block: BlockId): readonly BlockId[] {
    const handlers = cfg.exceptional[block]!;
    if (handlers.length === 0 && found === 'always') found = 'unless-thrown';
    return handlers;
  }
}

/** Instructions that may run behind `first` while `made` has not made another value. */
export function runsBehind(flow: FunctionFlow, first: ValueId, made: ValueId): ReadonlySet<ValueId> {
  const { cfg } = flow;
  const found = new Set<ValueId>();
  walkBehind(flow, first, follow);
  return found;

  function follow(block: BlockId, from: number): readonly BlockId[] {
    for (const instruction of flow.function.blocks[block]!.instructions.slice(from)) {
      if (instruction.id === made) return [];
      found.add(instruction.id);
    }
    return [...cfg.successors[block]!, ...cfg.exceptional[block]!];
  }
}

/** Visits what may run behind the instruction: its block from there on, then each block once. `follow` says where to go on from a block. */
function walkBehind(flow: FunctionFlow, first: ValueId, follow: (block: BlockId, from: number) => readonly BlockId[]): void {
  const { cfg } = flow;
  const visited = new Set<BlockId>();
  const work = [...follow(cfg.blockOf[first]!, cfg.positionOf[first]! + 1)];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (visited.has(block)) continue;
    visited.add(block);
    work.push(...follow(block, 0));
  }
}

/** Whether something goes wrong there in practice: code that is not in sight runs, or a suspension ends with an error. */
function mayThrow(flow: FunctionFlow, instruction: Instruction): boolean {
  if (instruction.op === 'throw-error') return true;
  if (instruction.op !== 'call' && instruction.op !== 'new') return flow.effects.of(instruction.id).runs !== null;
  return true;
}
