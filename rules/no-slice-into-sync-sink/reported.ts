// What no-slice-into-sync-sink reports. Each function hands a fresh slice to a call that reads it and keeps nothing.
import { createCipheriv, createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { Cipher, Hash } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';

export function hashesPayload(frame: Uint8Array): Buffer {
  return createHash('sha256').update(frame.slice(4)).digest();
  //~^ copy likely
}

export function feedsHashOfCaller(hash: Hash, frame: Uint8Array, end: number): void {
  hash.update(frame.slice(4, end));
  //~^ copy likely
}

export function authenticatesHeader(key: Uint8Array, packet: Uint8Array): Buffer {
  return createHmac('sha256', key).update(packet.slice(0, 80)).digest();
  //~^ copy likely
}

export function encryptsBody(key: Uint8Array, iv: Uint8Array, packet: Uint8Array): Buffer {
  const cipher = createCipheriv('aes-256-ctr', key, iv);
  return cipher.update(packet.slice(16));
  //~^ copy likely
}

export function addsAssociatedData(cipher: Cipher, packet: Uint8Array): Buffer {
  return Buffer.concat([cipher.update(packet.slice(0, 128)), cipher.final()]);
  //~^ copy likely
}

export function hashesOwnBlock(seed: number): Buffer {
  const block = new Uint8Array(512).fill(seed);
  return createHash('sha256').update(block.slice(0, 256)).digest();
  //~^ copy proven
}

export function placesPayload(frame: Uint8Array): Uint8Array {
  const message = new Uint8Array(2 + frame.length);
  message.set(frame.slice(3), 2);
  //~^ copy likely
  return message;
}

export function movesWithinOwnBlock(seed: number): Uint8Array {
  const block = Uint8Array.from({ length: 256 }, (_, index) => (index + seed) & 255);
  block.set(block.slice(0, 128), 64);
  //~^ copy proven
  return block;
}

export function comparesTags(expected: Buffer, packet: Uint8Array): boolean {
  return expected.equals(packet.slice(packet.length - 100));
  //~^ copy likely
}

export function ordersBlocks(left: Uint8Array, right: Uint8Array): number {
  return Buffer.compare(left.slice(8), right.slice(8));
  //~^ copy likely, copy likely
}

export function comparesInConstantTime(tag: Uint8Array, packet: Uint8Array): boolean {
  return timingSafeEqual(tag, packet.slice(0, tag.length));
  //~^ copy likely
}

export function decodesName(record: Uint8Array): string {
  return new TextDecoder().decode(record.slice(2));
  //~^ copy likely
}

export function hashesWithNoble(frame: Uint8Array): Uint8Array {
  return sha256.create().update(frame.slice(4)).digest();
  //~^ copy likely
}

export function hashesInOneCallWithNoble(frame: Uint8Array): Uint8Array {
  return sha256(frame.slice(4));
  //~^ copy likely
}

export function hashesEachChunk(stream: Uint8Array): Buffer {
  const hash = createHash('sha256');
  for (let offset = 0; offset < stream.length; offset += 1024) hash.update(stream.slice(offset, offset + 1024));
  //~^ copy likely
  return hash.digest();
}

/** The summary of `prefixOf` says that it only makes a view. */
export function comparesAfterKnownReader(left: Uint8Array, right: Uint8Array): number {
  return Buffer.compare(left.slice(0, 100), prefixOf(right));
  //~^ copy likely
}

function prefixOf(bytes: Uint8Array): Uint8Array {
  return bytes.subarray(0, 100);
}

/** The type rules shared memory out. */
export function hashesUnsharedFrame(frame: Uint8Array<ArrayBuffer>): Buffer {
  return createHash('sha256').update(frame.slice(0, 100)).digest();
  //~^ copy likely
}
