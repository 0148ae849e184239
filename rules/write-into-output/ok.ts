import { createDecipheriv, createHash, type DecipherGCM, type KeyObject } from 'node:crypto';
import { gcm } from '@noble/ciphers/aes.js';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';

export function passesOutput(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array {
  const frame = new Uint8Array(12 + text.length + 16);
  frame.set(nonce);
  chacha20poly1305(key, nonce).encrypt(text, frame.subarray(12));
  return frame;
}

/** GCM of @noble/ciphers takes no output. */
export function sealsWithGcm(key: Uint8Array, nonce: Uint8Array, text: Uint8Array, frame: Uint8Array): void {
  frame.set(gcm(key, nonce).encrypt(text), 12);
}

export function keepsSealedToo(key: Uint8Array, nonce: Uint8Array, text: Uint8Array, frame: Uint8Array): Uint8Array {
  const sealed = chacha20poly1305(key, nonce).encrypt(text);
  frame.set(sealed, 12);
  return sealed;
}

export function readsTag(key: Uint8Array, nonce: Uint8Array, text: Uint8Array, frame: Uint8Array): Uint8Array {
  const sealed = chacha20poly1305(key, nonce).encrypt(text);
  frame.set(sealed, 12);
  return sealed.slice(-16);
}

export function copiesTwice(body: Uint8Array, left: Uint8Array, right: Uint8Array): void {
  const digest = sha256.create().update(body).digest();
  left.set(digest);
  right.set(digest);
}

export function copiesPartOfDigest(body: Uint8Array, frame: Uint8Array): void {
  frame.set(sha256.create().update(body).digest().subarray(0, 16), 4);
}

/** Hash objects of Node write into no array of ours. */
export function copiesDigestOfNode(body: Uint8Array, frame: Uint8Array): void {
  frame.set(createHash('sha256').update(body).digest(), 4);
}

export function returnsJoined(header: Buffer, body: Buffer): Buffer {
  return Buffer.concat([header, body]);
}

export function setsParts(header: Uint8Array, body: Uint8Array, frame: Uint8Array): void {
  frame.set(header, 0);
  frame.set(body, header.length);
}

export function joinsList(parts: readonly Uint8Array[], frame: Uint8Array): void {
  frame.set(Buffer.concat(parts));
}

/** Without a last block nothing is joined, and what `update` made has to be copied in any case. */
export function copiesJoinedOrPlain(first: Buffer, last: Buffer, frame: Buffer): number {
  let result = first;
  if (last.length > 0) result = Buffer.concat([first, last]);
  result.copy(frame);
  return result.length;
}

/** Not known to run often, and `digestInto` saves little by itself. */
export function copiesDigest(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(68);
  frame.set(sha256.create().update(body).digest(), 36);
  return frame;
}

/** The place has to hold what is sealed only after it was read, and then nothing of the text is left. */
export function readsInBetween(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): number {
  const frame = new Uint8Array(400);
  const sealed = chacha20poly1305(key, nonce).encrypt(text);
  const before = frame[12]!;
  text.fill(0);
  frame.set(sealed, 12);
  return before;
}

/** Each copy needs the whole result. */
export function copiesInRounds(key: Uint8Array, nonce: Uint8Array, text: Uint8Array, frames: Uint8Array): void {
  const sealed = chacha20poly1305(key, nonce).encrypt(text);
  for (let index = 0; index < 4; index += 1) frames.set(sealed, 400 * index);
}

/** What is authenticated lies where the output would be written. */
export function authenticatesFrame(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array {
  const frame = new Uint8Array(64 + text.length);
  frame.set(nonce);
  frame.set(chacha20poly1305(key, nonce, frame.subarray(0, 40)).encrypt(text), 12);
  return frame;
}

/** The result is cut. */
export function joinsAndCuts(header: Uint8Array, body: Uint8Array, frame: Uint8Array): void {
  frame.set(Buffer.concat([header, body], 16), 4);
}

/** `final` throws for a forged message, and then the text that `update` gave would lie in the frame of the caller. */
export function opensIntoFrame(key: KeyObject, nonce: Uint8Array, sealed: Uint8Array, tag: Uint8Array, frame: Uint8Array): void {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(tag);
  frame.set(Buffer.concat([decipher.update(sealed), decipher.final()]), 8);
}

/** The first part is set before the second is made. */
export function opensHalfInAdvance(key: KeyObject, nonce: Uint8Array, sealed: Uint8Array, tag: Uint8Array, frame: Uint8Array): void {
  const decipher = createDecipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  decipher.setAuthTag(tag);
  const text = decipher.update(sealed);
  Buffer.concat([text, decipher.final()]).copy(frame, 8);
}

/** Who catches the error goes on with the frame. */
export function opensOrGoesOn(key: KeyObject, nonce: Uint8Array, sealed: Uint8Array, tag: Uint8Array): Uint8Array {
  const frame = new Uint8Array(8 + sealed.length);
  const decipher = createDecipheriv('aes-128-ccm', key, nonce, { authTagLength: 16 });
  decipher.setAuthTag(tag);
  try {
    frame.set(Buffer.concat([decipher.update(sealed), decipher.final()]), 8);
  } catch { frame[0] = 1; }
  return frame;
}

/** The name of the cipher is not in sight, but that it has a tag is. */
export function opensWithGivenCipher(decipher: DecipherGCM, sealed: Uint8Array, tag: Uint8Array, frame: Uint8Array): void {
  decipher.setAuthTag(tag);
  frame.set(Buffer.concat([decipher.update(sealed), decipher.final()]), 8);
}
