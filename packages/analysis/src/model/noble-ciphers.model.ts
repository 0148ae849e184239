/**
 * Rows of @noble/ciphers 1.x and 2.x. A call `gcm(key, nonce)` makes an object that holds its key and nonce and reads them when it encrypts.
 * Such objects have one of six classes, by what they give back (exact bytes or a part of a larger store) and whether they take an output; all inherit the cautious rows of `@noble/ciphers#Cipher`.
 * Source: the package's sources, versions 1.3.0 and 2.4.0, whose rows here behave alike; output argument facts measured (RULES 2, noble 2.4.0 facts).
 */
import type { FixedCost, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const key = 'const k = Uint8Array.from({ length: 32 }, (_, i) => 7 * i); const aad = Uint8Array.of(1, 2, 3);';
const message = 'const m = Uint8Array.from({ length: 64 }, (_, i) => i);';

function bytes(length: SizeExpression): ResultModel & { kind: 'bytes' } {
  return { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length };
}

function load(module: string, names: string): string {
  return `const { ${names} } = await load('@noble/ciphers/${module}.js');`;
}

interface CipherName {
  readonly module: string;
  readonly name: string;
  readonly class: string;
  readonly nonceLength: number;
  readonly authenticated: boolean;
  /** Whether the third argument is additional data. */
  readonly additionalData: boolean;
}

const ciphers: readonly CipherName[] = [
  { module: 'chacha', name: 'chacha20poly1305', class: 'TaggedCipherWithOutput', nonceLength: 12, authenticated: true, additionalData: true },
  { module: 'chacha', name: 'xchacha20poly1305', class: 'TaggedCipherWithOutput', nonceLength: 24, authenticated: true, additionalData: true },
  { module: 'salsa', name: 'xsalsa20poly1305', class: 'OffsetCipherWithOutput', nonceLength: 24, authenticated: true, additionalData: false },
  { module: 'aes', name: 'gcm', class: 'TaggedCipher', nonceLength: 12, authenticated: true, additionalData: true },
  { module: 'aes', name: 'gcmsiv', class: 'TaggedCipher', nonceLength: 12, authenticated: true, additionalData: true },
  { module: 'aes', name: 'ctr', class: 'StreamCipherWithOutput', nonceLength: 16, authenticated: false, additionalData: false },
  { module: 'aes', name: 'cbc', class: 'PaddedCipherWithOutput', nonceLength: 16, authenticated: false, additionalData: false },
  { module: 'aes', name: 'cfb', class: 'StreamCipherWithOutput', nonceLength: 16, authenticated: false, additionalData: false },
];

function creation(cipher: CipherName): ModelRow {
  const { module, name, nonceLength, authenticated, additionalData } = cipher;
  return {
    api: `@noble/ciphers/${module}#${name}`, signature: `${name}(key, nonce[, options])`, result: { kind: 'object', class: `@noble/ciphers#${cipher.class}`, holds: [0, 1, 2] },
    reads: [0, 1, 2], secret: true, roles: authenticated ? ['cipher-create', 'aead-create'] : ['cipher-create'],
    exercise: {
      setup: `${load(module, name)} ${key} const nonce = Uint8Array.from({ length: ${nonceLength} }, (_, i) => i);`, call: `${name}(k, nonce${additionalData ? ', aad' : ''})`,
      inputs: additionalData ? { 0: 'k', 1: 'nonce', 2: 'aad' } : { 0: 'k', 1: 'nonce' }, observe: `Buffer.from($result.encrypt(new Uint8Array(64))).toString('hex')`,
    },
    ...(name === 'chacha20poly1305' ? { cost: { objects: 9, heapBytes: 488 } } : {}), ...(name === 'gcm' ? { cost: { objects: 11, heapBytes: 632 } } : {}),
    note: 'Holds key, nonce and additional data by reference and reads them when it encrypts. A cost is measured by the method of COSTS A.2.',
  };
}

/** Ciphers for exercises: also a key wrapping one, which takes no nonce. */
const examples: readonly CipherName[] = [...ciphers, { module: 'aes', name: 'aeskw', class: 'KeyWrapCipher', nonceLength: 0, authenticated: false, additionalData: false }];

/** Encrypts with a fresh nonce-bearing object, since an object encrypts once. */
function making(cipher: CipherName): string {
  return `${load(cipher.module, cipher.name)} ${key} ${message} const make = () => ${cipher.name}(k${cipher.nonceLength === 0 ? '' : `, new Uint8Array(${cipher.nonceLength})`}); const c = make();`;
}

/** What one class of cipher objects gives back. */
interface CipherClass {
  readonly name: string;
  /** The cipher that the exercises use. */
  readonly example: string;
  readonly sealed: SizeExpression;
  readonly opened: SizeExpression;
  /** Whether the result is all of its store, or lies inside a larger store that nobody else holds. */
  readonly sealedStore: 'exact' | 'larger';
  readonly openedStore: 'exact' | 'larger';
  readonly takesOutput: boolean;
  /** Of one encryption of 64 bytes, without the making of the object. */
  readonly cost?: FixedCost;
}

const cipherClasses: readonly CipherClass[] = [
  { name: 'TaggedCipherWithOutput', example: 'chacha20poly1305', sealed: { sum: [{ length: 0 }, 16] }, opened: { sum: [{ length: 0 }, -16] }, sealedStore: 'exact', openedStore: 'exact', takesOutput: true, cost: { objects: 66, heapBytes: 5345, externalBytes: 240 } },
  { name: 'TaggedCipher', example: 'gcm', sealed: { sum: [{ length: 0 }, 16] }, opened: { sum: [{ length: 0 }, -16] }, sealedStore: 'exact', openedStore: 'exact', takesOutput: false, cost: { objects: 465, heapBytes: 36_268, externalBytes: 416 } },
  { name: 'OffsetCipherWithOutput', example: 'xsalsa20poly1305', sealed: { sum: [{ length: 0 }, 16] }, opened: { sum: [{ length: 0 }, -16] }, sealedStore: 'larger', openedStore: 'larger', takesOutput: true },
  { name: 'StreamCipherWithOutput', example: 'ctr', sealed: { length: 0 }, opened: { length: 0 }, sealedStore: 'exact', openedStore: 'exact', takesOutput: true },
  { name: 'PaddedCipherWithOutput', example: 'cbc', sealed: 'unknown', opened: 'unknown', sealedStore: 'exact', openedStore: 'larger', takesOutput: true },
  { name: 'KeyWrapCipher', example: 'aeskw', sealed: 'unknown', opened: 'unknown', sealedStore: 'exact', openedStore: 'larger', takesOutput: false },
];

function instanceRows(cipherClass: CipherClass): readonly ModelRow[] {
  const example = examples.find((cipher) => cipher.name === cipherClass.example);
  if (example === undefined) throw new Error(`no cipher ${cipherClass.example}`);
  const setup = making(example);
  const opening = `${setup} const s = make().encrypt(m);`;
  const method = (member: string): string => `@noble/ciphers#${cipherClass.name}.prototype.${member}`;
  const outputRole = cipherClass.takesOutput ? ['output-argument' as const] : [];
  const seal: ModelRow = {
    api: method('encrypt'), signature: 'encrypt(plaintext[, output])', result: { ...bytes(cipherClass.sealed), origin: cipherClass.sealedStore === 'exact' ? 'fresh' : 'pooled' }, reads: [0, 'this'], stateful: true,
    roles: [...(example.authenticated ? ['aead-seal' as const] : []), ...outputRole],
    exercise: { setup, call: 'c.encrypt(m)', inputs: { this: 'c', 0: 'm' } },
    ...(cipherClass.cost === undefined ? {} : { cost: cipherClass.cost }),
    note: `COSTS C.2. A second encrypt on one object throws.${cipherClass.sealedStore === 'exact' ? '' : larger}`,
  };
  const open: ModelRow = {
    api: method('decrypt'), signature: 'decrypt(ciphertext[, output])', result: { ...bytes(cipherClass.opened), origin: cipherClass.openedStore === 'exact' ? 'fresh' : 'pooled' }, reads: [0, 'this'], secret: true,
    roles: [...(example.authenticated ? ['aead-open' as const] : []), ...outputRole],
    exercise: { setup: opening, call: 'c.decrypt(s)', inputs: { this: 'c', 0: 's' } },
    ...(cipherClass.openedStore === 'exact' ? {} : { note: larger.trim() }),
  };
  if (!cipherClass.takesOutput) return [seal, open];
  return [
    { ...seal, when: [{ argument: 1, is: ['absent'] }] },
    {
      ...withoutCost(seal), result: writtenOutput(cipherClass.sealedStore), writes: [1],
      exercise: { setup: `${setup} const out = new Uint8Array(make().encrypt(m).buffer.byteLength);`, call: 'c.encrypt(m, out)', inputs: { this: 'c', 0: 'm', 1: 'out' } },
      note: 'The output must have exactly the right length; a longer one throws.',
    },
    { ...open, when: [{ argument: 1, is: ['absent'] }] },
    {
      ...open, result: writtenOutput(cipherClass.openedStore), writes: [1],
      exercise: { setup: `${opening} const out = new Uint8Array(make().decrypt(s).buffer.byteLength);`, call: 'c.decrypt(s, out)', inputs: { this: 'c', 0: 's', 1: 'out' } },
      note: 'The output must have exactly the right length; on a bad tag chacha20poly1305 leaves it untouched.',
    },
  ];
}

/** With an output the costs differ, and were not measured for each cipher. */
function withoutCost({ cost: _, ...row }: ModelRow): ModelRow {
  return row;
}

const larger = ' The result lies inside a larger store that nobody else holds, so it is not exact.';

function writtenOutput(store: 'exact' | 'larger'): ResultModel {
  return store === 'exact' ? { kind: 'same', as: 1 } : { kind: 'view', class: 'Uint8Array', of: 1 };
}

const cautious: readonly ModelRow[] = ['encrypt', 'decrypt'].map((member): ModelRow => ({
  api: `@noble/ciphers#Cipher.prototype.${member}`, signature: `${member}(data[, output])`, result: { kind: 'unknown' }, reads: [0, 'this'], writes: [1], stateful: true, secret: true,
  note: 'For a declared Cipher, which may be any of them.',
}));

const streamCiphers: readonly (readonly [module: string, name: string, nonceLength: number])[] = [
  ['chacha', 'chacha20', 12], ['chacha', 'xchacha20', 24], ['chacha', 'chacha8', 12], ['chacha', 'chacha12', 12], ['chacha', 'chacha20orig', 8], ['salsa', 'salsa20', 8], ['salsa', 'xsalsa20', 24],
];

function streamRows(module: string, name: string, nonceLength: number): readonly ModelRow[] {
  const setup = `${load(module, name)} ${key} ${message} const nonce = new Uint8Array(${nonceLength});`;
  const row: ModelRow = {
    api: `@noble/ciphers/${module}#${name}`, signature: `${name}(key, nonce, data[, output[, counter]])`, result: bytes({ length: 2 }), reads: [0, 1, 2], roles: ['output-argument'],
    exercise: { setup, call: `${name}(k, nonce, m)`, inputs: { 0: 'k', 1: 'nonce', 2: 'm' } },
  };
  return [
    { ...row, when: [{ argument: 3, is: ['absent'] }] },
    {
      ...row, result: { kind: 'same', as: 3 }, writes: [3],
      exercise: { setup: `${setup} const out = new Uint8Array(64);`, call: `${name}(k, nonce, m, out)`, inputs: { 0: 'k', 1: 'nonce', 2: 'm', 3: 'out' } },
    },
  ];
}

const keyWrapping: readonly ModelRow[] = ['aeskw', 'aeskwp'].map((name): ModelRow => ({
  api: `@noble/ciphers/aes#${name}`, signature: `${name}(kek)`, result: { kind: 'object', class: '@noble/ciphers#KeyWrapCipher', holds: [0] }, reads: [0], secret: true, roles: ['cipher-create'],
  exercise: { setup: `${load('aes', name)} ${key}`, call: `${name}(k)`, inputs: { 0: 'k' }, observe: `Buffer.from($result.encrypt(new Uint8Array(32))).toString('hex')` },
}));

const moreCreations: readonly ModelRow[] = [
  {
    api: '@noble/ciphers/aes#ecb', signature: 'ecb(key[, options])', result: { kind: 'object', class: '@noble/ciphers#PaddedCipherWithOutput', holds: [0] }, reads: [0], secret: true, roles: ['cipher-create'],
    exercise: { setup: `${load('aes', 'ecb')} ${key}`, call: 'ecb(k)', inputs: { 0: 'k' }, observe: `Buffer.from($result.encrypt(new Uint8Array(32))).toString('hex')` },
  },
  {
    api: '@noble/ciphers/aes#aessiv', signature: 'aessiv(key, ...AAD)', result: { kind: 'object', class: '@noble/ciphers#TaggedCipher', holds: [0, { rest: 1 }] }, reads: [0, { rest: 1 }], secret: true, roles: ['cipher-create', 'aead-create'],
    exercise: { setup: `${load('aes', 'aessiv')} ${key}`, call: 'aessiv(k, aad)', inputs: { 0: 'k', '1...': '[aad]' }, observe: `Buffer.from($result.encrypt(new Uint8Array(32))).toString('hex')` },
  },
  {
    api: '@noble/ciphers/salsa#secretbox', signature: 'secretbox(key, nonce)', result: { kind: 'object', class: '@noble/ciphers#SecretBox', holds: [0, 1] }, reads: [0, 1], secret: true, roles: ['cipher-create', 'aead-create'],
    exercise: { setup: `${load('salsa', 'secretbox')} ${key} const nonce = new Uint8Array(24);`, call: 'secretbox(k, nonce)', inputs: { 0: 'k', 1: 'nonce' }, observe: `Buffer.from($result.seal(new Uint8Array(32))).toString('hex')` },
  },
  ...(['seal', 'open'] as const).map((name): ModelRow => ({
    api: `@noble/ciphers#SecretBox.prototype.${name}`, signature: `${name}(data[, output])`, result: { kind: 'unknown' }, reads: [0, 'this'], writes: [1], stateful: true, roles: [name === 'seal' ? 'aead-seal' : 'aead-open'], ...(name === 'open' ? { secret: true } : {}),
    exercise: {
      setup: `${load('salsa', 'secretbox')} ${key} ${message} const nonce = new Uint8Array(24); const s = ${name === 'seal' ? 'm' : 'secretbox(k, nonce).seal(m)'}; const c = secretbox(k, nonce);`, call: `c.${name}(s)`, inputs: { this: 'c', 0: 's' },
    },
  })),
];

const webcryptoModule: readonly ModelRow[] = [
  ...['gcm', 'ctr', 'cbc'].map((name): ModelRow => ({
    api: `@noble/ciphers/webcrypto#${name}`, signature: `${name}(key, nonce[, AAD])`, result: { kind: 'object', class: '@noble/ciphers#AsyncCipher', holds: [0, 1, 2] }, reads: [0, 1, 2], secret: true, roles: ['cipher-create'],
    exercise: { setup: `${load('webcrypto', name)} ${key} const nonce = new Uint8Array(${name === 'gcm' ? 12 : 16});`, call: `${name}(k, nonce)`, inputs: {} },
  })),
  ...['encrypt', 'decrypt'].map((name): ModelRow => ({
    api: `@noble/ciphers#AsyncCipher.prototype.${name}`, signature: `${name}(data)`, result: { kind: 'promise', of: bytes('unknown') }, readsLater: [0, 'this'], stateful: true, secret: true,
    exercise: {
      setup: `${load('webcrypto', 'gcm')} ${key} ${message} const nonce = new Uint8Array(12); const s = ${name === 'encrypt' ? 'm' : 'await gcm(k, nonce).encrypt(m)'}; const c = gcm(k, nonce);`, call: `c.${name}(s)`, inputs: {},
    },
  })),
];

const utils = (names: string): string => load('utils', names);

const utilities: readonly ModelRow[] = [
  ...['utils', 'webcrypto'].flatMap((module): readonly ModelRow[] => [
    { api: `@noble/ciphers/${module}#randomBytes`, signature: 'randomBytes([bytesLength])', when: [{ argument: 0, is: ['absent'] }], result: bytes(32), secret: true, roles: ['random-fresh'], ...(module === 'utils' ? { exercise: { setup: utils('randomBytes'), call: 'randomBytes()', inputs: {} } } : { note: 'Exported there by 1.x.' }) },
    { api: `@noble/ciphers/${module}#randomBytes`, signature: 'randomBytes([bytesLength])', result: bytes({ count: 0 }), secret: true, roles: ['random-fresh'], ...(module === 'utils' ? { exercise: { setup: `${utils('randomBytes')} const n = 12;`, call: 'randomBytes(n)', inputs: { 0: 'n' } } } : { note: 'Exported there by 1.x.' }) },
  ]),
  { api: '@noble/ciphers/utils#concatBytes', signature: 'concatBytes(...arrays)', result: bytes({ elements: { rest: 0 } }), reads: [{ rest: 0 }], roles: ['concat'], exercise: { setup: `${utils('concatBytes')} const list = [Uint8Array.of(9, 3), Uint8Array.of(7)];`, call: 'concatBytes(...list)', inputs: { '0...': 'list' } } },
  { api: '@noble/ciphers/utils#utf8ToBytes', signature: 'utf8ToBytes(text)', result: bytes({ length: 0 }), roles: ['encode-text'], exercise: { setup: `${utils('utf8ToBytes')} const s = 'größe';`, call: 'utf8ToBytes(s)', inputs: { 0: 's' } } },
  { api: '@noble/ciphers/utils#bytesToUtf8', signature: 'bytesToUtf8(bytes)', result: { kind: 'string', length: 'unknown' }, reads: [0], roles: ['decode-text', 'sync-sink'], exercise: { setup: `${utils('bytesToUtf8')} ${message}`, call: 'bytesToUtf8(m)', inputs: { 0: 'm' } } },
  { api: '@noble/ciphers/utils#bytesToHex', signature: 'bytesToHex(bytes)', result: { kind: 'string', length: { scaled: [2, { items: 0 }] } }, reads: [0], roles: ['sync-sink'], exercise: { setup: `${utils('bytesToHex')} ${key}`, call: 'bytesToHex(k)', inputs: { 0: 'k' } } },
  { api: '@noble/ciphers/utils#hexToBytes', signature: 'hexToBytes(hex)', result: bytes({ scaled: [0.5, { items: 0 }] }), roles: ['encode-text'], exercise: { setup: `${utils('hexToBytes')} const s = '0a0b0c';`, call: 'hexToBytes(s)', inputs: { 0: 's' } } },
  { api: '@noble/ciphers/utils#bytesToNumberBE', signature: 'bytesToNumberBE(bytes)', result: scalar, reads: [0], roles: ['sync-sink'], exercise: { setup: `${utils('bytesToNumberBE')} ${key}`, call: 'bytesToNumberBE(k)', inputs: { 0: 'k' } } },
  { api: '@noble/ciphers/utils#numberToBytesBE', signature: 'numberToBytesBE(number, length)', result: bytes({ count: 1 }), exercise: { setup: `${utils('numberToBytesBE')} const n = 8;`, call: 'numberToBytesBE(5, n)', inputs: { 1: 'n' } } },
  { api: '@noble/ciphers/utils#equalBytes', signature: 'equalBytes(a, b)', result: scalar, reads: [0, 1], roles: ['sync-sink'], exercise: { setup: `${utils('equalBytes')} ${key} const c = Uint8Array.from(k);`, call: 'equalBytes(k, c)', inputs: { 0: 'k', 1: 'c' } } },
  { api: '@noble/ciphers/utils#copyBytes', signature: 'copyBytes(bytes)', result: { ...bytes({ items: 0 }), source: 0 }, reads: [0], roles: ['copy'], exercise: { setup: `${utils('copyBytes')} ${key}`, call: 'copyBytes(k)', inputs: { 0: 'k' } } },
  { api: '@noble/ciphers/utils#clean', signature: 'clean(...arrays)', result: scalar, writes: [{ rest: 0 }], wipes: [{ rest: 0 }], exercise: { setup: `${utils('clean')} const list = [Uint8Array.of(9, 3), Uint8Array.of(7)];`, call: 'clean(...list)', inputs: { '0...': 'list' } } },
  { api: '@noble/ciphers/utils#abytes', signature: 'abytes(bytes[, length[, title]])', result: { kind: 'same', as: 0 }, exercise: { setup: `${utils('abytes')} ${key}`, call: 'abytes(k)', inputs: { 0: 'k' } }, note: 'Returns nothing in 1.x.' },
  { api: '@noble/ciphers/utils#isBytes', signature: 'isBytes(value)', result: scalar, exercise: { setup: `${utils('isBytes')} ${key}`, call: 'isBytes(k)', inputs: { 0: 'k' } } },
  { api: '@noble/ciphers/utils#u8', signature: 'u8(array)', result: { kind: 'view', class: 'Uint8Array', of: 0 }, exercise: { setup: `${utils('u8')} ${key}`, call: 'u8(k)', inputs: { 0: 'k' } } },
  { api: '@noble/ciphers/utils#u32', signature: 'u32(array)', result: { kind: 'view', class: 'Uint32Array', of: 0 }, exercise: { setup: `${utils('u32')} ${key}`, call: 'u32(k)', inputs: { 0: 'k' } } },
  { api: '@noble/ciphers/utils#createView', signature: 'createView(array)', result: { kind: 'view', class: 'DataView', of: 0 }, exercise: { setup: `${utils('createView')} ${key}`, call: 'createView(k)', inputs: { 0: 'k' } } },
];

export const nobleCiphersFamily: ModelFamily = {
  name: '@noble/ciphers',
  classes: [
    { name: '@noble/ciphers#Cipher', kind: 'object', declared: ['Cipher', 'CipherWithOutput'].map((name) => ({ name, from: '@noble/ciphers' })) },
    ...cipherClasses.map(({ name }) => ({ name: `@noble/ciphers#${name}`, kind: 'object' as const, extends: '@noble/ciphers#Cipher' })),
    { name: '@noble/ciphers#SecretBox', kind: 'object' },
    { name: '@noble/ciphers#AsyncCipher', kind: 'object', declared: [{ name: 'AsyncCipher', from: '@noble/ciphers' }] },
  ],
  rows: [
    ...ciphers.map(creation), ...moreCreations, ...keyWrapping, ...cautious,
    ...cipherClasses.flatMap(instanceRows),
    ...streamCiphers.flatMap(([module, name, nonceLength]) => streamRows(module, name, nonceLength)), ...webcryptoModule, ...utilities,
  ],
};
