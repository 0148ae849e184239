/**
 * Goldens of the lowering: every file of `golden/` is lowered by every TypeScript that is supported - 5.4, 5.9, the workspace's 6.0, and the copy inside
 * ts-morph - in one process, and must print the same IR. The versions number their `SyntaxKind`s differently, so that a number compiled in would show.
 * `UPDATE_GOLDENS=1` rewrites the goldens; read the difference before committing it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ts as morph } from 'ts-morph';
import ts from 'typescript';
import typescript54 from 'typescript-5.4';
import typescript59 from 'typescript-5.9';
import { describe, expect, test } from 'vitest';
import type { ModuleIr } from '../ir/function.js';
import { printModule } from '../ir/print.js';
import { verifyModule } from '../ir/verify.js';
import { lowerModule } from './lower-module.js';
import type { KnownNames } from './oracle.js';
import type { TypeOracle } from './oracle.js';

const folder = fileURLToPath(new URL('golden/', import.meta.url));
const inputs = readdirSync(folder).filter((name) => /\.(js|tsx?)$/.test(name)).sort();
const silent: TypeOracle = { name: 'none', answer: (_sourceFile, questions) => questions.map(() => null) };
const names: KnownNames = { members: new Set(), callees: new Set(), bytes: { members: new Set(), globals: new Set() }, declaresBytes: () => false };


/** ts-morph's copy and the other versions have type identities of their own; what the lowering uses of the API is the same. */
const versions: readonly (readonly [version: string, typescript: typeof ts])[] = [
  ['5.4', typescript54 as unknown as typeof ts],
  ['5.9', typescript59 as unknown as typeof ts],
  ['of ts-morph', morph as unknown as typeof ts],
];

/** Syntax that is newer than a version, which then has a parse error: by input and version. */
const newer: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'string-export-names.ts': { '5.4': 'Names of exports that are strings came with TypeScript 5.6.' },
};

function lower(typescript: typeof ts, name: string, text: string): ModuleIr {
  return lowerModule(typescript, typescript.createSourceFile(`/golden/${name}`, text, typescript.ScriptTarget.Latest, false), { oracle: silent, names });
}

describe('golden', () => {
  test.each(inputs)('%s', (name) => {
    const text = readFileSync(folder + name, 'utf8');
    const golden = `${folder}${name.replace(/\.\w+$/, '')}.ir.txt`;
    const module = lower(ts, name, text);
    expect(verifyModule(module)).toEqual([]);
    const printed = printModule(module);
    for (const [version, typescript] of versions) {
      if (newer[name]?.[version] === undefined) expect(printModule(lower(typescript, name, text)), `TypeScript ${version}`).toBe(printed);
      else expect(parseErrors(typescript, name, text), `TypeScript ${version} parses ${name} after all`).not.toEqual(parseErrors(ts, name, text));
    }
    if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(golden, printed);
    expect(printed).toBe(readFileSync(golden, 'utf8'));
  });

  test('every golden has an input', () => {
    const goldens = readdirSync(folder).filter((name) => name.endsWith('.ir.txt')).map((name) => name.replace('.ir.txt', ''));
    expect(goldens.sort()).toEqual(inputs.map((name) => name.replace(/\.\w+$/, '')).sort());
  });
});

test('the versions number their kinds of syntax differently, so that a number compiled in would show', () => {
  const numbers = (typescript: typeof ts): readonly unknown[] => [typescript.SyntaxKind.SourceFile, typescript.SyntaxKind.CallExpression];
  expect(versions.map(([version, typescript]) => [version, typescript.version.startsWith(version)])).toEqual([['5.4', true], ['5.9', true], ['of ts-morph', false]]);
  expect(numbers(typescript54 as unknown as typeof ts)).not.toEqual(numbers(ts));
});

test('a tree that one version made is lowered after a tree of another, of the same text', () => {
  const text = 'export function f(a: Uint8Array): Uint8Array { for (const b of a) if (b > 1) return a.slice(1); return a; }';
  const printed = [ts, ...versions.map(([, typescript]) => typescript), ts].map((typescript) => printModule(lower(typescript, 'f.ts', text)));
  expect(new Set(printed).size).toBe(1);
});

test('a tree of another TypeScript is refused', () => {
  const foreign = { ...ts.createSourceFile('/x.ts', '', ts.ScriptTarget.Latest), kind: -1 } as unknown as ts.SourceFile;
  expect(() => lowerModule(ts, foreign, { oracle: silent, names })).toThrow('pass the copy of TypeScript that made it');
});

/** The codes of what a version cannot parse. */
function parseErrors(typescript: typeof ts, name: string, text: string): readonly number[] {
  const { diagnostics = [] } = typescript.transpileModule(text, { fileName: name, reportDiagnostics: true, compilerOptions: { target: typescript.ScriptTarget.ESNext, allowJs: true } });
  return diagnostics.map(({ code }) => code);
}
