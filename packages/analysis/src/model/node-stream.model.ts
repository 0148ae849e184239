/**
 * Rows of node:stream, node:stream/promises, node:stream/consumers and node:events. Files, sockets and compression extend these classes in families of their own.
 * A stream keeps what is written or pushed, and a PassThrough hands the very chunk on: chunks must stay as they are for as long as anybody may read them.
 * `EventEmitter.prototype.emit` has no row on purpose: listeners are unknown code.
 * Source: nodejs.org/api/stream.html, nodejs.org/api/events.html; that writes do not copy is measured (RULES 2.2).
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const unknown: ResultModel = { kind: 'unknown' };
const same: ResultModel = { kind: 'same', as: 'this' };

const stream = `const stream = await load('node:stream');`;
const passThrough = `${stream} const p = new stream.PassThrough(); const m = Buffer.from([9, 3, 7]);`;

const writable: readonly ModelRow[] = [
  ...['write', 'end'].map((name): ModelRow => ({
    api: `node:stream#Writable.prototype.${name}`, signature: `${name}(chunk[, encoding[, callback]])`, result: name === 'end' ? same : scalar, readsLater: [0], retains: [0, 1, 2], retainedBy: 'this', stateful: true,
    exercise: { setup: passThrough, call: `p.${name}(m)`, inputs: { this: 'p', 0: 'm' }, observe: `p.read().toString('hex')` },
    note: 'RULES 2.2: does not snapshot; a PassThrough hands the very chunk on.',
  })),
  ...['cork', 'uncork'].map((name): ModelRow => ({ api: `node:stream#Writable.prototype.${name}`, signature: `${name}()`, result: scalar, stateful: true, exercise: { setup: passThrough, call: `p.${name}()`, inputs: { this: 'p' } } })),
  { api: 'node:stream#Writable.prototype.setDefaultEncoding', signature: 'setDefaultEncoding(encoding)', result: same, stateful: true, exercise: { setup: passThrough, call: `p.setDefaultEncoding('utf8')`, inputs: { this: 'p' } } },
];

const readable: readonly ModelRow[] = [
  { api: 'node:stream#Readable.prototype.push', signature: 'push(chunk[, encoding])', result: scalar, readsLater: [0], retains: [0], retainedBy: 'this', stateful: true, exercise: { setup: passThrough, call: 'p.push(m)', inputs: { this: 'p', 0: 'm' }, observe: `p.read().toString('hex')` } },
  { api: 'node:stream#Readable.prototype.unshift', signature: 'unshift(chunk[, encoding])', result: scalar, readsLater: [0], retains: [0], retainedBy: 'this', stateful: true, exercise: { setup: passThrough, call: 'p.unshift(m)', inputs: { this: 'p', 0: 'm' }, observe: `p.read().toString('hex')` } },
  { api: 'node:stream#Readable.prototype.read', signature: 'read([size])', result: { kind: 'member', of: 'this' }, stateful: true, exercise: { setup: `${passThrough} p.write(m);`, call: 'p.read()', inputs: { this: 'p' } }, note: 'A chunk, a part of one, or several joined; also what another program sent.' },
  ...['pause', 'resume'].map((name): ModelRow => ({ api: `node:stream#Readable.prototype.${name}`, signature: `${name}()`, result: same, stateful: true, exercise: { setup: passThrough, call: `p.${name}()`, inputs: { this: 'p' } } })),
  { api: 'node:stream#Readable.prototype.isPaused', signature: 'isPaused()', result: scalar, exercise: { setup: passThrough, call: 'p.isPaused()', inputs: { this: 'p' } } },
  { api: 'node:stream#Readable.prototype.setEncoding', signature: 'setEncoding(encoding)', result: same, stateful: true, exercise: { setup: passThrough, call: `p.setEncoding('hex')`, inputs: { this: 'p' } }, note: 'From then on chunks are texts.' },
  { api: 'node:stream#Readable.prototype.pipe', signature: 'pipe(destination[, options])', result: { kind: 'same', as: 0 }, retains: ['this', 0], stateful: true, exercise: { setup: `${passThrough} const q = new stream.PassThrough();`, call: 'p.pipe(q)', inputs: { this: 'p', 0: 'q' } } },
  { api: 'node:stream#Readable.prototype.unpipe', signature: 'unpipe([destination])', result: same, stateful: true, exercise: { setup: passThrough, call: 'p.unpipe()', inputs: { this: 'p' } } },
  { api: 'node:stream#Readable.prototype.wrap', signature: 'wrap(stream)', result: same, retains: [0], stateful: true, exercise: { setup: `${passThrough} const q = new stream.PassThrough();`, call: 'p.wrap(q)', inputs: { this: 'p', 0: 'q' } } },
  ...['map', 'filter', 'flatMap', 'take', 'drop'].map((name): ModelRow => ({
    api: `node:stream#Readable.prototype.${name}`, signature: `${name}(fnOrLimit[, options])`, result: { kind: 'object', class: 'node:stream#Readable', holds: ['this', 0, 1] }, retains: ['this', 0, 1],
    exercise: { setup: `${passThrough} const f = spy((x) => x);`, call: `p.${name}(${name === 'take' || name === 'drop' ? 1 : 'f'})`, inputs: { this: 'p', 0: 'f' } }, note: 'Runs the function when the result is read.',
  })),
  ...['toArray', 'forEach', 'some', 'every', 'find', 'reduce'].map((name): ModelRow => ({
    api: `node:stream#Readable.prototype.${name}`, signature: `${name}([fn[, options[, more]]])`, result: { kind: 'promise', of: unknown }, retains: ['this', 0, 1, 2],
    exercise: { setup: `${passThrough} p.end(m);`, call: `p.${name}(${name === 'toArray' ? '' : '(x) => x'})`, inputs: { this: 'p' } },
  })),
  {
    api: 'node:stream#Readable.from', signature: 'Readable.from(iterable[, options])', result: { kind: 'object', class: 'node:stream#Readable', holds: [0, 1] }, readsLater: [0, { elementsOf: 0 }], retains: [0, 1],
    exercise: { setup: passThrough, call: 'stream.Readable.from([m])', inputs: { '0[]': '[m]' }, observe: `Buffer.concat(await $result.toArray()).toString('hex')` }, note: 'The chunks are the very elements.',
  },
];

const everyStream: readonly ModelRow[] = [
  ...['Readable', 'Writable'].map((name): ModelRow => ({ api: `node:stream#${name}.prototype.destroy`, signature: 'destroy([error])', result: same, retains: [0], stateful: true, exercise: { setup: `${stream} const p = new stream.${name}({ read() {}, write() {} });`, call: 'p.destroy()', inputs: { this: 'p' } } })),
  ...['Readable', 'Writable', 'Duplex', 'Transform', 'PassThrough'].map((name): ModelRow => ({
    api: `node:stream#new ${name}`, signature: `new ${name}([options])`, result: { kind: 'object', class: `node:stream#${name}`, holds: [0] }, retains: [0],
    exercise: { setup: stream, call: `new stream.${name}({ read() {}, write() {}, transform() {} })`, inputs: {} }, note: 'The functions of the options run later.',
  })),
];

const functions: readonly ModelRow[] = [
  { api: 'node:stream#pipeline', signature: 'pipeline(source[, ...transforms], destination, callback)', result: unknown, retains: [{ rest: 0 }], calls: [{ rest: 0 }], exercise: { setup: `${passThrough} const q = new stream.PassThrough();`, call: 'stream.pipeline(p, q, () => {})', inputs: {} }, note: 'Functions among the streams run.' },
  { api: 'node:stream#finished', signature: 'finished(stream[, options], callback)', result: unknown, retains: [{ rest: 0 }], exercise: { setup: passThrough, call: 'stream.finished(p, () => {})', inputs: { 0: 'p' } } },
  { api: 'node:stream#addAbortSignal', signature: 'addAbortSignal(signal, stream)', result: { kind: 'same', as: 1 }, retains: [0, 1], exercise: { setup: passThrough, call: 'stream.addAbortSignal(new AbortController().signal, p)', inputs: { 1: 'p' } } },
  {
    api: 'node:stream/promises#pipeline', signature: 'pipeline(source[, ...transforms], destination[, options])', result: { kind: 'promise', of: unknown }, retains: [{ rest: 0 }], calls: [{ rest: 0 }],
    exercise: { setup: `${passThrough} const { pipeline } = await load('node:stream/promises'); const q = new stream.PassThrough(); p.end(m);`, call: 'pipeline(p, q)', inputs: {} },
  },
  { api: 'node:stream/promises#finished', signature: 'finished(stream[, options])', result: { kind: 'promise', of: scalar }, retains: [0, 1], exercise: { setup: `${passThrough} const { finished } = await load('node:stream/promises'); p.resume(); p.end(m);`, call: 'finished(p)', inputs: { 0: 'p' } } },
];

const consumed = `${passThrough} const consumers = await load('node:stream/consumers'); p.end(m);`;

/** They read a stream or another iterable, whose code runs, to its end; each joins the chunks into new bytes. */
const consumers: readonly ModelRow[] = ([
  ['arrayBuffer', unknown], ['buffer', unknown], ['text', { kind: 'string', length: 'unknown' }], ['json', unknown], ['blob', { kind: 'object', class: 'Blob' }],
] as const satisfies readonly (readonly [string, ResultModel])[]).map(([name, of]): ModelRow => ({
  api: `node:stream/consumers#${name}`, signature: `${name}(stream)`, result: { kind: 'promise', of }, retains: [0], calls: [0],
  exercise: { setup: name === 'json' ? consumed.replace('p.end(m)', `p.end('1')`) : consumed, call: `consumers.${name}(p)`, inputs: {} },
  ...(of.kind === 'unknown' ? { note: 'Whether a single chunk comes back as a copy is not documented.' } : {}),
}));

const emitter = `const { EventEmitter, once } = await load('node:events'); const e = new EventEmitter(); const f = spy(() => {});`;

const events: readonly ModelRow[] = [
  { api: 'node:events#new EventEmitter', signature: 'new EventEmitter([options])', result: { kind: 'object', class: 'node:events#EventEmitter' }, exercise: { setup: emitter, call: 'new EventEmitter()', inputs: {} } },
  ...['on', 'once', 'addListener', 'prependListener', 'prependOnceListener'].map((name): ModelRow => ({
    api: `node:events#EventEmitter.prototype.${name}`, signature: `${name}(eventName, listener)`, result: same, retains: [1], stateful: true, exercise: { setup: emitter, call: `e.${name}('a', f)`, inputs: { this: 'e', 1: 'f' } },
  })),
  ...['off', 'removeListener'].map((name): ModelRow => ({
    api: `node:events#EventEmitter.prototype.${name}`, signature: `${name}(eventName, listener)`, result: same, stateful: true, exercise: { setup: emitter, call: `e.${name}('a', f)`, inputs: { this: 'e', 1: 'f' } },
  })),
  { api: 'node:events#EventEmitter.prototype.removeAllListeners', signature: 'removeAllListeners([eventName])', result: same, stateful: true, exercise: { setup: emitter, call: 'e.removeAllListeners()', inputs: { this: 'e' } } },
  { api: 'node:events#EventEmitter.prototype.setMaxListeners', signature: 'setMaxListeners(n)', result: same, stateful: true, exercise: { setup: emitter, call: 'e.setMaxListeners(20)', inputs: { this: 'e' } } },
  ...['listenerCount', 'getMaxListeners'].map((name): ModelRow => ({ api: `node:events#EventEmitter.prototype.${name}`, signature: `${name}([eventName])`, result: scalar, exercise: { setup: emitter, call: `e.${name}('a')`, inputs: { this: 'e' } } })),
  { api: 'node:events#EventEmitter.prototype.eventNames', signature: 'eventNames()', result: { kind: 'array', elementsOf: [] }, exercise: { setup: emitter, call: 'e.eventNames()', inputs: { this: 'e' } } },
  { api: 'node:events#once', signature: 'once(emitter, name[, options])', result: { kind: 'promise', of: unknown }, retains: [0, 2], exercise: { setup: `${emitter} setImmediate(() => e.emit('a', 1));`, call: `once(e, 'a')`, inputs: { 0: 'e' } } },
];

/** The classes of other modules that are streams without rows of their own. */
const classes: readonly (readonly [name: string, parent: string | null, declared: readonly string[]])[] = [
  ['node:events#EventEmitter', null, ['EventEmitter']],
  ['node:stream#Readable', 'node:events#EventEmitter', ['Readable', 'IncomingMessage', 'ReadStream']],
  ['node:stream#Writable', 'node:events#EventEmitter', ['Writable', 'WriteStream']],
  ['node:stream#Duplex', 'node:stream#Writable', ['Duplex']],
  ['node:stream#Transform', 'node:stream#Duplex', ['Transform']],
  ['node:stream#PassThrough', 'node:stream#Transform', ['PassThrough']],
];

const origins = ['node:events', 'node:stream', 'node:net', 'node:tls', 'node:http', 'node:https', 'node:fs'];

/** A Duplex has one parent here; the methods of its other half are repeated under its own name. */
const otherHalf: readonly ModelRow[] = readable.filter((row) => row.api.includes('.prototype.')).map((row) => ({ ...row, api: row.api.replace('#Readable.', '#Duplex.') }));

export const nodeStreamFamily: ModelFamily = {
  name: 'node:stream',
  classes: classes.map(([name, parent, declared]) => ({
    name, kind: 'object' as const, ...(parent === null ? {} : { extends: parent }), declared: declared.flatMap((type) => origins.map((from) => ({ name: type, from }))),
  })),
  rows: [...writable, ...readable, ...everyStream, ...otherHalf, ...functions, ...consumers, ...events],
  aliases: { 'node:events#default': 'node:events#EventEmitter' },
};
