/** Runs the reported functions before and after their edits, so that the results can be compared. */
import type * as reported from './reported.js';

/** Results of the functions of reported.ts on given inputs. */
export function cases(module: typeof reported): unknown[] {
  const key = Uint8Array.from({ length: 32 }, (_, index) => 7 * index);
  const lines: string[] = [];
  const session = new module.Session({ debug: (text) => lines.push(text), info: (text) => lines.push(text) });
  session.seal(key, 3);
  session.open(key);
  return [
    module.derivesFourKeys(key, key), module.hashesWithOneOfTwoLabels(key, true), module.hashesWithPlainLabel(key), module.hashesWithBufferLabel(key), module.hashesWithByteConstant(key),
    module.hashesWithHexConstant(key), ...['frame/v1', 'Frame/V2', 'frame', '/v1'].map((name) => module.testsConstructedPattern(name)), lines,
  ];
}
