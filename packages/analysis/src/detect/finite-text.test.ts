/** Texts of which there are few, through formatting and known callers; and who calls what. */
import { expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';
import { callersOf } from './callers.js';
import { finiteTextsOf } from './finite-text.js';

const encoder = 'const encoder = new TextEncoder();\n';

function texts(source: string): readonly string[] | null {
  const [answer] = askAtCalls(encoder + source, 'TextEncoder.prototype.encode', (fn, call) => finiteTextsOf(fn, call.operands.arguments[0]!));
  return answer!;
}

test.each([
  ['a constant', `export function f() { return encoder.encode('a'); }`, ['a']],
  ['one of two', `export function f(b: boolean) { const t = b ? 'x' : 'y'; return encoder.encode(\`\${t}|v\${1}\`); }`, ['x|v1', 'y|v1']],
  ['what callers pass', `function f(t: string) { return encoder.encode('k/' + t); } export function g() { f('a'); f('b'); f('a'); }`, ['k/a', 'k/b']],
  ['what an unknown caller passes', `export function f(t: string) { return encoder.encode(t); }`, null],
  ['what a known caller passes on', `function f(t: string) { return encoder.encode(t); } export function g(u: string) { f('a'); f(u); }`, null],
  ['a function that is handed over', `function f(t: string) { return encoder.encode(t); } export function g(h: (f: unknown) => void) { f('a'); h(f); }`, null],
  ['a missing argument', `function f(t?: string) { return encoder.encode(t); } export function g() { f(); }`, null],
  ['a spread argument', `function f(t: string) { return encoder.encode(t); } export function g(a: [string]) { f(...a); }`, null],
  ['a sum of numbers', `export function f() { const n = 1; return encoder.encode(n + 2); }`, null],
  ['a private method', `export class C { #f(t: string) { return encoder.encode(t); } g() { return this.#f('a'); } }`, ['a']],
  ['a public method', `export class C { f(t: string) { return encoder.encode(t); } g() { return this.f('a'); } }`, null],
])('%s', (_name, source, expected) => {
  expect(texts(source)).toEqual(expected);
});

test('a private method is called by everybody who reads its name', () => {
  const callers = (body: string): number | null => askAtCalls(`${encoder}export class C { private f(t: string) { return encoder.encode(t); } ${body} }`, 'TextEncoder.prototype.encode', (fn) => callersOf(fn)?.length ?? null)[0]!;
  expect(callers(`g() { return this.f('a'); } h() { return this.f('b'); }`)).toBe(2);
  expect(callers(`g() { return this.f('a'); } h() { return this.f; }`)).toBeNull();
});
