/** Sums and places: what is told apart is in `copy-proof.test.ts`, by its use; here is what the parts say. */
import { describe, expect, test } from 'vitest';
import { analyzeText } from '../link/analyze-text.test-support.js';
import { spanOf, writtenSpans } from './byte-span.js';
import { addNumbers, constantNumber, isNeverNegative, linearNumberOf, subtractNumbers, type SymbolRead } from './linear-number.js';

/** The sum that `f` returns, with its symbols in order, each marked when it is no count. */
function sumOf(source: string): string | null {
  const flow = analyzeText(source).flow('f');
  const terminator = flow.function.blocks.map((block) => block.terminator).find((one) => one.op === 'return' && flow.cfg.instructions[one.value]?.op !== 'constant');
  const reads: SymbolRead[] = [];
  const sum = terminator?.op === 'return' ? linearNumberOf(flow, terminator.value, reads) : null;
  if (sum === null) return null;
  return `${sum.constant} ${[...sum.terms].map(([symbol, factor]) => `${factor}${reads.every((one) => one.symbol !== symbol || one.isCount) ? ' count' : ' number'}`).join(' ')}`.trim();
}

describe('sums', () => {
  test.each([
    ['export function f() { const a = 4; return a + 8; }', '12'],
    ['export function f(n: number) { const a = n + 4; return a - 1; }', '3 1 number'],
    ['export function f(n: number) { return n + 4 - n; }', '4'],
    ['export function f(b: Uint8Array) { return b.length + b.length; }', '0 1 count 1 count'],
    ['export function f(b: Buffer) { return b.readUInt16BE(0) + 2; }', '2 1 count'],
    ['export function f(b: Buffer) { return b.readInt16BE(0) + 2; }', null],
    ['export function f(x: number) { return (x >>> 0) + 1; }', '1 1 count'],
    ['export function f(m: number) { let i = 0; while (i < m) i += 1; return i; }', '0 1 count'],
    ['export function f(m: number) { let i = 0; while (i < m) i -= 1; return i; }', '0 1 number'],
    ['export function f(m: number) { return m + 0.5; }', null],
    ['export function f(m: number) { const g = () => { m = 3; }; g(); return m; }', null],
  ])('%s', (source, expected) => { expect(sumOf(source)).toBe(expected); });

  test('are never negative when nothing is taken away', () => {
    const n = { constant: 0, terms: new Map([['n', 1]]) };
    expect(isNeverNegative(n)).toBe(true);
    expect(isNeverNegative(subtractNumbers(constantNumber(9), n))).toBe(false);
    expect(isNeverNegative(subtractNumbers(addNumbers(n, constantNumber(4)), n))).toBe(true);
    expect(isNeverNegative(subtractNumbers(n, constantNumber(1)))).toBe(false);
  });
});

describe('what instructions write', () => {
  const written = (source: string): readonly string[] => {
    const flow = analyzeText(source).flow('f');
    return flow.cfg.order.flatMap((block) => flow.function.blocks[block]!.instructions).flatMap((instruction) => (flow.effects.of(instruction.id).effects.some((effect) => effect.kind === 'write') ? writtenSpans(flow, instruction)?.map((span) => `${span.start.constant} to ${span.end?.constant ?? 'the end'}`) ?? ['anywhere'] : []));
  };
  test.each([
    ['export function f(b: Buffer) { b[3] = 1; }', ['3 to 4']],
    ['export function f(b: Buffer) { b.writeDoubleBE(1, 3); }', ['3 to 11']],
    ['export function f(b: Buffer) { b.writeUInt16LE(1); }', ['0 to 2']],
    ['export function f(b: Buffer) { b.subarray(4, 9).fill(0, 1); }', ['5 to 9']],
    ['export function f(b: Buffer, c: Buffer) { c.copy(b, 3); }', ['3 to the end']],
    ['export function f(b: Buffer) { b.set(Buffer.alloc(4), 3); }', ['3 to 7']],
    ["export function f(b: Buffer) { b.fill('x', 'hex'); }", ['anywhere']],
    ['export function f(b: Uint16Array) { b[3] = 1; }', ['anywhere']],
    ['function zero(a: Uint8Array) { a.fill(0); } export function f(b: Buffer) { zero(b.subarray(4)); }', ['4 to the end']],
    ['function zero(a: Uint8Array) { new Uint8Array(a.buffer).fill(0); } export function f(b: Buffer) { zero(b.subarray(4)); }', ['anywhere']],
  ])('%s', (source, expected) => { expect(written(source)).toEqual(expected); });

  test('a view of a view adds up', () => {
    const flow = analyzeText('export function f(b: Uint8Array) { return b.subarray(4).subarray(2, 9); }').flow('f');
    const returned = flow.function.blocks.map((block) => block.terminator).find((one) => one.op === 'return')!;
    const span = spanOf(flow, returned.value);
    expect([span?.start.constant, span?.end?.constant, span?.isCounted]).toEqual([6, 13, true]);
  });
});
