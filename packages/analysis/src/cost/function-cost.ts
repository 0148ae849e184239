/**
 * What one call of a function costs: library calls, literals, closures, and what `costOfCall` says of the program functions that it runs.
 * The path is the most expensive one that does not end in a throw (`worst-path.ts`). What is repeated an unknown number of times, and calls of which nothing is known,
 * leave an unknown part: the total is then a lower bound, and prints as such.
 */
import type { FunctionFlow } from '../flow/function-flow.js';
import type { Loop } from '../flow/loops.js';
import type { BlockId, Instruction, ValueId } from '../ir/instruction.js';
import type { Size } from '../ir/effects.js';
import { capCostAt, type Cost, costOfAllocation, maxCost, noCost, repeatCost, sumCosts, unknownCost } from './cost.js';
import { callCost, stringBytes } from './call-cost.js';
import { untimedMark } from './difference.js';
import type { Lengths } from './length.js';
import type { ObjectPrice } from './price-list.js';
import type { RuntimeProfile } from './profile.js';
import { addSizes, constantSize, exactBytes, isZero, maxSize, multiplySizes, scaleSize, symbolSize, unknownSize, zeroSize } from './size.js';
import { tripCount } from './trip-count.js';
import { type Additive, allPaths, worstPath } from './worst-path.js';

/** What a piece of a function adds up to. */
export interface Tally {
  readonly cost: Cost;
  /** The part that findings could remove: never more than the cost. */
  readonly avoidable: Cost;
  /** How often the function calls each of its parameters, by index, which its callers know. */
  readonly callbacks: ReadonlyMap<number, Size>;
}

const noCallbacks: ReadonlyMap<number, Size> = new Map();
export const noTally: Tally = { cost: noCost, avoidable: noCost, callbacks: noCallbacks };

export const tallies: Additive<Tally> = {
  none: noTally,
  add: (left, right) => ({ cost: sumCosts(left.cost, right.cost), avoidable: sumCosts(left.avoidable, right.avoidable), callbacks: merge(left.callbacks, right.callbacks, addSizes) }),
  max: (left, right) => (left === noTally || left === right ? right : right === noTally ? left : { cost: maxCost(left.cost, right.cost), avoidable: maxCost(left.avoidable, right.avoidable), callbacks: merge(left.callbacks, right.callbacks, maxSize) }),
  repeat: (tally, count) => ({ cost: repeatCost(tally.cost, count), avoidable: repeatCost(tally.avoidable, count), callbacks: new Map([...tally.callbacks].map(([index, times]) => [index, multiplySizes(times, count)])) }),
};

export interface FunctionCostInput {
  readonly flow: FunctionFlow;
  readonly lengths: Lengths;
  readonly profile: RuntimeProfile;
  /** What a call or construction runs of the program and of the caller's functions, besides the library calls that `callCost` knows. */
  readonly costOfCall: (call: Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>) => Tally;
  /** What findings at this instruction could save; null where there are none. */
  readonly savingAt: (value: ValueId) => Cost | null;
  /** Which paths are added up. */
  readonly paths: 'worst' | 'all';
  /** Rounds of a loop that nothing bounds, by its header block. Default: at least one. */
  readonly roundsOf?: (header: BlockId) => Size;
}

export function functionCost(input: FunctionCostInput): Tally {
  const addUp = input.paths === 'worst' ? worstPath : allPaths;
  const total = addUp(input.flow, (loop) => roundsOf(input, loop), tallies, (instruction) => {
    const made = instructionCost(instruction, input);
    const saving = input.savingAt(instruction.id);
    return saving === null ? made : tallies.add(made, { ...noTally, avoidable: saving });
  });
  // Several findings may speak of one allocation from different places, so what they save together is at most what is there.
  return { ...total, avoidable: capCostAt(total.avoidable, total.cost) };
}

function roundsOf({ flow, lengths, roundsOf: otherwise }: FunctionCostInput, loop: Loop): Size {
  const count = tripCount(flow, loop, lengths);
  // Once at least, and how often besides nobody knows.
  return count.unknown ? otherwise?.(loop.header) ?? addSizes(constantSize(1), unknownSize) : count;
}

/** What one execution of the instruction adds. */
export function instructionCost(instruction: Instruction, input: FunctionCostInput): Tally {
  const { flow, lengths, profile } = input;
  switch (instruction.op) {
    case 'call': case 'new': case 'super-call': {
      const program = input.costOfCall(instruction);
      const call = instruction.op === 'super-call' ? undefined : flow.values.calls.get(instruction.id);
      if (call === undefined) return program;
      const own = kept(costOfAllocation(callCost(call, lengths, profile)), instruction.id, input);
      const leaving = costOfLeavingHeap(call.candidates.some((one) => one.result.kind === 'view') ? call.operands.receiver ?? call.operands.arguments[0] ?? null : null, input);
      return tallies.add(program, { ...noTally, cost: sumCosts(own, leaving) });
    }
    default: {
      const cost = ownCost(instruction, input);
      return cost === noCost ? noTally : { ...noTally, cost: kept(cost, instruction.id, input) };
    }
  }
}

/** What the language itself makes, COSTS A.1. */
function ownCost(instruction: Instruction, input: FunctionCostInput): Cost {
  const { flow, lengths, profile: { layout, time } } = input;
  const small = ({ objects, heapBytes }: ObjectPrice): Cost => costOfAllocation({ objects, heapBytes: constantSize(heapBytes), externalBytes: zeroSize, nanoseconds: constantSize(objects * time.object) });
  switch (instruction.op) {
    case 'object': {
      // The literal has room for just the properties that it names.
      const properties = flow.cfg.instructions.filter((one) => one?.op === 'define' && one.object === instruction.id).length;
      return small(properties === 0 ? layout.emptyObject : { objects: 1, heapBytes: objectHeader + slot * properties });
    }
    case 'array': {
      const isGrown = instruction.elements.some((element) => element?.spread === true);
      const list = listCost(isGrown ? lengths.itemsOf(instruction.id) : constantSize(instruction.elements.length), isGrown ? grownSlot : slot, input);
      return isGrown ? { ...list, nanoseconds: symbolSize(`${untimedMark}spread`) } : list;
    }
    case 'rest-parameter': return listCost(unknownSize, slot, input);
    case 'closure': return small(capturesOwnCells(flow, instruction.function) ? layout.closure : layout.plainClosure);
    case 'regexp': return small(layout.regexp);
    case 'copy-properties': return { ...noCost, objects: instruction.object === null ? constantSize(1) : zeroSize, heapBytes: { ...zeroSize, unknown: true } };
    case 'template': return instruction.values.length === 0 ? noCost : costOfAllocation({ objects: 1, heapBytes: stringBytes(lengths.lengthOf(instruction.id)), externalBytes: zeroSize, nanoseconds: constantSize(time.object) });
    case 'get': return instruction.key.kind === 'name' && instruction.key.name === 'buffer' ? costOfLeavingHeap(instruction.object, input) : noCost;
    case 'opaque': case 'dynamic-import': case 'yield-star': return unknownCost;
    default: return noCost;
  }
}

const objectHeader = 24;
const slot = 8;
const [arrayHeader, elementsHeader] = [32, 16];

/** What an item adds to a list that grows with it, with the lists that it outgrew: the least that the bench of no-byte-spread measured. */
const grownSlot = 40;

/** A list and its elements. */
function listCost(length: Size, perItem: number, { profile: { time } }: FunctionCostInput): Cost {
  const isEmpty = isZero(length);
  const objects = isEmpty ? 1 : 2;
  const heapBytes = isEmpty ? constantSize(arrayHeader) : addSizes(constantSize(arrayHeader + elementsHeader), scaleSize(length, perItem));
  return costOfAllocation({ objects, heapBytes, externalBytes: zeroSize, nanoseconds: constantSize(objects * time.object) });
}

/** Closures share the object that holds the cells of their scope; each is counted with one, which is right for the first. */
function capturesOwnCells(flow: FunctionFlow, closure: number): boolean {
  return flow.context.module.functions[closure]?.captures.some((cell) => cell.function === flow.function.id) === true;
}

/** Short bytes that were made here on the V8 heap leave it when something asks for their buffer, as every view does. */
function costOfLeavingHeap(parent: ValueId | null, { flow, lengths, profile }: FunctionCostInput): Cost {
  if (parent === null) return noCost;
  const [only, ...more] = flow.values.of(parent);
  const source = only === undefined || more.length > 0 ? null : flow.values.objects[only]!.source;
  const made = source?.kind === 'allocation' ? flow.values.calls.get(source.site) : undefined;
  const [row, ...others] = made?.candidates.map((one) => one.row) ?? [];
  if (row === null || row === undefined || others.length > 0 || row.result.kind !== 'bytes' || row.result.origin !== 'fresh' || row.cost !== undefined) return noCost;
  if (profile.library[row.api] !== undefined && !profile.library[row.api]!.isResultOnHeap) return noCost;
  const exact = exactBytes(lengths.evaluate(row.result.length, made!.operands));
  return exact === null || exact > profile.onHeapLimit ? noCost : { ...noCost, externalBytes: constantSize(exact), nanoseconds: constantSize(profile.time.leavingHeap) };
}

/** The cost with what of it outlives the call, when somebody besides the result gets hold of what the instruction makes. */
function kept(cost: Cost, value: ValueId, { flow, profile }: FunctionCostInput): Cost {
  if (cost === noCost) return cost;
  for (const one of flow.values.of(value)) {
    const object = flow.values.objects[one]!;
    if ((object.source.kind !== 'allocation' && object.source.kind !== 'closure') || object.source.site !== value) continue;
    const leak = flow.escapes.leakOf(one);
    if (leak === null || (leak.how !== 'retained' && leak.how !== 'captured')) continue;
    // A view of the slab keeps all of it.
    const held = object.origin === 'pooled' ? constantSize(profile.poolSize) : cost.externalBytes;
    return { ...cost, retainedBytes: addSizes(cost.heapBytes, held) };
  }
  return cost;
}

function merge(left: ReadonlyMap<number, Size>, right: ReadonlyMap<number, Size>, join: (left: Size, right: Size) => Size): ReadonlyMap<number, Size> {
  if (left.size === 0) return right;
  if (right.size === 0) return left;
  return new Map([...new Set([...left.keys(), ...right.keys()])].map((index) => [index, join(left.get(index) ?? zeroSize, right.get(index) ?? zeroSize)]));
}
