/** Shards and their merge give the report of one run, byte for byte. */
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runCommand, type CommandRun } from './command-run.test-support.js';
import { loadEngine } from './engine.js';
import { filesOfShard, parseShardNumber } from './shard.js';
import { editedProject, projectFiles } from './store/edited-project.test-support.js';
import { removeTemporaryFolders } from './temporary-folder.test-support.js';

afterEach(removeTemporaryFolders);

const config = projectFiles['tsconfig.json'] ?? '';
const nodeTypes = Object.fromEntries(Object.entries(projectFiles).filter(([name]) => name.startsWith('node_modules') || name === 'package.json'));
const manyProjects: Readonly<Record<string, string>> = {
  ...nodeTypes,
  'a/tsconfig.json': config.replace('"include"', '"references": [{ "path": "../b" }], "include"'),
  'a/src/digest.ts': (projectFiles['src/digest.ts'] ?? '').replaceAll("'./", "'../../b/src/"),
  'a/src/broken.ts': 'export const = 1;\n',
  'b/tsconfig.json': config,
  'b/src/helper.ts': projectFiles['src/helper.ts'] ?? '',
  'b/src/types.ts': projectFiles['src/types.ts'] ?? '',
  'c/loose.js': "import { createHash } from 'node:crypto';\nexport const hash = (text) => createHash('sha1').update(Buffer.from(text)).digest();\n",
};

const run = (folder: string, argv: readonly string[]): Promise<CommandRun> => runCommand(folder, argv, { loadEngine });

describe('the report of a merge is the report of one run', () => {
  test.each([
    ['one project', projectFiles, 1], ['one project', projectFiles, 3], ['one project, with shards without files', projectFiles, 7],
    ['many projects', manyProjects, 2], ['many projects, with shards without files', manyProjects, 5],
  ])('%s', async (_name, files, count) => {
    const { folder } = editedProject(files);
    const whole = await run(folder, ['audit', '--json']);
    expect((JSON.parse(whole.stdout) as { findings: unknown[] }).findings.length).toBeGreaterThan(0);
    for (let index = count; index >= 1; index -= 1) expect(await run(folder, ['audit', '--shard', `${String(index)}/${String(count)}`])).toMatchObject({ code: 0, stderr: '' });
    expect(await run(folder, ['merge', '--json'])).toMatchObject({ stdout: whole.stdout, stderr: whole.stderr, code: whole.code });
  });

  test('with the options of the shards', async () => {
    const { folder } = editedProject();
    const options = ['src', '--rule', 'no-slice-into-sync-sink', '--target', 'node20'];
    const whole = await run(folder, ['audit', '--json', ...options]);
    for (const shard of ['1/2', '2/2']) await run(folder, ['audit', ...options, '--shard', shard]);
    expect((await run(folder, ['merge', '--json'])).stdout).toBe(whole.stdout);
  });
});

describe('a merge says why it cannot be', () => {
  async function sharded(): Promise<ReturnType<typeof editedProject>> {
    const project = editedProject();
    for (const shard of ['1/2', '2/2']) await run(project.folder, ['audit', '--shard', shard]);
    return project;
  }

  test('no shards, or too few', async () => {
    const { folder } = editedProject();
    expect(await run(folder, ['merge'])).toMatchObject({ code: 2, stderr: expect.stringContaining('there is no shard in .scrimp/shards') as unknown });
    await run(folder, ['audit', '--shard', '1/2']);
    expect(await run(folder, ['merge'])).toMatchObject({ code: 2, stderr: 'scrimp: shard 2/2 is missing\n' });
  });

  test('other files than those of the shards', async () => {
    const project = await sharded();
    project.write('src/helper.ts', 'export {};\n');
    expect(await run(project.folder, ['merge'])).toMatchObject({ code: 2, stderr: expect.stringContaining('was made from other files: src/helper.ts changed') as unknown });
  });

  test('another scrimp', async () => {
    const { folder } = await sharded();
    expect(await runCommand(folder, ['merge'], { loadEngine, buildContentIdentity: () => 'other' })).toMatchObject({ code: 2, stderr: expect.stringContaining('another scrimp') as unknown });
  });

  test('a file that is no shard, or half of one', async () => {
    const project = await sharded();
    const [name = ''] = readdirSync(join(project.folder, '.scrimp/shards'));
    const path = join(project.folder, '.scrimp/shards', name);
    writeFileSync(path, readFileSync(path).subarray(0, 1000));
    expect(await run(project.folder, ['merge'])).toMatchObject({ code: 2, stderr: expect.stringContaining('is no shard, or not whole') as unknown });
  });

  test.each(['0/2', '3/2', '1', 'a/b', '1/0'])('%s is no shard', async (typed) => {
    expect(parseShardNumber(typed)).toBeNull();
    expect(await run(editedProject().folder, ['audit', '--shard', typed])).toMatchObject({ code: 2 });
  });
});

test('every file is in one shard, and whole projects stay together', () => {
  const groups = [{ files: ['a', 'b', 'c'] }, { files: ['d'] }, { files: ['e', 'f'] }];
  const shards = [1, 2].map((index) => filesOfShard(groups, { index, count: 2 }).map((files) => [...files]));
  expect(shards).toEqual([[['a', 'b', 'c'], [], []], [[], ['d'], ['e', 'f']]]);
  const [only] = groups;
  expect([1, 2].map((index) => filesOfShard(only === undefined ? [] : [only], { index, count: 2 }).map((files) => [...files]))).toEqual([[['a', 'b']], [['c']]]);
});
