import { describe, expect, test } from 'vitest';
import { buildModuleGraph, findImportCycles, mergeByPackage } from './import-cycles.js';
import { collectOwnEntryPoints } from './module-resolution.js';
import { selectOwnSources } from './own-sources.js';
import type { SourceModule } from './source-module.js';
import { readWorkspaceFiles } from './workspace-files.js';

const files = readWorkspaceFiles();
const graph = buildModuleGraph(selectOwnSources(files), collectOwnEntryPoints(files));
const packageOf = (path: string): string => path.split('/').slice(0, path.startsWith('packages/') ? 2 : 1).join('/');

test('no modules of the workspace import each other in a circle', () => {
  expect(findImportCycles(graph).map((cycle) => cycle.join(' -> '))).toEqual([]);
});

test('no packages of the workspace import each other in a circle', () => {
  expect(findImportCycles(mergeByPackage(graph, packageOf)).map((cycle) => cycle.join(' -> '))).toEqual([]);
});

test('the graph of the workspace really has edges', () => {
  expect([...(graph.get('packages/testkit/src/check/import-cycles.ts') ?? [])]).toContain('packages/testkit/src/check/import-statements.ts');
});

describe('planted cycles', () => {
  const entryPoints = new Map([['@scrimp/p', 'packages/p/src/index.ts'], ['@scrimp/q', 'packages/q/src/index.ts']]);
  const cyclesOf = (modules: SourceModule[]): string[][] => findImportCycles(buildModuleGraph(modules, entryPoints));
  const importing = (path: string, ...specifiers: string[]): SourceModule =>
    ({ path, text: specifiers.map((specifier) => `import { x } from '${specifier}';`).join('\n') });

  test('two modules', () => {
    expect(cyclesOf([importing('src/a.ts', './b.js'), importing('src/b.ts', './a.js')])).toEqual([['src/a.ts', 'src/b.ts']]);
  });

  test('a module that imports itself', () => {
    expect(cyclesOf([importing('src/a.ts', './a.js')])).toEqual([['src/a.ts']]);
  });

  test('three modules, entered from outside, the shortest way', () => {
    const modules = [importing('src/z.ts', './a.js'), importing('src/a.ts', './b.js'), importing('src/b.ts', './c.js'), importing('src/c.ts', './a.js')];
    expect(cyclesOf(modules)).toEqual([['src/a.ts', 'src/b.ts', 'src/c.ts']]);
  });

  test('two separate cycles are both found', () => {
    const modules = [importing('a.ts', './b.js'), importing('b.ts', './a.js'), importing('c.ts', './d.js'), importing('d.ts', './c.js')];
    expect(cyclesOf(modules)).toEqual([['a.ts', 'b.ts'], ['c.ts', 'd.ts']]);
  });

  test('across packages, through their entry points', () => {
    const modules = [importing('packages/p/src/index.ts', '@scrimp/q'), importing('packages/q/src/index.ts', '@scrimp/p')];
    expect(cyclesOf(modules)).toEqual([['packages/p/src/index.ts', 'packages/q/src/index.ts']]);
  });

  test('packages form a cycle although their modules do not', () => {
    const modules = [
      importing('packages/p/src/index.ts'), importing('packages/p/src/deep.ts', '@scrimp/q'),
      importing('packages/q/src/index.ts'), importing('packages/q/src/deep.ts', '@scrimp/p'),
    ];
    expect(cyclesOf(modules)).toEqual([]);
    expect(findImportCycles(mergeByPackage(buildModuleGraph(modules, entryPoints), packageOf))).toEqual([['packages/p', 'packages/q']]);
  });

  test('type-only imports make no cycle; inline type imports do, because they load the module', () => {
    const back = importing('src/b.ts', './a.js');
    expect(cyclesOf([{ path: 'src/a.ts', text: `import type { x } from './b.js';` }, back])).toEqual([]);
    expect(cyclesOf([{ path: 'src/a.ts', text: `import { type x } from './b.js';` }, back])).toEqual([['src/a.ts', 'src/b.ts']]);
  });
});
