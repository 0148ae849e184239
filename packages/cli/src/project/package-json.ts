/** The nearest package.json: where a package begins, and which Node it asks for. */
import { dirname, join } from 'node:path';
import type { FileSystem } from './file-system.js';
import type { TargetRuntime } from '@scrimp/analysis';

/** Folder of the nearest package.json at or above `folder`, or null. */
export function packageFolder(fileSystem: FileSystem, folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (isFile(fileSystem, join(current, 'package.json'))) return current;
    if (dirname(current) === current) return null;
  }
}

export const targets: readonly TargetRuntime[] = ['node20', 'node22', 'node24', 'node26'];

/** Lower bound of `engines.node` of the nearest package.json, else the running Node; both rounded to a supported target. */
export function defaultTarget(fileSystem: FileSystem, folder: string, nodeVersion: string): TargetRuntime {
  const running = Number.parseInt(nodeVersion, 10);
  const owner = packageFolder(fileSystem, folder);
  const range = owner === null ? null : enginesNode(fileSystem, join(owner, 'package.json'));
  const major = range === null ? null : lowestMajor(range);
  return supportedTarget(major ?? running);
}

/** Lowest major version that a range admits, by its lower bounds; null when it has none. */
export function lowestMajor(range: string): number | null {
  let lowest: number | null = null;
  for (const alternative of range.split('||')) {
    // In `>=20 <23` only the first is a lower bound; in `20 - 22` the first number is.
    const comparators = alternative.replace(/[<]=?\s*v?[\d.x*]+(-[\w.]+)?/g, '');
    const match = /(\d+)/.exec(comparators);
    if (match === null) return null;
    const major = Number(match[1]);
    lowest = lowest === null ? major : Math.min(lowest, major);
  }
  return lowest;
}

/** The newest supported target that the major version is not below; the oldest for older ones. */
export function supportedTarget(major: number): TargetRuntime {
  if (major >= 26) return 'node26';
  if (major >= 24) return 'node24';
  return major >= 22 ? 'node22' : 'node20';
}

function enginesNode(fileSystem: FileSystem, file: string): string | null {
  try {
    const parsed: unknown = JSON.parse(fileSystem.read(file).toString('utf8'));
    if (typeof parsed !== 'object' || parsed === null || !('engines' in parsed)) return null;
    const { engines } = parsed;
    if (typeof engines !== 'object' || engines === null || !('node' in engines)) return null;
    return typeof engines.node === 'string' ? engines.node : null;
  } catch {
    // A broken package.json says nothing about the target; it is not ours to report.
    return null;
  }
}

function isFile(fileSystem: FileSystem, path: string): boolean {
  try {
    return fileSystem.stat(path).kind === 'file';
  } catch {
    return false;
  }
}
