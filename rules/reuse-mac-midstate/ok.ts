// HMACs that reuse-mac-midstate leaves alone: the key is another one for each message, or there is only one message.
import { createHmac, createSecretKey } from 'node:crypto';
import type { KeyObject } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';

export function signsOneMessage(key: Uint8Array, message: Uint8Array): Uint8Array {
  return hmac(sha256, key, message);
}

export function signsUnderEachKey(keys: readonly Uint8Array[], message: Uint8Array): Uint8Array[] {
  const signatures: Uint8Array[] = [];
  for (const key of keys) signatures.push(hmac(sha256, key, message));
  return signatures;
}

export function chainsKeys(seed: Uint8Array, rounds: number): Uint8Array {
  let key = seed;
  for (let round = 0; round < rounds; round += 1) key = hmac(sha256, key, Uint8Array.of(round));
  return key;
}

export function writesKeyInPlace(key: Uint8Array, rounds: number): Uint8Array {
  for (let round = 0; round < rounds; round += 1) key.set(hmac(sha256, key, Uint8Array.of(round)));
  return key;
}

export function reusesMidstate(key: Uint8Array, messages: readonly Uint8Array[]): Uint8Array[] {
  const base = hmac.create(sha256, key);
  const work = hmac.create(sha256, key);
  const signatures: Uint8Array[] = [];
  try {
    for (const message of messages) signatures.push(base._cloneInto(work).update(message).digest());
  } finally {
    base.destroy();
    work.destroy();
  }
  return signatures;
}

export class Ratchet {
  private chainKey: Uint8Array;

  constructor(chainKey: Uint8Array) {
    this.chainKey = chainKey;
  }

  /** @hot */
  next(): Uint8Array {
    const messageKey = hmac(sha256, this.chainKey, Uint8Array.of(1));
    this.advance();
    return messageKey;
  }

  private advance(): void {
    const next = hmac(sha256, this.chainKey, Uint8Array.of(2));
    this.chainKey.fill(0);
    this.chainKey = next;
  }
}

export class RatchetInPlace {
  private readonly chainKey: Uint8Array;

  constructor(chainKey: Uint8Array) {
    this.chainKey = chainKey;
  }

  /** @hot */
  next(): Uint8Array {
    const messageKey = hmac(sha256, this.chainKey, Uint8Array.of(1));
    this.chainKey.set(hmac(sha256, this.chainKey, Uint8Array.of(2)));
    return messageKey;
  }
}

export class SignerOfCallersKey {
  /** @hot */
  sign(key: Uint8Array, message: Uint8Array): Uint8Array {
    return hmac(sha256, key, message);
  }
}

export class SignerOfManyPeers {
  private readonly keys = new Map<string, Uint8Array>();
  private readonly list: Uint8Array[] = [];

  /** @hot */
  sign(peer: string, message: Uint8Array): Uint8Array | null {
    const key = this.keys.get(peer);
    return key === undefined ? null : hmac(sha256, key, message);
  }

  /** @hot */
  signAs(index: number, message: Uint8Array): Uint8Array {
    return hmac(sha256, this.list[index]!, message);
  }
}

/** Not known to run per message. */
export class SignerOfHandshake {
  private readonly key: Uint8Array;

  constructor(key: Uint8Array) {
    this.key = key;
  }

  confirm(transcript: Uint8Array): Uint8Array {
    return hmac(sha256, this.key, transcript);
  }
}

/** Node's Hmac has no midstate to keep; a KeyObject is all that can be kept. */
export class SignerOfNode {
  private readonly key: KeyObject;

  constructor(key: Uint8Array) {
    this.key = createSecretKey(key);
  }

  /** @hot */
  sign(message: Uint8Array): Buffer {
    return createHmac('sha256', this.key).update(message).digest();
  }
}
