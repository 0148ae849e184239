/** The text that a value becomes: exact where it is known, named by `x.length` only where `x` is text. */
import { expect, test } from 'vitest';
import { askAtCalls } from '../detect/ask.test-support.js';
import { printSize } from './size.js';

/** Length of the first argument of `Buffer.from`. */
function lengthOfText(parameters: string, text: string): string {
  const [size] = askAtCalls(`export function f(${parameters}) { return Buffer.from(${text}, 'latin1'); }`, 'Buffer.from', (fn, call) => fn.lengthOf(call.operands.arguments[0]!));
  return printSize(size!);
}

test.each([
  ['a text', 'id: string', '`id ${id}`', 'id.length + 3'],
  ['a text in a variable', 'id: string', '`id ${`<${id}>`}`', 'id.length + 5'],
  ['a constant number', '', '`id ${-1.5}`', '7'],
  ['a number', 'sent: number', '`id ${sent}`', 'at least 3'],
  ['a big number', 'sent: bigint', '`id ${sent}`', 'at least 3'],
  ['a text or a number', 'sent: number | string', '`id ${sent}`', 'at least 3'],
  ['a field that may be a number', 'box: { sent: number }', '`id ${box.sent}`', 'at least 3'],
  ['a value without a type', 'sent', '`id ${sent}`', 'at least 3'],
  ['bytes, which become a list of numbers', 'sent: Uint8Array', '`id ${sent}`', 'at least 3'],
])('%s', (_name, parameters, text, length) => {
  expect(lengthOfText(parameters, text)).toBe(length);
});
