/**
 * Loops of a control-flow graph: the strongly connected parts that more than one execution of an instruction can come from.
 * Strong components (rather than natural loops) also cover irreducible flow, so "in a loop" is never missed.
 */
import type { BlockId, ValueId } from '../ir/instruction.js';
import type { Cfg } from './cfg.js';

export interface Loop {
  /** The block through which the loop is entered first in order; where the loop's condition usually is. */
  readonly header: BlockId;
  readonly blocks: ReadonlySet<BlockId>;
  /** The loop around this one, or null. */
  readonly parent: Loop | null;
}

/** The innermost loop of each block, by block id; null outside loops. */
export type LoopNest = readonly (Loop | null)[];

export function findLoops(cfg: Cfg): LoopNest {
  const nest: (Loop | null)[] = new Array<Loop | null>(cfg.function.blocks.length).fill(null);
  collect(cfg, new Set(cfg.order), null, new Set(), nest);
  return nest;
}

/** The innermost loop around an instruction, or null. */
export function loopOf(cfg: Cfg, loops: LoopNest, value: ValueId): Loop | null {
  const block = cfg.blockOf[value]!;
  return block === -1 ? null : loops[block] ?? null;
}

function collect(cfg: Cfg, region: ReadonlySet<BlockId>, parent: Loop | null, removedHeaders: ReadonlySet<BlockId>, nest: (Loop | null)[]): void {
  for (const component of strongComponents(cfg, region, removedHeaders)) {
    const header = cfg.order.find((block) => component.has(block))!;
    const loop: Loop = { header, blocks: component, parent };
    for (const block of component) nest[block] = loop;
    // Cutting the edges into the header leaves only the inner cycles.
    collect(cfg, component, loop, new Set([header]), nest);
  }
}

/** Components with at least one cycle, of the graph restricted to `region` without edges into `removedHeaders` (Tarjan, iterative). */
function strongComponents(cfg: Cfg, region: ReadonlySet<BlockId>, removedHeaders: ReadonlySet<BlockId>): readonly Set<BlockId>[] {
  const components: Set<BlockId>[] = [];
  const index = new Map<BlockId, number>();
  const low = new Map<BlockId, number>();
  const onStack = new Set<BlockId>();
  const path: BlockId[] = [];
  const targetsOf = (block: BlockId): readonly BlockId[] =>
    [...cfg.successors[block]!, ...cfg.exceptional[block]!].filter((next) => region.has(next) && !removedHeaders.has(next));
  for (const root of region) {
    if (index.has(root)) continue;
    const work: { block: BlockId; targets: readonly BlockId[]; next: number }[] = [];
    const open = (block: BlockId): void => {
      index.set(block, index.size);
      low.set(block, index.get(block)!);
      onStack.add(block);
      path.push(block);
      work.push({ block, targets: targetsOf(block), next: 0 });
    };
    open(root);
    while (work.length > 0) {
      const top = work[work.length - 1]!;
      const target = top.targets[top.next];
      top.next += 1;
      if (target !== undefined) {
        if (!index.has(target)) open(target);
        else if (onStack.has(target)) low.set(top.block, Math.min(low.get(top.block)!, index.get(target)!));
        continue;
      }
      work.pop();
      const caller = work[work.length - 1];
      if (caller !== undefined) low.set(caller.block, Math.min(low.get(caller.block)!, low.get(top.block)!));
      if (low.get(top.block) !== index.get(top.block)) continue;
      const component = new Set<BlockId>();
      for (;;) {
        const member = path.pop()!;
        onStack.delete(member);
        component.add(member);
        if (member === top.block) break;
      }
      const isCycle = component.size > 1 || targetsOf(top.block).includes(top.block);
      if (isCycle) components.push(component);
    }
  }
  return components;
}
