/**
 * The store: one file per question in `.scrimp/audit` of the project, each with the inputs that its answer read and the answer.
 * It owns names, format, atomic writes and the bound on size. A file that is missing, broken or made by someone else is no answer, never an error,
 * and a store that cannot be written is none: an audit needs it for its speed alone.
 * The folder comes with the project, so whoever made that may have made it: links are not followed, and only files with names of the store are read or removed.
 */
import { hash, randomBytes } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { packParts, unpackParts } from './packed-file.js';
import type { FileSystem } from '../project/file-system.js';

export interface Store {
  /** The parts under the name, or null. */
  read(name: string): readonly string[] | null;
  write(name: string, parts: readonly string[]): void;
}

/** Hidden, so that no audit looks into it. */
export const storeFolderName = '.scrimp';

const schema = 'scrimp-store/1';
const mostFiles = 24;
const mostBytes = 400_000_000;
/** A temporary file of this age was left by a process that ended. */
const abandonedAfter = 3_600_000;

/** Null outside of projects: there is no place for it. */
export function openStore(fileSystem: FileSystem, cwd: string): Store | null {
  const root = projectFolder(fileSystem, cwd);
  return root === null ? null : storeIn(join(root, storeFolderName));
}

/** Where shards are left and looked for: in the store, so that they are no input of each other. */
export function shardFolder(fileSystem: FileSystem, cwd: string): string {
  return join(projectFolder(fileSystem, cwd) ?? cwd, storeFolderName, 'shards');
}

/** The path of the shard. Throws Node's errors. */
export function writeShard(fileSystem: FileSystem, cwd: string, name: string, content: Buffer): string {
  const folder = shardFolder(fileSystem, cwd);
  makeFolder(dirname(folder));
  makeFolder(folder);
  keepOutOfGit(dirname(folder));
  replaceFile(join(folder, name), content);
  return join(folder, name);
}

/** A name for a question: of everything that is known of it before any file is read. */
export function questionName(question: unknown): string {
  return hash('sha256', JSON.stringify(question), 'hex').slice(0, 40);
}

function storeIn(folder: string): Store {
  const answers = join(folder, 'audit');
  const fileOf = (name: string): string => join(answers, name);
  return {
    read(name) {
      try {
        // What is no file may never end.
        if (!isOwnFolder(folder) || !isOwnFolder(answers) || !isAnswer(fileOf(name))) return null;
        const parts = unpackParts(schema, readFileSync(fileOf(name)));
        // What is used last goes last.
        if (parts !== null) utimesSync(fileOf(name), new Date(), new Date());
        return parts;
      } catch {
        return null;
      }
    },
    write(name, parts) {
      try {
        makeFolder(folder);
        makeFolder(answers);
        keepOutOfGit(folder);
        replaceFile(fileOf(name), packParts(schema, parts));
        dropOldest(answers);
      } catch {
        // The next audit takes as long as this one.
      }
    },
  };
}

/** The nearest folder at or above with a manifest or a tsconfig; packages that are installed are not ours to write to. */
function projectFolder(fileSystem: FileSystem, cwd: string): string | null {
  for (let folder = cwd; ; folder = dirname(folder)) {
    if (basename(folder) === 'node_modules') return null;
    if (fileSystem.kindOf(join(folder, 'package.json')) === 'file' || fileSystem.kindOf(join(folder, 'tsconfig.json')) === 'file') return folder;
    if (dirname(folder) === folder) return null;
  }
}

function isOwnFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

function isAnswer(path: string): boolean {
  const stats = lstatSync(path, { throwIfNoEntry: false });
  return stats?.isFile() === true && stats.size <= mostBytes;
}

/** Throws when there is something else, a link to a folder included. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (error) {
    if (isOwnFolder(path)) return;
    throw lstatSync(path, { throwIfNoEntry: false }) === undefined ? error : new Error(`${basename(path)} is there and is no folder`);
  }
}

/** What a project says there itself stays. */
function keepOutOfGit(folder: string): void {
  const file = join(folder, '.gitignore');
  if (lstatSync(file, { throwIfNoEntry: false }) === undefined) replaceFile(file, '*\n');
}

/** Readers see the old file or the new one, whoever writes at the same time. */
function replaceFile(file: string, content: string | Buffer): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

/** Nothing is removed that has another name: somebody put it there. */
const ownName = /^[0-9a-f]{40}(?:\.files)?(?:\.[0-9a-f]{12}\.tmp)?$/;

function dropOldest(folder: string): void {
  const files = readdirSync(folder).filter((name) => ownName.test(name)).flatMap((name) => {
    // Another audit may have removed it meanwhile.
    const stats = lstatSync(join(folder, name), { throwIfNoEntry: false });
    return stats?.isFile() === true ? [{ path: join(folder, name), stats }] : [];
  });
  files.sort((left, right) => right.stats.mtimeMs - left.stats.mtimeMs);
  let count = 0;
  let bytes = 0;
  for (const { path, stats } of files) {
    const isTemporary = path.endsWith('.tmp');
    count += 1;
    bytes += stats.size;
    const isOld = isTemporary ? Date.now() - stats.mtimeMs > abandonedAfter : count > 1 && (count > mostFiles || bytes > mostBytes);
    if (isOld) rmSync(path, { force: true });
  }
}
