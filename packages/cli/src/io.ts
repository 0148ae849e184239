/**
 * The outside world of a command: streams, environment, files, engine. `processIo` is the real one; tests pass their own.
 * Nothing else in this package asks `process`.
 */
import { loadEngine, type AnalysisEngine } from './engine.js';
import { watchFolders, type FolderWatcher } from './folder-watcher.js';
import { buildContentIdentity, buildIdentity } from './store/build-identity.js';
import { nodeFileSystem, type FileSystem } from './project/file-system.js';

export interface OutputStream {
  write(text: string): unknown;
  readonly isTTY?: boolean | undefined;
  readonly columns?: number | undefined;
}

export interface CommandIo {
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly cwd: string;
  /** Without `v`. */
  readonly nodeVersion: string;
  readonly fileSystem: FileSystem;
  /** Of this scrimp; null when nothing is to be remembered between runs. */
  readonly buildIdentity: () => string | null;
  /** The same, equal on other machines; null where it cannot be told. */
  readonly buildContentIdentity: () => string | null;
  /** Watches folders until it is closed; see `folder-watcher.ts`. */
  readonly watchFolders: () => FolderWatcher;
  /** Called once usage is known to be right, because loading takes time. */
  readonly loadEngine: () => Promise<AnalysisEngine>;
}

export function processIo(): CommandIo {
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
    cwd: process.cwd(),
    nodeVersion: process.versions.node,
    fileSystem: nodeFileSystem,
    buildIdentity,
    buildContentIdentity,
    watchFolders,
    loadEngine,
  };
}
