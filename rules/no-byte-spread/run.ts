/** Runs the reported functions before and after their edits, so that the results can be compared. */
import type * as reported from './reported.js';

/** Results of the functions of reported.ts on given inputs. */
export function cases(module: typeof reported): unknown[] {
  const a = (): Buffer => Buffer.from([0, 1, 128, 255]);
  const b = (): Buffer => Buffer.from([9, 8]);
  const empty = new Uint8Array(0);
  const changing = a();
  const counter = { calls: 0 };
  return [
    module.joinsBuffersInOrder(changing, () => changing.fill(5)), module.copiesAfterCount(counter, a()), counter.calls,
    module.joinsTwo(a(), b()), module.joinsTwo(empty, new Uint8Array(a())), module.joinsThree(a(), b(), a()), module.joinsDigests('left', 'right'), module.joinsBuffers(a(), b()),
    Buffer.isBuffer(module.joinsBuffers(a(), b())), module.joinsByFrom(a(), b()), module.prefixesType(300, a()), module.copiesOne(a()), Buffer.isBuffer(module.copiesOne(a())),
    module.copiesOneOfItsOwn(), module.copiesThroughArrayFrom(a()), module.joinsInVariable(a(), b()), module.joinsPartsOfExpressions(Buffer.concat([a(), a()]), b),
  ];
}
