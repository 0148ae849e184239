/**
 * Dominators of a control-flow graph, by the iterative algorithm of Cooper, Harvey and Kennedy ("A Simple, Fast Dominance Algorithm", 2001).
 * Exceptional edges count as edges.
 */
import type { BlockId, ValueId } from '../ir/instruction.js';
import type { Cfg } from './cfg.js';

export interface Dominators {
  /** Immediate dominator by block; the entry is its own; -1 when unreachable. */
  readonly immediate: Int32Array;
}

export function computeDominators(cfg: Cfg): Dominators {
  const immediate = new Int32Array(cfg.function.blocks.length).fill(-1);
  const rank = new Int32Array(cfg.function.blocks.length).fill(-1);
  cfg.order.forEach((block, index) => { rank[block] = index; });
  const entry = cfg.order[0];
  if (entry === undefined) return { immediate };
  immediate[entry] = entry;
  let changed = true;
  while (changed) {
    changed = false;
    for (const block of cfg.order) {
      if (block === entry) continue;
      let candidate = -1;
      for (const predecessor of [...cfg.predecessors[block]!, ...cfg.exceptionalPredecessors[block]!]) {
        if (immediate[predecessor] === -1) continue;
        candidate = candidate === -1 ? predecessor : intersect(immediate, rank, candidate, predecessor);
      }
      if (candidate !== immediate[block]) {
        immediate[block] = candidate;
        changed = true;
      }
    }
  }
  return { immediate };
}

/** Whether every path from the entry to `block` passes `dominator`. */
export function dominates(dominators: Dominators, dominator: BlockId, block: BlockId): boolean {
  let current = block;
  for (;;) {
    if (current === dominator) return true;
    const next = dominators.immediate[current] ?? -1;
    if (next === -1 || next === current) return false;
    current = next;
  }
}

/** Whether `first` is executed before `second` on every path that reaches `second`. */
export function instructionDominates(cfg: Cfg, dominators: Dominators, first: ValueId, second: ValueId): boolean {
  const firstBlock = cfg.blockOf[first]!;
  const secondBlock = cfg.blockOf[second]!;
  if (firstBlock === -1 || secondBlock === -1) return false;
  if (firstBlock === secondBlock) return cfg.positionOf[first]! < cfg.positionOf[second]!;
  // Leaving a block through its handler may skip the instruction, so only a dominating block with a normal exit counts.
  if (cfg.exceptional[firstBlock]!.some((handler) => handler === secondBlock || dominates(dominators, handler, secondBlock))) return false;
  return dominates(dominators, firstBlock, secondBlock);
}

function intersect(immediate: Int32Array, rank: Int32Array, left: BlockId, right: BlockId): BlockId {
  let first = left;
  let second = right;
  while (first !== second) {
    while (rank[first]! > rank[second]!) first = immediate[first]!;
    while (rank[second]! > rank[first]!) second = immediate[second]!;
  }
  return first;
}
