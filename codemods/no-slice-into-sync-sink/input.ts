// Bytes that a synchronous sink reads once, as copies in input.ts and as views in output.ts. The test runs both on the same data.
import { createHash, createHmac } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';

export function digestOfBody(frame: Uint8Array<ArrayBuffer>, length: number): Uint8Array {
  return new Uint8Array(createHash('sha256').update(frame.slice(4, length)).digest());
}

export function tagOfHeader(key: Uint8Array<ArrayBuffer>, frame: Uint8Array<ArrayBuffer>): Uint8Array {
  const hmac = createHmac('sha256', key);
  hmac.update(frame.slice(0, 512));
  return new Uint8Array(hmac.digest());
}

export function copiesBodyInto(target: Uint8Array<ArrayBuffer>, frame: Uint8Array<ArrayBuffer>): Uint8Array {
  target.set(frame.slice(4), 0); // 🦜 the offsets of this line count the bird as two units: 🦜
  /* 🦜🦜 */ target.set(frame.slice(0, 200), 128);
  return target;
}

export function digestOfParts(frame: Uint8Array<ArrayBuffer>): Uint8Array {
  return sha256.create().update(frame.slice(0, 100)).update(frame.slice(100, 300)).digest();
}
