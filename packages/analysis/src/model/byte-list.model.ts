/**
 * Rows of the packages that hold bytes as a list of chunks: uint8arraylist, and bl up to its current version. Both keep the chunks that they are given, uncopied.
 * Only calls with bytes as arguments have rows, since an argument that is a list itself gives its chunks away.
 * `Uint8ArrayList.prototype.subarray` has no row on purpose: it gives a chunk or a part of one, of the class that this has, or a fresh Uint8Array when the range crosses chunks; an unknown call says all of that.
 * `slice` of bl gives a chunk, a part of one, or a copy across chunks: the row says a view, which forbids what either forbids.
 * The default exports of bl have no rows: a stream, and in `bl/BufferList` of old versions the class under the name of every default export.
 * Source: the packages' source, uint8arraylist 3.0.2 and bl 7.0.13.
 */
import type { ArgumentCondition, ArgumentPath, ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const chunks: ArgumentPath = { elementsOf: 'this' };
const listClass = 'uint8arraylist#Uint8ArrayList';
const blClass = 'bl#BufferList';

/** One, two or three arguments, all bytes. */
const counts = [1, 2, 3] as const;
function allBytes(count: number): readonly ArgumentCondition[] {
  return [...Array.from({ length: count }, (_, argument): ArgumentCondition => ({ argument, is: ['bytes'] })), { argument: count, is: ['absent'] }];
}
const firstOf = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const namesOf = (count: number): string => ['u', 'v', 'w'].slice(0, count).join(', ');
const inputsOf = (count: number): Readonly<Record<string, string>> => Object.fromEntries(['u', 'v', 'w'].slice(0, count).map((name, index) => [String(index), name]));

const loadList = `const { Uint8ArrayList } = await load('uint8arraylist'); const u = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9); const v = Uint8Array.of(10, 11, 12); const w = Uint8Array.of(13);`;
const makeList = `${loadList} const l = new Uint8ArrayList(u, v);`;
const list = (member: string): string => `${listClass}.prototype.${member}`;
const numbers = ['Int8', 'Uint8', 'Int16', 'Uint16', 'Int32', 'Uint32', 'BigInt64', 'BigUint64', 'Float32', 'Float64'];

const listRows: readonly ModelRow[] = [
  { api: 'uint8arraylist#new Uint8ArrayList', signature: 'new Uint8ArrayList()', when: [{ argument: 0, is: ['absent'] }], result: { kind: 'object', class: listClass }, exercise: { setup: loadList, call: 'new Uint8ArrayList()', inputs: {} } },
  ...counts.map((count): ModelRow => ({
    api: 'uint8arraylist#new Uint8ArrayList', signature: 'new Uint8ArrayList(...data)', when: allBytes(count), result: { kind: 'object', class: listClass, holds: firstOf(count) }, reads: firstOf(count),
    exercise: { setup: loadList, call: `new Uint8ArrayList(${namesOf(count)})`, inputs: inputsOf(count), observe: '$result.slice().join()' },
  })),
  { api: 'uint8arraylist#isUint8ArrayList', signature: 'isUint8ArrayList(value)', result: scalar, exercise: { setup: `const { isUint8ArrayList } = await load('uint8arraylist'); const u = Uint8Array.of(1);`, call: 'isUint8ArrayList(u)', inputs: { 0: 'u' } } },
  ...['append', 'prepend'].flatMap((name) => counts.map((count): ModelRow => ({
    api: list(name), signature: `${name}(...bufs)`, when: allBytes(count), result: scalar, reads: firstOf(count), retains: firstOf(count), retainedBy: 'this', stateful: true,
    exercise: { setup: `${loadList} const l = new Uint8ArrayList();`, call: `l.${name}(${namesOf(count)})`, inputs: inputsOf(count), observe: 'l.slice().join()' },
  }))),
  { api: list('get'), signature: 'get(index)', result: scalar, reads: [chunks], exercise: { setup: makeList, call: 'l.get(9)', inputs: { 'this[]': '[v]' } } },
  { api: list('set'), signature: 'set(index, value)', result: scalar, writes: [chunks], exercise: { setup: makeList, call: 'l.set(9, 77)', inputs: { 'this[]': '[v]' } } },
  { api: list('write'), signature: 'write(buf[, offset])', when: [{ argument: 0, is: ['bytes'] }], result: scalar, reads: [0], writes: [chunks], exercise: { setup: makeList, call: 'l.write(w, 9)', inputs: { 0: 'w', 'this[]': '[v]' } } },
  { api: list('consume'), signature: 'consume(bytes)', result: scalar, stateful: true, exercise: { setup: makeList, call: 'l.consume(2)', inputs: {} } },
  {
    api: list('slice'), signature: 'slice([beginInclusive[, endExclusive]])', result: { kind: 'bytes', class: 'Uint8Array', origin: 'pooled', length: 'unknown' }, reads: [chunks],
    exercise: { setup: `${loadList} const l = new Uint8ArrayList(u);`, call: 'l.slice()', inputs: { 'this[]': '[u]' } },
  },
  { api: list('sublist'), signature: 'sublist([beginInclusive[, endExclusive]])', result: { kind: 'object', class: listClass, holds: [chunks] }, reads: [chunks], exercise: { setup: makeList, call: 'l.sublist(1, 11)', inputs: { 'this[]': '[u]' }, observe: '$result.slice().join()' } },
  { api: list('equals'), signature: 'equals(other)', result: scalar, reads: [chunks, { elementsOf: 0 }], exercise: { setup: `${makeList} const m = new Uint8ArrayList(u.slice(), v.slice());`, call: 'l.equals(m)', inputs: { 'this[]': '[u]' } } },
  { api: list('indexOf'), signature: 'indexOf(search[, offset])', when: [{ argument: 0, is: ['bytes'] }], result: scalar, reads: [chunks, 0], exercise: { setup: `${makeList} const s = Uint8Array.of(3, 4);`, call: 'l.indexOf(s)', inputs: { 0: 's', 'this[]': '[u]' } } },
  ...numbers.flatMap((name): readonly ModelRow[] => {
    const value = name.startsWith('Big') ? '77n' : '77';
    return [
      { api: list(`get${name}`), signature: `get${name}(byteOffset[, littleEndian])`, result: scalar, reads: [chunks], exercise: { setup: makeList, call: `l.get${name}(0)`, inputs: { 'this[]': '[u]' } } },
      { api: list(`set${name}`), signature: `set${name}(byteOffset, value[, littleEndian])`, result: scalar, writes: [chunks], exercise: { setup: makeList, call: `l.set${name}(0, ${value})`, inputs: { 'this[]': '[u]' } } },
    ];
  }),
];

const loadBl = `const { BufferList } = await load('bl'); const u = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8, 9);`;
const makeBl = `${loadBl} const l = new BufferList(u);`;
const bl = (member: string): string => `${blClass}.prototype.${member}`;
const blList: ResultModel = { kind: 'object', class: blClass };
const readers = ['DoubleBE', 'DoubleLE', 'FloatBE', 'FloatLE', 'BigInt64BE', 'BigInt64LE', 'BigUInt64BE', 'BigUInt64LE', 'Int32BE', 'Int32LE', 'UInt32BE', 'UInt32LE', 'Int16BE', 'Int16LE', 'UInt16BE', 'UInt16LE', 'Int8', 'UInt8'];

const blRows: readonly ModelRow[] = [
  { api: 'bl#new BufferList', signature: 'new BufferList()', when: [{ argument: 0, is: ['absent'] }], result: blList, exercise: { setup: loadBl, call: 'new BufferList()', inputs: {} } },
  { api: 'bl#new BufferList', signature: 'new BufferList(buf)', when: [{ argument: 0, is: ['bytes'] }], result: { kind: 'object', class: blClass, holds: [0] }, reads: [0], exercise: { setup: loadBl, call: 'new BufferList(u)', inputs: { 0: 'u' }, observe: `$result.toString('hex')` } },
  ...['append', 'prepend'].flatMap((name): readonly ModelRow[] => [
    {
      api: bl(name), signature: `${name}(buf)`, when: [{ argument: 0, is: ['bytes'] }], result: { kind: 'same', as: 'this' }, reads: [0], retains: [0], retainedBy: 'this', stateful: true,
      exercise: { setup: `${loadBl} const l = new BufferList();`, call: `l.${name}(u)`, inputs: { this: 'l', 0: 'u' }, observe: `l.toString('hex')` }, note: 'Keeps a Buffer that shows the bytes.',
    },
    { api: bl(name), signature: `${name}(text)`, when: [{ argument: 0, is: ['string', 'number'] }], result: { kind: 'same', as: 'this' }, stateful: true, exercise: { setup: makeBl, call: `l.${name}('abc')`, inputs: { this: 'l' } } },
  ]),
  { api: bl('get'), signature: 'get(index)', result: scalar, reads: [chunks], exercise: { setup: makeBl, call: 'l.get(2)', inputs: { 'this[]': '[u]' } } },
  {
    api: bl('slice'), signature: 'slice([start[, end]])', result: { kind: 'view', class: 'Buffer', of: chunks }, exercise: { setup: makeBl, call: 'l.slice(1, 4)', inputs: { 'this[]': '[u]' } },
  },
  {
    api: bl('copy'), signature: 'copy(dest[, destStart[, srcStart[, srcEnd]]])', when: [{ argument: 0, is: ['bytes'] }], result: { kind: 'same', as: 0 }, reads: [chunks], writes: [0],
    exercise: { setup: `${makeBl} const d = Buffer.alloc(9);`, call: 'l.copy(d)', inputs: { 0: 'd', 'this[]': '[u]' } },
  },
  ...['duplicate', 'shallowSlice'].map((name): ModelRow => ({
    api: bl(name), signature: name === 'duplicate' ? 'duplicate()' : 'shallowSlice([start[, end]])', result: { kind: 'object', class: blClass, holds: [chunks] }, reads: [chunks],
    exercise: { setup: makeBl, call: `l.${name}()`, inputs: { 'this[]': '[u]' }, observe: `$result.toString('hex')` },
  })),
  { api: bl('consume'), signature: 'consume(bytes)', result: { kind: 'same', as: 'this' }, stateful: true, exercise: { setup: makeBl, call: 'l.consume(2)', inputs: { this: 'l' } } },
  { api: bl('toString'), signature: 'toString([encoding[, start[, end]]])', result: { kind: 'string', length: 'unknown' }, reads: [chunks], roles: ['decode-text'], exercise: { setup: makeBl, call: `l.toString('hex')`, inputs: { 'this[]': '[u]' } } },
  { api: bl('indexOf'), signature: 'indexOf(value[, byteOffset][, encoding])', when: [{ argument: 0, is: ['bytes', 'string', 'number'] }], result: scalar, reads: [chunks, 0], exercise: { setup: `${makeBl} const v = Uint8Array.of(3, 4);`, call: 'l.indexOf(v)', inputs: { 0: 'v', 'this[]': '[u]' } } },
  ...readers.map((name): ModelRow => ({ api: bl(`read${name}`), signature: `read${name}([offset])`, result: scalar, reads: [chunks], exercise: { setup: makeBl, call: `l.read${name}(0)`, inputs: { 'this[]': '[u]' } } })),
];

export const byteListFamily: ModelFamily = {
  name: 'lists of chunks',
  classes: [
    { name: listClass, kind: 'object', properties: { length: scalar, byteLength: scalar }, declared: [{ name: 'Uint8ArrayList', from: 'uint8arraylist' }] },
    { name: blClass, kind: 'object', properties: { length: scalar }, declared: [{ name: 'BufferList', from: 'bl' }] },
  ],
  rows: [...listRows, ...blRows],
};
