/** Texts and how they are formatted: the values that are joined into one, and texts that can only be one of a few: constants, what is formatted from them, and parameters whose callers are all in sight and pass such texts. */
import type { Instruction, ValueId } from '../ir/instruction.js';
import { atEntry } from '../flow/reaching.js';
import { callersOf } from './callers.js';
import type { FunctionQuery } from './query.js';

/** More texts than this are not few. */
const maximumTexts = 16;
const maximumDepth = 10;

export interface FiniteTexts {
  /** Without repetitions, in order of appearance. */
  readonly texts: readonly string[];
  /** Whether any of them is made by a template or by joining, in sight; false where all are literals. */
  readonly isFormatted: boolean;
  /** What must hold for these to be all, in words. */
  readonly assumed: readonly string[];
}

/** All texts that the value can be; null when others are possible or there are too many. */
export function finiteTextsOf(fn: FunctionQuery, value: ValueId): FiniteTexts | null {
  const seen: Seen = { assumed: new Set(), formatted: new Set() };
  const texts = textsOf(fn, value, 0, seen);
  return texts === null ? null : { texts, isFormatted: seen.formatted.size > 0, assumed: [...seen.assumed] };
}

/** What the search passes on its way to the constants. */
interface Seen {
  readonly assumed: Set<string>;
  /** Templates and joins. */
  readonly formatted: Set<Instruction>;
}

/** Whether the value is formatted where it stands: a template with values, or texts joined with `+`. */
export function isFormattedText(fn: FunctionQuery, value: ValueId): boolean {
  const found = fn.instruction(value);
  if (found?.op === 'template') return found.values.length > 0;
  return found?.op === 'binary' && isText(fn, value) && textPartsOf(fn, value).some((part) => fn.constant(part) === null);
}

/** The values that are joined into a text; the value itself when it is not formatted where it stands. */
export function textPartsOf(fn: FunctionQuery, value: ValueId): readonly ValueId[] {
  const found = fn.instruction(value);
  if (found?.op === 'template') return found.values.flatMap((one) => textPartsOf(fn, one));
  if (found?.op === 'unary' && found.operator === 'to-string') return textPartsOf(fn, found.operand);
  return found?.op === 'binary' && found.operator === '+' ? [...textPartsOf(fn, found.left), ...textPartsOf(fn, found.right)] : [value];
}

function textsOf(fn: FunctionQuery, value: ValueId, depth: number, seen: Seen): readonly string[] | null {
  const constant = fn.constant(value);
  if (constant !== null) return constant.kind === 'string' || constant.kind === 'number' ? [String(constant.value)] : null;
  const instruction = fn.instruction(value);
  if (instruction === null || depth > maximumDepth) return null;
  switch (instruction.op) {
    case 'store': return textsOf(fn, instruction.value, depth + 1, seen);
    case 'unary': return instruction.operator === 'to-string' ? textsOf(fn, instruction.operand, depth + 1, seen) : null;
    case 'binary':
      seen.formatted.add(instruction);
      return instruction.operator === '+' && isText(fn, value) ? joined([textsOf(fn, instruction.left, depth + 1, seen), textsOf(fn, instruction.right, depth + 1, seen)], ['', '', '']) : null;
    case 'template':
      seen.formatted.add(instruction);
      return joined(instruction.values.map((one) => textsOf(fn, one, depth + 1, seen)), instruction.texts);
    case 'load': {
      if (instruction.variable.function !== fn.function.id || fn.flow.context.variables.facts(instruction.variable).writers.size > 0) return null;
      const reaching = fn.flow.reaching.valuesOf(value);
      return reaching.includes(atEntry) ? null : union(reaching.map((one) => textsOf(fn, one, depth + 1, seen)));
    }
    case 'parameter': {
      const callers = callersOf(fn);
      if (callers === null) return null;
      if (callers.assumed !== null) seen.assumed.add(callers.assumed);
      return union(callers.calls.map((call) => {
        const argument = call.operands.uncertainFrom === null ? call.operands.arguments[instruction.index] : undefined;
        return argument === undefined ? null : textsOf(call.in, argument, depth + 1, seen);
      }));
    }
    default: return null;
  }
}

/** Adding numbers joins nothing: one of the parts must be a text by itself. */
function isText(fn: FunctionQuery, value: ValueId): boolean {
  const instruction = fn.instruction(value);
  if (instruction?.op === 'binary' && instruction.operator === '+') return isText(fn, instruction.left) || isText(fn, instruction.right);
  return instruction?.op === 'template' || fn.constant(value)?.kind === 'string';
}

function union(parts: readonly (readonly string[] | null)[]): readonly string[] | null {
  const found = new Set<string>();
  for (const part of parts) {
    if (part === null) return null;
    for (const text of part) found.add(text);
  }
  return found.size === 0 || found.size > maximumTexts ? null : [...found];
}

/** Every combination of the parts between the fixed texts. */
function joined(parts: readonly (readonly string[] | null)[], texts: readonly string[]): readonly string[] | null {
  let found: readonly string[] = [texts[0] ?? ''];
  for (const [index, part] of parts.entries()) {
    if (part === null || found.length * part.length > maximumTexts) return null;
    found = found.flatMap((before) => part.map((text) => before + text + (texts[index + 1] ?? '')));
  }
  return [...new Set(found)];
}
