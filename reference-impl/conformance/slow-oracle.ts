/**
 * System A once more, slow and plain: every byte from node:crypto's HMAC, SHA-256 and ChaCha20-Poly1305, by concatenation.
 *
 * Owns the independent answer that the suites and the golden transcript are checked against.
 * It imports nothing of a variant, and must never be made faster or shared with one.
 */

import { createCipheriv, createHash, createHmac } from 'node:crypto';
import type { Schedule } from './implementation.js';

/** The six keys in the order in which later epochs cut them from their block. */
export type OracleKeys = Readonly<
  Record<'encryption' | 'signing' | 'c2sEncryption' | 'c2sSigning' | 's2cEncryption' | 's2cSigning', Buffer>
>;

/** RFC 5869: `PRK = HMAC(salt, secret)`, `T(i) = HMAC(PRK, T(i-1) || info || i)`. */
export function oracleHkdf(secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Buffer {
  const prk = createHmac('sha256', salt).update(secret).digest();
  let block = Buffer.alloc(0);
  let output = Buffer.alloc(0);
  for (let index = 1; output.length < length; index++) {
    block = createHmac('sha256', prk).update(Buffer.concat([block, info, Buffer.from([index])])).digest();
    output = Buffer.concat([output, block]);
  }
  return output.subarray(0, length);
}

export function oracleKeys(schedule: Schedule, epoch: number, secret: Uint8Array, salt: Uint8Array): OracleKeys {
  if (epoch > 0) return cutKeys(oracleHkdf(secret, salt, Buffer.from(`rotate|${schedule}|${epoch}`), 192));
  if (schedule === 'v1') {
    const labels = ['encryption|v1', 'signing|v1', 'c2s|enc|v1', 'c2s|sign|v1', 's2c|enc|v1', 's2c|sign|v1'];
    return cutKeys(Buffer.concat(labels.map((label) => oracleHkdf(secret, salt, Buffer.from(label), 32))));
  }
  return cutKeys(
    Buffer.concat([
      oracleHkdf(secret, salt, Buffer.from('session-keys|v2'), 64),
      oracleHkdf(secret, salt, Buffer.from('directional-keys|v2'), 128),
    ]),
  );
}

export function oracleSessionId(salt: Uint8Array): string {
  return sha256(Buffer.from('session-id|v1'), salt).toString('hex').slice(0, 32);
}

export function oracleKeyId(signingKey: Uint8Array): string {
  return `kid-${createHmac('sha256', signingKey).update('key-id|v1').digest('hex').slice(0, 16)}`;
}

/** `nonce || ciphertext || tag`. */
export function oracleSessionFrame(
  keys: OracleKeys,
  id: string,
  epoch: number,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  callerData: Uint8Array,
): Buffer {
  return Buffer.concat([nonce, seal(keys.encryption, nonce, plaintext, associatedData(id, 0, epoch, 0, callerData))]);
}

/** `sequence || nonce || ciphertext || tag`. */
export function oracleDirectionalFrame(
  keys: OracleKeys,
  direction: 'c2s' | 's2c',
  id: string,
  epoch: number,
  sequence: number,
  nonce: Uint8Array,
  plaintext: Uint8Array,
  callerData: Uint8Array,
): Buffer {
  const key = direction === 'c2s' ? keys.c2sEncryption : keys.s2cEncryption;
  const bound = associatedData(id, direction === 'c2s' ? 1 : 2, epoch, sequence, callerData);
  return Buffer.concat([uint64(sequence), nonce, seal(key, nonce, plaintext, bound)]);
}

export function oracleSignature(key: Uint8Array, covered: readonly Uint8Array[]): Buffer {
  const parts = covered.map((part) => Buffer.concat([uint32(part.length), part]));
  return createHmac('sha256', key).update(Buffer.concat(parts)).digest();
}

/** A fixed stream of bytes that stands in for the random generator: `SHA-256(name || index)` for index 0, 1, 2 and so on. */
export function fixedStream(name: string): (target: Uint8Array) => void {
  let pending = Buffer.alloc(0);
  let index = 0;
  return (target) => {
    while (pending.length < target.length) {
      pending = Buffer.concat([pending, sha256(Buffer.from(name), uint32(index))]);
      index += 1;
    }
    target.set(pending.subarray(0, target.length));
    pending = pending.subarray(target.length);
  };
}

function associatedData(id: string, channel: number, epoch: number, sequence: number, callerData: Uint8Array): Buffer {
  const binding = sha256(Buffer.from(`session-binding|v1|${id}`));
  return sha256(
    Buffer.from('scrimp/session/ad/v1'),
    binding,
    Buffer.from([channel]),
    uint32(epoch),
    uint64(sequence),
    callerData,
  );
}

function seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, bound: Uint8Array): Buffer {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  cipher.setAAD(bound, { plaintextLength: plaintext.length });
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

function cutKeys(block: Buffer): OracleKeys {
  const key = (index: number): Buffer => block.subarray(32 * index, 32 * index + 32);
  return {
    encryption: key(0),
    signing: key(1),
    c2sEncryption: key(2),
    c2sSigning: key(3),
    s2cEncryption: key(4),
    s2cSigning: key(5),
  };
}

function sha256(...parts: readonly Uint8Array[]): Buffer {
  return createHash('sha256').update(Buffer.concat(parts)).digest();
}

function uint32(value: number): Buffer {
  return Buffer.from(value.toString(16).padStart(8, '0'), 'hex');
}

function uint64(value: number): Buffer {
  return Buffer.from(value.toString(16).padStart(16, '0'), 'hex');
}
