/**
 * Whether an expression that is read at one place gives the same value when it is read at another: what an edit needs that moves the text of an operand
 * past other evaluations. Bytes behind the value are not meant; they are `same-value.ts`.
 */
import type { ValueId } from '../ir/instruction.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { FunctionQuery } from './query.js';
import { between, isComputed, setsFields } from './same-value.js';

const maximumDepth = 6;

/** Whether reading the expression of `value` at `at`, which may be before or behind it, certainly gives the same. */
export function readsSameAt(fn: FunctionQuery, value: ValueId, at: ValueId): boolean {
  const { flow } = fn;
  const range = fn.isBefore(value, at) ? between(flow, value, at) : fn.isBefore(at, value) ? between(flow, at, value) : null;
  return value === at || (range !== null && isSame(flow, value, range, 0));
}

function isSame(flow: FunctionFlow, value: ValueId, range: readonly ValueId[], depth: number): boolean {
  const instruction = flow.cfg.instructions[value];
  if (instruction === null || instruction === undefined || depth > maximumDepth) return false;
  switch (instruction.op) {
    case 'constant': case 'parameter': case 'this': return true;
    // The binding may be set by whoever exports it, or anybody.
    case 'import': case 'global': return range.every((id) => isQuiet(flow, id));
    case 'require-object': return isSame(flow, instruction.value, range, depth + 1);
    case 'binary': return isSame(flow, instruction.left, range, depth + 1) && isSame(flow, instruction.right, range, depth + 1);
    case 'load': {
      const { variable } = instruction;
      const isSet = range.some((id) => {
        const other = flow.cfg.instructions[id];
        return (other?.op === 'store' || other?.op === 'declare') && other.variable.function === variable.function && other.variable.slot === variable.slot;
      });
      if (isSet) return false;
      const isOwn = variable.function === flow.function.id && flow.context.variables.facts(variable).writers.size === 0;
      return isOwn || flow.context.variables.onlyValue(variable) !== null || range.every((id) => isQuiet(flow, id));
    }
    case 'get': {
      const { key } = instruction;
      if (isComputed(flow, instruction) || !isSame(flow, instruction.object, range, depth + 1)) return false;
      return range.every((id) => {
        const other = flow.cfg.instructions[id];
        if (other?.op === 'set' || other?.op === 'define') return other.key.kind !== 'computed' && JSON.stringify(other.key) !== JSON.stringify(key);
        return other?.op !== 'delete' && other?.op !== 'super-set' && !setsFields(flow, id) && flow.effects.of(id).runs === null;
      });
    }
    default: return false;
  }
}

/** Whether the instruction runs no code of the program, which could assign a variable out of sight. */
function isQuiet(flow: FunctionFlow, id: ValueId): boolean {
  const instruction = flow.cfg.instructions[id];
  if (instruction?.op === 'store-global' || flow.effects.of(id).runs !== null) return false;
  if (instruction?.op !== 'call' && instruction?.op !== 'new') return instruction?.op !== 'super-call' && instruction?.op !== 'class';
  const call = flow.values.calls.get(id);
  return call !== undefined && call.complete && call.candidates.every((one) => one.row !== null && one.row.calls === undefined);
}
