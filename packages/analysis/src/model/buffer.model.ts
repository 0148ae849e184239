/**
 * Rows of Node's Buffer: statics, and the methods where it differs from Uint8Array. What it inherits unchanged is in `typed-array.model.ts`.
 * The number and text access families (`readUInt16BE`, `latin1Slice` …) are in `buffer-access.model.ts`.
 * Source: nodejs.org/api/buffer.html; pooling and views measured (RULES 2.1).
 */
import type { FixedCost, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const same: ResultModel = { kind: 'same', as: 'this' };
/** A Buffer in the slab, or another view: one object. */
const slabView: FixedCost = { objects: 1, heapBytes: 96 };
const make = 'const b = Buffer.from([9, 3, 7, 1, 5, 6, 2, 8]);';

function pooled(length: SizeExpression): ResultModel & { kind: 'bytes' } {
  return { kind: 'bytes', class: 'Buffer', origin: 'pooled', length };
}

function fresh(length: SizeExpression): ResultModel & { kind: 'bytes' } {
  return { kind: 'bytes', class: 'Buffer', origin: 'fresh', length };
}

const statics: readonly ModelRow[] = [
  {
    api: 'Buffer.from', signature: 'Buffer.from(buffer)', when: [{ argument: 0, is: ['bytes'] }], result: { ...pooled({ items: 0 }), source: 0 }, reads: [0], roles: ['copy'], cost: slabView,
    exercise: { setup: 'const u = Uint8Array.of(9, 3, 7);', call: 'Buffer.from(u)', inputs: { 0: 'u' } },
    note: 'Cost measured by the method of COSTS A.2. RULES 2.1: inside the slab when shorter than half of Buffer.poolSize, exact otherwise. A DataView is taken as an empty array-like.',
  },
  {
    api: 'Buffer.from', signature: 'Buffer.from(arrayBuffer[, byteOffset[, length]])', when: [{ argument: 0, is: ['buffer'] }], cost: slabView, note: 'COSTS A.1: 1 object.',
    result: { kind: 'view', class: 'Buffer', of: 0, range: { start: 1, end: 2, relative: 'offset-and-length' } },
    exercise: { setup: 'const store = Uint8Array.of(9, 3, 7, 1).buffer;', call: 'Buffer.from(store, 1, 2)', inputs: { 0: 'store', 1: '1', 2: '2' } },
  },
  {
    api: 'Buffer.from', signature: 'Buffer.from(string[, encoding])', when: [{ argument: 0, is: ['string'] }, { argument: 1, is: ['absent'] }], result: pooled({ length: 0 }), roles: ['encode-text'], cost: slabView, note: 'COSTS A.4: 1 object, 97 bytes.',
    exercise: { setup: `const s = 'größe';`, call: 'Buffer.from(s)', inputs: { 0: 's' } },
  },
  {
    api: 'Buffer.from', signature: 'Buffer.from(string[, encoding])', when: [{ argument: 0, is: ['string'] }, { argument: 1, is: ['string'], values: ['utf8', 'utf-8'] }],
    result: pooled({ length: 0 }), roles: ['encode-text'],
    exercise: { setup: `const s = 'größe';`, call: `Buffer.from(s, 'utf8')`, inputs: { 0: 's' } },
  },
  {
    api: 'Buffer.from', signature: 'Buffer.from(string[, encoding])', when: [{ argument: 0, is: ['string'] }, { argument: 1, is: ['string'], values: ['hex'] }],
    result: pooled({ scaled: [0.5, { items: 0 }] }), roles: ['encode-text'],
    exercise: { setup: `const s = '00ff10';`, call: `Buffer.from(s, 'hex')`, inputs: { 0: 's' } },
    note: 'An upper bound: decoding stops at the first pair that is not hexadecimal.',
  },
  {
    api: 'Buffer.from', signature: 'Buffer.from(string[, encoding])', when: [{ argument: 0, is: ['string'] }, { argument: 1, is: ['string'], values: ['latin1', 'binary', 'ascii'] }],
    result: pooled({ items: 0 }), roles: ['encode-text'],
    exercise: { setup: `const s = 'label';`, call: `Buffer.from(s, 'latin1')`, inputs: { 0: 's' } },
  },
  {
    api: 'Buffer.from', signature: 'Buffer.from(string[, encoding])', when: [{ argument: 0, is: ['string'] }], result: pooled('unknown'), roles: ['encode-text'],
    exercise: { setup: `const s = 'bGFiZWw=';`, call: `Buffer.from(s, 'base64')`, inputs: { 0: 's' } },
  },
  {
    api: 'Buffer.from', signature: 'Buffer.from(array)', when: [{ argument: 0, is: ['array'] }], result: pooled({ items: 0 }), reads: [0], calls: [0],
    exercise: { setup: 'const a = [9, 3, 7];', call: 'Buffer.from(a)', inputs: { 0: 'a' } },
  },
  {
    api: 'Buffer.from', signature: 'Buffer.from(object[, offsetOrEncoding[, length]])', when: [{ argument: 0, is: ['object'] }], result: { kind: 'unknown' }, reads: [0], calls: [0],
    exercise: { setup: `const o = { type: 'Buffer', data: [1, 2] };`, call: 'Buffer.from(o)', inputs: {} },
    note: 'Takes array-likes, {type: "Buffer", data}, and whatever valueOf returns, also an ArrayBuffer.',
  },
  {
    api: 'Buffer.alloc', signature: 'Buffer.alloc(size)', when: [{ argument: 1, is: ['absent'] }], result: { ...fresh({ count: 0 }), zeroed: true },
    exercise: { setup: 'const n = 40;', call: 'Buffer.alloc(n)', inputs: { 0: 'n' } },
    note: 'COSTS A.4: Buffer.alloc(32) is 3 objects, 232 bytes.',
  },
  {
    api: 'Buffer.alloc', signature: 'Buffer.alloc(size[, fill[, encoding]])', result: fresh({ count: 0 }), reads: [1],
    exercise: { setup: 'const n = 6; const pattern = Uint8Array.of(4, 5);', call: 'Buffer.alloc(n, pattern)', inputs: { 0: 'n', 1: 'pattern' } },
  },
  {
    api: 'Buffer.allocUnsafe', signature: 'Buffer.allocUnsafe(size)', result: pooled({ count: 0 }), cost: { objects: 1, heapBytes: 96 },
    exercise: { setup: 'const n = 40;', call: 'Buffer.allocUnsafe(n)', inputs: { 0: 'n' } },
    note: 'COSTS A.4: 1 object, 97 bytes. In the slab when shorter than half of Buffer.poolSize. The content is whatever was there before.',
  },
  {
    api: 'Buffer.allocUnsafeSlow', signature: 'Buffer.allocUnsafeSlow(size)', result: fresh({ count: 0 }),
    exercise: { setup: 'const n = 40;', call: 'Buffer.allocUnsafeSlow(n)', inputs: { 0: 'n' } },
    note: 'COSTS A.4: allocUnsafeSlow(32) is 3 objects, 232 bytes. The content is whatever was there before.',
  },
  {
    api: 'Buffer.concat', signature: 'Buffer.concat(list)', when: [{ argument: 0, is: ['array'] }, { argument: 1, is: ['absent'] }],
    result: pooled({ elements: 0 }), reads: [{ elementsOf: 0 }], roles: ['concat'], cost: slabView, note: 'COSTS B: 139 bytes with the list of three; without it measured by the method of COSTS A.2.',
    exercise: { setup: 'const list = [Uint8Array.of(9, 3), Uint8Array.of(7)];', call: 'Buffer.concat(list)', inputs: { '0[]': 'list' } },
  },
  {
    api: 'Buffer.concat', signature: 'Buffer.concat(list[, totalLength])', when: [{ argument: 0, is: ['array'] }], result: pooled({ count: 1 }), reads: [{ elementsOf: 0 }], roles: ['concat'],
    exercise: { setup: 'const list = [Uint8Array.of(9, 3), Uint8Array.of(7)]; const n = 3;', call: 'Buffer.concat(list, n)', inputs: { '0[]': 'list', 1: 'n' } },
  },
  {
    api: 'Buffer.copyBytesFrom', signature: 'Buffer.copyBytesFrom(view)', when: [{ argument: 0, is: ['bytes'] }, { argument: 1, is: ['absent'] }],
    result: { ...pooled({ length: 0 }), source: 0 }, reads: [0], roles: ['copy'], since: { node: '18.16.0' },
    exercise: { setup: 'const u = Uint16Array.of(513, 1027);', call: 'Buffer.copyBytesFrom(u)', inputs: { 0: 'u' } },
  },
  {
    api: 'Buffer.copyBytesFrom', signature: 'Buffer.copyBytesFrom(view[, offset[, length]])', when: [{ argument: 0, is: ['bytes'] }],
    result: { ...pooled('unknown'), source: 0 }, reads: [0], roles: ['copy'], since: { node: '18.16.0' },
    exercise: { setup: 'const u = Uint16Array.of(513, 1027);', call: 'Buffer.copyBytesFrom(u, 1, 1)', inputs: { 0: 'u' } },
  },
  {
    api: 'Buffer.of', signature: 'Buffer.of(...items)', result: fresh({ items: { rest: 0 } }),
    exercise: { setup: 'const a = [9, 3, 7];', call: 'Buffer.of(...a)', inputs: { '0...': 'a' } },
  },
  {
    api: 'Buffer.compare', signature: 'Buffer.compare(buf1, buf2)', result: scalar, reads: [0, 1], roles: ['sync-sink'],
    exercise: { setup: `${make} const c = Uint8Array.of(9, 3);`, call: 'Buffer.compare(b, c)', inputs: { 0: 'b', 1: 'c' } },
  },
  {
    api: 'Buffer.byteLength', signature: 'Buffer.byteLength(string[, encoding])', result: scalar,
    exercise: { setup: make, call: 'Buffer.byteLength(b)', inputs: { 0: 'b' } },
  },
  { api: 'Buffer.isBuffer', signature: 'Buffer.isBuffer(obj)', result: scalar, observesClass: [0], exercise: { setup: make, call: 'Buffer.isBuffer(b)', inputs: { 0: 'b' } } },
  { api: 'Buffer.isEncoding', signature: 'Buffer.isEncoding(encoding)', result: scalar, exercise: { setup: '', call: `Buffer.isEncoding('hex')`, inputs: {} } },
  {
    api: 'node:buffer#transcode', signature: 'transcode(source, fromEnc, toEnc)', result: fresh('unknown'), reads: [0],
    exercise: { setup: `const { transcode } = await load('node:buffer'); ${make}`, call: `transcode(b, 'latin1', 'ucs2')`, inputs: { 0: 'b' } },
  },
  {
    api: 'node:buffer#isUtf8', signature: 'isUtf8(input)', result: scalar, reads: [0], roles: ['sync-sink'],
    exercise: { setup: `const { isUtf8 } = await load('node:buffer'); ${make}`, call: 'isUtf8(b)', inputs: { 0: 'b' } },
  },
  {
    api: 'node:buffer#isAscii', signature: 'isAscii(input)', result: scalar, reads: [0], roles: ['sync-sink'],
    exercise: { setup: `const { isAscii } = await load('node:buffer'); ${make}`, call: 'isAscii(b)', inputs: { 0: 'b' } },
  },
  { api: 'atob', signature: 'atob(data)', result: { kind: 'string', length: 'unknown' }, exercise: { setup: '', call: `atob('bGFiZWw=')`, inputs: {} } },
  { api: 'btoa', signature: 'btoa(data)', result: { kind: 'string', length: 'unknown' }, exercise: { setup: '', call: `btoa('label')`, inputs: {} } },
];

const methods: readonly ModelRow[] = [
  {
    api: 'Buffer.prototype.slice', signature: 'slice([start[, end]])', result: { kind: 'view', class: 'Buffer', of: 'this', range: { start: 0, end: 1, relative: 'indexes' }, followsClassOf: 'this' },
    cost: { objects: 1, heapBytes: 96 },
    exercise: { setup: make, call: 'b.slice(1, -1)', inputs: { this: 'b', 0: '1', 1: '-1' } },
    note: 'COSTS A.1: a slab view is 1 object of 96 bytes on Node 20, 104 on 24 and 26. Not a copy, other than Uint8Array.prototype.slice.',
  },
  {
    api: 'Buffer.prototype.subarray', signature: 'subarray([start[, end]])', result: { kind: 'view', class: 'Buffer', of: 'this', range: { start: 0, end: 1, relative: 'indexes' }, followsClassOf: 'this' },
    cost: { objects: 1, heapBytes: 96 },
    exercise: { setup: make, call: 'b.subarray(1, -1)', inputs: { this: 'b', 0: '1', 1: '-1' } },
    note: 'COSTS A.1.',
  },
  {
    api: 'Buffer.prototype.toString', signature: 'toString([encoding[, start[, end]]])', when: [{ argument: 0, is: ['string'], values: ['hex'] }],
    result: { kind: 'string', length: { scaled: [2, { range: ['this', 1, 2] }] } }, reads: ['this'], cost: { objects: 1, heapBytes: 16 }, note: 'COSTS B: 80 bytes for 32, 64 of them the text.',
    exercise: { setup: make, call: `b.toString('hex', 1, 3)`, inputs: { this: 'b', 1: '1', 2: '3' } },
  },
  {
    api: 'Buffer.prototype.toString', signature: 'toString([encoding[, start[, end]]])', when: [{ argument: 0, is: ['string'], values: ['latin1', 'binary', 'ascii'] }],
    result: { kind: 'string', length: { range: ['this', 1, 2] } }, reads: ['this'],
    exercise: { setup: make, call: `b.toString('latin1', 1, 3)`, inputs: { this: 'b', 1: '1', 2: '3' } },
  },
  {
    api: 'Buffer.prototype.toString', signature: 'toString([encoding[, start[, end]]])', result: { kind: 'string', length: 'unknown' }, reads: ['this'], roles: ['decode-text'],
    exercise: { setup: make, call: 'b.toString()', inputs: { this: 'b' } },
  },
  {
    api: 'Buffer.prototype.toLocaleString', signature: 'toLocaleString([encoding[, start[, end]]])', result: { kind: 'string', length: 'unknown' }, reads: ['this'], roles: ['decode-text'],
    exercise: { setup: make, call: 'b.toLocaleString()', inputs: { this: 'b' } },
  },
  {
    api: 'Buffer.prototype.toJSON', signature: 'toJSON()', result: { kind: 'object', class: 'Object' }, reads: ['this'],
    exercise: { setup: make, call: 'b.toJSON()', inputs: { this: 'b' } },
  },
  {
    api: 'Buffer.prototype.equals', signature: 'equals(otherBuffer)', result: scalar, reads: ['this', 0], roles: ['sync-sink'], cost: { objects: 0, heapBytes: 0 }, note: 'COSTS B: allocates nothing.',
    exercise: { setup: `${make} const c = Uint8Array.from(b);`, call: 'b.equals(c)', inputs: { this: 'b', 0: 'c' } },
  },
  {
    api: 'Buffer.prototype.compare', signature: 'compare(target[, targetStart[, targetEnd[, sourceStart[, sourceEnd]]]])', result: scalar, reads: ['this', 0], roles: ['sync-sink'],
    exercise: { setup: `${make} const c = Uint8Array.from(b);`, call: 'b.compare(c)', inputs: { this: 'b', 0: 'c' } },
  },
  {
    api: 'Buffer.prototype.copy', signature: 'copy(target[, targetStart[, sourceStart[, sourceEnd]]])', result: scalar, reads: ['this'], writes: [0],
    exercise: { setup: `${make} const c = new Uint8Array(8);`, call: 'b.copy(c)', inputs: { this: 'b', 0: 'c' } },
  },
  {
    api: 'Buffer.prototype.fill', signature: 'fill(value[, offset[, end]][, encoding])', when: [{ argument: 0, is: ['bytes'] }], result: same, reads: [0], writes: ['this'],
    exercise: { setup: `${make} const c = Uint8Array.of(40, 41);`, call: 'b.fill(c)', inputs: { this: 'b', 0: 'c' } },
  },
  {
    api: 'Buffer.prototype.fill', signature: 'fill(value[, offset[, end]][, encoding])', result: same, writes: ['this'], wipes: ['this'],
    exercise: { setup: make, call: 'b.fill(0)', inputs: { this: 'b' } },
  },
  {
    api: 'Buffer.prototype.write', signature: 'write(string[, offset[, length]][, encoding])', result: scalar, writes: ['this'], roles: ['encode-text'],
    exercise: { setup: make, call: `b.write('ab', 1)`, inputs: { this: 'b' } },
  },
  ...['swap16', 'swap32', 'swap64'].map((name): ModelRow => ({
    api: `Buffer.prototype.${name}`, signature: `${name}()`, result: same, reads: ['this'], writes: ['this'],
    exercise: { setup: make, call: `b.${name}()`, inputs: { this: 'b' } },
  })),
  ...['indexOf', 'lastIndexOf', 'includes'].map((name): ModelRow => ({
    api: `Buffer.prototype.${name}`, signature: `${name}(value[, byteOffset][, encoding])`, result: scalar, reads: ['this', 0], roles: ['sync-sink'],
    exercise: { setup: `${make} const c = Uint8Array.of(7, 1);`, call: `b.${name}(c)`, inputs: { this: 'b', 0: 'c' } },
  })),
];

export const bufferFamily: ModelFamily = {
  name: 'Buffer',
  classes: [
    {
      name: 'Buffer', kind: 'bytes', extends: 'Uint8Array', elementSize: 1,
      properties: { parent: { kind: 'view', class: 'ArrayBuffer', of: 'this' }, offset: scalar },
      declared: [{ name: 'Buffer', from: '' }, { name: 'Buffer', from: 'node:buffer' }, { name: 'Buffer', from: '@types/node' }, { name: 'NonSharedBuffer', from: '' }, { name: 'NonSharedBuffer', from: 'node:buffer' }],
    },
  ],
  rows: [...statics, ...methods],
  aliases: { 'node:buffer#Buffer': 'Buffer', 'node:buffer#atob': 'atob', 'node:buffer#btoa': 'btoa' },
};
