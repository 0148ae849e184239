/**
 * The operations whose weight makes a runtime profile, as one bench file: layouts of V8 objects, and what library calls make inside.
 * Two unrelated operations share a case, as its two sides, because the meter measures both sides anyway. What is done with the figures is `prices.ts`.
 */
import { createCipheriv, createDecipheriv, createHash, createHmac, createSecretKey, hash, hkdfSync, randomBytes, randomFillSync, timingSafeEqual } from 'node:crypto';
import { defineBench } from '@scrimp/bench';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

const [small, large] = [new Uint8Array(32).fill(7), new Uint8Array(4096).fill(9)];
const key = createSecretKey(small);
const nonce = new Uint8Array(12);
const encoder = new TextEncoder();
const decoder = new TextDecoder();
const text = 'thirty characters of plain text';
const pattern = 'a+b';
const buffer = Buffer.alloc(32, 7);
const sealed = ((): Buffer => { const cipher = createCipheriv('aes-256-gcm', key, nonce); return Buffer.concat([cipher.update(small), cipher.final(), cipher.getAuthTag()]); })();
// eslint-disable-next-line @typescript-eslint/require-await -- the promise of a call that waits for nothing is what is weighed.
const asyncFunction = async (): Promise<number> => 1;

/** What a pool of two arrays does when it gives one and gets it back. */
const free: Uint8Array[] = [new Uint8Array(32), new Uint8Array(32)];

/** By name. Each returns what it makes, so that it escapes as it does in a program. */
export const operations: Readonly<Record<string, () => unknown>> = {
  nothing: () => small,
  object: () => ({ a: small, b: large, c: key }),
  array: () => [small, large, key],
  emptyArray: () => [],
  emptyObject: () => ({}),
  plainClosure: () => () => 1,
  promise: () => [asyncFunction()],
  oneElement: () => [small],
  closure: () => { const one = free.length; return () => one; },
  bytes32: () => new Uint8Array(32),
  bytes64: () => new Uint8Array(64),
  bytes65: () => new Uint8Array(65),
  bytes4096: () => new Uint8Array(4096),
  copy32: () => large.slice(0, 32),
  copy65: () => large.slice(0, 65),
  copy1024: () => large.slice(0, 1024),
  copy4096: () => large.slice(),
  view: () => large.subarray(0, 32),
  viewOfFresh: () => new Uint8Array(64).subarray(0, 32),
  copyOfFresh: () => new Uint8Array(64).slice(0, 32),
  fill: () => small.fill(7),
  set: () => { large.set(small); return large; },
  pool: () => { const one = free.pop()!; free.push(one); return one.fill(0); },
  dataView: () => new DataView(large.buffer),
  regexp: () => /a+b/,
  newRegexp: () => new RegExp(pattern),
  allocate: () => Buffer.alloc(32),
  allocateUnsafe: () => Buffer.allocUnsafe(32),
  fromText: () => Buffer.from(text),
  fromBytes: () => Buffer.from(small),
  concat4096: () => Buffer.concat([small, large]),
  concat: () => Buffer.concat([small, nonce]),
  toHex: () => buffer.toString('hex'),
  newEncoder: () => new TextEncoder(),
  encode: () => encoder.encode(text),
  newDecoder: () => new TextDecoder(),
  decode: () => decoder.decode(small),
  createHash: () => createHash('sha256'),
  // scrimp-ignore-next-line prefer-oneshot-hash -- the steps are what is weighed.
  hashOnce: () => createHash('sha256').update(small).digest(),
  hashTwice: () => createHash('sha256').update(small).update(nonce).digest(),
  // scrimp-ignore-next-line prefer-oneshot-hash -- the steps are what is weighed.
  hashHex: () => createHash('sha256').update(small).digest('hex'),
  hash: () => hash('sha256', small, 'buffer'),
  hashText: () => hash('sha256', small, 'hex'),
  createSecretKey: () => createSecretKey(small),
  createHmac: () => createHmac('sha256', key),
  createHmacRaw: () => createHmac('sha256', small),
  hmac: () => createHmac('sha256', key).update(small).digest(),
  hkdfSync: () => hkdfSync('sha256', key, nonce, nonce, 96),
  createCipheriv: () => createCipheriv('aes-256-gcm', key, nonce),
  createCipherivRaw: () => createCipheriv('aes-256-gcm', small, nonce),
  seal: () => { const cipher = createCipheriv('aes-256-gcm', key, nonce); return [cipher.update(small), cipher.final(), cipher.getAuthTag()]; },
  open: () => { const decipher = createDecipheriv('aes-256-gcm', key, nonce); decipher.setAuthTag(sealed.subarray(-16)); return [decipher.update(sealed.subarray(0, -16)), decipher.final()]; },
  randomBytes: () => randomBytes(12),
  randomFillSync: () => randomFillSync(nonce),
  timingSafeEqual: () => timingSafeEqual(small, small),
  nobleSha256: () => sha256(large.subarray(0, 64)),
  nobleHmac: () => hmac(sha256, small, nonce),
  nobleHkdf: () => hkdf(sha256, small, nonce, nonce, 96),
};

const names = Object.keys(operations);
const pairs = names.filter((_, index) => index % 2 === 0).map((name, index) => [name, names[2 * index + 1] ?? 'nothing'] as const);

export default pairs.map(([left, right]) => defineBench({ name: `${left}/${right}`, size: 0, setup: () => null, before: operations[left]!, after: operations[right]!, equal: () => true }));
