/** What `@borrows` and `@takesOwnership` settle in the proof of a copy, and what they do not. */
import { expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';

/** `CODE state` of the obligations that are not proved, for the first slice. */
function doubts(source: string): readonly string[] {
  const [proof] = askAtCalls(source, 'Uint8Array.prototype.slice', (fn, call) => fn.proveView(call, call.operands.receiver!));
  return proof!.obligations.filter((one) => ['ESC', 'SRC', 'SUSP'].includes(one.code) && one.state !== 'proved').map((one) => `${one.code} ${one.state}`);
}

const callee = (annotation: string): string => `${annotation} function send(bytes: Uint8Array, log: (b: Uint8Array) => void) { log(bytes); }\n`;
const caller = 'export function f(frame: Uint8Array, log: (b: Uint8Array) => void) { send(frame.slice(4), log); }';

test('bytes that are borrowed may be a view, if the callee keeps its promise', () => {
  expect(doubts(callee('') + caller)).toEqual(['SRC open', 'ESC open']);
  expect(doubts(callee('/** @borrows bytes */') + caller)).toEqual(['SRC assumed', 'ESC assumed']);
  expect(doubts(callee('/** @borrows log */') + caller)).toEqual(['SRC open', 'ESC open']);
});

test('evidence stands against a promise', () => {
  expect(doubts(`let last; /** @borrows bytes */ function send(bytes: Uint8Array, log) { last = bytes; }\n${caller}`)).toContain('ESC failed');
  expect(doubts(`/** @borrows bytes */ function send(bytes: Uint8Array, log) { bytes[0] = 1; }\n${caller}`)).toContain('SRC failed');
});

test('the promise is of its argument alone', () => {
  // The source itself goes to the same call, where nobody promises anything.
  expect(doubts('/** @borrows bytes */ function send(bytes: Uint8Array, all: Uint8Array, log) { log(bytes); log(all); }\nexport function f(frame: Uint8Array, log) { send(frame.slice(4), frame, log); }')).toEqual(['SRC open', 'ESC open']);
  // Another call in the live range may write.
  expect(doubts(`${callee('/** @borrows bytes */')}export function f(frame: Uint8Array, log) { const part = frame.slice(4); log(1); send(part, log); }`)).toContain('SRC open');
});

test('nobody else touches what a function owns', () => {
  const read = (annotation: string): string => `${annotation} export async function f(frame: Uint8Array, wait: () => Promise<void>) { const part = frame.slice(4); await wait(); return part[0]; }`;
  expect(doubts(read(''))).toEqual(['SRC open', 'SUSP failed']);
  expect(doubts(read('/** @takesOwnership frame */'))).toEqual(['SRC assumed', 'SUSP assumed']);
});

test('an owned parameter that was given to others is owned no longer', () => {
  expect(doubts('/** @takesOwnership frame */ export async function f(frame: Uint8Array, give: (b: Uint8Array) => Promise<void>) { const part = frame.slice(4); await give(frame); return part[0]; }')).toEqual(expect.arrayContaining(['SRC open', 'SUSP failed']));
});
