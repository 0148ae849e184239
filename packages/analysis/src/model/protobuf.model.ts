/**
 * Rows of protobufjs and @bufbuild/protobuf: what writes and reads the wire format, which encoders that are generated or written by hand call.
 * A writer keeps the bytes that it is given: protobufjs up to 7 and the first versions of @bufbuild/protobuf 2 copy them only in `finish`, later ones at once; the rows say the former.
 * A reader keeps what it reads, and gives views of it. What encodes and decodes whole messages (`toBinary`, `Type.encode`) has no rows, since it reaches into its argument.
 * 64-bit numbers of a protobufjs reader may be objects, so those have none either.
 * Source: the packages' source, protobufjs 8.8.1 and @bufbuild/protobuf 2.17.0; what earlier ones keep was measured on 7.6.6 and 2.0.0.
 */
import type { ArgumentPath, ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const same: ResultModel = { kind: 'same', as: 'this' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const held: ArgumentPath = { elementsOf: 'this' };

const loadProtobuf = `const { Writer, Reader } = (await load('protobufjs/minimal.js')).default;`;
const writer = `${loadProtobuf} const w = Writer.create(); const u = Uint8Array.of(9, 3, 7);`;
const message = 'const u = Uint8Array.of(3, 9, 3, 7, 1, 1, 1, 1, 1, 1);';

/** Numbers that both packages write, with their value in the exercise. */
const numbers = ['uint32', 'int32', 'sint32', 'uint64', 'int64', 'sint64', 'fixed32', 'sfixed32', 'fixed64', 'sfixed64', 'float', 'double'];

function writerRows(name: string, make: string, result: ResultModel): readonly ModelRow[] {
  const api = (member: string): string => `${name}.prototype.${member}`;
  return [
    ...numbers.map((member): ModelRow => ({ api: api(member), signature: `${member}(value)`, result: same, stateful: true, exercise: { setup: make, call: `w.${member}(5)`, inputs: { this: 'w' } } })),
    { api: api('bool'), signature: 'bool(value)', result: same, stateful: true, exercise: { setup: make, call: 'w.bool(true)', inputs: { this: 'w' } } },
    { api: api('string'), signature: 'string(value)', result: same, stateful: true, roles: ['encode-text'], exercise: { setup: make, call: `w.string('ab')`, inputs: { this: 'w' } } },
    {
      api: api('bytes'), signature: 'bytes(value)', when: [{ argument: 0, is: ['bytes'] }], result: same, reads: [0], retains: [0], retainedBy: 'this', stateful: true,
      exercise: { setup: make, call: 'w.bytes(u)', inputs: { this: 'w', 0: 'u' } }, note: 'Copied at once or in finish, as the version has it.',
    },
    { api: api('fork'), signature: 'fork()', result: same, stateful: true, exercise: { setup: make, call: 'w.fork()', inputs: { this: 'w' } } },
    {
      api: api('finish'), signature: 'finish()', when: [{ argument: 0, is: ['absent'] }], result, reads: [held], stateful: true,
      exercise: { setup: `${make} w.bytes(u);`, call: 'w.finish()', inputs: {} }, note: 'protobufjs 8 gives its own store when asked to: `finish(true)` is unknown.',
    },
  ];
}

const protobufjs: readonly ModelRow[] = [
  { api: 'protobufjs#Writer.create', signature: 'Writer.create()', result: { kind: 'object', class: 'protobufjs#BufferWriter' }, exercise: { setup: loadProtobuf, call: 'Writer.create()', inputs: {} } },
  { api: 'protobufjs#new Writer', signature: 'new Writer()', result: { kind: 'object', class: 'protobufjs#Writer' }, exercise: { setup: loadProtobuf, call: 'new Writer()', inputs: {} } },
  { api: 'protobufjs#new BufferWriter', signature: 'new BufferWriter()', result: { kind: 'object', class: 'protobufjs#BufferWriter' }, exercise: { setup: `const { BufferWriter } = (await load('protobufjs/minimal.js')).default;`, call: 'new BufferWriter()', inputs: {} } },
  ...writerRows('protobufjs#BufferWriter', writer, { kind: 'bytes', class: 'Buffer', origin: 'pooled', length: 'unknown' }),
  ...writerRows('protobufjs#Writer', writer.replace('Writer.create()', 'new Writer()'), { kind: 'bytes', class: 'Uint8Array', origin: 'pooled', length: 'unknown' }),
  ...['BufferWriter', 'Writer'].flatMap((name) => ['ldelim', 'reset'].map((member): ModelRow => ({
    api: `protobufjs#${name}.prototype.${member}`, signature: `${member}()`, result: same, stateful: true, exercise: { setup: `${name === 'Writer' ? writer.replace('Writer.create()', 'new Writer()') : writer} w.uint32(1).fork().uint32(5);`, call: `w.${member}()`, inputs: { this: 'w' } },
  }))),
  ...['Reader.create', 'new Reader', 'new BufferReader'].map((name): ModelRow => ({
    api: `protobufjs#${name}`, signature: `${name}(buffer)`, when: [{ argument: 0, is: ['bytes'] }], result: { kind: 'object', class: 'protobufjs#Reader', holds: [0] }, reads: [0],
    exercise: { setup: `const { Reader, BufferReader } = (await load('protobufjs/minimal.js')).default; const u = Buffer.from([3, 9, 3, 7]);`, call: `${name}(u)`, inputs: { 0: 'u' }, observe: '$result.bytes().join()' },
  })),
  ...readerRows('protobufjs#Reader', `${loadProtobuf} ${message} const r = Reader.create(u);`),
];

function readerRows(name: string, make: string): readonly ModelRow[] {
  const api = (member: string): string => `${name}.prototype.${member}`;
  return [
    ...['uint32', 'int32', 'sint32', 'bool', 'fixed32', 'sfixed32', 'float', 'double'].map((member): ModelRow => ({ api: api(member), signature: `${member}()`, result: scalar, reads: [held], stateful: true, exercise: { setup: make, call: `r.${member}()`, inputs: { 'this[]': '[u]' } } })),
    { api: api('string'), signature: 'string()', result: text, reads: [held], stateful: true, roles: ['decode-text'], exercise: { setup: make, call: 'r.string()', inputs: { 'this[]': '[u]' } } },
    {
      api: api('bytes'), signature: 'bytes()', result: { kind: 'view', class: 'Uint8Array', of: held, followsClassOf: held }, reads: [held], stateful: true,
      exercise: { setup: make, call: 'r.bytes()', inputs: { 'this[]': '[u]' } }, note: 'A part of what the reader was made with. protobufjs 7 gives an empty Buffer for no bytes.',
    },
  ];
}

const wire = (names: string): string => `const { ${names} } = await load('@bufbuild/protobuf/wire');`;
const binaryWriter = `${wire('BinaryWriter')} const w = new BinaryWriter(); const u = Uint8Array.of(9, 3, 7);`;
const binaryReader = `${wire('BinaryReader')} ${message} const r = new BinaryReader(u);`;
const writerClass = '@bufbuild/protobuf/wire#BinaryWriter';
const readerClass = '@bufbuild/protobuf/wire#BinaryReader';

const bufbuild: readonly ModelRow[] = [
  { api: '@bufbuild/protobuf/wire#new BinaryWriter', signature: 'new BinaryWriter()', when: [{ argument: 0, is: ['absent'] }], result: { kind: 'object', class: writerClass }, exercise: { setup: wire('BinaryWriter'), call: 'new BinaryWriter()', inputs: {} } },
  ...writerRows(writerClass, binaryWriter, { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: 'unknown' }),
  { api: `${writerClass}.prototype.join`, signature: 'join()', result: same, stateful: true, exercise: { setup: `${binaryWriter} w.fork().uint32(5);`, call: 'w.join()', inputs: { this: 'w' } } },
  { api: `${writerClass}.prototype.tag`, signature: 'tag(fieldNo, type)', result: same, stateful: true, exercise: { setup: binaryWriter, call: 'w.tag(1, 2)', inputs: { this: 'w' } } },
  {
    api: `${writerClass}.prototype.raw`, signature: 'raw(chunk)', when: [{ argument: 0, is: ['bytes'] }], result: same, reads: [0], retains: [0], retainedBy: 'this', stateful: true,
    exercise: { setup: binaryWriter, call: 'w.raw(u)', inputs: { this: 'w', 0: 'u' } },
  },
  {
    api: '@bufbuild/protobuf/wire#new BinaryReader', signature: 'new BinaryReader(buf)', when: [{ argument: 0, is: ['bytes'] }, { argument: 1, is: ['absent'] }], result: { kind: 'object', class: readerClass, holds: [0] }, reads: [0],
    exercise: { setup: `${wire('BinaryReader')} ${message}`, call: 'new BinaryReader(u)', inputs: { 0: 'u' }, observe: '$result.bytes().join()' },
  },
  ...readerRows(readerClass, binaryReader),
  { api: '@bufbuild/protobuf/wire#base64Encode', signature: 'base64Encode(bytes[, encoding])', result: text, reads: [0], roles: ['sync-sink'], exercise: { setup: `${wire('base64Encode')} ${message}`, call: 'base64Encode(u)', inputs: { 0: 'u' } } },
];

export const protobufFamily: ModelFamily = {
  name: 'Protocol Buffers',
  classes: [
    { name: 'protobufjs#Writer', kind: 'object' },
    { name: 'protobufjs#BufferWriter', kind: 'object', declared: [{ name: 'BufferWriter', from: 'protobufjs' }] },
    { name: 'protobufjs#Reader', kind: 'object', properties: { pos: scalar, len: scalar }, declared: ['Reader', 'BufferReader'].map((name) => ({ name, from: 'protobufjs' })) },
    { name: writerClass, kind: 'object', declared: [{ name: 'BinaryWriter', from: '@bufbuild/protobuf' }] },
    { name: readerClass, kind: 'object', properties: { pos: scalar, len: scalar }, declared: [{ name: 'BinaryReader', from: '@bufbuild/protobuf' }] },
  ],
  rows: [...protobufjs, ...bufbuild],
  aliases: {
    ...Object.fromEntries(['minimal', 'light'].flatMap((module) => ['Writer', 'Reader', 'BufferWriter', 'BufferReader'].map((name) => [`protobufjs/${module}#${name}`, `protobufjs#${name}`]))),
    '@bufbuild/protobuf#BinaryWriter': writerClass, '@bufbuild/protobuf#BinaryReader': readerClass,
  },
};
