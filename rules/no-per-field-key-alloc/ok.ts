import { expand, hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

const INFO = Uint8Array.of(1);
const OTHER_INFO = Uint8Array.of(2);

/** One block; the keys are views of it. */
export function viewsOfOneBlock(secret: Uint8Array, salt: Uint8Array): { block: Uint8Array; encryption: Uint8Array; signing: Uint8Array; header: Uint8Array } {
  const block = hkdf(sha256, secret, salt, INFO, 96);
  return { block, encryption: block.subarray(0, 32), signing: block.subarray(32, 64), header: block.subarray(64, 96) };
}

/** Two are not several. */
export function splitsIntoTwo(secret: Uint8Array, salt: Uint8Array): { send: Uint8Array; receive: Uint8Array } {
  const block = hkdf(sha256, secret, salt, INFO, 64);
  return { send: block.slice(0, 32), receive: block.slice(32, 64) };
}

/** Nothing of it is secret. */
export function parsesHeader(frame: Uint8Array): { id: Uint8Array; root: Uint8Array; parent: Uint8Array } {
  return { id: frame.slice(0, 32), root: frame.slice(32, 64), parent: frame.slice(64, 96) };
}

/** Each is longer than a key. */
export function derivesLongBlocks(secret: Uint8Array, salt: Uint8Array): { first: Uint8Array; second: Uint8Array; third: Uint8Array } {
  return { first: hkdf(sha256, secret, salt, INFO, 128), second: hkdf(sha256, secret, salt, OTHER_INFO, 128), third: hkdf(sha256, secret, salt, secret, 128) };
}

/** Each key goes its own way. */
export function handsOneOutToEach(secret: Uint8Array, give: (key: Uint8Array) => void): void {
  give(expand(sha256, secret, INFO, 32));
  give(expand(sha256, secret, OTHER_INFO, 32));
  give(expand(sha256, secret, secret, 32));
}

/** The length is the caller's. */
export function derivesAsLongAsAsked(secret: Uint8Array, length: number): { first: Uint8Array; second: Uint8Array; third: Uint8Array } {
  return { first: expand(sha256, secret, INFO, length), second: expand(sha256, secret, OTHER_INFO, length), third: expand(sha256, secret, secret, length) };
}

/** The keys are the caller's. */
export function keepsKeysOfCaller(sendKey: Uint8Array, receiveKey: Uint8Array, headerKey: Uint8Array): { sendKey: Uint8Array; receiveKey: Uint8Array; headerKey: Uint8Array } {
  return { sendKey, receiveKey, headerKey };
}
