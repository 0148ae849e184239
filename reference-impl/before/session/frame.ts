/**
 * The layout of frames on the wire.
 *
 * Owns lengths, the order of the parts, and what is malformed.
 *
 * - A session frame is `nonce (12) || ciphertext || tag (16)`.
 * - A directional frame is `sequence (8, big-endian) || nonce (12) || ciphertext || tag (16)`.
 *
 * Leaves authentication to `aead.ts`: a parsed frame is not yet a trusted one.
 */

import { TAG_LENGTH } from './aead.js';
import { MalformedFrameError } from './errors.js';
import { NONCE_LENGTH } from './nonce.js';

/** Bytes of the sequence number in front of a directional frame. */
export const SEQUENCE_LENGTH = 8;

/** Bytes that a session frame adds to its plaintext. */
export const SESSION_FRAME_OVERHEAD = NONCE_LENGTH + TAG_LENGTH;

/** Bytes that a directional frame adds to its plaintext. */
export const DIRECTIONAL_FRAME_OVERHEAD = SEQUENCE_LENGTH + SESSION_FRAME_OVERHEAD;

/** The parts of a session frame. */
export interface SessionFrame {
  /** 12 bytes. */
  readonly nonce: Uint8Array;
  /** `ciphertext || tag`, at least 16 bytes. */
  readonly sealed: Uint8Array;
}

/** The parts of a directional frame. */
export interface DirectionalFrame extends SessionFrame {
  /** 0 to 2^53 - 1. */
  readonly sequence: number;
}

/**
 * Splits a session frame.
 * @throws MalformedFrameError when the frame is shorter than its overhead
 */
export function parseSessionFrame(frame: Uint8Array): SessionFrame {
  if (frame.length < SESSION_FRAME_OVERHEAD) {
    throw new MalformedFrameError(`frame has ${frame.length} bytes, at least ${SESSION_FRAME_OVERHEAD} are needed`);
  }
  return {
    nonce: frame.slice(0, NONCE_LENGTH),
    sealed: frame.slice(NONCE_LENGTH),
  };
}

/**
 * Splits a directional frame.
 * @throws MalformedFrameError when the frame is shorter than its overhead or its sequence number exceeds 2^53 - 1
 */
export function parseDirectionalFrame(frame: Uint8Array): DirectionalFrame {
  if (frame.length < DIRECTIONAL_FRAME_OVERHEAD) {
    throw new MalformedFrameError(`frame has ${frame.length} bytes, at least ${DIRECTIONAL_FRAME_OVERHEAD} are needed`);
  }
  const sequence = new DataView(frame.buffer, frame.byteOffset, frame.byteLength).getBigUint64(0);
  if (sequence > BigInt(Number.MAX_SAFE_INTEGER)) {
    throw new MalformedFrameError('sequence number exceeds 2^53 - 1');
  }
  return {
    sequence: Number(sequence),
    nonce: frame.slice(SEQUENCE_LENGTH, SEQUENCE_LENGTH + NONCE_LENGTH),
    sealed: frame.slice(SEQUENCE_LENGTH + NONCE_LENGTH),
  };
}

/** Writes a sequence number at the start of `target`, 8 bytes, big-endian. */
export function writeSequence(target: Uint8Array, sequence: number): void {
  new DataView(target.buffer, target.byteOffset, target.byteLength).setBigUint64(0, BigInt(sequence));
}
