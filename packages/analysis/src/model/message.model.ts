/**
 * Rows of what hands values to other threads or turns them into bytes: node:worker_threads, BroadcastChannel and node:v8.
 * A message is cloned before the call returns, with whole backing stores; what is transferred is detached; what lies in a SharedArrayBuffer stays shared.
 * structuredClone and JSON are in `ecmascript.model.ts`.
 * Source: nodejs.org/api/worker_threads.html, nodejs.org/api/v8.html; clones and snapshots measured (RULES 2.1, 2.2).
 */
import type { ArgumentPath, ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const unknown: ResultModel = { kind: 'unknown' };
const port: ResultModel = { kind: 'object', class: 'node:worker_threads#MessagePort' };
const threads = `const threads = await load('node:worker_threads');`;
const pair = `${threads} const { port1, port2 } = new threads.MessageChannel();`;
const got = (of: string): string => `(() => { const got = Buffer.from(threads.receiveMessageOnPort(port2).message${of}).toString('hex'); port1.close(); return got; })()`;

/** The ways to say what is transferred: nothing, a list, or an object that holds the list. */
function postRows(api: string, setup: string, target: string, observe: (of: string) => string): readonly ModelRow[] {
  const transferred = (path: ArgumentPath): Pick<ModelRow, 'reads' | 'detaches'> => ({ reads: [{ elementsOf: path }], detaches: [{ elementsOf: path }] });
  const row: ModelRow = { api, signature: 'postMessage(value[, transferList])', result: scalar, snapshots: [0], observesClass: [0], roles: ['transfer'], stateful: true, note: 'RULES 2.1 and 2.2: clones the whole backing store before it returns.' };
  return [
    { ...row, when: [{ argument: 1, is: ['absent'] }], exercise: { setup: `${setup} const m = Uint8Array.of(1, 2);`, call: `${target}.postMessage(m)`, inputs: { 0: 'm' }, observe: observe('') } },
    { ...row, ...transferred(1), when: [{ argument: 1, is: ['array'] }], exercise: { setup: `${setup} const m = Uint8Array.of(1, 2); const b = new Uint8Array(8).buffer;`, call: `${target}.postMessage([m, b], [b])`, inputs: { '1[]': '[b]' }, observe: observe('[1]') } },
    { ...row, ...transferred({ property: 'transfer', of: 1 }), exercise: { setup: `${setup} const m = Uint8Array.of(1, 2); const b = new Uint8Array(8).buffer;`, call: `${target}.postMessage([m, b], { transfer: [b] })`, inputs: { '1.transfer[]': '[b]' }, observe: observe('[1]') } },
  ];
}

const channel = `${threads} const near = new threads.BroadcastChannel('scrimp'); const far = new threads.BroadcastChannel('scrimp'); const { done, settle } = deferred(); far.onmessage = (event) => settle(null, Buffer.from(event.data).toString('hex'));`;
const echo = `const { parentPort, workerData } = require('node:worker_threads'); if (workerData) parentPort.postMessage(Buffer.from(workerData).toString('hex')); else parentPort.once('message', (m) => { parentPort.postMessage(Buffer.from(Array.isArray(m) ? m[1] : m).toString('hex')); });`;
const worker = `${threads} const w = new threads.Worker(${JSON.stringify(echo)}, { eval: true });`;
const answer = '(await new Promise((resolve) => { w.once("message", (text) => { void w.terminate().then(() => resolve(text)); }); }))';

const workers: readonly ModelRow[] = [
  { api: 'node:worker_threads#new MessageChannel', signature: 'new MessageChannel()', result: { kind: 'object', class: 'node:worker_threads#MessageChannel' }, exercise: { setup: threads, call: 'new threads.MessageChannel()', inputs: {}, observe: '($result.port1.close(), 0)' } },
  ...postRows('node:worker_threads#MessagePort.prototype.postMessage', pair, 'port1', got),
  ...['start', 'ref', 'unref', 'close'].map((name): ModelRow => ({ api: `node:worker_threads#MessagePort.prototype.${name}`, signature: `${name}()`, result: scalar, stateful: true, exercise: { setup: pair, call: `port1.${name}()`, inputs: {}, observe: '(port1.close(), 0)' } })),
  { api: 'node:worker_threads#receiveMessageOnPort', signature: 'receiveMessageOnPort(port)', result: unknown, stateful: true, exercise: { setup: `${pair} port1.postMessage(1);`, call: 'threads.receiveMessageOnPort(port2)', inputs: {}, observe: '(port1.close(), 0)' }, note: 'What was sent may share memory with another thread.' },
  { api: 'node:worker_threads#new BroadcastChannel', signature: 'new BroadcastChannel(name)', result: { kind: 'object', class: 'node:worker_threads#BroadcastChannel' }, exercise: { setup: threads, call: `new threads.BroadcastChannel('scrimp')`, inputs: {}, observe: '($result.close(), 0)' } },
  {
    api: 'node:worker_threads#BroadcastChannel.prototype.postMessage', signature: 'postMessage(message)', result: scalar, snapshots: [0], observesClass: [0], roles: ['transfer'], stateful: true,
    exercise: { setup: `${channel} const m = Uint8Array.of(1, 2);`, call: 'near.postMessage(m)', inputs: { 0: 'm' }, observe: '(await done) + (near.close(), far.close(), "")' }, note: 'RULES 2.2: clones before it returns.',
  },
  { api: 'node:worker_threads#BroadcastChannel.prototype.close', signature: 'close()', result: scalar, stateful: true, exercise: { setup: `${channel} far.close();`, call: 'near.close()', inputs: {} } },
  ...['ref', 'unref'].map((name): ModelRow => ({ api: `node:worker_threads#BroadcastChannel.prototype.${name}`, signature: `${name}()`, result: { kind: 'same', as: 'this' }, stateful: true, exercise: { setup: `${channel} far.close();`, call: `near.${name}()`, inputs: { this: 'near' }, observe: '(near.close(), 0)' } })),
  {
    api: 'node:worker_threads#new Worker', signature: 'new Worker(filename[, options])', result: { kind: 'object', class: 'node:worker_threads#Worker', holds: [1] }, snapshots: [{ property: 'workerData', of: 1 }], retains: [1],
    observesClass: [{ property: 'workerData', of: 1 }], detaches: [{ elementsOf: { property: 'transferList', of: 1 } }], roles: ['transfer'],
    exercise: { setup: `${threads} const m = Uint8Array.of(1, 2); let w;`, call: `(w = new threads.Worker(${JSON.stringify(echo)}, { eval: true, workerData: m }))`, inputs: { '1.workerData': 'm' }, observe: answer },
  },
  ...postRows('node:worker_threads#Worker.prototype.postMessage', worker, 'w', () => answer),
  { api: 'node:worker_threads#Worker.prototype.terminate', signature: 'terminate()', result: { kind: 'promise', of: scalar }, stateful: true, exercise: { setup: worker, call: 'w.terminate()', inputs: {} } },
  ...['ref', 'unref'].map((name): ModelRow => ({ api: `node:worker_threads#Worker.prototype.${name}`, signature: `${name}()`, result: scalar, stateful: true, exercise: { setup: worker, call: `w.${name}()`, inputs: {}, observe: '(await w.terminate(), 0)' } })),
  { api: 'node:worker_threads#setEnvironmentData', signature: 'setEnvironmentData(key[, value])', result: scalar, readsLater: [1], retains: [0, 1], exercise: { setup: `${threads} const m = Uint8Array.of(1, 2);`, call: `threads.setEnvironmentData('scrimp', m)`, inputs: { 1: 'm' }, observe: `Buffer.from(threads.getEnvironmentData('scrimp')).toString('hex')` } },
  { api: 'node:worker_threads#getEnvironmentData', signature: 'getEnvironmentData(key)', result: unknown, exercise: { setup: threads, call: `threads.getEnvironmentData('scrimp')`, inputs: {} }, note: 'The very value that was set.' },
  { api: 'node:worker_threads#markAsUntransferable', signature: 'markAsUntransferable(object)', result: scalar, stateful: true, exercise: { setup: `${threads} const b = new ArrayBuffer(8);`, call: 'threads.markAsUntransferable(b)', inputs: { 0: 'b' } } },
];

const v8 = `const v8 = await load('node:v8'); const m = Uint8Array.of(1, 2, 3);`;
const packed = `${v8} const s = v8.serialize(m);`;
const serializer = `${v8} const s = new v8.DefaultSerializer();`;
const deserializer = `${packed} const d = new v8.DefaultDeserializer(s); d.readHeader();`;

const serialization: readonly ModelRow[] = [
  { api: 'node:v8#serialize', signature: 'serialize(value)', result: { kind: 'bytes', class: 'Buffer', origin: 'fresh', length: 'unknown' }, reads: [0], observesClass: [0], exercise: { setup: v8, call: 'v8.serialize(m)', inputs: { 0: 'm' } }, note: 'RULES 2.1: writes only the viewed bytes. Reads all bytes that the value reaches.' },
  {
    api: 'node:v8#deserialize', signature: 'deserialize(buffer)', result: unknown, reads: [0], exercise: { setup: packed, call: 'v8.deserialize(s)', inputs: { 0: 's' } },
    note: 'Bytes in the result are views of the buffer where their alignment admits it, so the result is not taken for fresh.',
  },
  ...['Serializer', 'DefaultSerializer'].map((name): ModelRow => ({ api: `node:v8#new ${name}`, signature: `new ${name}()`, result: { kind: 'object', class: 'node:v8#Serializer' }, exercise: { setup: v8, call: `new v8.${name}()`, inputs: {} } })),
  { api: 'node:v8#Serializer.prototype.writeHeader', signature: 'writeHeader()', result: scalar, stateful: true, exercise: { setup: serializer, call: 's.writeHeader()', inputs: {} } },
  { api: 'node:v8#Serializer.prototype.writeValue', signature: 'writeValue(value)', result: scalar, reads: [0], observesClass: [0], stateful: true, exercise: { setup: serializer, call: 's.writeValue(m)', inputs: { 0: 'm' }, observe: `s.releaseBuffer().toString('hex')` } },
  { api: 'node:v8#Serializer.prototype.writeRawBytes', signature: 'writeRawBytes(buffer)', result: scalar, reads: [0], stateful: true, roles: ['sync-sink'], exercise: { setup: serializer, call: 's.writeRawBytes(m)', inputs: { 0: 'm' }, observe: `s.releaseBuffer().toString('hex')` } },
  ...[['writeUint32', '7'], ['writeUint64', '7, 7'], ['writeDouble', '7']].map(([name, values]): ModelRow => ({ api: `node:v8#Serializer.prototype.${name!}`, signature: `${name!}(value[, low])`, result: scalar, stateful: true, exercise: { setup: serializer, call: `s.${name!}(${values!})`, inputs: {} } })),
  { api: 'node:v8#Serializer.prototype.releaseBuffer', signature: 'releaseBuffer()', result: { kind: 'bytes', class: 'Buffer', origin: 'fresh', length: 'unknown' }, stateful: true, exercise: { setup: `${serializer} s.writeValue(1);`, call: 's.releaseBuffer()', inputs: {} } },
  ...['Deserializer', 'DefaultDeserializer'].map((name): ModelRow => ({
    api: `node:v8#new ${name}`, signature: `new ${name}(buffer)`, result: { kind: 'object', class: 'node:v8#Deserializer', holds: [0] }, reads: [0], readsLater: [0], retains: [0],
    exercise: { setup: packed, call: `new v8.DefaultDeserializer(s)`, inputs: { 0: 's' }, observe: `($result.readHeader(), Buffer.from($result.readValue()).toString('hex'))` },
  })),
  { api: 'node:v8#Deserializer.prototype.readHeader', signature: 'readHeader()', result: scalar, stateful: true, exercise: { setup: `${packed} const d = new v8.DefaultDeserializer(s);`, call: 'd.readHeader()', inputs: {} } },
  ...['readValue', 'readRawBytes'].map((name): ModelRow => ({ api: `node:v8#Deserializer.prototype.${name}`, signature: `${name}([length])`, result: unknown, stateful: true, exercise: { setup: deserializer, call: `d.${name}(1)`, inputs: {} }, note: 'May be, or hold, a view of the buffer.' })),
];

export const messageFamily: ModelFamily = {
  name: 'messages',
  classes: [
    { name: 'node:worker_threads#MessagePort', kind: 'object', extends: 'node:events#EventEmitter', declared: [{ name: 'MessagePort', from: 'node:worker_threads' }, { name: 'MessagePort', from: '' }] },
    { name: 'node:worker_threads#MessageChannel', kind: 'object', properties: { port1: port, port2: port }, declared: [{ name: 'MessageChannel', from: 'node:worker_threads' }, { name: 'MessageChannel', from: '' }] },
    { name: 'node:worker_threads#BroadcastChannel', kind: 'object', declared: [{ name: 'BroadcastChannel', from: 'node:worker_threads' }, { name: 'BroadcastChannel', from: '' }] },
    { name: 'node:worker_threads#Worker', kind: 'object', extends: 'node:events#EventEmitter', declared: [{ name: 'Worker', from: 'node:worker_threads' }] },
    { name: 'node:v8#Serializer', kind: 'object', declared: ['Serializer', 'DefaultSerializer'].map((name) => ({ name, from: 'node:v8' })) },
    { name: 'node:v8#Deserializer', kind: 'object', declared: ['Deserializer', 'DefaultDeserializer'].map((name) => ({ name, from: 'node:v8' })) },
  ],
  rows: [...workers, ...serialization],
  aliases: { MessageChannel: 'node:worker_threads#MessageChannel', BroadcastChannel: 'node:worker_threads#BroadcastChannel' },
};
