/** Joining and copying bytes through an array of numbers, against copying them as bytes. */
import { defineBench } from '@scrimp/bench';

function bytesOf(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => index % 251);
}

export default [
  defineBench({
    name: 'new Uint8Array of two spread arrays',
    size: [32, 256],
    setup: bytesOf,
    before: (bytes) => new Uint8Array([...bytes, ...bytes]),
    after: (bytes) => {
      const joined = new Uint8Array(bytes.length + bytes.length);
      joined.set(bytes);
      joined.set(bytes, bytes.length);
      return joined;
    },
  }),
  defineBench({
    name: 'Buffer.from of two spread buffers',
    size: [32, 256],
    setup: (size) => Buffer.from(bytesOf(size)),
    before: (bytes) => Buffer.from([...bytes, ...bytes]),
    after: (bytes) => Buffer.concat([bytes, bytes]),
  }),
  defineBench({
    name: 'copy through Array.from',
    size: [32, 256],
    setup: bytesOf,
    before: (bytes) => new Uint8Array(Array.from(bytes)),
    after: (bytes) => new Uint8Array(bytes),
  }),
];
