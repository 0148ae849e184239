/**
 * Values that stay the same in every round of a loop: what a rule asks before it advises to compute something once, before the loop.
 * Loops are `flow/loops.ts`; equality of two values in straight-line code is `same-value.ts`.
 */
import type { ValueId } from '../ir/instruction.js';
import { dominates } from '../flow/dominators.js';
import { mayShareBytes } from '../flow/escape.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { type Loop, loopOf } from '../flow/loops.js';
import { isForeign } from '../flow/object.js';
import { atEntry } from '../flow/reaching.js';
import { isComputed, setsFields } from './same-value.js';

export interface LoopInvariance {
  /** The instruction in the loop that writes the bytes, or may; null when none does. */
  readonly writer: ValueId | null;
  /** True when `writer` certainly writes or detaches these bytes. */
  readonly certain: boolean;
  /** A conversion, property read or iterator step in the loop that may run code which writes the bytes, should it be code of the program; null when there is none. */
  readonly conversion: ValueId | null;
}

const maximumDepth = 12;

/** Whether `value`, used at `at`, is the same thing in every round of the innermost loop around `at`; null outside loops and when it may differ. */
export function loopInvariance(flow: FunctionFlow, value: ValueId, at: ValueId): LoopInvariance | null {
  const loop = loopOf(flow.cfg, flow.loops(), at);
  if (loop === null || !isInvariant(flow, loop, value, 0)) return null;
  return writerIn(flow, loop, value);
}

/** Whether every round of the innermost loop around `at` that goes on to the next one executes it; true outside loops. */
export function isInEveryRound(flow: FunctionFlow, at: ValueId): boolean {
  const { cfg } = flow;
  const loop = loopOf(cfg, flow.loops(), at);
  if (loop === null) return true;
  const block = cfg.blockOf[at]!;
  // Where an error before it is handled in the loop, the round goes on without it.
  if (cfg.exceptional[block]!.some((handler) => loop.blocks.has(handler))) return false;
  const ends = [...cfg.predecessors[loop.header]!, ...cfg.exceptionalPredecessors[loop.header]!].filter((one) => loop.blocks.has(one));
  return ends.every((end) => dominates(flow.dominators(), block, end));
}

function isInvariant(flow: FunctionFlow, loop: Loop, value: ValueId, depth: number): boolean {
  const instruction = flow.cfg.instructions[value];
  if (instruction === null || instruction === undefined || depth > maximumDepth) return false;
  // A temporary that was computed before the loop does not change any more.
  if (!loop.blocks.has(flow.cfg.blockOf[value]!)) return true;
  switch (instruction.op) {
    case 'constant': case 'import': case 'global': case 'parameter': case 'this': return true;
    case 'store': case 'require-object': return isInvariant(flow, loop, instruction.value, depth + 1);
    case 'load': {
      if (instruction.variable.function !== flow.function.id) return flow.context.variables.onlyValue(instruction.variable) !== null;
      if (flow.context.variables.facts(instruction.variable).writers.size > 0) return false;
      const inside = flow.reaching.valuesOf(instruction.id).filter((one) => one !== atEntry && loop.blocks.has(flow.cfg.blockOf[one]!));
      const [only, ...more] = inside;
      if (only === undefined) return true;
      // One definition in the loop that nothing from before the loop competes with: `const key = this.key` in the body.
      return more.length === 0 && flow.reaching.valuesOf(instruction.id).length === 1 && isInvariant(flow, loop, only, depth + 1);
    }
    case 'get': {
      const { key } = instruction;
      if (isComputed(flow, instruction) || !isInvariant(flow, loop, instruction.object, depth + 1)) return false;
      return !instructionsOf(flow, loop).some((id) => {
        const other = flow.cfg.instructions[id];
        if (other?.op === 'super-set' || setsFields(flow, id)) return true;
        return (other?.op === 'set' || other?.op === 'delete' || other?.op === 'define') && (other.key.kind === 'computed' || JSON.stringify(other.key) === JSON.stringify(key));
      });
    }
    default: return false;
  }
}

function writerIn(flow: FunctionFlow, loop: Loop, value: ValueId): LoopInvariance {
  const objects = flow.values.of(value).filter((one) => flow.values.objects[one]!.source.kind !== 'method');
  const reachable = objects.some((one) => flow.escapes.leakOf(one) !== null || [one, ...flow.values.objects[one]!.stores].some((store) => isForeign(flow.values.objects[store]!)));
  let possible: ValueId | null = null;
  let conversion: ValueId | null = null;
  for (const id of instructionsOf(flow, loop)) {
    const { effects, runs } = flow.effects.of(id);
    for (const effect of effects) {
      if (effect.kind !== 'write' && effect.kind !== 'write-later' && effect.kind !== 'unknown' && effect.kind !== 'detach') continue;
      for (const target of effect.objects) {
        for (const one of objects) {
          const same = flow.values.objects[target]!.stores.some((store) => flow.values.objects[one]!.stores.includes(store));
          if (same && (effect.kind === 'write' || effect.kind === 'detach')) return { writer: id, certain: true, conversion: null };
          if (same || mayShareBytes(target, one, flow.values, flow.escapes)) possible ??= id;
        }
      }
    }
    if (runs === null || !reachable) continue;
    if (runs.kind === 'coercion') conversion ??= id;
    else possible ??= id;
  }
  return { writer: possible, certain: false, conversion };
}

function instructionsOf(flow: FunctionFlow, loop: Loop): readonly ValueId[] {
  return [...loop.blocks].flatMap((block) => flow.function.blocks[block]!.instructions.map((instruction) => instruction.id));
}
