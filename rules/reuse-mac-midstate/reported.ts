// What reuse-mac-midstate reports. Each function keys an HMAC again for a message under a key that does not change.
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

export function signsEachMessage(key: Uint8Array, messages: readonly Uint8Array[]): Uint8Array[] {
  const signatures: Uint8Array[] = [];
  for (const message of messages) signatures.push(hmac(sha256, key, message));
  //~^ rekeyed
  return signatures;
}

export function signsEachMessageInParts(key: Uint8Array, header: Uint8Array, messages: readonly Uint8Array[]): Uint8Array[] {
  const signatures: Uint8Array[] = [];
  for (const message of messages) {
    const mac = hmac.create(sha512, key);
    //~^ rekeyed likely
    signatures.push(mac.update(header).update(message).digest());
  }
  return signatures;
}

export function stretchesByCounter(secret: Uint8Array, rounds: number): Uint8Array {
  const output = new Uint8Array(32 * rounds);
  const counter = new Uint8Array(4);
  for (let round = 0; round < rounds; round += 1) {
    counter[3] = round;
    const key = secret;
    output.set(hmac(sha256, key, counter), 32 * round);
    //~^ rekeyed
  }
  return output;
}

export class Signer {
  private keys: { readonly signing: Uint8Array; readonly sealing: Uint8Array };
  private readonly isClient: boolean;

  constructor(signing: Uint8Array, sealing: Uint8Array, isClient: boolean) {
    this.keys = { signing, sealing };
    this.isClient = isClient;
  }

  /** @hot */
  sign(message: Uint8Array): Uint8Array {
    return hmac(sha256, this.keys.signing, message);
    //~^ rekeyed likely
  }

  /** @hot */
  tag(message: Uint8Array): Uint8Array {
    const mac = hmac.create(sha256, this.keyOfDirection());
    //~^ rekeyed likely
    return mac.update(message).digest();
  }

  rotate(signing: Uint8Array, sealing: Uint8Array): void {
    this.keys.signing.fill(0);
    this.keys = { signing, sealing };
  }

  private keyOfDirection(): Uint8Array {
    return this.isClient ? this.keys.signing : this.keys.sealing;
  }
}

export function createTagger(key: Uint8Array): (message: Uint8Array) => Uint8Array {
  /** @hot */
  function tagMessage(message: Uint8Array): Uint8Array {
    return hmac(sha256, key, message);
    //~^ rekeyed likely
  }
  return tagMessage;
}
