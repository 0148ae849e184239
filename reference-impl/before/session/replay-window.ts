/**
 * Anti-replay by a sliding bitmap (RFC 6479).
 *
 * Owns which sequence numbers were accepted.
 * Leaves authentication to the caller, who must finish it before calling `accept`:
 * a forged sequence number would otherwise push the window past honest messages.
 */

const WORD_BITS = 32;
const BITMAP_BITS = 2048;
const WORD_COUNT = BITMAP_BITS / WORD_BITS;

/**
 * How far a message may lag behind the newest one and still be accepted.
 * The word being filled is not usable in full, so it is one word less than the bitmap (RFC 6479, 2).
 */
export const REPLAY_WINDOW_SIZE = BITMAP_BITS - WORD_BITS;

export class ReplayWindow {
  private readonly bitmap = new Uint32Array(WORD_COUNT);
  /** One more than the largest accepted sequence number; 0 when none was. */
  private nextSequence = 0;

  /** Marks a sequence number as seen. Returns false when it was seen before or lies behind the window. */
  accept(sequence: number): boolean {
    if (sequence + REPLAY_WINDOW_SIZE < this.nextSequence) return false;
    this.advanceTo(sequence);
    const word = Math.floor(sequence / WORD_BITS) % WORD_COUNT;
    const mask = 1 << (sequence % WORD_BITS);
    const bits = this.bitmap[word] ?? 0;
    if ((bits & mask) !== 0) return false;
    this.bitmap[word] = bits | mask;
    return true;
  }

  /** Forgets every sequence number, for a new epoch. */
  clear(): void {
    this.bitmap.fill(0);
    this.nextSequence = 0;
  }

  /** Clears the words between the newest sequence number and this one, when this one is newer. */
  private advanceTo(sequence: number): void {
    if (sequence < this.nextSequence) return;
    const newestWord = this.nextSequence === 0 ? 0 : Math.floor((this.nextSequence - 1) / WORD_BITS);
    const wordsAhead = Math.min(Math.floor(sequence / WORD_BITS) - newestWord, WORD_COUNT);
    for (let step = 1; step <= wordsAhead; step++) {
      this.bitmap[(newestWord + step) % WORD_COUNT] = 0;
    }
    this.nextSequence = sequence + 1;
  }
}
