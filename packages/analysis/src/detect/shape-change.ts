/**
 * What a program does to an object besides writing its content: properties, prototype, whether it may be extended. Bytes that are made once keep such a change
 * for the next call, where fresh ones start without. That somebody asks for such properties is `own-properties.ts`.
 */
import type { ValueId } from '../ir/instruction.js';
import type { FunctionQuery } from './query.js';

const changers = /^(?:Object|Reflect)\.(?:assign|defineProperties|defineProperty|deleteProperty|freeze|preventExtensions|seal|set|setPrototypeOf)$/;
const mentioned = /^(?:assign|definePropert(?:y|ies)|deleteProperty|freeze|preventExtensions|seal|set|setPrototypeOf|__define[GS]etter__)$/;

/** Callees are followed this far; what is called deeper may do anything. */
const maximumDepth = 4;

export interface ShapeChange {
  /** Where, in the function that was asked about. */
  readonly at: ValueId;
  /** What it does, as the end of a sentence. */
  readonly what: string;
}

/** The first change of the shape of the object that the value is, here or in functions of the program that get it; null when there is none. Effects of calls out of sight are others' to ask. */
export function shapeChangeOf(fn: FunctionQuery, value: ValueId): ShapeChange | null {
  return changeOf(fn, value, 0);
}

function changeOf(fn: FunctionQuery, value: ValueId, depth: number): ShapeChange | null {
  for (const { instruction, operand } of fn.flow.track(value).uses) {
    const what = changeAt(fn, instruction, operand) ?? changeInCallees(fn, instruction, operand, depth);
    if (what !== null) return { at: instruction, what };
  }
  return null;
}

function changeAt(fn: FunctionQuery, instruction: ValueId, operand: ValueId): string | null {
  const use = fn.instruction(instruction);
  if (use?.op === 'set' || use?.op === 'delete' || use?.op === 'define') return use.object === operand ? 'a property of the bytes is changed' : null;
  if (use?.op === 'copy-properties') return use.object === operand ? 'properties of the bytes are changed' : null;
  const call = fn.calls().find((one) => one.value === instruction);
  if (call === undefined) return null;
  // What the model has no row for may do anything, and is not known to be harmless.
  const changer = call.candidates.find((one) => one.row !== null && changers.test(one.name));
  const isTarget = call.operands.arguments[0] === operand || call.operands.uncertainFrom !== null;
  return changer !== undefined && isTarget ? `${changer.name} changes the properties of the bytes, or whether there may be more` : null;
}

/** The functions that a call may run, where they take the value as a parameter or as `this`. */
function changeInCallees(fn: FunctionQuery, instruction: ValueId, operand: ValueId, depth: number): string | null {
  const call = fn.calls().find((one) => one.value === instruction);
  if (call === undefined) return null;
  const { receiver, arguments: given, uncertainFrom } = call.operands;
  for (const callee of fn.program.calleesOf(call)) {
    if (depth >= maximumDepth) return `${callee.function.name} may change a property of the bytes`;
    const taken = callee.instructions().filter((one) => {
      if (one.op === 'parameter') return given[one.index] === operand || (uncertainFrom !== null && one.index >= uncertainFrom);
      if (one.op === 'rest-parameter' || one.op === 'arguments') return given.includes(operand);
      return one.op === 'this' && receiver === operand;
    });
    for (const one of taken) {
      const change = one.op === 'rest-parameter' || one.op === 'arguments' ? mentionedChange(callee) : changeOf(callee, one.id, depth + 1)?.what ?? null;
      if (change !== null) return `${callee.function.name}: ${change}`;
    }
  }
  return null;
}

/** Elements of a list of arguments are not followed: any change in the function may be one of theirs. */
function mentionedChange(fn: FunctionQuery): string | null {
  const found = fn.instructions().some((one) => one.op === 'get' && one.key.kind === 'name' && mentioned.test(one.key.name));
  return found ? 'a property of the bytes may be changed' : null;
}
