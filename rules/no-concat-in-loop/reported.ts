import type { Socket } from 'node:net';
import { createHmac } from 'node:crypto';
import { readSync } from 'node:fs';
import { concatBytes } from '@noble/hashes/utils.js';

export function gathers(chunks: readonly Uint8Array[]): Buffer {
  let all = Buffer.alloc(0);
  for (const chunk of chunks) all = Buffer.concat([all, chunk]);
  //~^ loop likely
  return all;
}

export async function gathersStream(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  let all = Buffer.alloc(0);
  for await (const chunk of stream) {
    all = Buffer.concat([all, chunk]);
    //~^ loop likely
  }
  return all;
}

export function gathersWithNoble(chunks: readonly Uint8Array[]): Uint8Array {
  let all: Uint8Array = new Uint8Array(0);
  for (let index = 0; index < chunks.length; index += 1) all = concatBytes(all, chunks[index]!);
  //~^ loop likely
  return all;
}

export function expands(key: Uint8Array, info: Uint8Array, rounds: number): Buffer {
  let output = Buffer.alloc(0);
  let block = Buffer.alloc(0);
  for (let round = 1; round <= rounds; round += 1) {
    block = createHmac('sha256', key).update(block).update(info).update(Uint8Array.of(round)).digest();
    output = Buffer.concat([output, block]);
    //~^ loop proven
  }
  return output;
}

export function gathersByHand(chunks: readonly Uint8Array[]): Uint8Array {
  let all = new Uint8Array(0);
  for (const chunk of chunks) {
    const merged = new Uint8Array(all.length + chunk.length);
    //~^ loop likely
    merged.set(all);
    merged.set(chunk, all.length);
    all = merged;
  }
  return all;
}

function joinTwo(left: Uint8Array, right: Uint8Array): Uint8Array {
  const joined = new Uint8Array(left.length + right.length);
  joined.set(left);
  joined.set(right, left.length);
  return joined;
}

export function gathersWithFunction(chunks: readonly Uint8Array[]): Uint8Array {
  let all: Uint8Array = new Uint8Array(0);
  for (const chunk of chunks) all = joinTwo(all, chunk);
  //~^ loop likely
  return all;
}

function concatArrays(...arrays: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(arrays.reduce((total, one) => total + one.length, 0));
  let offset = 0;
  for (const one of arrays) {
    joined.set(one, offset);
    offset += one.length;
  }
  return joined;
}

export function prepends(chunks: readonly Uint8Array[]): Uint8Array {
  let all: Uint8Array = new Uint8Array(0);
  for (const chunk of chunks) all = concatArrays(chunk, all);
  //~^ loop likely
  return all;
}

export function searchesWhileGathering(next: () => Buffer): Buffer {
  let seen = Buffer.alloc(0);
  while (!seen.includes(10)) seen = Buffer.concat([seen, next()]);
  //~^ loop possible
  return seen;
}

export function fillsUp(next: () => Buffer, wanted: number): Buffer {
  let seen = Buffer.alloc(0);
  while (seen.length < wanted) {
    seen = Buffer.concat([seen, next()]);
    //~^ loop likely
  }
  return seen;
}

/** A list would hold what the next read overwrites, so it takes copies. */
export function readsFile(fd: number, rounds: number): Buffer {
  const chunk = Buffer.alloc(4096);
  let all = Buffer.alloc(0);
  for (let round = 0; round < rounds; round += 1) {
    const count = readSync(fd, chunk);
    all = Buffer.concat([all, chunk.subarray(0, count)]);
    //~^ loop likely
  }
  return all;
}

/** The part is wiped as soon as it is joined. */
export function wipesParts(rounds: number): Buffer {
  let all = Buffer.alloc(0);
  for (let round = 0; round < rounds; round += 1) {
    const part = Buffer.alloc(64, round);
    all = Buffer.concat([all, part]);
    //~^ loop likely
    part.fill(0);
  }
  return all;
}

export function countsOutside(chunks: readonly Uint8Array[]): Buffer {
  let all = Buffer.alloc(0);
  let total = 0;
  for (const chunk of chunks) {
    total += chunk.length;
    all = Buffer.concat([all, chunk], total);
    //~^ loop likely
  }
  return all;
}

export function gathersLong(chunks: readonly Uint8Array[]): Buffer {
  let all = Buffer.alloc(0);
  for (const chunk of chunks) if (chunk.length > 8) all = Buffer.concat([all, chunk]);
  //~^ loop likely
  return all;
}

export function asksWhileGathering(rounds: number): number {
  let all = Buffer.alloc(0);
  const first = (): number => all[0]!;
  for (let round = 0; round < rounds; round += 1) {
    all = Buffer.concat([all, Buffer.alloc(64, round)]);
    //~^ loop possible
    if (first() > 7) break;
  }
  return all.length;
}

export function reducesAndReads(chunks: readonly Buffer[]): Buffer {
  return chunks.reduce((all, chunk) => (all[0] === 1 ? all : Buffer.concat([all, chunk])), Buffer.alloc(0));
  //~^ reducer possible
}

export function reduces(chunks: readonly Buffer[]): Buffer {
  return chunks.reduce((all, chunk) => Buffer.concat([all, chunk]), Buffer.alloc(0));
  //~^ reducer likely
}

export function gathersInCallback(chunks: readonly Uint8Array[]): Buffer {
  let all = Buffer.alloc(0);
  chunks.forEach((chunk) => {
    all = Buffer.concat([all, chunk]);
    //~^ call likely
  });
  return all;
}

export function gathersFromSocket(socket: Socket, done: (message: Buffer) => void): void {
  let message = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    message = Buffer.concat([message, chunk]);
    //~^ call likely
  });
  socket.on('end', () => done(message));
}

export class FrameReader {
  private rest = Buffer.alloc(0);

  push(chunk: Buffer): Buffer | null {
    this.rest = Buffer.concat([this.rest, chunk]);
    //~^ call likely
    if (this.rest.length < 4) return null;
    const length = this.rest.readUInt32BE(0);
    if (this.rest.length < 4 + length) return null;
    const frame = this.rest.subarray(4, 4 + length);
    this.rest = this.rest.subarray(4 + length);
    return frame;
  }
}

export class LineReader {
  #rest: Uint8Array = new Uint8Array(0);

  push(chunk: Uint8Array): void {
    const rest = this.#rest;
    this.#rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    //~^ call likely
  }

  take(): Uint8Array {
    return this.#rest;
  }
}

export class Writer {
  private bytes: Uint8Array = new Uint8Array(0);

  write(part: Uint8Array): void {
    const grown = new Uint8Array(this.bytes.length + part.length);
    //~^ call likely
    grown.set(this.bytes, 0);
    grown.set(part, this.bytes.length);
    this.bytes = grown;
  }

  finish(): Uint8Array {
    return this.bytes;
  }
}

/** Every call searches all that was gathered, for which a list would have to be joined. */
export class SearchingReader {
  private rest = Buffer.alloc(0);

  push(chunk: Buffer): Buffer | null {
    this.rest = Buffer.concat([this.rest, chunk]);
    //~^ call possible
    const end = this.rest.indexOf(10);
    if (end === -1) return null;
    const line = this.rest.subarray(0, end);
    this.rest = this.rest.subarray(end + 1);
    return line;
  }
}

/** Every call looks at each byte. */
export class ScanningReader {
  private rest = Buffer.alloc(0);

  push(chunk: Buffer): number {
    this.rest = Buffer.concat([this.rest, chunk]);
    //~^ call possible
    let sum = 0;
    for (let index = 0; index < this.rest.length; index += 1) sum ^= this.rest[index]!;
    return sum;
  }
}

/** Only calls that have enough search. */
export class LateReader {
  private rest = Buffer.alloc(0);

  push(chunk: Buffer): number {
    this.rest = Buffer.concat([this.rest, chunk]);
    //~^ call likely
    return this.rest.length < 512 ? -1 : this.rest.indexOf(10);
  }
}

/** A literal only keeps the bytes; writing it as text reads them. */
export class TracingReader {
  private rest = Buffer.alloc(0);
  private told = Buffer.alloc(0);

  push(chunk: Buffer, note: (what: { readonly rest: Buffer }) => void): void {
    this.rest = Buffer.concat([this.rest, chunk]);
    //~^ call likely
    note({ rest: this.rest });
  }

  tell(chunk: Buffer, note: (what: string) => void): void {
    this.told = Buffer.concat([this.told, chunk]);
    //~^ call possible
    note(JSON.stringify({ told: this.told }));
  }
}

/** What one call gathers in its last round is there in the next; no round has that of the one before. */
export class Packets {
  private packet: Buffer = Buffer.alloc(0);

  push(chunks: readonly Buffer[], flush: (packet: Buffer) => void): void {
    for (const chunk of chunks) {
      this.packet = Buffer.concat([this.packet, chunk]);
      //~^ call likely
      if (this.packet.length < 512) return;
      flush(this.packet);
      this.packet = Buffer.alloc(0);
    }
  }
}

const mostBytes = 256;

/** Never more than 256 bytes are kept. */
export class CuttingReader {
  private rest = Buffer.alloc(0);

  push(chunk: Buffer): number {
    this.rest = Buffer.concat([this.rest, chunk]);
    //~^ call possible
    let length = this.rest.length;
    if (length > mostBytes) {
      this.rest = this.rest.subarray(-mostBytes);
      length = mostBytes;
    }
    return length;
  }
}

/** A cut that has nothing to do with the length. */
export class TrimmingReader {
  private rest = Buffer.alloc(0);

  push(chunk: Buffer, isLast: boolean): void {
    this.rest = Buffer.concat([this.rest, chunk]);
    //~^ call likely
    if (isLast) this.rest = this.rest.subarray(-mostBytes);
  }
}

/** Two joins in a round, one behind the other. */
export function joinsHeadAndBody(blocks: readonly Uint8Array[]): Uint8Array {
  let all: Uint8Array = new Uint8Array(0);
  for (const block of blocks) {
    all = Buffer.concat([all, Uint8Array.of(block.length)]);
    //~^ loop proven
    all = Buffer.concat([all, block]);
    //~^ loop likely
  }
  return all;
}

/** The bytes between the two joins of a round are read. */
export function readsBetweenTwoJoins(blocks: readonly Uint8Array[]): readonly number[] {
  const sums: number[] = [];
  let all: Uint8Array = new Uint8Array(0);
  for (const block of blocks) {
    all = Buffer.concat([all, Uint8Array.of(block.length)]);
    //~^ loop possible
    sums.push(all.reduce((sum, byte) => sum + byte, 0));
    all = Buffer.concat([all, block]);
    //~^ loop possible
  }
  return sums;
}

function concatEach(...arrays: Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let offset = 0;
  arrays.forEach((array) => {
    joined.set(array, offset);
    offset += array.length;
  });
  return joined;
}

/** A function of the program joins, by `forEach`. */
export function gathersByForEach(blocks: readonly Uint8Array[]): Uint8Array {
  let all: Uint8Array = new Uint8Array(0);
  for (const block of blocks) all = concatEach(all, block);
  //~^ loop likely
  return all;
}
