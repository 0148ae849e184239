/** What no-copying-view-conversion reports: bytes that are copied to have another class, and then only read. */
import { createHash, timingSafeEqual } from 'node:crypto';

/** A Buffer only to read a number from it. */
export function readsNumber(packet: Uint8Array): number {
  const buffer = Buffer.from(packet);
  //~^ copy likely
  return buffer.readUInt32BE(0) + buffer.readUInt32BE(4);
}

/** A temporary Buffer only for its toString. */
export function printsHex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
  //~^ copy likely
}

/** A Uint8Array of a Buffer, element reads. */
export function sumsBuffer(buffer: Buffer): number {
  const bytes = new Uint8Array(buffer);
  //~^ copy likely
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 1) sum += bytes[index]!;
  return sum;
}

/** Uint8Array.from of bytes. */
export function findsLineEnd(buffer: Buffer): number {
  const bytes = Uint8Array.from(buffer);
  //~^ copy likely
  return bytes.indexOf(10);
}

/** The call takes any bytes, so that not even a view is needed. */
export function comparesDigests(left: Uint8Array, right: Uint8Array): boolean {
  return left.length === right.length && timingSafeEqual(Buffer.from(left), Buffer.from(right));
  //~^ argument likely, argument likely
}

/** The same with a source that is no plain name. */
export function hashesRest(packet: Uint8Array): string {
  return createHash('sha256').update(Buffer.from(packet.subarray(16))).digest('hex');
  //~^ argument likely
}

/** An own source: everything is proved. */
export function readsOwnScratch(text: string): number {
  const scratch = new Uint8Array(1024);
  const { written } = new TextEncoder().encodeInto(text, scratch);
  const buffer = Buffer.from(scratch);
  //~^ copy proven
  return buffer.readDoubleLE(0) + scratch[written]!;
}

/** A field, which the view names three times. */
export class Reader {
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }

  header(): number {
    return Buffer.from(this.bytes).readUInt16LE(2);
    //~^ copy likely
  }
}

/** A source that cannot be named three times: no edit. */
export function readsSlot(slots: readonly Uint8Array[], index: number): number {
  const slot = slots[index];
  return slot === undefined ? 0 : Buffer.from(slots[index + 1]!).readUInt16BE(0);
  //~^ copy likely
}

/** What a method gives is another array each time, so that it is put into a variable, and no field is assumed. */
export class Token {
  private readonly encoder: { finish(): Uint8Array };

  constructor(encoder: { finish(): Uint8Array }) {
    this.encoder = encoder;
  }

  toBytes(): Uint8Array {
    return this.encoder.finish();
  }

  toBase64(): string {
    return Buffer.from(this.toBytes()).toString('base64');
    //~^ copy likely
  }
}

/** What is no Buffer can still be seen as one. */
export function readsAnyBytes(bytes: Uint8Array): number {
  const buffer = Buffer.isBuffer(bytes) ? bytes : Buffer.from(bytes);
  //~^ copy likely
  return buffer.readUInt32BE(0);
}

/** Of the wanted class already. */
export function readsBuffer(bytes: Buffer): number {
  return Buffer.from(bytes).readUInt32BE(0);
  //~^ already possible
}

/** The guard leaves nothing but bytes. */
export function sumsWhatItHasTested(input: Uint8Array): number {
  if (!(input instanceof Uint8Array)) throw new TypeError('input is no Uint8Array');
  const bytes = Buffer.from(input);
  //~^ copy likely
  return bytes.readUInt16BE(0) + bytes.readUInt16BE(2);
}

/** The guard proves what the declaration only says. */
export function readsPieceOfTested(body: Buffer, from: number, until: number): number {
  if (!Buffer.isBuffer(body)) throw new TypeError('body is no Buffer');
  const piece = Buffer.from(body.subarray(from, until));
  //~^ already likely
  return piece.readUInt16BE(0) + piece.readUInt16BE(2);
}

/** What was tested is not what is copied. */
export function readsPieceOfAnother(body: Buffer, next: Buffer, from: number, until: number): number {
  if (!Buffer.isBuffer(body)) throw new TypeError('body is no Buffer');
  body = next;
  const piece = Buffer.from(body.subarray(from, until));
  //~^ already possible
  return piece.readUInt16BE(0) + piece.readUInt16BE(2);
}

/** A test that is passed by is none. */
export function testsSometimes(body: Buffer, strict: boolean): number {
  if (strict && !Buffer.isBuffer(body)) throw new TypeError('body is no Buffer');
  const bytes = Buffer.from(body);
  //~^ already possible
  return bytes.readUInt16BE(0) + bytes.readUInt16BE(2);
}
