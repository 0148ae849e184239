// What annotation-contradicted leaves alone.

/** @borrows frame */
export function reads(frame: Uint8Array): number {
  let sum = 0;
  for (const byte of frame) sum ^= byte;
  return sum;
}

/** @borrows frame */
export function writesCopy(frame: Uint8Array): Uint8Array {
  const own = new Uint8Array(frame);
  own[0] = 1;
  return own;
}

/** @borrows frame */
export function collectsForItself(frame: Uint8Array): number {
  const parts = [frame.subarray(0, 4), frame.subarray(4)];
  return parts.reduce((sum, part) => sum + part.length, 0);
}

/** @borrows frame */
export function asksCodeOutOfSight(frame: Uint8Array, visit: (bytes: Uint8Array) => void): void {
  visit(frame);
}

/** @takesOwnership frame */
export function wipesWhatItOwns(frame: Uint8Array): void {
  frame.fill(0);
}

export function writesBeforeGiving(): void {
  const frame = new Uint8Array(64);
  frame[0] = 1;
  wipesWhatItOwns(frame);
}

export function writesAnother(): Uint8Array {
  const frame = new Uint8Array(64);
  wipesWhatItOwns(frame);
  const next = new Uint8Array(64);
  next[0] = 1;
  return next;
}

export function saysNothing(frame: Uint8Array): void {
  frame.fill(0);
}
