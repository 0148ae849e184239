/**
 * A slice that only feeds a hash, against a view of the same bytes: an example of a rule's evidence.
 */
import { createHash } from 'node:crypto';
import { defineBench } from '@scrimp/bench';

const headerBytes = 16;

function frame(size: number): Uint8Array {
  return Uint8Array.from({ length: headerBytes + size }, (_, index) => index % 251);
}

export default [
  defineBench({
    name: 'node hash of a payload',
    size: [32, 1024],
    setup: frame,
    before: (bytes) => createHash('sha256').update(bytes.slice(headerBytes)).digest(),
    after: (bytes) => createHash('sha256').update(bytes.subarray(headerBytes)).digest(),
  }),
];
