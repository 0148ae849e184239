import { createHash } from 'node:crypto';
import type { Socket } from 'node:net';

export function joinsOnce(chunks: readonly Uint8Array[]): Buffer {
  const parts: Uint8Array[] = [];
  for (const chunk of chunks) parts.push(chunk);
  return Buffer.concat(parts);
}

/** Each round joins parts of its own. */
export function joinsPerRound(packets: readonly { header: Uint8Array; body: Uint8Array }[]): Buffer[] {
  const frames: Buffer[] = [];
  for (const { header, body } of packets) {
    const frame = Buffer.concat([header, body]);
    frames.push(frame);
  }
  return frames;
}

/** The accumulator begins anew in each round. */
export function joinsTwicePerRound(packets: readonly Uint8Array[], trailer: Uint8Array): Buffer[] {
  return packets.map((packet) => {
    let frame = Buffer.from(packet);
    frame = Buffer.concat([frame, trailer]);
    return frame;
  });
}

/** The chain value is hashed down to 32 bytes in each round and does not grow. */
export function chains(blocks: readonly Uint8Array[]): Buffer {
  let state = Buffer.alloc(32);
  for (const block of blocks) state = createHash('sha256').update(Buffer.concat([state, block])).digest();
  return state;
}

export function appendsOnce(body: Uint8Array, trailer: Uint8Array): Buffer {
  let frame = Buffer.from(body);
  frame = Buffer.concat([frame, trailer]);
  return frame;
}

export function gathersInList(socket: Socket, done: (message: Buffer) => void): void {
  const parts: Buffer[] = [];
  socket.on('data', (chunk: Buffer) => {
    parts.push(chunk);
  });
  socket.on('end', () => done(Buffer.concat(parts)));
}

export function addsTrailerAtEnd(socket: Socket, first: Buffer, done: (message: Buffer) => void): void {
  let message = first;
  socket.on('end', () => {
    message = Buffer.concat([message, Buffer.from([13, 10])]);
    done(message);
  });
}

/** A constructor runs once per object. */
export class Named {
  readonly label: Buffer;
  private prefix: Buffer;

  constructor(prefix: Buffer, name: Buffer) {
    this.prefix = prefix;
    this.prefix = Buffer.concat([this.prefix, name]);
    this.label = this.prefix;
  }
}

/** Another field than the one that is joined. */
export class Latest {
  private header: Buffer = Buffer.alloc(4);
  last: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    this.last = Buffer.concat([this.header, chunk]);
  }
}

/** The object is new in each call. */
export function makesRecord(header: Buffer, body: Buffer): { bytes: Buffer } {
  const record = { bytes: header };
  record.bytes = Buffer.concat([record.bytes, body]);
  return record;
}

export class Growing {
  private bytes = new Uint8Array(64);
  private length = 0;

  write(part: Uint8Array): void {
    if (this.length + part.length > this.bytes.length) {
      const larger = new Uint8Array(2 * (this.length + part.length));
      larger.set(this.bytes);
      this.bytes = larger;
    }
    this.bytes.set(part, this.length);
    this.length += part.length;
  }
}

/** The state has 64 bytes in every round. */
function mix(left: Uint8Array, right: Uint8Array): Uint8Array {
  const mixed = new Uint8Array(64);
  mixed.set(left);
  mixed.set(right, 32);
  for (let index = 0; index < 32; index += 1) mixed[index]! ^= mixed[index + 32]!;
  return mixed;
}

export function mixes(blocks: readonly Uint8Array[]): Uint8Array {
  let state: Uint8Array = new Uint8Array(64);
  for (const block of blocks) state = mix(state, block);
  return state;
}

/** Sixteen bytes are kept. */
export function keepsEnd(blocks: readonly Uint8Array[]): Buffer {
  let end = Buffer.alloc(16);
  for (const block of blocks) end = Buffer.concat([block, end], 16);
  return end;
}

/** What is set overlaps. */
export function overlays(blocks: readonly Uint8Array[]): Uint8Array {
  let all = new Uint8Array(8);
  for (const block of blocks) {
    const merged = new Uint8Array(all.length + block.length);
    merged.set(all);
    merged.set(block, all.length - 1);
    all = merged;
  }
  return all;
}

/** Each round hands over what it joined, and begins anew in the function that does so. */
export class Emitter {
  private packet = Buffer.alloc(0);
  private readonly packets: Buffer[] = [];

  push(chunks: readonly Buffer[]): void {
    for (const chunk of chunks) {
      this.packet = Buffer.concat([this.packet, chunk]);
      this.emitPacket();
    }
  }

  private emitPacket(): void {
    if (this.packet.length > 0) this.packets.push(this.packet);
    this.packet = Buffer.from([]);
  }
}

/** One join appends and the other prepends: no list of parts in the order of the rounds gives the same bytes. */
export function joinsAtBothEnds(blocks: readonly Uint8Array[]): Uint8Array {
  let all: Uint8Array = new Uint8Array(0);
  for (const block of blocks) {
    all = Buffer.concat([Uint8Array.of(block.length), all]);
    all = Buffer.concat([all, block]);
  }
  return all;
}

/** The second join begins anew. */
export function joinsTwoInEachRound(blocks: readonly Uint8Array[], take: (joined: Uint8Array) => void): void {
  let all: Uint8Array = new Uint8Array(0);
  for (const block of blocks) {
    all = Uint8Array.of(block.length);
    all = Buffer.concat([all, block]);
    take(all);
  }
}

function overlayEach(...arrays: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  arrays.forEach((array) => {
    joined.set(array, offset);
    offset += 1;
  });
  return joined;
}

/** What the function sets overlaps. */
export function gathersOverlays(blocks: readonly Uint8Array[]): Uint8Array {
  let all: Uint8Array = new Uint8Array(0);
  for (const block of blocks) all = overlayEach(all, block);
  return all;
}

function maskEach(...arrays: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  arrays.forEach((array) => {
    joined.set(array, offset);
    offset += array.length;
  });
  arrays.forEach((array, index) => { joined[index]! ^= array.length; });
  return joined;
}

/** The function does more than to join. */
export function gathersMasked(blocks: readonly Uint8Array[]): Uint8Array {
  let all: Uint8Array = new Uint8Array(0);
  for (const block of blocks) all = maskEach(all, block);
  return all;
}
