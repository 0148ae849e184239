// What no-repeated-kdf-extract reports. Each function derives several keys from one secret and salt.
import { hkdfSync } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

const encryptionLabel = new Uint8Array([1]);
const signingLabel = new Uint8Array([2]);

export function derivesTwoKeys(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const encryption = hkdf(sha256, secret, salt, encryptionLabel, 32);
  //~^ direct proven
  const signing = hkdf(sha256, secret, salt, signingLabel, 16);
  return [encryption, signing];
}

export function derivesFourKeysInTheResult(secret: Uint8Array, salt: Uint8Array): Record<string, Uint8Array> {
  return {
    encryption: hkdf(sha256, secret, salt, encode('encryption'), 32),
    //~^ direct proven
    signing: hkdf(sha256, secret, salt, encode('signing'), 32),
    naming: hkdf(sha256, secret, salt, encode('naming'), 16),
    resuming: hkdf(sha256, secret, salt, encode('resuming'), 32),
  };
}

export function derivesWithoutSalt(secret: Uint8Array): Uint8Array[] {
  return [hkdf(sha256, secret, undefined, encryptionLabel, 32), hkdf(sha256, secret, undefined, signingLabel, 32)];
  //~^ direct proven
}

export function derivesSecondKeySometimes(secret: Uint8Array, salt: Uint8Array, isServer: boolean): Uint8Array[] {
  const keys = [hkdf(sha256, secret, salt, encryptionLabel, 32)];
  //~^ direct proven
  if (isServer) keys.push(hkdf(sha256, secret, salt, signingLabel, 32));
  return keys;
}

export function derivesFromTwoSecrets(ours: Uint8Array, theirs: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const sending = hkdf(sha256, ours, salt, encryptionLabel, 32);
  //~^ direct proven
  const receiving = hkdf(sha256, theirs, salt, encryptionLabel, 32);
  //~^ direct proven
  return [sending, receiving, hkdf(sha256, ours, salt, signingLabel, 32), hkdf(sha256, theirs, salt, signingLabel, 32)];
}

export function derivesAroundUnseenCode(secret: Uint8Array, salt: Uint8Array, log: (text: string) => void): Uint8Array[] {
  const encryption = hkdf(sha256, secret, salt, encryptionLabel, 32);
  //~^ direct possible
  log('derived');
  return [encryption, hkdf(sha256, secret, salt, signingLabel, 32)];
}

export async function derivesAcrossWaiting(secret: Uint8Array, write: (key: Uint8Array) => Promise<void>): Promise<Uint8Array> {
  const own = Uint8Array.from(secret);
  const encryption = hkdf(sha256, own, undefined, encryptionLabel, 32);
  //~^ direct possible
  await write(encryption);
  return hkdf(sha256, own, undefined, signingLabel, 32);
}

export function derivesEachLabel(secret: Uint8Array, salt: Uint8Array, labels: readonly Uint8Array[]): Uint8Array[] {
  const keys: Uint8Array[] = [];
  for (const label of labels) keys.push(hkdf(sha256, secret, salt, label, 32));
  //~^ loop proven
  return keys;
}

function deriveKey(secret: Uint8Array, salt: Uint8Array, label: string, length: number): Uint8Array {
  return hkdf(sha256, secret, salt, encode(label), length);
}

export function derivesThroughFunction(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const encryption = deriveKey(secret, salt, 'encryption', 32);
  //~^ helper proven
  return [encryption, deriveKey(secret, salt, 'signing', 32)];
}

export class KeySchedule {
  private readonly secret: Uint8Array;
  private readonly salt: Uint8Array;

  constructor(secret: Uint8Array, salt: Uint8Array) {
    this.secret = secret;
    this.salt = salt;
  }

  keys(): Uint8Array[] {
    return [this.derive('encryption'), this.derive('signing')];
    //~^ helper likely
  }

  keysOfFields(): Uint8Array[] {
    const encryption = hkdf(sha256, this.secret, this.salt, encryptionLabel, 32);
    //~^ direct proven
    return [encryption, hkdf(sha256, this.secret, this.salt, signingLabel, 32)];
  }

  private derive(label: string): Uint8Array {
    return hkdf(sha256, this.secret, this.salt, encode(label), 32);
  }
}

export function derivesWithNode(secret: Uint8Array, salt: Uint8Array): ArrayBuffer[] {
  const encryption = hkdfSync('sha256', secret, salt, encryptionLabel, 32);
  //~^ node likely
  return [encryption, hkdfSync('sha256', secret, salt, signingLabel, 32)];
}

function encode(label: string): Uint8Array {
  return new TextEncoder().encode(label);
}
