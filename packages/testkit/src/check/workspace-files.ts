// Owns how the structural checks read the workspace from disk; it is the only module of this folder that does IO.
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourceModule } from './source-module.js';

const workspaceRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');

/** Folders that hold no file of ours: what is installed, built, written by runs, or kept by git. */
const foreignFolders = new Set(['node_modules', 'dist', 'coverage', '.git', '.scrimp']);

/** Text files of ours have one of these endings; anything else (images, captured profiles) is not read. */
const textFile = /\.(?:ts|mts|js|mjs|json|md|yaml|yml|txt|html|css)$|(?:^|\/)(?:LICENSE|run|\.gitignore|\.npmrc)$/;

/** Every text file of the workspace, in a fixed order. */
export function readWorkspaceFiles(): SourceModule[] {
  return pathsBelow('').filter((path) => textFile.test(path)).map((path) => ({ path, text: readWorkspaceFile(path) }));
}

export function readWorkspaceFile(path: string): string {
  return readFileSync(join(workspaceRoot, path), 'utf8');
}

function pathsBelow(folder: string): string[] {
  const entries = readdirSync(join(workspaceRoot, folder), { withFileTypes: true });
  return entries.sort((left, right) => (left.name < right.name ? -1 : 1)).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) return [path];
    return entry.isDirectory() && !foreignFolders.has(entry.name) ? pathsBelow(path) : [];
  });
}
