/** Which tests decide whether a place runs, and which places only lead to exceptions. */
import { expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';
import { guardOf, isErrorPath } from './guard.js';

const at = 'Uint8Array.prototype.fill';
const guarded = (body: string): boolean => askAtCalls(`export function f(a: Uint8Array, isEnabled: boolean) { ${body} }`, at, (fn, call) => guardOf(fn, call.value, /enabled/i) !== null)[0]!;
const onErrorPath = (body: string): boolean => askAtCalls(`export function f(a: Uint8Array, b: boolean) { ${body} }`, at, (fn, call) => isErrorPath(fn, call.value))[0]!;

test.each([
  ['if (isEnabled) a.fill(0);', true],
  ['if (isEnabled) { a[0] = 1; } a.fill(0);', false],
  ['if (!isEnabled) return; a.fill(0);', true],
  ['isEnabled && a.fill(0);', true],
  ['if (a.length > 3) a.fill(0);', false],
])('%s is guarded: %s', (body, expected) => {
  expect(guarded(body)).toBe(expected);
});

test.each([
  [`if (b) { a.fill(0); throw new Error('x'); }`, true],
  [`try { a[0] = 1; } catch { a.fill(0); }`, true],
  [`a.fill(0); if (b) throw new Error('x');`, false],
  [`try { a[0] = 1; } finally { a.fill(0); }`, false],
])('%s is on the way to an exception: %s', (body, expected) => {
  expect(onErrorPath(body)).toBe(expected);
});
