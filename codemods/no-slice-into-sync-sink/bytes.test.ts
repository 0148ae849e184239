import { expect, test } from 'vitest';
import * as after from './output.js';
import * as before from './input.js';

const frame = Uint8Array.from({ length: 1024 }, (_, index) => (index * 31) & 0xff);
const key = frame.slice(7, 39);

function results(module: typeof before | typeof after, length: number): Uint8Array[] {
  const bytes = frame.slice(0, length);
  return [
    module.digestOfBody(bytes, length - 1),
    module.tagOfHeader(key, bytes),
    module.copiesBodyInto(new Uint8Array(1024), bytes),
    module.digestOfParts(bytes),
    bytes,
  ];
}

test.each([1024, 512, 300, 64, 4, 1, 0])('views of %i bytes give the bytes that copies give, and leave their source alone', (length) => {
  expect(results(after, length)).toEqual(results(before, length));
});
