/** Runs the reported functions before and after their edits, so that the results can be compared. */
import { createSecretKey } from 'node:crypto';
import type * as reported from './reported.js';

/** Results of the functions of reported.ts on given inputs. */
export function cases(module: typeof reported): unknown[] {
  const key = new Uint8Array(32).fill(7);
  const nonce = new Uint8Array(12).fill(9);
  const text = Uint8Array.from({ length: 100 }, (_, index) => index);
  const output = new Uint8Array(200);
  const sealed = module.sealsNested(key, nonce, text);
  return [
    module.sealsInto(key, nonce, text, output, 5), output.slice(), sealed, module.sealsThenMakesFrame(key, nonce, text), module.opensInto(key, nonce, sealed.slice(12), output), output.slice(),
    module.appendsDigest(text), module.digestsBlocks([text, nonce]), module.sealsWithNode(createSecretKey(key), nonce, text, output, 3), output.slice(), nonce, text,
  ];
}
