/**
 * What one instruction may allocate, for contracts: the figures of the cost model, and besides them what nobody knows, which a cost may leave out and a contract may not.
 * Following calls into functions of the program is `contract-check.ts`.
 */
import type { Size } from '../ir/effects.js';
import type { Instruction } from '../ir/instruction.js';
import { stringBytes } from '../cost/call-cost.js';
import type { AllocationCost } from '../cost/allocation.js';
import { addSizes, constantSize, unknownSize, zeroSize } from '../cost/size.js';
import type { FunctionQuery } from './query.js';

/** An amount, a doubt, or an assumption under which it is nothing. */
export type Charge =
  | { readonly kind: 'allocates'; readonly objects: number; readonly bytes: Size; /** `a closure`, `an array`. */ readonly what: string }
  /** `send is not known`. */
  | { readonly kind: 'unknown'; readonly what: string }
  | { readonly kind: 'assumed'; readonly what: string };

export function chargeOf(cost: AllocationCost, what: string): Charge {
  return { kind: 'allocates', objects: cost.objects, bytes: addSizes(cost.heapBytes, cost.externalBytes), what };
}

/** Heap bytes of small objects, COSTS A.1: `{a, b, c}` 48, `[x, y, z]` 72 in two objects, a closure with one captured variable 96 in two objects. */
const objectLiteral: AllocationCost = { objects: 1, heapBytes: constantSize(48), externalBytes: zeroSize };
const arrayLiteral: AllocationCost = { objects: 2, heapBytes: constantSize(72), externalBytes: zeroSize };
const closure: AllocationCost = { objects: 2, heapBytes: constantSize(96), externalBytes: zeroSize };
/** Header of a string that is glued from two, bytes (V8, no pointer compression). */
const gluedString: AllocationCost = { objects: 1, heapBytes: constantSize(32), externalBytes: zeroSize };
const promise: AllocationCost = { objects: 1, heapBytes: constantSize(48), externalBytes: zeroSize };

/** The charge of an instruction that is no call; null when it allocates nothing. */
export function ownCharge(fn: FunctionQuery, instruction: Instruction): Charge | null {
  switch (instruction.op) {
    case 'object': return chargeOf(objectLiteral, 'an object');
    case 'array': return instruction.elements.some((one) => one?.spread === true) ? { kind: 'allocates', objects: 2, bytes: unknownSize, what: 'an array' } : chargeOf(arrayLiteral, 'an array');
    case 'rest-parameter': return chargeOf(arrayLiteral, 'the array of a rest parameter');
    case 'arguments': return chargeOf(arrayLiteral, 'the arguments object');
    case 'closure': return chargeOf(closure, 'a closure');
    case 'copy-properties': return copiedProperties(instruction.object === null ? 1 : 0);
    case 'class': return { kind: 'allocates', objects: 2, bytes: unknownSize, what: 'a class' };
    case 'regexp': return { kind: 'allocates', objects: 1, bytes: unknownSize, what: 'a regular expression' };
    case 'template': return instruction.values.length === 0 ? null : { kind: 'allocates', objects: 1, bytes: stringBytes(fn.costLengths.lengthOf(instruction.id)), what: 'a string' };
    case 'binary': return instruction.operator === '+' ? chargeOfAddition(fn, instruction.left, instruction.right) : null;
    case 'iterator': case 'enumerate-keys': return chargeOfIteration(fn, instruction.op === 'iterator' ? instruction.iterable : null);
    case 'spread': return chargeOfIteration(fn, instruction.iterable);
    case 'generator-start': return { kind: 'allocates', objects: 1, bytes: unknownSize, what: 'a generator' };
    case 'yield': return chargeOf(objectLiteral, 'the result of a yield');
    case 'yield-star': return { kind: 'unknown', what: 'yield* runs another iterator' };
    case 'await': return { kind: 'unknown', what: 'what an await allocates is not modelled' };
    case 'dynamic-import': return { kind: 'unknown', what: 'import() loads code' };
    case 'super-call': return { kind: 'unknown', what: 'the constructor of the base class is not followed' };
    case 'opaque': return { kind: 'unknown', what: `${instruction.reason} is not understood` };
    default: return null;
  }
}

/** How many properties there are, nobody says. */
function copiedProperties(objects: number): Charge {
  return { kind: 'allocates', objects, bytes: unknownSize, what: objects === 0 ? 'room for the properties of another object' : 'the object of a rest pattern' };
}

/** The promise of an async function. */
export const asyncCharge: Charge = chargeOf(promise, 'the promise of an async function');

function chargeOfAddition(fn: FunctionQuery, left: number, right: number): Charge | null {
  const [first, second] = [fn.knowledge(left), fn.knowledge(right)];
  // What may be either is a sum of things without a type.
  if ([first, second].some((one) => one.primitives.includes('string') && !one.primitives.includes('number'))) return chargeOf(gluedString, 'a string');
  const isNumber = (one: typeof first): boolean => one.complete && one.classes.length === 0;
  // Lengths and indices are numbers without a declared type; texts that nobody declares are the exception.
  return isNumber(first) && isNumber(second) ? null : { kind: 'assumed', what: '+ adds numbers' };
}

const builtInIterables: ReadonlySet<string> = new Set(['Array', 'Map', 'Set']);

function chargeOfIteration(fn: FunctionQuery, iterable: number | null): Charge {
  if (iterable === null) return { kind: 'unknown', what: 'for-in lists the names of properties' };
  const { classes, complete, primitives } = fn.knowledge(iterable);
  const isBuiltIn = complete && classes.length > 0 && primitives.every((one) => one === 'absent')
    && classes.every((one) => builtInIterables.has(one.name) || fn.flow.context.catalog.class(one.name)?.kind === 'bytes');
  return isBuiltIn ? { kind: 'assumed', what: 'the compiler removes the iterator of a built-in list' } : { kind: 'unknown', what: 'the iterator is not known' };
}
