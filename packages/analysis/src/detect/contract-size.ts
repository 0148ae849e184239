/**
 * Sizes of contracts: polynomials over parameters by position, so that they can be carried from a callee to its caller and compared with a bound.
 * The symbols of `cost/` are texts of the source; here `#0` is the first parameter, `#0.length` its length, and `#0.text` the UTF-8 length of a parameter that may be text.
 * What a text means that no parameter has for certain (it is assigned, another variable has its name) becomes an unknown part.
 */
import type { Size } from '../ir/effects.js';
import type { FunctionIr } from '../ir/function.js';
import type { CallOperands } from '../flow/call-effects.js';
import { addSizes, scaleSize, symbolSize, unknownSize } from '../cost/size.js';
import type { FunctionQuery } from './query.js';

/** Coefficient by coefficient the larger: at least as large as both, whatever the symbols stand for, which is never negative. */
export function largerOf(left: Size, right: Size): Size {
  const terms: Record<string, number> = { ...left.terms };
  for (const [symbol, factor] of Object.entries(right.terms)) terms[symbol] = Math.max(terms[symbol] ?? 0, factor);
  for (const symbol of Object.keys(left.terms)) if (!(symbol in right.terms)) terms[symbol] = Math.max(0, terms[symbol]!);
  return { constant: Math.max(left.constant, right.constant), terms, unknown: left.unknown || right.unknown };
}

/** From texts of the source of a function to its parameters by position. */
export function overParameters(size: Size, fn: FunctionQuery): Size {
  const parts = Object.entries(size.terms).map(([symbol, factor]) => scaleSize(parameterSymbol(symbol, fn) ?? unknownSize, factor));
  return addSizes({ constant: size.constant, terms: {}, unknown: size.unknown }, ...parts);
}

function parameterSymbol(symbol: string, fn: FunctionQuery): Size | null {
  if (symbol.startsWith('#')) return symbolSize(symbol);
  const match = /^([\w$]+)(\.(?:length|byteLength))?$/.exec(symbol);
  const index = match === null ? -1 : fn.function.parameters.indexOf(match[1]!);
  if (index === -1 || !isNeverAssigned(fn, match![1]!)) return null;
  if (match![2] === undefined) return symbolSize(`#${String(index)}`);
  return symbolSize(`#${String(index)}.${mayBeText(fn.function, index) ? 'text' : 'length'}`);
}

/** Whether the name means the argument wherever it stands in the function. */
function isNeverAssigned(fn: FunctionQuery, name: string): boolean {
  const slots = fn.function.variables.flatMap((variable, slot) => (variable.name === name ? [slot] : []));
  const [slot] = slots;
  return slot !== undefined && slots.length === 1 && fn.flow.context.variables.facts({ function: fn.function.id, slot }).stores.length === 1;
}

function mayBeText(fn: FunctionIr, index: number): boolean {
  const type = fn.parameterTypes[index] ?? null;
  return type === null || type.any || type.names.some((one) => one.from === 'primitive' && one.name === 'string');
}

/** From the parameters of a callee to texts of its caller, by the arguments of the call; null operands: what is passed is not in sight. */
export function atCall(size: Size, caller: FunctionQuery, operands: CallOperands | null): Size {
  const parts = Object.entries(size.terms).map(([symbol, factor]) => scaleSize(argumentSize(symbol, caller, operands), factor));
  return addSizes({ constant: size.constant, terms: {}, unknown: size.unknown }, ...parts);
}

function argumentSize(symbol: string, caller: FunctionQuery, operands: CallOperands | null): Size {
  const [, position, property] = /^#(\d+)(?:\.(\w+))?$/.exec(symbol) ?? [];
  const index = Number(position);
  if (operands === null || position === undefined || (operands.uncertainFrom !== null && operands.uncertainFrom <= index)) return unknownSize;
  const value = operands.arguments[index];
  if (value === undefined) return unknownSize;
  return property === undefined ? caller.costLengths.numberOf(value) : caller.costLengths.lengthOf(value);
}

/** A bound in the same symbols: `n + frame.length` with its parameters by position. */
export function boundOver(size: Size, parameters: readonly (string | null)[]): Size {
  const rename = (symbol: string): string => {
    const [name, property] = symbol.split('.');
    return `#${String(parameters.indexOf(name!))}${property === undefined ? '' : `.${property}`}`;
  };
  const terms = Object.entries(size.terms).map(([symbol, factor]): readonly [string, number] => [symbol.split('*').map(rename).sort().join('*'), factor]);
  return { constant: size.constant, terms: Object.fromEntries(terms), unknown: false };
}

/** For readers: parameters by their names again. */
export function withNames(size: Size, parameters: readonly (string | null)[]): Size {
  const rename = (symbol: string): string => symbol.replaceAll(/#(\d+)/g, (_whole, index: string) => parameters[Number(index)] ?? `parameter ${String(Number(index) + 1)}`).replaceAll('.text', '.length');
  return { ...size, terms: Object.fromEntries(Object.entries(size.terms).map(([symbol, factor]) => [rename(symbol), factor])) };
}

/** UTF-8 takes up to this many bytes for a UTF-16 unit. */
const bytesPerUnit = 3;

/** `within`: whatever the arguments are. `over`: for some arguments it is more. `unclear`: a part is not known. */
export function compareWithBound(size: Size, bound: Size): 'within' | 'over' | 'unclear' {
  const limit = (symbol: string): number => bound.terms[symbol] ?? 0;
  const terms = Object.entries(size.terms);
  const isOver = size.constant > bound.constant || terms.some(([symbol, factor]) => factor > limit(symbol.replace('.text', '.length')));
  if (isOver) return 'over';
  if (size.unknown) return 'unclear';
  return terms.every(([symbol, factor]) => (symbol.endsWith('.text') ? factor * bytesPerUnit <= limit(symbol.replace('.text', '.length')) : true)) ? 'within' : 'unclear';
}
