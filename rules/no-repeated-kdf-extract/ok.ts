// Derivations that no-repeated-kdf-extract leaves alone: they share nothing, or not certainly.
import { hkdfSync } from 'node:crypto';
import { expand, extract, hkdf } from '@noble/hashes/hkdf.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

const encryptionLabel = new Uint8Array([1]);
const signingLabel = new Uint8Array([2]);

export function derivesOneKey(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  return hkdf(sha256, secret, salt, encryptionLabel, 32);
}

export function extractsOnce(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const prk = extract(sha256, secret, salt);
  try {
    return [expand(sha256, prk, encryptionLabel, 32), expand(sha256, prk, signingLabel, 32)];
  } finally {
    prk.fill(0);
  }
}

export function derivesUnderTwoSalts(secret: Uint8Array, ours: Uint8Array, theirs: Uint8Array): Uint8Array[] {
  return [hkdf(sha256, secret, ours, encryptionLabel, 32), hkdf(sha256, secret, theirs, encryptionLabel, 32)];
}

export function derivesWithTwoHashes(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  return [hkdf(sha256, secret, salt, encryptionLabel, 32), hkdf(sha512, secret, salt, encryptionLabel, 32)];
}

export function derivesOnOneOfTwoPaths(secret: Uint8Array, salt: Uint8Array, isServer: boolean): Uint8Array {
  if (isServer) return hkdf(sha256, secret, salt, encryptionLabel, 32);
  return hkdf(sha256, secret, salt, signingLabel, 32);
}

export function wipesSecretInBetween(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const first = hkdf(sha256, secret, salt, encryptionLabel, 32);
  secret.fill(0);
  return [first, hkdf(sha256, secret, salt, signingLabel, 32)];
}

export function increasesSaltInBetween(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const first = hkdf(sha256, secret, salt, encryptionLabel, 32);
  salt[0] = 1;
  return [first, hkdf(sha256, secret, salt, encryptionLabel, 32)];
}

export function chainsSecrets(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  let key = secret;
  key = hkdf(sha256, key, salt, encryptionLabel, 32);
  key = hkdf(sha256, key, salt, encryptionLabel, 32);
  return key;
}

export function ratchetsInLoop(secret: Uint8Array, salt: Uint8Array, rounds: number): Uint8Array {
  let key = secret;
  for (let round = 0; round < rounds; round += 1) key = hkdf(sha256, key, salt, encryptionLabel, 32);
  return key;
}

export function computesSecretEachTime(secret: () => Uint8Array, salt: Uint8Array): Uint8Array[] {
  return [hkdf(sha256, secret(), salt, encryptionLabel, 32), hkdf(sha256, secret(), salt, signingLabel, 32)];
}

export function derivesOneBlockWithNode(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const block = hkdfSync('sha256', secret, salt, encryptionLabel, 64);
  return [new Uint8Array(block, 0, 32), new Uint8Array(block, 32, 32)];
}

export function derivesWithTwoLibraries(secret: Uint8Array, salt: Uint8Array): boolean {
  const ours = hkdf(sha256, secret, salt, encryptionLabel, 32);
  const theirs = hkdfSync('sha256', secret, salt, encryptionLabel, 32);
  return Buffer.compare(ours, new Uint8Array(theirs)) === 0;
}

function deriveKey(secret: Uint8Array, salt: Uint8Array, label: Uint8Array): Uint8Array {
  return hkdf(sha256, secret, salt, label, 32);
}

export function derivesPerPeerThroughFunction(ours: Uint8Array, theirs: Uint8Array, salt: Uint8Array): Uint8Array[] {
  return [deriveKey(ours, salt, encryptionLabel), deriveKey(theirs, salt, encryptionLabel)];
}

export class KeySchedule {
  private readonly secret: Uint8Array;

  constructor(secret: Uint8Array) {
    this.secret = secret;
  }

  keysOf(other: KeySchedule): Uint8Array[] {
    return [this.derive(encryptionLabel), other.derive(encryptionLabel)];
  }

  private derive(label: Uint8Array): Uint8Array {
    return hkdf(sha256, this.secret, undefined, label, 32);
  }
}
