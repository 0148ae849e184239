/** Conversions that no-copying-view-conversion leaves alone: copies that are needed, other kinds of arguments, and views. */
import { createHash } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';

/** A view already. */
export function readsThroughView(packet: Uint8Array): number {
  return Buffer.from(packet.buffer, packet.byteOffset, packet.byteLength).readUInt32BE(0);
}

/** Not bytes: texts, lists, lengths, buffers. */
export function makesBytes(text: string, list: readonly number[], length: number, store: ArrayBuffer): number {
  return Buffer.from(text)[0]! + Buffer.from(list)[0]! + new Uint8Array(length)[0]! + new Uint8Array(store)[0]! + Uint8Array.from(list)[0]!;
}

/** Something that may be a text. */
export function readsEither(input: string | Uint8Array): number {
  const bytes = typeof input === 'string' ? Buffer.from(input) : input;
  return bytes[0]!;
}

/** Wider elements are converted one by one. */
export function narrows(words: Uint16Array): number {
  const bytes = Uint8Array.from(words);
  return bytes[0]! + bytes[1]!;
}

/** The copy is changed. */
export function changesCopy(packet: Uint8Array): string {
  const buffer = Buffer.from(packet);
  buffer.swap16();
  return buffer.toString('hex');
}

/** The source is changed while the copy is in use. */
export function changesSource(packet: Uint8Array): string {
  const before = Buffer.from(packet);
  packet.fill(0);
  return before.toString('hex');
}

/** Returned: the caller gets bytes of its own. */
export function copiesForCaller(packet: Buffer): Uint8Array {
  return new Uint8Array(packet);
}

/** Kept. */
export class Keeper {
  private readonly key: Buffer;

  constructor(key: Uint8Array) {
    this.key = Buffer.from(key);
  }

  get length(): number {
    return this.key.length;
  }
}

/** Wiped: the key is not to be. */
export function wipesCopy(key: Uint8Array): Buffer {
  const copy = Buffer.from(key);
  const digest = createHash('sha256').update(copy).digest();
  copy.fill(0);
  return digest;
}

/** The caller may change the packet meanwhile. */
export async function waits(packet: Uint8Array, ready: Promise<void>): Promise<string> {
  const copy = Buffer.from(packet);
  await ready;
  return copy.toString('hex');
}

/** Handed to code that nobody sees. */
export function handsOver(packet: Uint8Array, sink: (bytes: Buffer) => void): void {
  sink(Buffer.from(packet));
}

/** The whole store is looked at. */
export function ownStore(packet: Buffer): ArrayBuffer {
  return new Uint8Array(packet).buffer;
}

/** Shared memory: a snapshot. */
export function snapshots(store: SharedArrayBuffer): number {
  const snapshot = Buffer.from(new Uint8Array(store));
  return snapshot.readUInt32BE(0) + snapshot.readUInt32BE(0);
}

/** Short, and the view would move it off the V8 heap. */
export function readsDigest(message: Uint8Array): number {
  const digest = sha256(message);
  const first = Buffer.from(digest).readUInt32BE(0);
  return first + digest[4]!;
}

/** Fresh bytes that die with the copy: no-copy-of-fresh-bytes. */
export function printsDigest(message: Uint8Array): string {
  return Buffer.from(sha256(message)).toString('hex');
}

/** The author does not believe the declared type. */
export function mendsArgument(left: Buffer): number {
  const buffer = Buffer.isBuffer(left) ? left : Buffer.from(left);
  return buffer[0]!;
}

/** Nor here. */
export function mendsAnything(input: Uint8Array): number {
  let bytes = input;
  if (!(input instanceof Uint8Array)) bytes = Uint8Array.from(input);
  return bytes[0]!;
}

/** Runs once. */
const table = new Uint8Array(4096).fill(7);
export const tableStart = Buffer.from(table).readUInt32BE(0);

/** The test does not keep what is no Buffer away from the copy: the author doubts the type. */
export function warnsOnly(body: Buffer, warn: () => void): number {
  if (!Buffer.isBuffer(body)) warn();
  const bytes = Buffer.from(body);
  return bytes.readUInt16BE(0) + bytes.readUInt16BE(2);
}
