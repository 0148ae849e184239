/**
 * What a function adds up to. The most that one run of a function adds up to: over all paths that do not end in a throw and pass no error handler, with the rounds of loops.
 * Generic in what is added, so that costs, their avoidable part and the calls of parameters are found on the same paths.
 */
import type { BlockId, Instruction } from '../ir/instruction.js';
import type { Size } from '../ir/effects.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { Loop } from '../flow/loops.js';

/** What can be added up along a path. `none` is returned as it is, so that most blocks cost nothing to add. */
export interface Additive<Amount> {
  readonly none: Amount;
  add(left: Amount, right: Amount): Amount;
  /** At least both. */
  max(left: Amount, right: Amount): Amount;
  repeat(amount: Amount, count: Size): Amount;
}

export function worstPath<Amount>(flow: FunctionFlow, roundsOf: (loop: Loop) => Size, kind: Additive<Amount>, at: (instruction: Instruction) => Amount): Amount {
  const cold = coldBlocks(flow);
  const nest = flow.loops();
  return ofRegion(null);

  /** The most from the region's beginning to anywhere in it, inner loops taken as one step. */
  function ofRegion(region: Loop | null): Amount {
    const ends = new Map<BlockId, Amount>();
    let most = kind.none;
    for (const block of flow.cfg.order) {
      if (cold.has(block) || (region !== null && !region.blocks.has(block))) continue;
      const inner = innerLoop(block, region);
      // A loop stands at the block through which it is entered first.
      if (inner !== null && inner.header !== block) continue;
      const members = inner === null ? [block] : [...inner.blocks];
      let before = kind.none;
      for (const member of members) {
        if (member === region?.header) continue;
        for (const predecessor of [...flow.cfg.predecessors[member]!, ...flow.cfg.exceptionalPredecessors[member]!]) {
          if (inner?.blocks.has(predecessor) === true) continue;
          const reached = ends.get(predecessor);
          if (reached !== undefined) before = kind.max(before, reached);
        }
      }
      const here = inner === null ? ofBlock(block) : ofLoop(inner);
      const end = here === kind.none ? before : kind.add(before, here);
      for (const member of members) ends.set(member, end);
      most = kind.max(most, end);
    }
    return most;
  }

  function ofLoop(loop: Loop): Amount {
    const round = ofRegion(loop);
    return round === kind.none ? round : kind.repeat(round, roundsOf(loop));
  }

  function innerLoop(block: BlockId, region: Loop | null): Loop | null {
    let loop = nest[block] ?? null;
    if (loop === region) return null;
    while (loop !== null && loop.parent !== region) loop = loop.parent;
    return loop;
  }

  function ofBlock(block: BlockId): Amount {
    let sum = kind.none;
    for (const instruction of flow.function.blocks[block]!.instructions) {
      const one = at(instruction);
      if (one !== kind.none) sum = sum === kind.none ? one : kind.add(sum, one);
    }
    return sum;
  }
}

/** Everything that stands in the function, error paths too, as often as the loops around it run: what an edit changes shows here wherever it is made. */
export function allPaths<Amount>(flow: FunctionFlow, roundsOf: (loop: Loop) => Size, kind: Additive<Amount>, at: (instruction: Instruction) => Amount): Amount {
  let sum = kind.none;
  for (const block of flow.cfg.order) {
    let amount = kind.none;
    for (const instruction of flow.function.blocks[block]!.instructions) {
      const one = at(instruction);
      if (one !== kind.none) amount = kind.add(amount, one);
    }
    for (let loop = flow.loops()[block] ?? null; loop !== null && amount !== kind.none; loop = loop.parent) amount = kind.repeat(amount, roundsOf(loop));
    if (amount !== kind.none) sum = kind.add(sum, amount);
  }
  return sum;
}

/** Blocks that run only to throw, or only after something was thrown: error construction and handling are not part of the cost of a message. */
export function coldBlocks(flow: FunctionFlow): ReadonlySet<BlockId> {
  const { cfg } = flow;
  const endsWith = (...ops: readonly string[]): readonly BlockId[] => cfg.order.filter((block) => ops.includes(flow.function.blocks[block]!.terminator.op));
  const returns = endsWith('return');
  const forward = reach([0], (block) => cfg.successors[block]!);
  // A loop without an end, such as that of a server, is no error path.
  const failing = returns.length > 0 ? null : reach(endsWith('throw', 'unreachable'), (block) => cfg.predecessors[block]!);
  const backward = reach(failing === null ? returns : cfg.order.filter((block) => !failing.has(block)), (block) => cfg.predecessors[block]!);
  return new Set(cfg.order.filter((block) => !forward.has(block) || !backward.has(block)));
}

function reach(from: readonly BlockId[], next: (block: BlockId) => readonly BlockId[]): ReadonlySet<BlockId> {
  const reached = new Set(from);
  const work = [...from];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    for (const one of next(block)) {
      if (reached.has(one)) continue;
      reached.add(one);
      work.push(one);
    }
  }
  return reached;
}
