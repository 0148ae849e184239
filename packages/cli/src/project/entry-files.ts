/** The files by which others enter a package, from `exports`, `main`, `module` and `bin` of its package.json: what hotness takes for callable from outside. */
import { join, resolve } from 'node:path';
import type { FileSystem } from './file-system.js';
import { possibleSources, type OutputMapping } from './output-mapping.js';

/**
 * Absolute paths among `files`; null when package.json does not say, names patterns, or leads to no file of the audit:
 * then every export may be called from outside.
 */
export function entryFiles(fileSystem: FileSystem, folder: string, files: ReadonlySet<string>, mappings: readonly OutputMapping[]): readonly string[] | null {
  const targets = targetsOf(fileSystem, join(folder, 'package.json'));
  if (targets === null || targets.length === 0 || targets.some((target) => target.includes('*'))) return null;
  const found = targets.map((target) => {
    const path = resolve(folder, target);
    return [path, ...possibleSources(mappings, path)].find((candidate) => files.has(candidate)) ?? null;
  });
  const known = found.filter((file) => file !== null);
  // An entry that is not in sight may export anything that is.
  const hasUnseen = targets.some((target, index) => found[index] === null && /\.[cm]?jsx?$/.test(target) && !isSeenElsewhere(target, known));
  return known.length === 0 || hasUnseen ? null : [...new Set(known)];
}

/** `dist/index.cjs` beside `dist/index.js`: the same module in another format. */
function isSeenElsewhere(target: string, known: readonly string[]): boolean {
  const stem = /([^/]+?)(?:\.[cm]?jsx?)$/.exec(target)?.[1];
  return stem !== undefined && known.some((file) => new RegExp(`/${stem.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')}\\.[cm]?[jt]sx?$`).test(file.replaceAll('\\', '/')));
}

function targetsOf(fileSystem: FileSystem, file: string): readonly string[] | null {
  try {
    const parsed: unknown = JSON.parse(fileSystem.read(file).toString('utf8'));
    if (typeof parsed !== 'object' || parsed === null) return null;
    const { exports, main, module, bin } = parsed as Readonly<Record<string, unknown>>;
    // With `exports`, nothing else can be imported by the package's name.
    return [...leavesOf(exports === undefined ? [main, module] : exports), ...leavesOf(bin)].filter((target) => !/\.d\.[cm]?ts$|\.json$|\.css$/.test(target));
  } catch {
    // A broken package.json is not ours to report.
    return null;
  }
}

function leavesOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap((one) => leavesOf(one)) : [];
}
