/** `--watch`: after each edit it says what a fresh audit would find, and nothing when nothing changed. */
import { afterEach, describe, expect, test } from 'vitest';
import { runCommand } from './command-run.test-support.js';
import { loadEngine } from './engine.js';
import { nodeFileSystem } from './project/file-system.js';
import { editedProject, edits, projectFiles, type EditedProject } from './store/edited-project.test-support.js';
import { watchAudit } from './watched-audit.js';
import { runAudit, type AuditRequest } from './audit.js';
import { realEngine } from './real-engine.js';
import { removeTemporaryFolders } from './temporary-folder.test-support.js';

afterEach(removeTemporaryFolders);

const requestFor = ({ folder }: EditedProject): AuditRequest => ({
  fileSystem: nodeFileSystem, engine: realEngine, rules: realEngine.rules, target: null, nodeVersion: '20.20.2', progress: { show: () => undefined, clear: () => undefined },
  cwd: folder, paths: [], configs: [],
});

describe('what is brought up to date is what a fresh audit finds', () => {
  test.each([11, 12])('over random edits, seed %i', (seed) => {
    const project = editedProject();
    const request = requestFor(project);
    const watched = watchAudit(request);
    let state = seed * 2_654_435_761;
    for (let step = 0; step < 16; step += 1) {
      expect(watched.update().audit, `step ${String(step)}`).toEqual(runAudit(request));
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      edits[(state >>> 8) % edits.length]?.apply(project);
    }
  });
});

/** Makes one edit each time it is waited for. */
async function watchedWhile(project: EditedProject, steps: readonly (() => void)[], argv: readonly string[] = []): Promise<{ stdout: string; stderr: string; code: number }> {
  const waiting = [...steps];
  const changed = (): Promise<boolean> => {
    const next = waiting.shift();
    next?.();
    return Promise.resolve(next !== undefined);
  };
  return await runCommand(project.folder, ['audit', '--watch', '--quiet', ...argv], { loadEngine, watchFolders: () => ({ follow: () => undefined, changed }) });
}

test('new and gone findings are said, and nothing of events without a change', async () => {
  const project = editedProject();
  const digest = projectFiles['src/digest.ts'] ?? '';
  const { stdout, stderr, code } = await watchedWhile(project, [
    () => undefined,
    () => project.write('src/digest.ts', digest.replace('.slice(0, 4096)', '')),
    () => project.write('src/digest.ts', digest),
  ]);
  expect(code).toBe(0);
  expect(stderr).toBe('scrimp: watching 4 files; ctrl-c ends\n');
  const said = stdout.split('\n').filter((line) => /^[-+] |changed: /.test(line));
  expect(said).toEqual([
    expect.stringMatching(/^src\/digest\.ts changed: 0 new, [1-9] gone, /),
    expect.stringMatching(/^- src\/digest\.ts:7:\d+ {2}\w+ {2}no-slice-into-sync-sink {2}/),
    ...said.slice(2, said.findIndex((line) => line.includes('0 gone'))),
    expect.stringMatching(/^src\/digest\.ts changed: [1-9] new, 0 gone, /),
    expect.stringMatching(/^\+ src\/digest\.ts:7:\d+ {2}\w+ {2}no-slice-into-sync-sink {2}/),
    ...said.slice(said.findIndex((line) => line.includes('0 gone')) + 2),
  ]);
});

test('a file that can no longer be parsed is said, once', async () => {
  const project = editedProject();
  const { stdout } = await watchedWhile(project, [
    () => project.write('src/digest.ts', 'export function digest( {'),
    () => project.write('src/helper.ts', projectFiles['src/helper.ts']?.replace('subarray', 'slice') ?? ''),
  ]);
  expect(stdout.split('\n').filter((line) => line.startsWith('not looked at: '))).toEqual([expect.stringMatching(/^not looked at: src\/digest\.ts: ./)]);
});

test('with --json each time is one line', async () => {
  const project = editedProject();
  const { stdout } = await watchedWhile(project, [() => project.remove('src/digest.ts')], ['--json']);
  const lines = stdout.trimEnd().split('\n').map((line) => JSON.parse(line) as { schema: string; changed: string[]; added: unknown[]; removed: unknown[] });
  expect(lines).toHaveLength(2);
  expect(lines[0]).toMatchObject({ schema: 'scrimp-watch/1', changed: [], removed: [] });
  expect(lines[1]?.changed).toContain('src');
  expect(lines[1]?.removed.length).toBeGreaterThan(0);
});

test('other formats and files are refused', async () => {
  expect(await watchedWhile(editedProject(), [], ['-f', 'sarif'])).toMatchObject({ code: 2, stderr: 'scrimp: --watch writes text or --json to stdout and nothing else\n' });
});
