/**
 * Numbers as sums over what does not change: `offset + 4` is the symbol `offset` and 4, so that two places of one array can be compared although nobody knows
 * where they are. A symbol is what one instruction gave, or what a variable holds until it is stored again; who compares two sums asks `changers` whether
 * a symbol still means the same. Lengths for people to read are `cost/length.ts`.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { atEntry } from '../flow/reaching.js';

export interface LinearNumber {
  readonly constant: number;
  /** Factor by symbol; none is 0. */
  readonly terms: ReadonlyMap<string, number>;
}

/** A symbol, where it was read. */
export interface SymbolRead {
  readonly symbol: string;
  /** What led from the symbol to the sum: loads, additions. Each must have run since the symbol got its number. */
  readonly path: readonly ValueId[];
  /** Instructions behind which the symbol may mean another number. */
  readonly changers: readonly ValueId[];
  /** Certainly a whole number that is not negative: a length, an unsigned read, a counter. */
  readonly isCount: boolean;
}

const maximumDepth = 10;

/** The sum that the value is, with every symbol that was read on the way; null for what cannot be a number. */
export function linearNumberOf(flow: FunctionFlow, value: ValueId, reads: SymbolRead[]): LinearNumber | null {
  return numberOf(flow, value, reads, []);
}

export function constantNumber(constant: number): LinearNumber {
  return { constant, terms: new Map() };
}

export function addNumbers(left: LinearNumber, right: LinearNumber): LinearNumber {
  return combined(left, right, 1);
}

export function subtractNumbers(left: LinearNumber, right: LinearNumber): LinearNumber {
  return combined(left, right, -1);
}

/** Whether the number is 0 or more when no symbol is negative. */
export function isNeverNegative(number: LinearNumber): boolean {
  return number.constant >= 0 && [...number.terms.values()].every((factor) => factor > 0);
}

/** The instructions that give a variable of the function another content. */
export function storesTo(flow: FunctionFlow, slot: number): readonly ValueId[] {
  let bySlot = stores.get(flow);
  if (bySlot === undefined) {
    bySlot = new Map<number, ValueId[]>();
    for (const instruction of flow.cfg.instructions) {
      if ((instruction?.op !== 'store' && instruction?.op !== 'declare') || instruction.variable.function !== flow.function.id) continue;
      bySlot.set(instruction.variable.slot, [...(bySlot.get(instruction.variable.slot) ?? []), instruction.id]);
    }
    stores.set(flow, bySlot);
  }
  return bySlot.get(slot) ?? [];
}

const stores = new WeakMap<FunctionFlow, Map<number, ValueId[]>>();

/** The values that a variable of this function alone may hold at a load; null for what others write, or where nothing was stored yet. */
export function storedValuesAt(flow: FunctionFlow, load: ValueId): readonly ValueId[] | null {
  const instruction = flow.cfg.instructions[load];
  if (instruction?.op !== 'load' || instruction.variable.function !== flow.function.id || flow.context.variables.facts(instruction.variable).writers.size > 0) return null;
  const values = flow.reaching.valuesOf(load);
  return values.length === 0 || values.includes(atEntry) ? null : values;
}

function numberOf(flow: FunctionFlow, value: ValueId, reads: SymbolRead[], path: readonly ValueId[]): LinearNumber | null {
  const instruction = flow.cfg.instructions[value];
  if (instruction === null || instruction === undefined || path.length > maximumDepth) return null;
  const through = [...path, value];
  switch (instruction.op) {
    case 'constant': return instruction.value.kind === 'number' && Number.isSafeInteger(instruction.value.value) ? constantNumber(instruction.value.value) : null;
    case 'store': return numberOf(flow, instruction.value, reads, through);
    case 'load': {
      const constant = flow.constant(value);
      if (constant?.kind === 'number' && Number.isSafeInteger(constant.value)) return constantNumber(constant.value);
      const stored = storedValuesAt(flow, value);
      if (stored === null) return null;
      if (stored.length === 1) return numberOf(flow, stored[0]!, reads, through);
      return symbol(flow, { symbol: `v${instruction.variable.slot}:${stored.join()}`, path: through, changers: storesTo(flow, instruction.variable.slot), isCount: stored.every((one) => isCount(flow, one, new Set(), 0)) }, value, reads);
    }
    case 'binary': {
      if (instruction.operator !== '+' && instruction.operator !== '-') break;
      const left = numberOf(flow, instruction.left, reads, through);
      const right = numberOf(flow, instruction.right, reads, through);
      if (left === null || right === null) return null;
      return instruction.operator === '+' ? addNumbers(left, right) : subtractNumbers(left, right);
    }
    case 'unary': {
      if (instruction.operator !== 'to-numeric' && instruction.operator !== 'increment' && instruction.operator !== 'decrement') break;
      const operand = numberOf(flow, instruction.operand, reads, through);
      const step = instruction.operator === 'increment' ? 1 : instruction.operator === 'decrement' ? -1 : 0;
      return operand === null ? null : { ...operand, constant: operand.constant + step };
    }
    default: break;
  }
  return symbol(flow, { symbol: `i${value}`, path, changers: [value], isCount: isCount(flow, value, new Set(), 0) }, value, reads);
}

/** Null for texts and objects, which sums do not add up. */
function symbol(flow: FunctionFlow, read: SymbolRead, value: ValueId, reads: SymbolRead[]): LinearNumber | null {
  const known = flow.values.knowledge(value);
  if (!read.isCount && known.complete && (known.classes.length > 0 || known.primitives.some((one) => one !== 'number'))) return null;
  reads.push(read);
  return { constant: 0, terms: new Map([[read.symbol, 1]]) };
}

function isCount(flow: FunctionFlow, value: ValueId, seen: Set<ValueId>, depth: number): boolean {
  if (seen.has(value)) return true;
  const instruction = flow.cfg.instructions[value];
  if (instruction === null || instruction === undefined || depth > maximumDepth) return false;
  seen.add(value);
  const follow = (other: ValueId): boolean => isCount(flow, other, seen, depth + 1);
  switch (instruction.op) {
    case 'constant': return instruction.value.kind === 'number' && Number.isSafeInteger(instruction.value.value) && instruction.value.value >= 0;
    case 'store': return follow(instruction.value);
    case 'load': return storedValuesAt(flow, value)?.every((one) => follow(one)) ?? false;
    case 'get': return isLength(flow, instruction);
    case 'binary': return instruction.operator === '>>>' || (instruction.operator === '+' && follow(instruction.left) && follow(instruction.right));
    case 'unary': return (instruction.operator === 'increment' || instruction.operator === 'to-numeric') && follow(instruction.operand);
    case 'call': {
      const call = flow.values.calls.get(value);
      return call !== undefined && call.complete && call.candidates.length > 0 && call.candidates.every((one) => one.row !== null && /\.read(?:U[iI]nt)(?:8|16|32)?(?:BE|LE)?$/.test(one.name));
    }
    default: return false;
  }
}

function isLength(flow: FunctionFlow, read: Extract<Instruction, { op: 'get' }>): boolean {
  if (read.key.kind !== 'name' || (read.key.name !== 'length' && read.key.name !== 'byteLength')) return false;
  const known = flow.values.knowledge(read.object);
  return known.complete && known.classes.every((one) => one.name === 'Array' || flow.context.catalog.class(one.name)?.kind === 'bytes') && known.primitives.every((one) => one === 'string');
}

function combined(left: LinearNumber, right: LinearNumber, factor: number): LinearNumber {
  const terms = new Map(left.terms);
  for (const [name, count] of right.terms) {
    const sum = (terms.get(name) ?? 0) + factor * count;
    if (sum === 0) terms.delete(name);
    else terms.set(name, sum);
  }
  return { constant: left.constant + factor * right.constant, terms };
}
