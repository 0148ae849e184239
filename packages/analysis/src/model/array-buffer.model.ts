/**
 * Rows of ArrayBuffer, SharedArrayBuffer, DataView and Atomics. Typed arrays are in `typed-array.model.ts`.
 * Source: ECMA-262, sections 25.1 - 25.4; what transfer and resize do to views is measured (RULES 2.1).
 */
import type { ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const store = 'const b = Uint8Array.of(9, 3, 7, 1, 5, 6, 2, 8).buffer;';

function bytes(name: string, length: SizeExpression): ResultModel & { kind: 'bytes' } {
  return { kind: 'bytes', class: name, origin: 'fresh', length };
}

const buffers: readonly ModelRow[] = [
  ...['ArrayBuffer', 'SharedArrayBuffer'].map((name): ModelRow => ({
    api: `new ${name}`, signature: `new ${name}(length[, options])`, result: { ...bytes(name, { count: 0 }), zeroed: true },
    exercise: { setup: 'const n = 40;', call: `new ${name}(n)`, inputs: { 0: 'n' } },
  })),
  ...['ArrayBuffer', 'SharedArrayBuffer'].map((name): ModelRow => ({
    api: `${name}.prototype.slice`, signature: 'slice([begin[, end]])', result: { ...bytes(name, { range: ['this', 0, 1] }), source: 'this' }, reads: ['this'], roles: ['copy'],
    exercise: { setup: `const b = new ${name}(8); new Uint8Array(b).set([9, 3, 7, 1]);`, call: 'b.slice(1, -1)', inputs: { this: 'b', 0: '1', 1: '-1' } },
  })),
  { api: 'ArrayBuffer.isView', signature: 'ArrayBuffer.isView(arg)', result: scalar, exercise: { setup: 'const u = new Uint8Array(4);', call: 'ArrayBuffer.isView(u)', inputs: { 0: 'u' } } },
  {
    api: 'ArrayBuffer.prototype.resize', signature: 'resize(newLength)', result: scalar, writes: ['this'], detaches: ['this'], since: { node: '20.0.0' },
    exercise: { setup: 'const b = new ArrayBuffer(8, { maxByteLength: 16 });', call: 'b.resize(4)', inputs: { this: 'b' } },
    note: 'Length-tracking views change with it; others may go out of bounds.',
  },
  { api: 'SharedArrayBuffer.prototype.grow', signature: 'grow(newLength)', result: scalar, writes: ['this'], detaches: ['this'], exercise: { setup: 'const b = new SharedArrayBuffer(4, { maxByteLength: 16 });', call: 'b.grow(8)', inputs: { this: 'b' } } },
  ...['transfer', 'transferToFixedLength'].map((name): ModelRow => ({
    api: `ArrayBuffer.prototype.${name}`, signature: `${name}([newByteLength])`, result: { ...bytes('ArrayBuffer', 'unknown'), source: 'this' }, reads: ['this'], detaches: ['this'],
    roles: ['transfer'], since: { node: '21.0.0' },
    exercise: { setup: store, call: `b.${name}()`, inputs: { this: 'b' } },
  })),
];

const accessors = ['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'Float32', 'Float64', 'BigInt64', 'BigUint64', 'Float16'];

/** Not on every supported Node. */
const newer: Readonly<Record<string, Pick<ModelRow, 'since'>>> = { Float16: { since: { node: '24.0.0' } } };

const dataView: readonly ModelRow[] = [
  {
    api: 'new DataView', signature: 'new DataView(buffer[, byteOffset[, byteLength]])',
    result: { kind: 'view', class: 'DataView', of: 0, range: { start: 1, end: 2, relative: 'offset-and-length' } }, cost: { objects: 1, heapBytes: 80 },
    exercise: { setup: store, call: 'new DataView(b, 2, 4)', inputs: { 0: 'b', 1: '2', 2: '4' } },
    note: 'COSTS A.1 and B: 80 bytes on Node 20; forces an on-heap array off the heap.',
  },
  ...accessors.map((name): ModelRow => ({
    api: `DataView.prototype.get${name}`, signature: `get${name}(byteOffset[, littleEndian])`, result: scalar, reads: ['this'], ...newer[name],
    exercise: { setup: `${store} const d = new DataView(b);`, call: `d.get${name}(0)`, inputs: { this: 'd' } },
  })),
  ...accessors.map((name): ModelRow => ({
    api: `DataView.prototype.set${name}`, signature: `set${name}(byteOffset, value[, littleEndian])`, result: scalar, writes: ['this'], ...newer[name],
    exercise: { setup: `${store} const d = new DataView(b);`, call: `d.set${name}(0, ${name.startsWith('Big') ? '77n' : '77'})`, inputs: { this: 'd' } },
  })),
];

const atomics: readonly ModelRow[] = [
  { api: 'Atomics.load', signature: 'Atomics.load(typedArray, index)', result: scalar, reads: [0], exercise: { setup: 'const u = Int32Array.of(9, 3);', call: 'Atomics.load(u, 0)', inputs: { 0: 'u' } } },
  ...['add', 'sub', 'and', 'or', 'xor', 'exchange'].map((name): ModelRow => ({
    api: `Atomics.${name}`, signature: `Atomics.${name}(typedArray, index, value)`, result: scalar, reads: [0], writes: [0],
    exercise: { setup: 'const u = Int32Array.of(9, 3);', call: `Atomics.${name}(u, 0, 6)`, inputs: { 0: 'u' } },
  })),
  { api: 'Atomics.store', signature: 'Atomics.store(typedArray, index, value)', result: scalar, writes: [0], exercise: { setup: 'const u = Int32Array.of(9, 3);', call: 'Atomics.store(u, 0, 5)', inputs: { 0: 'u' } } },
  {
    api: 'Atomics.compareExchange', signature: 'Atomics.compareExchange(typedArray, index, expectedValue, replacementValue)', result: scalar, reads: [0], writes: [0],
    exercise: { setup: 'const u = Int32Array.of(9, 3);', call: 'Atomics.compareExchange(u, 0, 9, 5)', inputs: { 0: 'u' } },
  },
  { api: 'Atomics.notify', signature: 'Atomics.notify(typedArray, index[, count])', result: scalar, exercise: { setup: 'const u = new Int32Array(new SharedArrayBuffer(8));', call: 'Atomics.notify(u, 0)', inputs: { 0: 'u' } } },
];

export const arrayBufferFamily: ModelFamily = {
  name: 'ArrayBuffer',
  classes: [
    { name: 'ArrayBuffer', kind: 'buffer', properties: { byteLength: scalar, maxByteLength: scalar, resizable: scalar, detached: scalar }, declared: [{ name: 'ArrayBuffer', from: '' }, { name: 'ArrayBufferLike', from: '' }] },
    { name: 'SharedArrayBuffer', kind: 'buffer', properties: { byteLength: scalar, maxByteLength: scalar, growable: scalar }, declared: [{ name: 'SharedArrayBuffer', from: '' }] },
    {
      name: 'DataView', kind: 'bytes', elementSize: 1, properties: { buffer: { kind: 'view', class: 'ArrayBuffer', of: 'this' }, byteLength: scalar, byteOffset: scalar },
      declared: [{ name: 'DataView', from: '' }],
    },
  ],
  rows: [...buffers, ...dataView, ...atomics],
};
