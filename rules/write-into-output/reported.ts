import { createCipheriv, createDecipheriv, type KeyObject } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { sha3_256 } from '@noble/hashes/sha3.js';

export function sealsInto(key: Uint8Array, nonce: Uint8Array, text: Uint8Array, output: Uint8Array, offset: number): number {
  const sealed = chacha20poly1305(key, nonce).encrypt(text);
  //~^ cipher likely
  output.set(sealed, offset);
  return sealed.length;
}

export function sealsNested(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array {
  const frame = new Uint8Array(12 + text.length + 16);
  frame.set(nonce);
  frame.set(chacha20poly1305(key, nonce).encrypt(text), 12);
  //~^ cipher proven
  return frame;
}

export function sealsThenMakesFrame(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array {
  const sealed = chacha20poly1305(key, nonce).encrypt(text);
  //~^ cipher proven
  const frame = new Uint8Array(12 + sealed.length);
  frame.set(nonce);
  frame.set(sealed, 12);
  return frame;
}

export function opensInto(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, output: Uint8Array): number {
  const cipher = chacha20poly1305(key, nonce);
  let text: Uint8Array;
  try {
    text = cipher.decrypt(sealed);
    //~^ cipher likely
  } catch (cause) {
    throw new Error('wrong tag', { cause });
  }
  output.set(text);
  return text.length;
}

export function digestsBlocks(blocks: readonly Uint8Array[]): Uint8Array {
  const leaves = new Uint8Array(32 * blocks.length);
  for (const [index, block] of blocks.entries()) {
    const at = 32 * index;
    leaves.set(sha256.create().update(block).digest(), at);
    //~^ digest likely
  }
  return leaves;
}

/** @hot */
export function appendsDigest(body: Uint8Array): Uint8Array {
  const frame = new Uint8Array(68);
  frame.set(body.subarray(0, 36));
  frame.set(sha256.create().update(body).digest(), 36);
  //~^ digest likely
  return frame;
}

/** SHA-3 wipes its state in `digestInto`, too. */
export function appendsLongDigest(body: Uint8Array): Uint8Array {
  const frames = new Uint8Array(3 * 36);
  for (let index = 0; index < 3; index += 1) {
    frames.set(sha3_256.create().update(body.subarray(index)).digest(), 36 * index);
    //~^ digest likely
  }
  return frames;
}

/** Other bytes of the frame may be written in between. */
export function writesLengthInBetween(key: Uint8Array, nonce: Uint8Array, text: Uint8Array, output: Uint8Array): void {
  const sealed = chacha20poly1305(key, nonce).encrypt(text);
  //~^ cipher likely
  output[0] = 1;
  output.set(sealed, 4);
}

/** The place is filled first; so what is sealed has to be made where it is copied. */
export function fillsInBetween(key: Uint8Array, nonce: Uint8Array, text: Uint8Array): Uint8Array {
  const frame = new Uint8Array(400);
  const sealed = chacha20poly1305(key, nonce).encrypt(text);
  //~^ cipher likely
  frame.fill(7);
  frame.set(sealed, 12);
  return frame;
}

export function sealsWithNode(key: KeyObject, nonce: Uint8Array, text: Uint8Array, output: Uint8Array, offset: number): number {
  const cipher = createCipheriv('chacha20-poly1305', key, nonce, { authTagLength: 16 });
  const sealed = Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]);
  //~^ join likely
  output.set(sealed, offset);
  return sealed.length;
}

export function copiesJoined(header: Buffer, body: Buffer, frame: Buffer): void {
  Buffer.concat([header, body]).copy(frame, 8);
  //~^ join likely
}

/** The length is that of the argument, which may be shorter than what it was cut from suggests. */
export function sealsBody(key: Uint8Array, nonce: Uint8Array, packet: Uint8Array, frame: Uint8Array): void {
  const body = packet.subarray(4);
  frame.set(chacha20poly1305(key, nonce).encrypt(body), 8);
  //~^ cipher likely
}

/** A frame made here is dropped when `final` throws. */
export function opensIntoOwnFrame(key: KeyObject, nonce: Uint8Array, sealed: Uint8Array, tag: Uint8Array): Uint8Array {
  const frame = new Uint8Array(8 + sealed.length);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(tag);
  frame.set(Buffer.concat([decipher.update(sealed), decipher.final()]), 8);
  //~^ join likely
  return frame;
}

/** The text is in variables, and checked, before any of it is set. */
export function opensBeforeItSets(key: KeyObject, nonce: Uint8Array, sealed: Uint8Array, tag: Uint8Array, frame: Uint8Array): void {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(tag);
  const text = decipher.update(sealed);
  const rest = decipher.final();
  frame.set(Buffer.concat([text, rest]), 8);
  //~^ join likely
}

/** Either way nothing but zeros is left of a forged message. */
export function opensAndWipes(key: KeyObject, nonce: Uint8Array, sealed: Uint8Array, tag: Uint8Array, frame: Uint8Array): void {
  const decipher = createDecipheriv('aes-256-gcm', key, nonce);
  decipher.setAuthTag(tag);
  try {
    frame.set(Buffer.concat([decipher.update(sealed), decipher.final()]), 8);
    //~^ join likely
  } catch (error) {
    frame.fill(0);
    throw error;
  }
}

/** Nothing authenticates this text. */
export function deciphersBlocks(key: KeyObject, iv: Uint8Array, sealed: Uint8Array, frame: Uint8Array): void {
  const decipher = createDecipheriv('aes-256-cbc', key, iv);
  frame.set(Buffer.concat([decipher.update(sealed), decipher.final()]), 8);
  //~^ join likely
}
