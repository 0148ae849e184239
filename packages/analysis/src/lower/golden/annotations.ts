/**
 * Encrypts.
 * @hot {evidence: bench/seal.ts}
 * @allocs <= 2, bytes <= n + 64
 * @secret key
 */
export function seal(key: Uint8Array) { return key; }
/** @nonallocating */
export const open = (x: Uint8Array) => x;
class S {
  /** @borrows data @takesOwnership key */
  send(data: Uint8Array, key: Uint8Array) { return [data, key]; }
  /** @hot */
  handler = () => 1;
}
// scrimp-ignore-next-line no-redundant-slice, no-byte-spread -- the caller keeps it
const a = 1;
/* scrimp-ignore-next-line no-byte-spread */
const text = '// scrimp-ignore-next-line not-a-comment';
