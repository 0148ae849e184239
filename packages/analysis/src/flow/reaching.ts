/**
 * Reaching definitions: which stored values a load may see. This gives locals the precision of SSA without rewriting the IR.
 * Cells that another function may store to are the business of the caller (`points-to.ts` adds the foreign value).
 */
import type { BlockId, Instruction, ValueId } from '../ir/instruction.js';
import type { Cfg } from './cfg.js';

/** Stands for the content of a cell that no store of this function set: undefined, dead, or the value at entry. */
export const atEntry = -1;

export interface ReachingDefinitions {
  /** Values (ids of what was stored, or `atEntry`) that the load may read. */
  valuesOf(load: ValueId): readonly ValueId[];
  /** Values that the cell of this function may hold just before the instruction. */
  valuesBefore(slot: number, instruction: ValueId): readonly ValueId[];
}

export function computeReaching(cfg: Cfg): ReachingDefinitions {
  const own = cfg.function.id;
  /** Per block and slot: stored values in order (atEntry for a declare). */
  const stores = cfg.function.blocks.map((block) => {
    const bySlot = new Map<number, { position: number; value: ValueId }[]>();
    block.instructions.forEach((instruction, position) => {
      const stored = storedValue(instruction, own);
      if (stored === null) return;
      const list = bySlot.get(stored.slot) ?? [];
      list.push({ position, value: stored.value });
      bySlot.set(stored.slot, list);
    });
    return bySlot;
  });
  const atBlockEntry = new Map<string, readonly ValueId[]>();

  function entryValues(block: BlockId, slot: number): readonly ValueId[] {
    const key = `${block}:${slot}`;
    const known = atBlockEntry.get(key);
    if (known !== undefined) return known;
    const found = new Set<ValueId>();
    const seen = new Set<BlockId>();
    const work: BlockId[] = [block];
    while (work.length > 0) {
      const current = work.pop()!;
      if (seen.has(current)) continue;
      seen.add(current);
      if (current === 0) found.add(atEntry);
      for (const predecessor of cfg.predecessors[current]!) {
        const last = stores[predecessor]!.get(slot)?.at(-1);
        if (last === undefined) work.push(predecessor);
        else found.add(last.value);
      }
      for (const predecessor of cfg.exceptionalPredecessors[current]!) {
        // An exception may come from any point: every store of the block, and what was there before.
        for (const stored of stores[predecessor]!.get(slot) ?? []) found.add(stored.value);
        work.push(predecessor);
      }
    }
    const values = [...found].sort((left, right) => left - right);
    atBlockEntry.set(key, values);
    return values;
  }

  function valuesBefore(slot: number, instruction: ValueId): readonly ValueId[] {
    const block = cfg.blockOf[instruction]!;
    if (block === -1) return [];
    const position = cfg.positionOf[instruction]!;
    const list = stores[block]!.get(slot) ?? [];
    for (let index = list.length - 1; index >= 0; index -= 1) {
      if (list[index]!.position < position) return [list[index]!.value];
    }
    return entryValues(block, slot);
  }

  return {
    valuesBefore,
    valuesOf(load) {
      const instruction = cfg.instructions[load];
      if (instruction?.op !== 'load' || instruction.variable.function !== own) return [];
      return valuesBefore(instruction.variable.slot, load);
    },
  };
}

function storedValue(instruction: Instruction, own: number): { slot: number; value: ValueId } | null {
  if (instruction.op === 'store' && instruction.variable.function === own) return { slot: instruction.variable.slot, value: instruction.value };
  if (instruction.op === 'declare' && instruction.variable.function === own) return { slot: instruction.variable.slot, value: atEntry };
  if (instruction.op === 'class' && instruction.binding !== null && instruction.binding.function === own) return { slot: instruction.binding.slot, value: instruction.id };
  return null;
}
