/** Functions that are handed to functions of the program: what the whole call does, and the neighbors where the callback may do more. */
import { describe, expect, test } from 'vitest';
import { analyzeText } from './analyze-text.test-support.js';

interface Case {
  readonly name: string;
  readonly source: string | Readonly<Record<string, string>>;
  readonly expected: Readonly<Record<string, unknown>>;
}

const each = 'function each(list, visit) { for (let i = 0; i < list.length; i += 1) visit(list[i]); }';
const apply = 'function apply(bytes: Uint8Array, visit: (b: Uint8Array) => void) { visit(bytes); }';

const cases: readonly Case[] = [
  { name: 'a closure on the spot is called with what the callee gives it', source: `${apply} export function f(a: Uint8Array) { apply(a, (b) => { b[0] = 1; }); }`, expected: { writes: [0], unseen: [], outside: 'nothing' } },
  { name: 'a closure that reads only reads', source: `${apply} export function f(a: Uint8Array) { apply(a, (b) => { b[0]; }); }`, expected: { writes: [], retains: [], unseen: [], outside: 'nothing' } },
  { name: 'a function by name', source: `${apply} function wipe(b: Uint8Array) { b.fill(0); } export function f(a: Uint8Array) { apply(a, wipe); }`, expected: { writes: [0], wipes: [0], outside: 'nothing' } },
  { name: 'a const arrow by name', source: `${apply} const wipe = (b: Uint8Array) => { b.fill(0); }; export function f(a: Uint8Array) { apply(a, wipe); }`, expected: { writes: [0], outside: 'nothing' } },
  { name: 'a function of another file', source: { 'a.ts': `import { wipe } from './b.js'; ${apply} export function f(a: Uint8Array) { apply(a, wipe); }`, 'b.ts': 'export function wipe(b: Uint8Array) { b.fill(0); }' }, expected: { writes: [0], outside: 'nothing' } },
  { name: 'a callback that is passed on', source: `${apply} function twice(bytes: Uint8Array, visit: (b: Uint8Array) => void) { apply(bytes, visit); apply(bytes, visit); } export function f(a: Uint8Array) { twice(a, (b) => { b[0] = 1; }); }`, expected: { writes: [0], unseen: [], outside: 'nothing' } },
  { name: 'a callback within recursion', source: `function walk(bytes: Uint8Array, n: number, visit: (b: Uint8Array) => void) { visit(bytes); if (n > 0) walk(bytes, n - 1, visit); } export function f(a: Uint8Array) { walk(a, 3, (b) => { b[0] = 1; }); }`, expected: { writes: [0], outside: 'nothing' } },
  { name: 'a callback that keeps what it gets', source: `let kept; ${apply} export function f(a: Uint8Array) { apply(a, (b) => { kept = b; }); }`, expected: { retains: [0], retainedBy: null } },
  { name: 'a callback that hands on what it gets', source: `${apply} export function f(a: Uint8Array) { apply(a, (b) => { send(b); }); }`, expected: { outside: 'writes' } },
  { name: 'a callback that may be one of two is not known', source: `${apply} export function f(a: Uint8Array, c: boolean) { apply(a, c ? (b) => { b[0] = 1; } : (b) => { b[1] = 1; }); }`, expected: { outside: 'writes' } },
  { name: 'a reassigned callback is not known', source: `${apply} let wipe = (b: Uint8Array) => { b.fill(0); }; export function set(x) { wipe = x; } export function f(a: Uint8Array) { apply(a, wipe); }`, expected: { outside: 'writes' } },
  { name: 'a parameter is still the caller’s', source: `${apply} export function f(a: Uint8Array, visit: (b: Uint8Array) => void) { apply(a, visit); }`, expected: { calls: [1], outside: 'nothing' } },
  { name: 'a callee that keeps the callback', source: `let hook; function later(visit) { hook = visit; } export function f(a: Uint8Array) { later(() => { a[0] = 1; }); } export function run() { hook(); }`, expected: { retains: [0] } },
  { name: 'a list of handlers is not known', source: `const handlers = []; export function on(h) { handlers.push(h); } export function f(a: Uint8Array) { for (const h of handlers) h(a); }`, expected: { outside: 'writes' } },
  { name: 'a quiet callback of a library function', source: `export function f(a: Uint8Array) { return a.every((n) => n === 0); }`, expected: { writes: [], retains: [], outside: 'nothing' } },
  { name: 'a callback of a library function that writes', source: `export function f(a: Uint8Array) { return a.every((n, i) => { a[i] = 0; return true; }); }`, expected: { outside: 'writes' } },
  { name: 'arguments reach the callback’s bytes', source: `function apply(bytes, visit) { arguments[1](arguments[0]); visit(bytes); } export function f(a: Uint8Array) { apply(a, (b) => { b[0]; }); }`, expected: { outside: 'writes' } },
];

describe('callbacks', () => {
  test.each(cases)('$name', ({ source, expected }) => {
    const summary: Readonly<Record<string, unknown>> = { ...analyzeText(source).summary('f') };
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, summary[key]]))).toEqual(expected);
  });
});

test('the general summary of a function does not change for the calls that it is analyzed for', () => {
  const text = analyzeText(`${each} ${apply} export function f(a: Uint8Array) { apply(a, (b) => { b[0] = 1; }); } export function g(a: Uint8Array, h) { apply(a, h); }`);
  const before = analyzeText(`${each} ${apply}`).summary('apply');
  text.summary('f');
  expect(text.summary('apply')).toEqual(before);
  expect(text.summary('g').calls).toEqual([1]);
});
