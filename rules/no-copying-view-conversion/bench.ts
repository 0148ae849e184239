/** A copy that only changes the class of bytes, against a view of the same memory, or the bytes themselves. */
import { createHash } from 'node:crypto';
import { defineBench } from '@scrimp/bench';

function bytesOf(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => index % 251);
}

export default [
  defineBench({
    name: 'Buffer.from(bytes) for a number',
    size: [32, 128, 1024, 16384],
    setup: bytesOf,
    before: (bytes) => Buffer.from(bytes).readUInt32BE(4),
    after: (bytes) => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).readUInt32BE(4),
  }),
  defineBench({
    name: 'new Uint8Array(buffer) for an index',
    size: [32, 128, 1024, 16384],
    setup: (size) => Buffer.from(bytesOf(size)),
    before: (buffer) => new Uint8Array(buffer).indexOf(7),
    after: (buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).indexOf(7),
  }),
  defineBench({
    name: 'Uint8Array.from(buffer) for an index',
    size: [1024],
    setup: (size) => Buffer.from(bytesOf(size)),
    before: (buffer) => Uint8Array.from(buffer).indexOf(7),
    after: (buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).indexOf(7),
  }),
  defineBench({
    name: 'a hash takes the bytes themselves',
    size: [32, 1024],
    setup: bytesOf,
    before: (bytes) => createHash('sha256').update(Buffer.from(bytes)).digest(),
    after: (bytes) => createHash('sha256').update(bytes).digest(),
  }),
];
