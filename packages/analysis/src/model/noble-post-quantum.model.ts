/**
 * Rows of @noble/post-quantum: key encapsulation (ML-KEM and hybrids) and signatures (ML-DSA, SLH-DSA, Falcon). Names: `@noble/post-quantum/ml-kem#ml_kem768.encapsulate`.
 * `prepare`, `prehash` and `internal` have no rows; calls of those are unknown. Versions before 0.5 take the arguments of sign and verify in another order; all of them are only read.
 * Source: the package's source, version 0.7.1.
 */
import type { ArgumentPath, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };

/** A shared secret is the front half of bytes that nobody else holds. */
function bytes(origin: 'fresh' | 'pooled', length: SizeExpression): ResultModel {
  return { kind: 'bytes', class: 'Uint8Array', origin, length };
}

function load(module: string, names: string): string {
  return `const { ${names} } = await load('@noble/post-quantum/${module}.js');`;
}

interface Scheme {
  readonly module: string;
  readonly name: string;
  /** Bytes of the public key, of the secret key, and of the ciphertext or signature; null where they vary or no run shows them. */
  readonly lengths: readonly [publicKey: number, secretKey: number, output: number] | null;
  readonly executed: boolean;
}

const kems: readonly Scheme[] = [
  { module: 'ml-kem', name: 'ml_kem512', lengths: [800, 1632, 768], executed: true },
  { module: 'ml-kem', name: 'ml_kem768', lengths: [1184, 2400, 1088], executed: true },
  { module: 'ml-kem', name: 'ml_kem1024', lengths: [1568, 3168, 1568], executed: true },
  ...['ml_kem768_x25519', 'ml_kem768_p256', 'ml_kem1024_p384', 'KitchenSink_ml_kem768_x25519', 'QSF_ml_kem768_p256', 'QSF_ml_kem1024_p384'].map((name) => ({ module: 'hybrid', name, lengths: null, executed: false })),
];

const signers: readonly Scheme[] = [
  { module: 'ml-dsa', name: 'ml_dsa44', lengths: [1312, 2560, 2420], executed: true },
  { module: 'ml-dsa', name: 'ml_dsa65', lengths: [1952, 4032, 3309], executed: false },
  { module: 'ml-dsa', name: 'ml_dsa87', lengths: [2592, 4896, 4627], executed: false },
  ...['sha2', 'shake'].flatMap((hash) => ['128f', '128s', '192f', '192s', '256f', '256s'].map((size) => ({ module: 'slh-dsa', name: `slh_dsa_${hash}_${size}`, lengths: null, executed: false }))),
  ...['falcon512', 'falcon512padded', 'falcon1024', 'falcon1024padded'].map((name) => ({ module: 'falcon', name, lengths: null, executed: false })),
];

/** A hybrid keeps its seed as the secret key. */
const pair: ResultModel = { kind: 'object', class: '@noble/post-quantum#KeyPair', holds: [0] };

function keyRows({ module, name, lengths }: Scheme, seed: number): readonly ModelRow[] {
  const api = `@noble/post-quantum/${module}#${name}`;
  const setup = `${load(module, name)} const seed = Uint8Array.from({ length: ${seed} }, (_, i) => i); const pair = ${name}.keygen(Uint8Array.from(seed));`;
  return [
    // The reads show in the keys; that a pair might hold its seed is said for the hybrids, so no observation may contradict it.
    { api: `${api}.keygen`, signature: 'keygen([seed])', result: pair, reads: [0], secret: true, exercise: { setup, call: `${name}.keygen(seed)`, inputs: {} } },
    // Some schemes give a part of the secret key.
    lengths === null
      ? { api: `${api}.getPublicKey`, signature: 'getPublicKey(secretKey)', result: { kind: 'unknown' }, reads: [0] }
      : { api: `${api}.getPublicKey`, signature: 'getPublicKey(secretKey)', result: bytes('fresh', lengths[0]), reads: [0], exercise: { setup: `${setup} const k = pair.secretKey;`, call: `${name}.getPublicKey(k)`, inputs: { 0: 'k' } } },
  ];
}

function kemRows(scheme: Scheme): readonly ModelRow[] {
  const { module, name } = scheme;
  const api = `@noble/post-quantum/${module}#${name}`;
  const setup = `${load(module, name)} const { publicKey, secretKey } = ${name}.keygen(Uint8Array.from({ length: 64 }, (_, i) => i)); const r = new Uint8Array(32); const c = ${name}.encapsulate(publicKey, r).cipherText;`;
  return withoutSlowRuns(scheme, [
    ...keyRows(scheme, 64),
    {
      api: `${api}.encapsulate`, signature: 'encapsulate(publicKey[, msg])', result: { kind: 'object', class: '@noble/post-quantum#Encapsulation' }, reads: [0, 1], secret: true,
      exercise: { setup, call: `${name}.encapsulate(publicKey, r)`, inputs: { 0: 'publicKey', 1: 'r' }, observe: `Buffer.from($result.sharedSecret).toString('hex') + Buffer.from($result.cipherText).toString('hex')` },
    },
    { api: `${api}.decapsulate`, signature: 'decapsulate(cipherText, secretKey)', result: scheme.lengths === null ? { kind: 'unknown' } : bytes('pooled', 32), reads: [0, 1], secret: true, exercise: { setup, call: `${name}.decapsulate(c, secretKey)`, inputs: { 0: 'c', 1: 'secretKey' } } },
  ]);
}

const signOptions: readonly ArgumentPath[] = [{ property: 'context', of: 2 }, { property: 'extraEntropy', of: 2 }];

function signerRows(scheme: Scheme): readonly ModelRow[] {
  const { module, name, lengths } = scheme;
  const api = `@noble/post-quantum/${module}#${name}`;
  const setup = `${load(module, name)} const { publicKey, secretKey } = ${name}.keygen(Uint8Array.from({ length: 32 }, (_, i) => i)); const m = Uint8Array.of(1, 2, 3); const context = Uint8Array.of(4, 5); const extraEntropy = new Uint8Array(32);`;
  return withoutSlowRuns(scheme, [
    ...keyRows(scheme, 32),
    {
      api: `${api}.sign`, signature: 'sign(message, secretKey[, options])', result: lengths === null ? { kind: 'unknown' } : bytes('fresh', lengths[2]), reads: [0, 1, ...signOptions],
      exercise: { setup, call: `${name}.sign(m, secretKey, { context, extraEntropy })`, inputs: { 0: 'm', '2.context': 'context', '2.extraEntropy': 'extraEntropy' } },
    },
    {
      api: `${api}.verify`, signature: 'verify(signature, message, publicKey[, options])', result: scalar, reads: [0, 1, 2, { property: 'context', of: 3 }], roles: ['sync-sink'],
      exercise: { setup: `${setup} const s = ${name}.sign(m, secretKey, { context, extraEntropy });`, call: `${name}.verify(s, m, publicKey, { context })`, inputs: { 0: 's', 1: 'm', 2: 'publicKey', '3.context': 'context' } },
    },
  ]);
}

/** Some schemes take hundreds of milliseconds per call, and a row runs ten times. */
function withoutSlowRuns(scheme: Scheme, rows: readonly ModelRow[]): readonly ModelRow[] {
  return scheme.executed ? rows : rows.map(({ exercise: _, ...row }) => ({ ...row, note: 'As the scheme of this kind that is executed; where its result lies is not said.' }));
}

const utils = (names: string): string => `${load('utils', names)} const u = Uint8Array.of(9, 3, 7);`;

const utilities: readonly ModelRow[] = [
  { api: '@noble/post-quantum/utils#concatBytes', signature: 'concatBytes(...arrays)', result: bytes('fresh', { elements: { rest: 0 } }), reads: [{ rest: 0 }], roles: ['concat'], exercise: { setup: `${utils('concatBytes')} const list = [u, Uint8Array.of(7)];`, call: 'concatBytes(...list)', inputs: { '0...': 'list' } } },
  { api: '@noble/post-quantum/utils#equalBytes', signature: 'equalBytes(a, b)', result: scalar, reads: [0, 1], roles: ['sync-sink'], exercise: { setup: `${utils('equalBytes')} const v = Uint8Array.from(u);`, call: 'equalBytes(u, v)', inputs: { 0: 'u', 1: 'v' } } },
  { api: '@noble/post-quantum/utils#randomBytes', signature: 'randomBytes([bytesLength])', when: [{ argument: 0, is: ['absent'] }], result: bytes('fresh', 32), secret: true, roles: ['random-fresh'], exercise: { setup: utils('randomBytes'), call: 'randomBytes()', inputs: {} } },
  { api: '@noble/post-quantum/utils#randomBytes', signature: 'randomBytes([bytesLength])', result: bytes('fresh', { count: 0 }), secret: true, roles: ['random-fresh'], exercise: { setup: `${utils('randomBytes')} const n = 12;`, call: 'randomBytes(n)', inputs: { 0: 'n' } } },
  { api: '@noble/post-quantum/utils#copyBytes', signature: 'copyBytes(bytes)', result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: { items: 0 }, source: 0 }, reads: [0], roles: ['copy'], exercise: { setup: utils('copyBytes'), call: 'copyBytes(u)', inputs: { 0: 'u' } } },
  { api: '@noble/post-quantum/utils#cleanBytes', signature: 'cleanBytes(...list)', result: scalar, writes: [{ rest: 0 }], wipes: [{ rest: 0 }], exercise: { setup: `${utils('cleanBytes')} const list = [u, Uint8Array.of(7)];`, call: 'cleanBytes(...list)', inputs: { '0...': 'list' } } },
];

export const noblePostQuantumFamily: ModelFamily = {
  name: '@noble/post-quantum',
  // No rows make the fields of these: what comes out may be the seed.
  classes: [{ name: '@noble/post-quantum#KeyPair', kind: 'object' }, { name: '@noble/post-quantum#Encapsulation', kind: 'object' }],
  rows: [...kems.flatMap(kemRows), ...signers.flatMap(signerRows), ...utilities],
};
