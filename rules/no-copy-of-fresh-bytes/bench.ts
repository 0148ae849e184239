/** Copies of bytes that were just made, against the bytes themselves or a view of them. */
import { createHash } from 'node:crypto';
import { sha256 } from '@noble/hashes/sha2.js';
import { defineBench } from '@scrimp/bench';

function message(size: number): Uint8Array {
  return Uint8Array.from({ length: size }, (_, index) => index % 251);
}

function filled(size: number, source: Uint8Array): Uint8Array {
  const made = new Uint8Array(size);
  made.set(source);
  return made;
}

export default [
  defineBench({
    name: 'noble digest',
    size: [64],
    setup: message,
    before: (bytes) => sha256(bytes).slice(),
    after: (bytes) => sha256(bytes),
  }),
  defineBench({
    name: 'node digest as a Uint8Array',
    size: [64],
    setup: message,
    before: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    after: (bytes) => {
      const digest = createHash('sha256').update(bytes).digest();
      return new Uint8Array(digest.buffer, digest.byteOffset, digest.byteLength);
    },
  }),
  defineBench({
    name: 'node digest as it is',
    size: [64],
    setup: message,
    before: (bytes) => new Uint8Array(createHash('sha256').update(bytes).digest()),
    after: (bytes) => createHash('sha256').update(bytes).digest(),
  }),
  defineBench({
    name: 'own array as a Buffer',
    size: [32, 64, 65, 128, 1024],
    setup: message,
    before: (bytes) => Buffer.from(filled(bytes.length, bytes)),
    after: (bytes) => {
      const made = filled(bytes.length, bytes);
      return Buffer.from(made.buffer, made.byteOffset, made.byteLength);
    },
  }),
  defineBench({
    name: 'own array copied at the end',
    size: [32, 1024],
    setup: message,
    before: (bytes) => filled(bytes.length, bytes).slice(),
    after: (bytes) => filled(bytes.length, bytes),
  }),
];
