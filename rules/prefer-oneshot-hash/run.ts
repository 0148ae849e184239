// Runs what the edits change: every function of reported.ts, on bytes and text outside of ASCII.
import type * as reported from './reported.js';

/** Digests before and after the edits must be the same bytes or text. */
export function cases(module: typeof reported): unknown[] {
  const payload = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7 + 3) & 255);
  return [
    module.digestsAsBytes(payload), module.digestsAsHex(payload), module.digestsThroughNamespace(payload), module.digestsTextThroughNamespace('größe 🔑'),
    module.digestsStepByStep('größe 🔑'), module.digestsEachPayload([payload, payload.subarray(1), new Uint8Array(0)]), module.digestsWithNamedAlgorithm(payload),
    module.digestsWithUndefinedOptions(payload), module.digestsInParentheses(payload), module.digestsBesideComment(payload), payload,
  ];
}
