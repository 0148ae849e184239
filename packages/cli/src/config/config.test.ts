/** Configs: where they are found, how each kind is loaded, and the one sentence that each mistake gets. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readUserRows } from '@scrimp/analysis';
import { afterEach, expect, test } from 'vitest';
import { runCommand } from '../command-run.test-support.js';
import { loadEngine } from '../engine.js';
import { nodeFileSystem } from '../project/file-system.js';
import { removeTemporaryFolders, temporaryFolder } from '../temporary-folder.test-support.js';
import { readConfig } from './config.js';
import { loadConfig } from './load-config.js';

afterEach(removeTemporaryFolders);

const load = (cwd: string, named: string | null = null) => loadConfig({ fileSystem: nodeFileSystem, cwd, named });

test.each([
  ['scrimp.config.json', '{ "hot": ["Session.*"], "target": "node22" }'],
  ['scrimp.config.mjs', 'export default { hot: ["Session.*"], target: "node22" };'],
  ['scrimp.config.ts', 'import type { X } from "nowhere";\ntype Hot = readonly string[];\nconst hot: Hot = ["Session.*"];\nexport default { hot, target: "node22" as const };'],
  ['scrimp.config.mts', 'import { join } from "node:path";\nexport default { hot: [join("Session.*")], target: "node22" };'],
])('%s is found from a folder below', async (name, text) => {
  const folder = temporaryFolder({ [name]: text });
  mkdirSync(join(folder, 'src', 'deep'), { recursive: true });
  expect(await load(join(folder, 'src', 'deep'))).toEqual({ config: { target: 'node22', hot: ['Session.*'], cold: [], model: null }, file: join(folder, name) });
});

test('the search ends at the root of the repository', async () => {
  const folder = temporaryFolder({ 'scrimp.config.json': '{ "hot": ["Session.*"] }', 'inner/.git/HEAD': '' });
  expect(await load(join(folder, 'inner'))).toMatchObject({ file: null });
});

test.each([
  ['scrimp.config.json', '{ "hot": }', /^scrimp\.config\.json is not JSON: Unexpected token/],
  ['scrimp.config.json', '[]', /^scrimp\.config\.json: must be an object such as \{ hot: \["Session\.\*"\] \}, not \[\]$/],
  ['scrimp.config.json', '{ "hto": [] }', /^scrimp\.config\.json: does not know hto \(did you mean hot\?\); it knows target, hot, cold, model$/],
  ['scrimp.config.mjs', 'export const hot = [];', /^scrimp\.config\.mjs has no default export; write export default/],
  ['scrimp.config.mjs', 'throw new Error("no luck");', /^scrimp\.config\.mjs cannot be loaded: no luck$/],
  ['scrimp.config.mjs', 'throw { toString() { throw 1; } };', /^scrimp\.config\.mjs cannot be loaded: it throws an object that has no text$/],
  ['scrimp.config.mjs', 'export default { get hot() { throw new Error("no luck"); } };', /^scrimp\.config\.mjs cannot be read: no luck$/],
  ['scrimp.config.mjs', 'const itself = {}; itself.itself = itself; export default { hot: itself };', /^scrimp\.config\.mjs: hot must be a list of patterns .*, not object$/],
  ['scrimp.config.mjs', 'export default { target: 20n };', /^scrimp\.config\.mjs: target must be one of .*, not bigint$/],
  ['scrimp.config.ts', 'export default {', /^scrimp\.config\.ts cannot be loaded: '}' expected\.$/],
])('%s with %s', async (name, text, problem) => {
  const outcome = await load(temporaryFolder({ [name]: text }));
  expect('problem' in outcome ? outcome.problem : null).toMatch(problem);
});

test.each([
  [{ target: 'node18' }, 'target must be one of node20, node22, node24, node26, not "node18"'],
  [{ hot: 'Session.*' }, 'hot must be a list of patterns such as ["Session.*", "src/wire/*.ts#*"], not "Session.*"'],
  [{ cold: ['Cli.*', 3] }, 'cold has an entry that names no function: 3'],
])('%j', (written, problem) => {
  expect(readConfig(written, readUserRows).problems).toEqual([problem]);
});

test('two configs in one folder are one too many', async () => {
  expect(await load(temporaryFolder({ 'scrimp.config.json': '{}', 'scrimp.config.mjs': 'export default {};' }))).toEqual({ problem: 'scrimp.config.mjs and scrimp.config.json both configure this folder; keep one' });
});

test('a config that is named and is not there ends the command', async () => {
  const folder = temporaryFolder({ 'src/a.ts': 'export const a = 1;\n' });
  const run = await runCommand(folder, ['audit', '--config', 'other.json']);
  expect(run).toMatchObject({ code: 2, stderr: 'scrimp: other.json cannot be read: no such file or folder\n' });
});

test('a broken config can be passed by', async () => {
  const folder = temporaryFolder({ 'src/a.ts': 'export const a = 1;\n', 'scrimp.config.json': '{' });
  expect((await runCommand(folder, ['audit'])).code).toBe(2);
  expect((await runCommand(folder, ['audit', '--no-config'])).code).toBe(0);
});

test('patterns of the config are sources of heat, and make another question to the store', async () => {
  const folder = temporaryFolder({
    'package.json': '{ "main": "src/a.ts" }',
    'src/a.ts': 'import { createHash } from "node:crypto";\nexport class Session {\n  seal(frame: Uint8Array) { return createHash("sha256").update(frame.slice(4)).digest(); }\n}\n',
  });
  const heat = async (): Promise<string> => {
    const { stdout } = await runCommand(folder, ['audit', '--json', '--rule', 'no-slice-into-sync-sink'], { loadEngine, buildIdentity: () => 'test' });
    return (JSON.parse(stdout) as { readonly findings: readonly { readonly hotness: { readonly source: string } }[] }).findings.map((one) => one.hotness.source).join();
  };
  expect(await heat()).toBe('exported by the package');
  writeFileSync(join(folder, 'scrimp.config.json'), '{ "hot": ["Session.*"] }');
  expect(await heat()).toBe('configured: Session.*');
});
