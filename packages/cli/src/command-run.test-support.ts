/** Runs the command in memory: streams are strings, the engine is the fake one unless given. */
import { main } from './main.js';
import { createFakeEngine, type FakeEngine } from './fake-engine.test-support.js';
import { nodeFileSystem } from './project/file-system.js';
import type { CommandIo } from './io.js';

export interface CommandRun {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly engine: FakeEngine;
}

export type IoOverrides = Partial<Pick<CommandIo, 'env' | 'fileSystem' | 'loadEngine' | 'buildIdentity' | 'buildContentIdentity' | 'watchFolders'>> & { readonly isTTY?: boolean };

export async function runCommand(cwd: string, argv: readonly string[], over: IoOverrides = {}): Promise<CommandRun> {
  let stdout = '';
  let stderr = '';
  const engine = createFakeEngine();
  const isTTY = over.isTTY ?? false;
  const code = await main(argv, {
    stdout: { write: (text) => { stdout += text; }, isTTY },
    stderr: { write: (text) => { stderr += text; }, isTTY },
    env: over.env ?? {},
    cwd,
    nodeVersion: '20.20.2',
    fileSystem: over.fileSystem ?? nodeFileSystem,
    buildIdentity: over.buildIdentity ?? (() => null),
    watchFolders: over.watchFolders ?? (() => { throw new Error('nothing is watched here'); }),
    buildContentIdentity: over.buildContentIdentity ?? (() => 'build'),
    loadEngine: over.loadEngine ?? (() => Promise.resolve(engine)),
  });
  return { code, stdout, stderr, engine };
}
