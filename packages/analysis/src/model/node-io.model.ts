/**
 * Rows of Node's input and output, timers, events and the small helpers that byte programs meet all the time, so that they are not unknown calls.
 * Streams and asynchronous writes keep the bytes: they must stay unmodified until completion. `EventEmitter.prototype.emit` has no row on purpose: listeners are unknown code.
 * Source: nodejs.org/api; which calls read later is measured (RULES 2.2).
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const unknown: ResultModel = { kind: 'unknown' };
const same: ResultModel = { kind: 'same', as: 'this' };
const plain: ResultModel = { kind: 'object', class: 'Object' };
const fs = `const fs = await load('node:fs'); const path = await temporaryFile(); const m = Uint8Array.of(9, 3, 7);`;

function pooledBuffer(): ResultModel {
  return { kind: 'bytes', class: 'Buffer', origin: 'pooled', length: 'unknown' };
}

const consoleRows: readonly ModelRow[] = [
  ...['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'].map((name): ModelRow => ({ api: `console.${name}`, signature: `console.${name}(...data)`, result: scalar, reads: [{ rest: 0 }], calls: [{ rest: 0 }], observesClass: [{ rest: 0 }] })),
  { api: 'console.assert', signature: 'console.assert(value[, ...message])', result: scalar, reads: [{ rest: 1 }], calls: [{ rest: 1 }], observesClass: [{ rest: 1 }] },
  ...['time', 'timeEnd', 'count', 'group', 'groupEnd'].map((name): ModelRow => ({ api: `console.${name}`, signature: `console.${name}([label])`, result: scalar })),
];

const filesSync: readonly ModelRow[] = [
  { api: 'node:fs#readFileSync', signature: 'readFileSync(path[, options])', when: [{ argument: 1, is: ['absent'] }], result: pooledBuffer(), exercise: { setup: fs, call: 'fs.readFileSync(path)', inputs: {} }, note: 'RULES 2.1: small files lie in the slab.' },
  { api: 'node:fs#readFileSync', signature: 'readFileSync(path[, options])', when: [{ argument: 1, is: ['string'] }], result: text, exercise: { setup: fs, call: `fs.readFileSync(path, 'utf8')`, inputs: {} } },
  { api: 'node:fs#readFileSync', signature: 'readFileSync(path[, options])', result: unknown, exercise: { setup: fs, call: `fs.readFileSync(path, { encoding: 'utf8' })`, inputs: {} } },
  ...['writeFileSync', 'appendFileSync'].map((name): ModelRow => ({ api: `node:fs#${name}`, signature: `${name}(file, data[, options])`, result: scalar, reads: [1], exercise: { setup: fs, call: `fs.${name}(path, m)`, inputs: { 1: 'm' }, observe: `fs.readFileSync(path, 'hex')` } })),
  { api: 'node:fs#writeSync', signature: 'writeSync(fd, buffer[, offset[, length[, position]]])', result: scalar, reads: [1], exercise: { setup: `${fs} const fd = fs.openSync(path, 'w');`, call: 'fs.writeSync(fd, m)', inputs: { 1: 'm' }, observe: `(fs.closeSync(fd), fs.readFileSync(path, 'hex'))` } },
  { api: 'node:fs#readSync', signature: 'readSync(fd, buffer[, offset[, length[, position]]])', result: scalar, writes: [1], exercise: { setup: `${fs} const fd = fs.openSync(path, 'r'); const u = new Uint8Array(3);`, call: 'fs.readSync(fd, u)', inputs: { 1: 'u' }, observe: 'fs.closeSync(fd)' } },
  ...['existsSync', 'openSync', 'mkdirSync', 'unlinkSync', 'renameSync', 'rmSync', 'closeSync', 'accessSync', 'copyFileSync'].map((name): ModelRow => ({ api: `node:fs#${name}`, signature: `${name}(path[, options[, more]])`, result: scalar, ...(name === 'existsSync' ? { exercise: { setup: fs, call: 'fs.existsSync(path)', inputs: {} } } : { note: 'Takes paths, descriptors and options only.' }) })),
  ...['statSync', 'lstatSync'].map((name): ModelRow => ({ api: `node:fs#${name}`, signature: `${name}(path[, options])`, result: plain, exercise: { setup: fs, call: `fs.${name}(path)`, inputs: {} } })),
];

const filesCallback: readonly ModelRow[] = [
  ...['writeFile', 'appendFile'].map((name): ModelRow => ({ api: `node:fs#${name}`, signature: `${name}(file, data[, options], callback)`, result: scalar, readsLater: [1], retains: [1, 2, 3] })),
  { api: 'node:fs#readFile', signature: 'readFile(path[, options], callback)', result: scalar, retains: [1, 2] },
  { api: 'node:fs#write', signature: 'write(fd, buffer[, offset[, length[, position]]], callback)', result: scalar, readsLater: [1], retains: [{ rest: 1 }] },
  { api: 'node:fs#read', signature: 'read(fd, buffer, offset, length, position, callback)', result: scalar, writesLater: [1], retains: [{ rest: 1 }] },
];

const filesPromise: readonly ModelRow[] = [
  ...['writeFile', 'appendFile'].map((name): ModelRow => ({ api: `node:fs/promises#${name}`, signature: `${name}(file, data[, options])`, result: { kind: 'promise', of: scalar }, readsLater: [1], retains: [1, 2] })),
  { api: 'node:fs/promises#readFile', signature: 'readFile(path[, options])', when: [{ argument: 1, is: ['absent'] }], result: { kind: 'promise', of: pooledBuffer() } },
  { api: 'node:fs/promises#readFile', signature: 'readFile(path[, options])', when: [{ argument: 1, is: ['string'] }], result: { kind: 'promise', of: text } },
  { api: 'node:fs/promises#readFile', signature: 'readFile(path[, options])', result: { kind: 'promise', of: unknown } },
  { api: 'node:fs/promises#open', signature: 'open(path[, flags[, mode]])', result: { kind: 'promise', of: { kind: 'object', class: 'node:fs/promises#FileHandle' } } },
  ...['mkdir', 'unlink', 'rename', 'rm', 'access', 'copyFile'].map((name): ModelRow => ({ api: `node:fs/promises#${name}`, signature: `${name}(path[, options[, more]])`, result: { kind: 'promise', of: scalar } })),
  { api: 'node:fs/promises#FileHandle.prototype.read', signature: 'read(buffer, offset, length, position)', result: { kind: 'promise', of: unknown }, writesLater: [0], retains: [0] },
  ...['write', 'writeFile', 'appendFile'].map((name): ModelRow => ({ api: `node:fs/promises#FileHandle.prototype.${name}`, signature: `${name}(buffer[, offset[, length[, position]]])`, result: { kind: 'promise', of: unknown }, readsLater: [0], retains: [0] })),
  ...['close', 'sync', 'datasync'].map((name): ModelRow => ({ api: `node:fs/promises#FileHandle.prototype.${name}`, signature: `${name}()`, result: { kind: 'promise', of: scalar } })),
];

const passThrough = `const { PassThrough } = await load('node:stream'); const p = new PassThrough(); const m = Buffer.from([9, 3, 7]);`;

const streams: readonly ModelRow[] = [
  ...['write', 'end'].map((name): ModelRow => ({
    api: `node:stream#Writable.prototype.${name}`, signature: `${name}(chunk[, encoding[, callback]])`, result: name === 'end' ? same : scalar, readsLater: [0], retains: [0, 1, 2], retainedBy: 'this', stateful: true,
    exercise: { setup: passThrough, call: `p.${name}(m)`, inputs: { this: 'p', 0: 'm' }, observe: `p.read().toString('hex')` },
    note: 'RULES 2.2: does not snapshot; a PassThrough hands the very chunk on.',
  })),
  { api: 'node:stream#Readable.prototype.push', signature: 'push(chunk[, encoding])', result: scalar, readsLater: [0], retains: [0], retainedBy: 'this', stateful: true, exercise: { setup: passThrough, call: 'p.push(m)', inputs: { this: 'p', 0: 'm' }, observe: `p.read().toString('hex')` } },
  { api: 'node:stream#Readable.prototype.read', signature: 'read([size])', result: { kind: 'member', of: 'this' }, stateful: true, exercise: { setup: `${passThrough} p.write(m);`, call: 'p.read()', inputs: { this: 'p' } }, note: 'A chunk, a part of one, or several joined; also what another program sent.' },
  ...['pause', 'resume', 'setEncoding', 'setNoDelay', 'setKeepAlive', 'setTimeout', 'destroy', 'ref', 'unref'].map((name): ModelRow => ({ api: `node:net#Socket.prototype.${name}`, signature: `${name}([value[, more]])`, result: same, retains: [0, 1], retainedBy: 'this', stateful: true })),
  { api: 'node:dgram#Socket.prototype.send', signature: 'send(msg[, ...rest])', result: scalar, readsLater: [0], retains: [{ rest: 0 }] },
  { api: 'process.stdout.write', signature: 'write(chunk[, encoding[, callback]])', result: scalar, readsLater: [0], retains: [0, 1, 2] },
  { api: 'process.stderr.write', signature: 'write(chunk[, encoding[, callback]])', result: scalar, readsLater: [0], retains: [0, 1, 2] },
];

const events: readonly ModelRow[] = [
  { api: 'node:events#new EventEmitter', signature: 'new EventEmitter([options])', result: { kind: 'object', class: 'node:events#EventEmitter' }, exercise: { setup: `const { EventEmitter } = await load('node:events');`, call: 'new EventEmitter()', inputs: {} } },
  ...['on', 'once', 'addListener', 'prependListener'].map((name): ModelRow => ({
    api: `node:events#EventEmitter.prototype.${name}`, signature: `${name}(eventName, listener)`, result: same, retains: [1], stateful: true,
    exercise: { setup: `const { EventEmitter } = await load('node:events'); const e = new EventEmitter(); const f = spy(() => {});`, call: `e.${name}('a', f)`, inputs: { this: 'e', 1: 'f' } },
  })),
  ...['off', 'removeListener'].map((name): ModelRow => ({
    api: `node:events#EventEmitter.prototype.${name}`, signature: `${name}(eventName, listener)`, result: same, stateful: true,
    exercise: { setup: `const { EventEmitter } = await load('node:events'); const e = new EventEmitter(); const f = spy(() => {});`, call: `e.${name}('a', f)`, inputs: { this: 'e', 1: 'f' } },
  })),
  { api: 'node:events#EventEmitter.prototype.removeAllListeners', signature: 'removeAllListeners([eventName])', result: same, stateful: true, exercise: { setup: `const { EventEmitter } = await load('node:events'); const e = new EventEmitter();`, call: 'e.removeAllListeners()', inputs: { this: 'e' } } },
  { api: 'node:events#EventEmitter.prototype.listenerCount', signature: 'listenerCount(eventName)', result: scalar, exercise: { setup: `const { EventEmitter } = await load('node:events'); const e = new EventEmitter();`, call: `e.listenerCount('a')`, inputs: { this: 'e' } } },
];

const timers: readonly ModelRow[] = [
  ...['setTimeout', 'setInterval'].map((name): ModelRow => ({
    api: name, signature: `${name}(callback[, delay[, ...args]])`, result: { kind: 'object', class: 'Timeout' }, retains: [0, { rest: 2 }],
    exercise: { setup: 'const f = spy(() => {});', call: `${name}(f, 1)`, inputs: { 0: 'f' }, observe: `clearTimeout($result)` },
  })),
  { api: 'setImmediate', signature: 'setImmediate(callback[, ...args])', result: { kind: 'object', class: 'Immediate' }, retains: [0, { rest: 1 }], exercise: { setup: 'const f = spy(() => {});', call: 'setImmediate(f)', inputs: { 0: 'f' }, observe: 'clearImmediate($result)' } },
  { api: 'queueMicrotask', signature: 'queueMicrotask(callback)', result: scalar, retains: [0], exercise: { setup: 'const f = spy(() => {});', call: 'queueMicrotask(f)', inputs: { 0: 'f' } } },
  { api: 'process.nextTick', signature: 'process.nextTick(callback[, ...args])', result: scalar, retains: [{ rest: 0 }], exercise: { setup: 'const f = spy(() => {});', call: 'process.nextTick(f)', inputs: { 0: 'f' } } },
  ...['clearTimeout', 'clearInterval', 'clearImmediate'].map((name): ModelRow => ({ api: name, signature: `${name}(timer)`, result: scalar, exercise: { setup: '', call: `${name}(undefined)`, inputs: {} } })),
  ...['ref', 'unref', 'refresh'].map((name): ModelRow => ({ api: `Timeout.prototype.${name}`, signature: `${name}()`, result: same, exercise: { setup: 'const t = setTimeout(() => {}, 1);', call: `t.${name}()`, inputs: { this: 't' }, observe: 'clearTimeout(t)' } })),
  { api: 'process.hrtime.bigint', signature: 'process.hrtime.bigint()', result: scalar, exercise: { setup: '', call: 'process.hrtime.bigint()', inputs: {} } },
  { api: 'process.memoryUsage', signature: 'process.memoryUsage()', result: plain, exercise: { setup: '', call: 'process.memoryUsage()', inputs: {} } },
];

const messages: readonly ModelRow[] = [
  {
    api: 'node:worker_threads#MessagePort.prototype.postMessage', signature: 'postMessage(value[, transferList])', result: scalar, snapshots: [0], observesClass: [0], detaches: [{ elementsOf: 1 }], roles: ['transfer'],
    exercise: {
      setup: `const { MessageChannel, receiveMessageOnPort } = await load('node:worker_threads'); const { port1, port2 } = new MessageChannel(); const m = Uint8Array.of(1, 2);`, call: 'port1.postMessage(m)', inputs: { 0: 'm' },
      observe: `(() => { const got = Buffer.from(receiveMessageOnPort(port2).message).toString('hex'); port1.close(); return got; })()`,
    },
    note: 'RULES 2.1 and 2.2: clones the whole backing store before it returns.',
  },
];

const zlibNames = ['deflateSync', 'inflateSync', 'deflateRawSync', 'inflateRawSync', 'gzipSync', 'gunzipSync', 'unzipSync', 'brotliCompressSync', 'brotliDecompressSync'];
const compressors: Readonly<Record<string, string>> = { inflateSync: 'deflateSync', inflateRawSync: 'deflateRawSync', gunzipSync: 'gzipSync', unzipSync: 'gzipSync', brotliDecompressSync: 'brotliCompressSync' };

const serialization: readonly ModelRow[] = [
  ...zlibNames.map((name): ModelRow => ({
    api: `node:zlib#${name}`, signature: `${name}(buffer[, options])`, result: pooledBuffer(), reads: [0],
    exercise: { setup: `const zlib = await load('node:zlib'); const plain = Uint8Array.from({ length: 300 }, (_, i) => i % 7); const m = ${compressors[name] === undefined ? 'plain' : `zlib.${compressors[name]}(plain)`};`, call: `zlib.${name}(m)`, inputs: { 0: 'm' } },
    note: 'RULES 2.1: a view of 16384 bytes on Node 20 and 22, of the slab on 24.',
  })),
  ...zlibNames.map((name) => name.replace('Sync', '')).map((name): ModelRow => ({ api: `node:zlib#${name}`, signature: `${name}(buffer[, options], callback)`, result: scalar, readsLater: [0], retains: [0, 1, 2], note: 'RULES 2.2: reads later, racy.' })),
  { api: 'node:v8#serialize', signature: 'serialize(value)', result: { kind: 'bytes', class: 'Buffer', origin: 'fresh', length: 'unknown' }, reads: [0], observesClass: [0], exercise: { setup: `const v8 = await load('node:v8'); const m = Uint8Array.of(1, 2);`, call: 'v8.serialize(m)', inputs: { 0: 'm' } }, note: 'RULES 2.1: writes only the viewed bytes. Reads all bytes that the value reaches.' },
];

const assertRows: readonly ModelRow[] = ['node:assert', 'node:assert/strict'].flatMap((module): readonly ModelRow[] => [
  ...['default', 'ok'].map((name): ModelRow => ({ api: `${module}#${name}`, signature: `${name}(value[, message])`, result: scalar, exercise: { setup: `const assert = (await load('${module}'));`, call: `assert.${name}(true)`, inputs: {} } })),
  ...['equal', 'strictEqual', 'notEqual', 'notStrictEqual', 'deepEqual', 'deepStrictEqual'].map((name): ModelRow => ({
    api: `${module}#${name}`, signature: `${name}(actual, expected[, message])`, result: scalar, reads: [0, 1], observesClass: [0, 1], exercise: { setup: `const assert = (await load('${module}')); const m = Uint8Array.of(1); const n = ${name.startsWith('not') ? 'Uint8Array.of(1)' : 'm'};`, call: `assert.${name}(m, n)`, inputs: {} },
  })),
]);

const helpers: readonly ModelRow[] = [
  ...['join', 'resolve', 'normalize', 'dirname', 'basename', 'extname', 'relative'].map((name): ModelRow => ({ api: `node:path#${name}`, signature: `${name}(...paths)`, result: text, exercise: { setup: `const path = await load('node:path');`, call: `path.${name}('a', 'b')`, inputs: {} } })),
  { api: 'node:util#inspect', signature: 'inspect(object[, options])', result: text, reads: [0], calls: [0], observesClass: [0], exercise: { setup: `const util = await load('node:util'); const m = Uint8Array.of(1);`, call: 'util.inspect(m)', inputs: { 0: 'm' } } },
  { api: 'node:util#format', signature: 'format(format[, ...args])', result: text, reads: [{ rest: 0 }], calls: [{ rest: 0 }], observesClass: [{ rest: 0 }], exercise: { setup: `const util = await load('node:util'); const m = Uint8Array.of(1);`, call: `util.format(m)`, inputs: { '0...': '[m]' } } },
  { api: 'node:util#isDeepStrictEqual', signature: 'isDeepStrictEqual(value1, value2)', result: scalar, reads: [0, 1], observesClass: [0, 1], exercise: { setup: `const util = await load('node:util'); const m = Uint8Array.of(1); const n = Uint8Array.of(1);`, call: 'util.isDeepStrictEqual(m, n)', inputs: { 0: 'm', 1: 'n' } } },
  ...['isUint8Array', 'isTypedArray', 'isArrayBufferView', 'isAnyArrayBuffer', 'isArrayBuffer'].map((name): ModelRow => ({ api: `node:util/types#${name}`, signature: `${name}(value)`, result: scalar, exercise: { setup: `const types = await load('node:util/types');`, call: `types.${name}(1)`, inputs: {} } })),
];

const streamClasses: readonly (readonly [name: string, parent: string | null, declared: readonly string[]])[] = [
  ['node:events#EventEmitter', null, ['EventEmitter']],
  ['node:stream#Readable', 'node:events#EventEmitter', ['Readable', 'IncomingMessage', 'ReadStream']],
  ['node:stream#Writable', 'node:events#EventEmitter', ['Writable', 'ServerResponse', 'ClientRequest', 'OutgoingMessage', 'WriteStream']],
  ['node:stream#Duplex', 'node:stream#Writable', ['Duplex', 'Transform', 'PassThrough']],
  ['node:net#Socket', 'node:stream#Duplex', ['Socket', 'TLSSocket']],
  ['node:dgram#Socket', 'node:events#EventEmitter', []],
];

export const nodeIoFamily: ModelFamily = {
  name: 'node input and output',
  classes: [
    ...streamClasses.map(([name, parent, declared]) => ({
      name, kind: 'object' as const, ...(parent === null ? {} : { extends: parent }),
      declared: declared.flatMap((type) => ['node:events', 'node:stream', 'node:net', 'node:tls', 'node:http', 'node:https', 'node:fs'].map((from) => ({ name: type, from }))),
    })),
    { name: 'node:fs/promises#FileHandle', kind: 'object', declared: [{ name: 'FileHandle', from: 'node:fs/promises' }] },
    { name: 'node:worker_threads#MessagePort', kind: 'object', declared: [{ name: 'MessagePort', from: 'node:worker_threads' }, { name: 'Worker', from: 'node:worker_threads' }, { name: 'MessagePort', from: '' }] },
    { name: 'Timeout', kind: 'object', declared: [{ name: 'Timeout', from: '' }, { name: 'Timeout', from: 'node:timers' }] },
    { name: 'Immediate', kind: 'object' },
  ],
  rows: [...consoleRows, ...filesSync, ...filesCallback, ...filesPromise, ...streams, ...events, ...timers, ...messages, ...serialization, ...assertRows, ...helpers],
  aliases: {
    'node:fs#promises': 'node:fs/promises#', 'node:util#types': 'node:util/types#', 'node:events#default': 'node:events#EventEmitter', 'node:assert#strict': 'node:assert/strict#ok', 'node:assert#assert': 'node:assert#ok',
    'node:timers#setTimeout': 'setTimeout', 'node:timers#setInterval': 'setInterval', 'node:timers#setImmediate': 'setImmediate', 'node:timers#clearTimeout': 'clearTimeout',
    'node:process#default': 'process', 'node:process#nextTick': 'process.nextTick', 'node:perf_hooks#performance': 'performance', 'node:worker_threads#Worker': 'node:worker_threads#MessagePort',
    'node:path#posix': 'node:path#', 'node:path#win32': 'node:path#',
  },
};
