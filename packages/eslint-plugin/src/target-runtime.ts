/**
 * The Node major that advice is for: the lower bound of `engines.node` of the nearest package.json, else the running Node.
 * The audit decides by the same rule, so that editor and CI agree. Files are read through TypeScript's `sys`; this package has no file access of its own.
 */
import type { TargetRuntime } from '@scrimp/analysis';
import { dirname } from 'node:path';

export const targetRuntimes: readonly TargetRuntime[] = ['node20', 'node22', 'node24', 'node26'];

/** The two functions of `ts.sys` that are needed. */
export interface ReadableFiles {
  fileExists(path: string): boolean;
  readFile(path: string): string | undefined;
}

/** Targets by folder; an editor that runs on sees a changed package.json after a restart. */
const knownTargets = new Map<string, TargetRuntime | null>();

/** `files` is undefined where TypeScript runs without a file system. */
export function targetOf(path: string, files: ReadableFiles | undefined, nodeVersion: string): TargetRuntime {
  const folder = dirname(path);
  let target = knownTargets.get(folder);
  if (target === undefined) {
    target = files === undefined ? null : targetOfPackage(folder, files);
    knownTargets.set(folder, target);
  }
  return target ?? supportedTarget(Number.parseInt(nodeVersion, 10));
}

/** The target that a range of Node versions asks for, by its lowest lower bound; null when it has none. */
export function targetOfRange(range: string): TargetRuntime | null {
  const majors = range.split('||').map((alternative) => {
    // In `>=20 <23` only the first is a lower bound; in `20 - 22` the first number is.
    const match = /\d+/.exec(alternative.replaceAll(/<=?\s*v?[\d.x*]+(?:-[\w.]+)?/g, ''));
    return match === null ? null : Number(match[0]);
  });
  const bounds = majors.filter((major) => major !== null);
  return bounds.length < majors.length ? null : supportedTarget(Math.min(...bounds));
}

/** The newest target that the major version is not below; the oldest for older ones. */
function supportedTarget(major: number): TargetRuntime {
  return targetRuntimes.findLast((target) => Number(target.slice('node'.length)) <= major) ?? 'node20';
}

function targetOfPackage(folder: string, files: ReadableFiles): TargetRuntime | null {
  for (let current = folder; ; current = dirname(current)) {
    const path = `${current}/package.json`;
    if (files.fileExists(path)) {
      const range = enginesNode(files.readFile(path) ?? '');
      return range === null ? null : targetOfRange(range);
    }
    if (dirname(current) === current) return null;
  }
}

function enginesNode(text: string): string | null {
  try {
    const parsed = JSON.parse(text) as { readonly engines?: { readonly node?: unknown } } | null;
    const range = parsed?.engines?.node;
    return typeof range === 'string' ? range : null;
  } catch {
    // A broken package.json says nothing about the target, and is not ours to report.
    return null;
  }
}
