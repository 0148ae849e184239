/** A frame that a cipher or hash writes into, against results that are copied into it. */
import { createCipheriv, createSecretKey } from 'node:crypto';
import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { defineBench } from '@scrimp/bench';

const key = new Uint8Array(32).fill(7);
const nonce = new Uint8Array(12).fill(9);
const nodeKey = createSecretKey(key);

function textAndFrame(size: number): { text: Uint8Array; frame: Uint8Array } {
  return { text: new Uint8Array(size).fill(3), frame: new Uint8Array(12 + size + 16) };
}

export default [
  defineBench({
    name: 'noble chacha20poly1305 into a frame',
    size: [256, 4096],
    setup: textAndFrame,
    before: ({ text, frame }) => {
      frame.set(chacha20poly1305(key, nonce).encrypt(text), 12);
      return frame;
    },
    after: ({ text, frame }) => {
      chacha20poly1305(key, nonce).encrypt(text, frame.subarray(12, 12 + text.length + 16));
      return frame;
    },
  }),
  defineBench({
    name: 'noble digest into a frame',
    size: [256],
    setup: textAndFrame,
    before: ({ text, frame }) => {
      frame.set(sha256.create().update(text).digest(), 12);
      return frame;
    },
    after: ({ text, frame }) => {
      sha256.create().update(text).digestInto(frame.subarray(12, 44));
      return frame;
    },
  }),
  defineBench({
    name: 'parts of a node cipher into a frame',
    size: [256, 4096],
    setup: textAndFrame,
    before: ({ text, frame }) => {
      const cipher = createCipheriv('chacha20-poly1305', nodeKey, nonce, { authTagLength: 16 });
      frame.set(Buffer.concat([cipher.update(text), cipher.final(), cipher.getAuthTag()]), 12);
      return frame;
    },
    after: ({ text, frame }) => {
      const cipher = createCipheriv('chacha20-poly1305', nodeKey, nonce, { authTagLength: 16 });
      frame.set(cipher.update(text), 12);
      frame.set(cipher.final(), 12 + text.length);
      frame.set(cipher.getAuthTag(), 12 + text.length);
      return frame;
    },
  }),
];
