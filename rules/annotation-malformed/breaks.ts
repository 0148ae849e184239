/**
 * A bound that is not read: the function outgrows it and nothing says so. As written the tag has no relation, so that no contract exists; mended it would have one.
 */

/** @allocs 2 */
export function fields(record: Uint8Array): Uint8Array[] {
  return [record.slice(0, 4), record.slice(4, 8), record.slice(8, 12)];
}

/** @nonallocating */
function fieldInto(record: Uint8Array, index: number, output: Uint8Array): Uint8Array {
  for (let at = 0; at < 4; at += 1) output[at] = record[4 * index + at]!;
  return output;
}

export const cases: readonly { readonly name: string; asWritten(): boolean; mended(): boolean }[] = [
  {
    name: 'a function with a bound of two objects makes more, and its tag is not one that can be checked',
    asWritten: () => new Set(fields(new Uint8Array(12))).size > 2,
    mended: () => {
      const output = new Uint8Array(4);
      const record = new Uint8Array(12);
      return new Set([0, 1, 2].map((index) => fieldInto(record, index, output))).size > 2;
    },
  },
];
