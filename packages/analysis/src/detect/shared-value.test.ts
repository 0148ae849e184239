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

const loop = 'export function f(n: number) { let s = 0; ';

test.each([
  ['dead at the end of each round', `${loop}for (let i = 0; i < n; i += 1) { const a = new Uint8Array(99); a[0] = i; s += a[0]!; } return s; }`, ''],
  ['read in the next round', `${loop}let prev: Uint8Array | null = null; for (let i = 0; i < n; i += 1) { const a = new Uint8Array(99); a[0] = i; if (prev !== null) s += prev[0]! - a[0]!; prev = a; } return s; }`, 'ESC failed'],
  ['swapped with the best so far', `${loop}let best = new Uint8Array(1); for (let i = 0; i < n; i += 1) { let a = new Uint8Array(99); a[0] = i; if (a[0]! > best[0]!) [best, a] = [a, best]; s += best[0]!; } return s; }`, 'ESC failed'],
  ['read behind the loop only', `${loop}let last = new Uint8Array(1); for (let i = 0; i < n; i += 1) { last = new Uint8Array(99); last[0] = i; } return last[0]! + s; }`, ''],
  ['read in the next round through a view', `${loop}let prev: Uint8Array | null = null; for (let i = 0; i < n; i += 1) { const a = new Uint8Array(99); a[0] = i; if (prev !== null) s += prev[0]!; prev = a.subarray(1); } return s; }`, 'ESC failed'],
  ['read in the next round through a list', `${loop}let prev: Uint8Array[] = []; for (let i = 0; i < n; i += 1) { const a = new Uint8Array(99); a[0] = i; if (prev.length > 0) s += prev[0]![0]!; prev = [a]; } return s; }`, 'ESC failed'],
  ['read in the next round of an outer loop', `${loop}let prev: Uint8Array | null = null; for (let i = 0; i < n; i += 1) { for (let j = 0; j < n; j += 1) { const a = new Uint8Array(99); a[0] = i; s += a[0]!; prev = a; if (j > 3) break; } s += 1; for (let j = 0; j < n; j += 1) { if (prev !== null) s += prev[0]! * j; } } return s; }`, ''],
  ['kept over a round of an outer loop', `${loop}let prev: Uint8Array | null = null; for (let i = 0; i < n; i += 1) { const old: Uint8Array | null = prev; for (let j = 0; j < n; j += 1) { const a = new Uint8Array(99); a[0] = j; if (old !== null) s += old[0]!; prev = a; } s += 1; } return s; }`, 'ESC failed'],
  ['kept as the better one', `${loop}let best: Uint8Array | null = null; for (let i = 0; i < n; i += 1) { const a = new Uint8Array(99); a[0] = i; best = best !== null && best[0]! > a[0]! ? best : a; } return best![0]! + s; }`, 'ESC failed'],
  ['read in the next round when an error is caught', `${loop}let prev: Uint8Array | null = null; for (let i = 0; i < n; i += 1) { try { const a = new Uint8Array(99); prev = a; a[0] = i; } catch { s += prev![0]!; } } return s; }`, 'ESC failed'],
  ['read in the next round before the next is made', `${loop}let prev: Uint8Array | null = null; for (let i = 0; i < n; i += 1) { if (prev !== null) s += prev[0]!; const a = new Uint8Array(99); a[0] = i; prev = a; } return s; }`, ''],
])('a buffer of a round that is %s', (_name, source, expected) => {
  const answers = askAtCalls(crypto + source, 'new Uint8Array', (fn, call) => states(proveDiesInCall(fn, call.value)));
  expect(answers.at(-1)).toBe(expected);
});
