/**
 * Lengths that the function itself insists on: bytes or text whose length it compares with a constant, before or after, and a run that goes on has that length.
 * Behind the side of the comparison that agrees the length is certain. Where the comparison comes after the value was made, a run of another length ends in a throw,
 * and what such a run costs is of no interest.
 * Owns finding these comparisons and the paths to them; lengths that follow from how a value is made are `cost/length.ts`.
 */
import type { BlockId, Get, Instruction, ValueId, VariableRef } from '../ir/instruction.js';
import { dominates } from '../flow/dominators.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { atEntry } from '../flow/reaching.js';
import { between, isSameReference } from './same-value.js';

/** Answers for a value the number of its bytes, or UTF-16 units of text, that every run has which does not end in a throw because of it; null when the function does not insist on one. */
export type CheckedLength = (value: ValueId) => number | null;

/** One branch on `x.length === 64`. */
interface Check {
  readonly read: Get;
  readonly comparison: ValueId;
  readonly block: BlockId;
  /** Where it goes on with that length, and otherwise. */
  readonly agrees: BlockId;
  readonly differs: BlockId;
  readonly length: number;
}

const maximumHops = 8;

export function createCheckedLength(flow: FunctionFlow): CheckedLength {
  const { cfg } = flow;
  const known = new Map<ValueId, number | null>();
  let found: readonly Check[] | null = null;
  return (value) => {
    const checks = (found ??= collectChecks(flow));
    if (checks.length === 0 || (cfg.blockOf[value] ?? -1) === -1) return null;
    const before = known.get(value);
    if (before !== undefined) return before;
    const length = lengthBefore(flow, checks, value) ?? lengthAfter(flow, checks, value);
    known.set(value, length);
    return length;
  };
}

function collectChecks(flow: FunctionFlow): readonly Check[] {
  return flow.cfg.order.flatMap((block): readonly Check[] => {
    const { terminator } = flow.function.blocks[block]!;
    if (terminator.op !== 'branch' || terminator.test !== 'truthy' || terminator.then === terminator.else) return [];
    let condition = definitionOf(flow, terminator.value);
    let agreesWhenTrue = true;
    while (condition?.op === 'unary' && condition.operator === '!') {
      agreesWhenTrue = !agreesWhenTrue;
      condition = definitionOf(flow, condition.operand);
    }
    if (condition?.op !== 'binary') return [];
    if (condition.operator === '!==' || condition.operator === '!=') agreesWhenTrue = !agreesWhenTrue;
    else if (condition.operator !== '===' && condition.operator !== '==') return [];
    const { left, right } = condition;
    const read = lengthRead(flow, left) ?? lengthRead(flow, right);
    const constant = flow.constant(left) ?? flow.constant(right);
    if (read === null || constant?.kind !== 'number') return [];
    const unit = unitOf(flow, read);
    if (unit === null) return [];
    return [{
      read, comparison: condition.id, block, length: constant.value * unit,
      agrees: agreesWhenTrue ? terminator.then : terminator.else, differs: agreesWhenTrue ? terminator.else : terminator.then,
    }];
  });
}

function lengthRead(flow: FunctionFlow, value: ValueId): Get | null {
  const read = definitionOf(flow, value);
  return read?.op === 'get' && read.key.kind === 'name' && (read.key.name === 'length' || read.key.name === 'byteLength') ? read : null;
}

/** Bytes per unit of what is compared; null for what may be neither bytes nor text, as a list, whose length changes. */
function unitOf(flow: FunctionFlow, read: Get): number | null {
  const { classes, primitives } = flow.values.knowledge(read.object);
  const units = new Set<number>();
  if (primitives.includes('string')) units.add(1);
  for (const one of classes) {
    const model = flow.context.catalog.class(one.name);
    if (model?.kind !== 'bytes') return null;
    units.add(read.key.kind === 'name' && read.key.name === 'byteLength' ? 1 : (model.elementSize ?? 1));
  }
  const [unit, ...more] = units;
  return unit === undefined || more.length > 0 ? null : unit;
}

/** Every path to the value took the side of a comparison that agrees. */
function lengthBefore(flow: FunctionFlow, checks: readonly Check[], value: ValueId): number | null {
  const { cfg } = flow;
  const block = cfg.blockOf[value]!;
  for (const { read, agrees, length } of checks) {
    if (cfg.predecessors[agrees]!.length !== 1 || cfg.exceptionalPredecessors[agrees]!.length > 0 || !dominates(flow.dominators(), agrees, block)) continue;
    if (isSameReference(flow, read.object, value)) return length;
    const cell = cellOf(flow, value);
    const compared = cellOf(flow, read.object);
    if (cell !== null && compared !== null && isSameCell(cell, compared) && !between(flow, read.object, value).some((id) => changes(flow, id, cell))) return length;
  }
  return null;
}

/** Every path from the value that does not leave the function by a throw takes the side of a comparison that agrees. */
function lengthAfter(flow: FunctionFlow, checks: readonly Check[], value: ValueId): number | null {
  const { cfg } = flow;
  const block = cfg.blockOf[value]!;
  const start = { block, from: cfg.positionOf[value]! + 1 };
  const own = cellOf(flow, value);
  const holder = own === null ? storeOf(flow, value) : null;
  const cell = own ?? holder?.cell ?? null;
  const lengths = new Set<number>();
  const seen = new Set<BlockId>();
  const work = [holder === null ? start : { block, from: holder.from }];
  while (work.length > 0) {
    const here = work.pop()!;
    if (here.from === 0) {
      if (seen.has(here.block)) continue;
      seen.add(here.block);
    }
    const { instructions, terminator, handler } = flow.function.blocks[here.block]!;
    // The value is made again, and what became of the one before is not known to be compared; another value in its cell hides it.
    if (instructions.slice(here.from).some((one) => one.id === value || (cell !== null && changes(flow, one.id, cell)))) return null;
    if (terminator.op === 'return') return null;
    if (terminator.op === 'throw' && handler === null) continue;
    const check = checks.find((one) => one.block === here.block && isOfValue(one));
    if (check !== undefined) lengths.add(check.length);
    for (const next of [...cfg.successors[here.block]!, ...cfg.exceptional[here.block]!]) if (next !== check?.agrees) work.push({ block: next, from: 0 });
  }
  const [length, ...more] = lengths;
  return length === undefined || more.length > 0 ? null : length;

  function isOfValue({ read, comparison }: Check): boolean {
    if (isSameReference(flow, value, read.object)) return true;
    const compared = cellOf(flow, read.object);
    return cell !== null && compared !== null && isSameCell(cell, compared) && !between(flow, read.object, comparison).some((id) => changes(flow, id, cell));
  }
}

/** The variable that a value was just put in: `x = bytes.slice(1)`. */
function storeOf(flow: FunctionFlow, value: ValueId): { readonly cell: VariableRef; readonly from: number } | null {
  const { instructions } = flow.function.blocks[flow.cfg.blockOf[value]!]!;
  const from = instructions.findIndex((one, position) => position > flow.cfg.positionOf[value]! && one.op === 'store' && one.value === value && isOwnCell(flow, one.variable));
  const store = instructions[from];
  return store?.op === 'store' ? { cell: store.variable, from: from + 1 } : null;
}

/** The variable that a value is read from, unless other functions write it. */
function cellOf(flow: FunctionFlow, value: ValueId): VariableRef | null {
  const instruction = flow.cfg.instructions[value];
  return instruction?.op === 'load' && isOwnCell(flow, instruction.variable) ? instruction.variable : null;
}

function isOwnCell(flow: FunctionFlow, variable: VariableRef): boolean {
  return variable.function === flow.function.id && flow.context.variables.facts(variable).writers.size === 0;
}

function isSameCell(left: VariableRef, right: VariableRef): boolean {
  return left.function === right.function && left.slot === right.slot;
}

function changes(flow: FunctionFlow, id: ValueId, cell: VariableRef): boolean {
  const instruction = flow.cfg.instructions[id];
  return (instruction?.op === 'store' || instruction?.op === 'declare') && isSameCell(instruction.variable, cell);
}

/** What computes the value, through variables with one value. */
function definitionOf(flow: FunctionFlow, value: ValueId): Instruction | null {
  let current = value;
  for (let hop = 0; hop < maximumHops; hop += 1) {
    const instruction = flow.cfg.instructions[current];
    if (instruction?.op === 'store') { current = instruction.value; continue; }
    if (instruction?.op !== 'load' || !isOwnCell(flow, instruction.variable)) return instruction ?? null;
    const [only, ...more] = flow.reaching.valuesOf(current);
    if (only === undefined || more.length > 0 || only === atEntry) return instruction;
    current = only;
  }
  return null;
}
