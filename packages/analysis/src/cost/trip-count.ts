/**
 * How often the body of a loop runs at most, where a length or another amount bounds it: counting loops with a constant step, and iteration over bytes, texts and lists.
 * A loop that can be left earlier counts as one that is not. Everything else is unknown, and its cost a lower bound.
 */
import type { Size } from '../ir/effects.js';
import type { BlockId, Instruction, ValueId, VariableRef } from '../ir/instruction.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { Loop } from '../flow/loops.js';
import type { Lengths } from './length.js';
import { addSizes, constantSize, exactBytes, scaleSize, subtractSizes, symbolSize, unknownSize } from './size.js';

const mirrored: Readonly<Record<string, string>> = { '<': '>', '<=': '>=', '>': '<', '>=': '<=', '!==': '!==', '!=': '!==' };

/** Rounds of the loop per time that it is entered. */
export function tripCount(flow: FunctionFlow, loop: Loop, lengths: Lengths): Size {
  const { blocks } = flow.function;
  const counts: Size[] = [];
  for (const block of loop.blocks) {
    const { terminator } = blocks[block]!;
    if (terminator.op !== 'branch' || terminator.test !== 'truthy' || flow.loops()[block] !== loop || !isInEveryRound(flow, loop, block)) continue;
    const [stays, leaves] = [loop.blocks.has(terminator.then), !loop.blocks.has(terminator.then)];
    if (loop.blocks.has(terminator.else) === stays) continue;
    const test = flow.cfg.instructions[terminator.value];
    if (test?.op === 'iterator-done' && leaves) counts.push(itemsOf(flow, test.result, lengths));
    if (test?.op === 'binary' && stays) counts.push(countedRounds(flow, loop, test, lengths));
  }
  // Any of the bounds holds; the first that says something is as good as another.
  return counts.find((count) => !count.unknown) ?? unknownSize;
}

/** Every way back to the header leads through the block, so that it is left there when the bound is reached. */
function isInEveryRound(flow: FunctionFlow, loop: Loop, block: BlockId): boolean {
  if (block === loop.header) return true;
  const seen = new Set<BlockId>([loop.header]);
  const work = [loop.header];
  for (let one = work.pop(); one !== undefined; one = work.pop()) {
    for (const next of flow.cfg.successors[one]!) {
      if (!loop.blocks.has(next) || next === block) continue;
      if (next === loop.header) return false;
      if (seen.has(next)) continue;
      seen.add(next);
      work.push(next);
    }
  }
  return true;
}

/** `for (const x of items)`. */
function itemsOf(flow: FunctionFlow, result: ValueId, lengths: Lengths): Size {
  const next = flow.cfg.instructions[result];
  const iterator = next?.op === 'iterator-next' ? flow.cfg.instructions[next.iterator] : null;
  return iterator?.op !== 'iterator' || iterator.async ? unknownSize : lengths.itemsOf(iterator.iterable);
}

/** `for (let i = from; i < to; i += step)`, in any of its spellings. */
function countedRounds(flow: FunctionFlow, loop: Loop, test: Extract<Instruction, { op: 'binary' }>, lengths: Lengths): Size {
  const left = counterOf(flow, loop, test.left);
  const right = left === null ? counterOf(flow, loop, test.right) : null;
  const counter = left ?? right;
  const operator = left !== null ? test.operator : mirrored[test.operator];
  const limit = left !== null ? test.right : test.left;
  if (counter === null || operator === undefined || !isInvariant(flow, loop, limit)) return unknownSize;
  const [from, to] = [lengths.numberOf(counter.from), lengths.numberOf(limit)];
  const { step } = counter;
  const goesOn = step > 0 ? operator === '<' || operator === '<=' : operator === '>' || operator === '>=';
  // `i !== n` ends only when `i` meets `n`, which steps of one do.
  if (!goesOn && !(operator.startsWith('!') && Math.abs(step) === 1)) return unknownSize;
  const distance = step > 0 ? subtractSizes(to, from) : subtractSizes(from, to);
  const inclusive = operator === '<=' || operator === '>=' ? addSizes(distance, constantSize(1)) : distance;
  return dividedBy(inclusive, Math.abs(step));
}

/** A symbol for a rounded quotient: `ceil(n/16)`. */
export function dividedBy(size: Size, divisor: number): Size {
  if (size.unknown) return unknownSize;
  const exact = exactBytes(size);
  if (exact !== null) return constantSize(Math.max(0, Math.ceil(exact / divisor)));
  if (Object.values(size.terms).every((factor) => factor % divisor === 0)) return addSizes(scaleSize({ ...size, constant: 0 }, 1 / divisor), constantSize(Math.ceil(size.constant / divisor)));
  const [term, ...more] = Object.entries(size.terms);
  if (term === undefined || more.length > 0 || size.constant !== 0 || term[1] !== 1 || !Number.isInteger(divisor) || !isPlainSymbol(term[0])) return unknownSize;
  return symbolSize(`ceil(${term[0]}/${divisor})`);
}

/** No product and no quotient. */
function isPlainSymbol(symbol: string): boolean {
  return !/[*(]/.test(symbol);
}

interface Counter {
  /** The value that the cell has before the loop. */
  readonly from: ValueId;
  /** What a round adds, not zero. */
  readonly step: number;
}

/** The variable behind a value when each round adds the same to it, once, on every way. */
function counterOf(flow: FunctionFlow, loop: Loop, value: ValueId): Counter | null {
  const load = flow.cfg.instructions[value];
  if (load?.op !== 'load' || load.variable.function !== flow.function.id || flow.context.variables.facts(load.variable).writers.size > 0) return null;
  const stores = storesTo(flow, load.variable);
  const inside = stores.filter((one) => loop.blocks.has(flow.cfg.blockOf[one.id]!));
  const [only, ...more] = inside;
  if (only === undefined || more.length > 0 || !isInEveryRound(flow, loop, flow.cfg.blockOf[only.id]!) || flow.loops()[flow.cfg.blockOf[only.id]!] !== loop) return null;
  const step = stepOf(flow, load.variable, only.value);
  // Outside of the loop the test sees one store.
  const [before, ...others] = flow.reaching.valuesOf(value).filter((one) => one !== only.id && one !== only.value);
  const from = before === undefined || others.length > 0 ? null : before;
  return step === null || from === null || from < 0 ? null : { from, step };
}

function stepOf(flow: FunctionFlow, variable: VariableRef, value: ValueId): number | null {
  const made = flow.cfg.instructions[value];
  if (made?.op === 'unary' && (made.operator === 'increment' || made.operator === 'decrement')) return readsCell(flow, variable, made.operand) ? (made.operator === 'increment' ? 1 : -1) : null;
  if (made?.op !== 'binary' || (made.operator !== '+' && made.operator !== '-')) return null;
  const [own, other] = readsCell(flow, variable, made.left) ? [true, made.right] : made.operator === '+' && readsCell(flow, variable, made.right) ? [true, made.left] : [false, made.right];
  const constant = own ? flow.constant(other) : null;
  return constant?.kind === 'number' && Number.isFinite(constant.value) && constant.value !== 0 ? (made.operator === '+' ? constant.value : -constant.value) : null;
}

function readsCell(flow: FunctionFlow, variable: VariableRef, value: ValueId): boolean {
  let instruction = flow.cfg.instructions[value];
  while (instruction?.op === 'unary' && instruction.operator === 'to-numeric') instruction = flow.cfg.instructions[instruction.operand];
  return instruction?.op === 'load' && instruction.variable.function === variable.function && instruction.variable.slot === variable.slot;
}

function storesTo(flow: FunctionFlow, variable: VariableRef): readonly Extract<Instruction, { op: 'store' }>[] {
  return flow.cfg.instructions.filter((one): one is Extract<Instruction, { op: 'store' }> => one?.op === 'store' && one.variable.function === variable.function && one.variable.slot === variable.slot);
}

/** The limit is the same in every round: a constant, a parameter or variable that the loop does not store to, or a length of such bytes. */
function isInvariant(flow: FunctionFlow, loop: Loop, value: ValueId): boolean {
  const instruction = flow.cfg.instructions[value];
  switch (instruction?.op) {
    case 'constant': case 'import': return true;
    case 'load': return !storesTo(flow, instruction.variable).some((one) => loop.blocks.has(flow.cfg.blockOf[one.id]!));
    // What a list is set to in the loop, or how it grows there, is left out: a loop that goes on while its list grows is rare.
    case 'get': return instruction.key.kind !== 'computed' && (flow.cfg.instructions[instruction.object]?.op === 'this' || isInvariant(flow, loop, instruction.object));
    case 'binary': return isInvariant(flow, loop, instruction.left) && isInvariant(flow, loop, instruction.right);
    default: return !loop.blocks.has(flow.cfg.blockOf[value] ?? -1);
  }
}
