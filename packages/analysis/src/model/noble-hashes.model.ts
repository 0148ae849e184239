/**
 * Rows of @noble/hashes 1.x and 2.x. Names: the call `sha256(x)` is `@noble/hashes/sha2#sha256`, a method of that export is `@noble/hashes/sha2#sha256.create`,
 * and what it makes has the class `@noble/hashes#Hash` (`@noble/hashes#HMAC` for MACs, which inherits its rows), with methods like `@noble/hashes#Hash.prototype.update`.
 * Modules that 2.x dropped (`sha256`, `sha512`, `blake2b`, `blake2s`, `sha1`, `ripemd160`) are aliases of the ones that took their place.
 * Source: the packages' sources, versions 1.8.0 and 2.4.0. The hash argument of hmac, hkdf and pbkdf2 is taken for one of these exports: a user-made one could run any code.
 */
import type { ArgumentPath, FixedCost, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const same: ResultModel = { kind: 'same', as: 'this' };
const hashObject: ResultModel = { kind: 'object', class: '@noble/hashes#Hash' };
const macObject: ResultModel = { kind: 'object', class: '@noble/hashes#HMAC' };

/** Module, exports and their digest length in bytes. */
const fixedLength: readonly (readonly [module: string, name: string, length: number])[] = [
  ['sha2', 'sha256', 32], ['sha2', 'sha224', 28], ['sha2', 'sha512', 64], ['sha2', 'sha384', 48], ['sha2', 'sha512_256', 32], ['sha2', 'sha512_224', 28],
  ['sha3', 'sha3_224', 28], ['sha3', 'sha3_256', 32], ['sha3', 'sha3_384', 48], ['sha3', 'sha3_512', 64],
  ['sha3', 'keccak_224', 28], ['sha3', 'keccak_256', 32], ['sha3', 'keccak_384', 48], ['sha3', 'keccak_512', 64],
  ['legacy', 'sha1', 20], ['legacy', 'md5', 16], ['legacy', 'ripemd160', 20],
];

/** Hashes whose options choose the length (`dkLen`) and may carry a key; with their default length. */
const chosenLength: readonly (readonly [module: string, name: string, length: number])[] = [
  ['sha3', 'shake128', 16], ['sha3', 'shake256', 32], ['blake2', 'blake2b', 64], ['blake2', 'blake2s', 32], ['blake3', 'blake3', 32],
];

const hashes = [...fixedLength, ...chosenLength];

/** Digest length by the api name of the hash function. */
const digestLengths: Readonly<Record<string, number>> = Object.fromEntries(
  hashes.flatMap(([module, name, length]) => [[`@noble/hashes/${module}#${name}`, length], [`@noble/hashes/${module}#${name}.create`, length]]),
);

const message = 'const m = Uint8Array.from({ length: 200 }, (_, i) => i);';
const key = 'const k = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);';
const toHex = `Buffer.from`;

function bytes(length: SizeExpression): ResultModel & { kind: 'bytes' } {
  return { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length };
}

function load(module: string, names: string): string {
  return `const { ${names} } = await load('@noble/hashes/${module}.js');`;
}

const optionBytes: readonly ArgumentPath[] = [{ property: 'key', of: 1 }, { property: 'salt', of: 1 }, { property: 'personalization', of: 1 }, { property: 'context', of: 1 }];
const createOptionBytes: readonly ArgumentPath[] = [{ property: 'key', of: 0 }, { property: 'salt', of: 0 }, { property: 'personalization', of: 0 }, { property: 'context', of: 0 }];

/** Measured on version 2.4.0 with a 32-byte message, by the method of COSTS A.2; COSTS B has 832 + 64 bytes for sha256, of which the digest is 32. */
const costs: Readonly<Record<string, Pick<ModelRow, 'cost' | 'note'>>> = {
  sha256: { cost: { objects: 9, heapBytes: 800, externalBytes: 64 }, note: 'COSTS B.' },
  'sha256.create': { cost: { objects: 5, heapBytes: 520, externalBytes: 64 }, note: 'Measured by the method of COSTS A.2.' },
  sha512: { cost: { objects: 14, heapBytes: 1088, externalBytes: 128 }, note: 'Measured by the method of COSTS A.2.' },
};

function hashRows(module: string, name: string, length: number): readonly ModelRow[] {
  const api = `@noble/hashes/${module}#${name}`;
  const hasOptions = chosenLength.some(([, other]) => other === name);
  const oneshot: ModelRow = {
    api, signature: `${name}(message[, options])`, result: bytes(length), reads: [0], roles: ['hash-oneshot', 'sync-sink'],
    exercise: { setup: `${load(module, name)} ${message}`, call: `${name}(m)`, inputs: { 0: 'm' } },
    ...costs[name],
  };
  const withLength: ModelRow = {
    ...oneshot, result: bytes('unknown'), reads: [0, ...optionBytes],
    exercise: { setup: `${load(module, name)} ${message}`, call: `${name}(m, { dkLen: 24 })`, inputs: { 0: 'm' } },
    note: 'dkLen, or the default length without it.',
  };
  return [
    ...(hasOptions ? [{ ...oneshot, when: [{ argument: 1, is: ['absent'] as const }] }, withLength] : [oneshot]),
    {
      api: `${api}.create`, signature: 'create([options])', result: hashObject, ...(hasOptions ? { reads: createOptionBytes } : {}), roles: ['hash-create'],
      exercise: { setup: load(module, name), call: `${name}.create()`, inputs: {} },
      ...costs[`${name}.create`],
    },
  ];
}

const byCreator: SizeExpression = { lookup: { creator: 'this', argument: 'callee' }, table: digestLengths };

/** Methods of a hash object, or of a MAC object, which only has another way of being made. */
function instanceRows(name: 'Hash' | 'HMAC'): readonly ModelRow[] {
  const method = (member: string): string => `@noble/hashes#${name}.prototype.${member}`;
  const mac = name === 'HMAC';
  const setup = mac
    ? `${load('hmac', 'hmac')} ${load('sha2', 'sha256')} ${message} const h = hmac.create(sha256, new Uint8Array(32));`
    : `${load('sha2', 'sha256')} ${message} const h = sha256.create();`;
  const made = mac ? macObject : hashObject;
  const secret = mac ? { secret: true } : {};
  const length: SizeExpression = mac ? { lookup: { creator: 'this', argument: 0 }, table: digestLengths } : byCreator;
  return [
    { api: method('update'), signature: 'update(data)', result: same, reads: [0], stateful: true, roles: ['hash-update', 'sync-sink'], exercise: { setup, call: 'h.update(m)', inputs: { this: 'h', 0: 'm' }, observe: `${toHex}(h.digest()).toString('hex')` } },
    { api: method('digest'), signature: 'digest()', result: bytes(length), stateful: true, roles: ['hash-digest'], exercise: { setup, call: 'h.digest()', inputs: { this: 'h' } } },
    {
      api: method('digestInto'), signature: 'digestInto(out)', result: { kind: 'unknown' }, writes: [0], stateful: true, roles: ['hash-digest', 'output-argument'],
      exercise: { setup: `${setup} const out = new Uint8Array(32);`, call: 'h.digestInto(out)', inputs: { this: 'h', 0: 'out' } },
      note: 'Returns nothing in 2.x; some hashes of 1.x return the output. Destroys the object.',
    },
    { api: method('clone'), signature: 'clone()', result: made, ...secret, exercise: { setup, call: 'h.clone()', inputs: { this: 'h' } } },
    {
      api: method('_cloneInto'), signature: '_cloneInto([to])', when: [{ argument: 0, is: ['absent'] }], result: made, ...secret,
      exercise: { setup, call: 'h._cloneInto()', inputs: { this: 'h' } },
    },
    {
      api: method('_cloneInto'), signature: '_cloneInto([to])', result: { kind: 'same', as: 0 }, stateful: true, ...secret,
      exercise: { setup: `${setup} const w = h.clone();`, call: 'h._cloneInto(w)', inputs: { this: 'h', 0: 'w' } },
      note: 'Overwrites the state of its argument. COSTS A.4 and B: 416 - 528 bytes for a MAC with reuse against 2192.',
    },
    { api: method('destroy'), signature: 'destroy()', result: scalar, stateful: true, exercise: { setup, call: 'h.destroy()', inputs: { this: 'h' } } },
  ];
}

const extendable = `${load('sha3', 'shake256')} ${message} const h = shake256.create().update(m);`;

const extendableOutput: readonly ModelRow[] = [
  { api: '@noble/hashes#Hash.prototype.xof', signature: 'xof(bytes)', result: bytes({ count: 0 }), stateful: true, exercise: { setup: `${extendable} const n = 40;`, call: 'h.xof(n)', inputs: { this: 'h', 0: 'n' } } },
  { api: '@noble/hashes#Hash.prototype.xofInto', signature: 'xofInto(out)', result: { kind: 'same', as: 0 }, writes: [0], stateful: true, roles: ['output-argument'], exercise: { setup: `${extendable} const out = new Uint8Array(40);`, call: 'h.xofInto(out)', inputs: { this: 'h', 0: 'out' } } },
];

const hashAndKey = `${load('sha2', 'sha256')} ${key} const salt = Uint8Array.of(1, 2, 3); const info = Uint8Array.of(4, 5);`;
const ofHash: SizeExpression = { lookup: 0, table: digestLengths };

/** Of one block of output; more blocks cost more. */
const expandCost: FixedCost = { objects: 26, heapBytes: 2296, externalBytes: 224 };

const derivation: readonly ModelRow[] = [
  {
    api: '@noble/hashes/hmac#hmac', signature: 'hmac(hash, key, message)', result: bytes(ofHash), reads: [1, 2], roles: ['mac-oneshot', 'sync-sink'], cost: { objects: 24, heapBytes: 2160, externalBytes: 224 },
    exercise: { setup: `${load('hmac', 'hmac')} ${hashAndKey} ${message}`, call: 'hmac(sha256, k, m)', inputs: { 1: 'k', 2: 'm' } },
    note: 'COSTS B: 2192 bytes of heap, 32 of them the tag, and 224 off it, with SHA-256; objects measured by the method of COSTS A.2.',
  },
  {
    api: '@noble/hashes/hmac#hmac.create', signature: 'create(hash, key)', result: macObject, reads: [1], secret: true, roles: ['mac-create'], cost: { objects: 16, heapBytes: 1544, externalBytes: 192 }, note: 'Measured with SHA-256 by the method of COSTS A.2.',
    exercise: { setup: `${load('hmac', 'hmac')} ${hashAndKey}`, call: 'hmac.create(sha256, k)', inputs: { 1: 'k' }, observe: `${toHex}($result.digest()).toString('hex')` },
  },
  {
    api: '@noble/hashes/hkdf#hkdf', signature: 'hkdf(hash, ikm, salt, info, length)', result: bytes({ count: 4 }), reads: [1, 2, 3], secret: true, roles: ['kdf'], cost: { objects: 44, heapBytes: 4024, externalBytes: 416 },
    exercise: { setup: `${load('hkdf', 'hkdf')} ${hashAndKey} const n = 96;`, call: 'hkdf(sha256, k, salt, info, n)', inputs: { 1: 'k', 2: 'salt', 3: 'info', 4: 'n' } },
    note: 'COSTS C.1: 32 bytes are 44 objects, 4057 bytes of heap and 416 off it, 192 bytes in one call 66 objects, 5841 and 608.',
  },
  {
    api: '@noble/hashes/hkdf#extract', signature: 'extract(hash, ikm[, salt])', result: bytes(ofHash), reads: [1, 2], secret: true, roles: ['kdf-extract'], cost: { objects: 24, heapBytes: 2160, externalBytes: 224 }, note: 'Measured with SHA-256 by the method of COSTS A.2.',
    exercise: { setup: `${load('hkdf', 'extract')} ${hashAndKey}`, call: 'extract(sha256, k, salt)', inputs: { 1: 'k', 2: 'salt' } },
  },
  {
    api: '@noble/hashes/hkdf#expand', signature: 'expand(hash, prk[, info[, length]])', when: [{ argument: 3, is: ['absent'] }, { argument: 4, is: ['absent'] }], result: bytes(32), reads: [1, 2], secret: true, roles: ['kdf-expand'], cost: expandCost, note: 'Measured with SHA-256 by the method of COSTS A.2.',
    exercise: { setup: `${load('hkdf', 'expand')} ${hashAndKey}`, call: 'expand(sha256, k, info)', inputs: { 1: 'k', 2: 'info' } },
  },
  {
    api: '@noble/hashes/hkdf#expand', signature: 'expand(hash, prk[, info[, length[, recycled]]])', when: [{ argument: 4, is: ['absent'] }], result: bytes({ count: 3 }), reads: [1, 2], secret: true, roles: ['kdf-expand'], cost: expandCost,
    exercise: { setup: `${load('hkdf', 'expand')} ${hashAndKey} const n = 96;`, call: 'expand(sha256, k, info, n)', inputs: { 1: 'k', 2: 'info', 3: 'n' } },
    note: 'Cost measured for 32 bytes with SHA-256 by the method of COSTS A.2. The undocumented fifth argument donates and wipes the key; a call with it is unknown.',
  },
  {
    api: '@noble/hashes/pbkdf2#pbkdf2', signature: 'pbkdf2(hash, password, salt, options)', result: bytes('unknown'), reads: [1, 2], secret: true,
    exercise: { setup: `${load('pbkdf2', 'pbkdf2')} ${hashAndKey}`, call: 'pbkdf2(sha256, k, salt, { c: 1, dkLen: 48 })', inputs: { 1: 'k', 2: 'salt' } },
  },
  {
    api: '@noble/hashes/pbkdf2#pbkdf2Async', signature: 'pbkdf2Async(hash, password, salt, options)', result: { kind: 'promise', of: bytes('unknown') }, readsLater: [1, 2], retains: [3], secret: true,
    exercise: { setup: `${load('pbkdf2', 'pbkdf2Async')} ${hashAndKey}`, call: 'pbkdf2Async(sha256, k, salt, { c: 1, dkLen: 48 })', inputs: {} },
  },
  {
    api: '@noble/hashes/scrypt#scrypt', signature: 'scrypt(password, salt, options)', result: bytes('unknown'), reads: [0, 1], calls: [{ property: 'onProgress', of: 2 }], secret: true,
    exercise: { setup: `${load('scrypt', 'scrypt')} ${hashAndKey}`, call: 'scrypt(k, salt, { N: 2, r: 1, p: 1, dkLen: 48 })', inputs: { 0: 'k', 1: 'salt' } },
  },
  {
    api: '@noble/hashes/scrypt#scryptAsync', signature: 'scryptAsync(password, salt, options)', result: { kind: 'promise', of: bytes('unknown') }, readsLater: [0, 1], retains: [2], secret: true,
    exercise: { setup: `${load('scrypt', 'scryptAsync')} ${hashAndKey}`, call: 'scryptAsync(k, salt, { N: 2, r: 1, p: 1, dkLen: 48 })', inputs: {} },
  },
  ...['argon2id', 'argon2i', 'argon2d'].map((name): ModelRow => ({
    api: `@noble/hashes/argon2#${name}`, signature: `${name}(password, salt, options)`, result: bytes('unknown'), calls: [{ property: 'onProgress', of: 2 }],
    reads: [0, 1, { property: 'key', of: 2 }, { property: 'personalization', of: 2 }], secret: true,
    exercise: { setup: `${load('argon2', name)} ${key} const salt = new Uint8Array(16);`, call: `${name}(k, salt, { t: 1, m: 8, p: 1 })`, inputs: { 0: 'k', 1: 'salt' } },
  })),
];

const utils = (names: string): string => load('utils', names);

const utilities: readonly ModelRow[] = [
  { api: '@noble/hashes/utils#randomBytes', signature: 'randomBytes([bytesLength])', when: [{ argument: 0, is: ['absent'] }], result: bytes(32), secret: true, roles: ['random-fresh'], exercise: { setup: utils('randomBytes'), call: 'randomBytes()', inputs: {} } },
  { api: '@noble/hashes/utils#randomBytes', signature: 'randomBytes([bytesLength])', result: bytes({ count: 0 }), secret: true, roles: ['random-fresh'], exercise: { setup: `${utils('randomBytes')} const n = 12;`, call: 'randomBytes(n)', inputs: { 0: 'n' } } },
  {
    api: '@noble/hashes/utils#concatBytes', signature: 'concatBytes(...arrays)', result: bytes({ elements: { rest: 0 } }), reads: [{ rest: 0 }], roles: ['concat'],
    exercise: { setup: `${utils('concatBytes')} const list = [Uint8Array.of(9, 3), Uint8Array.of(7)];`, call: 'concatBytes(...list)', inputs: { '0...': 'list' } },
  },
  { api: '@noble/hashes/utils#utf8ToBytes', signature: 'utf8ToBytes(text)', result: bytes({ length: 0 }), roles: ['encode-text'], cost: { objects: 7, heapBytes: 440, externalBytes: 0 }, exercise: { setup: `${utils('utf8ToBytes')} const s = 'größe';`, call: 'utf8ToBytes(s)', inputs: { 0: 's' } }, note: 'COSTS B: 456 bytes for a 12-byte label; objects measured by the method of COSTS A.2.' },
  { api: '@noble/hashes/utils#bytesToHex', signature: 'bytesToHex(bytes)', result: { kind: 'string', length: { scaled: [2, { items: 0 }] } }, reads: [0], roles: ['sync-sink'], exercise: { setup: `${utils('bytesToHex')} ${key}`, call: 'bytesToHex(k)', inputs: { 0: 'k' } } },
  { api: '@noble/hashes/utils#hexToBytes', signature: 'hexToBytes(hex)', result: bytes({ scaled: [0.5, { items: 0 }] }), roles: ['encode-text'], exercise: { setup: `${utils('hexToBytes')} const s = '0a0b0c';`, call: 'hexToBytes(s)', inputs: { 0: 's' } } },
  { api: '@noble/hashes/utils#bytesToUtf8', signature: 'bytesToUtf8(bytes)', result: { kind: 'string', length: 'unknown' }, reads: [0], roles: ['decode-text', 'sync-sink'], note: 'Exported by 1.8 only.' },
  ...['toBytes', 'kdfInputToBytes'].flatMap((name): readonly ModelRow[] => [
    { api: `@noble/hashes/utils#${name}`, signature: `${name}(data)`, when: [{ argument: 0, is: ['string'] }], result: bytes({ length: 0 }), roles: ['encode-text'], note: `Exported by ${name === 'toBytes' ? '1.x' : '1.8 and 2.x'}.` },
    { api: `@noble/hashes/utils#${name}`, signature: `${name}(data)`, when: [{ argument: 0, is: ['bytes'] }], result: { kind: 'same', as: 0 }, note: 'Bytes come back as they are.' },
  ]),
  { api: '@noble/hashes/utils#copyBytes', signature: 'copyBytes(bytes)', result: { ...bytes({ items: 0 }), source: 0 }, reads: [0], roles: ['copy'], exercise: { setup: `${utils('copyBytes')} ${key}`, call: 'copyBytes(k)', inputs: { 0: 'k' } } },
  { api: '@noble/hashes/utils#clean', signature: 'clean(...arrays)', result: scalar, writes: [{ rest: 0 }], wipes: [{ rest: 0 }], exercise: { setup: `${utils('clean')} const list = [Uint8Array.of(9, 3), Uint8Array.of(7)];`, call: 'clean(...list)', inputs: { '0...': 'list' } } },
  { api: '@noble/hashes/utils#abytes', signature: 'abytes(bytes[, length[, title]])', result: { kind: 'same', as: 0 }, exercise: { setup: `${utils('abytes')} ${key}`, call: 'abytes(k)', inputs: { 0: 'k' } }, note: 'Returns nothing in 1.x.' },
  { api: '@noble/hashes/utils#isBytes', signature: 'isBytes(value)', result: scalar, exercise: { setup: `${utils('isBytes')} ${key}`, call: 'isBytes(k)', inputs: { 0: 'k' } } },
  { api: '@noble/hashes/utils#u8', signature: 'u8(array)', result: { kind: 'view', class: 'Uint8Array', of: 0 }, exercise: { setup: `${utils('u8')} ${key}`, call: 'u8(k)', inputs: { 0: 'k' } } },
  { api: '@noble/hashes/utils#u32', signature: 'u32(array)', result: { kind: 'view', class: 'Uint32Array', of: 0 }, exercise: { setup: `${utils('u32')} ${key}`, call: 'u32(k)', inputs: { 0: 'k' } } },
  { api: '@noble/hashes/utils#createView', signature: 'createView(array)', result: { kind: 'view', class: 'DataView', of: 0 }, exercise: { setup: `${utils('createView')} ${key}`, call: 'createView(k)', inputs: { 0: 'k' } } },
  { api: '@noble/hashes/utils#byteSwap32', signature: 'byteSwap32(array)', result: { kind: 'same', as: 0 }, reads: [0], writes: [0], exercise: { setup: `${utils('byteSwap32')} const a = Uint32Array.of(1, 2);`, call: 'byteSwap32(a)', inputs: { 0: 'a' } }, note: 'Returns nothing in early 1.x.' },
];

export const nobleHashesFamily: ModelFamily = {
  name: '@noble/hashes',
  classes: [
    {
      name: '@noble/hashes#Hash', kind: 'object', properties: { blockLen: scalar, outputLen: scalar },
      declared: ['Hash', 'HashXOF', 'SHA256', '_SHA256', 'SHA512', '_SHA512', '_SHA224', '_SHA384', 'Keccak', 'BLAKE2', '_BLAKE2', '_BLAKE2b', '_BLAKE2s', 'BLAKE2b', 'BLAKE2s', 'BLAKE3', '_BLAKE3', 'HashMD', '_SHA1', '_MD5', '_RIPEMD160']
        .map((name) => ({ name, from: '@noble/hashes' })),
    },
    { name: '@noble/hashes#HMAC', kind: 'object', extends: '@noble/hashes#Hash', declared: ['HMAC', '_HMAC'].map((name) => ({ name, from: '@noble/hashes' })) },
  ],
  rows: [...hashes.flatMap(([module, name, length]) => hashRows(module, name, length)), ...instanceRows('Hash'), ...instanceRows('HMAC'), ...extendableOutput, ...derivation, ...utilities],
  aliases: {
    ...Object.fromEntries(fixedLength.filter(([module]) => module === 'sha2').flatMap(([, name]) => ['sha256', 'sha512'].map((module) => [`@noble/hashes/${module}#${name}`, `@noble/hashes/sha2#${name}`]))),
    '@noble/hashes/blake2b#blake2b': '@noble/hashes/blake2#blake2b', '@noble/hashes/blake2s#blake2s': '@noble/hashes/blake2#blake2s',
    '@noble/hashes/sha1#sha1': '@noble/hashes/legacy#sha1', '@noble/hashes/ripemd160#ripemd160': '@noble/hashes/legacy#ripemd160',
  },
};
