/**
 * Rows of node:zlib: synchronous calls, calls with a callback, and the streams. What a stream does besides is in `node-stream.model.ts`.
 * Source: nodejs.org/api/zlib.html; where results lie is measured (RULES 2.1), that the calls with a callback do not copy too (RULES 2.2).
 */
import type { ArgumentPath, ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const unknown: ResultModel = { kind: 'unknown' };
const compressed: ResultModel = { kind: 'bytes', class: 'Buffer', origin: 'pooled', length: 'unknown' };
const zlib = `const zlib = await load('node:zlib'); const plain = Uint8Array.from({ length: 300 }, (_, i) => i % 7);`;

/** A direction of a format: the call, the class of its stream, and for decompression the call that makes its input. */
interface Direction {
  readonly name: string;
  readonly class: string;
  readonly packedBy?: string;
  readonly since?: string;
}

const directions: readonly Direction[] = [
  { name: 'deflate', class: 'Deflate' }, { name: 'inflate', class: 'Inflate', packedBy: 'deflateSync' },
  { name: 'deflateRaw', class: 'DeflateRaw' }, { name: 'inflateRaw', class: 'InflateRaw', packedBy: 'deflateRawSync' },
  { name: 'gzip', class: 'Gzip' }, { name: 'gunzip', class: 'Gunzip', packedBy: 'gzipSync' }, { name: 'unzip', class: 'Unzip', packedBy: 'gzipSync' },
  { name: 'brotliCompress', class: 'BrotliCompress' }, { name: 'brotliDecompress', class: 'BrotliDecompress', packedBy: 'brotliCompressSync' },
  { name: 'zstdCompress', class: 'ZstdCompress', since: '23.8.0' }, { name: 'zstdDecompress', class: 'ZstdDecompress', packedBy: 'zstdCompressSync', since: '23.8.0' },
];

const dictionary: readonly ArgumentPath[] = [{ property: 'dictionary', of: 1 }];

function directionRows({ name, class: stream, packedBy, since }: Direction): readonly ModelRow[] {
  const input = packedBy === undefined ? 'plain' : `zlib.${packedBy}(plain)`;
  const setup = `${zlib} const m = ${input};`;
  const version = since === undefined ? {} : { since: { node: since } };
  const note = 'RULES 2.1: a view of 16384 bytes on Node 20 and 22, of the slab on 24.';
  return [
    { api: `node:zlib#${name}Sync`, signature: `${name}Sync(buffer)`, when: [{ argument: 1, is: ['absent'] }], result: compressed, reads: [0], ...version, exercise: { setup, call: `zlib.${name}Sync(m)`, inputs: { 0: 'm' } }, note },
    {
      api: `node:zlib#${name}Sync`, signature: `${name}Sync(buffer, options)`, result: unknown, reads: [0, ...dictionary], ...version, exercise: { setup, call: `zlib.${name}Sync(m, { info: true }).buffer`, inputs: { 0: 'm' } },
      note: 'With info: true an object that holds the Buffer.',
    },
    {
      api: `node:zlib#${name}`, signature: `${name}(buffer[, options], callback)`, result: scalar, readsLater: [0, ...dictionary], retains: [0, 1, 2], ...version,
      exercise: { setup: `${setup} const { done, settle } = deferred(); occupyThreads();`, call: `zlib.${name}(m, (error, out) => settle(null, error ? 'error' : out.toString('hex')))`, inputs: { 0: 'm' }, observe: 'await done' },
      note: 'RULES 2.2: reads later.',
    },
    {
      api: `node:zlib#create${stream}`, signature: `create${stream}([options])`, result: { kind: 'object', class: 'node:zlib#Zlib', holds: [0] }, reads: [{ property: 'dictionary', of: 0 }], retains: [0], ...version,
      exercise: { setup: zlib, call: `zlib.create${stream}()`, inputs: {}, observe: '($result.close(), 0)' },
    },
  ];
}

const streamMethods: readonly ModelRow[] = [
  { api: 'node:zlib#Zlib.prototype.flush', signature: 'flush([kind, ]callback)', result: scalar, retains: [0, 1], stateful: true, exercise: { setup: `${zlib} const z = zlib.createGzip(); const { done, settle } = deferred();`, call: 'z.flush(settle)', inputs: { this: 'z' }, observe: '(z.close(), 0)' } },
  { api: 'node:zlib#Zlib.prototype.close', signature: 'close([callback])', result: scalar, retains: [0], stateful: true, exercise: { setup: `${zlib} const z = zlib.createGzip();`, call: 'z.close()', inputs: { this: 'z' } } },
  { api: 'node:zlib#Zlib.prototype.params', signature: 'params(level, strategy, callback)', result: scalar, retains: [2], stateful: true, exercise: { setup: `${zlib} const z = zlib.createDeflate(); const { done, settle } = deferred();`, call: 'z.params(1, 0, settle)', inputs: { this: 'z' }, observe: '(await done, z.close(), 0)' } },
  { api: 'node:zlib#Zlib.prototype.reset', signature: 'reset()', result: scalar, stateful: true, exercise: { setup: `${zlib} const z = zlib.createDeflate();`, call: 'z.reset()', inputs: { this: 'z' }, observe: '(z.close(), 0)' } },
  {
    api: 'node:zlib#Zlib.prototype.write', signature: 'write(chunk[, encoding[, callback]])', result: scalar, readsLater: [0], retains: [0, 1, 2], stateful: true,
    exercise: {
      setup: `${zlib} const z = zlib.createDeflate(); const { buffer } = await load('node:stream/consumers'); occupyThreads();`, call: 'z.write(plain)', inputs: { this: 'z', 0: 'plain' }, observe: `(z.end(), (await buffer(z)).toString('hex'))`,
    },
  },
];

export const nodeZlibFamily: ModelFamily = {
  name: 'node:zlib',
  classes: [
    {
      name: 'node:zlib#Zlib', kind: 'object', extends: 'node:stream#Duplex', properties: { bytesWritten: scalar },
      declared: [...new Set(directions.map((one) => one.class))].map((name) => ({ name, from: 'node:zlib' })),
    },
  ],
  rows: [
    ...directions.flatMap(directionRows), ...streamMethods,
    { api: 'node:zlib#crc32', signature: 'crc32(data[, value])', result: scalar, reads: [0], roles: ['sync-sink'], since: { node: '20.15.0' }, exercise: { setup: zlib, call: 'zlib.crc32(plain)', inputs: { 0: 'plain' } } },
  ],
};
