/** What no-redundant-slice reports: slices in variables, and temporaries of program functions, that are only read. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

/** Two readers of one slice. */
export function hashesTwice(packet: Uint8Array): string {
  const body = packet.slice(16, 1040);
  //~^ copy likely
  const digest = createHash('sha256').update(body).digest('hex');
  return `${digest}:${body.length}`;
}

/** Element reads only, of a length that is not known. */
export function sumsElements(packet: Uint8Array, start: number, end: number): number {
  const range = packet.slice(start, end);
  //~^ copy likely
  let sum = 0;
  for (const byte of range) sum += byte;
  return sum;
}

function readLength(header: Uint8Array): number {
  return (header[0]! << 8) | header[1]!;
}

/** A function of the program reads it: the summary says that it neither writes nor keeps. */
export function callsReader(packet: Uint8Array): number {
  return readLength(packet.slice(4));
  //~^ copy likely
}

/** The source belongs to the function, so that everything is proved. */
export function readsOwnBlock(key: Buffer, message: string): boolean {
  const block = new Uint8Array(4096);
  block.set(createHmac('sha512', key).update(message).digest());
  const front = block.slice(0, 2048);
  //~^ copy proven
  const back = block.slice(2048, 4096);
  //~^ copy proven
  return timingSafeEqual(front, back) && front[0] === back[0];
}

/** The source is written, but only when the slice is dead. */
export function writesSourceLater(packet: Uint8Array): number {
  const body = packet.slice(8, 520);
  //~^ copy likely
  const first = body[0]! + body.length;
  packet.fill(0);
  return first;
}

/** The parts of a list that is only joined are read once each. */
export function joinsParts(frame: Uint8Array, tag: Uint8Array): Buffer {
  const sealed = frame.slice(12);
  //~^ copy likely
  return Buffer.concat([tag, sealed]);
}

/** Both branches read. */
export function readsInBranches(packet: Uint8Array, verbose: boolean): string {
  const body = packet.slice(1, 300);
  //~^ copy likely
  if (verbose) return createHash('sha512').update(body).digest('hex');
  return String(body.indexOf(10));
}

/** A typed array of wider elements has the same views. */
export function sumsSamples(samples: Float32Array, start: number): number {
  const window = samples.slice(start, start + 512);
  //~^ copy likely
  let total = 0;
  for (let index = 0; index < window.length; index += 1) total += window[index]!;
  return total;
}

/** Awaits behind the last use do not matter. */
export async function readsBeforeAwait(packet: Uint8Array, send: (digest: Buffer) => Promise<void>): Promise<void> {
  const body = packet.slice(16, 2064);
  //~^ copy likely
  const digest = createHash('sha256').update(body).update(String(body.length)).digest();
  await send(digest);
}

/** The copy of the copy is enough: it is one also where the packet is a Buffer, of which slice is a view. */
export function copiesTwice(packet: Uint8Array): Uint8Array {
  return new Uint8Array(packet.slice(16, 1040));
  //~^ copy likely
}

/** @internal not exported: every caller only reads what it returns. */
function bodyOf(packet: Uint8Array): Uint8Array {
  return packet.slice(16, 1040);
  //~^ known-miss: what callers do with a returned copy is not asked yet
}

export function hashesBody(packet: Uint8Array): string {
  return createHash('sha256').update(bodyOf(packet)).digest('hex');
}

/** What is thrown at otherwise tells how much is copied. */
export function cutsCheckedBlock(block: Uint8Array): number {
  if (block.length !== 1024) throw new RangeError('a block has 1024 bytes');
  const body = block.slice(16);
  //~^ copy likely
  return body[0]! + body[1]!;
}

/** A length that is only warned about is no length that the packet has. */
export function cutsReportedPacket(packet: Uint8Array, warn: (text: string) => void): number {
  const body = packet.slice(4);
  //~^ copy likely
  const sum = body[0]! + body[1]!;
  if (body.length !== 32) warn('odd packet');
  return sum;
}
