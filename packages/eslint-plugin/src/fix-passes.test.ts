// What the passes of `--fix` make of findings that know nothing of each other: the program still loads, and gives the same.
import { Linter as Linter10 } from 'eslint';
import { Linter as Linter9 } from 'eslint-9';
import { describe, expect, it } from 'vitest';
import plugin from './index.js';

/** Each text has two constants that get one name, with other bytes. */
const programs: readonly (readonly [string, string])[] = [
  ['a text and a constant below it', `/** @hot */
export function f() { const l = new TextEncoder().encode('x y'); return l[0]; }
const X_Y = 'other text';
/** @hot */
export function g() { const l = new TextEncoder().encode(X_Y); return l[0]; }
export const run = () => [f(), g()];
`],
  ['a text and a constant above it', `const X_Y = 'other text';
/** @hot */
export function f() { const l = new TextEncoder().encode('x y'); return l[0]; }
/** @hot */
export function g() { const l = new TextEncoder().encode(X_Y); return l[0]; }
export const run = () => [f(), g()];
`],
  ['two constants', `const xY = 'first';
/** @hot */
export function f() { const l = new TextEncoder().encode(xY); return l[0]; }
const XY = 'other';
/** @hot */
export function g() { const l = new TextEncoder().encode(XY); return l[0]; }
export const run = () => [f(), g()];
`],
  ['two rules', `/** @hot */
export function f() { const l = Buffer.from('x y'); return l[0]; }
const X_Y = 'other';
/** @hot */
export function g() { const l = new TextEncoder().encode(X_Y); return l[0]; }
export const run = () => [f(), g()];
`],
];

async function result(code: string): Promise<unknown> {
  const module = (await import(/* @vite-ignore */ `data:text/javascript,${encodeURIComponent(code)}`)) as { run: () => unknown };
  return module.run();
}

// Both have the method that is used here; their types do not know each other.
describe.each([['10', Linter10], ['9', Linter9 as unknown as typeof Linter10]] as const)('fixes of ESLint %s', (_version, Linter) => {
  it.each(programs)('declare each name once: %s', async (_name, code) => {
    const linter = new Linter({ configType: 'flat' });
    const config = { plugins: { scrimp: plugin }, rules: { 'scrimp/no-codec-per-call': 'error', 'scrimp/no-format-in-hot-path': 'error' } };
    const { output, fixed } = linter.verifyAndFix(code, [config] as never, { filename: 'file.js' });
    expect(fixed).toBe(true);
    expect(output).toContain('_BYTES = ');
    expect(await result(output)).toEqual(await result(code));
  });
});
