// What no-slice-into-sync-sink leaves alone: views, copies that are needed, and places where nobody can tell.
import { createHash } from 'node:crypto';
import type { Hash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import type { Writable } from 'node:stream';

export function hashesView(frame: Uint8Array): Buffer {
  return createHash('sha256').update(frame.subarray(4)).digest();
}

export function hashesWhole(frame: Uint8Array): Buffer {
  return createHash('sha256').update(frame).digest();
}

/** A later argument clears the source before the sink reads. */
export function comparesWithLaterWriter(block: Uint8Array): number {
  return Buffer.compare(block.slice(0, 100), block.fill(0));
}

/** The class of the receiver is not known: a string, an array or bytes. */
export function updatesWithAmbiguousReceiver(hash: Hash, chunk: { slice(start: number): Uint8Array }): void {
  hash.update(chunk.slice(4));
}

/** `slice` of a Buffer is a view already. */
export function hashesPartOfBuffer(frame: Buffer): Buffer {
  return createHash('sha256').update(frame.slice(4)).digest();
}

export function hashesPartOfString(text: string): Buffer {
  return createHash('sha256').update(text.slice(4)).digest();
}

/** 64 bytes and less stay on the V8 heap, where a view saves nothing that matters. */
export function hashesSmallHeader(frame: Uint8Array): Buffer {
  return createHash('sha256').update(frame.slice(0, 64)).digest();
}

/** The stream keeps the bytes until they are written. */
export function writesToStream(stream: Writable, frame: Uint8Array): void {
  stream.write(frame.slice(4));
}

/** The digest is computed after the call returned, and the caller may reuse the frame meanwhile. */
export async function digestsLater(frame: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', frame.slice(4));
}

/** Nobody knows what the callee does with the bytes. */
export function passesToUnknown(consume: (bytes: Uint8Array) => void, frame: Uint8Array): void {
  consume(frame.slice(4));
}

/** Another thread may write shared memory while it is hashed. */
export function hashesSharedMemory(): Buffer {
  const shared = new Uint8Array(new SharedArrayBuffer(1024));
  return createHash('sha256').update(shared.slice(0, 512)).digest();
}

class Frame extends Uint8Array {
  override slice(): Uint8Array<ArrayBuffer> {
    return new Uint8Array(super.slice());
  }
}

/** A subclass may do anything in its `slice`. */
export function hashesSubclass(): Buffer {
  const frame = new Frame(512);
  return createHash('sha256').update(frame.slice()).digest();
}

/** The copy is kept, not only read. */
export function hashesAndKeeps(frame: Uint8Array, kept: Uint8Array[]): Buffer {
  const payload = frame.slice(4);
  kept.push(payload);
  return createHash('sha256').update(payload).digest();
}

/** The view that is written here belongs to someone else. */
export function writesFile(path: string, frame: Uint8Array): void {
  writeFileSync(path, frame.subarray(4));
}

/** Whatever `next` is, it may write the frame before the sink reads: nobody can tell without seeing it. */
export function comparesBeforeUnknownCall(frame: Uint8Array, next: () => Uint8Array): number {
  return Buffer.compare(frame.slice(0, 100), next());
}
