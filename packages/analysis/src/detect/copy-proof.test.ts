/** The proof of small copies, one obligation per case: its state and its witness. `f` holds the copy in question, the first one in it. */
import { describe, expect, test } from 'vitest';
import { valuesAt } from '../flow/call-effects.js';
import { analyzeText } from '../link/analyze-text.test-support.js';
import { type CopyProof, proveCopyIsView } from './copy-proof.js';
import type { ObligationCode, ObligationState } from './finding.js';
import { nothingGranted } from './granted.js';
import { lineOf } from './position.js';

interface Case {
  readonly name: string;
  readonly source: string;
  readonly code: ObligationCode;
  readonly state: ObligationState;
  readonly witness: string;
}

const crypto = `import { createHash } from 'node:crypto';\n`;

const cases: readonly Case[] = [
  // TY
  { name: 'a source that is made here has its class', source: `export function f() { const a = new Uint8Array(99); const c = a.slice(1); return c[0]; }`, code: 'TY', state: 'proved', witness: 'the source is made as Uint8Array' },
  { name: 'a declared source may be a subclass', source: `export function f(a: Uint8Array) { const c = a.slice(1); return c[0]; }`, code: 'TY', state: 'assumed', witness: 'the source is declared Uint8Array; a subclass with methods of its own would differ' },
  { name: 'a source of unknown class is open', source: `declare function get(): any; export function f() { const c = new Uint8Array(get()); return c[0]; }`, code: 'TY', state: 'open', witness: 'the class of the source is not known' },

  // SRC
  { name: 'an untouched source is proved', source: `export function f(a: Uint8Array) { const c = a.slice(1); return c[0]! + c.length; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a write behind the last use is harmless', source: `export function f(a: Uint8Array) { const c = a.slice(1); const x = c[0]; a.fill(0); return x; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a write between fails', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n a[0] = 1;\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'a write through an alias fails', source: `export function f(a: Uint8Array) {\n const b = a; const c = new Uint8Array(a);\n b.reverse();\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: Uint8Array.prototype.reverse writes the source while the copy is in use' },
  { name: 'a write through a view fails', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n a.subarray(4).set([1]);\n return c[4]; }`, code: 'SRC', state: 'failed', witness: 'line 3: Uint8Array.prototype.set writes the source while the copy is in use' },
  { name: 'a later argument fails', source: `export function f(a: Uint8Array) { return Buffer.compare(new Uint8Array(a), a.fill(7)); }`, code: 'SRC', state: 'failed', witness: 'line 1: Uint8Array.prototype.fill writes the source while the copy is in use' },
  { name: 'a finally block fails', source: `export function f(a: Uint8Array, g: number) {\n const c = new Uint8Array(a);\n try { if (g > 1) throw new Error('x'); } finally {\n a.fill(0); }\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 4: Uint8Array.prototype.fill writes the source while the copy is in use' },
  { name: 'another parameter is open', source: `export function f(a: Uint8Array, b: Uint8Array) {\n const c = new Uint8Array(a);\n b[0] = 1;\n return c[0]; }`, code: 'SRC', state: 'open', witness: 'line 3: an assignment writes memory that may be the source' },
  { name: 'unseen code is open when the source is not ours', source: `declare function work(): void; export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n work();\n return c[0]; }`, code: 'SRC', state: 'open', witness: 'line 3: work may write the source' },
  { name: 'unseen code does not reach what is ours', source: `declare function work(): void; export function f() { const a = new Uint8Array(99); const c = a.slice(); work(); return c[0]! + a[0]!; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a coercion is assumed to be harmless', source: `export function f(a: Uint8Array, o: any) {\n const c = new Uint8Array(a);\n const x = \`\${o}\`;\n return c[0] + x; }`, code: 'SRC', state: 'assumed', witness: 'line 3: a coercion runs no code that writes the source' },
  { name: 'a getter of the program that writes is open', source: `export class C { b = new Uint8Array(99); get n() { this.b.fill(1); return 1; }\n f() { const c = new Uint8Array(this.b);\n const n = this.n;\n return c[0]! + n; } }`, code: 'SRC', state: 'open', witness: 'line 3: the getter n may write the source' },
  { name: 'a private getter that writes is open', source: `export class C { b = new Uint8Array(99); get #n() { this.b.fill(1); return 1; }\n f() { const c = new Uint8Array(this.b);\n const n = this.#n;\n return c[0]! + n; } }`, code: 'SRC', state: 'open', witness: 'line 3: the getter #n may write the source' },
  { name: 'a setter of the program that writes is open', source: `export class C { b = new Uint8Array(99); set n(x: number) { this.b.fill(x); }\n f() { const c = new Uint8Array(this.b);\n this.n = 3;\n return c[0]!; } }`, code: 'SRC', state: 'open', witness: 'line 3: the setter n may write the source' },
  { name: 'a getter of the program that only reads changes nothing', source: `export class C { b = new Uint8Array(99); get n() { return this.b.length; }\n f() { const c = new Uint8Array(this.b);\n const n = this.n;\n return c[0]! + n; } }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a getter of an object that writes is open', source: `const b = new Uint8Array(99); const o = { get n() { b.fill(1); return 1; } }; export function f() {\n const c = new Uint8Array(b);\n const n = o.n;\n return c[0]! + n; }`, code: 'SRC', state: 'open', witness: 'line 3: the getter n may write the source' },
  { name: 'set moves overlapping memory correctly', source: `export function f(a: Uint8Array) { a.set(a.slice(0, 99), 4); }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'set of bytes that are read afterwards fails', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n a.set(c, 4);\n return c[5]; }`, code: 'SRC', state: 'failed', witness: 'line 3: Uint8Array.prototype.set writes the source while the copy is in use' },
  { name: 'set of bytes that the next round reads fails', source: `export function f(a: Uint8Array, n: number) { let c = new Uint8Array(0); let s = 0;\n for (let i = 0; i < n; i += 1) {\n s += c[0] ?? 0; c = new Uint8Array(a);\n a.set(c, 1); }\n return s; }`,
    code: 'SRC', state: 'failed', witness: 'line 4: Uint8Array.prototype.set writes the source while the copy is in use' },
  { name: 'the copy of the last round lives until it is overwritten', source: `export function f(a: Uint8Array, n: number) { let c = new Uint8Array(0); let s = 0;\n for (let i = 0; i < n; i += 1) {\n a[0] = i; s += c[0] ?? 0;\n c = new Uint8Array(a); }\n return s; }`,
    code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },

  // SRC by places
  { name: 'a write behind the copied bytes is harmless', source: `export function f() { const a = new Uint8Array(99); const c = a.slice(0, 4); a[8] = 1; return c[0]; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a write at the first byte behind is harmless', source: `export function f() { const a = new Uint8Array(99); const c = a.slice(0, 4); a[4] = 1; return c[0]; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a write at the last copied byte fails', source: `export function f() { const a = new Uint8Array(99);\n const c = a.slice(0, 4);\n a[3] = 1;\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'a write before the copied bytes is harmless', source: `export function f() { const a = new Uint8Array(99); const c = a.slice(8); a.fill(0, 2, 8); return c[0]; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a fill up to within the copied bytes fails', source: `export function f() { const a = new Uint8Array(99);\n const c = a.slice(8);\n a.fill(0, 2, 9);\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: Uint8Array.prototype.fill writes the source while the copy is in use' },
  { name: 'a wider write that begins before fails', source: `export function f() { const a = Buffer.alloc(99);\n const c = new Uint8Array(a.subarray(8));\n a.writeUInt32BE(1, 5);\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: Buffer.prototype.writeUInt32BE writes the source while the copy is in use' },
  { name: 'a wider write that ends before is harmless', source: `export function f() { const a = Buffer.alloc(99); const c = new Uint8Array(a.subarray(8)); a.writeUInt32BE(1, 4); return c[0]; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a write through another view is placed by both', source: `export function f() { const a = new Uint8Array(99); const c = a.subarray(4, 20).slice(0, 4); const v = a.subarray(6); v[2] = 1; return c[0]; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a write through another view fails inside', source: `export function f() { const a = new Uint8Array(99);\n const c = a.subarray(4, 20).slice(0, 4); const v = a.subarray(6);\n v[1] = 1;\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'a set of bytes behind is harmless', source: `export function f(b: Uint8Array) { const a = new Uint8Array(99); const c = a.slice(0, 32); a.set(b, 32); return c[0]; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a set of bytes that may reach into it fails', source: `export function f(b: Uint8Array) { const a = new Uint8Array(99);\n const c = a.slice(32);\n a.set(b, 4);\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: Uint8Array.prototype.set writes the source while the copy is in use' },
  { name: 'a length is never negative', source: `export function f(b: Uint8Array) { const a = new Uint8Array(99); const n = b.length; const c = a.slice(0, n); a[n] = 1; return c[0]; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'a number may be a fraction', source: `export function f(n: number) { const a = new Uint8Array(99);\n const c = a.slice(0, n);\n a[n + 1] = 1;\n return c[0]; }`, code: 'SRC', state: 'assumed', witness: 'line 3: an assignment writes behind or before what is copied, as every offset is a whole number and none is negative' },
  { name: 'a difference may be negative', source: `export function f(b: Uint8Array) { const a = new Uint8Array(99); const n = b.length;\n const c = a.slice(0, n - 4);\n a[n] = 1;\n return c[0]; }`, code: 'SRC', state: 'assumed', witness: 'line 3: an assignment writes behind or before what is copied, as every offset is a whole number and none is negative' },
  { name: 'another number fails', source: `export function f(n: number, m: number) { const a = new Uint8Array(99);\n const c = a.slice(0, n);\n a[m] = 1;\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'a number that changed meanwhile fails', source: `export function f() { const a = new Uint8Array(99); let n = a.length - 50;\n const c = a.slice(0, n); n -= 9;\n a[n] = 1;\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'a counter that goes on meanwhile fails', source: `export function f(m: number) { const a = new Uint8Array(99); let s = 0; let c = new Uint8Array(0);\n for (let i = 0; i < m; i += 1) {\n a[i] = 1;\n s += c[0] ?? 0; c = a.slice(0, i); }\n return s; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'a counter within one round is the same', source: `export function f(m: number) { const a = new Uint8Array(99); let s = 0; for (let i = 0; i < m; i += 1) { const c = a.slice(0, i); a[i] = 1; s += c[0]!; } return s; }`, code: 'SRC', state: 'proved', witness: 'nothing writes the source while the copy is in use' },
  { name: 'an end that was computed in another round fails', source: `export function f(m: number) { const a = new Uint8Array(99); let s = 0; let e = 0;\n for (let i = 9; i > m; i -= 1) { const c = a.slice(0, e);\n a[i] = 1;\n s += c[0] ?? 0; e = i; }\n return s; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'another array of the same place in the code fails', source: `export function f(m: number) { let s = 0; let c = new Uint8Array(0);\n for (let i = 0; i < m; i += 1) { const a = new Uint8Array(99);\n a[8] = 1;\n s += c[0] ?? 0; c = a.slice(0, 4); }\n return s; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'an end that counts from the end fails', source: `export function f() { const a = new Uint8Array(9);\n const c = a.slice(0, -1);\n a[4] = 1;\n return c[4]; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'wider elements are not counted in bytes', source: `export function f() { const a = new Uint32Array(99);\n const c = a.slice(0, 4);\n a[8] = 1;\n return c[0]; }`, code: 'SRC', state: 'failed', witness: 'line 3: an assignment writes the source while the copy is in use' },
  { name: 'a wipe behind the copied bytes is harmless', source: `export function f() { const a = new Uint8Array(99); const c = a.slice(0, 32); a.fill(0, 32); return c[0]; }`, code: 'ZER', state: 'proved', witness: 'neither side is wiped while the other is in use' },

  // RES
  { name: 'reading writes nothing', source: `${crypto}export function f(a: Uint8Array) { const c = new Uint8Array(a); return createHash('sha256').update(c).digest('hex'); }`, code: 'RES', state: 'proved', witness: 'nothing writes the copy' },
  { name: 'an element write fails', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n c[0] &= 7;\n return c[0]; }`, code: 'RES', state: 'failed', witness: 'line 3: an assignment writes the copy' },
  { name: 'a method that writes fails', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n c.sort();\n return c[0]; }`, code: 'RES', state: 'failed', witness: 'line 3: Uint8Array.prototype.sort writes the copy' },
  { name: 'a view of the copy that is written fails', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a); const v = c.subarray(2);\n v.fill(1);\n return c[3]; }`, code: 'RES', state: 'failed', witness: 'line 3: Uint8Array.prototype.fill writes the copy' },
  { name: 'a callee that writes fails', source: `function w(x: Uint8Array) { x[0] = 1; } export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n w(c);\n return c[0]; }`, code: 'RES', state: 'failed', witness: 'line 3: w writes the copy' },
  { name: 'an element of a list that is written fails', source: `export function f(a: Uint8Array) {\n const l = [new Uint8Array(a)];\n for (const x of l) x.fill(1);\n return l.length; }`, code: 'RES', state: 'failed', witness: 'line 3: Uint8Array.prototype.fill writes the copy' },

  // ESC
  { name: 'known readers keep nothing', source: `${crypto}export function f(a: Uint8Array) { const c = new Uint8Array(a); return createHash('sha256').update(c).digest('hex') + c[0]; }`, code: 'ESC', state: 'proved', witness: 'the copy is only read, by createHash().update and element reads' },
  { name: 'a reader of the program is named', source: `function first(x: Uint8Array) { return x[0]!; } export function f(a: Uint8Array) { return first(new Uint8Array(a)); }`, code: 'ESC', state: 'proved', witness: 'the copy is only read, by first' },
  { name: 'returning fails', source: `export function f(a: Uint8Array) { return new Uint8Array(a); }`, code: 'ESC', state: 'failed', witness: 'the copy is returned' },
  { name: 'throwing fails', source: `export function f(a: Uint8Array) { throw new Uint8Array(a); }`, code: 'ESC', state: 'failed', witness: 'the copy is thrown' },
  { name: 'a field of this keeps it', source: `export class C { k: Uint8Array | null = null;\n f(a: Uint8Array) { this.k = new Uint8Array(a); } }`, code: 'ESC', state: 'failed', witness: 'line 2: field k keeps the copy' },
  { name: 'a field of an object keeps it', source: `export function f(a: Uint8Array) { return { body: new Uint8Array(a) }; }`, code: 'ESC', state: 'failed', witness: 'line 1: field body keeps the copy' },
  { name: 'a map keeps it', source: `const m = new Map<number, Uint8Array>(); export function f(a: Uint8Array) { m.set(1, new Uint8Array(a)); }`, code: 'ESC', state: 'failed', witness: 'line 1: Map.prototype.set keeps the copy' },
  { name: 'a closure keeps it', source: `export function f(a: Uint8Array) { const c = new Uint8Array(a); return () => c[0]; }`, code: 'ESC', state: 'failed', witness: 'line 1: a closure captures the copy' },
  { name: 'a yield fails', source: `export function* f(a: Uint8Array) { yield new Uint8Array(a); }`, code: 'ESC', state: 'failed', witness: 'line 1: the copy is yielded' },
  { name: 'unseen code may keep it', source: `declare function send(x: Uint8Array): void; export function f(a: Uint8Array) { send(new Uint8Array(a)); }`, code: 'ESC', state: 'open', witness: 'line 1: send may keep the copy' },
  { name: 'a callee that may return it keeps it', source: `function pick(x: Uint8Array, y: Uint8Array, z: boolean) { return z ? x : y; } export function f(a: Uint8Array, b: Uint8Array) { const c = new Uint8Array(a); pick(c, b, true).fill(1); }`,
    code: 'ESC', state: 'failed', witness: 'line 1: pick keeps the copy' },
  { name: 'an element of a list that is joined is only read', source: `export function f(a: Uint8Array) { return Buffer.concat([new Uint8Array(a)]).length; }`, code: 'ESC', state: 'proved', witness: 'the copy is only read, by Buffer.concat' },
  { name: 'a list that is returned takes it along', source: `export function f(a: Uint8Array) { return [new Uint8Array(a)]; }`, code: 'ESC', state: 'failed', witness: 'the copy is returned' },
  { name: 'a list that is spread leads it out of sight', source: `declare function send(...x: Uint8Array[]): void; export function f(a: Uint8Array) { const l = [new Uint8Array(a)]; send(...l); }`, code: 'ESC', state: 'open', witness: 'line 1: send may keep the copy' },
  { name: 'an unused copy is not understood', source: `export function f(a: Uint8Array) { const c = new Uint8Array(a); }`, code: 'ESC', state: 'open', witness: 'no use of the copy is seen' },

  // SUSP
  { name: 'an await behind the last use is harmless', source: `export async function f(a: Uint8Array, p: Promise<void>) { const c = new Uint8Array(a); const x = c[0]; await p; return x; }`, code: 'SUSP', state: 'proved', witness: 'no suspension while the copy is in use' },
  { name: 'an await between fails when others reach the source', source: `export async function f(a: Uint8Array, p: Promise<void>) {\n const c = new Uint8Array(a);\n await p;\n return c[0]; }`, code: 'SUSP', state: 'failed', witness: 'line 3: others may write the source during await' },
  { name: 'a yield between fails', source: `export function* f(a: Uint8Array) {\n const c = new Uint8Array(a);\n yield 1;\n return c[0]; }`, code: 'SUSP', state: 'failed', witness: 'line 3: others may write the source during yield' },
  { name: 'an await between is harmless for bytes that only this function holds', source: `export async function f(p: Promise<void>) { const a = new Uint8Array(99); const c = a.slice(); await p; return c[0]! + a[0]!; }`, code: 'SUSP', state: 'proved', witness: 'no suspension while the copy is in use' },

  // DET
  { name: 'own memory stays', source: `export function f() { const a = new Uint8Array(99); const c = a.slice(); return c[0]; }`, code: 'DET', state: 'proved', witness: 'the source is ordinary memory of this function' },
  { name: 'foreign memory is assumed not to be shared', source: `export function f(a: Uint8Array) { const c = new Uint8Array(a); return c[0]; }`, code: 'DET', state: 'assumed', witness: 'the source is not backed by shared memory' },
  { name: 'shared memory fails', source: `export function f(s: SharedArrayBuffer) { const a = new Uint8Array(s); const c = a.slice(); return c[0]; }`, code: 'DET', state: 'failed', witness: 'the source is shared memory' },
  { name: 'a transfer fails', source: `export function f() { const b = new ArrayBuffer(99);\n const a = new Uint8Array(b); const c = a.slice();\n b.transfer();\n return c[0]; }`, code: 'DET', state: 'failed', witness: 'line 3: ArrayBuffer.prototype.transfer detaches the source' },
  { name: 'memory of an unseen WebAssembly instance is open', source: `export function f(i: any) { const c = new Uint8Array(i.exports.memory.buffer).slice(0, 99); return c[0]; }`, code: 'DET', state: 'open', witness: 'the source may be WebAssembly memory, which growth detaches' },
  { name: 'the buffer of declared bytes is none of WebAssembly', source: `export function f(d: DataView) { const c = new Uint8Array(d.buffer).slice(0, 99); return c[0]; }`, code: 'DET', state: 'assumed', witness: 'the source is not backed by shared memory' },
  { name: 'WebAssembly memory is open', source: `export function f(m: WebAssembly.Memory) { const a = new Uint8Array(m.buffer); const c = a.slice(); return c[0]; }`, code: 'DET', state: 'open', witness: 'the source may be WebAssembly memory, which growth detaches' },

  // ZER
  { name: 'no wipe is proved', source: `export function f(a: Uint8Array) { const c = new Uint8Array(a); return c[0]; }`, code: 'ZER', state: 'proved', witness: 'neither side is wiped while the other is in use' },
  { name: 'a wiped copy fails', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a); const x = c[0];\n c.fill(0);\n return x; }`, code: 'ZER', state: 'failed', witness: 'line 3: the copy is wiped and the source must not be' },
  { name: 'a wiped source fails while the copy is in use', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n a.fill(0);\n return c[0]; }`, code: 'ZER', state: 'failed', witness: 'line 3: the source is wiped while the copy is in use' },
  { name: 'a wiped source is harmless behind the last use', source: `export function f(a: Uint8Array) { const c = new Uint8Array(a); const x = c[0]; a.fill(0); return x; }`, code: 'ZER', state: 'proved', witness: 'neither side is wiped while the other is in use' },

  // PROP
  { name: 'length and elements tell nothing', source: `export function f(a: Uint8Array) { const c = new Uint8Array(a); return c.length + c[0]!; }`, code: 'PROP', state: 'proved', witness: 'nobody looks at the backing store' },
  { name: 'the buffer tells', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n return c.buffer.byteLength; }`, code: 'PROP', state: 'failed', witness: 'line 3: .buffer tells a view from a copy' },
  { name: 'structuredClone may tell', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n return structuredClone(c).length; }`, code: 'PROP', state: 'open', witness: 'line 3: structuredClone may tell a view from a copy' },
  { name: 'a transfer takes the store', source: `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n return c.buffer.transfer().byteLength; }`, code: 'PROP', state: 'failed', witness: 'line 3: .buffer tells a view from a copy' },

  // ID
  { name: 'nobody compares', source: `export function f(a: Uint8Array) { const c = new Uint8Array(a); return c[0]; }`, code: 'ID', state: 'proved', witness: 'identity is not observed' },
  { name: 'a comparison is open', source: `export function f(a: Uint8Array, b: Uint8Array) {\n const c = new Uint8Array(a);\n return c === b; }`, code: 'ID', state: 'open', witness: 'line 3: the copy is compared by identity' },
  { name: 'a lookup is open', source: `export function f(a: Uint8Array, s: Set<Uint8Array>) {\n const c = new Uint8Array(a);\n return s.has(c); }`, code: 'ID', state: 'open', witness: 'line 3: Set.prototype.has looks for the copy by identity' },
];

describe('proveCopyIsView', () => {
  test.each(cases)('$code $state: $name', ({ source, code, state, witness }) => {
    const found = proofOf(source).obligations.find((one) => one.code === code);
    expect({ state: found?.state, witness: found?.witness }).toEqual({ state, witness });
  });

  test('every obligation of the proof has a case per state that it can have', () => {
    const known: Readonly<Record<string, readonly ObligationState[]>> = {
      TY: ['proved', 'assumed', 'open'], SRC: ['proved', 'assumed', 'open', 'failed'], RES: ['proved', 'failed'], ESC: ['proved', 'open', 'failed'], SUSP: ['proved', 'failed'],
      DET: ['proved', 'assumed', 'open', 'failed'], ZER: ['proved', 'failed'], PROP: ['proved', 'open', 'failed'], ID: ['proved', 'open'],
    };
    for (const [code, states] of Object.entries(known)) expect([...new Set(cases.filter((one) => one.code === code).map((one) => one.state))].sort(), code).toEqual([...states].sort());
  });

  test('the verdict is that of the worst obligation', () => {
    expect(proofOf(`export function f(a: Uint8Array) { const c = new Uint8Array(a); return c[0]; }`).verdict).toBe('holds');
    expect(proofOf(`declare function send(x: Uint8Array): void; export function f(a: Uint8Array) { send(new Uint8Array(a)); }`).verdict).toBe('doubtful');
    expect(proofOf(`export function f(a: Uint8Array) { return new Uint8Array(a); }`).verdict).toBe('fails');
  });
});

describe('the writes by which it fails', () => {
  const copied = `export function f(a: Uint8Array) {\n const c = new Uint8Array(a);\n`;
  const writesOf = (source: string): readonly string[] => proofOf(source).writes.map((one) => `${one.code} ${one.state}: ${one.witness}`);

  test('are facts for assignments and library calls', () => {
    expect(writesOf(`${copied} a[0] = 1; c.reverse();\n return c[0]; }`)).toEqual([
      'SRC failed: line 3: an assignment writes the source while the copy is in use',
      'RES failed: line 3: Uint8Array.prototype.reverse writes the copy',
    ]);
  });

  test('are possibilities for functions of the program, which are known by their summary', () => {
    const source = `function w(x: Uint8Array, b = false) { if (b) x.fill(0); }\n${copied} w(a); w(c);\n return c[0]; }`;
    expect(writesOf(source)).toEqual([
      'SRC open: line 4: w may write the source while the copy is in use', 'RES open: line 4: w may write the copy',
      'ZER open: line 4: the source may be wiped while the copy is in use', 'ZER open: line 4: the copy may be wiped and the source must not be',
    ]);
    expect(proofOf(source).verdict).toBe('fails');
  });

  test('are none where nothing is written', () => {
    expect(writesOf(`${copied} return c[0]; }`)).toEqual([]);
  });
});

/** The proof of the first copy in `f`, a function or a method. */
function proofOf(source: string): CopyProof {
  const analyzed = analyzeText(source);
  const module = analyzed.modules[0]!;
  const fn = module.functions.find((one) => one.name === 'f' || one.name.endsWith('.f'))!;
  const flow = analyzed.linker.flow(module, fn);
  for (const [value, call] of [...flow.values.calls].sort(([left], [right]) => left - right)) {
    for (const { result } of call.candidates) {
      if (result.kind !== 'bytes' || result.source === undefined) continue;
      return proveCopyIsView(flow, value, valuesAt(call.operands, result.source).values[0]!, (one) => lineOf(module, Math.max(0, fn.spans[2 * one]!)), nothingGranted);
    }
  }
  throw new Error('f copies nothing');
}
