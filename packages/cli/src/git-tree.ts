/** What git says of a folder's working tree: which files differ from the last commit. */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

/** Absolute paths in the whole repository of the folder, sorted; null outside of one, or where git is not installed. */
export function uncommittedFiles(folder: string): readonly string[] | null {
  const top = gitOutput(folder, ['rev-parse', '--show-toplevel'])?.replace(/\n$/, '') ?? null;
  const status = gitOutput(folder, ['status', '--porcelain=v1', '-z', '--no-renames']);
  if (top === null || status === null) return null;
  // Entries are `XY path`, each closed by a zero.
  return status.split('\0').filter((entry) => entry !== '').map((entry) => join(top, entry.slice(3))).sort();
}

function gitOutput(folder: string, args: readonly string[]): string | null {
  try {
    return execFileSync('git', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'], maxBuffer: 64 * 1024 * 1024 });
  } catch {
    return null;
  }
}
