// What contract-broken reports.
import { createHash } from 'node:crypto';

/** @nonallocating */
export function returnsView(frame: Uint8Array): Uint8Array {
//~^ broken likely
  return frame.subarray(4);
}

/**
 * Sums the payload.
 * @nonallocating
 */
export function allocatesInCallee(frame: Uint8Array): number {
//~^ broken
  return payloadSum(frame);
}

function payloadSum(frame: Uint8Array): number {
  const payload = withoutHeader(frame);
  let sum = 0;
  for (let index = 0; index < payload.length; index += 1) sum += payload[index]!;
  return sum;
}

function withoutHeader(frame: Uint8Array): Uint8Array {
  return new Uint8Array(frame.length - 4);
}

/** @allocs <= 2, bytes <= size + 64 */
export function forgetsHeaders(size: number): Uint8Array {
//~^ broken
  return new Uint8Array(size);
}

/** @allocs <= 2 */
export function copiesOnOneWay(size: number, twice: boolean): Uint8Array {
//~^ broken
  const room = new Uint8Array(size);
  if (twice) return new Uint8Array(size * 2);
  return room;
}

/** @nonallocating */
export function logs(frame: Uint8Array, log: (text: string) => void): void {
//~^ broken
  log(`got ${String(frame.length)} bytes`);
}

/** @nonallocating */
export async function isAsync(frame: Uint8Array): Promise<number> {
//~^ broken
  return frame.length;
}

/** @nonallocating */
export function runsCallback(frame: Uint8Array, visit: (byte: number) => void): void {
//~^ unverified possible
  for (let index = 0; index < frame.length; index += 1) visit(frame[index]!);
}

/** @allocs <= 10 */
export function gathers(frames: readonly Uint8Array[]): number {
//~^ unverified
  let sum = 0;
  for (let index = 0; index < frames.length; index += 1) sum += [frames[index]].length;
  return sum;
}

/** @allocs <= 2 */
export function hashes(frame: Uint8Array): Uint8Array {
//~^ broken
  return createHash('sha256').update(frame).digest();
}
