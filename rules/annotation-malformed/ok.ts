// What annotation-malformed leaves alone.

/** @hot {evidence: bench/seal.ts} */
export function isMeasured(frame: Uint8Array): number {
  return frame.length;
}

/** @cold */
export function isRare(frame: Uint8Array): number {
  return frame.length;
}

/**
 * Reads one frame.
 * @param frame - bytes of the caller. @borrows
 * @param key - of the session. @secret
 */
export function isDescribed(frame: Uint8Array, key: Uint8Array): number {
  return frame[0]! ^ key[0]!;
}

export function isInPlace(/** @takesOwnership */ frame: Uint8Array, /** @secret */ { key }: { readonly key: Uint8Array }): Uint8Array[] {
  return [frame, key];
}

/**
 * @borrows frame, key - both are only read
 * @allocs <= 4, bytes <= 2 * frame.length + key.length + 512 -- two copies at most
 */
export function listsParameters(frame: Uint8Array, key: Uint8Array): number {
  return frame[0]! ^ key[0]!;
}

export function isVouchedFor(visit: () => void): void {
  // scrimp-assume-next-line allocs <= 1, bytes <= 64 -- visit boxes one number
  visit();
  // scrimp-assume-next-line ESC, SRC -- visit keeps nothing
  visit();
}

/** Write to team@hot.example, or read about `@hot` and @secret/store. */
export function hasProse(frame: Uint8Array): number {
  return frame.length;
}
