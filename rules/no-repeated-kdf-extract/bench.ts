/** HKDF whole per key beside one extraction with an expansion per key. */
import { hkdfSync } from 'node:crypto';
import { expand, extract, hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { defineBench } from '@scrimp/bench';

const labels = ['encryption', 'signing', 'c2s-enc', 'c2s-sign', 's2c-enc', 's2c-sign'].map((label) => new TextEncoder().encode(label));

interface Handshake {
  readonly secret: Uint8Array;
  readonly salt: Uint8Array;
}

function handshake(size: number): Handshake {
  return { secret: new Uint8Array(size).fill(3), salt: new Uint8Array(32).fill(5) };
}

export default [
  defineBench({
    name: 'noble, two labels of one secret',
    size: [32],
    setup: handshake,
    before: ({ secret, salt }) => labels.slice(0, 2).map((info) => hkdf(sha256, secret, salt, info, 32)),
    after: ({ secret, salt }) => {
      const prk = extract(sha256, secret, salt);
      const keys = labels.slice(0, 2).map((info) => expand(sha256, prk, info, 32));
      prk.fill(0);
      return keys;
    },
  }),
  defineBench({
    name: 'noble, six labels of one secret',
    size: [32],
    setup: handshake,
    before: ({ secret, salt }) => labels.map((info) => hkdf(sha256, secret, salt, info, 32)),
    after: ({ secret, salt }) => {
      const prk = extract(sha256, secret, salt);
      const keys = labels.map((info) => expand(sha256, prk, info, 32));
      prk.fill(0);
      return keys;
    },
  }),
  defineBench({
    // The keys differ, because their labels do: this is what a protocol with one label costs, not a rewrite.
    name: 'node, one block of six keys under one label',
    size: [32],
    setup: handshake,
    before: ({ secret, salt }) => labels.map((info) => new Uint8Array(hkdfSync('sha256', secret, salt, info, 32))),
    after: ({ secret, salt }) => {
      const block = hkdfSync('sha256', secret, salt, labels[0]!, 192);
      return labels.map((_, index) => new Uint8Array(block, 32 * index, 32));
    },
    equal: (before, after) => before.length === after.length && before.every((key, index) => key.length === after[index]!.length),
  }),
];
