/** The few file operations that project loading needs, synchronous, behind an interface so that failing disks can be tested. */
import { readdirSync, readFileSync, realpathSync, statSync, writeFileSync, type Stats } from 'node:fs';

export interface FolderEntry {
  readonly name: string;
  readonly kind: 'file' | 'folder' | 'link' | 'other';
}

export type FileKind = 'file' | 'folder' | 'other';

/** What tells cheaply that a file was not written since. */
export interface FileStamp {
  /** Size, times and number of the file; equal only when nothing wrote to it, but for writes within one tick of the file system's clock. */
  readonly text: string;
  readonly size: number;
  /** When content or status last changed, in milliseconds since 1970. */
  readonly changedAt: number;
}

/** Where it does not say otherwise, a function throws Node's errors, with `code`. Paths are absolute. */
export interface FileSystem {
  /** Sorted by name. */
  entries(folder: string): readonly FolderEntry[];
  /** Follows links. */
  stat(path: string): { readonly kind: FileKind; readonly size: number };
  /** Follows links; null for what is not there or cannot be asked. Never throws: for the many places where something may be. */
  kindOf(path: string): FileKind | null;
  /** Of a regular file; null for everything else. Never throws. */
  stamp(path: string): FileStamp | null;
  read(file: string): Buffer;
  realpath(path: string): string;
  write(file: string, content: string | Buffer): void;
}

export const nodeFileSystem: FileSystem = {
  entries(folder) {
    const entries = readdirSync(folder, { withFileTypes: true }).map((entry): FolderEntry => {
      if (entry.isSymbolicLink()) return { name: entry.name, kind: 'link' };
      if (entry.isDirectory()) return { name: entry.name, kind: 'folder' };
      return { name: entry.name, kind: entry.isFile() ? 'file' : 'other' };
    });
    return entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  },
  stat(path) {
    const stats = statSync(path);
    return { kind: kindOfStats(stats), size: stats.size };
  },
  kindOf(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      return stats === undefined ? null : kindOfStats(stats);
    } catch {
      return null;
    }
  },
  stamp(path) {
    try {
      const stats = statSync(path, { throwIfNoEntry: false });
      if (stats?.isFile() !== true) return null;
      const { size, mtimeMs, ctimeMs, ino } = stats;
      return { text: `${String(size)} ${String(mtimeMs)} ${String(ctimeMs)} ${String(ino)}`, size, changedAt: Math.max(mtimeMs, ctimeMs) };
    } catch {
      return null;
    }
  },
  read: (file) => readFileSync(file),
  realpath: (path) => realpathSync.native(path),
  write: (file, content) => writeFileSync(file, content),
};

export function kindOfStats(stats: Stats): FileKind {
  if (stats.isDirectory()) return 'folder';
  return stats.isFile() ? 'file' : 'other';
}

/** What went wrong, in words: `permission denied`. */
export function fileErrorReason(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'permission denied',
    ELOOP: 'symbolic links form a loop',
    ENOTDIR: 'a part of the path is not a folder',
    EISDIR: 'is a folder',
    ENOSPC: 'no space left on the disk',
    EROFS: 'the disk is read-only',
    EMFILE: 'too many open files',
  };
  return known[code] ?? (error instanceof Error ? error.message : String(error));
}
