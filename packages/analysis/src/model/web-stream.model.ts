/**
 * Rows of Blob, File, the bodies of Request and Response, and web streams.
 * A Blob or body copies the bytes that it is made of; a stream keeps its chunks, and a byte stream takes their buffers away from whoever gave them.
 * `fetch` has no row: it is unknown.
 * Source: w3.org/TR/FileAPI, fetch.spec.whatwg.org, streams.spec.whatwg.org; copies and detachments executed.
 */
import type { ModelClass, ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const unknown: ResultModel = { kind: 'unknown' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const blob: ResultModel = { kind: 'object', class: 'Blob' };
const readableStream: ResultModel = { kind: 'object', class: 'ReadableStream' };
const message = 'const m = Uint8Array.of(9, 3, 7);';

function promise(of: ResultModel): ResultModel {
  return { kind: 'promise', of };
}

function bytes(name: string): ResultModel {
  return { kind: 'bytes', class: name, origin: 'fresh', length: 'unknown' };
}

const hexOf = (value: string): string => `Buffer.from(await ${value}.arrayBuffer()).toString('hex')`;

/** What a Blob, a Request and a Response have for their content: each call gives bytes of its own. */
function contentRows(name: string, made: string, parent: readonly string[]): readonly ModelRow[] {
  const setup = `${message} const b = ${made};`;
  return [
    { api: `${name}.prototype.arrayBuffer`, signature: 'arrayBuffer()', result: promise(bytes('ArrayBuffer')), exercise: { setup, call: 'b.arrayBuffer()', inputs: { source: 'm' } } },
    { api: `${name}.prototype.bytes`, signature: 'bytes()', result: promise(bytes('Uint8Array')), since: { node: '22.3.0' }, exercise: { setup, call: 'b.bytes()', inputs: { source: 'm' } } },
    { api: `${name}.prototype.text`, signature: 'text()', result: promise(text), exercise: { setup, call: 'b.text()', inputs: {} } },
    ...parent.map((member): ModelRow => (member === 'json'
      ? { api: `${name}.prototype.json`, signature: 'json()', result: promise(unknown), exercise: { setup: setup.replace('const m = Uint8Array.of(9, 3, 7);', `const m = Uint8Array.of(49);`), call: 'b.json()', inputs: {} } }
      : { api: `${name}.prototype.blob`, signature: 'blob()', result: promise(blob), exercise: { setup, call: 'b.blob()', inputs: {} } })),
  ];
}

const contents: readonly ModelRow[] = [
  { api: 'new Blob', signature: 'new Blob([sources[, options]])', result: blob, reads: [{ elementsOf: 0 }], calls: [0], exercise: { setup: message, call: 'new Blob([m])', inputs: { '0[]': '[m]' }, observe: hexOf('$result') }, note: 'Copies its parts. The list may be any iterable, whose code runs.' },
  { api: 'new File', signature: 'new File(sources, fileName[, options])', result: { kind: 'object', class: 'File' }, reads: [{ elementsOf: 0 }], calls: [0], exercise: { setup: `${message} const { File } = await load('node:buffer');`, call: `new File([m], 'a')`, inputs: { '0[]': '[m]' }, observe: hexOf('$result') } },
  { api: 'Blob.prototype.slice', signature: 'slice([start[, end[, type]]])', result: blob, exercise: { setup: `${message} const b = new Blob([m]);`, call: 'b.slice(1)', inputs: { this: 'b' } } },
  { api: 'Blob.prototype.stream', signature: 'stream()', result: readableStream, exercise: { setup: `${message} const b = new Blob([m]);`, call: 'b.stream()', inputs: {} } },
  ...contentRows('Blob', 'new Blob([m])', []),
  { api: 'new Response', signature: 'new Response([body[, init]])', result: { kind: 'object', class: 'Response', holds: [0, 1] }, reads: [0], retains: [0], exercise: { setup: message, call: 'new Response(m)', inputs: {}, observe: hexOf('$result') }, note: 'Copies bytes; a stream as body is kept.' },
  { api: 'new Request', signature: 'new Request(input[, init])', result: { kind: 'object', class: 'Request', holds: [0, 1] }, reads: [{ property: 'body', of: 1 }], retains: [0, 1], exercise: { setup: message, call: `new Request('http://a', { method: 'POST', body: m })`, inputs: {}, observe: hexOf('$result') } },
  ...contentRows('Response', 'new Response(m)', ['json', 'blob']), ...contentRows('Request', `new Request('http://a', { method: 'POST', body: m })`, ['json', 'blob']),
];

const bytesSource = `let c; const s = new ReadableStream({ type: 'bytes', start(controller) { c = controller; } });`;
const plainSource = `let c; const s = new ReadableStream({ start(controller) { c = controller; } });`;
const sink = `const seen = []; const s = new WritableStream({ write(chunk) { seen.push(chunk); } });`;

const streams: readonly ModelRow[] = [
  { api: 'new ReadableStream', signature: 'new ReadableStream([underlyingSource[, strategy]])', result: { kind: 'object', class: 'ReadableStream', holds: [0, 1] }, retains: [0, 1], calls: [0], exercise: { setup: '', call: 'new ReadableStream({ start() {} })', inputs: {} } },
  { api: 'new WritableStream', signature: 'new WritableStream([underlyingSink[, strategy]])', result: { kind: 'object', class: 'WritableStream', holds: [0, 1] }, retains: [0, 1], calls: [0], exercise: { setup: '', call: 'new WritableStream({ start() {} })', inputs: {} } },
  { api: 'new TransformStream', signature: 'new TransformStream([transformer[, writableStrategy[, readableStrategy]]])', result: { kind: 'object', class: 'TransformStream', holds: [0, 1, 2] }, retains: [0, 1, 2], calls: [0], exercise: { setup: '', call: 'new TransformStream({ start() {} })', inputs: {} } },
  ...['CompressionStream', 'DecompressionStream'].map((name): ModelRow => ({ api: `new ${name}`, signature: `new ${name}(format)`, result: { kind: 'object', class: 'TransformStream' }, exercise: { setup: '', call: `new ${name}('gzip')`, inputs: {} } })),
  ...['TextEncoderStream', 'TextDecoderStream'].map((name): ModelRow => ({ api: `new ${name}`, signature: `new ${name}([label[, options]])`, result: { kind: 'object', class: 'TransformStream' }, exercise: { setup: '', call: `new ${name}()`, inputs: {} } })),
  { api: 'ReadableStream.prototype.getReader', signature: 'getReader()', when: [{ argument: 0, is: ['absent'] }], result: { kind: 'object', class: 'ReadableStreamDefaultReader', holds: ['this'] }, stateful: true, exercise: { setup: plainSource, call: 's.getReader()', inputs: { this: 's' } } },
  { api: 'ReadableStream.prototype.getReader', signature: 'getReader(options)', result: { kind: 'object', class: 'ReadableStreamBYOBReader', holds: ['this'] }, stateful: true, exercise: { setup: bytesSource, call: `s.getReader({ mode: 'byob' })`, inputs: { this: 's' } } },
  ...['pipeTo', 'pipeThrough'].map((name): ModelRow => ({
    api: `ReadableStream.prototype.${name}`, signature: `${name}(destination[, options])`, result: name === 'pipeTo' ? promise(scalar) : unknown, retains: ['this', 0, 1], stateful: true,
    exercise: { setup: `${plainSource} c.close();`, call: name === 'pipeTo' ? 's.pipeTo(new WritableStream())' : 's.pipeThrough(new TransformStream())', inputs: {} },
  })),
  { api: 'ReadableStream.prototype.tee', signature: 'tee()', result: { kind: 'array' }, retains: ['this'], stateful: true, exercise: { setup: plainSource, call: 's.tee()', inputs: {}, observe: '0' }, note: 'Both branches get the very chunks.' },
  { api: 'ReadableStream.prototype.cancel', signature: 'cancel([reason])', result: promise(unknown), retains: [0], stateful: true, exercise: { setup: plainSource, call: 's.cancel()', inputs: {} } },
  { api: 'ReadableStreamDefaultReader.prototype.read', signature: 'read()', result: promise(unknown), retains: ['this'], stateful: true, exercise: { setup: `${plainSource} c.enqueue(1); const r = s.getReader();`, call: 'r.read()', inputs: {} }, note: 'Gives the very chunk.' },
  {
    api: 'ReadableStreamBYOBReader.prototype.read', signature: 'read(view[, options])', result: promise(unknown), retains: ['this'], detaches: [0], stateful: true,
    exercise: { setup: `${bytesSource} c.enqueue(Uint8Array.of(1, 2)); const r = s.getReader({ mode: 'byob' }); const u = new Uint8Array(8);`, call: 'r.read(u)', inputs: { 0: 'u' } }, note: 'Takes the buffer of the view away and gives another view of its bytes.',
  },
  ...['ReadableStreamDefaultReader', 'ReadableStreamBYOBReader'].map((name): ModelRow => ({ api: `${name}.prototype.releaseLock`, signature: 'releaseLock()', result: scalar, stateful: true, exercise: { setup: name.includes('BYOB') ? `${bytesSource} const r = s.getReader({ mode: 'byob' });` : `${plainSource} const r = s.getReader();`, call: 'r.releaseLock()', inputs: {} } })),
  { api: 'ReadableStreamDefaultController.prototype.enqueue', signature: 'enqueue(chunk)', result: scalar, readsLater: [0], retains: [0], stateful: true, exercise: { setup: `${plainSource} ${message}`, call: 'c.enqueue(m)', inputs: { 0: 'm' }, observe: `Buffer.from((await s.getReader().read()).value).toString('hex')` } },
  { api: 'ReadableByteStreamController.prototype.enqueue', signature: 'enqueue(chunk)', result: scalar, reads: [0], detaches: [0], stateful: true, exercise: { setup: `${bytesSource} ${message}`, call: 'c.enqueue(m)', inputs: { 0: 'm' }, observe: `Buffer.from((await s.getReader().read()).value).toString('hex')` }, note: 'Takes the buffer of the chunk away.' },
  ...['ReadableStreamDefaultController', 'ReadableByteStreamController'].map((name): ModelRow => ({ api: `${name}.prototype.close`, signature: 'close()', result: scalar, stateful: true, exercise: { setup: name.includes('Byte') ? bytesSource : plainSource, call: 'c.close()', inputs: {} } })),
  { api: 'WritableStream.prototype.getWriter', signature: 'getWriter()', result: { kind: 'object', class: 'WritableStreamDefaultWriter', holds: ['this'] }, stateful: true, exercise: { setup: sink, call: 's.getWriter()', inputs: { this: 's' } } },
  {
    api: 'WritableStreamDefaultWriter.prototype.write', signature: 'write([chunk])', result: promise(scalar), readsLater: [0], retains: [0, 'this'], stateful: true,
    exercise: { setup: `${sink} ${message} const w = s.getWriter();`, call: 'w.write(m)', inputs: { 0: 'm' }, observe: `(await $result, Buffer.from(seen[0]).toString('hex'))` }, note: 'The sink gets the very chunk.',
  },
  { api: 'WritableStreamDefaultWriter.prototype.close', signature: 'close()', result: promise(scalar), stateful: true, exercise: { setup: `${sink} const w = s.getWriter();`, call: 'w.close()', inputs: {} } },
  { api: 'WritableStreamDefaultWriter.prototype.releaseLock', signature: 'releaseLock()', result: scalar, stateful: true, exercise: { setup: `${sink} const w = s.getWriter();`, call: 'w.releaseLock()', inputs: {} } },
];

const names = [
  'Response', 'Request', 'ReadableStream', 'WritableStream', 'ReadableStreamDefaultReader', 'ReadableStreamBYOBReader', 'ReadableStreamDefaultController', 'ReadableByteStreamController', 'WritableStreamDefaultWriter',
];

const inStreams = [...names.slice(2), 'TransformStream', 'CompressionStream', 'DecompressionStream', 'TextEncoderStream', 'TextDecoderStream'];

function declared(name: string): NonNullable<ModelClass['declared']> {
  return ['', 'node:stream/web', 'node:buffer'].map((from) => ({ name, from }));
}

export const webStreamFamily: ModelFamily = {
  name: 'web streams',
  classes: [
    ...names.map((name): ModelClass => ({ name, kind: 'object', declared: declared(name) })),
    { name: 'Blob', kind: 'object', properties: { size: scalar }, declared: declared('Blob') },
    { name: 'File', kind: 'object', extends: 'Blob', declared: declared('File') },
    { name: 'TransformStream', kind: 'object', properties: { readable: readableStream, writable: { kind: 'object', class: 'WritableStream' } }, declared: declared('TransformStream') },
  ],
  rows: [...contents, ...streams],
  aliases: { 'node:buffer#Blob': 'Blob', 'node:buffer#File': 'File', ...Object.fromEntries(inStreams.map((name) => [`node:stream/web#${name}`, name])) },
};
