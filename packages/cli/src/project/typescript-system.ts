/**
 * The system of TypeScript over the audit's file system, so that whatever TypeScript reads, looks for or lists goes through one seam
 * and can be recorded. It answers as TypeScript's own system does; nothing is written through it.
 */
import type { CompilerHost, CompilerOptions, System } from 'typescript';
import { ts } from '../typescript.js';
import type { FileSystem } from './file-system.js';

/** What the public types leave out: how TypeScript itself matches the files of a tsconfig. */
interface FileMatching {
  matchFiles(
    path: string, extensions: readonly string[] | undefined, excludes: readonly string[] | undefined, includes: readonly string[] | undefined,
    isCaseSensitive: boolean, currentDirectory: string, depth: number | undefined,
    entriesOf: (path: string) => FolderContent, realpath: (path: string) => string,
  ): string[];
}

interface FolderContent {
  readonly files: readonly string[];
  readonly directories: readonly string[];
}

export function typescriptSystem(fileSystem: FileSystem): System {
  const matching = ts as typeof ts & FileMatching;
  const realpath = (path: string): string => {
    try {
      return fileSystem.realpath(path);
    } catch {
      return path;
    }
  };
  return {
    ...ts.sys,
    readFile: (path) => readText(fileSystem, path),
    fileExists: (path) => fileSystem.kindOf(path) === 'file',
    directoryExists: (path) => fileSystem.kindOf(path) === 'folder',
    getDirectories: (path) => [...folderContent(fileSystem, path).directories],
    readDirectory: (path, extensions, excludes, includes, depth) =>
      matching.matchFiles(path, extensions, excludes, includes, ts.sys.useCaseSensitiveFileNames, ts.sys.getCurrentDirectory(), depth, (folder) => folderContent(fileSystem, folder), realpath),
    realpath,
  };
}

/** A host of programs that reads through the system. */
export function compilerHostOn(system: System, options: CompilerOptions): CompilerHost {
  const host = ts.createCompilerHost(options);
  host.readFile = (path) => system.readFile(path);
  host.fileExists = (path) => system.fileExists(path);
  host.directoryExists = (path) => system.directoryExists(path);
  host.getDirectories = (path) => system.getDirectories(path);
  host.readDirectory = (path, extensions, excludes, includes, depth) => system.readDirectory(path, extensions, excludes, includes, depth);
  host.realpath = (path) => system.realpath?.(path) ?? path;
  return host;
}

/** Undefined for what cannot be read; decoded by its byte order mark, which is dropped. */
function readText(fileSystem: FileSystem, path: string): string | undefined {
  let bytes: Buffer;
  try {
    bytes = fileSystem.read(path);
  } catch {
    return undefined;
  }
  return decodeText(bytes);
}

/** As TypeScript decodes: UTF-16 by its byte order mark, else UTF-8. */
export function decodeText(bytes: Buffer): string {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) return bytes.toString('utf16le', 2);
  if (bytes.length >= 2 && bytes[0] === 0xfe && bytes[1] === 0xff) return Buffer.from(bytes.subarray(0, bytes.length & ~1)).swap16().toString('utf16le', 2);
  if (bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return bytes.toString('utf8', 3);
  return bytes.toString('utf8');
}

function folderContent(fileSystem: FileSystem, folder: string): FolderContent {
  const files: string[] = [];
  const directories: string[] = [];
  try {
    for (const { name, kind } of fileSystem.entries(folder === '' ? '.' : folder)) {
      const followed = kind === 'link' ? fileSystem.kindOf(`${folder}/${name}`) : kind;
      if (followed === 'file') files.push(name);
      else if (followed === 'folder') directories.push(name);
    }
  } catch {
    return { files: [], directories: [] };
  }
  return { files, directories };
}
