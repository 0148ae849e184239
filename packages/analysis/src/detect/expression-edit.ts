/**
 * Expressions that take the place of others, as text: whether a new expression parses alone where the old one stood, and whether an edit that keeps
 * only some operands loses nothing that runs or that somebody wrote down. What is put there, and whether it is the same value, is the rule's to show.
 */
import type { ValueId } from '../ir/instruction.js';
import type { CallSite, FunctionQuery } from './query.js';

/** Behind these a whole expression may begin, also one with operators, a parenthesis or a slash. */
const opensExpression = /(?:[([,=:?{;]|=>|(?<![\w$.])(?:return|throw))$/;
const closesExpression = /^[)\],;}]/;
const wordCharacter = /[\w$\u0080-\uFFFF]/;
/** Names, members, literals, calls, and makers with their arguments: what binds tighter than any operator. Brackets are empty here. */
const bindsTightly = /^(?:new\s+)?[\w$.#!?]*(?:(?:\.|\?\.)?[\w$#]+|\(\)|\[\]|!|\?\.)*$/;

/** The text as it has to be written in place of `[start, end)`; null when it would be read as something else there. */
export function fittingExpression(source: string, start: number, end: number, text: string): string | null {
  const before = source.slice(Math.max(0, start - 200), start).trimEnd();
  const behind = source.slice(end, end + 200);
  const isOpen = opensExpression.test(before);
  const isRegularExpression = /^\/(?![/*])/.test(text);
  const isWhole = isOpen && closesExpression.test(behind.trimStart());
  if (wordCharacter.test(behind.charAt(0)) && wordCharacter.test(text.at(-1) ?? '')) return null;
  if (isRegularExpression) return isOpen || /(?:&&|\|\||\?\?|!)$/.test(before) ? (wordCharacter.test(behind.charAt(0)) ? null : text) : null;
  if (isWhole || bindsTightly.test(withoutBrackets(text))) return text;
  // A parenthesis at the beginning of a line may call what stands on the line before.
  return isOpen && !/[{;]$/.test(before) ? `(${text})` : null;
}

/** Whether an edit that replaces `value` and writes only the texts of `kept`, in place of the calls `gone`, leaves out no effect and no comment. */
export function losesNothing(fn: FunctionQuery, value: ValueId, kept: readonly ValueId[], gone: readonly CallSite[]): boolean {
  const { spans } = fn.function;
  const spanOf = (one: ValueId): readonly [number, number] => [spans[2 * one] ?? -1, spans[2 * one + 1] ?? -1];
  const whole = spanOf(value);
  const keptSpans = kept.map(spanOf);
  const isWithin = ([start, end]: readonly [number, number], outer: readonly [number, number]): boolean => start >= outer[0] && end <= outer[1];
  if (whole[0] === -1 || keptSpans.some((one) => one[0] === -1)) return false;
  let rest = fn.text(value)!;
  for (const [start, end] of keptSpans) if (isWithin([start, end], whole)) rest = rest.slice(0, start - whole[0]) + ' '.repeat(end - start) + rest.slice(end - whole[0]);
  if (/\/[/*]/.test(rest)) return false;
  const isGone = new Set(gone.map((one) => one.value));
  return fn.instructions().every((instruction) => {
    const span = spanOf(instruction.id);
    if (span[0] === -1 || !isWithin(span, whole) || isGone.has(instruction.id) || keptSpans.some((one) => isWithin(span, one))) return true;
    switch (instruction.op) {
      case 'constant': case 'load': case 'global': case 'import': case 'array': case 'object': case 'declare': case 'unary': case 'require-object': return true;
      case 'store': return fn.function.variables[instruction.variable.slot]?.kind === 'synthetic';
      // The names of the calls that go, such as `crypto.createHash`.
      case 'get': return instruction.key.kind === 'name' && gone.some((one) => isPartOfCallee(fn, one.instruction.callee, instruction.id));
      default: return false;
    }
  });
}

function isPartOfCallee(fn: FunctionQuery, callee: ValueId, part: ValueId): boolean {
  for (let current = callee; ;) {
    if (current === part) return true;
    const instruction = fn.instruction(current);
    if (instruction?.op !== 'get') return false;
    current = instruction.object;
  }
}

/** The text with the insides of brackets and texts left out: `f(a + b)[c]` gives `f()[]`. */
function withoutBrackets(text: string): string {
  let current = text.replaceAll(/'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"/g, '_');
  for (;;) {
    const next = current.replaceAll(/\([^()[\]{}]+\)/g, '()').replaceAll(/\[[^()[\]{}]+\]/g, '[]').replaceAll(/\((?:[^()[\]{}]|\(\)|\[\])+\)/g, '()').replaceAll(/\[(?:[^()[\]{}]|\(\)|\[\])+\]/g, '[]').replaceAll(/\{(?:[^{}])*\}/g, '_');
    if (next === current) return current;
    current = next;
  }
}
