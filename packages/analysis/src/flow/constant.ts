/** Constant values: literals, and cells that only ever hold one. */
import type { Literal, ValueId } from '../ir/instruction.js';
import type { Cfg } from './cfg.js';
import type { FlowContext } from './context.js';
import { atEntry, type ReachingDefinitions } from './reaching.js';

/** Loads of loads are followed this far. */
const maximumDepth = 8;

/** The literal that a value always is; null when it is not known to be one. */
export function constantOf(value: ValueId, cfg: Cfg, reaching: ReachingDefinitions, context: FlowContext): Literal | null {
  return follow(value, 0);

  function follow(id: ValueId, depth: number): Literal | null {
    const instruction = cfg.instructions[id];
    if (instruction === null || instruction === undefined || depth > maximumDepth) return null;
    switch (instruction.op) {
      case 'constant': return instruction.value;
      case 'store': case 'require-object': return follow(instruction.value, depth + 1);
      case 'template': return instruction.values.length === 0 ? { kind: 'string', value: instruction.texts[0] ?? '' } : null;
      case 'unary': {
        if (instruction.operator !== '-') return null;
        const operand = follow(instruction.operand, depth + 1);
        return operand?.kind === 'number' ? { kind: 'number', value: -operand.value } : null;
      }
      case 'load': {
        if (instruction.variable.function !== cfg.function.id) {
          const only = context.variables.onlyValue(instruction.variable);
          if (only === null) return null;
          const stored = only.function.blocks.flatMap((block) => block.instructions).find((one) => one.id === only.value);
          return stored?.op === 'constant' ? stored.value : null;
        }
        if (context.variables.facts(instruction.variable).writers.size > 0) return null;
        const values = reaching.valuesOf(id);
        const only = values[0];
        return values.length !== 1 || only === undefined || only === atEntry ? null : follow(only, depth + 1);
      }
      default: return null;
    }
  }
}
