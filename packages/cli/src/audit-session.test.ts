/** One session over several projects: each file has the types and the resolution of its own program. */
import { join, relative } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { runAudit } from './audit.js';
import { createFakeEngine, type FakeEngine } from './fake-engine.test-support.js';
import { nodeFileSystem } from './project/file-system.js';
import { removeTemporaryFolders, temporaryFolder } from './temporary-folder.test-support.js';

afterEach(removeTemporaryFolders);

function auditOf(cwd: string, configs: readonly string[]): FakeEngine {
  const engine = createFakeEngine();
  runAudit({ fileSystem: nodeFileSystem, engine, rules: engine.rules, target: null, hot: [], cold: [], nodeVersion: '20.20.2', progress: { show: () => undefined, clear: () => undefined }, cwd, paths: [], configs });
  return engine;
}

test('imports lead to files of the session, by relative paths, path mappings and the output of a sibling project', () => {
  const cwd = temporaryFolder({
    'lib/tsconfig.json': '{ "compilerOptions": { "composite": true, "outDir": "dist", "rootDir": "src", "module": "nodenext" }, "include": ["src"] }',
    'lib/package.json': '{ "name": "lib", "type": "module", "exports": { ".": { "types": "./dist/index.d.ts", "default": "./dist/index.js" } } }',
    'lib/src/index.ts': 'export const one = 1;\n', 'lib/dist/index.d.ts': 'export declare const one = 1;\n', 'lib/dist/index.js': 'export const one = 1;\n',
    'app/tsconfig.json': '{ "compilerOptions": { "module": "nodenext", "paths": { "lib": ["../lib/dist/index.d.ts"], "@/*": ["./src/*"] } }, "include": ["src"], "references": [{ "path": "../lib" }] }',
    'app/package.json': '{ "type": "module" }',
    'app/src/main.ts': "import { one } from 'lib';\nimport { two } from './two.js';\nimport { three } from '@/three.js';\nexport const all = [one, two, three];\n",
    'app/src/two.ts': 'export const two = 2;\n', 'app/src/three.ts': 'export const three = 3;\n',
  });
  const { seen } = auditOf(cwd, ['app', 'lib']);
  expect(seen.files.map((file) => relative(cwd, file)).toSorted()).toEqual(['app/src/main.ts', 'app/src/three.ts', 'app/src/two.ts', 'lib/src/index.ts']);
  const resolve = (specifier: string): string | null => {
    const resolved = seen.options?.resolve(specifier, join(cwd, 'app/src/main.ts')) ?? null;
    return resolved === null ? null : relative(cwd, resolved);
  };
  expect(resolve('./two.js')).toBe('app/src/two.ts');
  expect(resolve('@/three.js')).toBe('app/src/three.ts');
  expect(resolve('lib')).toBe('lib/src/index.ts');
  expect(resolve('node:fs')).toBeNull();
  expect(resolve('not-installed')).toBeNull();
});

test('a cycle of symbolic links and projects ends', () => {
  const cwd = temporaryFolder({ 'a/tsconfig.json': '{ "include": ["."], "references": [{ "path": "../b" }] }', 'a/a.ts': '', 'b/tsconfig.json': '{ "include": ["."], "references": [{ "path": "../a" }] }', 'b/b.ts': '' });
  expect(auditOf(cwd, [join('a', 'tsconfig.json')]).seen.files).toEqual([join(cwd, 'a/a.ts'), join(cwd, 'b/b.ts')]);
});
