/**
 * Rows of WebCrypto: `crypto.subtle` and `crypto.getRandomValues`, also as `node:crypto`'s `webcrypto` and `subtle`.
 * Source: w3.org/TR/webcrypto, which copies every input before a method returns; that Node does so is measured (RULES 2.2) and executed by the test.
 */
import type { ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const cryptoKey: ResultModel = { kind: 'promise', of: { kind: 'object', class: 'CryptoKey' } };

function bytes(length: SizeExpression): ResultModel {
  return { kind: 'promise', of: { kind: 'bytes', class: 'ArrayBuffer', origin: 'fresh', length } };
}

const digestLengths: Readonly<Record<string, number>> = { 'sha-1': 20, 'sha-256': 32, 'sha-384': 48, 'sha-512': 64 };
const subtle = 'const subtle = globalThis.crypto.subtle;';
const message = 'const m = Uint8Array.from({ length: 70 }, (_, i) => i);';
const raw = 'const k = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);';
const mac = `${subtle} ${message} const key = await subtle.importKey('raw', new Uint8Array(32), { name: 'HMAC', hash: 'SHA-256' }, true, ['sign', 'verify']);`;
const aead = `${subtle} ${message} const iv = new Uint8Array(12); const aad = Uint8Array.of(1, 2); const key = await subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', true, ['encrypt', 'decrypt']);`;

const counterMode = `${subtle} ${message} const counter = new Uint8Array(16); const key = await subtle.importKey('raw', new Uint8Array(32), 'AES-CTR', true, ['encrypt', 'decrypt']);`;
const wrapping = `${mac} const iv = new Uint8Array(12); const outer = await subtle.importKey('raw', new Uint8Array(32), 'AES-GCM', true, ['wrapKey', 'unwrapKey']);`;

const rows: readonly ModelRow[] = [
  {
    api: 'SubtleCrypto.prototype.digest', signature: 'digest(algorithm, data)', result: bytes({ lookup: 0, table: digestLengths }), snapshots: [1],
    exercise: { setup: `${subtle} ${message}`, call: `subtle.digest('SHA-256', m)`, inputs: { 0: `'SHA-256'`, 1: 'm' } },
  },
  {
    api: 'SubtleCrypto.prototype.importKey', signature: 'importKey(format, keyData, algorithm, extractable, keyUsages)', result: cryptoKey, snapshots: [1], secret: true,
    exercise: { setup: `${subtle} ${raw}`, call: `subtle.importKey('raw', k, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])`, inputs: { 1: 'k' }, observe: `Buffer.from(await subtle.exportKey('raw', await $result)).toString('hex')` },
  },
  {
    api: 'SubtleCrypto.prototype.exportKey', signature: 'exportKey(format, key)', when: [{ argument: 0, is: ['string'], values: ['raw', 'pkcs8', 'spki'] }], result: bytes('unknown'), secret: true,
    exercise: { setup: mac, call: `subtle.exportKey('raw', key)`, inputs: {} },
  },
  { api: 'SubtleCrypto.prototype.exportKey', signature: 'exportKey(format, key)', result: { kind: 'promise', of: { kind: 'unknown' } }, secret: true, exercise: { setup: mac, call: `subtle.exportKey('jwk', key)`, inputs: {} } },
  {
    api: 'SubtleCrypto.prototype.generateKey', signature: 'generateKey(algorithm, extractable, keyUsages)', result: { kind: 'promise', of: { kind: 'unknown' } }, snapshots: [{ property: 'publicExponent', of: 0 }], secret: true,
    exercise: { setup: subtle, call: `subtle.generateKey({ name: 'AES-GCM', length: 256 }, true, ['encrypt'])`, inputs: {} },
    note: 'A CryptoKey or a pair of them, by the algorithm.',
  },
  {
    api: 'SubtleCrypto.prototype.sign', signature: 'sign(algorithm, key, data)', result: bytes('unknown'), snapshots: [2, { property: 'context', of: 0 }],
    exercise: { setup: mac, call: `subtle.sign('HMAC', key, m)`, inputs: { 2: 'm' } },
  },
  {
    api: 'SubtleCrypto.prototype.verify', signature: 'verify(algorithm, key, signature, data)', result: { kind: 'promise', of: { kind: 'scalar' } }, snapshots: [2, 3, { property: 'context', of: 0 }],
    exercise: { setup: `${mac} const s = new Uint8Array(await subtle.sign('HMAC', key, m));`, call: `subtle.verify('HMAC', key, s, m)`, inputs: { 2: 's', 3: 'm' } },
  },
  {
    api: 'SubtleCrypto.prototype.encrypt', signature: 'encrypt(algorithm, key, data)', result: bytes('unknown'),
    snapshots: [2, { property: 'iv', of: 0 }, { property: 'additionalData', of: 0 }, { property: 'counter', of: 0 }, { property: 'label', of: 0 }],
    exercise: { setup: aead, call: `subtle.encrypt({ name: 'AES-GCM', iv, additionalData: aad }, key, m)`, inputs: { 2: 'm', '0.iv': 'iv', '0.additionalData': 'aad' } },
  },
  {
    api: 'SubtleCrypto.prototype.decrypt', signature: 'decrypt(algorithm, key, data)', result: bytes('unknown'), secret: true,
    snapshots: [2, { property: 'iv', of: 0 }, { property: 'additionalData', of: 0 }, { property: 'counter', of: 0 }, { property: 'label', of: 0 }],
    exercise: { setup: counterMode, call: `subtle.decrypt({ name: 'AES-CTR', counter, length: 64 }, key, m)`, inputs: { 2: 'm', '0.counter': 'counter' } },
    note: 'Executed in counter mode, where every ciphertext opens: Node 20 ends the process when it ciphers on a thread where a tag was wrong before.',
  },
  {
    api: 'SubtleCrypto.prototype.deriveBits', signature: 'deriveBits(algorithm, baseKey, length)', result: bytes({ scaled: [0.125, { count: 2 }] }), secret: true,
    snapshots: [{ property: 'salt', of: 0 }, { property: 'info', of: 0 }],
    exercise: {
      setup: `${subtle} ${raw} const salt = Uint8Array.of(1, 2); const info = Uint8Array.of(3, 4); const base = await subtle.importKey('raw', k, 'HKDF', false, ['deriveBits']); const n = 256;`,
      call: `subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, n)`, inputs: { 2: 'n', '0.salt': 'salt', '0.info': 'info' },
    },
  },
  {
    api: 'SubtleCrypto.prototype.deriveKey', signature: 'deriveKey(algorithm, baseKey, derivedKeyAlgorithm, extractable, keyUsages)', result: cryptoKey, secret: true,
    snapshots: [{ property: 'salt', of: 0 }, { property: 'info', of: 0 }],
    exercise: {
      setup: `${subtle} ${raw} const salt = Uint8Array.of(1, 2); const info = Uint8Array.of(3, 4); const base = await subtle.importKey('raw', k, 'HKDF', false, ['deriveKey']);`,
      call: `subtle.deriveKey({ name: 'HKDF', hash: 'SHA-256', salt, info }, base, { name: 'AES-GCM', length: 256 }, true, ['encrypt'])`,
      inputs: { '0.salt': 'salt', '0.info': 'info' }, observe: `Buffer.from(await subtle.exportKey('raw', await $result)).toString('hex')`,
    },
  },
  { api: 'SubtleCrypto.prototype.wrapKey', signature: 'wrapKey(format, key, wrappingKey, wrapAlgo)', result: bytes('unknown'), snapshots: [{ property: 'iv', of: 3 }, { property: 'additionalData', of: 3 }, { property: 'counter', of: 3 }, { property: 'label', of: 3 }], exercise: { setup: wrapping, call: `subtle.wrapKey('raw', key, outer, { name: 'AES-GCM', iv })`, inputs: { '3.iv': 'iv' } } },
  {
    api: 'SubtleCrypto.prototype.unwrapKey', signature: 'unwrapKey(format, wrappedKey, unwrappingKey, unwrapAlgo, unwrappedKeyAlgo, extractable, keyUsages)', result: cryptoKey, secret: true,
    snapshots: [1, { property: 'iv', of: 3 }, { property: 'additionalData', of: 3 }, { property: 'counter', of: 3 }, { property: 'label', of: 3 }],
    exercise: {
      // Counter mode again, for the reason above.
      setup: `${mac} const counter = new Uint8Array(16); const outer = await subtle.importKey('raw', new Uint8Array(32), 'AES-CTR', true, ['wrapKey', 'unwrapKey']); const w = new Uint8Array(await subtle.wrapKey('raw', key, outer, { name: 'AES-CTR', counter, length: 64 }));`,
      call: `subtle.unwrapKey('raw', w, outer, { name: 'AES-CTR', counter, length: 64 }, { name: 'HMAC', hash: 'SHA-256' }, true, ['sign'])`, inputs: { 1: 'w', '3.counter': 'counter' }, observe: `Buffer.from(await subtle.exportKey('raw', await $result)).toString('hex')`,
    },
  },
  {
    api: 'crypto.getRandomValues', signature: 'getRandomValues(typedArray)', result: { kind: 'same', as: 0 }, writes: [0], wipes: [0], secret: true,
    exercise: { setup: 'const u = new Uint8Array(32);', call: 'globalThis.crypto.getRandomValues(u)', inputs: { 0: 'u' } },
  },
  { api: 'crypto.randomUUID', signature: 'randomUUID()', result: { kind: 'string', length: 36 }, exercise: { setup: '', call: 'globalThis.crypto.randomUUID()', inputs: {} } },
];

export const webCryptoFamily: ModelFamily = {
  name: 'WebCrypto',
  classes: [
    { name: 'SubtleCrypto', kind: 'object', declared: [{ name: 'SubtleCrypto', from: '' }, { name: 'SubtleCrypto', from: 'node:crypto' }] },
    { name: 'CryptoKey', kind: 'object', declared: [{ name: 'CryptoKey', from: '' }, { name: 'CryptoKey', from: 'node:crypto' }] },
    { name: 'Crypto', kind: 'object', properties: { subtle: { kind: 'object', class: 'SubtleCrypto' } }, declared: [{ name: 'Crypto', from: '' }, { name: 'Crypto', from: 'node:crypto' }] },
  ],
  rows,
  aliases: {
    'crypto.subtle': 'SubtleCrypto.prototype', 'node:crypto#webcrypto': 'crypto', 'node:crypto#subtle': 'SubtleCrypto.prototype', 'node:crypto#getRandomValues': 'crypto.getRandomValues',
    'Crypto.prototype': 'crypto', 'node:crypto#crypto': 'crypto',
  },
};
