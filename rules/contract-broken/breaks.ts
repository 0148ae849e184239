/**
 * A promise that is not kept: a caller counts on a function to allocate nothing, keeps each result, and gets a new object for every frame.
 */

const view = new Uint8Array(16);

/** @nonallocating */
export function headerOf(frame: Uint8Array): Uint8Array {
  return frame.slice(0, 16);
}

/** @nonallocating */
function headerInto(frame: Uint8Array, output: Uint8Array): Uint8Array {
  for (let index = 0; index < output.length; index += 1) output[index] = frame[index]!;
  return output;
}

function objectsOver(frames: number, header: (frame: Uint8Array) => Uint8Array): number {
  const frame = new Uint8Array(64);
  const seen = new Set<Uint8Array>();
  for (let index = 0; index < frames; index += 1) seen.add(header(frame));
  return seen.size;
}

export const cases: readonly { readonly name: string; asWritten(): boolean; mended(): boolean }[] = [
  {
    name: 'a function that promises to allocate nothing makes an object for every frame',
    asWritten: () => objectsOver(1000, headerOf) === 1000,
    mended: () => objectsOver(1000, (frame) => headerInto(frame, view)) > 1,
  },
];
