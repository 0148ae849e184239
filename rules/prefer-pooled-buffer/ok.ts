import { createHash } from 'node:crypto';

/** @hot */
export function isSmall(id: Uint8Array): Buffer {
  const record = new Uint8Array(64);
  record.set(id, 0);
  return createHash('sha256').update(record).digest();
}

/** @hot */
export function mayBeSmall(data: Uint8Array): Buffer {
  const record = new Uint8Array(data.length + 4);
  record.set(data, 4);
  return createHash('sha256').update(record).digest();
}

/** Not hot. */
export function isRarelyCalled(id: Uint8Array): Buffer {
  const record = new Uint8Array(128);
  record.set(id, 0);
  return createHash('sha256').update(record).digest();
}

/** @hot */
export function returnsItsFrame(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(128);
  frame.set(payload, 0);
  return frame;
}

/** @hot */
export function returnsAViewOfItsFrame(payload: Uint8Array): Uint8Array {
  const frame = new Uint8Array(128);
  frame.set(payload, 0);
  return frame.subarray(0, payload.length);
}

/** @hot */
export function keepsItsFrame(frames: Uint8Array[], payload: Uint8Array): void {
  const frame = new Uint8Array(128);
  frame.set(payload, 0);
  frames.push(frame);
}

/** @hot */
export function handsItsFrameToAnybody(payload: Uint8Array, send: (frame: Uint8Array) => void): void {
  const frame = new Uint8Array(128);
  frame.set(payload, 0);
  send(frame);
}

/** @hot */
export async function waitsWithItsFrame(payload: Uint8Array, ready: Promise<void>): Promise<Buffer> {
  const frame = new Uint8Array(128);
  frame.set(payload, 0);
  await ready;
  return createHash('sha256').update(frame).digest();
}

/** @hot */
export function capturesItsFrame(payload: Uint8Array): () => number {
  const frame = new Uint8Array(128);
  frame.set(payload, 0);
  return () => frame[0]!;
}

/** @hot */
export function putsAKeyIntoIt(secretKey: Uint8Array, payload: Uint8Array): Buffer {
  const block = new Uint8Array(128);
  block.set(secretKey, 0);
  block.set(payload, 32);
  return createHash('sha256').update(block).digest();
}

/** @hot */
export function wipesItBehindItself(first: Uint8Array, second: Uint8Array): Buffer {
  const block = new Uint8Array(128);
  block.set(first, 0);
  block.set(second, 64);
  const digest = createHash('sha256').update(block).digest();
  block.fill(0);
  return digest;
}

/** @hot */
export function namesItAKey(seed: Uint8Array): number {
  const keyBlock = new Uint8Array(128);
  keyBlock.set(seed, 0);
  return keyBlock[0]!;
}

/** @hot */
export function copiesInsteadOfWorking(payload: Uint8Array): number {
  const copy = new Uint8Array(payload);
  copy[0] = 0;
  return copy.length;
}

const scratch = new Uint8Array(128);

/** @hot */
export function usesAKeptBuffer(id: Uint8Array): Buffer {
  scratch.fill(0);
  scratch.set(id.subarray(0, 128), 0);
  return createHash('sha256').update(scratch).digest();
}

/** @hot */
export function comparesWithTheRoundBefore(frames: readonly Uint8Array[]): number {
  let before: Uint8Array | null = null;
  let difference = 0;
  for (const frame of frames) {
    const work = new Uint8Array(256);
    work.set(frame.subarray(0, 256));
    if (before !== null) difference += before[0]! - work[0]!;
    before = work;
  }
  return difference;
}

/** @hot */
export function swapsWithTheBest(frames: readonly Uint8Array[], start: Uint8Array): number {
  let best = start;
  let sum = 0;
  for (const frame of frames) {
    let work: Uint8Array = new Uint8Array(256);
    work.set(frame.subarray(0, 256));
    if (work[0]! > best[0]!) [best, work] = [work, best];
    sum += best[0]!;
  }
  return sum;
}
