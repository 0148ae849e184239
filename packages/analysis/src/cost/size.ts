/**
 * Sizes as polynomials over symbols: the arithmetic of symbolic cost. The type is `Size` of `ir/effects.ts`; all functions are pure.
 * A term is named by its symbols, joined by `*` in order: `n*parts.length`. Symbols are lengths and counts, so none is negative.
 */
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

/** `size` times `count`, either of which may have symbols. What is done an unknown number of times is done at least as often as the known part of the count says. */
export function multiplySizes(size: Size, count: Size): Size {
  const exact = exactBytes(count);
  if (exact !== null) return scaleSize(size, exact);
  const factors = Object.entries(count.terms);
  const parts = Object.entries(size.terms).flatMap(([term, factor]): readonly Size[] => [
    { constant: 0, terms: { [term]: factor * count.constant }, unknown: false },
    ...factors.map(([other, otherFactor]): Size => ({ constant: 0, terms: { [productOf(term, other)]: factor * otherFactor }, unknown: false })),
  ]);
  const ofConstant = scaleSize({ ...count, unknown: false }, size.constant);
  const unknown = (size.unknown && !isZero(count)) || (count.unknown && !isZero(size));
  return addSizes(ofConstant, ...parts, { ...zeroSize, unknown });
}

function productOf(left: string, right: string): string {
  return [...left.split('*'), ...right.split('*')].sort().join('*');
}

/** At least both, whatever the symbols stand for, and no more than needed for that term by term. */
export function maxSize(left: Size, right: Size): Size {
  if (isAtMost(left, right)) return right.unknown || !left.unknown ? right : { ...right, unknown: true };
  if (isAtMost(right, left)) return left.unknown || !right.unknown ? left : { ...left, unknown: true };
  const terms: Record<string, number> = {};
  for (const symbol of new Set([...Object.keys(left.terms), ...Object.keys(right.terms)])) terms[symbol] = Math.max(left.terms[symbol] ?? 0, right.terms[symbol] ?? 0);
  return { constant: Math.max(left.constant, right.constant), terms: Object.fromEntries(Object.entries(terms).filter(([, factor]) => factor !== 0)), unknown: left.unknown || right.unknown };
}

/** Whether the known part of `left` is no more than that of `right`, whatever the symbols stand for. */
export function isAtMost(left: Size, right: Size): boolean {
  const more = subtractSizes(right, left);
  return more.constant >= 0 && Object.values(more.terms).every((factor) => factor >= 0);
}

export function isZero(size: Size): boolean {
  return exactBytes(size) === 0;
}

/** The size with other sizes in place of its symbols; a symbol without one makes an unknown part. */
export function substituteSize(size: Size, valueOf: (symbol: string) => Size | null): Size {
  const parts = Object.entries(size.terms).map(([term, factor]): Size => {
    let product = constantSize(factor);
    for (const symbol of term.split('*')) {
      const value = valueOf(symbol);
      if (value === null) return unknownSize;
      product = multiplySizes(product, value);
    }
    return product;
  });
  return addSizes({ ...size, terms: {} }, ...parts);
}

/** `part`, but never more than `whole`, of which it is a part: where they cannot be compared, what both certainly have, and an unknown part. */
export function capSize(part: Size, whole: Size): Size {
  if (isAtMost(part, whole)) return part.unknown && !whole.unknown && isAtMost(whole, part) ? whole : part;
  const exactWhole = exactBytes(whole);
  if (exactWhole !== null && part.constant >= exactWhole) return whole;
  return { constant: Math.min(Math.max(0, part.constant), Math.max(0, whole.constant)), terms: {}, unknown: true };
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
