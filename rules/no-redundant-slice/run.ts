/** Results of the reported functions on fixed packets, before and after the edits. */
import type * as reported from './reported.js';

function packet(length = 4096): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 7) % 251);
}

export function cases(module: typeof reported): unknown[] {
  const written = packet();
  const digests: Buffer[] = [];
  return [
    module.hashesTwice(packet()),
    module.sumsElements(packet(), 5, 900),
    module.callsReader(packet()),
    module.readsOwnBlock(Buffer.from('key'), 'message'),
    module.writesSourceLater(written), written,
    module.joinsParts(packet(), packet(16)),
    module.readsInBranches(packet(), true), module.readsInBranches(packet(), false),
    module.sumsSamples(Float32Array.from({ length: 1024 }, (_, index) => index / 3), 100),
    module.readsBeforeAwait(packet(), (digest) => { digests.push(digest); return Promise.resolve(); }).then(() => digests),
    module.copiesTwice(packet()), module.copiesTwice(Buffer.from(packet())),
    module.hashesBody(packet()),
  ];
}
