import { createHash } from 'node:crypto';

const FIXED_LENGTH = 65;

/** @hot */
export function hashesFixedRecord(id: Uint8Array, sequence: number): Buffer {
  const record = new Uint8Array(128);
  //~^ fixed likely
  record.set(id, 0);
  record[127] = sequence;
  return createHash('sha256').update(record).digest();
}

/** @hot */
export function hashesSizedRecord(binding: Uint8Array, sequence: number, data: Uint8Array): Buffer {
  const input = new Uint8Array(FIXED_LENGTH + data.length);
  //~^ sized likely
  const view = new DataView(input.buffer);
  input.set(binding, 20);
  view.setUint32(53, sequence);
  input.set(data, FIXED_LENGTH);
  return createHash('sha256').update(input).digest();
}

/** @hot */
export function sumsOverZeroedBuffer(part: Uint8Array): number {
  const work = Buffer.alloc(256);
  //~^ fixed likely
  work.set(part, 0);
  return work.readUInt32BE(0) + work[255]!;
}

export function padsEachRound(frames: readonly Uint8Array[]): string[] {
  const digests: string[] = [];
  for (const frame of frames) {
    const block = new Uint8Array(512);
    //~^ fixed likely
    block.set(frame.subarray(0, 512), 0);
    digests.push(createHash('sha256').update(block).digest('hex'));
  }
  return digests;
}

export class Checksum {
  /** @hot */
  of(frame: Uint8Array): number {
    const table = new Uint32Array(256);
    //~^ fixed likely
    for (const byte of frame) table[byte]! += 1;
    return table[0]!;
  }
}

/** Called from hot code, and only reads. */
function readsFirst(bytes: Uint8Array): number {
  return bytes[0]! + bytes.length;
}

/** @hot */
export function passesToReader(frame: Uint8Array): number {
  const work = new Uint8Array(100);
  //~^ fixed likely
  work.set(frame.subarray(0, 100));
  return readsFirst(work);
}
