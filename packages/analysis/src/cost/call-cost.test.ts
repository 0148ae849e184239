/** What a library call allocates agrees with what was measured of it: COSTS B, and the evidence of the rules. */
import { expect, test } from 'vitest';
import { askAtCalls } from '../detect/ask.test-support.js';
import { printSize } from './size.js';

function costOf(text: string, api: string): string {
  const imports = `import { randomBytes } from 'node:crypto';\nimport { sha256 } from '@noble/hashes/sha2.js';\n`;
  const [cost] = askAtCalls(`${imports}export function f(n: number, m: Uint8Array) { return ${text}; }`, api, (fn, call) => fn.allocation(call));
  return `${String(cost!.objects)} objects, ${printSize(cost!.heapBytes)} + ${printSize(cost!.externalBytes)}`;
}

test.each([
  // The label of no-codec-per-call: 3 objects and 231 bytes with the encoder, which is an object of 32 bytes.
  [`new TextEncoder().encode('session-keys|v2')`, 'TextEncoder.prototype.encode', '2 objects, 184 + 15'],
  ['randomBytes(12)', 'node:crypto#randomBytes', '7 objects, 368 + 12'],
  ['randomBytes(n)', 'node:crypto#randomBytes', '7 objects, 368 + n'],
  // COSTS A.4: 912 + 64 in 9.5 to 11.5 objects, the digest itself on the heap.
  ['sha256(m)', '@noble/hashes/sha2#sha256', '11 objects, 912 + 64'],
  ['Buffer.allocUnsafe(10)', 'Buffer.allocUnsafe', '1 objects, 96 + 10'],
  // Without a measured fixed part, a short result is a third object on the heap.
  ['m.slice(0, 16)', 'Uint8Array.prototype.slice', '3 objects, 216 + 0'],
])('%s', (text, api, cost) => {
  expect(costOf(text, api)).toBe(cost);
});
