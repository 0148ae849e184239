/**
 * The store: one file per question in `.scrimp/audit` of the project, each with the inputs that its answer read and the answer.
 * It owns names, format, atomic writes and the bound on size. A file that is missing, broken or made by someone else is no answer, never an error,
 * and a store that cannot be written is none: an audit needs it for its speed alone.
 */
import { createHash, hash, randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
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
        const parts = unpack(readFileSync(fileOf(name)));
        // What is used last goes last.
        if (parts !== null) utimesSync(fileOf(name), new Date(), new Date());
        return parts;
      } catch {
        return null;
      }
    },
    write(name, parts) {
      try {
        mkdirSync(answers, { recursive: true });
        replaceFile(join(folder, '.gitignore'), '*\n');
        replaceFile(fileOf(name), pack(parts));
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

/** Readers see the old file or the new one, whoever writes at the same time. */
function replaceFile(file: string, content: string | Buffer): void {
  const temporary = `${file}.${randomBytes(6).toString('hex')}.tmp`;
  writeFileSync(temporary, content);
  renameSync(temporary, file);
}

function dropOldest(folder: string): void {
  const files = readdirSync(folder).map((name) => ({ path: join(folder, name), stats: statSync(join(folder, name)) }));
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

/** One line of header: what it is, the hash of the rest, the length of each part in bytes. */
function pack(parts: readonly string[]): Buffer {
  const bytes = parts.map((part) => Buffer.from(part));
  const header = JSON.stringify({ schema, hash: hashOf(bytes), lengths: bytes.map((part) => part.length) });
  return Buffer.concat([Buffer.from(`${header}\n`), ...bytes]);
}

function unpack(file: Buffer): string[] | null {
  const end = file.indexOf(0x0a);
  const header: unknown = JSON.parse(file.toString('utf8', 0, Math.max(0, end)));
  if (typeof header !== 'object' || header === null || !('schema' in header) || header.schema !== schema || !('lengths' in header) || !Array.isArray(header.lengths)) return null;
  const body = file.subarray(end + 1);
  if (!('hash' in header) || header.hash !== hashOf([body])) return null;
  const parts: string[] = [];
  let start = 0;
  for (const length of header.lengths as readonly unknown[]) {
    if (typeof length !== 'number' || !Number.isInteger(length) || length < 0 || start + length > body.length) return null;
    parts.push(body.toString('utf8', start, start + length));
    start += length;
  }
  return start === body.length ? parts : null;
}

function hashOf(parts: readonly Buffer[]): string {
  const sum = createHash('sha256');
  for (const part of parts) sum.update(part);
  return sum.digest('base64url');
}
