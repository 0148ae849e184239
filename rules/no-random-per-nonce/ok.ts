// Random bytes that no-random-per-nonce leaves alone: no nonce, not per message, or already cut from a block.
import { createCipheriv, randomBytes, randomFillSync } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';

export function sealsOnce(key: KeyObject, plaintext: Uint8Array): Buffer {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([nonce, cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

export class Identifiers {
  /** @hot */
  request(): string {
    return randomBytes(12).toString('hex');
  }

  /** @hot */
  sessionKey(): Uint8Array {
    return randomBytes(16);
  }

  /** @hot */
  archive(archived: Map<string, Uint8Array>, name: string): void {
    const activeId = randomBytes(16);
    archived.set(name, activeId);
  }
}

export class FreshKeyChannel {
  /** A fresh key per message, and a fixed nonce. @hot */
  seal(plaintext: Uint8Array, nonce: Uint8Array): Uint8Array {
    const key = randomBytes(24);
    return chacha20poly1305(key, nonce).encrypt(plaintext);
  }

  /** @hot */
  longSeed(): Uint8Array {
    const nonceSeed = randomBytes(32);
    return nonceSeed;
  }
}

export class BlockNonceSource {
  private readonly block = new Uint8Array(4096);
  private position = this.block.length;

  /** @hot */
  next(target: Uint8Array): Uint8Array {
    if (this.position + 12 > this.block.length) {
      randomFillSync(this.block);
      this.position = 0;
    }
    target.set(this.block.subarray(this.position, this.position + 12));
    this.block.fill(0, this.position, this.position + 12);
    this.position += 12;
    return target;
  }
}

export class CounterNonceSource {
  private counter = 0;
  private readonly nonce = new Uint8Array(12);

  /** @hot */
  next(): Uint8Array {
    this.counter += 1;
    new DataView(this.nonce.buffer).setUint32(8, this.counter);
    return this.nonce;
  }
}
