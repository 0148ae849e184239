/** What a test of a value's class leaves open where bytes are filled later. */
import { expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';
import { isTestedBuffer } from './class-test.js';

const at = 'Buffer.prototype.fill';
const isTested = (body: string): boolean =>
  askAtCalls(`export function f(a: Buffer, b: Buffer, g: () => boolean) { ${body} }`, at, (fn, call) => isTestedBuffer(fn, call.operands.receiver!, call.value))[0]!;

test.each([
  ['if (!Buffer.isBuffer(a)) throw new TypeError(); a.fill(0);', true],
  ['if (!(a instanceof Buffer)) return; a.fill(0);', true],
  ['if (Buffer.isBuffer(a)) a.fill(0);', true],
  ['if (!Buffer.isBuffer(a)) throw new TypeError(); a.subarray(1).subarray(2).fill(0);', true],
  ['if (!Buffer.isBuffer(a)) throw new TypeError(); for (;;) { if (g()) a.fill(0); }', true],
  ['a.fill(0);', false],
  ['if (!Buffer.isBuffer(a)) g(); a.fill(0);', false],
  ['if (!Buffer.isBuffer(a)) a.fill(0);', false],
  ['if (!Buffer.isBuffer(b)) throw new TypeError(); a.fill(0);', false],
  ['if (!Buffer.isBuffer(a)) throw new TypeError(); a = b; a.fill(0);', false],
  ['if (g() && !Buffer.isBuffer(a)) throw new TypeError(); a.fill(0);', false],
  ['try { if (!Buffer.isBuffer(a)) throw new TypeError(); } catch { } a.fill(0);', false],
  ['if (!(a instanceof Uint8Array)) throw new TypeError(); a.fill(0);', false],
  ['const is = Buffer.isBuffer(a); a.fill(Number(is));', false],
])('%s is a tested Buffer: %s', (body, expected) => {
  expect(isTested(body)).toBe(expected);
});
