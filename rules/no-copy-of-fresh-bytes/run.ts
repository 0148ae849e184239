/** Results of the reported functions, before and after the edits. Random bytes are compared by their length. */
import type * as reported from './reported.js';

function message(): Uint8Array {
  return Uint8Array.from({ length: 80 }, (_, index) => index);
}

export function cases(module: typeof reported): unknown[] {
  return [
    module.hashesWithNoble(message()), module.wrapsNoble(message()), module.convertsDigest(message()), module.convertsNamedDigest(message()),
    module.sumsDigest(message()), module.copiesRandom(40).length, module.makesHeader(3, 70000), module.fillsAndCopies([message(), message()]),
    module.copiesTwice(message()), module.joinsOne(Buffer.from('text')), module.joinsDigest(message()), module.asBuffer([1, 2, 3]),
    Buffer.isBuffer(module.convertsNamedDigest(message())), Buffer.isBuffer(module.asBuffer([1])),
  ];
}
