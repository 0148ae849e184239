/**
 * Contracts as authors write them: `@nonallocating`, and `@allocs <= 2, bytes <= 2 * frame.length + 64`.
 * Reads the text into bounds that are polynomials over the parameters, or says in one sentence what is wrong with it. Whether a contract holds is `contract-check.ts`.
 */
import type { Annotation, FunctionIr } from '../ir/function.js';
import type { Size } from '../ir/effects.js';
import { addSizes, constantSize, scaleSize, symbolSize, zeroSize } from '../cost/size.js';

export interface Bound {
  /** As written. */
  readonly text: string;
  /** Symbols are parameters (`n`) and their lengths (`frame.length`), and products of these in alphabetical order (`n*frame.length`). */
  readonly size: Size;
}

/** What one call may allocate at most; null where nothing is promised. */
export interface Contract {
  /** As written, with the tag. */
  readonly text: string;
  /** Objects on the heap. */
  readonly objects: Bound | null;
  /** Bytes on and off the heap, headers included. */
  readonly bytes: Bound | null;
  readonly annotation: Annotation;
}

export interface ContractReading {
  readonly contract: Contract | null;
  /** Lower case, no final period; null when all is well. */
  readonly problem: string | null;
}

const nothing: Bound = { text: '0', size: zeroSize };

/** Reads a `nonallocating` or `allocs` annotation. */
export function readContract(annotation: Annotation, fn: FunctionIr): ContractReading {
  if (annotation.tag === 'nonallocating') return { contract: { text: '@nonallocating', objects: nothing, bytes: nothing, annotation }, problem: null };
  return readBounds(annotation, fn.parameters);
}

/** The bounds of a waiver, which speaks of constants only: `allocs <= 1, bytes <= 64`. */
export function readConstantBounds(text: string): ContractReading {
  const match = /^allocs\b(.*)$/.exec(text);
  if (match === null) return wrong(`it assumes ${text === '' ? 'nothing' : text}`);
  return readBounds({ tag: 'allocs', text: match[1]!.trim(), parameter: null, span: { start: 0, end: 0 } }, []);
}

function readBounds(annotation: Annotation, parameters: readonly (string | null)[]): ContractReading {
  const text = annotation.text.split(/\s(?:--|—)\s/, 1)[0]!.trim();
  let objects: Bound | null = null;
  let bytes: Bound | null = null;
  for (const [index, clause] of text.split(',').entries()) {
    const match = /^\s*(allocs|objects|bytes)?\s*<=\s*(.+?)\s*$/.exec(clause);
    if (match === null) return wrong(`${clause.trim() === '' ? 'a bound is missing' : `${clause.trim()} is no bound`}; write @allocs <= 2, bytes <= n + 64`);
    // Only the first may go without a name, which the tag gives it.
    const quantity = match[1] ?? (index === 0 ? 'allocs' : null);
    if (quantity === null) return wrong(`${clause.trim()} does not say of what; write bytes ${clause.trim()}`);
    const read = readExpression(match[2]!, parameters);
    if (read.problem !== null) return wrong(read.problem);
    const bound = { text: match[2]!, size: read.size };
    const isGiven = quantity === 'bytes' ? bytes !== null : objects !== null;
    if (isGiven) return wrong(`${quantity === 'bytes' ? 'bytes' : 'allocs'} has two bounds; keep one`);
    if (quantity === 'bytes') bytes = bound;
    else objects = bound;
  }
  return { contract: { text: `@allocs ${text}`, objects, bytes, annotation }, problem: null };
}

function wrong(problem: string): ContractReading {
  return { contract: null, problem };
}

interface Expression {
  readonly size: Size;
  readonly problem: string | null;
}

/** Sums of products of non-negative whole numbers, parameters and their lengths; parentheses. */
function readExpression(text: string, parameters: readonly (string | null)[]): Expression {
  const tokens = text.match(/\d[\d_]*|[A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*|\S/g) ?? [];
  let at = 0;
  let problem: string | null = null;
  const size = sum();
  if (!hasFailed() && at < tokens.length) problem = `${tokens[at]!} is not understood in ${text}; a bound is made of numbers, parameters and their lengths with + and *`;
  return { size, problem };

  function sum(): Size {
    let total = product();
    while (!hasFailed() && tokens[at] === '+') {
      at += 1;
      total = addSizes(total, product());
    }
    return total;
  }

  function product(): Size {
    let total = factor();
    while (!hasFailed() && tokens[at] === '*') {
      at += 1;
      total = multiply(total, factor());
    }
    return total;
  }

  function factor(): Size {
    const token = tokens[at];
    at += 1;
    if (token === undefined) return fail(`${text} ends too early`);
    if (token === '(') {
      const inner = sum();
      if (!hasFailed() && tokens[at] !== ')') return fail(`${text} has no closing parenthesis`);
      at += 1;
      return inner;
    }
    if (/^\d/.test(token)) return constantSize(Number(token.replaceAll('_', '')));
    if (!/^[A-Za-z_$]/.test(token)) return fail(`${token} is not understood in ${text}; a bound is made of numbers, parameters and their lengths with + and *`);
    const [name, property, ...more] = token.split('.');
    if (!parameters.includes(name!)) return fail(`no parameter is called ${name!}`);
    if (more.length > 0 || (property !== undefined && property !== 'length' && property !== 'byteLength')) return fail(`${token} is neither a parameter nor the length of one`);
    return symbolSize(property === undefined ? name! : `${name!}.length`);
  }

  function hasFailed(): boolean {
    return problem !== null;
  }

  function fail(what: string): Size {
    problem ??= what;
    return zeroSize;
  }
}

function multiply(left: Size, right: Size): Size {
  const products = Object.entries(left.terms).map(([symbol, factor]) => scaleSize(multiplySymbol(right, symbol), factor));
  return addSizes(scaleSize(right, left.constant), ...products);
}

function multiplySymbol(size: Size, symbol: string): Size {
  const terms = Object.entries(size.terms).map(([other, factor]): readonly [string, number] => [[...other.split('*'), ...symbol.split('*')].sort().join('*'), factor]);
  return addSizes({ constant: 0, terms: Object.fromEntries(terms), unknown: false }, scaleSize(symbolSize(symbol), size.constant));
}
