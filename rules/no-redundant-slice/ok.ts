/** Slices that no-redundant-slice leaves alone: copies that are needed, copies that cost nothing, and what other rules own. */
import { createHash } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { sha256 } from '@noble/hashes/sha2.js';

/** The copy is changed. */
export function changesCopy(packet: Uint8Array): number {
  const body = packet.slice(4, 1028);
  body[0] = 0;
  return body.reduce((sum, byte) => sum + byte, 0);
}

/** Changed through an alias. */
export function changesAlias(packet: Uint8Array): number {
  const body = packet.slice(4, 1028);
  const alias = body;
  alias.fill(0, 0, 8);
  return body[0]! + body[1]!;
}

/** Changed through a view of the copy. */
export function changesView(packet: Uint8Array): number {
  const body = packet.slice(4, 1028);
  body.subarray(8).reverse();
  return body[9]!;
}

/** Changed in place by an operator. */
export function masksCopy(packet: Uint8Array): number {
  const body = packet.slice(0, 512);
  for (let index = 0; index < body.length; index += 1) body[index]! &= 0x7f;
  return body[3]!;
}

/** Changed by a function of the program. */
function unmask(bytes: Uint8Array): void {
  for (let index = 0; index < bytes.length; index += 1) bytes[index]! ^= 0x55;
}

export function changesInCallee(packet: Uint8Array): number {
  const body = packet.slice(0, 512);
  unmask(body);
  return body[3]!;
}

/** The source is changed while the copy is in use. */
export function changesSource(packet: Uint8Array): number {
  const before = packet.slice(0, 512);
  packet.reverse();
  return before[0]! - packet[0]!;
}

/** A later argument changes the source. */
export function changesInArgument(packet: Uint8Array): string {
  return describe(packet.slice(0, 512), packet.fill(0));
}

function describe(left: Uint8Array, right: Uint8Array): string {
  return `${left[0] ?? 0} ${right[0] ?? 0}`;
}

/** A finally block changes the source before the last reader. */
export function changesInFinally(secret: Uint8Array): string {
  const copy = secret.slice(0, 128);
  try {
    if (copy[0] === 0) throw new RangeError('empty');
  } finally {
    secret.fill(0);
  }
  return createHash('sha256').update(copy).update(String(copy.length)).digest('hex');
}

/** Another parameter may be the same memory. */
export function writesElsewhere(packet: Uint8Array, out: Uint8Array): number {
  const body = packet.slice(0, 512);
  out.fill(0);
  return body[0]!;
}

/** Kept in a field. */
export class Holder {
  private last = new Uint8Array(0);

  keep(packet: Uint8Array): void {
    this.last = packet.slice(16, 1040);
  }

  get length(): number {
    return this.last.length;
  }
}

/** Kept in a collection. */
export function collects(packets: Iterable<Uint8Array>): Map<number, Uint8Array> {
  const heads = new Map<number, Uint8Array>();
  for (const packet of packets) heads.set(packet.length, packet.slice(0, 512));
  return heads;
}

/** Kept by a closure. */
export function defers(packet: Uint8Array): () => number {
  const body = packet.slice(16, 1040);
  return () => body[0]! + body.length;
}

/** Returned over an exported boundary. */
export function returnsCopy(packet: Uint8Array): Uint8Array {
  return packet.slice(16, 1040);
}

/** Returned inside an object. */
export function returnsParts(packet: Uint8Array): { readonly body: Uint8Array } {
  return { body: packet.slice(16, 1040) };
}

/** Returned by one branch of a callee that does not copy. */
function either(left: Uint8Array, right: Uint8Array, flag: boolean): Uint8Array {
  return flag ? left : right;
}

export function changesWhatCameBack(packet: Uint8Array, other: Uint8Array, flag: boolean): number {
  const body = packet.slice(0, 512);
  const chosen = either(body, other, flag);
  chosen.fill(0);
  return packet[0]!;
}

/** Yielded: the consumer runs before the next step. */
export function* chunks(packet: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < packet.length; start += 512) yield packet.slice(start, start + 512);
}

/** The caller may change the packet while the function waits. */
export async function waitsBetween(packet: Uint8Array, ready: Promise<void>): Promise<number> {
  const body = packet.slice(16, 1040);
  await ready;
  return body[0]!;
}

/** An asynchronous call reads later. */
export async function writesFile(path: string, packet: Uint8Array): Promise<void> {
  await writeFile(path, packet.slice(16, 1040));
}

/** Wiped: the packet is not to be. */
export function wipesCopy(packet: Uint8Array): Buffer {
  const key = packet.slice(0, 128);
  const digest = createHash('sha256').update(key).digest();
  key.fill(0);
  return digest;
}

/** Handed to code that nobody sees. */
export function handsOver(packet: Uint8Array, sink: (bytes: Uint8Array) => void): void {
  sink(packet.slice(16, 1040));
}

/** WebAssembly memory moves when it grows. */
export function readsWasm(memory: { readonly buffer: ArrayBuffer }, grow: () => void, start: number): number {
  const bytes = new Uint8Array(memory.buffer).slice(start, start + 512);
  grow();
  return bytes[0]!;
}

/** Another agent may write shared memory at any time. */
export function readsShared(store: SharedArrayBuffer): number {
  const snapshot = new Uint8Array(store).slice(0, 512);
  return snapshot[0]! === snapshot[1]! ? snapshot[2]! : 0;
}

/** Short: the copy stays on the V8 heap. */
export function readsTag(packet: Uint8Array): number {
  const tag = packet.slice(0, 16);
  return tag[0]! + tag[15]!;
}

/** A short source, which a view would move off the V8 heap. */
export function readsDigest(message: Uint8Array, from: number): number {
  const part = sha256(message).slice(from);
  return part[0]! + part.length;
}

/** The backing store is looked at. */
export function exactStore(packet: Uint8Array): ArrayBuffer {
  const body = packet.slice(16, 1040);
  return body.buffer as ArrayBuffer;
}

/** Compared by identity. */
export function isSelf(packet: Uint8Array): boolean {
  const body = packet.slice(0, 512);
  return body === packet;
}

/** Says that a copy is wanted, whatever the packet is. */
export function copiesOnPurpose(packet: Uint8Array): number {
  const body = Uint8Array.prototype.slice.call(packet, 16, 1040);
  return body[0]! + body[1]!;
}

/** A single library reader: no-slice-into-sync-sink. */
export function hashesTemporary(packet: Uint8Array): string {
  return createHash('sha256').update(packet.slice(16, 1040)).digest('hex');
}

/** Copied once more at its end: no-copy-of-fresh-bytes. */
export function copiesCopy(text: string, end: number): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  return new Uint8Array(bytes.slice(16, end));
}

/** Runs once. */
const table = new Uint8Array(4096).fill(7);
const firstHalf = table.slice(0, 2048);
export const tableSum = firstHalf[0]! + firstHalf[1]!;

/** The previous round's copy is read after this round has written the source. */
export function comparesRounds(scratch: Uint8Array, rounds: number): number {
  let previous: Uint8Array | null = null;
  let changes = 0;
  for (let round = 0; round < rounds; round += 1) {
    scratch[0] = round;
    if (previous !== null && previous[0] !== scratch[0]) changes += 1;
    previous = scratch.slice(0, 512);
  }
  return changes;
}

/** Any other length than 64 is thrown at after the slice: so short a copy stays on the V8 heap, where a view saves nothing. */
export function checksKeyAfterCut(encoded: Uint8Array, isEncoded: boolean): number {
  let key = encoded;
  if (isEncoded && key.length !== 64) {
    key = key.slice(1);
  }
  if (key.length !== 64) throw new RangeError('a key has 64 bytes');
  return key[0]! + key[63]!;
}

/** Only signatures of 65 bytes get as far as the slice. */
export function cutsCheckedSignature(signature: Uint8Array): number {
  if (signature.length !== 65) throw new RangeError('a signature has 65 bytes');
  const last = signature[signature.length - 1]!;
  const body = signature.slice(0, signature.length - 1);
  return body[0]! + body[63]! + last;
}
