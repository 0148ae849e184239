/**
 * The key schedule: from the shared secret of a handshake to the six keys of a session.
 *
 * Owns the labels, the two versions of the schedule, the keys of later epochs, and wiping.
 * HKDF is RFC 5869 with SHA-256 throughout: `PRK = HMAC(salt, secret)`, then one expansion per label.
 * Leaves the use of the keys to `session.ts`.
 */

import { hkdfSync } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import type { Backend, KeyScheduleVersion } from './config.js';

/** Bytes per key. ChaCha20 (RFC 8439, 2.3) and HMAC-SHA-256 (RFC 2104) both take 32. */
export const KEY_LENGTH = 32;

/** Bytes of all six keys together. */
export const KEY_BLOCK_LENGTH = 6 * KEY_LENGTH;

/** The keys of one epoch, 32 bytes each. Whoever derived them must wipe them. */
export interface SessionKeys {
  /** Seals frames that either peer may open. */
  readonly encryption: Uint8Array;
  /** Signs data that either peer may verify. */
  readonly signing: Uint8Array;
  /** Seals frames from the client to the server. */
  readonly clientToServerEncryption: Uint8Array;
  /** Signs data from the client to the server. */
  readonly clientToServerSigning: Uint8Array;
  /** Seals frames from the server to the client. */
  readonly serverToClientEncryption: Uint8Array;
  /** Signs data from the server to the client. */
  readonly serverToClientSigning: Uint8Array;
}

/**
 * Derives the keys of epoch 0.
 * @param secret the shared secret, at least 32 bytes
 * @param salt the public salt of the handshake
 */
export function deriveSessionKeys(
  schedule: KeyScheduleVersion,
  backend: Backend,
  secret: Uint8Array,
  salt: Uint8Array,
): SessionKeys {
  if (schedule === 'v2') return deriveTwoLabelKeys(backend, secret, salt);
  if (backend === 'noble') return deriveSixLabelKeysWithNoble(secret, salt);
  return deriveSixLabelKeysWithNode(secret, salt);
}

/**
 * Derives the keys of a later epoch: one expansion of 192 bytes under a label that names schedule and epoch.
 *
 * Epochs bound how much data one key protects.
 * They are not a ratchet: who learns the shared secret learns the keys of every epoch.
 */
export function deriveRotatedKeys(
  schedule: KeyScheduleVersion,
  backend: Backend,
  secret: Uint8Array,
  salt: Uint8Array,
  epoch: number,
): SessionKeys {
  const info = new TextEncoder().encode(`rotate|${schedule}|${epoch}`);
  const block = hkdfSha256(backend, secret, salt, info, KEY_BLOCK_LENGTH);
  const keys: SessionKeys = {
    encryption: block.slice(0, 32),
    signing: block.slice(32, 64),
    clientToServerEncryption: block.slice(64, 96),
    clientToServerSigning: block.slice(96, 128),
    serverToClientEncryption: block.slice(128, 160),
    serverToClientSigning: block.slice(160, 192),
  };
  block.fill(0);
  return keys;
}

/** HKDF-SHA-256, extract and expand (RFC 5869, 2.2 and 2.3). Returns `length` fresh bytes. */
export function hkdfSha256(
  backend: Backend,
  secret: Uint8Array,
  salt: Uint8Array,
  info: Uint8Array,
  length: number,
): Uint8Array {
  if (backend === 'noble') return hkdf(sha256, secret, salt, info, length);
  return new Uint8Array(hkdfSync('sha256', secret, salt, info, length));
}

/** Overwrites all six keys with zeros. */
export function wipeSessionKeys(keys: SessionKeys): void {
  keys.encryption.fill(0);
  keys.signing.fill(0);
  keys.clientToServerEncryption.fill(0);
  keys.clientToServerSigning.fill(0);
  keys.serverToClientEncryption.fill(0);
  keys.serverToClientSigning.fill(0);
}

function deriveSixLabelKeysWithNoble(secret: Uint8Array, salt: Uint8Array): SessionKeys {
  const encryption = hkdf(sha256, secret, salt, sessionLabel('encryption'), KEY_LENGTH);
  const signing = hkdf(sha256, secret, salt, sessionLabel('signing'), KEY_LENGTH);
  const clientToServerEncryption = hkdf(sha256, secret, salt, directionalLabel('c2s', 'enc'), KEY_LENGTH);
  const clientToServerSigning = hkdf(sha256, secret, salt, directionalLabel('c2s', 'sign'), KEY_LENGTH);
  const serverToClientEncryption = hkdf(sha256, secret, salt, directionalLabel('s2c', 'enc'), KEY_LENGTH);
  const serverToClientSigning = hkdf(sha256, secret, salt, directionalLabel('s2c', 'sign'), KEY_LENGTH);
  return {
    encryption,
    signing,
    clientToServerEncryption,
    clientToServerSigning,
    serverToClientEncryption,
    serverToClientSigning,
  };
}

function deriveSixLabelKeysWithNode(secret: Uint8Array, salt: Uint8Array): SessionKeys {
  const encryption = hkdfSync('sha256', secret, salt, sessionLabel('encryption'), KEY_LENGTH);
  const signing = hkdfSync('sha256', secret, salt, sessionLabel('signing'), KEY_LENGTH);
  const clientToServerEncryption = hkdfSync('sha256', secret, salt, directionalLabel('c2s', 'enc'), KEY_LENGTH);
  const clientToServerSigning = hkdfSync('sha256', secret, salt, directionalLabel('c2s', 'sign'), KEY_LENGTH);
  const serverToClientEncryption = hkdfSync('sha256', secret, salt, directionalLabel('s2c', 'enc'), KEY_LENGTH);
  const serverToClientSigning = hkdfSync('sha256', secret, salt, directionalLabel('s2c', 'sign'), KEY_LENGTH);
  return {
    encryption: new Uint8Array(encryption),
    signing: new Uint8Array(signing),
    clientToServerEncryption: new Uint8Array(clientToServerEncryption),
    clientToServerSigning: new Uint8Array(clientToServerSigning),
    serverToClientEncryption: new Uint8Array(serverToClientEncryption),
    serverToClientSigning: new Uint8Array(serverToClientSigning),
  };
}

function deriveTwoLabelKeys(backend: Backend, secret: Uint8Array, salt: Uint8Array): SessionKeys {
  const sessionInfo = new TextEncoder().encode('session-keys|v2');
  const directionalInfo = new TextEncoder().encode('directional-keys|v2');
  const sessionBlock = hkdfSha256(backend, secret, salt, sessionInfo, 64);
  const directionalBlock = hkdfSha256(backend, secret, salt, directionalInfo, 128);
  const keys: SessionKeys = {
    encryption: sessionBlock.slice(0, 32),
    signing: sessionBlock.slice(32, 64),
    clientToServerEncryption: directionalBlock.slice(0, 32),
    clientToServerSigning: directionalBlock.slice(32, 64),
    serverToClientEncryption: directionalBlock.slice(64, 96),
    serverToClientSigning: directionalBlock.slice(96, 128),
  };
  sessionBlock.fill(0);
  directionalBlock.fill(0);
  return keys;
}

/** The info bytes of a key that has no direction (RFC 5869, 3.2). */
function sessionLabel(purpose: 'encryption' | 'signing'): Uint8Array {
  return new TextEncoder().encode(`${purpose}|v1`);
}

/** The info bytes of a key that has a direction. */
function directionalLabel(direction: 'c2s' | 's2c', purpose: 'enc' | 'sign'): Uint8Array {
  return new TextEncoder().encode(`${direction}|${purpose}|v1`);
}
