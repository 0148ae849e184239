/** Six keys in arrays of their own beside one block with offsets. */
import { hkdfSync } from 'node:crypto';
import { defineBench } from '@scrimp/bench';

const keyLength = 32;

/** All keys of one epoch in one block; a key is a range of it. */
class KeyBlock {
  readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
  }
}

export default [
  defineBench({
    name: 'keys out of a derived block',
    size: [96, 192],
    setup: (size) => Uint8Array.from({ length: size }, (_, index) => 7 * index),
    before: (block) => {
      const keys: Uint8Array[] = [];
      for (let offset = 0; offset < block.length; offset += keyLength) keys.push(block.slice(offset, offset + keyLength));
      return keys;
    },
    after: (block) => new KeyBlock(block),
    equal: (keys, { bytes }) => Buffer.concat(keys).equals(bytes),
  }),
  defineBench({
    name: 'derivation of the keys of a session',
    size: [192],
    setup: () => ({ secret: new Uint8Array(32).fill(1), salt: new Uint8Array(32).fill(2) }),
    before: ({ secret, salt }) => {
      const block = new Uint8Array(hkdfSync('sha256', secret, salt, 'keys', 6 * keyLength));
      return [block.slice(0, 32), block.slice(32, 64), block.slice(64, 96), block.slice(96, 128), block.slice(128, 160), block.slice(160, 192)];
    },
    after: ({ secret, salt }) => new KeyBlock(new Uint8Array(hkdfSync('sha256', secret, salt, 'keys', 6 * keyLength))),
    equal: (keys, { bytes }) => Buffer.concat(keys).equals(bytes),
  }),
];
