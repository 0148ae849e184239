/**
 * Rows of node:crypto about key agreement and encapsulation, primes, certificates, Argon2 and lists of algorithms.
 * KeyObject, signatures, public-key encryption and createECDH are in `node-crypto-keys.model.ts`; hashes, MACs and ciphers in `node-crypto.model.ts`.
 * Source: nodejs.org/api/crypto.html. What an asynchronous call copies before it returns is not documented for primes and encapsulation, so their rows say that it reads later.
 */
import type { ArgumentPath, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const unknown: ResultModel = { kind: 'unknown' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const plain: ResultModel = { kind: 'object', class: 'Object' };
const keyObject: ResultModel = { kind: 'object', class: 'node:crypto#KeyObject' };
const crypto = `const crypto = await load('node:crypto');`;
const later = 'const { done, settle } = deferred();';

function buffer(length: SizeExpression = 'unknown'): ResultModel {
  return { kind: 'bytes', class: 'Buffer', origin: 'fresh', length };
}

/** A self-signed certificate for the name `a`, made for these rows, in DER and base64. */
const certificate = `MIIBbzCCARWgAwIBAgIULTFLaHq+Et4zeWvTfPXXNotNu6gwCgYIKoZIzj0EAwIwDDEKMAgGA1UEAwwBYTAgFw0yNjExMjEwNTE0MThaGA8yMTI2MTAyODA1MTQxOFowDDEKMAgGA1UEAwwBYTBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABDAWHZwN1QDNsGeg6TWZVoj8lqEWjv0yr+W9v72mdYIwdlykIqYFEV0tWWG9Z9BNl2HVT1Q204UQfZ7yEoFpTACjUzBRMB0GA1UdDgQWBBRNGDarNzhsC1+ypgvVFOLE4F2oBzAfBgNVHSMEGDAWgBRNGDarNzhsC1+ypgvVFOLE4F2oBzAPBgNVHRMBAf8EBTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIQDyXdqyYD/7fV8/byMy+T5octv2gOr7ghBM+bnwcX7sHwIgVHfZQjmryWs0r3BEt1jojNFu+4s0wB/ERvygSJzVwQ8=`;

/** A signed public key and challenge (the challenge is `hello`), made for these rows. */
const signedChallenge = `MIIBPzCBqTCBnzANBgkqhkiG9w0BAQEFAAOBjQAwgYkCgYEAsrXKclFNdtBzKkE47s3+L9E4ui/s6FofzjTZkJLIhX+EMiJQwHchc212T9/zQLRXDW+oVZI2nPF/OaPOo4qenDiSMPtdk+wCXWTEmzz+MYOhpAXyM7enRHrknftabe1btoWE1yy1cPXu05SY3E7OtPlpA01zCPF5D6852t6oIP0CAwEAARYFaGVsbG8wDQYJKoZIhvcNAQEEBQADgYEAqErnBKpd3ZEsE8J/JPMDee0shW7i+tvJJyZvWgnV7p3L+5lE8oF/6FDOrHD/qqZ/A7vq57AOnoSqIwineeEtxNE0ENu/q4SZ4V34JyiAl0886fHT3E9l+JiGgIO/NJDTbghokPodcYP9KcPrQm4F5qoL4ejzAMPy95W9+EQPLSA=`;

const group = `${crypto} const e = crypto.getDiffieHellman('modp5'); const f = crypto.getDiffieHellman('modp5'); f.generateKeys(); e.generateKeys(); const other = f.getPublicKey();`;
const curve = `${crypto} const e = crypto.createECDH('prime256v1'); const f = crypto.createECDH('prime256v1'); f.generateKeys(); const other = f.getPublicKey();`;

/** The three shapes of an output encoding: absent and `buffer` give bytes, another text gives text. */
function encodedOutput(row: Omit<ModelRow, 'when' | 'result' | 'exercise'>, argument: number, setup: string, call: (encoding: string) => string, inputs: Readonly<Record<string, string>> = {}): readonly ModelRow[] {
  return [
    { ...row, when: [{ argument, is: ['absent'] }], result: buffer(), exercise: { setup, call: call('undefined'), inputs } },
    { ...row, when: [{ argument, is: ['string'], values: ['buffer'] }], result: buffer(), exercise: { setup, call: call(`'buffer'`), inputs } },
    { ...row, when: [{ argument, is: ['string'] }], result: text, exercise: { setup, call: call(`'hex'`), inputs } },
  ];
}

const diffieHellman = 'node:crypto#DiffieHellman';

const agreement: readonly ModelRow[] = [
  {
    api: 'node:crypto#createDiffieHellman', signature: 'createDiffieHellman(prime[, primeEncoding][, generator][, generatorEncoding])', result: { kind: 'object', class: diffieHellman }, reads: [0, 1, 2], secret: true,
    exercise: { setup: `${group} const prime = e.getPrime();`, call: 'crypto.createDiffieHellman(prime)', inputs: { 0: 'prime' }, observe: `$result.getPrime('hex')` },
  },
  ...['getDiffieHellman', 'createDiffieHellmanGroup'].map((name): ModelRow => ({ api: `node:crypto#${name}`, signature: `${name}(groupName)`, result: { kind: 'object', class: diffieHellman }, secret: true, exercise: { setup: crypto, call: `crypto.${name}('modp5')`, inputs: {} } })),
  ...encodedOutput({ api: `${diffieHellman}.prototype.generateKeys`, signature: 'generateKeys([encoding])', stateful: true }, 0, group, (encoding) => `e.generateKeys(${encoding})`),
  ...['getPrime', 'getGenerator', 'getPublicKey'].flatMap((name) => encodedOutput({ api: `${diffieHellman}.prototype.${name}`, signature: `${name}([encoding])` }, 0, group, (encoding) => `e.${name}(${encoding})`)),
  ...encodedOutput({ api: `${diffieHellman}.prototype.getPrivateKey`, signature: 'getPrivateKey([encoding])', secret: true }, 0, group, (encoding) => `e.getPrivateKey(${encoding})`),
  ...encodedOutput(
    { api: `${diffieHellman}.prototype.computeSecret`, signature: 'computeSecret(otherPublicKey[, inputEncoding[, outputEncoding]])', reads: [0], secret: true }, 2,
    // The keys are the same in every run, so that a changed input shows.
    `${crypto} const e = crypto.createDiffieHellman(crypto.getDiffieHellman('modp5').getPrime()); e.setPrivateKey(Uint8Array.of(7, 1, 9)); const f = crypto.createDiffieHellman(e.getPrime()); f.setPrivateKey(Uint8Array.of(3, 5)); f.generateKeys(); const other = f.getPublicKey();`,
    (encoding) => `e.computeSecret(other, undefined, ${encoding})`, { 0: 'other' },
  ),
  ...['setPublicKey', 'setPrivateKey'].map((name): ModelRow => ({
    api: `${diffieHellman}.prototype.${name}`, signature: `${name}(key[, encoding])`, result: unknown, reads: [0], stateful: true,
    exercise: { setup: `${crypto} const e = crypto.createDiffieHellman(crypto.getDiffieHellman('modp5').getPrime()); const k = Uint8Array.of(7, 1, 9);`, call: `e.${name}(k)`, inputs: { this: 'e', 0: 'k' }, observe: `e.${name.replace('set', 'get')}('hex')` },
    note: 'Returns nothing by the documentation.',
  })),
  {
    api: 'node:crypto#ECDH.prototype.setPublicKey', signature: 'setPublicKey(publicKey[, encoding])', result: unknown, reads: [0], stateful: true,
    exercise: { setup: curve, call: 'e.setPublicKey(other)', inputs: { 0: 'other' }, observe: `e.getPublicKey('hex')` }, note: 'Deprecated.',
  },
  ...encodedOutput(
    { api: 'node:crypto#ECDH.convertKey', signature: 'ECDH.convertKey(key, curve[, inputEncoding[, outputEncoding[, format]]])', reads: [0] }, 3,
    `${crypto} const e = crypto.createECDH('prime256v1'); e.setPrivateKey(new Uint8Array(32).fill(7)); const other = e.getPublicKey();`, (encoding) => `crypto.ECDH.convertKey(other, 'prime256v1', undefined, ${encoding}, 'compressed')`, { 0: 'other' },
  ),
];

/** A key argument: the bytes themselves, or an object whose `key` is the bytes. */
function keyAt(index: number): readonly ArgumentPath[] {
  return [index, { property: 'key', of: index }];
}

const kem = `${crypto} const pair = crypto.generateKeyPairSync('ml-kem-768');`;

const encapsulation: readonly ModelRow[] = [
  { api: 'node:crypto#encapsulate', signature: 'encapsulate(key)', when: [{ argument: 1, is: ['absent'] }], result: { kind: 'object', class: 'node:crypto#Encapsulation' }, reads: keyAt(0), secret: true, since: { node: '24.7.0' }, exercise: { setup: kem, call: 'crypto.encapsulate(pair.publicKey)', inputs: {} } },
  { api: 'node:crypto#encapsulate', signature: 'encapsulate(key, callback)', result: scalar, readsLater: keyAt(0), retains: [0, 1], secret: true, since: { node: '24.7.0' }, exercise: { setup: `${kem} ${later}`, call: 'crypto.encapsulate(pair.publicKey, settle)', inputs: {}, observe: '(await done, 0)' } },
  { api: 'node:crypto#decapsulate', signature: 'decapsulate(key, ciphertext)', when: [{ argument: 2, is: ['absent'] }], result: buffer(), reads: [...keyAt(0), 1], secret: true, since: { node: '24.7.0' }, exercise: { setup: `${kem} const c = crypto.encapsulate(pair.publicKey).ciphertext;`, call: 'crypto.decapsulate(pair.privateKey, c)', inputs: {} } },
  { api: 'node:crypto#decapsulate', signature: 'decapsulate(key, ciphertext, callback)', result: scalar, readsLater: [...keyAt(0), 1], retains: [0, 1, 2], secret: true, since: { node: '24.7.0' }, exercise: { setup: `${kem} ${later} const c = crypto.encapsulate(pair.publicKey).ciphertext;`, call: 'crypto.decapsulate(pair.privateKey, c, settle)', inputs: {}, observe: '(await done, 0)' } },
];

const argonParts: readonly ArgumentPath[] = ['message', 'nonce', 'secret', 'associatedData'].map((property) => ({ property, of: 1 }));
const argon = `${crypto} const message = Uint8Array.of(1, 2, 3); const nonce = new Uint8Array(16); const parameters = { message, nonce, parallelism: 1, tagLength: 32, memory: 8, passes: 1 };`;

const passwords: readonly ModelRow[] = [
  { api: 'node:crypto#argon2Sync', signature: 'argon2Sync(algorithm, parameters)', result: buffer(), reads: argonParts, secret: true, since: { node: '24.7.0' }, exercise: { setup: argon, call: `crypto.argon2Sync('argon2id', parameters)`, inputs: { '1.message': 'message', '1.nonce': 'nonce' } } },
  { api: 'node:crypto#argon2', signature: 'argon2(algorithm, parameters, callback)', result: scalar, readsLater: argonParts, retains: [1, 2], secret: true, since: { node: '24.7.0' }, exercise: { setup: `${argon} ${later}`, call: `crypto.argon2('argon2id', parameters, settle)`, inputs: {}, observe: '(await done, 0)' } },
];

const primes: readonly ModelRow[] = [
  { api: 'node:crypto#generatePrimeSync', signature: 'generatePrimeSync(size)', when: [{ argument: 1, is: ['absent'] }], result: { kind: 'bytes', class: 'ArrayBuffer', origin: 'fresh', length: 'unknown' }, secret: true, exercise: { setup: crypto, call: 'crypto.generatePrimeSync(64)', inputs: {} } },
  { api: 'node:crypto#generatePrimeSync', signature: 'generatePrimeSync(size, options)', result: unknown, reads: [{ property: 'add', of: 1 }, { property: 'rem', of: 1 }], secret: true, exercise: { setup: crypto, call: 'crypto.generatePrimeSync(64, { bigint: true })', inputs: {} } },
  { api: 'node:crypto#generatePrime', signature: 'generatePrime(size[, options], callback)', result: scalar, readsLater: [{ property: 'add', of: 1 }, { property: 'rem', of: 1 }], retains: [1, 2], secret: true, exercise: { setup: `${crypto} ${later}`, call: 'crypto.generatePrime(64, settle)', inputs: {}, observe: '(await done, 0)' } },
  { api: 'node:crypto#checkPrimeSync', signature: 'checkPrimeSync(candidate[, options])', result: scalar, reads: [0], roles: ['sync-sink'], exercise: { setup: `${crypto} const p = Uint8Array.of(1, 1);`, call: 'crypto.checkPrimeSync(p)', inputs: { 0: 'p' } } },
  { api: 'node:crypto#checkPrime', signature: 'checkPrime(candidate[, options], callback)', result: scalar, readsLater: [0], retains: [0, 1, 2], exercise: { setup: `${crypto} const p = Uint8Array.of(1, 1); ${later}`, call: 'crypto.checkPrime(p, settle)', inputs: {}, observe: '(await done, 0)' } },
];

const generation: readonly ModelRow[] = [
  { api: 'node:crypto#generateKey', signature: 'generateKey(type, options, callback)', result: scalar, retains: [1, 2], secret: true, exercise: { setup: `${crypto} ${later}`, call: `crypto.generateKey('hmac', { length: 256 }, settle)`, inputs: {}, observe: '(await done, 0)' } },
  { api: 'node:crypto#KeyObject.prototype.toCryptoKey', signature: 'toCryptoKey(algorithm, extractable, keyUsages)', result: { kind: 'object', class: 'CryptoKey' }, secret: true, since: { node: '22.10.0' }, exercise: { setup: `${crypto} const k = crypto.createSecretKey(new Uint8Array(32));`, call: `k.toCryptoKey('AES-GCM', true, ['encrypt'])`, inputs: {} } },
];

const x509 = `${crypto} const der = Buffer.from('${certificate}', 'base64'); const c = new crypto.X509Certificate(der); const key = c.publicKey;`;
const x509Method = 'node:crypto#X509Certificate.prototype';

const certificates: readonly ModelRow[] = [
  { api: 'node:crypto#new X509Certificate', signature: 'new X509Certificate(buffer)', result: { kind: 'object', class: 'node:crypto#X509Certificate' }, reads: [0], exercise: { setup: x509, call: 'new crypto.X509Certificate(der)', inputs: { 0: 'der' }, observe: '$result.toString()' } },
  ...['checkHost', 'checkEmail', 'checkIP'].map((name): ModelRow => ({ api: `${x509Method}.${name}`, signature: `${name}(value[, options])`, result: unknown, exercise: { setup: x509, call: `c.${name}('1.2.3.4')`, inputs: {} }, note: 'A text or undefined.' })),
  { api: `${x509Method}.checkIssued`, signature: 'checkIssued(otherCert)', result: scalar, exercise: { setup: x509, call: 'c.checkIssued(c)', inputs: {} } },
  { api: `${x509Method}.checkPrivateKey`, signature: 'checkPrivateKey(privateKey)', result: scalar, exercise: { setup: `${x509} const { privateKey } = crypto.generateKeyPairSync('ed25519');`, call: 'c.checkPrivateKey(privateKey)', inputs: {} } },
  { api: `${x509Method}.verify`, signature: 'verify(publicKey)', result: scalar, exercise: { setup: x509, call: 'c.verify(key)', inputs: {} } },
  ...['toString', 'toJSON'].map((name): ModelRow => ({ api: `${x509Method}.${name}`, signature: `${name}()`, result: text, exercise: { setup: x509, call: `c.${name}()`, inputs: {} } })),
  { api: `${x509Method}.toLegacyObject`, signature: 'toLegacyObject()', result: plain, exercise: { setup: x509, call: 'c.toLegacyObject()', inputs: {} } },
  ...([['verifySpkac', scalar], ['exportPublicKey', buffer()], ['exportChallenge', buffer()]] as const).map(([name, result]): ModelRow => ({
    api: `node:crypto#Certificate.${name}`, signature: `Certificate.${name}(spkac[, encoding])`, result, reads: [0],
    exercise: { setup: `${crypto} const m = Buffer.from('${signedChallenge}');`, call: `crypto.Certificate.${name}(m)`, inputs: name === 'verifySpkac' ? { 0: 'm' } : {} },
  })),
];

const lists: readonly ModelRow[] = [
  ...['getCiphers', 'getCurves', 'getHashes'].map((name): ModelRow => ({ api: `node:crypto#${name}`, signature: `${name}()`, result: { kind: 'array', elementsOf: [] }, exercise: { setup: crypto, call: `crypto.${name}()`, inputs: {} } })),
  { api: 'node:crypto#getCipherInfo', signature: 'getCipherInfo(nameOrNid[, options])', result: plain, exercise: { setup: crypto, call: `crypto.getCipherInfo('aes-256-gcm')`, inputs: {} }, note: 'Or undefined.' },
  { api: 'node:crypto#getFips', signature: 'getFips()', result: scalar, exercise: { setup: crypto, call: 'crypto.getFips()', inputs: {} } },
];

const texts = ['subject', 'subjectAltName', 'issuer', 'infoAccess', 'validFrom', 'validTo', 'fingerprint', 'fingerprint256', 'fingerprint512', 'serialNumber'];

export const nodeCryptoExchangeFamily: ModelFamily = {
  name: 'node:crypto exchange',
  classes: [
    { name: diffieHellman, kind: 'object', properties: { verifyError: scalar }, declared: ['DiffieHellman', 'DiffieHellmanGroup'].map((name) => ({ name, from: 'node:crypto' })) },
    // Bytes of their own, which only the object holds.
    { name: 'node:crypto#Encapsulation', kind: 'object' },
    {
      name: 'node:crypto#X509Certificate', kind: 'object', declared: [{ name: 'X509Certificate', from: 'node:crypto' }],
      // Every read of `raw` gives the same Buffer, which the certificate keeps.
      properties: { raw: unknown, publicKey: keyObject, ca: scalar, ...Object.fromEntries(texts.map((name) => [name, unknown])) },
    },
  ],
  rows: [...agreement, ...encapsulation, ...passwords, ...primes, ...generation, ...certificates, ...lists],
};
