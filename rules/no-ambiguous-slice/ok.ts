/** Slices that no-ambiguous-slice leaves alone. */
import { createHash } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';

/** Only read: a copy and a view read the same. */
export function hashesBody(packet: Uint8Array): string {
  const body = packet.slice(4);
  return createHash('sha256').update(body).digest('hex') + String(body.length);
}

/** Read before the source is written. */
export function readsThenWipes(secret: Uint8Array): number {
  const head = secret.slice(0, 4);
  const first = head[0]!;
  secret.fill(0);
  return first;
}

/** Says that it copies. */
export function copiesForSure(packet: Uint8Array): Uint8Array {
  return Uint8Array.prototype.slice.call(packet, 0, 4);
}

/** Says that it is a view. */
export function viewsForSure(packet: Uint8Array): Uint8Array {
  return packet.subarray(0, 4);
}

/** Copies whatever comes in. */
export function copiesByConstruction(packet: Uint8Array): Uint8Array {
  return new Uint8Array(packet);
}

/** A declared Buffer: the author knows that it is a view. */
export function viewsBuffer(packet: Buffer): Buffer {
  return packet.slice(0, 4);
}

/** Made here by a producer of plain Uint8Arrays. */
export function truncatesHash(message: Uint8Array): Uint8Array {
  return sha256(message).slice(0, 16);
}

/** Made here. */
export function copiesOwn(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return bytes.slice(0, 8);
}

/** Other classes have one slice only. */
export function copiesWords(words: Uint32Array): Uint32Array {
  return words.slice(0, 4);
}

/** Texts and arrays have a slice too. */
export function shortens(text: string, list: readonly number[]): [string, number[]] {
  return [text.slice(0, 4), list.slice(0, 4)];
}

/** Not callable from outside: what it is given is in sight. */
function tailOf(bytes: Uint8Array): Uint8Array {
  return bytes.slice(4);
}

export function tailOfHash(message: Uint8Array): Uint8Array {
  return tailOf(sha256(message));
}

/**
 * The caller gives the bytes up.
 * @takesOwnership packet
 */
export function takesBody(packet: Uint8Array): Uint8Array {
  return packet.slice(4);
}

/** The copy replaces a Buffer by hand. */
export function copiesPlain(packet: Uint8Array): Uint8Array {
  const plain = Buffer.isBuffer(packet) ? new Uint8Array(packet) : new Uint8Array(packet);
  return plain.slice(4);
}
