/**
 * What a frame is bound to besides its plaintext, and what a signature covers.
 *
 * Owns the two unambiguous encodings:
 *
 * - Associated data is `SHA-256(label (20) || binding (32) || channel (1) || epoch (4) || sequence (8) || caller's data)`.
 *   Only the last part varies in length, so the parse is unique.
 *   It is hashed to 32 bytes because some AEAD implementations take no more.
 * - Covered data is, for each part, `length (4, big-endian) || part`.
 *
 * Leaves the choice of keys to `session.ts`.
 */

import { createHash } from 'node:crypto';

/** Which key seals a frame: the one of both peers, or that of one direction. */
export type Channel = 'session' | 'c2s' | 's2c';

const ASSOCIATED_DATA_LABEL = 'scrimp/session/ad/v1';
const CHANNEL_CODES: Readonly<Record<Channel, number>> = { session: 0, c2s: 1, s2c: 2 };
const BINDING_OFFSET = 20;
const CHANNEL_OFFSET = 52;
const EPOCH_OFFSET = 53;
const SEQUENCE_OFFSET = 57;
const FIXED_LENGTH = 65;

/**
 * Hashes everything that a frame is bound to. Returns 32 bytes.
 * @param binding 32 bytes that name the session, see `sessionBinding`
 * @param sequence 0 for session frames
 */
export function digestAssociatedData(
  binding: Uint8Array,
  channel: Channel,
  epoch: number,
  sequence: number,
  callerData: Uint8Array,
): Uint8Array {
  const input = new Uint8Array(FIXED_LENGTH + callerData.length);
  const view = new DataView(input.buffer);
  input.set(new TextEncoder().encode(ASSOCIATED_DATA_LABEL), 0);
  input.set(binding, BINDING_OFFSET);
  input[CHANNEL_OFFSET] = CHANNEL_CODES[channel];
  view.setUint32(EPOCH_OFFSET, epoch);
  view.setBigUint64(SEQUENCE_OFFSET, BigInt(sequence));
  input.set(callerData, FIXED_LENGTH);
  return createHash('sha256').update(input).digest();
}

/** Joins the covered parts, each behind its length, into one array. */
export function encodeCoveredData(parts: readonly Uint8Array[]): Uint8Array {
  const encoded: Uint8Array[] = [];
  for (const part of parts) {
    const length = new Uint8Array(4);
    new DataView(length.buffer).setUint32(0, part.length);
    encoded.push(length, part);
  }
  return Buffer.concat(encoded);
}
