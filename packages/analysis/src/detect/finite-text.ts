/** Texts and how they are formatted: the values that are joined into one, and texts that can only be one of a few: constants, what is formatted from them, and parameters whose callers are all in sight and pass such texts. */
import type { ValueId } from '../ir/instruction.js';
import { atEntry } from '../flow/reaching.js';
import { callersOf } from './callers.js';
import type { FunctionQuery } from './query.js';

/** More texts than this are not few. */
const maximumTexts = 16;
const maximumDepth = 10;

export interface FiniteTexts {
  /** Without repetitions, in order of appearance. */
  readonly texts: readonly string[];
  /** What must hold for these to be all, in words. */
  readonly assumed: readonly string[];
}

/** All texts that the value can be; null when others are possible or there are too many. */
export function finiteTextsOf(fn: FunctionQuery, value: ValueId): FiniteTexts | null {
  const assumed = new Set<string>();
  const texts = textsOf(fn, value, 0, assumed);
  return texts === null ? null : { texts, assumed: [...assumed] };
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

function textsOf(fn: FunctionQuery, value: ValueId, depth: number, assumed: Set<string>): readonly string[] | null {
  const constant = fn.constant(value);
  if (constant !== null) return constant.kind === 'string' || constant.kind === 'number' ? [String(constant.value)] : null;
  const instruction = fn.instruction(value);
  if (instruction === null || depth > maximumDepth) return null;
  switch (instruction.op) {
    case 'store': return textsOf(fn, instruction.value, depth + 1, assumed);
    case 'unary': return instruction.operator === 'to-string' ? textsOf(fn, instruction.operand, depth + 1, assumed) : null;
    case 'binary': return instruction.operator === '+' && isText(fn, value) ? joined([textsOf(fn, instruction.left, depth + 1, assumed), textsOf(fn, instruction.right, depth + 1, assumed)], ['', '', '']) : null;
    case 'template': return joined(instruction.values.map((one) => textsOf(fn, one, depth + 1, assumed)), instruction.texts);
    case 'load': {
      if (instruction.variable.function !== fn.function.id || fn.flow.context.variables.facts(instruction.variable).writers.size > 0) return null;
      const reaching = fn.flow.reaching.valuesOf(value);
      return reaching.includes(atEntry) ? null : union(reaching.map((one) => textsOf(fn, one, depth + 1, assumed)));
    }
    case 'parameter': {
      const callers = callersOf(fn);
      if (callers === null) return null;
      if (callers.assumed !== null) assumed.add(callers.assumed);
      return union(callers.calls.map((call) => {
        const argument = call.operands.uncertainFrom === null ? call.operands.arguments[instruction.index] : undefined;
        return argument === undefined ? null : textsOf(call.in, argument, depth + 1, assumed);
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
