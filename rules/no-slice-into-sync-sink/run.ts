// Runs what the edits change: every function of reported.ts, on bytes that differ everywhere.
import { createCipheriv, createHash } from 'node:crypto';
import type * as reported from './reported.js';

/** Results before and after the edits must be the same bytes; inputs are listed where an edit could write them. */
export function cases(module: typeof reported): unknown[] {
  const bytes = (length: number): Uint8Array => Uint8Array.from({ length }, (_, index) => (index * 7 + 3) & 255);
  const frame = bytes(3000);
  const hash = createHash('sha256');
  module.feedsHashOfCaller(hash, frame, 2000);
  return [
    module.hashesPayload(frame),
    hash.digest(),
    module.authenticatesHeader(bytes(32), frame),
    module.encryptsBody(bytes(32), bytes(16), frame),
    module.addsAssociatedData(createCipheriv('aes-256-ctr', bytes(32), bytes(16)), frame),
    module.hashesOwnBlock(9),
    module.placesPayload(frame),
    module.movesWithinOwnBlock(5),
    module.comparesTags(Buffer.from(frame.subarray(2900)), frame),
    module.ordersBlocks(bytes(300), bytes(301)),
    module.comparesInConstantTime(bytes(90), frame),
    module.decodesName(new TextEncoder().encode('  a name of some length, longer than sixty-four bytes in any encoding')),
    module.hashesWithNoble(frame),
    module.hashesInOneCallWithNoble(frame),
    module.hashesEachChunk(frame),
    frame,
  ];
}
