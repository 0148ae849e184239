/** Copies that no-copy-of-fresh-bytes leaves alone: of bytes that somebody else holds, uses later, or that lie in the slab. */
import { createHash, randomFillSync } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';

/** Not fresh: the caller holds them. */
export function copiesParameter(packet: Uint8Array): Uint8Array {
  return new Uint8Array(packet);
}

/** The full buffer is wiped behind the copy. */
export function copiesAndWipes(message: Uint8Array): Uint8Array {
  const digest = sha256(message);
  const result = digest.slice();
  digest.fill(0);
  return result;
}

/** Wiped in a finally block. */
export function copiesBeforeWipe(message: Uint8Array): Uint8Array {
  const digest = sha256(message);
  try {
    return digest.slice();
  } finally {
    digest.fill(0);
  }
}

/** Both are used. */
export function keepsBoth(message: Uint8Array): { readonly left: Uint8Array; readonly right: Uint8Array } {
  const left = sha256(message);
  const right = left.slice();
  return { left, right };
}

/** A part of fresh bytes, which keeps the rest alive no longer. */
export function truncates(message: Uint8Array): Uint8Array {
  return sha256(message).slice(0, 16);
}

/** Pooled: the copy leaves the slab. */
export function leavesSlab(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'hex'));
}

/** Pooled by a join. */
export function joinsAndLeavesSlab(left: Uint8Array, right: Uint8Array): Uint8Array {
  return new Uint8Array(Buffer.concat([left, right]));
}

/** Kept by the producer. */
export class Cache {
  private last = new Uint8Array(0);

  private compute(message: Uint8Array): Uint8Array {
    const made = new Uint8Array(message.length * 2);
    made.set(message);
    this.last = made;
    return made;
  }

  result(message: Uint8Array): Uint8Array {
    return this.compute(message).slice();
  }

  get size(): number {
    return this.last.length;
  }
}

/** One template, a copy per round. */
export function stamps(count: number): Uint8Array[] {
  const template = new Uint8Array(256);
  const made: Uint8Array[] = [];
  for (let index = 0; index < count; index += 1) {
    template[0] = index;
    made.push(template.slice());
  }
  return made;
}

/** A scratch that the function fills again. */
export function drawsTwice(): Uint8Array[] {
  const scratch = new Uint8Array(128);
  randomFillSync(scratch);
  const first = scratch.slice();
  randomFillSync(scratch);
  return [first, scratch];
}

/** Kept by a closure. */
export function sharesWithClosure(message: Uint8Array): [() => number, Uint8Array] {
  const digest = sha256(message);
  return [() => digest[0]!, digest.slice()];
}

/** Put into a list before the copy. */
export function sharesWithList(message: Uint8Array): number {
  const digest = sha256(message);
  const list = [digest];
  const copy = digest.slice();
  list[0]!.fill(0);
  return copy[0]!;
}

/** Several parts. */
export function joins(left: Buffer, right: Buffer): Buffer {
  return Buffer.concat([left, right]);
}

/** One part that the caller holds, and a result that leaves. */
export function joinsOneForCaller(chunk: Buffer): Buffer {
  return Buffer.concat([chunk]);
}

/** A list of unknown length. */
export function joinsList(chunks: readonly Buffer[]): Buffer {
  return Buffer.concat(chunks);
}

/** A view is no copy. */
export function viewsDigest(message: Uint8Array): Uint8Array {
  const digest = createHash('sha256').update(message).digest();
  return new Uint8Array(digest.buffer, digest.byteOffset, digest.byteLength);
}

/** A Buffer of 32 bytes on the V8 heap: the view would cost more than the copy. */
export function asBuffer(message: Uint8Array): Buffer {
  const digest = sha256(message);
  return Buffer.from(digest);
}

/** Runs once. */
const seed = sha256(new Uint8Array(32));
export const constant = seed.slice();
