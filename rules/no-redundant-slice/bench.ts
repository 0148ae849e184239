/** A slice that is only read, against a view of the same bytes. */
import { createHash } from 'node:crypto';
import { defineBench } from '@scrimp/bench';

const headerBytes = 16;

function packet(size: number): Uint8Array {
  return Uint8Array.from({ length: headerBytes + size }, (_, index) => index % 251);
}

function sumOf(bytes: Uint8Array): number {
  let sum = 0;
  for (let index = 0; index < bytes.length; index += 8) sum += bytes[index]!;
  return sum;
}

export default [
  defineBench({
    name: 'element reads',
    size: [65, 256, 1024, 16384],
    setup: packet,
    before: (bytes) => sumOf(bytes.slice(headerBytes)),
    after: (bytes) => sumOf(bytes.subarray(headerBytes)),
  }),
  defineBench({
    name: 'two readers',
    size: [1024, 16384],
    setup: packet,
    before: (bytes) => {
      const body = bytes.slice(headerBytes);
      return createHash('sha256').update(body).digest().length + body.indexOf(7);
    },
    after: (bytes) => {
      const body = bytes.subarray(headerBytes);
      return createHash('sha256').update(body).digest().length + body.indexOf(7);
    },
  }),
];
