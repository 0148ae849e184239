// Copies that untyped code needs, and receivers of which nothing is known.
import { createHash } from 'node:crypto';

/** The second argument is evaluated before the call and clears the source. */
export function updatesWithLaterWriter(seed) {
  const block = new Uint8Array(256).fill(seed);
  return createHash('sha256').update(block.slice(0, 100), block.fill(0)).digest();
}

/** The same through an alias. */
export function comparesWithWriterOfAlias(seed) {
  const block = new Uint8Array(256).fill(seed);
  const alias = block.subarray(0, 200);
  return Buffer.compare(block.slice(0, 100), alias.reverse());
}

/** The same inside a function that is called for the second argument. */
export function comparesWithWritingCallee(seed) {
  const block = new Uint8Array(256).fill(seed);
  return Buffer.compare(block.slice(0, 100), cleared(block));
}

function cleared(bytes) {
  bytes.fill(0);
  return bytes;
}

/** The second argument assigns to an element. */
export function updatesWithLaterAssignment(seed) {
  const block = new Uint8Array(256).fill(seed);
  return createHash('sha256').update(block.slice(0, 100), (block[3] ^= 255) > 0 ? 'utf8' : 'hex').digest();
}

/** Others run while the second argument is awaited. */
export async function updatesAcrossAwait(frame, encoding) {
  const hash = createHash('sha256');
  hash.update(new Uint8Array(frame).slice(0, 100), await encoding);
  return hash.digest();
}

/** A parameter without a type may be a string. */
export function hashesUntypedParameter(frame) {
  return createHash('sha256').update(frame.slice(4)).digest();
}
