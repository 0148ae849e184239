/** An HMAC keyed per message beside a clone of the keyed state. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { defineBench } from '@scrimp/bench';

export default defineBench({
  name: 'noble HMAC under one key',
  size: [32, 1024],
  setup: (size) => {
    const key = new Uint8Array(32).fill(3);
    return { key, message: new Uint8Array(size).fill(7), base: hmac.create(sha256, key), work: hmac.create(sha256, key) };
  },
  before: ({ key, message }) => hmac(sha256, key, message),
  after: ({ base, work, message }) => base._cloneInto(work).update(message).digest(),
});
