/** What a function says of the objects and lists that it writes out and returns: what they hold of its arguments; nothing where they have code of their own or somebody else holds them. */
import { expect, test } from 'vitest';
import { analyzeText } from '../link/analyze-text.test-support.js';

const resultOf = (source: string): unknown => analyzeText(source).summary('f').result;
const unknown = { kind: 'unknown' };

test.each([
  ['numbers', 'export function f(a: Uint8Array) { return { type: a[0], size: a.length }; }', { kind: 'object', class: 'Object', holds: [] }],
  ['the argument', 'export function f(a: Uint8Array) { return { a }; }', { kind: 'object', class: 'Object', holds: [0] }],
  ['a view of the argument, in an object', 'export function f(a: Uint8Array) { return { inner: { head: a.subarray(1) } }; }', { kind: 'object', class: 'Object', holds: [0] }],
  ['texts in a list', "export function f(a: Uint8Array) { const list = []; for (const one of a) list.push(String(one)); return list; }", { kind: 'array' }],
  ['the argument in a list', 'export function f(a: Uint8Array) { return [a]; }', unknown],
  ['a function', 'export function f(a: Uint8Array) { return { touch() { a[0] = 1; } }; }', unknown],
  ['a getter', 'export function f(a: Uint8Array) { return { get size() { return a[0]; } }; }', unknown],
  ['an object that is kept', 'const kept: object[] = []; export function f(a: Uint8Array) { const made = { size: a.length }; kept.push(made); return made; }', unknown],
  ['one of two objects', 'export function f(a: Uint8Array, b: boolean) { return b ? { a } : { size: 1 }; }', unknown],
])('%s', (_name, source, expected) => { expect(resultOf(source)).toEqual(expected); });
