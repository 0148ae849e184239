/** Results of the reported functions on fixed bytes that lie inside a larger buffer, before and after the edits. */
import type * as reported from './reported.js';

function bytes(): Uint8Array {
  return Uint8Array.from({ length: 300 }, (_, index) => (index * 7) % 251).subarray(3, 203);
}

function buffer(): Buffer {
  const inside = bytes();
  return Buffer.from(inside.buffer, inside.byteOffset, inside.byteLength);
}

export function cases(module: typeof reported): unknown[] {
  return [
    module.readsNumber(bytes()), module.printsHex(bytes()), module.sumsBuffer(buffer()), module.findsLineEnd(buffer()),
    module.comparesDigests(bytes(), bytes()), module.comparesDigests(bytes(), bytes().fill(1)), module.hashesRest(bytes()),
    module.readsOwnScratch('a text that fills some bytes'), new module.Reader(bytes()).header(), module.readsSlot([bytes(), bytes()], 0), module.readsAnyBytes(bytes()), module.readsAnyBytes(buffer()), module.readsBuffer(buffer()),
  ];
}
