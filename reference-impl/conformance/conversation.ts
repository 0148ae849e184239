/**
 * Small pieces that every conformance suite needs: peers, fixed inputs, expected errors.
 */

import { expect } from 'vitest';
import type { BackendName, ConfigUnderTest, Schedule, SessionImplementation, SessionUnderTest } from './implementation.js';

/** Every pair of key schedule and backend; the suites run on all four. */
export const VARIATIONS: readonly { readonly schedule: Schedule; readonly backend: BackendName }[] = [
  { schedule: 'v1', backend: 'noble' },
  { schedule: 'v1', backend: 'node' },
  { schedule: 'v2', backend: 'noble' },
  { schedule: 'v2', backend: 'node' },
];

export const SECRET = bytesOf(32, 7);
export const SALT = bytesOf(32, 91);

export interface Peers {
  readonly client: SessionUnderTest;
  readonly server: SessionUnderTest;
}

/** Both ends of one handshake. */
export function openPeers(implementation: SessionImplementation, config: ConfigUnderTest): Peers {
  return {
    client: new implementation.SecureSession({ sharedSecret: SECRET, salt: SALT, role: 'client' }, config),
    server: new implementation.SecureSession({ sharedSecret: SECRET, salt: SALT, role: 'server' }, config),
  };
}

/** A fixed sequence of bytes that differs per seed. */
export function bytesOf(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 17 + 5) & 0xff);
}

export function utf8(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text));
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}

export function unhex(text: string): Uint8Array {
  return Uint8Array.from(Buffer.from(text.replace(/\s/g, ''), 'hex'));
}

/** A copy of `bytes` with one bit changed. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const changed = Uint8Array.from(bytes);
  const index = bit >> 3;
  changed[index] = (changed[index] ?? 0) ^ (1 << (bit & 7));
  return changed;
}

/** Asserts that `act` throws an error of this code. */
export function expectCode(code: string, act: () => unknown): void {
  expect(act).toThrow(expect.objectContaining({ code }));
}

/** A clock that stands still until it is told otherwise. */
export interface ManualClock {
  readonly now: () => number;
  advance(milliseconds: number): void;
}

export function manualClock(): ManualClock {
  let time = 1_000_000;
  return {
    now: () => time,
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}
