/**
 * What the symbols of a callee's cost stand for at one of its calls: its parameters are the caller's arguments, `this` is the receiver,
 * and names of the module mean the same for both. Everything else has no name in the caller.
 */
import type { Size } from '../ir/effects.js';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { ValueId } from '../ir/instruction.js';
import type { CallOperands } from '../flow/call-effects.js';
import type { ProgramFunction } from '../link/program.js';
import { unknownMark } from './difference.js';
import type { Lengths } from './length.js';
import { symbolSize } from './size.js';
import { dividedBy } from './trip-count.js';

export interface CallPlace {
  readonly module: ModuleIr;
  readonly function: FunctionIr;
  readonly lengths: Lengths;
}

/** Null for a symbol that says nothing to the caller. `operands` is null when the callee gets what the caller does not see, as callbacks do. */
export function lengthsOfCallee(callee: ProgramFunction, operands: CallOperands | null, at: CallPlace): (symbol: string) => Size | null {
  const parameters = fixedParameters(callee.function);
  const own = new Set(callee.function.variables.map((one) => one.name));
  return valueOf;

  function valueOf(symbol: string): Size | null {
    // What has no name has none anywhere, and is told apart by the place where it is.
    if (symbol.startsWith(unknownMark)) return symbolSize(symbol);
    const quotient = /^ceil\((.+)\/(\d+)\)$/.exec(symbol);
    if (quotient !== null) {
      const size = valueOf(quotient[1]!);
      return size === null ? null : dividedBy(size, Number(quotient[2]));
    }
    const root = /^[\w$#]+/.exec(symbol)?.[0] ?? '';
    const rest = symbol.slice(root.length);
    if (root === 'this') return ofReceiver(rest);
    const index = parameters.get(root);
    if (index !== undefined) return ofArgument(index, rest);
    if (own.has(root) || callee.module !== at.module) return null;
    const isInner = callee.function.parent === at.function.id;
    return isInner || !at.function.variables.some((one) => one.name === root) ? symbolSize(symbol) : null;
  }

  function ofArgument(index: number, rest: string): Size | null {
    if (operands === null || index >= (operands.uncertainFrom ?? operands.arguments.length)) return null;
    const argument = operands.arguments[index]!;
    if (rest === '') return at.lengths.numberOf(argument);
    return rest === '.length' || rest === '.byteLength' ? at.lengths.lengthOf(argument) : ofPath(argument, rest);
  }

  function ofReceiver(rest: string): Size | null {
    if (callee.function.kind === 'arrow' && callee.function.parent === at.function.id) return symbolSize(`this${rest}`);
    const receiver = operands?.receiver ?? null;
    return receiver === null ? null : ofPath(receiver, rest);
  }

  function ofPath(value: ValueId, rest: string): Size | null {
    const path = at.lengths.pathOf(value);
    return path === null ? null : symbolSize(path + rest);
  }
}

const remembered = new WeakMap<FunctionIr, ReadonlyMap<string, number>>();

/** Parameters by name, without those that are stored to again or share their name with another variable. */
function fixedParameters(fn: FunctionIr): ReadonlyMap<string, number> {
  const known = remembered.get(fn);
  if (known !== undefined) return known;
  const stores = new Map<number, number>();
  for (const block of fn.blocks) for (const one of block.instructions) if (one.op === 'store' && one.variable.function === fn.id) stores.set(one.variable.slot, (stores.get(one.variable.slot) ?? 0) + 1);
  const found = new Map<string, number>();
  fn.parameters.forEach((name, index) => {
    const slots = fn.variables.flatMap((variable, slot) => (variable.name === name ? [slot] : []));
    if (name !== null && slots.length === 1 && stores.get(slots[0]!) === 1 && !(fn.hasRestParameter && index === fn.parameters.length - 1)) found.set(name, index);
  });
  remembered.set(fn, found);
  return found;
}
