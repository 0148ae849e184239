// What contract-broken leaves alone: contracts that hold, and functions that promise nothing.

/** @nonallocating */
export function xorInto(left: Uint8Array, right: Uint8Array, output: Uint8Array): void {
  requireSameLength(left, right);
  for (let index = 0; index < left.length; index += 1) output[index] = left[index]! ^ right[index]!;
}

function requireSameLength(left: Uint8Array, right: Uint8Array): void {
  if (left.length !== right.length) throw new RangeError(`lengths differ: ${String(left.length)} and ${String(right.length)}`);
}

/** @allocs <= 2, bytes <= size + 184 */
export function room(size: number): Uint8Array {
  return new Uint8Array(size);
}

/** @allocs <= 2, bytes <= frame.length + 200 */
export function roomForTag(frame: Uint8Array): Uint8Array {
  return room(frame.length + 16);
}

/** @allocs <= 2 */
export function oneOfTwo(size: number, twice: boolean): Uint8Array {
  if (twice) return new Uint8Array(size * 2);
  return new Uint8Array(size);
}

/** @nonallocating */
export function vouchedFor(frame: Uint8Array, count: (size: number) => void): void {
  // scrimp-assume-next-line nonallocating -- count increments a counter
  count(frame.length);
}

/** @nonallocating */
export function appliesInSight(frame: Uint8Array): number {
  return applied(frame, double);
}

function applied(frame: Uint8Array, apply: (byte: number) => number): number {
  let sum = 0;
  for (let index = 0; index < frame.length; index += 1) sum += apply(frame[index]!);
  return sum;
}

function double(byte: number): number {
  return byte * 2;
}

export function promisesNothing(frame: Uint8Array): Uint8Array[] {
  return [frame.slice(), frame.slice()];
}
