/** Texts of which there are few, through formatting and known callers; and who calls what. */
import { describe, expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';
import { callersOf } from './callers.js';
import { finiteTextsOf } from './finite-text.js';

const encoder = 'const encoder = new TextEncoder();\n';

function texts(source: string): readonly string[] | null {
  const [answer] = askAtCalls(encoder + source, 'TextEncoder.prototype.encode', (fn, call) => finiteTextsOf(fn, call.operands.arguments[0]!)?.texts ?? null);
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

test.each([
  ['literals', `export function f(b: boolean) { const t = b ? 'x' : 'y'; return encoder.encode(t); }`, false],
  ['literals that callers pass', `function f(t: string) { return encoder.encode(t); } export function g() { f('a'); f('b'); }`, false],
  ['a template', `export function f(b: boolean) { const t = b ? 'x' : 'y'; return encoder.encode(\`\${t}|v1\`); }`, true],
  ['a join', `export function f(b: boolean) { const t = b ? 'x' : 'y'; return encoder.encode('k/' + t); }`, true],
  ['a template that a caller passes', `function f(t: string) { return encoder.encode(t); } export function g(b: boolean) { const u = b ? 'x' : 'y'; f(\`\${u}|v1\`); f('a'); }`, true],
])('whether it is formatted: %s', (_name, source, expected) => {
  const [answer] = askAtCalls(encoder + source, 'TextEncoder.prototype.encode', (fn, call) => finiteTextsOf(fn, call.operands.arguments[0]!)?.isFormatted ?? null);
  expect(answer).toBe(expected);
});

describe('callers of a private method', () => {
  const callers = (body: string, modifier = 'private f', outside = ''): { readonly calls: number; readonly assumed: string | null } | null => askAtCalls(`${encoder}${outside}export class C { ${modifier}(t: string) { return encoder.encode(t); } ${body} }`, 'TextEncoder.prototype.encode', (fn) => {
    const found = callersOf(fn);
    return found === null ? null : { calls: found.calls.length, assumed: found.assumed };
  })[0]!;
  const assumed = 'nobody calls C.f past its `private`, which only TypeScript knows';

  test('are everybody who reads its name', () => {
    expect(callers(`g() { return this.f('a'); } h() { return this['f']('b'); }`)).toEqual({ calls: 2, assumed });
    expect(callers(`g() { return this.f('a'); } h() { return this.f; }`)).toBeNull();
    expect(callers(`g() { return this.f('a'); } h() { const { f } = this; return f('b'); }`)).toBeNull();
  });

  test('are all for a name with #, which no other code can say', () => {
    expect(callers(`g(n: string) { return [this.#f('a'), this[n]]; }`, '#f')).toEqual({ calls: 1, assumed: null });
  });

  test('are not known where a name is computed for an object of the class', () => {
    expect(callers(`g() { return this.f('a'); } h(n: string) { return (this as any)[n]('b'); }`)).toBeNull();
    expect(callers(`g() { return this.f('a'); } h(n: string) { return Reflect.get(this, n).call(this, 'b'); }`)).toBeNull();
    expect(callers(`g() { return this.f('a'); }`, 'private f', `export function h(n: string) { return (new C() as any)[n]('b'); }\n`)).toBeNull();
    expect(callers(`g(list: string[]) { return this.f('a') + list[0]; } h(o: Record<string, string>, n: string) { return o[n]; }`)).toEqual({ calls: 1, assumed });
  });

  test('are not known where code is made of text', () => {
    expect(callers(`g(t: string) { return [this.f('a'), eval(t)]; }`)).toBeNull();
    expect(texts(`function f(t: string) { return encoder.encode(t); } export function g(t: string) { return [f('a'), eval(t)]; }`)).toBeNull();
  });
});
