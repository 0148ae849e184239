import { createHash } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

const FRAME_LABEL = 'frame/v1';
const encoder = new TextEncoder();

/** Nothing says that it runs often. */
export function decodesNowAndThen(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
  //~^ decoder possible
}

/** The same bytes of each message, such as a magic number: nothing says that there are many. */
export function decodesMagic(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes.subarray(0, 4));
  //~^ decoder possible
}

/** Who reads a field at a place that moves reads many. */
export function decodesField(packet: Uint8Array, offset: number, length: number): string {
  return new TextDecoder().decode(packet.subarray(offset, offset + length));
  //~^ decoder likely
}

export function decodesFieldOfMemory(memory: ArrayBuffer, offset: number, length: number): string {
  const field = new Uint8Array(memory, offset, length);
  return new TextDecoder().decode(field);
  //~^ decoder likely
}

/** @hot */
export function decodesWithNewDecoder(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
  //~^ decoder proven
}

/** @hot */
export function decodesTwiceWithOneDecoder(name: Uint8Array, value: Uint8Array): string {
  const decoder = new TextDecoder();
  //~^ decoder proven
  return `${decoder.decode(name)}=${decoder.decode(value)}`;
}

/** @hot */
export function decodesStrictly(bytes: Uint8Array): string {
  return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  //~^ decoder proven
}

/** @hot */
export function decodesShiftJis(bytes: Uint8Array): string {
  return new TextDecoder('shift_jis').decode(bytes);
  //~^ decoder likely
}

export class Reader {
  private readonly bytes: Uint8Array;
  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
  /** @hot */
  text(): string {
    return new TextDecoder().decode(this.bytes);
    //~^ decoder proven
  }
}

export function derivesWithLabel(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  const info = new TextEncoder().encode('session-keys|v2');
  //~^ label proven
  return hkdf(sha256, secret, salt, info, 64);
}

export function hashesWithHoistedEncoder(payload: Uint8Array): Buffer {
  return createHash('sha256').update(encoder.encode(FRAME_LABEL)).update(payload).digest();
  //~^ label proven
}

/** @hot */
export function setsLabelInFrame(frame: Uint8Array): void {
  frame.set(new TextEncoder().encode(FRAME_LABEL), 0);
  //~^ label likely
}

/** The callers are all here, and only read. */
function returnsLabel(): Uint8Array {
  return new TextEncoder().encode('returned-label');
  //~^ label proven
}

export function usesReturnedLabel(payload: Uint8Array): Buffer {
  return createHash('sha256').update(returnsLabel()).update(payload).digest();
}

/** @hot */
export function setsEncodedText(frame: Uint8Array, text: string): void {
  frame.set(new TextEncoder().encode(text), 4);
  //~^ encoder likely
}
