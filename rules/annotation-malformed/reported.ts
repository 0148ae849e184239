// What annotation-malformed reports.

/** @allocs 2 */
//~^ malformed
export function hasNoRelation(size: number): Uint8Array {
  return new Uint8Array(size);
}

/** @allocs <= 2, bytes <= count * 2 */
//~^ malformed
export function namesNoParameter(size: number): Uint8Array {
  return new Uint8Array(size * 2);
}

/** @borrows */
//~^ malformed
export function namesNobody(frame: Uint8Array): number {
  return frame[0]!;
}

/**
 * @secret password - of the user
 */
//~^^ malformed
export function wasRenamed(passphrase: Uint8Array): number {
  return passphrase.length;
}

/** @hot */
//~^ malformed
export interface Handler {
  handle(frame: Uint8Array): void;
}

/** @hot {bench: seal.ts} */
//~^ malformed
export function hasOtherEvidence(frame: Uint8Array): number {
  return frame.length;
}

/**
 * @hot
 * @cold
 */
//~^^ malformed
export function isBoth(frame: Uint8Array): number {
  return frame.length;
}

export function isVouchedForWithoutReason(visit: () => void): void {
  // scrimp-assume-next-line nonallocating
  //~^ malformed
  visit();
  // scrimp-assume-next-line cheap -- it is
  //~^ malformed
  visit();
}
