/** What the corpus cannot show: opaque code, faults, live exports, modules that await. */
import { expect, test } from 'vitest';
import type { InterpreterFault } from './fault.js';
import { OpaqueReached } from './fault.js';
import { lowerProgram, runInterpreted } from './program-source.js';
import { runModule } from './run-module.js';

const host = { globals: globalThis, importModule: (): never => { throw new Error('nothing to import'); } };

test('an opaque instruction stops the program, whatever handlers it has', () => {
  const module = lowerProgram({ fileName: 'opaque.ts', text: `export function f(x: string) { try { return eval(x); } catch { return 'caught'; } finally { return 'finally'; } }` });
  const { f } = runModule(module, host);
  expect(module.statistics.opaque).toBeGreaterThan(0);
  expect(f).toThrow(OpaqueReached);
});

test('opaque code that is not reached does no harm', () => {
  const module = lowerProgram({ fileName: 'opaque.ts', text: `export function f(x: string) { return x === '' ? 'empty' : eval(x); }` });
  const f = runModule(module, host)['f'] as (x: string) => unknown;
  expect(f('')).toBe('empty');
});

test('a fault that a promise swallows is reported', async () => {
  const faults: InterpreterFault[] = [];
  const { f } = await runInterpreted({ fileName: 'opaque.ts', text: `export async function f() { try { await null; eval('1'); } catch { return 'caught'; } }` }, faults);
  await expect((f as () => Promise<unknown>)()).rejects.toThrow(OpaqueReached);
  expect(faults).toHaveLength(1);
});

test('arguments that share storage with written parameters are opaque', async () => {
  const text = `exports.f = function (a, b) { arguments[0] = 'written'; b = 'parameter'; return [a, arguments[1]]; };`;
  const faults: InterpreterFault[] = [];
  const { f } = await runInterpreted({ fileName: 'mapped.js', text }, faults);
  expect(() => (f as (a: number, b: number) => unknown)(1, 2)).toThrow(OpaqueReached);
});

test('a module that does not await runs at once, one that does is refused', () => {
  const sync = runModule(lowerProgram({ fileName: 'sync.ts', text: 'export let n = 1; export const up = () => ++n;' }), host);
  (sync['up'] as () => void)();
  expect(sync['n']).toBe(2);
  const awaiting = lowerProgram({ fileName: 'awaiting.ts', text: 'export const n = await 1;' });
  expect(() => runModule(awaiting, host)).toThrow('a plain function suspends (await)');
});

test('errors of the top level come out', () => {
  const module = lowerProgram({ fileName: 'throws.ts', text: `export const n = 1; throw new RangeError('top');` });
  expect(() => runModule(module, host)).toThrow(RangeError);
});
