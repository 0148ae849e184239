/**
 * Rows of small packages that make or convert bytes: msgpackr, multiformats, safe-buffer.
 * What msgpackr decodes holds views of its input wherever that is, so decoding has no row; neither have its instances, whose options and `useBuffer` decide where results lie.
 * Digests and CIDs of multiformats keep bytes that they are given and show them in properties, so what makes those has no rows.
 * Source: the packages' source, msgpackr 2.1.3, multiformats 14.0.5, safe-buffer 5.2.1.
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };

const msgpackr: readonly ModelRow[] = ['pack', 'encode'].map((name): ModelRow => ({
  api: `msgpackr#${name}`, signature: `${name}(value[, encodeOptions])`, when: [{ argument: 1, is: ['absent'] }], result: { kind: 'bytes', class: 'Buffer', origin: 'pooled', length: 'unknown' }, reads: [0], calls: [0], observesClass: [0],
  exercise: { setup: `const { ${name} } = await load('msgpackr'); const u = Uint8Array.of(9, 3, 7);`, call: `${name}(u)`, inputs: { 0: 'u' } },
  note: 'A part of a store that later results share and that nothing else writes. Runs toJSON and registered extensions of what it packs.',
}));

const loadBytes = (names: string): string => `const { ${names} } = await load('multiformats/bytes'); const u = Uint8Array.of(9, 3, 7);`;

const coercions = [['multiformats/bytes', 'coerce'], ['multiformats/codecs/raw', 'encode'], ['multiformats/codecs/raw', 'decode']] as const;

const multiformats: readonly ModelRow[] = [
  ...coercions.flatMap(([module, name]): readonly ModelRow[] => [
    {
      api: `${module}#${name}`, signature: `${name}(bytes)`, when: [{ argument: 0, is: ['bytes'] }], result: { kind: 'view', class: 'Uint8Array', of: 0 },
      exercise: { setup: `const { ${name} } = await load('${module}'); const u = Buffer.from([9, 3, 7]);`, call: `${name}(u)`, inputs: { 0: 'u' } }, note: 'A Uint8Array comes back as it is; bytes in shared memory are copied.',
    },
    { api: `${module}#${name}`, signature: `${name}(buffer)`, when: [{ argument: 0, is: ['buffer'] }], result: { kind: 'view', class: 'Uint8Array', of: 0 }, exercise: { setup: `const { ${name} } = await load('${module}'); const u = Uint8Array.of(9, 3, 7).buffer;`, call: `${name}(u)`, inputs: { 0: 'u' } } },
  ]),
  { api: 'multiformats/bytes#equals', signature: 'equals(aa, bb)', result: scalar, reads: [0, 1], roles: ['sync-sink'], exercise: { setup: `${loadBytes('equals')} const v = Uint8Array.from(u);`, call: 'equals(u, v)', inputs: { 0: 'u', 1: 'v' } } },
  { api: 'multiformats/bytes#isBinary', signature: 'isBinary(o)', result: scalar, exercise: { setup: loadBytes('isBinary'), call: 'isBinary(u)', inputs: { 0: 'u' } } },
  { api: 'multiformats/bytes#toHex', signature: 'toHex(d)', result: { kind: 'string', length: { scaled: [2, { items: 0 }] } }, reads: [0], roles: ['sync-sink'], exercise: { setup: loadBytes('toHex'), call: 'toHex(u)', inputs: { 0: 'u' } } },
  { api: 'multiformats/bytes#toString', signature: 'toString(b)', result: { kind: 'string', length: { items: 0 } }, reads: [0], roles: ['sync-sink'], exercise: { setup: loadBytes('toString'), call: 'toString(u)', inputs: { 0: 'u' } } },
  { api: 'multiformats/bytes#fromString', signature: 'fromString(str)', result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: { items: 0 } }, exercise: { setup: `${loadBytes('fromString')} const s = 'abc';`, call: 'fromString(s)', inputs: { 0: 's' } }, note: 'One byte per UTF-16 unit.' },
  { api: 'multiformats/varint#decode', signature: 'decode(data[, offset])', result: { kind: 'array', elementsOf: [] }, reads: [0], exercise: { setup: `const { decode } = await load('multiformats').then((m) => m.varint); const u = Uint8Array.of(9, 3, 7);`, call: 'decode(u)', inputs: { 0: 'u' } } },
  { api: 'multiformats/varint#encodeTo', signature: 'encodeTo(int, target[, offset])', result: { kind: 'same', as: 1 }, writes: [1], exercise: { setup: `const { encodeTo } = await load('multiformats').then((m) => m.varint); const u = Uint8Array.of(9, 3, 7);`, call: 'encodeTo(300, u)', inputs: { 1: 'u' } } },
  { api: 'multiformats/varint#encodingLength', signature: 'encodingLength(int)', result: scalar, exercise: { setup: `const { encodingLength } = await load('multiformats').then((m) => m.varint);`, call: 'encodingLength(300)', inputs: {} } },
];

export const bytePackageFamily: ModelFamily = {
  name: 'packages that convert bytes',
  classes: [],
  rows: [...msgpackr, ...multiformats],
  aliases: {
    'safe-buffer#Buffer': 'Buffer', 'multiformats#bytes': 'multiformats/bytes#', 'multiformats#varint': 'multiformats/varint#', 'multiformats/basics#bytes': 'multiformats/bytes#', 'multiformats/basics#varint': 'multiformats/varint#',
  },
};
