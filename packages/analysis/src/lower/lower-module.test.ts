/**
 * Goldens of the lowering: every file of `golden/` is lowered with the workspace's TypeScript and with the copy inside ts-morph, and must print the same IR.
 * `UPDATE_GOLDENS=1` rewrites the goldens; read the difference before committing it.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { ts as morph } from 'ts-morph';
import ts from 'typescript';
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
    // ts-morph's copy has its own type identity; the API is the same.
    expect(printModule(lower(morph as unknown as typeof ts, name, text))).toBe(printed);
    if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(golden, printed);
    expect(printed).toBe(readFileSync(golden, 'utf8'));
  });

  test('every golden has an input', () => {
    const goldens = readdirSync(folder).filter((name) => name.endsWith('.ir.txt')).map((name) => name.replace('.ir.txt', ''));
    expect(goldens.sort()).toEqual(inputs.map((name) => name.replace(/\.\w+$/, '')).sort());
  });
});

test('a tree of another TypeScript is refused', () => {
  const foreign = { ...ts.createSourceFile('/x.ts', '', ts.ScriptTarget.Latest), kind: -1 } as unknown as ts.SourceFile;
  expect(() => lowerModule(ts, foreign, { oracle: silent, names })).toThrow('pass the copy of TypeScript that made it');
});
