/** Summaries of small functions, one fact per case: what a call reads, writes, keeps, returns. */
import { describe, expect, test } from 'vitest';
import { analyzeText } from './analyze-text.test-support.js';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly expected: Readonly<Record<string, unknown>>;
}

const crypto = `import { createHash, randomBytes } from 'node:crypto';\n`;

const cases: readonly Case[] = [
  { name: 'reading elements reads and keeps nothing', source: `export function f(a: Uint8Array) { let sum = 0; for (let i = 0; i < a.length; i += 1) sum += a[i]!; return sum; }`,
    expected: { reads: [0], writes: [], retains: [], outside: 'nothing', result: { kind: 'scalar' } } },
  { name: 'assigning an element writes', source: `export function f(a: Uint8Array) { a[0] = 1; }`, expected: { writes: [0], wipes: [], outside: 'nothing' } },
  { name: 'fill wipes', source: `export function f(a: Uint8Array) { a.fill(0); }`, expected: { writes: [0], wipes: [0] } },
  { name: 'writing through a view writes the parameter', source: `export function f(a: Uint8Array) { const v = a.subarray(2); v[0] = 1; }`, expected: { writes: [0] } },
  { name: 'writing through a DataView over the buffer writes the parameter', source: `export function f(a: Uint8Array) { new DataView(a.buffer, a.byteOffset).setUint32(0, 1); }`, expected: { writes: [0] } },
  { name: 'writing a local copy writes nothing outside', source: `export function f(a: Uint8Array) { const c = new Uint8Array(a); c[0] = 1; return c.length; }`, expected: { reads: [0], writes: [], retains: [], outside: 'nothing' } },
  { name: 'storing in a field of this keeps it there', source: `export class C { k: Uint8Array | null = null; set(a: Uint8Array) { this.k = a; } }`, expected: { retains: [0], retainedBy: 'this' } },
  { name: 'storing in a module variable keeps it out of sight', source: `let last: Uint8Array | null = null; export function f(a: Uint8Array) { last = a; } export function g() { return last; }`, expected: { retains: [0], retainedBy: null } },
  { name: 'pushing into a module array keeps it', source: `const list: Uint8Array[] = []; export function f(a: Uint8Array) { list.push(a); }`, expected: { retains: [0], retainedBy: null } },
  { name: 'a digest is fresh', source: `${crypto}export function f(a: Uint8Array) { return createHash('sha256').update(a).digest(); }`,
    expected: { reads: [0], retains: [], outside: 'nothing', result: { kind: 'bytes', class: 'Buffer', origin: 'fresh', length: 'unknown' } } },
  { name: 'own bytes on both paths are own bytes', source: `${crypto}export function f(a: boolean) { return a ? new Uint8Array(32) : new Uint8Array(new ArrayBuffer(32)); }`,
    expected: { result: { kind: 'bytes', class: 'Uint8Array', origin: 'pooled', length: 'unknown' } } },
  { name: 'a view of a buffer that leaked is unknown', source: `let kept: ArrayBuffer | null = null; export function f() { const b = new ArrayBuffer(9); kept = b; return new Uint8Array(b); } export function g() { return kept; }`,
    expected: { result: { kind: 'unknown' } } },
  { name: 'a returned parameter is the same', source: `export function f(a: Uint8Array) { return a; }`, expected: { result: { kind: 'same', as: 0 } } },
  { name: 'a returned view is a view', source: `export function f(a: number, b: Buffer) { return b.subarray(a); }`, expected: { result: { kind: 'view', class: 'Buffer', of: 1, followsClassOf: 1 } } },
  { name: 'either of two parameters is unknown', source: `export function f(a: Uint8Array, b: Uint8Array, c: boolean) { return c ? a : b; }`, expected: { result: { kind: 'unknown' } } },
  { name: 'an unknown callee may do anything to what it gets', source: `declare function send(a: Uint8Array): void; export function f(a: Uint8Array) { send(a); }`, expected: { writes: [], unseen: [0, { elementsOf: 0 }, { elementsOf: { elementsOf: 0 } }], outside: 'writes' } },
  { name: 'a callback parameter is called', source: `export function f(g: () => void) { g(); }`, expected: { calls: [0], outside: 'nothing' } },
  { name: 'converting a number runs nothing', source: `export function f(a: Uint8Array, n: number) { new DataView(a.buffer, a.byteOffset).setBigUint64(0, BigInt(n)); }`, expected: { writes: [0], retains: [], calls: [], outside: 'nothing' } },
  { name: 'a helper passes its facts on', source: `function w(x: Uint8Array) { x[0] = 1; } export function f(a: Uint8Array) { w(a); }`, expected: { writes: [0], outside: 'nothing' } },
  { name: 'an async function reads later', source: `export async function f(a: Uint8Array) { await 0; return a[0]; }`, expected: { readsLater: [0] } },
  { name: 'a field of this is a path', source: `export class C { buffer = new Uint8Array(9); set() { this.buffer[0] = 1; } }`, expected: { writes: [{ property: 'buffer', of: 'this' }] } },
  { name: 'a destructured option is a path', source: `export function f({ iv }: { iv: Uint8Array }) { iv[0] = 1; }`, expected: { writes: [{ property: 'iv', of: 0 }] } },
  { name: 'compound assignment writes', source: `export function f(a: Uint8Array) { a[0]! &= 3; }`, expected: { writes: [0] } },
  { name: 'writes in finally count', source: `export function f(a: Uint8Array) { try { return a[0]; } finally { a.fill(0); } }`, expected: { writes: [0] } },
  { name: 'capturing keeps', source: `export function f(a: Uint8Array) { return () => a[0]; }`, expected: { retains: [0], retainedBy: null } },
  { name: 'an object that is made with the parameter and returned keeps it', source: `class Box { constructor(readonly bytes: Uint8Array) {} } export function f(a: Uint8Array) { return new Box(a); }`, expected: { retains: [0] } },
  { name: 'rest parameters are a path', source: `export function f(...list: Uint8Array[]) { list[0]![0] = 1; }`, expected: { writes: [{ rest: 0 }] } },
];

describe('summaries', () => {
  for (const one of cases) {
    test(one.name, () => {
      const name = one.source.includes('class C') ? 'C.set' : 'f';
      const summary: Readonly<Record<string, unknown>> = { ...analyzeText(one.source).summary(name) };
      const actual = Object.fromEntries(Object.keys(one.expected).map((key) => [key, summary[key]]));
      expect(actual).toEqual(one.expected);
    });
  }
});

test('summaries cross files through imports and re-exports', () => {
  const text = analyzeText({
    'a.ts': `import { wipe } from './b.js'; export function f(a: Uint8Array) { wipe(a); }`,
    'b.ts': `export { clear as wipe } from './c.js';`,
    'c.ts': `export function clear(x: Uint8Array) { x.fill(0); }`,
  });
  expect(text.summary('f').wipes).toEqual([0]);
});

test('a method resolves over the overrides of subclasses', () => {
  const text = analyzeText(`
    class Base { touch(a: Uint8Array) { return a[0]; } }
    class Derived extends Base { override touch(a: Uint8Array) { a[0] = 1; return 1; } }
    export class User { run(b: Base, a: Uint8Array) { return this.inner(a); } inner(a: Uint8Array) { return a[0]; } }
    export class Sub extends User { override inner(a: Uint8Array) { a.fill(1); return 0; } }
    export const made = [Derived];
  `);
  expect(text.summary('User.run').writes).toEqual([1]);
});

test('what the program replaces is unknown', () => {
  const source = (patch: string): string => `import { createHash } from 'node:crypto'; ${patch} export function f(a: Uint8Array) { a.fill(0); new Uint8Array(9).slice(); }`;
  const outsideOf = (patch: string): string => analyzeText(source(patch)).summary('f').outside;
  expect(outsideOf('')).toBe('nothing');
  expect(outsideOf('Uint8Array.prototype.slice = function () { return this; };')).toBe('writes');
  expect(outsideOf('const proto = Uint8Array.prototype; proto.fill = function () { return this; };')).toBe('writes');
  expect(outsideOf(`Object.defineProperty(Uint8Array.prototype, 'slice', { value: 1 });`)).toBe('writes');
  expect(outsideOf('Object.assign(Uint8Array.prototype, { slice() { return this; } });')).toBe('writes');
  expect(outsideOf('globalThis.Uint8Array = class {} as never;')).toBe('writes');
  expect(outsideOf('Uint8Array.prototype.own = 1;')).toBe('nothing');
});
