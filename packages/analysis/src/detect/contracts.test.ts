/** Contracts: what they may say, when they hold, what breaks them and by which way, and what nobody knows. */
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession } from '../session.js';
import type { AnalysisResult } from './finding.js';
import { readContract } from './contract-bound.js';
import { printSize } from '../cost/size.js';

function analyze(files: string | Readonly<Record<string, string>>): AnalysisResult {
  const table = typeof files === 'string' ? { a: files } : files;
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [], target: 'node20', resolve: (specifier) => (specifier.slice(2).replace(/\.js$/, '') in table ? `${specifier.slice(2).replace(/\.js$/, '')}.ts` : null) });
  for (const [name, text] of Object.entries(table)) session.addFile(`${name}.ts`, ts.createSourceFile(`${name}.ts`, text, ts.ScriptTarget.Latest, true));
  return session.analyze();
}

/** `state: because` of the only contract. */
function verdict(text: string): string {
  const { contracts } = analyze(text);
  expect(contracts).toHaveLength(1);
  const [{ state, because, assumptions }] = contracts as [AnalysisResult['contracts'][number]];
  return [state, because, ...(state === 'assumed' ? assumptions : [])].filter((part) => part !== '').join(': ');
}

describe('bounds', () => {
  const read = (text: string) => readContract({ tag: 'allocs', text, parameter: null, span: { start: 0, end: 0 } }, { parameters: ['n', 'frame', null] } as never);

  test.each([
    ['<= 2', '2', null],
    ['<= 2, bytes <= n + 64', '2', 'n + 64'],
    ['bytes <= 2 * frame.length + 3 * (n + 1)', null, '2*frame.length + 3*n + 3'],
    ['<= n * frame.byteLength -- one for each', 'frame.length*n', null],
    ['bytes <= 1_024, objects <= 4', '4', '1024'],
  ])('%s', (text, objects, bytes) => {
    const { contract, problem } = read(text);
    expect(problem).toBeNull();
    expect(contract!.objects === null ? null : printSize(contract!.objects.size)).toBe(objects);
    expect(contract!.bytes === null ? null : printSize(contract!.bytes.size)).toBe(bytes);
  });

  test.each([
    ['', 'a bound is missing; write @allocs <= 2, bytes <= n + 64'],
    ['2', '2 is no bound; write @allocs <= 2, bytes <= n + 64'],
    ['<= 2, <= 64', '<= 64 does not say of what; write bytes <= 64'],
    ['<= m', 'no parameter is called m'],
    ['<= frame.buffer', 'frame.buffer is neither a parameter nor the length of one'],
    ['<= n - 1', '- is not understood in n - 1; a bound is made of numbers, parameters and their lengths with + and *'],
    ['<= (n', '(n has no closing parenthesis'],
    ['<= n *', 'n * ends too early'],
    ['<= 1, allocs <= 2', 'allocs has two bounds; keep one'],
  ])('%s is wrong', (text, problem) => {
    expect(read(text)).toEqual({ contract: null, problem });
  });
});

describe('a contract holds', () => {
  test.each([
    ['of arithmetic over bytes', '/** @nonallocating */ export function f(a: Uint8Array, n: number) { let s = 0; for (let i = 0; i < a.length; i++) s ^= a[i]! * n; return s; }'],
    ['through functions of the program', '/** @nonallocating */ export function f(a: Uint8Array) { wipe(a); }\nfunction wipe(a: Uint8Array) { for (let i = 0; i < a.length; i++) a[i] = 0; }'],
    ['when only throwing allocates', '/** @nonallocating */ export function f(a: Uint8Array) { if (a.length === 0) { throw new Error(`bad ${String(a)}`); } return a[0]; }'],
    ['when only a callee that throws allocates', '/** @nonallocating */ export function f(a: Uint8Array) { check(a); return a[0]; }\nfunction check(a: Uint8Array) { if (a.length === 0) throw new Error(`bad ${a.length}`); }'],
    ['of recursion that allocates nothing', '/** @nonallocating */ export function f(n: number): number { return n < 2 ? n : f(n - 1); }'],
    ['of functions that call each other', '/** @nonallocating */ export function f(n: number): number { return n < 2 ? n : g(n); }\nfunction g(n: number): number { return f(n - 1); }'],
    ['on the larger of two ways', '/** @allocs <= 2 */ export function f(n: number, b: boolean) { if (b) { return new Uint8Array(n); } return new Uint8Array(n); }'],
    ['of a length', '/** @allocs <= 2, bytes <= n + 184 */ export function f(n: number) { return new Uint8Array(n); }'],
    ['of the length of an argument, by a callee', '/** @allocs <= 2, bytes <= m.length + 16 + 184 */ export function f(m: Uint8Array) { return room(m.length + 16); }\nfunction room(n: number) { return new Uint8Array(n); }'],
    ['of a callback in sight', '/** @nonallocating */ export function f(a: Uint8Array) { each(a, sum); }\nfunction sum(x: number) { return x * x; }\nfunction each(a: Uint8Array, g: (x: number) => void) { for (let i = 0; i < a.length; i++) g(a[i]!); }'],
  ])('%s', (_name, text) => {
    expect(verdict(text)).toBe('verified');
  });

  test.each([
    ['the iterator of bytes', '/** @nonallocating */ export function f(a: Uint8Array) { let s = 0; for (const x of a) s ^= x; return s; }', 'assumed: line 1: the compiler removes the iterator of a built-in list'],
    ['a declared receiver', '/** @nonallocating */ export function f(a: Uint8Array) { wipe(a); }\nfunction wipe(a: Uint8Array) { a.fill(0); }', 'assumed: line 2: the receiver of a.fill is a Uint8Array as declared in wipe'],
    ['numbers without a type', '/** @nonallocating */ export function f(a, b) { return a + b; }', 'assumed: line 1: + adds numbers'],
    ['a waiver', '/** @nonallocating */ export function f(g: () => void) {\n  // scrimp-assume-next-line nonallocating -- g is a counter\n  g();\n}', 'assumed: line 3: nonallocating, because g is a counter'],
    ['a waiver of some objects', '/** @allocs <= 2 */ export function f(g: () => void) {\n  // scrimp-assume-next-line allocs <= 2 -- g makes one array\n  g();\n}', 'assumed: line 3: allocs <= 2, because g makes one array'],
  ])('under an assumption: %s', (_name, text, expected) => {
    expect(verdict(text)).toBe(expected);
  });
});

describe('a contract is broken', () => {
  test.each([
    ['by a view', '/** @nonallocating */ export function f(a: Uint8Array) { return a.subarray(1); }', 'it allocates 1 object'],
    ['by a closure', '/** @nonallocating */ export function f(n: number) { return () => n; }', 'it allocates 2 objects'],
    ['by text', '/** @nonallocating */ export function f(s: string) { return s + "!"; }', 'it allocates 1 object'],
    ['by a callee', '/** @nonallocating */ export function f(n: number) { return g(n); }\nfunction g(n: number) { return new Uint8Array(n); }', 'it allocates 2 objects'],
    ['by a construction', '/** @nonallocating */ export function f() { return new A(); }\nclass A { x = 1; }', 'it allocates 1 object'],
    ['by a loop', '/** @nonallocating */ export function f(n: number) { for (let i = 0; i < n; i++) g([i]); }\nfunction g(a: number[]) { return a[0]; }', 'it allocates 2 objects'],
    ['in a handler that goes on', '/** @nonallocating */ export function f(a: Uint8Array) { try { a.fill(0); } catch { return [a]; } return null; }', 'it allocates 2 objects'],
    ['in a loop without an end', '/** @nonallocating */ export function f(a: Uint8Array) { for (;;) { a.slice(1); } }', 'it allocates 2 objects'],
    ['by too many objects on one way', '/** @allocs <= 2 */ export function f(n: number, b: boolean) { const a = new Uint8Array(n); if (b) { return a.slice(1); } return a; }', 'it allocates 4 objects, more than 2'],
    ['by bytes', '/** @allocs bytes <= n + 64 */ export function f(n: number) { return new Uint8Array(n); }', 'it allocates n + 184 bytes, more than n + 64'],
    ['by a length that is bound by another', '/** @allocs bytes <= n + 1000 */ export function f(n: number, m: number) { return new Uint8Array(m); }', 'it allocates m + 184 bytes, more than n + 1000'],
    ['by the promise of an async function', '/** @nonallocating */ export async function f() { return 1; }', 'it allocates 1 object'],
    ['by a getter', '/** @nonallocating */ export function f(a: A) { return a.copy; }\nexport class A { bytes = new Uint8Array(4); get copy() { return [this.bytes]; } }', 'it allocates 2 objects'],
    ['by an iteration of a callback', '/** @nonallocating */ export function f(a: Uint8Array) { return a.forEach(g); }\nfunction g(x: number) { return [x]; }', 'it allocates 2 objects'],
  ])('%s', (_name, text, because) => {
    expect(verdict(text)).toBe(`broken: ${because}`);
  });
});

describe('a contract is not verified', () => {
  test.each([
    ['beside a function out of sight', '/** @nonallocating */ export function f(g: () => void) { g(); }', 'g is not known'],
    ['beside one in a callee', '/** @nonallocating */ export function f(x: { m(): void }) { h(x); }\nfunction h(x: { m(): void }) { x.m(); }', 'x.m is not known'],
    ['beside an iterator out of sight', '/** @nonallocating */ export function f(g: Iterable<number>) { let s = 0; for (const x of g) s ^= x; return s; }', 'the iterator is not known'],
    ['when a loop allocates as often as it likes', '/** @allocs <= 3 */ export function f(n: number) { for (let i = 0; i < n; i++) g([i]); }\nfunction g(a: number[]) { return a[0]; }', 'it allocates in a loop or by calling itself, and nothing bounds how often'],
    ['when recursion allocates', '/** @allocs <= 3 */ export function f(n: number): number { return n < 2 ? n : [f(n - 1)].length; }', 'it allocates in a loop or by calling itself, and nothing bounds how often'],
    ['when a parameter is assigned', '/** @allocs <= 2, bytes <= n + 184 */ export function f(n: number, b: boolean) { if (b) n = n * 100; return new Uint8Array(n); }', 'it allocates at least 184 bytes, and not all of that is known to stay below n + 184'],
    ['when another variable has the name of a parameter', '/** @allocs bytes <= n + 999 */ export function f(n: number, g: { size: number }) { { const n = g.size; return Buffer.alloc(n); } }', 'it allocates at least 184 bytes, and not all of that is known to stay below n + 999'],
    ['when a text may have longer characters', '/** @allocs bytes <= s.length + 1000 */ export function f(s: string) { return Buffer.from(s); }', 'it allocates s.length + 96 bytes, and not all of that is known to stay below s.length + 1000'],
    ['by a waiver without a reason', '/** @nonallocating */ export function f(g: () => void) {\n  // scrimp-assume-next-line nonallocating\n  g();\n}', 'g is not known'],
  ])('%s', (_name, text, because) => {
    expect(verdict(text)).toBe(`unverified: ${because}`);
  });
});

test('contracts cross files, and nothing but contracts is counted', () => {
  const { contracts } = analyze({
    a: 'import { make } from "./b.js";\n/** @allocs <= 2 */\nexport function f(n: number) { return make(n); }\nexport function g() { return [1]; }',
    b: 'export function make(n: number) { return new Uint8Array(n); }',
  });
  expect(contracts).toEqual([{ function: 'f', file: 'a.ts', line: 3, contract: '@allocs <= 2', state: 'verified', allocates: '2 objects, n + 184 B', because: '', assumptions: [] }]);
});

test('waivers are listed with their reasons, and whether anything rests on them', () => {
  const { waivers } = analyze('/** @nonallocating */ export function f(g: () => void) {\n  // scrimp-assume-next-line nonallocating -- g is a counter\n  g();\n  // scrimp-assume-next-line nonallocating -- nothing here\n  g;\n}\n// scrimp-ignore-next-line no-redundant-slice\n');
  expect(waivers).toEqual([
    { kind: 'assume', file: 'a.ts', line: 2, what: 'nonallocating', reason: 'g is a counter', used: true },
    { kind: 'assume', file: 'a.ts', line: 4, what: 'nonallocating', reason: 'nothing here', used: false },
    { kind: 'ignore', file: 'a.ts', line: 7, what: 'no-redundant-slice', reason: null, used: false },
  ]);
});

describe('what cannot be counted is not nothing', () => {
  const inner = "function inner(n: number): number { if (n > 5) throw new RangeError('too many'); return n; }\nfunction outer(n: number): number { return inner(n) + 1; }\n";

  test.each([
    ['an error that a callee makes and the function catches', `${inner}/** @nonallocating */\nexport function f(n: number): number { try { return outer(n); } catch { return 0; } }`, /^unverified: what outer throws is caught, and what that takes is not counted/],
    ['the same with a name for it', `${inner}/** @nonallocating */\nexport function f(n: number): number { try { return outer(n); } catch (error) { return error === null ? 1 : 0; } }`, /^unverified: what outer throws is caught/],
    ['the same through a finally body', `${inner}/** @nonallocating */\nexport function f(n: number): number { try { try { return outer(n); } finally { n = 0; } } catch { return 0; } }`, /^unverified: what outer throws is caught/],
    ['the elements of a spread', '/** @allocs <= 3, bytes <= 400 */\nexport function f(list: number[]): number[] { return [...list]; }', /^unverified: /],
    ['the properties of a spread', '/** @allocs <= 3, bytes <= 400 */\nexport function f(table: Record<string, number>): object { return { ...table }; }', /^unverified: /],
    ['a clone', '/** @nonallocating */\nexport function f(value: unknown): unknown { return structuredClone(value); }', /^unverified: what structuredClone copies is not known/],
  ])('%s', (_name, text, expected) => {
    expect(verdict(text)).toMatch(expected);
  });

  test.each([
    ['that ends the function', `${inner}/** @nonallocating */\nexport function f(n: number): number { return outer(n); }`],
    ['that a finally body lets through', `${inner}let busy = false;\n/** @nonallocating */\nexport function f(n: number): number { busy = true; try { return outer(n); } finally { busy = false; } }`],
    ['that is thrown again', `${inner}let busy = false;\n/** @nonallocating */\nexport function f(n: number): number { try { return outer(n); } catch (error) { busy = false; throw error; } }`],
  ])('an error of a callee %s does not count', (_name, text) => {
    expect(verdict(text)).toMatch(/^(?:verified|assumed)/);
  });
});
