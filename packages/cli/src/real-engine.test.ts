/** The command with the real engine and rules, once, from a folder to a finding in every format. */
import { afterEach, expect, test } from 'vitest';
import { runCommand } from './command-run.test-support.js';
import { loadEngine } from './engine.js';
import { removeTemporaryFolders, temporaryFolder } from './temporary-folder.test-support.js';

afterEach(removeTemporaryFolders);

const mac = `import { createHash } from 'node:crypto';
import { head } from './head.js';

/** @hot */
export function digest(message: Uint8Array): Buffer {
  const hash = createHash('sha256');
  hash.update(message.slice(0, 4096));
  hash.update(head(message));
  return hash.digest();
}
`;

test('a copy into a hash is found, through all formats', async () => {
  const cwd = temporaryFolder({
    'package.json': '{ "type": "module", "engines": { "node": ">=22" } }',
    'src/mac.ts': mac,
    'src/head.ts': 'export const head = (bytes: Uint8Array): Uint8Array => bytes.subarray(0, 8);\n',
  });
  const place = { rule: 'no-slice-into-sync-sink', file: 'src/mac.ts', line: 7, column: 15, function: 'digest' };
  const json = await runCommand(cwd, ['audit', '--json'], { loadEngine });
  expect(json).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(json.stdout)).toMatchObject({ tool: { target: 'node22' }, summary: { files: 2 }, findings: expect.arrayContaining([expect.objectContaining(place)]) as unknown });
  expect((await runCommand(cwd, ['audit', '--fail-on', 'low'], { loadEngine })).code).toBe(1);
  expect((await runCommand(cwd, ['audit', '--quiet'], { loadEngine })).stdout).toContain('src/mac.ts:7:15');
  expect((await runCommand(cwd, ['audit', '-f', 'sarif'], { loadEngine })).stdout).toContain('"primaryLocationLineHash"');
  expect((await runCommand(cwd, ['audit', '-f', 'markdown'], { loadEngine })).stdout).toContain('`src/mac.ts:7:15` in `digest`');
});
