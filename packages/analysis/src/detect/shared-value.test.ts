/** Bytes that may be made once and shared, and work buffers that may be kept. */
import { expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';
import { proveDiesInCall, proveOnlyRead } from './shared-value.js';

const crypto = `import { createHash } from 'node:crypto';\n`;
const states = (list: readonly { readonly code: string; readonly state: string }[]): string => list.filter((one) => one.state !== 'proved').map((one) => `${one.code} ${one.state}`).join(', ');

test.each([
  ['read by a hash', `export function f() { const a = new Uint8Array([1]); return createHash('sha256').update(a).digest(); }`, ''],
  ['written', `export function f() { const a = new Uint8Array([1]); a[0] = 2; return a[0]; }`, 'RES failed'],
  ['written through a view', `export function f() { const a = new Uint8Array([1]); a.subarray(0)[0] = 2; return a[0]; }`, 'RES failed'],
  ['returned to anybody', `export function f() { return new Uint8Array([1]); }`, 'ESC failed'],
  ['returned to a reader', `function f() { return new Uint8Array([1]); } export function g() { return createHash('sha256').update(f()).digest(); }`, ''],
  ['returned to a writer', `function f() { return new Uint8Array([1]); } export function g() { f().fill(0); }`, 'RES failed'],
  ['kept by a field', `export class C { a = new Uint8Array(0); f() { this.a = new Uint8Array([1]); } }`, 'ESC failed'],
  ['given to unseen code', `export function f(g: (a: Uint8Array) => void) { g(new Uint8Array([1])); }`, 'ESC open'],
  ['captured', `export function f() { const a = new Uint8Array([1]); return () => a[0]; }`, 'ESC failed'],
])('bytes that are %s', (_name, source, expected) => {
  const answers = askAtCalls(crypto + source, 'new Uint8Array', (fn, call) => states(proveOnlyRead(fn, call.value)));
  expect(answers.at(-1)).toBe(expected);
});

test.each([
  ['written and hashed', `export function f(d: Uint8Array) { const a = new Uint8Array(99); a.set(d); return createHash('sha256').update(a).digest(); }`, ''],
  ['returned', `export function f() { return new Uint8Array(99); }`, 'ESC failed'],
  ['returned as a view', `export function f() { const a = new Uint8Array(99); return a.subarray(1); }`, 'ESC failed'],
  ['in use during an await', `export async function f(p: Promise<void>) { const a = new Uint8Array(99); await p; a[0] = 1; return a[0]; }`, 'SUSP failed'],
  ['dead before an await', `export async function f(p: Promise<void>) { const a = new Uint8Array(99); a[0] = 1; const n = a[0]; await p; return n; }`, ''],
  ['in use during a callback', `export function f(g: () => number) { const a = new Uint8Array(99); a[0] = g(); return a[0]; }`, 'RE open'],
  ['made by a generator', `export function* f() { const a = new Uint8Array(99); a[0] = 1; yield a[0]; }`, 'SUSP failed'],
])('a buffer that is %s', (_name, source, expected) => {
  const answers = askAtCalls(crypto + source, 'new Uint8Array', (fn, call) => states(proveDiesInCall(fn, call.value)));
  expect(answers.at(-1)).toBe(expected);
});
