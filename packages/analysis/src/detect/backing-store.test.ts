/** Which bytes fill their store, as Node 20 has it; each row was run in Node: offset 0 and a store of the same length for `whole`. */
import { expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';
import { storeOwnershipOf } from './backing-store.js';

function ownershipOf(bytes: string, head = ''): string {
  const source = `${head}\nexport function f(n: number, p: Uint8Array, text: string, list: Uint8Array[]) { const u = new Uint8Array(100); const b = ${bytes}; return new DataView(b.buffer); }`;
  return askAtCalls(source, 'new DataView', (fn, call) => {
    const buffer = fn.definition(call.operands.arguments[0]!);
    return buffer?.op === 'get' ? storeOwnershipOf(fn, buffer.object).is : 'no store';
  }).join();
}

test.each([
  ['new Uint8Array(100)', 'whole'],
  ['Buffer.alloc(100)', 'whole'],
  ['Buffer.allocUnsafeSlow(100)', 'whole'],
  ['Buffer.allocUnsafe(5000)', 'whole'],
  ['Buffer.allocUnsafe(4096)', 'whole'],
  ['Buffer.allocUnsafe(0)', 'whole'],
  ['Buffer.allocUnsafe(4095)', 'part'],
  ['Buffer.allocUnsafe(n)', 'conditional'],
  ['Buffer.allocUnsafe(p.length + 4096)', 'whole'],
  ['Buffer.allocUnsafe(p.length + 16)', 'conditional'],
  [`Buffer.from('hello')`, 'part'],
  [`Buffer.from('')`, 'whole'],
  ['Buffer.from(text)', 'conditional'],
  [`Buffer.from('00ff', 'hex')`, 'conditional'],
  [`Buffer.from('zz', 'hex')`, 'conditional'],
  ['Buffer.from([1, 2, 3])', 'conditional'],
  ['Buffer.from(u)', 'part'],
  ['Buffer.from(new Uint8Array(6000))', 'whole'],
  ['Buffer.concat([Buffer.alloc(5000)])', 'whole'],
  ['Buffer.concat([u, Buffer.alloc(4000)])', 'whole'],
  ['Buffer.concat([u, u])', 'part'],
  ['Buffer.concat([])', 'whole'],
  ['Buffer.concat(list)', 'conditional'],
  ['u.subarray()', 'whole'],
  ['u.subarray(0)', 'whole'],
  ['u.subarray(0, 100)', 'whole'],
  ['u.subarray(0, 105)', 'whole'],
  ['u.subarray(0, u.length)', 'whole'],
  ['u.subarray(-100)', 'whole'],
  ['u.subarray(0, 99)', 'part'],
  ['u.subarray(50, 200)', 'part'],
  ['u.subarray(1)', 'part'],
  ['u.subarray(0, -1)', 'part'],
  ['u.subarray(-4)', 'part'],
  ['u.subarray(0, n)', 'conditional'],
  ['u.subarray(n)', 'conditional'],
  ['p.subarray(0)', 'foreign'],
  ['p.subarray(4)', 'part'],
  ['p.subarray(0, 4)', 'conditional'],
  ['Buffer.alloc(100).slice(0, 100)', 'whole'],
  ['Buffer.alloc(100).subarray(0, 10)', 'part'],
  ['Buffer.allocUnsafe(10).subarray(0)', 'part'],
  ['new Uint8Array(u.buffer)', 'whole'],
  ['new Uint8Array(p.buffer)', 'whole'],
  ['new Uint8Array(u.buffer, 0)', 'whole'],
  ['new Uint8Array(u.buffer, 0, 100)', 'whole'],
  ['new Uint8Array(u.buffer, 0, 10)', 'part'],
  ['new Uint8Array(u.buffer, 4)', 'part'],
  ['new Uint8Array(u.buffer, n)', 'conditional'],
  ['new Uint8Array(p.buffer, p.byteOffset, p.length)', 'foreign'],
  ['new Uint8Array(new ArrayBuffer(64), 0, 64)', 'whole'],
  ['Buffer.from(u.buffer, 0, 100)', 'whole'],
  ['Buffer.from(u.buffer, 0, 50)', 'part'],
  ['new Uint16Array(new Uint16Array(4).buffer, 0, 4)', 'conditional'],
])('%s: %s', (bytes, expected) => {
  expect(ownershipOf(bytes)).toBe(expected);
});

test('a program that sets the size of the pool', () => {
  expect(ownershipOf(`Buffer.from('hello')`, 'Buffer.poolSize = 0;')).toBe('unknown');
  expect(ownershipOf('Buffer.allocUnsafe(5000)', `Object.defineProperty(Buffer, 'poolSize', { value: 1 << 20 });`)).toBe('unknown');
});

test('a function that gives the one or the other', () => {
  expect(ownershipOf('make(n)', `function make(n: number) { return n > 4 ? Buffer.from('hello') : Buffer.alloc(5); }`)).toBe('conditional');
});
