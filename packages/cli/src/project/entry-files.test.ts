/** Which files of an audit are the entries of the package, by its package.json. */
import { afterEach, expect, test } from 'vitest';
import { nodeFileSystem } from './file-system.js';
import { entryFiles } from './entry-files.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';

afterEach(removeTemporaryFolders);

function entries(manifest: object | null, sources: readonly string[] = ['src/index.ts', 'src/cli.ts', 'src/inner.ts']): readonly string[] | null {
  const folder = temporaryFolder(manifest === null ? { 'readme.md': '' } : { 'package.json': JSON.stringify(manifest) });
  const found = entryFiles(nodeFileSystem, folder, new Set(sources.map((file) => `${folder}/${file}`)), [{ output: `${folder}/dist`, source: `${folder}/src` }]);
  return found?.map((file) => file.slice(folder.length + 1)) ?? null;
}

test.each([
  ['main', { main: 'dist/index.js' }, ['src/index.ts']],
  ['main and bin', { main: './dist/index.js', bin: { tool: './dist/cli.js' } }, ['src/index.ts', 'src/cli.ts']],
  ['exports with conditions', { exports: { '.': { types: './dist/index.d.ts', import: './dist/index.js', require: './dist/index.cjs' } }, main: './dist/inner.js' }, ['src/index.ts']],
  ['sources', { exports: './src/index.ts' }, ['src/index.ts']],
  ['patterns', { exports: { './*': './dist/*.js' } }, null],
  ['an entry that is not in sight', { exports: { '.': './dist/index.js', './other': './build/other.js' } }, null],
  ['nothing', { name: 'x' }, null],
  ['no package.json', null, null],
])('%s', (_name, manifest, expected) => {
  expect(entries(manifest)).toEqual(expected);
});
