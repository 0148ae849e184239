/** Which files an audit takes, under which options, relative to which root; in folders as people lay them out. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';
import { nodeFileSystem } from './file-system.js';
import { defaultTarget } from './package-json.js';
import { loadProgram } from './program.js';
import { typescriptSystem } from './typescript-system.js';
import { planProjects, type PlanRequest, type ProjectGroup } from './project-plan.js';
import { ts } from '../typescript.js';

afterEach(removeTemporaryFolders);

function planOf(cwd: string, request: Partial<PlanRequest>): { groups: Record<string, string[]>; root: string; problems: string[]; skipped: string[] } {
  const plan = planProjects(nodeFileSystem, { cwd, paths: [], configs: [], ...request });
  const named = (path: string): string => relative(cwd, path) || '.';
  return {
    groups: Object.fromEntries(plan.groups.map((group) => [group.configFile === null ? 'inferred' : named(group.configFile), group.files.map(named)])),
    root: named(plan.root),
    problems: plan.problems.map((problem) => `${named(problem.path)}: ${problem.reason}`),
    skipped: plan.skipped.map((skipped) => `${named(skipped.path)}: ${skipped.reason}`),
  };
}

describe('files and their projects', () => {
  test('without a tsconfig, all kinds of sources, without declarations and other people\'s code', () => {
    const cwd = temporaryFolder({
      'package.json': '{}', 'a.js': '', 'b.mjs': '', 'c.cjs': '', 'd.jsx': '', 'e.ts': '', 'f.mts': '', 'g.cts': '', 'h.tsx': '', 'types.d.ts': '', 'data.json': '{}',
      'node_modules/x/index.js': '', 'dist/a.js': '', '.cache/a.js': '', 'src/dist/b.js': '',
    });
    expect(planOf(cwd, {}).groups).toEqual({ inferred: ['a.js', 'b.mjs', 'c.cjs', 'd.jsx', 'e.ts', 'f.mts', 'g.cts', 'h.tsx'] });
  });

  test('a named path overrides the default excludes', () => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'dist/a.js': '', 'node_modules/x/package.json': '{}', 'node_modules/x/dist/i.js': '', 'node_modules/x/node_modules/y/i.js': '', 'types.d.ts': 'declare const x: 1;' });
    expect(planOf(cwd, { paths: ['dist'] }).groups).toEqual({ inferred: ['dist/a.js'] });
    expect(planOf(cwd, { paths: ['node_modules/x'] }).groups).toEqual({ inferred: ['node_modules/x/dist/i.js'] });
    expect(planOf(cwd, { paths: ['types.d.ts'] }).groups).toEqual({ inferred: ['types.d.ts'] });
  });

  test('each file goes to the nearest tsconfig; one that it leaves out is analyzed all the same', () => {
    const cwd = temporaryFolder({
      'tsconfig.json': '{ "include": ["src"] }', 'src/a.ts': '', 'scripts/b.js': '',
      'packages/p/tsconfig.json': '{ "include": ["lib"] }', 'packages/p/lib/c.ts': '', 'packages/p/test/d.ts': '',
    });
    expect(planOf(cwd, {})).toMatchObject({
      groups: { 'tsconfig.json': ['scripts/b.js', 'src/a.ts'], 'packages/p/tsconfig.json': ['packages/p/lib/c.ts', 'packages/p/test/d.ts'] }, root: '.', problems: [],
    });
  });

  test('a file in a folder above its tsconfig belongs to the root of that tsconfig', () => {
    const cwd = temporaryFolder({ 'tsconfig.json': '{}', 'src/deep/a.ts': '' });
    expect(planOf(join(cwd, 'src'), { paths: ['deep/a.ts'] })).toMatchObject({ root: '..', groups: { '../tsconfig.json': ['deep/a.ts'] } });
  });

  test('a solution file is expanded, also when references form a cycle', () => {
    const cwd = temporaryFolder({
      'tsconfig.json': '{ "files": [], "references": [{ "path": "a" }, { "path": "b/tsconfig.build.json" }] }',
      'a/tsconfig.json': '{ "include": ["."], "references": [{ "path": "../b/tsconfig.build.json" }] }', 'a/a.ts': '',
      'b/tsconfig.build.json': '{ "include": ["."], "references": [{ "path": "../a" }] }', 'b/b.ts': '',
    });
    const expected = { 'a/tsconfig.json': ['a/a.ts'], 'b/tsconfig.build.json': ['b/b.ts'] };
    expect(planOf(cwd, { configs: ['tsconfig.json'] })).toMatchObject({ groups: expected, root: '.', problems: [] });
    expect(planOf(cwd, {}).groups).toEqual(expected);
  });

  test('a reference to a missing tsconfig is a problem, and the others are analyzed', () => {
    const cwd = temporaryFolder({ 'tsconfig.json': '{ "files": ["a.ts"], "references": [{ "path": "gone" }] }', 'a.ts': '' });
    expect(planOf(cwd, { configs: ['.'] })).toMatchObject({ groups: { 'tsconfig.json': ['a.ts'] }, problems: ['gone/tsconfig.json: no such file or folder'] });
  });

  test('a file of two projects, or met by two names, is analyzed once', () => {
    const cwd = temporaryFolder({ 'a/tsconfig.json': '{ "include": [".", "../shared"] }', 'a/a.ts': '', 'b/tsconfig.json': '{ "include": [".", "../shared"] }', 'b/b.ts': '', 'shared/s.ts': '' });
    symlinkSync('../shared/s.ts', join(cwd, 'b/t.ts'));
    expect(planOf(cwd, { configs: ['a', 'b'] })).toMatchObject({ groups: { 'a/tsconfig.json': ['a/a.ts', 'shared/s.ts'], 'b/tsconfig.json': ['b/b.ts'] }, root: '.' });
  });

  test('with -p and paths, the paths choose the files and the tsconfig gives the options', () => {
    const cwd = temporaryFolder({ 'tsconfig.build.json': '{ "include": ["src"] }', 'src/a.ts': '', 'src/b.ts': '' });
    expect(planOf(cwd, { configs: ['tsconfig.build.json'], paths: ['src/b.ts'] }).groups).toEqual({ 'tsconfig.build.json': ['src/b.ts'] });
  });

  test('output folders of a tsconfig and compiled neighbors are left out', () => {
    const cwd = temporaryFolder({ 'tsconfig.json': '{ "compilerOptions": { "outDir": "build" }, "include": ["src"] }', 'src/a.ts': '', 'src/a.js': '', 'src/b.mjs': '', 'src/b.mts': '', 'build/a.js': '' });
    expect(planOf(cwd, {})).toMatchObject({ groups: { 'tsconfig.json': ['src/a.ts', 'src/b.mts'] }, skipped: ['src/a.js: is the compiled form of a.ts', 'src/b.mjs: is the compiled form of b.mts'] });
  });

  test('a package in node_modules does not take the tsconfig of the project around it', () => {
    const cwd = temporaryFolder({ 'tsconfig.json': '{}', 'main.ts': '', 'node_modules/@s/x/package.json': '{}', 'node_modules/@s/x/src/i.ts': '' });
    expect(planOf(cwd, { paths: ['node_modules/@s/x/src'] })).toMatchObject({ groups: { inferred: ['node_modules/@s/x/src/i.ts'] }, root: 'node_modules/@s/x' });
  });

  test('a linked folder is followed once', () => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'app/a.ts': '' });
    const elsewhere = temporaryFolder({ 'package.json': '{}', 'lib.ts': '' });
    mkdirSync(join(cwd, 'links'));
    symlinkSync(elsewhere, join(cwd, 'links/one'));
    symlinkSync(elsewhere, join(cwd, 'links/two'));
    const { groups } = planProjects(nodeFileSystem, { cwd, paths: [], configs: [] });
    expect(groups.flatMap((group) => group.files)).toEqual([join(cwd, 'app/a.ts'), join(cwd, 'links/one/lib.ts')]);
  });
});

describe('tests', () => {
  const names = ['x.test.ts', 'x.spec.js', 'lib/y.test.mjs', 'lib/z.spec.cts', 'test.js', 'packages/p/tests.ts'];
  test.each(names)('%s is skipped by its name, and analyzed when it is named', (name) => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'packages/p/package.json': '{}', 'a.js': '', [name]: '' });
    expect(planOf(cwd, {})).toMatchObject({ groups: { inferred: ['a.js'] }, skipped: [`${name}: is a test, by its name; name the file to analyze it`], problems: [] });
    expect(planOf(cwd, { paths: [name] })).toMatchObject({ groups: { inferred: [name] }, skipped: [] });
  });

  test('one that is both found and named is analyzed', () => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'a.js': '', 'test.js': '' });
    expect(planOf(cwd, { paths: ['.', 'test.js'] })).toMatchObject({ groups: { inferred: ['a.js', 'test.js'] }, skipped: [] });
  });

  test.each([
    ["import { test } from 'node:test';", 'node:test'],
    ["import {\n  test,\n  expect,\n} from \"vitest\";", 'vitest'],
    ["import { expect } from '@jest/globals';", '@jest/globals'],
    ["const tape = require('tape');", 'tape'],
    ["'use strict'\nvar test = require(\"tap\").test", 'tap'],
    ["import test from 'ava';", 'ava'],
    ["import 'mocha';", 'mocha'],
  ])('a file with %s is skipped, and analyzed when it is named', (text, framework) => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'a.js': '', 'check/frames.js': `${text}\n` });
    expect(planOf(cwd, {})).toMatchObject({ groups: { inferred: ['a.js'] }, skipped: [`check/frames.js: is a test, as it imports ${framework}; name the file to analyze it`] });
    expect(planOf(cwd, { paths: ['check/frames.js'] })).toMatchObject({ groups: { inferred: ['check/frames.js'] }, skipped: [] });
  });

  test('what only resembles a test is analyzed', () => {
    const files = {
      'lib/test.js': '', 'testRandom.ts': '', 'latest.ts': '', 'spec.ts': '', 'contest.js': '', 'test/support.ts': '', 'load-test.ts': '',
      'doc.ts': "/**\n * import { test } from 'vitest';\n */\nexport const name = 'node:test';\n",
      'makes-tests.ts': "export const text = `\nimport { test } from 'vitest';\n`;\n",
      'vitest.config.ts': "import { defineConfig } from 'vitest/config';\n", 'asserts.ts': "import assert from 'node:assert';\nimport { ava } from './ava.js';\n",
    };
    const cwd = temporaryFolder({ 'package.json': '{}', ...files });
    expect(planOf(cwd, {})).toMatchObject({ groups: { inferred: Object.keys(files).sort() }, skipped: [] });
  });

  test('a tsconfig that includes them does not ask for them; a named test folder does', () => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'tsconfig.json': '{ "include": ["."] }', 'src/a.ts': '', 'src/a.test.ts': '', 'test/b.test.ts': '', 'test/deep/c.ts': "import 'node:test';\n" });
    const skipped = ['src/a.test.ts: is a test, by its name; name the file to analyze it', 'test/b.test.ts: is a test, by its name; name the file to analyze it', 'test/deep/c.ts: is a test, as it imports node:test; name the file to analyze it'];
    expect(planOf(cwd, { configs: ['tsconfig.json'] })).toMatchObject({ groups: { 'tsconfig.json': ['src/a.ts'] }, skipped });
    expect(planOf(cwd, { paths: ['test'] })).toMatchObject({ groups: { 'tsconfig.json': ['test/b.test.ts', 'test/deep/c.ts'] }, skipped: [] });
    expect(planOf(cwd, { paths: ['.', 'test/deep'] })).toMatchObject({ groups: { 'tsconfig.json': ['src/a.ts', 'test/deep/c.ts'] }, skipped: skipped.slice(0, 2) });
  });
});

/** Types of the top-level variables of a name, by file. */
function typesOf(name: string, group: ProjectGroup): readonly string[] {
  const { program, sourceFiles } = loadProgram(typescriptSystem(nodeFileSystem), group);
  const checker = program.getTypeChecker();
  return sourceFiles.flatMap((sourceFile) => sourceFile.statements.filter((one) => ts.isVariableStatement(one)).flatMap((one) => one.declarationList.declarations)
    .filter((one) => one.name.getText(sourceFile) === name).map((one) => checker.typeToString(checker.getTypeAtLocation(one.name))));
}

describe('options', () => {
  test.each([
    ['no tsconfig', { 'package.json': '{}' }],
    ['a tsconfig without types, whose @types/node is not installed', { 'tsconfig.json': '{ "include": ["."], "compilerOptions": { "module": "nodenext" } }' }],
    ['a tsconfig with type roots of its own', { 'tsconfig.json': '{ "include": ["."], "compilerOptions": { "types": [], "typeRoots": ["./types"] } }' }],
  ])('Buffer has a type with %s', (_name, files) => {
    const cwd = temporaryFolder({ ...files, 'a.ts': "import { missing } from 'not-installed';\nexport const probe = Buffer.from(missing).subarray(1);\n" });
    const [group] = planProjects(nodeFileSystem, { cwd, paths: [], configs: [] }).groups;
    if (group === undefined) throw new Error('no group');
    expect(typesOf('probe', group)).toEqual([expect.stringMatching(/^Buffer\b/)]);
  });

  test('top-level names of plain scripts stay apart', () => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'a.js': 'const data = new Uint8Array(1);\n', 'b.js': "const data = 'text';\n" });
    const [group] = planProjects(nodeFileSystem, { cwd, paths: [], configs: [] }).groups;
    if (group === undefined) throw new Error('no group');
    expect(typesOf('data', group)).toEqual([expect.stringMatching(/^Uint8Array/), '"text"']);
  });

  test('JSON is not parsed for its types, whatever the tsconfig says', () => {
    const cwd = temporaryFolder({
      'tsconfig.json': '{ "compilerOptions": { "module": "commonjs", "resolveJsonModule": true }, "files": ["main.ts"] }',
      'main.ts': "import data from './data.json';\nexport const name = data.name;\n", 'data.json': '{ "name": "x" }',
    });
    const [group] = planProjects(nodeFileSystem, { cwd, paths: [], configs: [] }).groups;
    const { program } = loadProgram(typescriptSystem(nodeFileSystem), group!);
    expect(program.getSourceFiles().filter((sourceFile) => sourceFile.fileName.endsWith('.json'))).toEqual([]);
  });

  test('CommonJS exports have types', () => {
    const cwd = temporaryFolder({ 'package.json': '{}', 'a.js': "module.exports = { key: Buffer.alloc(1) };\n", 'b.js': "const { key } = require('./a.js');\nexports.same = key;\nconst probe = key;\n" });
    const [group] = planProjects(nodeFileSystem, { cwd, paths: [], configs: [] }).groups;
    if (group === undefined) throw new Error('no group');
    expect(typesOf('probe', group)).toEqual([expect.stringMatching(/^Buffer\b/)]);
  });
});

describe('the default target', () => {
  test('comes from engines.node, else from the running Node', () => {
    const cwd = temporaryFolder({ 'a/package.json': '{ "engines": { "node": ">=22.1" } }', 'a/src/x.ts': '', 'b/package.json': '{}', 'c/package.json': '{ broken' });
    expect(defaultTarget(nodeFileSystem, join(cwd, 'a/src'), '20.20.2')).toBe('node22');
    expect(defaultTarget(nodeFileSystem, join(cwd, 'b'), '24.1.0')).toBe('node24');
    expect(defaultTarget(nodeFileSystem, join(cwd, 'c'), '27.0.0')).toBe('node26');
  });
});
