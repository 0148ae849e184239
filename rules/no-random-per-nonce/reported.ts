// What no-random-per-nonce reports. Each function asks the system generator for the nonce of one message.
import { createCipheriv, randomBytes } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { randomBytes as nobleRandomBytes } from '@noble/hashes/utils.js';

const nonceLength = 12;

export class NodeChannel {
  private readonly key: KeyObject;

  constructor(key: KeyObject) {
    this.key = key;
  }

  /** @hot */
  seal(plaintext: Uint8Array): Buffer {
    const start = randomBytes(12);
    //~^ random
    const cipher = createCipheriv('aes-256-gcm', this.key, start);
    return Buffer.concat([start, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
  }
}

export class NobleChannel {
  private readonly key: Uint8Array;

  constructor(key: Uint8Array) {
    this.key = key;
  }

  /** @hot */
  seal(plaintext: Uint8Array): Uint8Array {
    const start = nobleRandomBytes(nonceLength);
    //~^ random
    return chacha20poly1305(this.key, start).encrypt(plaintext);
  }

  /** @hot */
  sealWithHelper(plaintext: Uint8Array): Uint8Array {
    return this.sealUnder(randomBytes(nonceLength), plaintext);
    //~^ random
  }

  private sealUnder(nonce: Uint8Array, plaintext: Uint8Array): Uint8Array {
    return chacha20poly1305(this.key, nonce).encrypt(plaintext);
  }
}

export class SystemNonceSource {
  /** @hot */
  next(): Uint8Array {
    return randomBytes(nonceLength);
    //~^ random likely
  }
}

export function writesFrames(frames: readonly Uint8Array[]): void {
  for (const frame of frames) {
    const iv = randomBytes(16);
    //~^ random
    frame.set(iv, 0);
  }
}
