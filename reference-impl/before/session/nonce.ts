/**
 * Where the nonces of messages come from.
 *
 * Owns the choice between the system's generator and a stream that the configuration injects.
 * A nonce is 96 random bits (RFC 8439, 2.8); `config.ts` limits the messages per session accordingly.
 */

import { randomBytes } from 'node:crypto';

/** Bytes of a nonce (RFC 8439, 2.3). */
export const NONCE_LENGTH = 12;

/** Hands out nonces. A nonce is never handed out twice by the same source, up to the chance of random bits. */
export interface NonceSource {
  /** Returns 12 bytes that belong to the caller. */
  next(): Uint8Array;
}

/** The system's generator, or consecutive 12-byte pieces of the stream that `fillRandom` writes. */
export function createNonceSource(fillRandom: ((target: Uint8Array) => void) | undefined): NonceSource {
  return fillRandom === undefined ? new SystemNonceSource() : new StreamNonceSource(fillRandom);
}

class SystemNonceSource implements NonceSource {
  /** @hot */
  next(): Uint8Array {
    return randomBytes(NONCE_LENGTH);
  }
}

class StreamNonceSource implements NonceSource {
  private readonly fillRandom: (target: Uint8Array) => void;

  constructor(fillRandom: (target: Uint8Array) => void) {
    this.fillRandom = fillRandom;
  }

  next(): Uint8Array {
    const nonce = new Uint8Array(NONCE_LENGTH);
    this.fillRandom(nonce);
    return nonce;
  }
}
