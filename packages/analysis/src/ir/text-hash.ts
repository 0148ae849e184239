/** A stable hash of text for fingerprints and cache keys: two 53-bit cyrb53 hashes with different seeds, as 28 hex digits. Not cryptographic. */

export function hashText(text: string): string {
  return hashWithSeed(text, 0).toString(16).padStart(14, '0') + hashWithSeed(text, 0x9e3779b9).toString(16).padStart(14, '0');
}

/** cyrb53 (bryc, public domain): 53 bits from two interleaved 32-bit multiplicative hashes. */
function hashWithSeed(text: string, seed: number): number {
  let first = 0xdeadbeef ^ seed;
  let second = 0x41c6ce57 ^ seed;
  for (let index = 0; index < text.length; index += 1) {
    const unit = text.charCodeAt(index);
    first = Math.imul(first ^ unit, 2654435761);
    second = Math.imul(second ^ unit, 1597334677);
  }
  first = Math.imul(first ^ (first >>> 16), 2246822507) ^ Math.imul(second ^ (second >>> 13), 3266489909);
  second = Math.imul(second ^ (second >>> 16), 2246822507) ^ Math.imul(first ^ (first >>> 13), 3266489909);
  return 4294967296 * (2097151 & second) + (first >>> 0);
}
