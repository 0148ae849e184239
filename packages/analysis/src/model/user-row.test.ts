import { expect, test } from 'vitest';
import { buildCatalog, standardFamilies } from './catalog.js';
import { readUserRows } from './user-row.js';

const fresh = { bytes: 'fresh' };
const read = (written: unknown): ReturnType<typeof readUserRows> => readUserRows(written, (name, known) => (known.length > 0 ? ` (not ${name}?)` : ''));

test('a row says what a call does, and reads all it is given unless it says less', () => {
  const { model, problems } = read([
    { call: 'fastframe#encode', returns: fresh },
    { call: 'fastframe/codec.js#decode', returns: { viewOf: '0', class: 'Buffer' }, reads: [] },
    { call: 'fastframe#checksum', returns: 'nothing', reads: ['0', '2.key', '1...', '0[]'] },
  ]);
  expect(problems).toEqual([]);
  expect(model?.rows).toEqual([
    { api: 'fastframe#encode', signature: 'fastframe#encode', stated: true, result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: 'unknown' }, reads: [{ rest: 0 }, { elementsOf: { rest: 0 } }], roles: ['sync-sink'] },
    { api: 'fastframe/codec#decode', signature: 'fastframe/codec#decode', stated: true, result: { kind: 'view', class: 'Buffer', of: 0 }, reads: [] },
    { api: 'fastframe#checksum', signature: 'fastframe#checksum', stated: true, result: { kind: 'scalar' }, reads: [0, { property: 'key', of: 2 }, { rest: 1 }, { elementsOf: 0 }], roles: ['sync-sink'] },
  ]);
});

test('an object holds what it is made with, and a method keeps in its receiver', () => {
  const { model, problems } = read([
    { call: '@fast/frame#new Writer', returns: { instanceOf: '@fast/frame#Writer' }, keeps: ['0'] },
    { call: '@fast/frame#Writer.prototype.write', returns: { same: 'this' }, keeps: ['0'] },
  ]);
  expect(problems).toEqual([]);
  expect(model?.classes).toEqual([{ name: '@fast/frame#Writer', kind: 'object', declared: [{ name: 'Writer', from: '@fast/frame' }] }]);
  expect(model?.rows).toMatchObject([{ result: { kind: 'object', class: '@fast/frame#Writer', holds: [0] } }, { result: { kind: 'same', as: 'this' }, retains: [0], retainedBy: 'this', stateful: true }]);
  expect(buildCatalog([...standardFamilies, model!]).method('@fast/frame#Writer', 'write')).toBe('@fast/frame#Writer.prototype.write');
});

test.each([
  [{}, 'must be a list of rows such as [{ call: "fastframe#encode", returns: { bytes: "fresh" } }], not {}'],
  [['encode'], '[0] must be an object such as { call: "fastframe#encode", returns: { bytes: "fresh" } }, not "encode"'],
  [[{ call: 'fastframe#encode', returns: fresh, writs: ['0'] }], '[0] does not know writs (not writs?); it knows call, returns, async, reads, writes, keeps, readsLater, calls, secret'],
  [[{ call: 'encode', returns: fresh }], '[0].call must name an export of a package, such as "fastframe#encode" or "fastframe#Writer.prototype.write", not "encode"'],
  [[{ call: './codec#encode', returns: fresh }], '[0].call names a file of the project, ./codec, which is analyzed itself'],
  [[{ call: 'crypto#createHash', returns: fresh }], '[0].call names node:crypto#createHash, which scrimp models itself'],
  [[{ call: '@noble/hashes/sha2.js#sha256', returns: fresh }], '[0].call names @noble/hashes/sha2#sha256, which scrimp models itself'],
  [[{ call: 'fastframe#Writer.prototype.write', returns: 'nothing' }], '[0].call names a method of fastframe#Writer, which no row makes; add fastframe#new Writer or a row that returns { instanceOf: "fastframe#Writer" }'],
  [[{ call: 'fastframe#encode', returns: fresh }, { call: 'fastframe#encode', returns: 'text' }], '[1].call names fastframe#encode again, as [0] does'],
  [[{ call: 'fastframe#encode', returns: 'bytes' }], '[0].returns must be "nothing", "text", or an object with bytes, viewOf, same or instanceOf, not "bytes"'],
  [[{ call: 'fastframe#encode', returns: { bytes: 'new' } }], '[0].returns.bytes must be "fresh" or "pooled", not "new"'],
  [[{ call: 'fastframe#encode', returns: { bytes: 'fresh', class: 'Bufer' } }], '[0].returns.class must be a class of bytes such as "Uint8Array" or "Buffer", not "Bufer" (not Bufer?)'],
  [[{ call: 'fastframe#encode', returns: fresh, reads: '0' }], '[0].reads must be a list of places such as ["0", "this", "1...", "0[]", "2.key"], not "0"'],
  [[{ call: 'fastframe#encode', returns: fresh, writes: ['first'] }], '[0].writes has no place of a call: "first"; write "this", "0", "1...", "0[]" or "2.key"'],
  [[{ call: 'fastframe#encode', returns: { same: 'this' } }], '[0].returns.same says this, which only a method has'],
  [[{ call: 'fastframe#encode', returns: { instanceOf: 'Frame' } }], '[0].returns.instanceOf must name a class of a package, such as "fastframe#Writer", not "Frame"'],
  [[{ call: 'fastframe#encode', returns: fresh, async: 'yes' }], '[0].async must be true or false, not "yes"'],
])('%j', (written, problem) => {
  expect(read(written).problems).toEqual([problem]);
});
