/**
 * Rows of @noble/curves 1.9 and 2.x: signatures, key agreement, points and the helpers for bytes. Names: `@noble/curves/ed25519#ed25519.sign`.
 * A key pair that is made from a seed may be that very seed: `ed25519.keygen(seed).secretKey === seed`.
 * Hash-to-curve, OPRF, FROST, BLS signatures and the abstract factories have no rows; calls of those are unknown.
 * Source: the packages' sources, versions 1.9.7 and 2.4.0.
 */
import type { ArgumentPath, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const unknown: ResultModel = { kind: 'unknown' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const point: ResultModel = { kind: 'object', class: '@noble/curves#Point' };
const message = 'const m = Uint8Array.of(1, 2, 3);';

function bytes(length: SizeExpression): ResultModel & { kind: 'bytes' } {
  return { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length };
}

function load(module: string, names: string): string {
  return `const { ${names} } = await load('@noble/curves/${module}.js');`;
}

interface Curve {
  readonly module: string;
  readonly name: string;
  /** Bytes of a secret key, of a public key, of a signature; of a Weierstrass curve the public key is compressed. */
  readonly secretKey: number;
  readonly publicKey: number;
  readonly signature: number;
  /** False where another curve of the same factory is executed in its place. */
  readonly executed: boolean;
}

const edwards: readonly Curve[] = [
  { module: 'ed25519', name: 'ed25519', secretKey: 32, publicKey: 32, signature: 64, executed: true },
  { module: 'ed25519', name: 'ed25519ctx', secretKey: 32, publicKey: 32, signature: 64, executed: false },
  { module: 'ed25519', name: 'ed25519ph', secretKey: 32, publicKey: 32, signature: 64, executed: true },
  { module: 'ed448', name: 'ed448', secretKey: 57, publicKey: 57, signature: 114, executed: true },
  { module: 'ed448', name: 'ed448ph', secretKey: 57, publicKey: 57, signature: 114, executed: false },
];

const weierstrass: readonly Curve[] = [
  { module: 'nist', name: 'p256', secretKey: 32, publicKey: 33, signature: 64, executed: true },
  { module: 'nist', name: 'p384', secretKey: 48, publicKey: 49, signature: 96, executed: false },
  { module: 'nist', name: 'p521', secretKey: 66, publicKey: 67, signature: 132, executed: false },
  { module: 'secp256k1', name: 'secp256k1', secretKey: 32, publicKey: 33, signature: 64, executed: true },
];

const montgomery: readonly Curve[] = [
  { module: 'ed25519', name: 'x25519', secretKey: 32, publicKey: 32, signature: 0, executed: true },
  { module: 'ed448', name: 'x448', secretKey: 56, publicKey: 56, signature: 0, executed: true },
];

/** A secret key of small numbers, which every curve admits. */
function keyOf({ module, name, secretKey }: Curve): string {
  return `${load(module, name)} const k = Uint8Array.from({ length: ${secretKey} }, (_, i) => (i % 9) + 1);`;
}

/** The rows of a curve that is not executed lose their exercises. */
function asExecuted(curve: Curve, rows: readonly ModelRow[]): readonly ModelRow[] {
  return curve.executed ? rows : rows.map(({ exercise: _, ...row }) => ({ ...row, note: `${row.note ?? ''} Made by the same code as the curves that are executed.`.trim() }));
}

const sameFromSeed: ResultModel = { kind: 'object', class: '@noble/curves#KeyPair', holds: [0] };
const options: readonly ArgumentPath[] = [{ property: 'context', of: 2 }, { property: 'extraEntropy', of: 2 }];
const ofPair = `Buffer.from($result.secretKey).toString('hex') + Buffer.from($result.publicKey).toString('hex')`;

function keyRows(curve: Curve): readonly ModelRow[] {
  const { module, name, secretKey } = curve;
  const api = `@noble/curves/${module}#${name}`;
  const isWeierstrass = weierstrass.includes(curve);
  const random = bytes(secretKey);
  const randomNames = ['randomSecretKey', 'randomPrivateKey'];
  return [
    {
      api: `${api}.keygen`, signature: 'keygen([seed])', result: sameFromSeed, reads: [0], secret: true,
      exercise: { setup: `${keyOf(curve)} const seed = ${isWeierstrass ? 'Uint8Array.from({ length: 48 }, (_, i) => i)' : 'k'};`, call: `${name}.keygen(seed)`, inputs: isWeierstrass ? {} : { 0: 'seed' }, ...(isWeierstrass ? {} : { observe: ofPair }) },
      note: 'The secret key is the very seed on Edwards and Montgomery curves.',
    },
    ...randomNames.flatMap((member): readonly ModelRow[] => {
      const exercise = member === 'randomSecretKey' ? { exercise: { setup: keyOf(curve), call: `${name}.utils.${member}()`, inputs: {} } } : { note: 'Name in 1.x, of the same function.' };
      return [
        { api: `${api}.utils.${member}`, signature: `${member}()`, when: [{ argument: 0, is: ['absent'] }], result: random, secret: true, roles: ['random-fresh'], ...exercise },
        { api: `${api}.utils.${member}`, signature: `${member}(seed)`, result: unknown, reads: [0], secret: true, ...(member === 'randomSecretKey' && !isWeierstrass ? { exercise: { setup: keyOf(curve), call: `${name}.utils.${member}(k)`, inputs: {} } } : {}), note: 'May give the very seed back.' },
      ];
    }),
  ];
}

function signatureRows(curve: Curve): readonly ModelRow[] {
  const { module, name, publicKey, signature } = curve;
  const api = `@noble/curves/${module}#${name}`;
  const isWeierstrass = weierstrass.includes(curve);
  const setup = `${keyOf(curve)} ${message}`;
  const made = isWeierstrass ? unknown : bytes(signature);
  return asExecuted(curve, [
    ...keyRows(curve),
    ...(isWeierstrass
      ? [
        { api: `${api}.getPublicKey`, signature: 'getPublicKey(secretKey)', when: [{ argument: 1, is: ['absent'] }], result: bytes(publicKey), reads: [0], exercise: { setup, call: `${name}.getPublicKey(k)`, inputs: { 0: 'k' } } },
        { api: `${api}.getPublicKey`, signature: 'getPublicKey(secretKey, isCompressed)', result: bytes('unknown'), reads: [0], exercise: { setup, call: `${name}.getPublicKey(k, false)`, inputs: { 0: 'k' } } },
        { api: `${api}.getSharedSecret`, signature: 'getSharedSecret(secretKeyA, publicKeyB[, isCompressed])', result: bytes('unknown'), reads: [0, 1], secret: true, exercise: { setup: `${setup} const other = ${name}.getPublicKey(new Uint8Array(${curve.secretKey}).fill(3));`, call: `${name}.getSharedSecret(k, other)`, inputs: { 0: 'k', 1: 'other' } } },
      ] as const
      : [{ api: `${api}.getPublicKey`, signature: 'getPublicKey(secretKey)', result: bytes(publicKey), reads: [0], exercise: { setup, call: `${name}.getPublicKey(k)`, inputs: { 0: 'k' } } }] as const),
    {
      api: `${api}.sign`, signature: 'sign(message, secretKey[, options])', result: made, reads: [0, 1, ...options], exercise: { setup, call: `${name}.sign(m, k)`, inputs: { 0: 'm', 1: 'k' } },
      ...(isWeierstrass ? { note: 'Bytes in 2.x, an object in 1.x.' } : {}),
    },
    {
      api: `${api}.verify`, signature: 'verify(signature, message, publicKey[, options])', result: scalar, reads: [0, 1, 2, { property: 'context', of: 3 }], roles: ['sync-sink'],
      exercise: { setup: `${setup} const p = ${name}.getPublicKey(k); const signed = ${name}.sign(m, k); const s = signed instanceof Uint8Array ? signed : signed.toCompactRawBytes();`, call: `${name}.verify(s, m, p)`, inputs: { 0: 's', 1: 'm', 2: 'p' } },
    },
    { api: `${api}.Point.fromBytes`, signature: 'Point.fromBytes(bytes)', result: point, reads: [0], exercise: { setup: `${setup} const p = ${name}.getPublicKey(k);`, call: `${name}.Point.fromBytes(p)`, inputs: { 0: 'p' }, observe: '$result.toHex()' } },
    { api: `${api}.Point.fromHex`, signature: 'Point.fromHex(hex)', when: [{ argument: 0, is: ['string'] }], result: point, exercise: { setup: `${setup} const p = ${name}.Point.BASE.toHex();`, call: `${name}.Point.fromHex(p)`, inputs: {} } },
  ]);
}

function agreementRows(curve: Curve): readonly ModelRow[] {
  const { module, name, publicKey } = curve;
  const api = `@noble/curves/${module}#${name}`;
  const setup = `${keyOf(curve)} const p = ${name}.getPublicKey(Uint8Array.from({ length: ${curve.secretKey} }, (_, i) => (i % 5) + 2));`;
  return asExecuted(curve, [
    ...keyRows(curve),
    ...['getPublicKey', 'scalarMultBase'].map((member): ModelRow => ({ api: `${api}.${member}`, signature: `${member}(secretKey)`, result: bytes(publicKey), reads: [0], exercise: { setup, call: `${name}.${member}(k)`, inputs: { 0: 'k' } } })),
    ...['getSharedSecret', 'scalarMult'].map((member): ModelRow => ({ api: `${api}.${member}`, signature: `${member}(secretKey, publicKey)`, result: bytes(publicKey), reads: [0, 1], secret: true, exercise: { setup, call: `${name}.${member}(k, p)`, inputs: { 0: 'k', 1: 'p' } } })),
  ]);
}

const aPoint = `${load('ed25519', 'ed25519')} const p = ed25519.Point.BASE; const q = p.double();`;

/** Points hold no bytes; they make new ones. */
const points: readonly ModelRow[] = [
  { api: '@noble/curves#Point.prototype.toBytes', signature: 'toBytes([isCompressed])', result: bytes('unknown'), exercise: { setup: aPoint, call: 'p.toBytes()', inputs: {} } },
  { api: '@noble/curves#Point.prototype.toHex', signature: 'toHex([isCompressed])', result: text, exercise: { setup: aPoint, call: 'p.toHex()', inputs: {} } },
  ...['add', 'subtract'].map((name): ModelRow => ({ api: `@noble/curves#Point.prototype.${name}`, signature: `${name}(other)`, result: point, exercise: { setup: aPoint, call: `p.${name}(q)`, inputs: { this: 'p', 0: 'q' } } })),
  ...['multiply', 'multiplyUnsafe'].map((name): ModelRow => ({ api: `@noble/curves#Point.prototype.${name}`, signature: `${name}(scalar)`, result: unknown, exercise: { setup: aPoint, call: `p.${name}(3n)`, inputs: {} }, note: 'A new point, or this one for the scalar 1.' })),
  ...['double', 'negate'].map((name): ModelRow => ({ api: `@noble/curves#Point.prototype.${name}`, signature: `${name}()`, result: point, exercise: { setup: aPoint, call: `p.${name}()`, inputs: { this: 'p' } } })),
  { api: '@noble/curves#Point.prototype.equals', signature: 'equals(other)', result: scalar, exercise: { setup: aPoint, call: 'p.equals(q)', inputs: {} } },
];

const schnorr: Curve = { module: 'secp256k1', name: 'schnorr', secretKey: 32, publicKey: 32, signature: 64, executed: true };
const schnorrSetup = `${keyOf(schnorr)} ${message} const aux = new Uint8Array(32);`;

const schnorrRows: readonly ModelRow[] = [
  { api: '@noble/curves/secp256k1#schnorr.getPublicKey', signature: 'getPublicKey(secretKey)', result: bytes(32), reads: [0], exercise: { setup: schnorrSetup, call: 'schnorr.getPublicKey(k)', inputs: {} } },
  { api: '@noble/curves/secp256k1#schnorr.sign', signature: 'sign(message, secretKey[, auxRand])', result: bytes(64), reads: [0, 1, 2], exercise: { setup: schnorrSetup, call: 'schnorr.sign(m, k, aux)', inputs: { 0: 'm', 1: 'k', 2: 'aux' } } },
  { api: '@noble/curves/secp256k1#schnorr.verify', signature: 'verify(signature, message, publicKey)', result: scalar, reads: [0, 1, 2], roles: ['sync-sink'], exercise: { setup: `${schnorrSetup} const p = schnorr.getPublicKey(k); const s = schnorr.sign(m, k, aux);`, call: 'schnorr.verify(s, m, p)', inputs: { 0: 's', 1: 'm', 2: 'p' } } },
];

const utils = (names: string): string => `${load('utils', names)} const u = Uint8Array.from({ length: 8 }, (_, i) => i + 1);`;

const utilities: readonly ModelRow[] = [
  { api: '@noble/curves/utils#concatBytes', signature: 'concatBytes(...arrays)', result: bytes({ elements: { rest: 0 } }), reads: [{ rest: 0 }], roles: ['concat'], exercise: { setup: `${utils('concatBytes')} const list = [u, Uint8Array.of(7)];`, call: 'concatBytes(...list)', inputs: { '0...': 'list' } } },
  { api: '@noble/curves/utils#bytesToHex', signature: 'bytesToHex(bytes)', result: { kind: 'string', length: { scaled: [2, { items: 0 }] } }, reads: [0], roles: ['sync-sink'], exercise: { setup: utils('bytesToHex'), call: 'bytesToHex(u)', inputs: { 0: 'u' } } },
  { api: '@noble/curves/utils#hexToBytes', signature: 'hexToBytes(hex)', result: bytes({ scaled: [0.5, { items: 0 }] }), roles: ['encode-text'], exercise: { setup: `${utils('hexToBytes')} const s = '0a0b';`, call: 'hexToBytes(s)', inputs: { 0: 's' } } },
  ...['bytesToNumberBE', 'bytesToNumberLE'].map((name): ModelRow => ({ api: `@noble/curves/utils#${name}`, signature: `${name}(bytes)`, result: scalar, reads: [0], roles: ['sync-sink'], exercise: { setup: utils(name), call: `${name}(u)`, inputs: { 0: 'u' } } })),
  ...['numberToBytesBE', 'numberToBytesLE'].map((name): ModelRow => ({ api: `@noble/curves/utils#${name}`, signature: `${name}(number, length)`, result: bytes({ count: 1 }), exercise: { setup: `${utils(name)} const n = 8;`, call: `${name}(5n, n)`, inputs: { 1: 'n' } } })),
  { api: '@noble/curves/utils#equalBytes', signature: 'equalBytes(a, b)', result: scalar, reads: [0, 1], roles: ['sync-sink'], exercise: { setup: `${utils('equalBytes')} const v = Uint8Array.from(u);`, call: 'equalBytes(u, v)', inputs: { 0: 'u', 1: 'v' } } },
  { api: '@noble/curves/utils#copyBytes', signature: 'copyBytes(bytes)', result: { ...bytes({ items: 0 }), source: 0 }, reads: [0], roles: ['copy'], exercise: { setup: utils('copyBytes'), call: 'copyBytes(u)', inputs: { 0: 'u' } } },
  { api: '@noble/curves/utils#asciiToBytes', signature: 'asciiToBytes(ascii)', result: bytes({ items: 0 }), roles: ['encode-text'], exercise: { setup: `${utils('asciiToBytes')} const s = 'label';`, call: 'asciiToBytes(s)', inputs: { 0: 's' } } },
  { api: '@noble/curves/utils#randomBytes', signature: 'randomBytes([bytesLength])', when: [{ argument: 0, is: ['absent'] }], result: bytes(32), secret: true, roles: ['random-fresh'], exercise: { setup: utils('randomBytes'), call: 'randomBytes()', inputs: {} } },
  { api: '@noble/curves/utils#randomBytes', signature: 'randomBytes([bytesLength])', result: bytes({ count: 0 }), secret: true, roles: ['random-fresh'], exercise: { setup: `${utils('randomBytes')} const n = 12;`, call: 'randomBytes(n)', inputs: { 0: 'n' } } },
  { api: '@noble/curves/utils#isBytes', signature: 'isBytes(value)', result: scalar, exercise: { setup: utils('isBytes'), call: 'isBytes(u)', inputs: { 0: 'u' } } },
  { api: '@noble/curves/utils#abytes', signature: 'abytes(bytes[, length[, title]])', result: { kind: 'same', as: 0 }, exercise: { setup: utils('abytes'), call: 'abytes(u)', inputs: { 0: 'u' } }, note: 'Returns nothing in 1.x.' },
];

export const nobleCurvesFamily: ModelFamily = {
  name: '@noble/curves',
  classes: [
    // No row makes its fields: what comes out of a pair may be the seed.
    { name: '@noble/curves#KeyPair', kind: 'object' },
    { name: '@noble/curves#Point', kind: 'object', declared: ['EdwardsPoint', 'WeierstrassPoint', 'CurvePoint'].map((name) => ({ name, from: '@noble/curves' })) },
  ],
  rows: [...edwards.flatMap(signatureRows), ...weierstrass.flatMap(signatureRows), ...montgomery.flatMap(agreementRows), ...schnorrRows, ...points, ...utilities],
  aliases: {
    '@noble/curves/p256#p256': '@noble/curves/nist#p256', '@noble/curves/p384#p384': '@noble/curves/nist#p384', '@noble/curves/p521#p521': '@noble/curves/nist#p521',
    ...Object.fromEntries(['concatBytes', 'bytesToHex', 'hexToBytes', 'bytesToNumberBE', 'bytesToNumberLE', 'numberToBytesBE', 'numberToBytesLE', 'equalBytes'].map((name) => [`@noble/curves/abstract/utils#${name}`, `@noble/curves/utils#${name}`])),
  },
};
