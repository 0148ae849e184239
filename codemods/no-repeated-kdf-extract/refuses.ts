// What the codemod must leave alone. Each function ends with the reason that it gives.
import { hkdfSync } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

const info = new Uint8Array([1]);
const otherInfo = new Uint8Array([2]);

export function usesNodeCrypto(secret: Uint8Array, salt: Uint8Array): ArrayBuffer[] {
  const first = hkdfSync('sha256', secret, salt, info, 32);
  const second = hkdfSync('sha256', secret, salt, otherInfo, 32);
  return [first, second];
  // refuses: derives with node:crypto, which offers no expand step of its own
}

export function usesTwoHashes(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const first = hkdf(sha256, secret, salt, info, 32);
  const second = hkdf(sha512, secret, salt, otherInfo, 32);
  return [first, second];
  // refuses: the derivations are written with different inputs
}

export function wipesTheSecretInBetween(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const first = hkdf(sha256, secret, salt, info, 32);
  secret.fill(0);
  const second = hkdf(sha256, secret, salt, otherInfo, 32);
  return [first, second];
  // refuses: secret is used between the derivations, which may change it
}

export function writesTheSecretBefore(secret: Uint8Array, salt: Uint8Array): unknown[] {
  const same = secret;
  return [same.fill(3).length, hkdf(sha256, secret, salt, info, 32), hkdf(sha256, secret, salt, otherInfo, 32)];
  // refuses: something is called or assigned in the statement of the first derivation before it
}

export function passesTheSaltOnInBetween(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  const first = hkdf(sha256, secret, salt, info, 32);
  const second = hkdf(sha256, secret, salt, increment(salt), 32);
  return [first, second];
  // refuses: salt is used between the derivations, which may change it
}

export function computesTheSecretEachTime(secret: () => Uint8Array, salt: Uint8Array): Uint8Array[] {
  const first = hkdf(sha256, secret(), salt, info, 32);
  const second = hkdf(sha256, secret(), salt, otherInfo, 32);
  return [first, second];
  // refuses: hash, key material or salt is computed in the call, and might be new each time
}

export async function waitsInBetween(secret: Uint8Array, salt: Uint8Array, write: (key: Uint8Array) => Promise<void>): Promise<Uint8Array[]> {
  const first = hkdf(sha256, secret, salt, info, 32);
  await write(first);
  const second = hkdf(sha256, secret, salt, otherInfo, 32);
  return [first, second];
  // refuses: the function is suspended between the derivations, while the extracted key would stay in memory
}

export function* yieldsInBetween(secret: Uint8Array, salt: Uint8Array): Generator<Uint8Array> {
  yield hkdf(sha256, secret, salt, info, 32);
  yield hkdf(sha256, secret, salt, otherInfo, 32);
  // refuses: the function is suspended between the derivations
}

export function derivesOnlySometimes(secret: Uint8Array, salt: Uint8Array, isNeeded: boolean): (Uint8Array | null)[] {
  const first = isNeeded ? hkdf(sha256, secret, salt, info, 32) : null;
  const second = hkdf(sha256, secret, salt, otherInfo, 32);
  return [first, second];
  // refuses: the first derivation does not always run
}

export const derivesInAnExpression = (secret: Uint8Array, salt: Uint8Array): Uint8Array[] => [
  hkdf(sha256, secret, salt, info, 32),
  hkdf(sha256, secret, salt, otherInfo, 32),
  // refuses: the derivations are not statements of one block
];

export function derivesInCallbacks(secret: Uint8Array, salt: Uint8Array): (() => Uint8Array)[] {
  const first = (): Uint8Array => hkdf(sha256, secret, salt, info, 32);
  const second = (): Uint8Array => hkdf(sha256, secret, salt, otherInfo, 32);
  return [first, second];
  // refuses: the derivations are not statements of one block
}

export function declaresOtherThingsInBetween(secret: Uint8Array, salt: Uint8Array): number {
  const first = hkdf(sha256, secret, salt, info, 32);
  const total = first.reduce((sum, byte) => sum + byte, 0);
  const second = hkdf(sha256, secret, salt, otherInfo, 32);
  return total + second.length;
  // refuses: total is declared between the derivations and used after them
}

export function changesTheSecretFromACallback(secret: Uint8Array, salt: Uint8Array, onKey: (replace: () => void) => Uint8Array): Uint8Array[] {
  const first = hkdf(sha256, secret, salt, info, 32);
  const second = hkdf(sha256, secret, salt, onKey(replace), 32);
  return [first, second];

  function replace(): void {
    secret = new Uint8Array(32);
  }
  // refuses: secret is assigned by another function
}

export function spreadsItsArguments(inputs: readonly [Uint8Array, Uint8Array, Uint8Array, number]): Uint8Array[] {
  const first = hkdf(sha256, ...inputs);
  const second = hkdf(sha256, ...inputs);
  return [first, second];
  // refuses: a derivation does not pass its five arguments one by one
}

function increment(bytes: Uint8Array): Uint8Array {
  bytes[0]! += 1;
  return bytes;
}
