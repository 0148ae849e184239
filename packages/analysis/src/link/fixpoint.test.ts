/** Functions that call each other: what their summaries say, that no order of asking changes it, and that long chains end. */
import { describe, expect, test } from 'vitest';
import { analyzeText } from './analyze-text.test-support.js';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const cases: readonly Case[] = [
  { name: 'recursion that does nothing does nothing', source: `function f(a, n) { if (n > 0) f(a, n - 1); }`, expected: { writes: [], retains: [], unseen: [], outside: 'nothing', result: { kind: 'scalar' } } },
  { name: 'recursion that reads only reads', source: `function f(a: Uint8Array, i: number): number { return i < a.length ? a[i]! + f(a, i + 1) : 0; }`, expected: { writes: [], retains: [], outside: 'nothing' } },
  { name: 'a write at the end of the recursion is one of the call', source: `function f(a: Uint8Array, n: number): void { if (n === 0) { a[0] = 1; return; } f(a, n - 1); }`, expected: { writes: [0], outside: 'nothing' } },
  { name: 'arguments that change places at every step', source: `function f(a: Uint8Array, b: Uint8Array, c: Uint8Array, n: number): void { if (n === 0) { a[0] = 1; return; } f(b, c, a, n - 1); }`, expected: { writes: [2, 1, 0] } },
  { name: 'what comes back through the recursion', source: `function f(a: Uint8Array, n: number): Uint8Array { return n > 0 ? f(a, n - 1) : a; }`, expected: { result: { kind: 'same', as: 0 } } },
  { name: 'a view that comes back through the recursion', source: `function f(a: Buffer, n: number): Buffer { if (n > 0) return f(a, n - 1); return a.subarray(1); }`, expected: { result: { kind: 'view', class: 'Buffer', of: 0, followsClassOf: 0 } } },
  { name: 'either of two that come back is unknown', source: `function f(a: Uint8Array, b: Uint8Array, n: number): Uint8Array { return n > 0 ? f(b, a, n - 1) : a; }`, expected: { result: { kind: 'unknown' } } },
  { name: 'two functions that call each other', source: `function f(a: Uint8Array, n: number): void { if (n > 0) g(a, n - 1); } function g(b: Uint8Array, n: number): void { b.fill(0); f(b, n); }`, expected: { writes: [0], wipes: [0], outside: 'nothing' } },
  { name: 'a write two members away', source: `function f(a, n) { if (n > 0) g(a, n - 1); } function g(b, n) { h(b, n); } function h(c, n) { f(c, n); keep(c); } let kept; function keep(x) { kept = x; }`, expected: { retains: [0] } },
  { name: 'an unknown callee within the recursion is one of the call', source: `function f(a, n) { if (n > 0) f(a, n - 1); else send(a); }`, expected: { outside: 'writes' } },
  { name: 'a list that recursion fills', source: `function f(node: { left: any, bytes: Uint8Array }, out: Uint8Array[]): void { out.push(node.bytes); f(node.left, out); }`, expected: { outside: 'nothing' } },
  { name: 'fields of fields of fields end', source: `class N { next: N; bytes: Uint8Array; } function f(n: N): void { n.bytes.fill(0); f(n.next); }`, expected: { retains: [], outside: 'writes' } },
  { name: 'a callback within the recursion is called', source: `function f(g, n) { if (n > 0) f(g, n - 1); else g(); }`, expected: { calls: [0] } },
];

describe('recursion', () => {
  test.each(cases)('$name', ({ source, expected }) => {
    const summary: Readonly<Record<string, unknown>> = { ...analyzeText(source).summary('f') };
    expect(Object.fromEntries(Object.keys(expected).map((key) => [key, summary[key]]))).toEqual(expected);
  });
});

const web = `
  function a(x, n) { if (n > 0) { b(x, n - 1); c(x, n); } return x; }
  function b(x, n) { c(x, n); return d(x, n); }
  function c(x, n) { if (n > 3) a(x, n); x[0] = 1; return e(x); }
  function d(x, n) { return n > 5 ? b(x, n) : f(x, n); }
  function e(x) { return x.length; }
  function f(x, n) { if (n > 1) return g(x, n); kept = x; return x; }
  function g(x, n) { return n > 2 ? f(x, n - 1) : h(x); }
  function h(x) { return x.subarray(1); }
  let kept;
  class Node { run(x, n) { if (n > 0) this.step(x, n); } step(x, n) { this.run(x, n - 1); a(x, n); } }
`;

/** Deterministic shuffles: the order of asking by a linear congruential generator. */
function shuffled(names: readonly string[], seed: number): readonly string[] {
  const list = [...names];
  let state = seed;
  for (let index = list.length - 1; index > 0; index -= 1) {
    state = (state * 1103515245 + 12345) % 2147483648;
    const other = state % (index + 1);
    [list[index], list[other]] = [list[other]!, list[index]!];
  }
  return list;
}

test('no order of asking changes a summary', () => {
  const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'Node.run', 'Node.step'];
  const summaries = (order: readonly string[]): Readonly<Record<string, string>> => {
    const text = analyzeText(web);
    const found = order.map((name) => [name, JSON.stringify(text.summary(name))] as const);
    return Object.fromEntries([...found].sort(([left], [right]) => (left < right ? -1 : 1)));
  };
  const first = summaries(names);
  for (let seed = 1; seed <= 60; seed += 1) expect(summaries(shuffled(names, seed)), `order ${String(seed)}`).toEqual(first);
  const { retains, writes } = analyzeText(web).summary('a');
  expect(retains).toContain(0);
  expect(writes).toContain(0);
});

test('asking for flows first changes nothing', () => {
  const plain = analyzeText(web);
  const other = analyzeText(web);
  for (const name of ['g', 'Node.step', 'b']) other.flow(name);
  for (const name of ['a', 'd', 'Node.run']) expect(other.summary(name)).toEqual(plain.summary(name));
});

test('a component that is too large is unknown within, in any order', () => {
  const ring = Array.from({ length: 80 }, (_, index) => `function f${String(index)}(x, n) { if (n > 0) f${String((index + 1) % 80)}(x, n - 1); }`).join('\n');
  const [one, other] = [analyzeText(ring), analyzeText(ring)];
  expect(one.summary('f7').outside).toBe('writes');
  expect(other.summary('f40').outside).toBe('writes');
  expect(other.summary('f7')).toEqual(one.summary('f7'));
});

test('a chain of three thousand calls is known to its end', () => {
  const chain = Array.from({ length: 3000 }, (_, index) => `function f${String(index)}(x) { return f${String(index + 1)}(x); }`).join('\n');
  const text = analyzeText(`${chain}\nfunction f3000(x) { x[0] = 1; return x; }`);
  expect(text.summary('f0')).toMatchObject({ writes: [0], outside: 'nothing', result: { kind: 'same', as: 0 } });
});
