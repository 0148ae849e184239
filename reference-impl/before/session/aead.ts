/**
 * Authenticated encryption: ChaCha20-Poly1305 (RFC 8439, 2.8) behind one interface.
 *
 * Owns the two backends and the translation of their failures.
 * Leaves nonces to `nonce.ts` and the layout of frames to `frame.ts`.
 */

import { createCipheriv, createDecipheriv, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import type { Backend } from './config.js';
import { AuthenticationError, OutputTooSmallError } from './errors.js';

/** Bytes of the Poly1305 tag (RFC 8439, 2.5). */
export const TAG_LENGTH = 16;

/** A cipher bound to one 32-byte key. A pair of key and nonce must never seal twice. */
export interface Aead {
  /**
   * Writes `ciphertext || tag` to `output` from `offset` on and returns `plaintext.length + 16`.
   * @param nonce 12 bytes
   * @throws OutputTooSmallError when the result does not fit
   */
  sealInto(
    nonce: Uint8Array,
    plaintext: Uint8Array,
    associatedData: Uint8Array,
    output: Uint8Array,
    offset: number,
  ): number;

  /**
   * Checks `sealed` (`ciphertext || tag`), writes the plaintext to `output` from `offset` on, and returns its length.
   * On failure nothing is written.
   * @param nonce 12 bytes
   * @throws AuthenticationError when the tag does not match
   * @throws OutputTooSmallError when the result does not fit
   */
  openInto(
    nonce: Uint8Array,
    sealed: Uint8Array,
    associatedData: Uint8Array,
    output: Uint8Array,
    offset: number,
  ): number;
}

/** Binds a key to a cipher. The noble backend keeps a reference to `key`; the node backend keeps a native copy. */
export function createAead(backend: Backend, key: Uint8Array): Aead {
  return backend === 'noble' ? new NobleAead(key) : new NodeAead(key);
}

class NobleAead implements Aead {
  private readonly key: Uint8Array;

  constructor(key: Uint8Array) {
    this.key = key;
  }

  /** @hot */
  sealInto(
    nonce: Uint8Array,
    plaintext: Uint8Array,
    associatedData: Uint8Array,
    output: Uint8Array,
    offset: number,
  ): number {
    checkRoom(output, offset, plaintext.length + TAG_LENGTH);
    const sealed = chacha20poly1305(this.key, nonce, associatedData).encrypt(plaintext);
    output.set(sealed, offset);
    return sealed.length;
  }

  /** @hot */
  openInto(
    nonce: Uint8Array,
    sealed: Uint8Array,
    associatedData: Uint8Array,
    output: Uint8Array,
    offset: number,
  ): number {
    checkSealed(sealed);
    checkRoom(output, offset, sealed.length - TAG_LENGTH);
    const cipher = chacha20poly1305(this.key, nonce, associatedData);
    let plaintext: Uint8Array;
    try {
      plaintext = cipher.decrypt(sealed);
    } catch (cause) {
      throw new AuthenticationError({ cause });
    }
    output.set(plaintext, offset);
    return plaintext.length;
  }
}

class NodeAead implements Aead {
  private readonly key: KeyObject;

  constructor(key: Uint8Array) {
    this.key = createSecretKey(key);
  }

  /** @hot */
  sealInto(
    nonce: Uint8Array,
    plaintext: Uint8Array,
    associatedData: Uint8Array,
    output: Uint8Array,
    offset: number,
  ): number {
    checkRoom(output, offset, plaintext.length + TAG_LENGTH);
    const cipher = createCipheriv('chacha20-poly1305', this.key, nonce, { authTagLength: TAG_LENGTH });
    cipher.setAAD(associatedData, { plaintextLength: plaintext.length });
    const sealed = Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
    output.set(sealed, offset);
    return sealed.length;
  }

  /** @hot */
  openInto(
    nonce: Uint8Array,
    sealed: Uint8Array,
    associatedData: Uint8Array,
    output: Uint8Array,
    offset: number,
  ): number {
    checkSealed(sealed);
    const ciphertextLength = sealed.length - TAG_LENGTH;
    checkRoom(output, offset, ciphertextLength);
    const ciphertext = sealed.slice(0, ciphertextLength);
    const tag = sealed.slice(ciphertextLength);
    const decipher = createDecipheriv('chacha20-poly1305', this.key, nonce, { authTagLength: TAG_LENGTH });
    decipher.setAAD(associatedData, { plaintextLength: ciphertextLength });
    decipher.setAuthTag(tag);
    // `update` releases bytes before the tag is checked, so they stay here until `final` has passed.
    const plaintext = decipher.update(ciphertext);
    try {
      decipher.final();
    } catch (cause) {
      plaintext.fill(0);
      throw new AuthenticationError({ cause });
    }
    output.set(plaintext, offset);
    return plaintext.length;
  }
}

function checkSealed(sealed: Uint8Array): void {
  if (sealed.length < TAG_LENGTH) throw new AuthenticationError();
}

function checkRoom(output: Uint8Array, offset: number, needed: number): void {
  const available = output.length - offset;
  if (offset < 0 || available < needed) throw new OutputTooSmallError(needed, Math.max(0, available));
}
