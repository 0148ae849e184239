/** A hash object per digest beside crypto.hash, for bytes and for hex. */
import { createHash, hash } from 'node:crypto';
import { defineBench } from '@scrimp/bench';

export default [
  defineBench({
    name: 'digest as bytes',
    size: [32, 1024],
    setup: (size) => new Uint8Array(size).fill(7),
    before: (bytes) => createHash('sha256').update(bytes).digest(),
    after: (bytes) => hash('sha256', bytes, 'buffer'),
  }),
  defineBench({
    name: 'digest as hexadecimal text',
    size: [32, 1024],
    setup: (size) => new Uint8Array(size).fill(7),
    before: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    after: (bytes) => hash('sha256', bytes, 'hex'),
  }),
];
