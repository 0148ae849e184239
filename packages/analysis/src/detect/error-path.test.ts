/** Which places run only after an error, and what findings there are worth. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { askAtCalls } from './ask.test-support.js';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession } from '../session.js';
import { isOnlyAfterError, isTried } from './error-path.js';
import type { Finding } from './finding.js';
import { defineRule } from './rule.js';

const at = 'Uint8Array.prototype.fill';
const isAfter = (source: string): boolean => askAtCalls(source, at, (fn, call) => isOnlyAfterError(fn, call.value))[0]!;
const inBody = (body: string): string => `export function f(a: Uint8Array, g: () => void, b: boolean) { ${body} }`;

test.each([
  ['try { g(); } catch { a.fill(0); }', true],
  ['try { g(); } catch (error) { if (b) a.fill(0); }', true],
  ['try { g(); } catch { for (const x of a) { a.fill(x); } }', true],
  ['try { g(); } catch { try { g(); } finally { a.fill(0); } }', true],
  ['for (let i = 0; i < 3; i += 1) { try { g(); return; } catch { a.fill(0); } }', true],
  ['while (true) { try { return g(); } catch { a.fill(0); } }', true],
  ['try { return g(); } catch { } a.fill(0);', true],
  ['try { throw new Error(); } catch { a.fill(0); }', true],
  ['a.fill(0);', false],
  ['try { a.fill(0); } catch { }', false],
  ['try { g(); } catch { } a.fill(0);', false],
  ['try { g(); } finally { a.fill(0); }', false],
  ['try { return g(); } finally { a.fill(0); }', false],
  ['try { g(); } catch { g(); } finally { a.fill(0); }', false],
  ['try { g(); return; } catch { if (b) throw new Error(); } finally { a.fill(0); }', false],
  ['for (let i = 0; i < 3; i += 1) { a.fill(0); try { return g(); } catch { continue; } }', false],
  ['for (const x of a) { a.fill(x); g(); }', false],
  ['if (b) throw new Error(); a.fill(0);', false],
  ['if (b) { a.fill(0); throw new Error(); }', false],
])('%s runs only after an error: %s', (body, expected) => {
  expect(isAfter(inBody(body))).toBe(expected);
});

test('the end of a generator that is given up is no error', () => {
  expect(isAfter('export function* f(a: Uint8Array) { try { while (true) yield a; } finally { a.fill(0); } }')).toBe(false);
  expect(isAfter('export function* f(a: Uint8Array) { try { while (true) yield a; } catch { a.fill(0); } }')).toBe(true);
});

test('a rejected promise is an error', () => {
  expect(isAfter('export async function f(a: Uint8Array, p: Promise<void>) { try { await p; } catch { a.fill(0); } }')).toBe(true);
  expect(isAfter('export async function f(a: Uint8Array, p: Promise<void>) { try { await p; } finally { a.fill(0); } }')).toBe(false);
});

function findingIn(evidence: 'saving' | 'guard', advice: Finding['advice'], source: string): Finding {
  const rule = defineRule({
    meta: {
      id: 'asks', summary: 'asks', stage: 'nursery', severity: 'high', category: 'buffer-lifetime', presets: [], needs: [], evidence,
      fixable: 'safe', effort: 'trivial', risk: 'none', messages: { it: { what: 'a', why: 'b', help: 'c' } },
    },
    check(query, report) {
      for (const fn of query.functions()) for (const call of fn.calls()) if (call.mayBe(at)) report({ messageId: 'it', site: fn.site(call.value), advice, obligations: [{ code: 'SRC', state: 'proved', witness: 'given' }] });
    },
  });
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [rule], target: 'node20', resolve: () => null });
  session.addFile('a.ts', ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  return session.analyze().findings[0]!;
}

test.each([
  ['a.fill(0);', false],
  ['for (const x of g()) a.fill(x);', false],
  ['for (const x of g()) for (const y of x) { const [z] = y; a.fill(z); }', false],
  ['try { a.fill(0); } catch { }', true],
  ['try { a.fill(0); } finally { g(); }', true],
  ['try { g(); } catch { a.fill(0); }', false],
  ['for (const x of g()) { try { a.fill(x); } catch { } }', true],
  ['try { for (const x of g()) a.fill(x); } catch { }', true],
  ['for (;;) { try { for (const x of g()) a.fill(x); return; } catch { } }', true],
])('%s is tried: %s', (body, expected) => {
  const [tried] = askAtCalls(`export function f(a: Uint8Array, g: () => any) { ${body} }`, at, (fn, call) => isTried(fn, call.value));
  expect(tried).toBe(expected);
});

const handler = '/** @hot */ export function f(a: Uint8Array, g: () => void) { for (;;) { try { return g(); } catch { a.fill(0); } } }';

test('a saving in a handler is cold and possible at most, also in a hot function and in a loop', () => {
  const finding = findingIn('saving', 'removable', handler);
  expect(finding).toMatchObject({ confidence: 'possible', hotness: { level: 'cold', source: 'only after an error' }, severity: 'info' });
  expect(finding.obligations).toContainEqual({ code: 'VER', state: 'open', witness: 'this runs only after an error was thrown' });
});

test('what is wrong in a handler is wrong, however rarely it runs', () => {
  expect(findingIn('guard', 'missing', handler)).toMatchObject({ confidence: 'proven', hotness: { level: 'hot' }, severity: 'high' });
  expect(findingIn('guard', 'removable', handler)).toMatchObject({ confidence: 'proven', severity: 'high' });
  expect(findingIn('saving', 'missing', handler)).toMatchObject({ confidence: 'proven' });
});
