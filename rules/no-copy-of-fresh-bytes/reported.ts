/** What no-copy-of-fresh-bytes reports: copies of bytes that were just made. */
import { createHash, randomBytes } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';

/** noble returns a plain Uint8Array of its own. */
export function hashesWithNoble(message: Uint8Array): Uint8Array {
  return sha256(message).slice();
  //~^ copy proven
}

/** The same through a constructor. */
export function wrapsNoble(message: Uint8Array): Uint8Array {
  return new Uint8Array(sha256(message));
  //~^ copy proven
}

/** digest() gives a Buffer: the caller could tell. */
export function convertsDigest(message: Uint8Array): Uint8Array {
  return new Uint8Array(createHash('sha256').update(message).digest());
  //~^ class possible
}

/** The same with a name, which a view can be made of. */
export function convertsNamedDigest(message: Uint8Array): Uint8Array {
  const digest = createHash('sha256').update(message).digest();
  return new Uint8Array(digest);
  //~^ class proven
}

/** Nobody can tell the class of what stays inside. */
export function sumsDigest(message: Uint8Array): number {
  const bytes = new Uint8Array(createHash('sha256').update(message).digest());
  //~^ copy proven
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 1) sum += bytes[index]!;
  return sum;
}

/** A Buffer of a Buffer. */
export function copiesRandom(length: number): Buffer {
  return Buffer.from(randomBytes(length));
  //~^ copy proven
}

/** The producer is a function of the program, whose summary says that its bytes are fresh. */
function encodeHeader(kind: number, length: number): Uint8Array {
  const header = new Uint8Array(5);
  header[0] = kind;
  new DataView(header.buffer).setUint32(1, length);
  return header;
}

export function makesHeader(kind: number, length: number): Uint8Array {
  const header = encodeHeader(kind, length);
  return header.slice();
  //~^ copy proven
}

/** Filled first, copied at the end. */
export function fillsAndCopies(parts: readonly Uint8Array[]): Uint8Array {
  const out = new Uint8Array(256);
  let offset = 0;
  for (const part of parts) {
    out.set(part, offset);
    offset += part.length;
  }
  return out.slice();
  //~^ copy proven
}

/** A copy of a copy. */
export function copiesTwice(packet: Uint8Array): Uint8Array {
  return new Uint8Array(Uint8Array.from(packet));
  //~^ copy proven
}

/** Nothing to join. */
export function joinsOne(chunk: Buffer): string {
  return Buffer.concat([chunk]).toString('utf8');
  //~^ single likely
}

/** Nothing to join, and the part is fresh. */
export function joinsDigest(message: Uint8Array): Buffer {
  return Buffer.concat([createHash('sha256').update(message).digest()]);
  //~^ copy proven
}

/** A view for who needs a Buffer. */
export function asBuffer(words: readonly number[]): Buffer {
  const out = new Uint8Array(512);
  for (const [index, word] of words.entries()) out[index] = word;
  return Buffer.from(out);
  //~^ class proven
}
