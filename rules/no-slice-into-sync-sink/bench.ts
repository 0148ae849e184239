/**
 * A slice that only feeds a synchronous reader, against a view of the same bytes: a hash in native code and a copy into an array.
 */
import { createHash } from 'node:crypto';
import { defineBench } from '@scrimp/bench';

const headerBytes = 16;

function frame(size: number): Uint8Array {
  return Uint8Array.from({ length: headerBytes + size }, (_, index) => index % 251);
}

export default [
  defineBench({
    name: 'hash.update of a payload',
    size: [256, 4096],
    setup: frame,
    before: (bytes) => createHash('sha256').update(bytes.slice(headerBytes)).digest(),
    after: (bytes) => createHash('sha256').update(bytes.subarray(headerBytes)).digest(),
  }),
  defineBench({
    name: 'set of a payload',
    size: [256, 4096],
    setup: (size) => ({ bytes: frame(size), target: new Uint8Array(size) }),
    before: ({ bytes, target }) => {
      target.set(bytes.slice(headerBytes));
      return target;
    },
    after: ({ bytes, target }) => {
      target.set(bytes.subarray(headerBytes));
      return target;
    },
  }),
];
