import { describe, expect, test } from 'vitest';
import { findImportStatements } from './import-statements.js';
import { checkImportTable, importTable } from './import-table.js';
import { collectOwnEntryPoints } from './module-resolution.js';
import { selectOwnSources } from './own-sources.js';
import { printViolations } from './source-module.js';
import { readWorkspaceFiles } from './workspace-files.js';

const files = readWorkspaceFiles();

test('every import of the workspace is in the import table', () => {
  const violations = checkImportTable(selectOwnSources(files), collectOwnEntryPoints(files));
  expect(printViolations(violations)).toBe('');
});

test('the workspace is really read: sources of several packages are among those checked', () => {
  const paths = selectOwnSources(files).map(({ path }) => path);
  expect(paths).toContain('packages/testkit/src/check/import-table.ts');
  expect(paths).toContain('packages/testkit/bootstrap/test.mjs');
  expect(paths).toContain('packages/analysis/src/index.ts');
});

test('rows speak only of zones that exist', () => {
  const zones = new Set(importTable.map(({ zone }) => zone));
  const unknown = importTable.flatMap((row) => row.zones.map((zone) => zone.replace(/^type /, '')).filter((zone) => zone !== '*' && !zones.has(zone)));
  expect(unknown).toEqual([]);
});

describe('planted imports', () => {
  const entryPoints = new Map([
    ['@scrimp/analysis', 'packages/analysis/src/index.ts'],
    ['@scrimp/analysis/detect', 'packages/analysis/src/detect/index.ts'],
    ['@scrimp/pool', 'packages/pool/src/index.ts'],
    ['@scrimp/rules', 'rules/index.ts'],
    ['@scrimp/testkit', 'packages/testkit/src/index.ts'],
    ['@scrimp/rewrite', 'packages/rewrite/src/index.ts'],
  ]);
  const check = (path: string, text: string): string => printViolations(checkImportTable([{ path, text }], entryPoints));

  test('a folder of the engine may not reach up', () => {
    expect(check('packages/analysis/src/ir/print.ts', `// x\nimport { f } from '../lower/file.js';`))
      .toBe('packages/analysis/src/ir/print.ts:2: forbidden import of ../lower/file.js, because ir may import nothing');
  });

  test('a folder of the engine may reach down and into itself', () => {
    expect(check('packages/analysis/src/flow/alias.ts', `import { a } from '../ir/place.js'; import { b } from './loops.js';`)).toBe('');
  });

  test('lower may import types of typescript, never its values', () => {
    expect(check('packages/analysis/src/lower/file.ts', `import type ts from 'typescript';`)).toBe('');
    expect(check('packages/analysis/src/lower/file.ts', `import ts from 'typescript';`)).toContain('forbidden import of typescript');
    expect(check('packages/analysis/src/lower/file.ts', `import { type Node } from 'typescript';`)).toContain('forbidden import of typescript');
  });

  test('no folder of the engine but lower may know typescript, not even its types', () => {
    expect(check('packages/analysis/src/flow/alias.ts', `type N = import('typescript').Node;`)).toContain('forbidden import type of typescript');
  });

  test('the engine may not do IO', () => {
    expect(check('packages/analysis/src/link/store.ts', `import { readFileSync } from 'node:fs';`)).toContain('forbidden import of node:fs');
    expect(check('packages/analysis/src/link/store.ts', `const fs = require('fs');`)).toContain('forbidden import of fs');
    expect(check('packages/analysis/src/link/store.ts', `const fs = await import('node:fs');`)).toContain('forbidden import of node:fs');
  });

  test('only the package index may import the session', () => {
    expect(check('packages/analysis/src/index.ts', `export * from './session.js';`)).toBe('');
    expect(check('packages/analysis/src/detect/query.ts', `import type { S } from '../session.js';`)).toContain('forbidden import type of ../session.js');
  });

  test('a rule may import detect only', () => {
    expect(check('rules/a/rule.ts', `import { defineRule } from '@scrimp/analysis/detect';`)).toBe('');
    expect(check('rules/a/rule.ts', `import { x } from '@scrimp/analysis';`)).toContain('forbidden import of @scrimp/analysis');
    expect(check('rules/a/rule.ts', `import { x } from '../b/rule.js';`)).toContain('forbidden import of ../b/rule.js');
    expect(check('rules/index.ts', `import { x } from './b/rule.js';`)).toBe('');
  });

  test('a codemod may not import a sibling, and only its standalone entry the analysis', () => {
    expect(check('codemods/a/transform.ts', `import { p } from './plan.js'; import { s } from '@scrimp/analysis';`)).toBe('');
    expect(check('codemods/a/plan.ts', `import { s } from '@scrimp/analysis';`)).toContain('forbidden import of @scrimp/analysis');
    expect(check('codemods/a/transform.ts', `import { p } from '../b/plan.js';`)).toContain('forbidden import of ../b/plan.js');
  });

  test('report may know the types of detect only', () => {
    expect(check('packages/report/src/text.ts', `import type { Finding } from '@scrimp/analysis/detect';`)).toBe('');
    expect(check('packages/report/src/text.ts', `import { x } from '@scrimp/analysis/detect';`)).toContain('forbidden import of @scrimp/analysis/detect');
  });

  test('only the cli may use ts-morph', () => {
    expect(check('packages/cli/src/project.ts', `const { Project } = await import('ts-morph');`)).toBe('');
    expect(check('packages/rewrite/src/plan.ts', `import { Project } from 'ts-morph';`)).toContain('forbidden import of ts-morph');
  });

  test('before and after of the reference implementation never import each other', () => {
    expect(check('reference-impl/before/a/index.ts', `import { x } from '../../after/a/index.js';`)).toContain('forbidden');
    expect(check('reference-impl/after/a/index.ts', `import { x } from '../../before/a/index.js';`)).toContain('forbidden');
    expect(check('reference-impl/after/a/index.ts', `import { x } from '@scrimp/pool';`)).toBe('');
    expect(check('reference-impl/before/a/index.ts', `import { x } from '@scrimp/pool';`)).toContain('forbidden');
  });

  test('sources may not import the test kit, tests may', () => {
    expect(check('packages/cli/src/main.ts', `import { x } from '@scrimp/testkit';`)).toContain('forbidden');
    expect(check('packages/cli/src/main.test.ts', `import { x } from '@scrimp/testkit'; import { test } from 'vitest'; import ts from 'typescript';`)).toBe('');
  });

  test('tests of a package may not import another package that its row does not list', () => {
    expect(check('packages/analysis/src/flow/alias.test.ts', `import { rules } from '@scrimp/rules'; import { lower } from '../lower/file.js';`))
      .toBe('packages/analysis/src/flow/alias.test.ts:1: forbidden import of @scrimp/rules, because flow may import only ir, model');
  });

  test('a module that no row covers is reported', () => {
    expect(check('packages/novel/src/index.ts', '')).toContain('no row of the import table covers this module');
  });
});

test('entry points come from package.json files', () => {
  const text = JSON.stringify({ name: '@scrimp/x', exports: { '.': { 'scrimp-source': './src/index.ts' }, './deep': { 'scrimp-source': './src/deep/index.ts' } } });
  expect([...collectOwnEntryPoints([{ path: 'packages/x/package.json', text }])])
    .toEqual([['@scrimp/x', 'packages/x/src/index.ts'], ['@scrimp/x/deep', 'packages/x/src/deep/index.ts']]);
});

test('every form of import is found, with its line and kind', () => {
  const text = [
    `import a from 'a';`,
    `import type { b } from 'b';`,
    `import { type c } from 'c';`,
    `import 'd';`,
    `export * from 'e';`,
    `export type { f } from 'f';`,
    `import g = require('g');`,
    `const h = () => import('h');`,
    `let i: import('i').I;`,
    `const j = require.resolve('j');`,
    `const k = import.meta.resolve('k');`,
    'const l = import(`l`);',
    `const text = "import m from 'm'"; // import n from 'n'`,
  ].join('\n');
  expect(findImportStatements({ path: 'x.ts', text }).map(({ specifier, line, kind }) => `${line} ${specifier} ${kind}`)).toEqual([
    '1 a value', '2 b type', '3 c value', '4 d value', '5 e value', '6 f type', '7 g value', '8 h value', '9 i type', '10 j value', '11 k value', '12 l value',
  ]);
});
