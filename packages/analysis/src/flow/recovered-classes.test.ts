/** Classes that nobody declares: what uses, tests, events and stores of a class tell of a value, and the neighbors of each of which they tell nothing. */
import { describe, expect, test } from 'vitest';
import { analyzeText } from '../link/analyze-text.test-support.js';

/** The classes, with a mark for what is only believed, of the receiver or first argument of the call of `probe` in the function. */
function classesIn(source: string, name = 'f'): string {
  const flow = analyzeText(source).flow(name);
  for (const [value, call] of flow.values.calls) {
    const instruction = flow.cfg.instructions[value];
    const callee = instruction?.op === 'call' ? flow.cfg.instructions[instruction.callee] : null;
    if (callee?.op !== 'global' || callee.name !== 'probe') continue;
    const known = flow.values.knowledge(call.operands.arguments[0]!);
    if (!known.complete) return 'unknown';
    return known.classes.map((one) => `${one.name}${one.exact ? '' : one.recovered === undefined ? ' as declared' : ` as ${one.recovered}`}`).join(', ') || known.primitives.join(', ');
  }
  throw new Error(`${name} does not call probe`);
}

describe('uses', () => {
  test.each([
    ['a number is read at a place', 'export function f(p) { const n = p.readUInt16BE(4); probe(p); return n; }', 'Buffer as readUInt16BE is called on it'],
    ['text is cut out', "export function f(p) { probe(p); return p.toString('latin1', 1, 4); }", 'Buffer as toString is called on it'],
    ['a view is taken', 'export function f(p) { probe(p); return p.subarray(4)[0]; }', 'Uint8Array as subarray is called on it, Buffer as subarray is called on it'],
    ['bytes are copied and counted', 'export function f(p, out) { p.copy(out, 7); probe(p); return p.length; }', 'Buffer as copy is called on it'],
    ['a declared class is taken at its word', 'export function f(p: Buffer) { probe(p); return p.readUInt8(0); }', 'Buffer as declared'],
    ['a closure reads it', 'export function f(p) { probe(p); return () => p.readUInt8(0); }', 'Buffer as readUInt8 is called on it'],
  ])('tell: %s', (_name, source, expected) => { expect(classesIn(source)).toBe(expected); });

  test.each([
    ['a reader with a cursor has the same names', 'export function f(r) { probe(r); return r.readUInt16BE(); }'],
    ['a reader has a position', 'export function f(r) { probe(r); return r.readUInt16BE(r.position); }'],
    ['a text is tested for', "export function f(p) { probe(p); return typeof p === 'string' ? 0 : p.readUInt8(0); }"],
    ['another class is tested for', 'export function f(p) { probe(p); return Buffer.isBuffer(p) ? p.readUInt8(0) : 0; }'],
    ['a big number has a toString, too', "export function f(p) { probe(p); return p.toString('hex'); }"],
    ['a file is copied', 'export function f(p) { probe(p); return p.copy("a", "b"); }'],
    ['the parameter is assigned again', 'export function f(p, q) { if (q) p = q; probe(p); return p.readUInt8(0); }'],
    ['a field is set', 'export function f(p) { p.mark = 1; probe(p); return p.readUInt8(0); }'],
  ])('tell nothing: %s', (_name, source) => { expect(classesIn(source)).toBe('unknown'); });
});

describe('tests of the class', () => {
  const held = 'Uint8Array as instanceof tells it, Buffer as instanceof tells it';
  test.each([
    ['a guard throws', "export function f(p) { if (!(p instanceof Uint8Array)) throw new TypeError('bytes'); probe(p); }", held],
    ['a branch', 'export function f(p) { if (p instanceof Uint8Array) probe(p); }', held],
    ['a condition of two', 'export function f(p) { if (p instanceof Uint8Array && p.length > 4) probe(p); }', held],
    ['isBuffer', "export function f(p) { if (!Buffer.isBuffer(p)) throw new TypeError('bytes'); probe(p); }", 'Buffer as isBuffer tells it'],
    ['isUint8Array', "import { types } from 'node:util'; export function f(p) { if (!types.isUint8Array(p)) return; probe(p); }", 'Uint8Array as isUint8Array tells it, Buffer as isUint8Array tells it'],
    ['the other branch', 'export function f(p) { if (p instanceof Uint8Array) return; probe(p); }', 'unknown'],
    ['behind the branches', 'export function f(p) { if (p instanceof Uint8Array) p.length; probe(p); }', 'unknown'],
    ['one of two', 'export function f(p, q) { if (p instanceof Uint8Array || q) probe(p); }', 'unknown'],
    ['another variable', 'export function f(p, q) { if (q instanceof Uint8Array) probe(p); }', 'unknown'],
    ['another value of the variable', 'export function f(p, q) { if (p instanceof Uint8Array) { p = q(); probe(p); } }', 'unknown'],
    ['a variable that a closure sets', 'export function f(p, q) { const g = () => { p = q; }; if (p instanceof Uint8Array) { g(); probe(p); } }', 'unknown'],
    ['a test of its own', 'const Buffer = { isBuffer: () => true }; export function f(p) { if (Buffer.isBuffer(p)) probe(p); }', 'unknown'],
  ])('%s', (_name, source, expected) => { expect(classesIn(source)).toBe(expected); });
});

describe('givers', () => {
  const closure = (source: string): string => classesIn(source, source.includes('class') ? 'C.f' : analyzeText(source).modules[0]!.functions.at(-1)!.name);
  const dgram = "import dgram from 'node:dgram'; const s = dgram.createSocket('udp4'); ";
  test.each([
    ['a datagram', `${dgram} s.on('message', (m) => { probe(m); });`, "Buffer as a datagram's 'message' event gives it"],
    ['data that is read like bytes', "socket.on('data', (chunk) => { probe(chunk); chunk[0]; });", "Buffer as a 'data' event gives it"],
    ['random bytes', "import { randomBytes } from 'node:crypto'; randomBytes(8, (error, b) => { probe(b); });", 'Buffer as randomBytes gives it'],
    ['a file', "const fs = require('fs'); fs.readFile('a', (error, b) => { probe(b); });", 'Buffer as readFile gives it'],
    ['data that nothing is read of', "rows.on('data', (row) => { probe(row); });", 'unknown'],
    ['data with a field', "rows.on('data', (row) => { probe(row); row[0]; row.name; });", 'unknown'],
    ['data of a stream that is read as text', "socket.setEncoding('utf8'); socket.on('data', (chunk) => { probe(chunk); chunk[0]; });", 'unknown'],
    ['a message of another socket', "worker.on('message', (m) => { probe(m); m[0]; });", 'unknown'],
    ['a file as text', "const fs = require('fs'); fs.readFile('a', 'utf8', (error, b) => { probe(b); });", 'unknown'],
  ])('%s', (_name, source, expected) => { expect(closure(source)).toBe(expected); });
});

describe('fields', () => {
  const made = 'export class C { constructor(n) { this.data = new Uint8Array(n); } ';
  test.each([
    ['made by the class', `${made} f() { probe(this.data); } }`, 'Uint8Array as nothing else is assigned to data in sight'],
    ['made and dropped', `${made} f() { probe(this.data); } end() { this.data = null; } }`, 'Uint8Array as nothing else is assigned to data in sight'],
    ['given and read at places', 'export class C { constructor(data) { this.data = data; } f() { probe(this.data); return this.data.readUInt8(0); } }', 'Buffer as readUInt8 is called on it'],
    ['given', 'export class C { constructor(data) { this.data = data; } f() { probe(this.data); } }', 'unknown'],
    ['also a text', `${made} f() { probe(this.data); } g() { this.data = 'x'; } }`, 'unknown'],
    ['set from elsewhere', `${made} f() { probe(this.data); } } export function set(c, x) { c.data = x; }`, 'unknown'],
    ['a getter', 'export class C { get data() { return 1; } f() { probe(this.data); this.data.readUInt8(0); } }', 'unknown'],
    ['of another class', `${made} } export class D { f() { probe(this.data); } }`, 'unknown', 'D.f'],
  ])('%s', (_name, source, expected, name = 'C.f') => { expect(classesIn(source, name)).toBe(expected); });
});
