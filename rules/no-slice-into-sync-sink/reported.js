// The same without a type in sight: the class follows from the producer.
import { createHash, timingSafeEqual } from 'node:crypto';

export function hashesUntypedBlock(length) {
  const block = new Uint8Array(length);
  block[0] = 1;
  return createHash('sha256').update(block.slice(16)).digest();
  //~^ copy likely
}

export function comparesUntypedBlocks(seed) {
  const left = new Uint8Array(256).fill(seed);
  const right = new Uint8Array(256).fill(7);
  return timingSafeEqual(left.slice(0, 128), right.slice(0, 128));
  //~^ copy proven, copy proven
}

let lastBlock;

/** Others reach the block by now, and converting an untyped offset may run their code before `set` reads. */
export function placesAtUntypedOffset(seed, offset) {
  const block = new Uint8Array(256).fill(seed);
  const message = new Uint8Array(512);
  lastBlock = block;
  message.set(block.slice(0, 128), offset);
  //~^ copy likely
  return message;
}

export function takesLastBlock() {
  return lastBlock;
}
