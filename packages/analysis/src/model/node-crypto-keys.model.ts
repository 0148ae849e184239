/**
 * Rows of node:crypto about keys: KeyObject, key generation and agreement, signatures, and public-key encryption.
 * Hashes, MACs, key derivation and ciphers are in `node-crypto.model.ts`.
 * Source: nodejs.org/api/crypto.html; that createSecretKey copies its input is measured (RULES 2.2).
 */
import type { ArgumentPath, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const same: ResultModel = { kind: 'same', as: 'this' };
const unknown: ResultModel = { kind: 'unknown' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const crypto = `const crypto = await load('node:crypto');`;
const pair = `${crypto} const pair = crypto.generateKeyPairSync('ed25519'); const m = Uint8Array.of(1, 2, 3);`;
const exchange = `${crypto} const ours = crypto.generateKeyPairSync('x25519'); const theirs = crypto.generateKeyPairSync('x25519');`;
const rsa = `${crypto} const pair = crypto.generateKeyPairSync('rsa', { modulusLength: 1024 }); const m = Uint8Array.of(1, 2, 3);`;

function buffer(length: SizeExpression): ResultModel {
  return { kind: 'bytes', class: 'Buffer', origin: 'fresh', length };
}

const keyObject: ResultModel = { kind: 'object', class: 'node:crypto#KeyObject' };

/** A key argument: the bytes themselves, or an object whose `key` is the bytes. */
function keyAt(index: number): readonly ArgumentPath[] {
  return [index, { property: 'key', of: index }];
}

const keys: readonly ModelRow[] = [
  {
    api: 'node:crypto#createSecretKey', signature: 'createSecretKey(key[, encoding])', result: keyObject, reads: [0], secret: true, cost: { objects: 4, heapBytes: 392, nativeCalls: 1 },
    exercise: { setup: `${crypto} const k = Uint8Array.of(1, 2, 3);`, call: 'crypto.createSecretKey(k)', inputs: { 0: 'k' }, observe: `$result.export().toString('hex')` },
    note: 'The KeyObject keeps a native copy, which a wipe of the bytes does not reach. COSTS B: 720 against 328 bytes per HMAC; objects measured by the method of COSTS A.2.',
  },
  {
    api: 'node:crypto#createPrivateKey', signature: 'createPrivateKey(key)', result: keyObject, reads: keyAt(0), secret: true,
    exercise: {
      setup: `${pair} const key = pair.privateKey.export({ format: 'der', type: 'pkcs8' });`,
      call: `crypto.createPrivateKey({ key, format: 'der', type: 'pkcs8' })`, inputs: { '0.key': 'key' }, observe: `$result.export({ format: 'der', type: 'pkcs8' }).toString('hex')`,
    },
  },
  {
    api: 'node:crypto#createPublicKey', signature: 'createPublicKey(key)', result: keyObject, reads: keyAt(0),
    exercise: {
      setup: `${pair} const key = pair.publicKey.export({ format: 'der', type: 'spki' });`,
      call: `crypto.createPublicKey({ key, format: 'der', type: 'spki' })`, inputs: { '0.key': 'key' }, observe: `$result.export({ format: 'der', type: 'spki' }).toString('hex')`,
    },
  },
  {
    api: 'node:crypto#KeyObject.prototype.export', signature: 'export([options])', when: [{ argument: 0, is: ['absent'] }], result: buffer('unknown'), secret: true,
    exercise: { setup: `${crypto} const key = crypto.createSecretKey(Uint8Array.of(1, 2, 3));`, call: 'key.export()', inputs: { this: 'key' } },
  },
  {
    api: 'node:crypto#KeyObject.prototype.export', signature: 'export([options])', result: unknown, secret: true,
    exercise: { setup: pair, call: `pair.privateKey.export({ format: 'jwk' })`, inputs: {} },
    note: 'A Buffer, a PEM text or a JWK, by the options.',
  },
  {
    api: 'node:crypto#KeyObject.prototype.equals', signature: 'equals(otherKeyObject)', result: scalar,
    exercise: { setup: pair, call: 'pair.privateKey.equals(pair.privateKey)', inputs: {} },
  },
  { api: 'node:crypto#KeyObject.from', signature: 'KeyObject.from(key)', result: keyObject, secret: true, exercise: { setup: `${crypto} const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, true, ['sign']);`, call: 'crypto.KeyObject.from(key)', inputs: {} } },
  { api: 'node:crypto#generateKeySync', signature: 'generateKeySync(type, options)', result: keyObject, secret: true, exercise: { setup: crypto, call: `crypto.generateKeySync('hmac', { length: 256 })`, inputs: {} } },
  {
    api: 'node:crypto#generateKeyPairSync', signature: 'generateKeyPairSync(type[, options])', result: { kind: 'object', class: 'node:crypto#KeyPair' }, secret: true,
    exercise: { setup: crypto, call: `crypto.generateKeyPairSync('x25519')`, inputs: {} },
  },
  {
    api: 'node:crypto#generateKeyPair', signature: 'generateKeyPair(type, options, callback)', result: scalar, retains: [2], secret: true,
    exercise: { setup: `${crypto} let settle; const done = new Promise((resolve) => { settle = resolve; });`, call: `crypto.generateKeyPair('x25519', {}, () => settle())`, inputs: {}, observe: 'await done' },
  },
  {
    api: 'node:crypto#diffieHellman', signature: 'diffieHellman(options)', result: buffer('unknown'), secret: true,
    exercise: { setup: exchange, call: 'crypto.diffieHellman({ privateKey: ours.privateKey, publicKey: theirs.publicKey })', inputs: {} },
  },
];

const signatures: readonly ModelRow[] = [
  {
    api: 'node:crypto#sign', signature: 'sign(algorithm, data, key[, callback])', when: [{ argument: 3, is: ['absent'] }], result: buffer('unknown'), reads: [1, ...keyAt(2)],
    exercise: { setup: pair, call: 'crypto.sign(null, m, pair.privateKey)', inputs: { 1: 'm' } },
  },
  {
    api: 'node:crypto#sign', signature: 'sign(algorithm, data, key[, callback])', when: [{ argument: 3, is: ['function'] }], result: scalar, readsLater: [1, ...keyAt(2)], retains: [1, 3],
    exercise: { setup: `${pair} let settle; const done = new Promise((resolve) => { settle = resolve; });`, call: 'crypto.sign(null, m, pair.privateKey, () => settle())', inputs: {}, observe: 'await done' },
  },
  {
    api: 'node:crypto#verify', signature: 'verify(algorithm, data, key, signature[, callback])', when: [{ argument: 4, is: ['absent'] }], result: scalar, reads: [1, ...keyAt(2), 3], roles: ['sync-sink'],
    exercise: { setup: `${pair} const s = crypto.sign(null, m, pair.privateKey);`, call: 'crypto.verify(null, m, pair.publicKey, s)', inputs: { 1: 'm', 3: 's' } },
  },
  {
    api: 'node:crypto#verify', signature: 'verify(algorithm, data, key, signature[, callback])', when: [{ argument: 4, is: ['function'] }], result: scalar, readsLater: [1, ...keyAt(2), 3], retains: [1, 3, 4],
    exercise: { setup: `${pair} const s = crypto.sign(null, m, pair.privateKey); let settle; const done = new Promise((resolve) => { settle = resolve; });`, call: 'crypto.verify(null, m, pair.publicKey, s, () => settle())', inputs: {}, observe: 'await done' },
  },
  ...(['Sign', 'Verify'] as const).flatMap((name): readonly ModelRow[] => [
    {
      api: `node:crypto#create${name}`, signature: `create${name}(algorithm[, options])`, result: { kind: 'object', class: `node:crypto#${name}` },
      exercise: { setup: crypto, call: `crypto.create${name}('sha256')`, inputs: {} },
    },
    {
      api: `node:crypto#${name}.prototype.update`, signature: 'update(data[, inputEncoding])', result: same, reads: [0], stateful: true, roles: ['sync-sink'],
      exercise: {
        setup: `${rsa} const s = crypto.create${name}('sha256');`, call: 's.update(m)', inputs: { this: 's', 0: 'm' },
        observe: name === 'Sign' ? `s.sign(pair.privateKey, 'hex')` : `s.verify(pair.publicKey, crypto.sign('sha256', Uint8Array.of(1, 2, 3), pair.privateKey))`,
      },
    },
  ]),
  {
    api: 'node:crypto#Sign.prototype.sign', signature: 'sign(privateKey[, outputEncoding])', when: [{ argument: 1, is: ['absent'] }], result: buffer('unknown'), reads: keyAt(0), stateful: true,
    exercise: { setup: `${rsa} const s = crypto.createSign('sha256');`, call: 's.sign(pair.privateKey)', inputs: { this: 's' } },
  },
  {
    api: 'node:crypto#Sign.prototype.sign', signature: 'sign(privateKey[, outputEncoding])', when: [{ argument: 1, is: ['string'], values: ['buffer'] }], result: buffer('unknown'), reads: keyAt(0), stateful: true,
    exercise: { setup: `${rsa} const s = crypto.createSign('sha256');`, call: `s.sign(pair.privateKey, 'buffer')`, inputs: { this: 's' } },
  },
  {
    api: 'node:crypto#Sign.prototype.sign', signature: 'sign(privateKey[, outputEncoding])', when: [{ argument: 1, is: ['string'] }], result: text, reads: keyAt(0), stateful: true,
    exercise: { setup: `${rsa} const s = crypto.createSign('sha256');`, call: `s.sign(pair.privateKey, 'hex')`, inputs: { this: 's' } },
  },
  {
    api: 'node:crypto#Verify.prototype.verify', signature: 'verify(object, signature[, signatureEncoding])', result: scalar, reads: [...keyAt(0), 1], stateful: true, roles: ['sync-sink'],
    exercise: { setup: `${rsa} const s = crypto.createVerify('sha256'); s.update(m); const signature = crypto.sign('sha256', m, pair.privateKey);`, call: 's.verify(pair.publicKey, signature)', inputs: { this: 's', 1: 'signature' } },
  },
];

const publicKeyCiphers: readonly ModelRow[] = [
  {
    api: 'node:crypto#publicEncrypt', signature: 'publicEncrypt(key, buffer)', result: buffer('unknown'), reads: [...keyAt(0), 1],
    exercise: { setup: rsa, call: 'crypto.publicEncrypt(pair.publicKey, m)', inputs: { 1: 'm' } },
  },
  {
    api: 'node:crypto#privateDecrypt', signature: 'privateDecrypt(privateKey, buffer)', result: buffer('unknown'), reads: [...keyAt(0), 1], secret: true,
    exercise: { setup: `${rsa} const c = crypto.publicEncrypt(pair.publicKey, m);`, call: 'crypto.privateDecrypt(pair.privateKey, c)', inputs: { 1: 'c' } },
    note: 'The plaintext lies at the start of an exact Buffer.',
  },
  {
    api: 'node:crypto#privateEncrypt', signature: 'privateEncrypt(privateKey, buffer)', result: buffer('unknown'), reads: [...keyAt(0), 1],
    exercise: { setup: rsa, call: 'crypto.privateEncrypt(pair.privateKey, m)', inputs: { 1: 'm' } },
  },
  {
    api: 'node:crypto#publicDecrypt', signature: 'publicDecrypt(key, buffer)', result: buffer('unknown'), reads: [...keyAt(0), 1],
    exercise: { setup: `${rsa} const c = crypto.privateEncrypt(pair.privateKey, m);`, call: 'crypto.publicDecrypt(pair.publicKey, c)', inputs: { 1: 'c' } },
  },
];

const curve = `${crypto} const e = crypto.createECDH('prime256v1'); const f = crypto.createECDH('prime256v1'); f.generateKeys();`;

/** The three shapes of an output encoding argument: absent and `buffer` give bytes, any other text gives text. */
function encodedOutput(row: Omit<ModelRow, 'when' | 'result' | 'exercise'>, argument: number, setup: string, call: (encoding: string) => string): readonly ModelRow[] {
  return [
    { ...row, when: [{ argument, is: ['absent'] }], result: buffer('unknown'), exercise: { setup, call: call('undefined'), inputs: {} } },
    { ...row, when: [{ argument, is: ['string'], values: ['buffer'] }], result: buffer('unknown'), exercise: { setup, call: call(`'buffer'`), inputs: {} } },
    { ...row, when: [{ argument, is: ['string'] }], result: text, exercise: { setup, call: call(`'hex'`), inputs: {} } },
  ];
}

const ecdh: readonly ModelRow[] = [
  { api: 'node:crypto#createECDH', signature: 'createECDH(curveName)', result: { kind: 'object', class: 'node:crypto#ECDH' }, secret: true, exercise: { setup: crypto, call: `crypto.createECDH('prime256v1')`, inputs: {} } },
  ...encodedOutput({ api: 'node:crypto#ECDH.prototype.generateKeys', signature: 'generateKeys([encoding[, format]])', stateful: true }, 0, curve, (encoding) => `e.generateKeys(${encoding})`),
  ...encodedOutput({ api: 'node:crypto#ECDH.prototype.getPublicKey', signature: 'getPublicKey([encoding[, format]])' }, 0, curve, (encoding) => `f.getPublicKey(${encoding})`),
  ...encodedOutput({ api: 'node:crypto#ECDH.prototype.getPrivateKey', signature: 'getPrivateKey([encoding])', secret: true }, 0, curve, (encoding) => `f.getPrivateKey(${encoding})`),
  ...encodedOutput(
    { api: 'node:crypto#ECDH.prototype.computeSecret', signature: 'computeSecret(otherPublicKey[, inputEncoding[, outputEncoding]])', reads: [0], secret: true },
    2, `${curve} e.generateKeys(); const other = f.getPublicKey();`, (encoding) => `e.computeSecret(other, undefined, ${encoding})`,
  ),
  {
    api: 'node:crypto#ECDH.prototype.setPrivateKey', signature: 'setPrivateKey(privateKey[, encoding])', result: same, reads: [0], stateful: true,
    exercise: { setup: `${curve} const k = f.getPrivateKey();`, call: 'e.setPrivateKey(k)', inputs: { this: 'e', 0: 'k' }, observe: `e.getPrivateKey('hex')` },
  },
];

export const nodeCryptoKeysFamily: ModelFamily = {
  name: 'node:crypto keys',
  classes: [
    {
      name: 'node:crypto#KeyObject', kind: 'object', declared: [{ name: 'KeyObject', from: 'node:crypto' }],
      properties: { type: scalar, asymmetricKeyType: scalar, symmetricKeySize: scalar },
    },
    {
      name: 'node:crypto#KeyPair', kind: 'object', declared: [{ name: 'KeyPairKeyObjectResult', from: 'node:crypto' }],
      // Texts or Buffers instead when the options ask for an encoding.
      properties: { publicKey: unknown, privateKey: unknown },
    },
    { name: 'node:crypto#Sign', kind: 'object', declared: [{ name: 'Sign', from: 'node:crypto' }] },
    { name: 'node:crypto#Verify', kind: 'object', declared: [{ name: 'Verify', from: 'node:crypto' }] },
    { name: 'node:crypto#ECDH', kind: 'object', declared: [{ name: 'ECDH', from: 'node:crypto' }] },
  ],
  rows: [...keys, ...signatures, ...publicKeyCiphers, ...ecdh],
};
