/**
 * Rows of uint8arrays: each function has a module of its own, `uint8arrays/concat#concat`, and all are exports of the package as well.
 * On Node the functions work with the pool of Buffer and give Uint8Arrays that lie in it, so that `.buffer` of a result is the pool.
 * `withArrayBuffer` gives its argument or a copy, and the text codecs of multiformats make their results each in a way of their own: calls of those are unknown.
 * Source: the package's source, version 6.1.1.
 */
import type { ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };

function bytes(origin: 'fresh' | 'pooled', length: SizeExpression): ResultModel & { readonly kind: 'bytes' } {
  return { kind: 'bytes', class: 'Uint8Array', origin, length };
}

function load(module: string, name: string): string {
  return `const { ${name} } = await load('uint8arrays/${module}');`;
}

const two = 'const a = Uint8Array.of(9, 3); const b = Uint8Array.of(7, 1);';
const list = 'const list = [Uint8Array.of(9, 3), Uint8Array.of(7)];';
const utf8 = ['utf8', 'utf-8'];

const rows: readonly ModelRow[] = [
  { api: 'uint8arrays/alloc#alloc', signature: 'alloc([size])', result: { ...bytes('fresh', { count: 0 }), zeroed: true }, exercise: { setup: `${load('alloc', 'alloc')} const n = 12;`, call: 'alloc(n)', inputs: { 0: 'n' } } },
  { api: 'uint8arrays/alloc#allocUnsafe', signature: 'allocUnsafe([size])', result: bytes('pooled', { count: 0 }), exercise: { setup: `${load('alloc', 'allocUnsafe')} const n = 12;`, call: 'allocUnsafe(n)', inputs: { 0: 'n' } } },
  {
    api: 'uint8arrays/concat#concat', signature: 'concat(arrays[, length])', when: [{ argument: 1, is: ['absent'] }], result: bytes('pooled', { elements: 0 }), reads: [{ elementsOf: 0 }], roles: ['concat'],
    exercise: { setup: `${load('concat', 'concat')} ${list}`, call: 'concat(list)', inputs: { 0: 'list', '0[]': 'list' } },
  },
  {
    api: 'uint8arrays/concat#concat', signature: 'concat(arrays[, length])', result: bytes('pooled', { count: 1 }), reads: [{ elementsOf: 0 }], roles: ['concat'],
    exercise: { setup: `${load('concat', 'concat')} ${list} const n = 3;`, call: 'concat(list, n)', inputs: { 0: 'list', '0[]': 'list', 1: 'n' } },
  },
  ...[['equals', 'equals'], ['compare', 'compare'], ['xor-compare', 'xorCompare']].map(([module = '', name = '']): ModelRow => ({
    api: `uint8arrays/${module}#${name}`, signature: `${name}(a, b)`, result: scalar, reads: [0, 1], roles: ['sync-sink'],
    exercise: { setup: `${load(module, name)} const a = Uint8Array.of(9, 3); const b = Uint8Array.of(9, 3);`, call: `${name}(a, b)`, inputs: { 0: 'a', 1: 'b' } },
  })),
  { api: 'uint8arrays/xor#xor', signature: 'xor(a, b)', result: bytes('pooled', { items: 0 }), reads: [0, 1], exercise: { setup: `${load('xor', 'xor')} ${two}`, call: 'xor(a, b)', inputs: { 0: 'a', 1: 'b' } } },
  {
    api: 'uint8arrays/from-string#fromString', signature: 'fromString(string[, encoding])', when: [{ argument: 1, is: ['absent'] }], result: bytes('pooled', { length: 0 }), roles: ['encode-text'],
    exercise: { setup: `${load('from-string', 'fromString')} const s = 'größe';`, call: 'fromString(s)', inputs: { 0: 's' } },
  },
  {
    api: 'uint8arrays/from-string#fromString', signature: 'fromString(string[, encoding])', when: [{ argument: 1, is: ['string'], values: utf8 }], result: bytes('pooled', { length: 0 }), roles: ['encode-text'],
    exercise: { setup: `${load('from-string', 'fromString')} const s = 'größe';`, call: `fromString(s, 'utf8')`, inputs: { 0: 's', 1: `'utf8'` } },
  },
  {
    api: 'uint8arrays/from-string#fromString', signature: 'fromString(string[, encoding])', when: [{ argument: 1, is: ['string'], values: ['hex'] }], result: bytes('fresh', 'unknown'), roles: ['encode-text'],
    exercise: { setup: `${load('from-string', 'fromString')} const s = '0a0b0c';`, call: `fromString(s, 'hex')`, inputs: { 0: 's', 1: `'hex'` } },
  },
  {
    api: 'uint8arrays/to-string#toString', signature: 'toString(array[, encoding])', when: [{ argument: 1, is: ['string'], values: ['hex'] }], result: { kind: 'string', length: { scaled: [2, { items: 0 }] } }, reads: [0], roles: ['sync-sink'],
    exercise: { setup: `${load('to-string', 'toString')} ${two}`, call: `toString(a, 'hex')`, inputs: { 0: 'a', 1: `'hex'` } },
  },
  {
    api: 'uint8arrays/to-string#toString', signature: 'toString(array[, encoding])', result: { kind: 'string', length: 'unknown' }, reads: [0], roles: ['decode-text', 'sync-sink'],
    exercise: { setup: `${load('to-string', 'toString')} ${two}`, call: 'toString(a)', inputs: { 0: 'a' } },
  },
];

export const uint8arraysFamily: ModelFamily = {
  name: 'uint8arrays',
  classes: [],
  rows,
  aliases: Object.fromEntries([...new Set(rows.map(({ api }) => api))].map((api) => [`uint8arrays#${api.slice(api.indexOf('#') + 1)}`, api])),
};
