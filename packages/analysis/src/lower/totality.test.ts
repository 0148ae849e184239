/**
 * The lowering must take any input: real packages, files cut off anywhere, files with characters removed, deep nesting.
 * What it makes must be well formed; what it means is the interpreter's test.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { verifyModule } from '../ir/verify.js';
import { lowerModule } from './lower-module.js';
import type { KnownNames } from './oracle.js';
import { syntaxOracle } from './syntax-oracle.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const members = new Set(['slice', 'buffer', 'update', 'length']);
const callees = new Set(['Uint8Array', 'concat', 'from', 'push']);
const names: KnownNames = { members, callees, bytes: { members: new Set([...members, ...callees]), globals: new Set(['Uint8Array']) }, declaresBytes: (name) => name === 'Uint8Array' };
const oracle = syntaxOracle(ts);

function problemsOf(file: string, text: string): readonly string[] {
  const module = lowerModule(ts, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, false), { oracle, names });
  return verifyModule(module).map((problem) => `${file}: ${problem}`);
}

describe('totality', () => {
  test('installed packages', () => {
    const packages = ['@noble+', 'eslint@', 'vitest@', '@msgpack+', '@libp2p+crypto', 'bson@', '@typescript-eslint+parser', '@typescript-eslint+eslint-plugin'];
    const files = packages.flatMap((name) => listed(name)).slice(0, 300);
    expect(files.length).toBeGreaterThan(100);
    expect(files.flatMap((file) => problemsOf(file, readFileSync(file, 'utf8')))).toEqual([]);
  });

  test('cut and damaged inputs', () => {
    const folder = fileURLToPath(new URL('golden/', import.meta.url));
    const inputs = readdirSync(folder).filter((name) => /\.(js|tsx?)$/.test(name));
    const problems: string[] = [];
    for (const name of inputs) {
      const text = readFileSync(folder + name, 'utf8');
      for (let step = 1; step <= 12; step++) {
        const at = Math.floor((text.length * step) / 13);
        problems.push(...problemsOf(name, text.slice(0, at)), ...problemsOf(name, text.slice(0, at) + text.slice(at + 3)), ...problemsOf(name, `${text.slice(0, at)} }) ${text.slice(at)}`));
      }
    }
    expect(problems).toEqual([]);
  });

  test.each([
    ['parentheses', (n: number) => `${'('.repeat(n)}1${')'.repeat(n)}`],
    ['a chain of members', (n: number) => `a${'.b()'.repeat(n)}`],
    ['an optional chain', (n: number) => `a${'?.b()'.repeat(n)}`],
    ['a sum', (n: number) => `1${' + x'.repeat(n)}`],
    ['conditions', (n: number) => `if (a${' && b'.repeat(n)}) c();`],
    ['else if', (n: number) => `if (a) b();${' else if (a) b();'.repeat(n)}`],
    ['blocks', (n: number) => `${'{'.repeat(n)}${'}'.repeat(n)}`],
    ['closures', (n: number) => `${'() => '.repeat(n)}1`],
    ['patterns', (n: number) => `const ${'['.repeat(n)}x${']'.repeat(n)} = y;`],
    ['destructuring assignments', (n: number) => `${'['.repeat(n)}x${']'.repeat(n)} = y;`],
    ['types', (n: number) => `let x: ${'A<'.repeat(n)}B${'>'.repeat(n)};`],
    ['logical operators', (n: number) => `x = a${' || b'.repeat(n)};`],
    ['commas', (n: number) => `x = (a${', b'.repeat(n)});`],
    ['assignments', (n: number) => `${'a = '.repeat(n)}1;`],
    ['labels', (n: number) => `${Array.from({ length: n }, (_, index) => `l${String(index)}: `).join('')};`],
    // A third, since the parser itself ends the stack first.
    ['classes', (n: number) => `${'x = class extends '.repeat(n / 3)} Object {}${' {}'.repeat(n / 3)}`],
    ['namespaces', (n: number) => `namespace a${'.a'.repeat(n)} { export const x = 1; }`],
    ['enum initializers', (n: number) => `enum E { A = ${'1 + '.repeat(n)} 1 }`],
  ])('deep nesting: %s', (_what, make) => {
    expect(problemsOf('/deep.ts', make(900))).toEqual([]);
  });
});

/** Up to 60 program files of the installed packages whose folder name begins so. */
function listed(prefix: string): readonly string[] {
  const store = `${root}node_modules/.pnpm/`;
  const files: string[] = [];
  for (const folder of readdirSync(store).filter((name) => name.startsWith(prefix)).sort()) collect(`${store}${folder}/node_modules/`, files);
  return files;
}

function collect(folder: string, files: string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (files.length >= 60) return;
    const path = `${folder}${entry.name}`;
    // Symbolic links lead to other packages.
    if (entry.isDirectory()) collect(`${path}/`, files);
    else if (entry.isFile() && /\.[cm]?[jt]s$/.test(entry.name) && !/\.d\.[cm]?ts$/.test(entry.name)) files.push(path);
  }
}
