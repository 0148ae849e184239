/** The memory of audits: whatever happens to the files between two runs, an answer that was remembered is the answer of a fresh run. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { runCommand } from '../command-run.test-support.js';
import { loadEngine } from '../engine.js';
import { removeTemporaryFolders } from '../temporary-folder.test-support.js';
import { editedProject, edits, type EditedProject } from './edited-project.test-support.js';

afterEach(removeTemporaryFolders);

interface Answer {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
  /** Whether the engine was needed. */
  readonly isFresh: boolean;
}

async function audit(project: EditedProject, argv: readonly string[] = [], build = 'build 1'): Promise<Answer> {
  let isFresh = false;
  const { code, stdout, stderr } = await runCommand(project.folder, ['audit', '--json', ...argv], {
    buildIdentity: () => build,
    loadEngine: () => {
      isFresh = true;
      return loadEngine();
    },
  });
  return { stdout, stderr, code, isFresh };
}

const spoken = ({ stdout, stderr, code }: Answer): Omit<Answer, 'isFresh'> => ({ stdout, stderr, code });

describe('an answer that is remembered is the answer of a fresh run', () => {
  test.each([1, 2])('over random edits, seed %i', async (seed) => {
    const project = editedProject();
    let state = seed * 2_654_435_761;
    for (let step = 0; step < 16; step += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const edit = edits[(state >>> 8) % edits.length];
      edit?.apply(project);
      const [remembered, fresh] = [await audit(project), await audit(project, ['--no-cache'])];
      expect(spoken(remembered), `step ${String(step)}: ${edit?.name ?? ''}`).toEqual(spoken(fresh));
    }
  });

  test.each(edits)('after one edit: $name', async ({ apply }) => {
    const project = editedProject();
    await audit(project);
    apply(project);
    expect(spoken(await audit(project))).toEqual(spoken(await audit(project, ['--no-cache'])));
  });
});

describe('the engine is not loaded again', () => {
  test('when nothing changed', async () => {
    const project = editedProject();
    const first = await audit(project);
    expect(JSON.parse(first.stdout)).toMatchObject({ summary: { files: 4 } });
    expect((JSON.parse(first.stdout) as { findings: unknown[] }).findings.length).toBeGreaterThan(1);
    expect(await audit(project)).toEqual({ ...first, isFresh: false });
  });

  test('when a file was written with the same text', async () => {
    const project = editedProject();
    await audit(project);
    project.write('src/helper.ts', readFileSync(join(project.folder, 'src/helper.ts'), 'utf8'));
    expect((await audit(project)).isFresh).toBe(false);
  });

  test.each([['other options', ['--rule', 'no-slice-into-sync-sink']], ['another target', ['--target', 'node20']], ['other paths', ['src/helper.ts']], ['the cache turned off', ['--no-cache']]])('but it is for %s', async (_name, argv) => {
    const project = editedProject();
    await audit(project);
    expect((await audit(project, argv)).isFresh).toBe(true);
  });

  test('but it is for another build', async () => {
    const project = editedProject();
    await audit(project);
    expect((await audit(project, [], 'build 2')).isFresh).toBe(true);
  });
});

describe('the store', () => {
  const stored = (project: EditedProject): string => {
    const folder = join(project.folder, '.scrimp/audit');
    return join(folder, readdirSync(folder)[0] ?? '');
  };

  test('ignores itself', async () => {
    const project = editedProject();
    await audit(project);
    expect(readFileSync(join(project.folder, '.scrimp/.gitignore'), 'utf8')).toBe('*\n');
  });

  test.each([
    ['nothing', () => ''],
    ['half of it', (text: string) => text.slice(0, text.length / 2)],
    ['another text', () => 'not a store\n{}'],
    ['one letter changed', (text: string) => text.replace('"files":4', '"files":5')],
    ['another schema', (text: string) => text.replace('scrimp-store/1', 'scrimp-store/0')],
  ])('with %s in it answers nothing', async (_name, change) => {
    const project = editedProject();
    const first = await audit(project);
    writeFileSync(stored(project), change(readFileSync(stored(project), 'utf8')));
    expect(await audit(project)).toEqual(first);
  });

  test('that is a folder, or a link that leads nowhere, is no reason to fail', async () => {
    const project = editedProject();
    const first = await audit(project);
    const path = stored(project);
    project.remove(path.slice(project.folder.length + 1));
    mkdirSync(path);
    expect(await audit(project)).toEqual(first);
    project.remove('.scrimp');
    symlinkSync(join(project.folder, 'nowhere'), join(project.folder, '.scrimp'));
    expect(await audit(project)).toEqual(first);
  });

  test('is not written through links: what they lead to stays as it is', async () => {
    const project = editedProject();
    project.write('.gitignore', 'dist\n');
    symlinkSync('.', join(project.folder, '.scrimp'));
    await audit(project);
    expect(readFileSync(join(project.folder, '.gitignore'), 'utf8')).toBe('dist\n');
    expect(readdirSync(project.folder)).not.toContain('audit');

    const documents = Array.from({ length: 30 }, (_, index) => `document-${String(index)}`);
    for (const name of documents) project.write(`documents/${name}`, '');
    project.remove('.scrimp');
    mkdirSync(join(project.folder, '.scrimp'));
    symlinkSync('../documents', join(project.folder, '.scrimp/audit'));
    await audit(project);
    expect(readdirSync(join(project.folder, 'documents')).sort()).toEqual(documents.sort());
  });

  test('removes nothing that it did not make', async () => {
    const project = editedProject();
    const notes = Array.from({ length: 30 }, (_, index) => `.scrimp/audit/note-${String(index)}`);
    for (const note of notes) {
      project.write(note, '');
      utimesSync(join(project.folder, note), 0, 0);
    }
    project.write('.scrimp/.gitignore', 'audit\n');
    await audit(project);
    expect(readdirSync(join(project.folder, '.scrimp/audit')).filter((name) => name.startsWith('note-'))).toHaveLength(notes.length);
    expect(readFileSync(join(project.folder, '.scrimp/.gitignore'), 'utf8')).toBe('audit\n');
  });

  test('with a pipe in it, which would never end, answers nothing', async () => {
    const project = editedProject();
    const first = await audit(project);
    const path = stored(project);
    project.remove(path.slice(project.folder.length + 1));
    execFileSync('mkfifo', [path]);
    expect(await audit(project)).toEqual(first);
  });
});
