/**
 * Rows of node:crypto: hashes, MACs, key derivation, ciphers and random bytes.
 * Keys, signatures and key agreement are in `node-crypto-keys.model.ts`; WebCrypto in `webcrypto.model.ts`.
 * Source: nodejs.org/api/crypto.html; snapshot and ownership facts measured (RULES 2.1, 2.2), costs from COSTS.
 */
import type { ArgumentPath, FixedCost, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const same: ResultModel = { kind: 'same', as: 'this' };
const text: ResultModel = { kind: 'string', length: 'unknown' };

/** Digest lengths in bytes by OpenSSL name (FIPS 180-4, FIPS 202, RFC 7693, RFC 1321). Names of extendable-output functions are absent. */
export const digestLengths: Readonly<Record<string, number>> = {
  md5: 16, sha1: 20, 'sha-1': 20, ripemd160: 20, rmd160: 20, sha224: 28, sha256: 32, 'sha-256': 32, sha384: 48, 'sha-384': 48, sha512: 64, 'sha-512': 64,
  'sha512-256': 32, 'sha512-224': 28, 'sha3-224': 28, 'sha3-256': 32, 'sha3-384': 48, 'sha3-512': 64, blake2b512: 64, blake2s256: 32, sm3: 32,
};

const ciphersWithTag = [
  'aes-128-gcm', 'aes-192-gcm', 'aes-256-gcm', 'id-aes128-gcm', 'id-aes192-gcm', 'id-aes256-gcm', 'aes-128-ccm', 'aes-192-ccm', 'aes-256-ccm',
  'aes-128-ocb', 'aes-192-ocb', 'aes-256-ocb', 'chacha20-poly1305',
];

function buffer(length: SizeExpression): ResultModel & { kind: 'bytes' } {
  return { kind: 'bytes', class: 'Buffer', origin: 'fresh', length };
}

function object(name: string): ResultModel {
  return { kind: 'object', class: `node:crypto#${name}` };
}

/** A Buffer that native code makes: its header and its store's, off the heap at any length. */
const bufferCost: FixedCost = { objects: 2, heapBytes: 184, nativeCalls: 1 };
const measured = 'Cost measured by the method of COSTS A.2.';

const ofCreation: SizeExpression = { lookup: { creator: 'this', argument: 0 }, table: digestLengths };
const crypto = `const crypto = await load('node:crypto');`;
const message = 'const m = Uint8Array.from({ length: 70 }, (_, i) => i);';
const key = 'const k = Uint8Array.from({ length: 32 }, (_, i) => 7 * i);';

const hashes: readonly ModelRow[] = [
  {
    api: 'node:crypto#createHash', signature: 'createHash(algorithm[, options])', result: object('Hash'), roles: ['hash-create'], cost: { objects: 3, heapBytes: 144, nativeCalls: 1 },
    exercise: { setup: crypto, call: `crypto.createHash('sha256')`, inputs: {} },
    note: 'COSTS A.2: createHash, update and digest together are 5 objects, 328 bytes and the digest, and a native handle that the collector finalizes; the parts measured by the same method.',
  },
  {
    api: 'node:crypto#hash', signature: 'hash(algorithm, data[, outputEncoding])', when: [{ argument: 2, is: ['string'], values: ['buffer'] }],
    result: buffer({ lookup: 0, table: digestLengths }), reads: [1], roles: ['hash-oneshot', 'sync-sink'], since: { node: '20.12.0' },
    exercise: { setup: `${crypto} ${message}`, call: `crypto.hash('sha256', m, 'buffer')`, inputs: { 0: `'sha256'`, 1: 'm' } },
    cost: { objects: 5, heapBytes: 256, nativeCalls: 1 },
    note: 'COSTS B: 256 bytes of heap and the digest; objects measured by the method of COSTS A.2.',
  },
  {
    api: 'node:crypto#hash', signature: 'hash(algorithm, data[, outputEncoding])', when: [{ argument: 2, is: ['string', 'absent'] }],
    result: text, reads: [1], roles: ['hash-oneshot', 'sync-sink'], since: { node: '20.12.0' },
    exercise: { setup: `${crypto} ${message}`, call: `crypto.hash('sha256', m)`, inputs: { 1: 'm' } },
    cost: { objects: 2, heapBytes: 40, nativeCalls: 1 },
    note: 'COSTS B: 104 bytes for a hexadecimal digest, which is the default, 64 of them its text.',
  },
  {
    api: 'node:crypto#Hash.prototype.update', signature: 'update(data[, inputEncoding])', result: same, reads: [0], stateful: true, roles: ['hash-update', 'sync-sink'],
    exercise: { setup: `${crypto} ${message} const h = crypto.createHash('sha256');`, call: 'h.update(m)', inputs: { this: 'h', 0: 'm' }, observe: `h.digest('hex')` },
  },
  {
    api: 'node:crypto#Hash.prototype.digest', signature: 'digest([encoding])', when: [{ argument: 0, is: ['absent'] }],
    result: buffer(ofCreation), stateful: true, roles: ['hash-digest'], cost: bufferCost, note: measured,
    exercise: { setup: `${crypto} const h = crypto.createHash('sha256');`, call: 'h.digest()', inputs: { this: 'h' } },
  },
  {
    api: 'node:crypto#Hash.prototype.digest', signature: 'digest([encoding])', when: [{ argument: 0, is: ['string'], values: ['buffer'] }],
    result: buffer(ofCreation), stateful: true, roles: ['hash-digest'], cost: bufferCost, note: measured,
    exercise: { setup: `${crypto} const h = crypto.createHash('sha256');`, call: `h.digest('buffer')`, inputs: { this: 'h' } },
  },
  {
    api: 'node:crypto#Hash.prototype.digest', signature: 'digest([encoding])', when: [{ argument: 0, is: ['string'] }], result: text, stateful: true, roles: ['hash-digest'], cost: { objects: 1, heapBytes: 16, nativeCalls: 1 }, note: measured,
    exercise: { setup: `${crypto} const h = crypto.createHash('sha256');`, call: `h.digest('hex')`, inputs: { this: 'h' } },
  },
  {
    api: 'node:crypto#Hash.prototype.copy', signature: 'copy([options])', result: object('Hash'), roles: ['hash-create'],
    exercise: { setup: `${crypto} const h = crypto.createHash('sha256');`, call: 'h.copy()', inputs: { this: 'h' } },
  },
  {
    api: 'node:crypto#createHmac', signature: 'createHmac(algorithm, key[, options])', result: object('Hmac'), reads: [1], secret: true, roles: ['mac-create'], cost: { objects: 3, heapBytes: 144, nativeCalls: 1 },
    exercise: { setup: `${crypto} ${key}`, call: `crypto.createHmac('sha256', k)`, inputs: { 1: 'k' }, observe: `$result.update('m').digest('hex')` },
    note: 'COSTS B: createHmac, update and digest together are 328 bytes on Node 20; a raw key costs 1.5 KB more on 24.21; the parts measured by the same method.',
  },
  {
    api: 'node:crypto#Hmac.prototype.update', signature: 'update(data[, inputEncoding])', result: same, reads: [0], stateful: true, roles: ['hash-update', 'sync-sink'],
    exercise: { setup: `${crypto} ${message} const h = crypto.createHmac('sha256', 'k');`, call: 'h.update(m)', inputs: { this: 'h', 0: 'm' }, observe: `h.digest('hex')` },
  },
  {
    api: 'node:crypto#Hmac.prototype.digest', signature: 'digest([encoding])', when: [{ argument: 0, is: ['absent'] }],
    result: buffer(ofCreation), stateful: true, roles: ['hash-digest'], cost: bufferCost, note: measured,
    exercise: { setup: `${crypto} const h = crypto.createHmac('sha256', 'k');`, call: 'h.digest()', inputs: { this: 'h' } },
  },
  {
    api: 'node:crypto#Hmac.prototype.digest', signature: 'digest([encoding])', when: [{ argument: 0, is: ['string'], values: ['buffer'] }],
    result: buffer(ofCreation), stateful: true, roles: ['hash-digest'], cost: bufferCost, note: measured,
    exercise: { setup: `${crypto} const h = crypto.createHmac('sha256', 'k');`, call: `h.digest('buffer')`, inputs: { this: 'h' } },
  },
  {
    api: 'node:crypto#Hmac.prototype.digest', signature: 'digest([encoding])', when: [{ argument: 0, is: ['string'] }], result: text, stateful: true, roles: ['hash-digest'], cost: { objects: 1, heapBytes: 16, nativeCalls: 1 }, note: measured,
    exercise: { setup: `${crypto} const h = crypto.createHmac('sha256', 'k');`, call: `h.digest('hex')`, inputs: { this: 'h' } },
  },
];

const derivation: readonly ModelRow[] = [
  {
    api: 'node:crypto#hkdfSync', signature: 'hkdfSync(digest, ikm, salt, info, keylen)', when: [{ argument: 1, is: ['object'] }],
    result: { kind: 'bytes', class: 'ArrayBuffer', origin: 'fresh', length: { count: 4 } }, reads: [2, 3], secret: true, roles: ['kdf'], cost: { objects: 4, heapBytes: 192, nativeCalls: 1 },
    exercise: {
      setup: `${crypto} ${key} const salt = Uint8Array.of(1, 2, 3); const info = Uint8Array.of(4, 5); const n = 192; const secret = crypto.createSecretKey(k);`,
      call: `crypto.hkdfSync('sha256', secret, salt, info, n)`, inputs: { 1: 'secret', 2: 'salt', 3: 'info', 4: 'n' },
    },
    note: 'COSTS C.1: with a KeyObject 4 objects and 192 bytes of heap per call.',
  },
  {
    api: 'node:crypto#hkdfSync', signature: 'hkdfSync(digest, ikm, salt, info, keylen)',
    result: { kind: 'bytes', class: 'ArrayBuffer', origin: 'fresh', length: { count: 4 } }, reads: [1, 2, 3], secret: true, roles: ['kdf'], cost: { objects: 8, heapBytes: 584, nativeCalls: 1 },
    exercise: {
      setup: `${crypto} ${key} const salt = Uint8Array.of(1, 2, 3); const info = Uint8Array.of(4, 5); const n = 192;`,
      call: `crypto.hkdfSync('sha256', k, salt, info, n)`, inputs: { 1: 'k', 2: 'salt', 3: 'info', 4: 'n' },
    },
    note: 'COSTS C.1: with a raw key 8 objects and 584 bytes of heap per call on Node 20, 18 objects on 24.',
  },
  {
    api: 'node:crypto#hkdf', signature: 'hkdf(digest, ikm, salt, info, keylen, callback)', result: scalar, snapshots: [1, 2, 3], retains: [5], secret: true,
    exercise: {
      setup: `${crypto} ${key} const salt = Uint8Array.of(1, 2, 3); const info = Uint8Array.of(4, 5); let settle; const done = new Promise((resolve) => { settle = resolve; });`,
      call: `crypto.hkdf('sha256', k, salt, info, 32, (error, out) => settle(Buffer.from(out).toString('hex')))`, inputs: { 1: 'k', 2: 'salt', 3: 'info' }, observe: 'await done',
    },
  },
  {
    api: 'node:crypto#pbkdf2Sync', signature: 'pbkdf2Sync(password, salt, iterations, keylen, digest)', result: buffer({ count: 3 }), reads: [0, 1], secret: true, cost: { objects: 5, heapBytes: 288, nativeCalls: 1 }, note: measured,
    exercise: { setup: `${crypto} ${key} const salt = Uint8Array.of(1, 2, 3); const n = 48;`, call: `crypto.pbkdf2Sync(k, salt, 1, n, 'sha256')`, inputs: { 0: 'k', 1: 'salt', 3: 'n' } },
  },
  {
    api: 'node:crypto#pbkdf2', signature: 'pbkdf2(password, salt, iterations, keylen, digest, callback)', result: scalar, snapshots: [0, 1], retains: [5], secret: true,
    exercise: {
      setup: `${crypto} ${key} const salt = Uint8Array.of(1, 2, 3); let settle; const done = new Promise((resolve) => { settle = resolve; });`,
      call: `crypto.pbkdf2(k, salt, 1, 32, 'sha256', (error, out) => settle(out.toString('hex')))`, inputs: { 0: 'k', 1: 'salt' }, observe: 'await done',
    },
  },
  {
    api: 'node:crypto#scryptSync', signature: 'scryptSync(password, salt, keylen[, options])', result: buffer({ count: 2 }), reads: [0, 1], secret: true,
    exercise: { setup: `${crypto} ${key} const salt = Uint8Array.of(1, 2, 3); const n = 48;`, call: 'crypto.scryptSync(k, salt, n, { N: 2 })', inputs: { 0: 'k', 1: 'salt', 2: 'n' } },
  },
  {
    api: 'node:crypto#scrypt', signature: 'scrypt(password, salt, keylen[, options], callback)', result: scalar, snapshots: [0, 1], retains: [3, 4], secret: true,
    exercise: {
      setup: `${crypto} ${key} const salt = Uint8Array.of(1, 2, 3); let settle; const done = new Promise((resolve) => { settle = resolve; });`,
      call: `crypto.scrypt(k, salt, 32, { N: 2 }, (error, out) => settle(out.toString('hex')))`, inputs: { 0: 'k', 1: 'salt' }, observe: 'await done',
    },
  },
];

/** Cipheriv and Decipheriv take the same steps; `seal` says which. */
function cipherRows(name: 'Cipheriv' | 'Decipheriv'): readonly ModelRow[] {
  const method = (member: string): string => `node:crypto#${name}.prototype.${member}`;
  const create = `crypto.create${name}('aes-256-gcm', k, iv)`;
  const setup = `${crypto} ${key} ${message} const iv = new Uint8Array(12); const c = ${create};`;
  const readsKey: readonly ArgumentPath[] = [1, 2];
  const createRow: ModelRow = {
    api: `node:crypto#create${name}`, signature: `create${name}(algorithm, key, iv[, options])`, result: object(name), reads: readsKey, secret: true, roles: ['cipher-create'], cost: { objects: 2, heapBytes: 88, nativeCalls: 1 },
    exercise: {
      setup: `${crypto} ${key} const iv = new Uint8Array(12);`, call: create, inputs: { 1: 'k', 2: 'iv' }, observe: `$result.update('some text', 'utf8', 'hex')`,
    },
    note: 'COSTS A.2: createCipheriv, update, final and getAuthTag together are 9 objects, 672 bytes and the ciphertext, and C.2: createCipheriv alone 88 bytes; a raw key costs 1.6 KB more on 24.21.',
  };
  return [
    { ...createRow, when: [{ argument: 0, is: ['string'], values: ciphersWithTag }], roles: ['cipher-create', 'aead-create'] },
    { ...createRow, exercise: { ...createRow.exercise!, setup: `${crypto} ${key} const iv = new Uint8Array(16);`, call: `crypto.create${name}('aes-256-ctr', k, iv)` } },
    {
      api: method('update'), signature: 'update(data[, inputEncoding[, outputEncoding]])', when: [{ argument: 2, is: ['absent'] }],
      result: buffer({ length: 0 }), reads: [0], stateful: true, roles: ['sync-sink'], cost: bufferCost,
      exercise: { setup, call: 'c.update(m)', inputs: { this: 'c', 0: 'm' } },
      note: 'Cost measured by the method of COSTS A.2. The length is exact for stream modes (GCM, CTR, ChaCha20); block modes hold back or add up to one block.',
    },
    {
      api: method('update'), signature: 'update(data[, inputEncoding[, outputEncoding]])', when: [{ argument: 2, is: ['string'], values: ['buffer'] }],
      result: buffer({ length: 0 }), reads: [0], stateful: true, roles: ['sync-sink'], cost: bufferCost,
      exercise: { setup, call: `c.update(m, undefined, 'buffer')`, inputs: { this: 'c', 0: 'm' } },
      note: measured,
    },
    {
      api: method('update'), signature: 'update(data[, inputEncoding[, outputEncoding]])', when: [{ argument: 2, is: ['string'] }], result: text, reads: [0], stateful: true, roles: ['sync-sink'],
      exercise: { setup, call: `c.update(m, undefined, 'hex')`, inputs: { this: 'c', 0: 'm' } },
    },
    {
      api: method('final'), signature: 'final([outputEncoding])', when: [{ argument: 0, is: ['absent'] }], result: buffer('unknown'), stateful: true, cost: bufferCost, note: measured,
      exercise: { setup: `${crypto} ${key} const c = crypto.create${name}('aes-256-ctr', k, new Uint8Array(16));`, call: 'c.final()', inputs: { this: 'c' } },
    },
    {
      api: method('final'), signature: 'final([outputEncoding])', when: [{ argument: 0, is: ['string'], values: ['buffer'] }], result: buffer('unknown'), stateful: true, cost: bufferCost, note: measured,
      exercise: { setup: `${crypto} ${key} const c = crypto.create${name}('aes-256-ctr', k, new Uint8Array(16));`, call: `c.final('buffer')`, inputs: { this: 'c' } },
    },
    {
      api: method('final'), signature: 'final([outputEncoding])', when: [{ argument: 0, is: ['string'] }], result: text, stateful: true,
      exercise: { setup: `${crypto} ${key} const c = crypto.create${name}('aes-256-ctr', k, new Uint8Array(16));`, call: `c.final('latin1')`, inputs: { this: 'c' } },
    },
    {
      api: method('setAAD'), signature: 'setAAD(buffer[, options])', result: same, reads: [0], stateful: true, roles: ['sync-sink'],
      exercise: name === 'Cipheriv'
        ? { setup, call: 'c.setAAD(m)', inputs: { this: 'c', 0: 'm' }, observe: `c.final('hex') + c.getAuthTag().toString('hex')` }
        : {
          setup: `${setup} const e = crypto.createCipheriv('aes-256-gcm', k, iv); e.setAAD(Uint8Array.from(m)); e.final(); const tag = e.getAuthTag();`, call: 'c.setAAD(m)', inputs: { this: 'c', 0: 'm' },
          observe: `(() => { try { c.setAuthTag(tag); c.final(); return 'ok'; } catch { return 'bad tag'; } })()`,
        },
    },
    {
      api: method('setAutoPadding'), signature: 'setAutoPadding([autoPadding])', result: same, stateful: true,
      exercise: { setup, call: 'c.setAutoPadding(false)', inputs: { this: 'c' } },
    },
  ];
}

const ciphers: readonly ModelRow[] = [
  ...cipherRows('Cipheriv'),
  ...cipherRows('Decipheriv'),
  {
    api: 'node:crypto#Cipheriv.prototype.getAuthTag', signature: 'getAuthTag()', result: buffer(16), cost: bufferCost,
    exercise: { setup: `${crypto} ${key} const c = crypto.createCipheriv('aes-256-gcm', k, new Uint8Array(12)); c.final();`, call: 'c.getAuthTag()', inputs: { this: 'c' } },
    note: 'Cost measured by the method of COSTS A.2. 16 bytes unless authTagLength was given, which only makes it shorter.',
  },
  {
    api: 'node:crypto#Decipheriv.prototype.setAuthTag', signature: 'setAuthTag(buffer[, encoding])', result: same, reads: [0], stateful: true, roles: ['sync-sink'],
    exercise: {
      setup: `${crypto} ${key} const iv = new Uint8Array(12); const e = crypto.createCipheriv('aes-256-gcm', k, iv); e.final(); const tag = e.getAuthTag(); const c = crypto.createDecipheriv('aes-256-gcm', k, iv);`,
      call: 'c.setAuthTag(tag)', inputs: { this: 'c', 0: 'tag' }, observe: `(() => { try { c.final(); return 'ok'; } catch { return 'bad tag'; } })()`,
    },
  },
];

const random: readonly ModelRow[] = [
  {
    api: 'node:crypto#randomBytes', signature: 'randomBytes(size[, callback])', when: [{ argument: 1, is: ['absent'] }], result: buffer({ count: 0 }), secret: true, roles: ['random-fresh'], cost: { objects: 7, heapBytes: 368, nativeCalls: 1 },
    exercise: { setup: `${crypto} const n = 12;`, call: 'crypto.randomBytes(n)', inputs: { 0: 'n' } },
    note: 'COSTS B: randomBytes(12) is 368 bytes of heap and the bytes; objects measured by the method of COSTS A.2.',
  },
  {
    api: 'node:crypto#randomBytes', signature: 'randomBytes(size[, callback])', when: [{ argument: 1, is: ['function'] }], result: scalar, retains: [1], secret: true,
    exercise: { setup: `${crypto} let settle; const done = new Promise((resolve) => { settle = resolve; });`, call: 'crypto.randomBytes(8, settle)', inputs: {}, observe: 'await done' },
  },
  {
    api: 'node:crypto#randomFillSync', signature: 'randomFillSync(buffer[, offset[, size]])', result: { kind: 'same', as: 0 }, writes: [0], wipes: [0], secret: true, cost: { objects: 3, heapBytes: 104, nativeCalls: 1 },
    note: 'COSTS B: 104 bytes; objects measured by the method of COSTS A.2.',
    exercise: { setup: `${crypto} const u = new Uint8Array(32);`, call: 'crypto.randomFillSync(u)', inputs: { 0: 'u' } },
  },
  {
    api: 'node:crypto#randomFill', signature: 'randomFill(buffer[, offset[, size]], callback)', result: scalar, writesLater: [0], retains: [0, 1, 2, 3], secret: true,
    exercise: { setup: `${crypto} const u = new Uint8Array(32); let settle; const done = new Promise((resolve) => { settle = resolve; });`, call: 'crypto.randomFill(u, () => settle())', inputs: {}, observe: `await done` },
  },
  { api: 'node:crypto#randomUUID', signature: 'randomUUID([options])', result: { kind: 'string', length: 36 }, exercise: { setup: crypto, call: 'crypto.randomUUID()', inputs: {} } },
  {
    api: 'node:crypto#randomInt', signature: 'randomInt(min[, max[, callback]])', result: scalar, retains: [1, 2],
    exercise: { setup: crypto, call: 'crypto.randomInt(100)', inputs: {} },
    note: 'Retains a callback only.',
  },
  {
    api: 'node:crypto#timingSafeEqual', signature: 'timingSafeEqual(a, b)', result: scalar, reads: [0, 1], roles: ['sync-sink'], cost: { objects: 0, heapBytes: 0, nativeCalls: 1 }, note: 'COSTS B: allocates nothing.',
    exercise: { setup: `${crypto} ${key} const c = Uint8Array.from(k);`, call: 'crypto.timingSafeEqual(k, c)', inputs: { 0: 'k', 1: 'c' } },
  },
];

export const nodeCryptoFamily: ModelFamily = {
  name: 'node:crypto',
  classes: [
    { name: 'node:crypto#Hash', kind: 'object', extends: 'node:stream#Transform', declared: [{ name: 'Hash', from: 'node:crypto' }] },
    { name: 'node:crypto#Hmac', kind: 'object', extends: 'node:stream#Transform', declared: [{ name: 'Hmac', from: 'node:crypto' }] },
    { name: 'node:crypto#Cipheriv', kind: 'object', extends: 'node:stream#Transform', declared: ['Cipher', 'Cipheriv', 'CipherGCM', 'CipherCCM', 'CipherOCB', 'CipherChaCha20Poly1305'].map((name) => ({ name, from: 'node:crypto' })) },
    { name: 'node:crypto#Decipheriv', kind: 'object', extends: 'node:stream#Transform', declared: ['Decipher', 'Decipheriv', 'DecipherGCM', 'DecipherCCM', 'DecipherOCB', 'DecipherChaCha20Poly1305'].map((name) => ({ name, from: 'node:crypto' })) },
  ],
  rows: [...hashes, ...derivation, ...ciphers, ...random],
  aliases: { 'node:crypto#Cipher': 'node:crypto#Cipheriv', 'node:crypto#Decipher': 'node:crypto#Decipheriv' },
};
