/**
 * Rows of TextEncoder, TextDecoder and StringDecoder.
 * Source: encoding.spec.whatwg.org, nodejs.org/api/string_decoder.html; costs from COSTS.
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const ascii = `const u = Uint8Array.from([108, 97, 98, 101, 108]);`;

const rows: readonly ModelRow[] = [
  { api: 'new TextEncoder', signature: 'new TextEncoder()', result: { kind: 'object', class: 'TextEncoder' }, roles: ['codec-create'], cost: { objects: 1, heapBytes: 32 }, note: 'COSTS B: 216 against 184 bytes per encode; objects measured.', exercise: { setup: '', call: 'new TextEncoder()', inputs: {} } },
  {
    api: 'TextEncoder.prototype.encode', signature: 'encode([input])', result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: { length: 0 } }, roles: ['encode-text'], cost: { objects: 2, heapBytes: 184, nativeCalls: 1 },
    exercise: { setup: `const e = new TextEncoder(); const s = 'größe';`, call: 'e.encode(s)', inputs: { 0: 's' } },
    note: 'COSTS B: 184 bytes of heap and the bytes, off-heap at any length.',
  },
  {
    api: 'TextEncoder.prototype.encodeInto', signature: 'encodeInto(src, dest)', result: { kind: 'object', class: 'Object' }, writes: [1], roles: ['encode-text', 'output-argument'],
    exercise: { setup: 'const e = new TextEncoder(); const u = new Uint8Array(8);', call: `e.encodeInto('label', u)`, inputs: { 1: 'u' } },
    note: 'COSTS B: 0 bytes; the result object does not outlive the call when unused.',
  },
  {
    api: 'new TextDecoder', signature: 'new TextDecoder([label[, options]])', result: { kind: 'object', class: 'TextDecoder' }, roles: ['codec-create'], cost: { objects: 1, heapBytes: 96 },
    exercise: { setup: '', call: 'new TextDecoder()', inputs: {} },
    note: 'COSTS B: decoding with a new decoder allocates 128 bytes, with a hoisted one 32.',
  },
  {
    api: 'TextDecoder.prototype.decode', signature: 'decode([input[, options]])', when: [{ argument: 1, is: ['absent'] }], result: text, reads: [0], roles: ['decode-text', 'sync-sink'],
    exercise: { setup: `const d = new TextDecoder(); ${ascii}`, call: 'd.decode(u)', inputs: { 0: 'u' } },
    note: 'Ends a stream that an earlier call with {stream: true} began.',
  },
  {
    api: 'TextDecoder.prototype.decode', signature: 'decode([input[, options]])', result: text, reads: [0], stateful: true, roles: ['decode-text', 'sync-sink'],
    exercise: { setup: `const d = new TextDecoder(); const u = Uint8Array.from([108, 97, 195]);`, call: 'd.decode(u, { stream: true })', inputs: { 0: 'u' }, observe: 'd.decode(Uint8Array.of(182))' },
  },
  {
    api: 'node:string_decoder#new StringDecoder', signature: 'new StringDecoder([encoding])', result: { kind: 'object', class: 'node:string_decoder#StringDecoder' }, roles: ['codec-create'],
    exercise: { setup: `const { StringDecoder } = await load('node:string_decoder');`, call: `new StringDecoder('utf8')`, inputs: {} },
  },
  ...['write', 'end'].map((name): ModelRow => ({
    api: `node:string_decoder#StringDecoder.prototype.${name}`, signature: `${name}([buffer])`, result: text, reads: [0], stateful: true, roles: ['decode-text', 'sync-sink'],
    exercise: { setup: `const { StringDecoder } = await load('node:string_decoder'); const d = new StringDecoder('utf8'); const u = Uint8Array.from([108, 97, 195]);`, call: `d.${name}(u)`, inputs: { 0: 'u' }, observe: 'd.end(Uint8Array.of(182))' },
  })),
];

export const textCodecFamily: ModelFamily = {
  name: 'text codecs',
  classes: [
    { name: 'TextEncoder', kind: 'object', properties: { encoding: scalar }, declared: [{ name: 'TextEncoder', from: '' }, { name: 'TextEncoder', from: 'node:util' }, { name: 'TextEncoder', from: '@types/node' }] },
    { name: 'TextDecoder', kind: 'object', properties: { encoding: scalar, fatal: scalar, ignoreBOM: scalar }, declared: [{ name: 'TextDecoder', from: '' }, { name: 'TextDecoder', from: 'node:util' }, { name: 'TextDecoder', from: '@types/node' }] },
    { name: 'node:string_decoder#StringDecoder', kind: 'object', declared: [{ name: 'StringDecoder', from: 'node:string_decoder' }] },
  ],
  rows,
  aliases: { 'node:util#TextEncoder': 'TextEncoder', 'node:util#TextDecoder': 'TextDecoder' },
};
