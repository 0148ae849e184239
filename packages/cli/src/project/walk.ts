/**
 * The files below a folder, by name: sources only, default excludes left out, symbolic links followed once.
 * Whether a file's content can be analyzed is `content-gate.ts`.
 */
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileErrorReason, type FileSystem } from './file-system.js';
import { isDeclarationName, isExcludedFolder, isMinifiedName, isSourceName, possibleSourcesOfScript } from './source-names.js';
import type { PathProblem } from './problem.js';

export interface WalkResult {
  /** Absolute, sorted. */
  readonly files: readonly string[];
  readonly skipped: readonly PathProblem[];
}

/** `named` are folder names that the user wrote in the path, for which the default excludes do not hold. Throws only when `folder` itself cannot be read. */
export function sourceFilesBelow(fileSystem: FileSystem, folder: string, named: ReadonlySet<string>): WalkResult {
  const files: string[] = [];
  const skipped: PathProblem[] = [];
  const visited = new Set<string>();

  function visit(current: string): void {
    visited.add(fileSystem.realpath(current));
    const entries = fileSystem.entries(current);
    const names = new Set(entries.map((entry) => entry.name));
    for (const entry of entries) {
      const path = join(current, entry.name);
      if (entry.kind === 'folder') visitFolder(path);
      if (entry.kind === 'file') addFile(path, names);
      if (entry.kind === 'link') followLink(path, names);
    }
  }

  function visitFolder(path: string): void {
    const name = basename(path);
    if (isExcludedFolder(name) && !named.has(name)) return;
    try {
      visit(path);
    } catch (error) {
      skipped.push({ path, reason: `cannot read the folder: ${fileErrorReason(error)}` });
    }
  }

  function addFile(path: string, siblings: ReadonlySet<string>): void {
    const name = basename(path);
    if (!isSourceName(name) || isDeclarationName(name)) return;
    const source = possibleSourcesOfScript(name).find((candidate) => siblings.has(candidate));
    if (source !== undefined) skipped.push({ path, reason: `is the compiled form of ${source}` });
    else if (isMinifiedName(name)) skipped.push({ path, reason: 'is minified, by its name; name the file to analyze it' });
    else files.push(path);
  }

  function followLink(path: string, siblings: ReadonlySet<string>): void {
    if (isExcludedFolder(basename(path)) && !named.has(basename(path))) return;
    try {
      const target = fileSystem.realpath(path);
      const { kind } = fileSystem.stat(path);
      if (kind === 'file') {
        addFile(path, siblings);
        return;
      }
      if (kind !== 'folder') return;
      const leadsUp = !relative(target, fileSystem.realpath(dirname(path))).split(sep).includes('..');
      if (leadsUp) skipped.push({ path, reason: 'is a symbolic link to a folder that holds it' });
      else if (!visited.has(target)) visitFolder(path);
    } catch (error) {
      const isBrokenOther = !isSourceName(basename(path)) && isMissing(error);
      if (!isBrokenOther) skipped.push({ path, reason: `cannot follow the symbolic link: ${fileErrorReason(error)}` });
    }
  }

  visit(folder);
  return { files: files.sort(), skipped };
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
