/** Where annotations are found, and where a tag of the same name is none. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { parametersWith } from '../ir/annotation.js';
import { standardCatalog } from '../model/catalog.js';
import { lowerModule } from './lower-module.js';
import { syntaxOracle } from './syntax-oracle.js';

function lower(text: string) {
  return lowerModule(ts, ts.createSourceFile('a.ts', text, ts.ScriptTarget.Latest, true), { oracle: syntaxOracle(ts), names: standardCatalog() });
}

function annotationsOf(text: string): readonly string[] {
  return lower(text).functions.flatMap((fn) => fn.annotations.map((one) => `${fn.name} @${one.tag}${one.parameter === null ? '' : ` of ${String(one.parameter)}`} ${one.text}`.trimEnd()));
}

test.each([
  ['before a function', '/** @hot {evidence: bench/a.ts} */ function f() {}', ['f @hot {evidence: bench/a.ts}']],
  ['inside of a text', '/** Seals one frame. @nonallocating */ function f() {}', ['f @nonallocating']],
  ['before a constant', '/** @cold */ export const f = () => 1;', ['f @cold']],
  ['before a parameter', 'function f(a: number, /** @borrows */ b: Uint8Array) {}', ['f @borrows of 1']],
  ['before a pattern', 'function f(/** @secret */ { key }: { key: Uint8Array }) {}', ['f @secret of 0']],
  ['in the block of a parameter', '/**\n * @param a - first\n * @param b - bytes of one frame,\n *   long ones. @takesOwnership\n * @returns nothing\n */\nfunction f(a, b) {}', ['f @takesOwnership of 1']],
  ['in the block of a parameter with a type', '/** @param {Uint8Array} [b] @secret */ function f(a, b) {}', ['f @secret of 1']],
  ['on an overload', '/** @nonallocating */\nfunction f(a: number): number;\n/** @borrows a */\nfunction f(a: Uint8Array): number;\nfunction f(a: unknown) { return 1; }', ['f @nonallocating', 'f @borrows a']],
  ['on an overload of a method', 'class A {\n  /** @hot */\n  m(a: number): number;\n  m(a: unknown) { return 1; }\n}', ['A.m @hot']],
  ['a bound is one line', '/**\n * @allocs <= 2, bytes <= n + 64\n * Seals one frame.\n */\nfunction f(n: number) {}', ['f @allocs <= 2, bytes <= n + 64']],
  ['an address is none', '/** Ask a@hot.example, or see @secret/keys and `@hot`. */ function f() {}', []],
])('%s', (_name, text, expected) => {
  expect(annotationsOf(text)).toEqual(expected);
});

test.each([
  ['a class', '/** @hot */ class A {}', ['hot']],
  ['a type', 'interface A { /** @secret */ key: Uint8Array }', ['secret']],
  ['a string', 'const a = "/** @hot */"; const b = `/** @hot */`;', []],
  ['a line comment', '// @hot\nfunction f() {}', []],
  ['a function', '/** @hot */ function f() {}', []],
])('stray before %s', (_name, text, tags) => {
  expect(lower(text).strayAnnotations.map((one) => one.tag)).toEqual(tags);
});

test('the text of a tag names parameters', () => {
  const [, fn] = lower('/**\n * @borrows frame, key - read only\n * @secret key\n */\nfunction f(frame, other, key) {}').functions;
  expect(parametersWith(fn!, 'borrows')).toEqual([0, 2]);
  expect(parametersWith(fn!, 'secret')).toEqual([2]);
  expect(parametersWith(fn!, 'takesOwnership')).toEqual([]);
});

test('waivers speak of the next line, with what and why', () => {
  expect(lower('/** Above a line stands `// scrimp-assume-next-line ESC -- why`. */\nf();\nconst a = "// scrimp-assume-next-line ESC -- why";').assumptions).toEqual([]);
  const { assumptions } = lower('// scrimp-assume-next-line allocs <= 1 -- the pool is warm\nf();\n/* scrimp-assume-next-line ESC */\ng();\n');
  expect(assumptions.map(({ what, reason, line }) => ({ what, reason, line }))).toEqual([{ what: 'allocs <= 1', reason: 'the pool is warm', line: 2 }, { what: 'ESC', reason: null, line: 4 }]);
});
