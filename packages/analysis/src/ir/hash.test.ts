import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { lowerModule } from '../lower/lower-module.js';
import type { ModuleIr } from './function.js';
import { hashFunction, hashModule } from './hash.js';

function lower(text: string): ModuleIr {
  const oracle = { name: 'none' as const, answer: (_sourceFile: ts.SourceFile, questions: readonly unknown[]) => questions.map(() => null) };
  return lowerModule(ts, ts.createSourceFile('/a.ts', text, ts.ScriptTarget.Latest, false), { oracle, names: { members: new Set(), callees: new Set(), bytes: { members: new Set(), globals: new Set() }, declaresBytes: () => false } });
}

function functionHash(module: ModuleIr, name: string): string {
  const fn = module.functions.find((candidate) => candidate.name === name);
  if (fn === undefined) throw new Error(`no function ${name}`);
  return hashFunction(fn);
}

const source = 'export function f(a: number) { const g = () => a + 1; return [1].map((x) => x + g()); }';

describe('hash', () => {
  test('formatting and comments do not count', () => {
    const formatted = source.replaceAll(/(?<!return) /g, '\n  ').replaceAll('{', '{ // comment\n /* and another */');
    expect(hashModule(lower(formatted))).toBe(hashModule(lower(source)));
  });

  test.each([
    ['a constant', '+ 1;', '+ 2;'],
    ['an operator', 'a + 1', 'a - 1'],
    ['a name', 'function f', 'function h'],
    ['a call', '.map', '.flatMap'],
    ['negative zero', '[1]', '[-0]'],
  ])('%s counts', (_what, before, after) => {
    expect(hashModule(lower(source.replace(before, after)))).not.toBe(hashModule(lower(source)));
  });

  test('a new function earlier in the file leaves the others alone', () => {
    const longer = lower(`class Other { #x = 1; get() { return this.#x; } }\n${source}`);
    expect(functionHash(longer, 'f')).toBe(functionHash(lower(source), 'f'));
  });

  test('private names of two classes differ inside one function', () => {
    const same = 'class A { #x = 1; m(o: any) { return class B { #x = 2; n(p: any) { return [p.#x, o.#y]; } }; } #y = 0; }';
    expect(hashModule(lower(same.replace('o.#y', 'p.#x')))).not.toBe(hashModule(lower(same)));
  });

  test('is 16 hexadecimal digits', () => {
    expect(hashModule(lower(''))).toMatch(/^[\da-f]{16}$/);
  });
});
