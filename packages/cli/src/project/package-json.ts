/** The nearest package.json: where a package begins, and which Node it asks for. */
import { dirname, join } from 'node:path';
import type { FileSystem } from './file-system.js';
import { lowestVersion } from '@scrimp/analysis';
import type { TargetRuntime } from '@scrimp/analysis';

/** Folder of the nearest package.json at or above `folder`, or null. */
export function packageFolder(fileSystem: FileSystem, folder: string): string | null {
  for (let current = folder; ; current = dirname(current)) {
    if (fileSystem.kindOf(join(current, 'package.json')) === 'file') return current;
    if (dirname(current) === current) return null;
  }
}

/** Lower bound of `engines.node` of the nearest package.json, else the running Node; both rounded to a supported target. */
export function defaultTarget(fileSystem: FileSystem, folder: string, nodeVersion: string): TargetRuntime {
  return supportedTarget(Number.parseInt(oldestNode(fileSystem, folder) ?? nodeVersion, 10));
}

/** The oldest Node that `engines.node` of the nearest package.json admits, `18.17`; null when it does not say. */
export function oldestNode(fileSystem: FileSystem, folder: string): string | null {
  const owner = packageFolder(fileSystem, folder);
  const range = owner === null ? null : enginesNode(fileSystem, join(owner, 'package.json'));
  return range === null ? null : lowestVersion(range);
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

