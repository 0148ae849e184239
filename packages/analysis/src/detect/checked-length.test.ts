/** A length that the function insists on counts as the length of the value, for costs, and for costs only. */
import { expect, test } from 'vitest';
import { printSize } from '../cost/size.js';
import { askAtCalls } from './ask.test-support.js';

function lengthsOfSlices(body: string): readonly string[] {
  return askAtCalls(`export async function f(bytes: Uint8Array, isLong: boolean, other: Uint8Array, use: (one: unknown) => void) { ${body} }`, 'Uint8Array.prototype.slice', (fn, call) => printSize(fn.costLengthOf(call.value)));
}

test.each([
  ['a mismatch was thrown before', `if (bytes.length !== 65) throw new Error(); return use(bytes.slice(0, bytes.length - 1));`, '64'],
  ['by byteLength', `if (bytes.byteLength !== 65) throw new Error(); return use(bytes.slice(1));`, '64'],
  ['loosely, with the constant first', `if (65 != bytes.length) throw new Error(); return use(bytes.slice(1));`, '64'],
  ['with a negation', `if (!(bytes.length === 65)) throw new Error(); return use(bytes.slice(1));`, '64'],
  ['with another condition', `if (isLong || bytes.length !== 65) throw new Error(); return use(bytes.slice(1));`, '64'],
  ['with a constant and a length in variables', `const expected = 65; const { length } = bytes; const n = bytes.length; if (n !== expected) throw new Error(); return use(bytes.slice(1));`, '64'],
  ['a mismatch returned before', `if (bytes.length !== 65) return null; return use(bytes.slice(1));`, '64'],
  ['inside the side that agrees', `if (bytes.length === 65) return use(bytes.slice(1)); return null;`, '64'],
  ['inside a case', `switch (bytes.length) { case 33: return use(bytes.slice(1)); default: return null; }`, '32'],
  ['in a handler, whose throw leaves the function', `try { await use(bytes); } catch { if (bytes.length !== 65) throw new Error(); return use(bytes.slice(1)); }`, '64'],
  ['in a variable of two values, unchanged since', `if (isLong) bytes = other; if (bytes.length !== 65) throw new Error(); return use(bytes.slice(1));`, '64'],
  ['the result is compared', `const part = bytes.slice(1); if (part.length !== 64) throw new Error(); return use(part);`, '64'],
  ['the result is compared where paths meet', `if (isLong) { bytes = bytes.slice(1); } if (bytes.length !== 64) throw new Error(); return use(bytes);`, '64'],
  ['the source is compared after', `const part = bytes.slice(1); if (bytes.length !== 65) throw new Error(); return use(part);`, '64'],
  ['each way compares the same', `const part = bytes.slice(1); if (isLong) { if (part.length !== 64) throw new Error(); use(other); } else if (part.length !== 64) throw new Error(); return use(part);`, '64'],
  ['in every round', `for (;;) { const part = bytes.slice(1); if (part.length !== 64) throw new Error(); use(part); }`, '64'],
])('known: %s', (_name, body, length) => {
  expect(lengthsOfSlices(body)).toEqual([length]);
});

test.each([
  ['an order', `if (bytes.length < 65) throw new Error(); return use(bytes.slice(1));`],
  ['other bytes', `if (other.length !== 65) throw new Error(); return use(bytes.slice(1));`],
  ['on one way only, before', `if (isLong) { if (bytes.length !== 65) throw new Error(); } return use(bytes.slice(1));`],
  ['on one way only, after', `const part = bytes.slice(1); if (isLong) { if (part.length !== 64) throw new Error(); } return use(part);`],
  ['the side that differs', `if (bytes.length === 65) return null; return use(bytes.slice(1));`],
  ['a comparison that only reports', `if (bytes.length !== 65) use('odd'); return use(bytes.slice(1));`],
  ['another value since', `if (bytes.length !== 65) throw new Error(); bytes = other; return use(bytes.slice(1));`],
  ['another value before the comparison', `use(bytes.slice(1)); bytes = other; if (bytes.length !== 65) throw new Error();`],
  ['a mismatch after it that returns', `const part = bytes.slice(1); if (part.length !== 64) return null; return use(part);`],
  ['a throw after it that the function catches', `try { const part = bytes.slice(1); if (part.length !== 64) throw new Error(); return use(part); } catch { return null; }`],
  ['two lengths', `const part = bytes.slice(1); if (isLong) { if (part.length !== 64) throw new Error(); } else if (part.length !== 32) throw new Error(); return use(part);`],
  ['only the last round', `let part = other; for (const one of [1, 2]) { part = bytes.slice(one, bytes.length - one); use(part); } if (part.length !== 64) throw new Error(); return part;`],
  ['a variable that another function writes', `const next = () => { bytes = other; }; if (bytes.length !== 65) throw new Error(); use(next); return use(bytes.slice(1));`],
])('unknown: %s', (_name, body) => {
  expect(lengthsOfSlices(body)).not.toContainEqual(expect.stringMatching(/^\d+$/));
  expect(lengthsOfSlices(body)).toHaveLength(1);
});

test('elements of several bytes', () => {
  const source = `export function f(list: Float64Array, use: (one: unknown) => void) { if (list.length !== 8) throw new Error(); return use(list.slice()); }`;
  expect(askAtCalls(source, 'Float64Array.prototype.slice', (fn, call) => printSize(fn.costLengthOf(call.operands.receiver!)))).toEqual(['64']);
});

test('text, whose length is that of the bytes it is made into', () => {
  const source = `export function f(text: string) { if (text.length !== 32) throw new Error(); return Buffer.from(text, 'latin1'); }`;
  expect(askAtCalls(source, 'Buffer.from', (fn, call) => printSize(fn.costLengthOf(call.value)))).toEqual(['32']);
});

test('a list has the length that it has now', () => {
  const source = `export function f(list: number[]) { if (list.length !== 32) throw new Error(); list.push(1); return Buffer.from(list); }`;
  expect(askAtCalls(source, 'Buffer.from', (fn, call) => printSize(fn.costLengthOf(call.value)))).not.toEqual(['32']);
});

test('no proof rests on it', () => {
  const source = `export function f(bytes: Uint8Array) { const part = bytes.slice(); if (part.length !== 64) throw new Error(); return part; }`;
  expect(askAtCalls(source, 'Uint8Array.prototype.slice', (fn, call) => printSize(fn.lengthOf(call.value)))).toEqual(['bytes.length']);
});
