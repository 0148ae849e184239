/** Sizes as polynomials over symbols: the arithmetic of symbolic cost. The type is `Size` of `ir/effects.ts`; all functions are pure. */
import type { Size } from '../ir/effects.js';

export const zeroSize: Size = { constant: 0, terms: {}, unknown: false };
export const unknownSize: Size = { constant: 0, terms: {}, unknown: true };

export function constantSize(bytes: number): Size {
  return { constant: bytes, terms: {}, unknown: false };
}

/** A single symbol, for example `plaintext.length`. */
export function symbolSize(symbol: string): Size {
  return { constant: 0, terms: { [symbol]: 1 }, unknown: false };
}

export function addSizes(...sizes: readonly Size[]): Size {
  const terms: Record<string, number> = {};
  let constant = 0;
  let unknown = false;
  for (const size of sizes) {
    constant += size.constant;
    unknown ||= size.unknown;
    for (const [symbol, factor] of Object.entries(size.terms)) terms[symbol] = (terms[symbol] ?? 0) + factor;
  }
  return { constant, terms: Object.fromEntries(Object.entries(terms).filter(([, factor]) => factor !== 0)), unknown };
}

export function scaleSize(size: Size, factor: number): Size {
  if (factor === 0) return zeroSize;
  return { constant: size.constant * factor, terms: Object.fromEntries(Object.entries(size.terms).map(([symbol, one]) => [symbol, one * factor])), unknown: size.unknown };
}

export function subtractSizes(left: Size, right: Size): Size {
  return addSizes(left, scaleSize(right, -1));
}

/** `part`, but never more than `whole`, of which it is a part: a size that is not exact is known to be at least its constant, and at least nothing. */
export function capSize(part: Size, whole: Size): Size {
  const exactWhole = exactBytes(whole);
  if (exactWhole !== null && part.constant >= exactWhole) return whole;
  const least = Math.max(0, whole.constant);
  if (part.constant <= least && Object.keys(part.terms).length === 0) return part;
  return { constant: Math.min(Math.max(0, part.constant), least), terms: {}, unknown: true };
}

/** The number of bytes when the size has no symbol and no unknown part; null otherwise. */
export function exactBytes(size: Size): number | null {
  return !size.unknown && Object.keys(size.terms).length === 0 ? size.constant : null;
}

/** Whether two sizes are equal whatever the symbols stand for. */
export function equalSizes(left: Size, right: Size): boolean {
  return !left.unknown && !right.unknown && exactBytes(subtractSizes(left, right)) === 0;
}

/** `3*plaintext.length + 412`, `at least 32`, `n`. */
export function printSize(size: Size): string {
  // What is taken away comes last, so that no size begins with a minus where it can be helped.
  const terms = Object.entries(size.terms).sort(([left, leftFactor], [right, rightFactor]) => Number(leftFactor < 0) - Number(rightFactor < 0) || (left < right ? -1 : 1));
  const parts = terms.map(([symbol, factor]) => (factor === 1 ? symbol : factor === -1 ? `-${symbol}` : `${factor}*${symbol}`));
  if (size.constant !== 0 || (parts.length === 0 && !size.unknown)) parts.push(String(size.constant));
  if (size.unknown && parts.length === 0) return 'unknown';
  return `${size.unknown ? 'at least ' : ''}${parts.join(' + ').replaceAll('+ -', '- ')}`;
}
