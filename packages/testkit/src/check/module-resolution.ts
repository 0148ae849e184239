// Owns where an import leads: to a module of the workspace, or out of it to a package or a Node module.
// Packages of ours resolve to their sources by the `scrimp-source` condition of their package.json, as they do in vitest.
import { posix } from 'node:path';
import type { SourceModule } from './source-module.js';

/** Where an import leads. */
export type ImportTarget =
  | { readonly kind: 'own'; readonly path: string }
  | { readonly kind: 'node'; readonly name: string }
  | { readonly kind: 'package'; readonly name: string };

/** Entry points of our packages: specifier such as `@scrimp/analysis/detect` to the path of its source. */
export type OwnEntryPoints = ReadonlyMap<string, string>;

/** Reads the entry points from the package.json files among the given files. */
export function collectOwnEntryPoints(files: readonly SourceModule[]): OwnEntryPoints {
  const entryPoints = new Map<string, string>();
  for (const { path, text } of files) {
    if (posix.basename(path) !== 'package.json' || path.startsWith('fixtures/programs/')) continue;
    const manifest = JSON.parse(text) as { name?: string; exports?: Record<string, Record<string, string> | string> };
    for (const [subpath, conditions] of Object.entries(manifest.exports ?? {})) {
      const source = typeof conditions === 'string' ? undefined : conditions['scrimp-source'];
      if (manifest.name === undefined || source === undefined) continue;
      entryPoints.set(manifest.name + subpath.slice(1), posix.join(posix.dirname(path), source));
    }
  }
  return entryPoints;
}

/** Resolves a specifier; a relative one is followed by name alone, whether or not the file exists. */
export function resolveImport(importer: string, specifier: string, entryPoints: OwnEntryPoints): ImportTarget {
  if (specifier.startsWith('.')) {
    const path = posix.join(posix.dirname(importer), specifier);
    // Sources import each other by the name of the emitted file.
    return { kind: 'own', path: importer.endsWith('.ts') ? path.replace(/\.js$/, '.ts') : path };
  }
  const entryPoint = entryPoints.get(specifier);
  if (entryPoint !== undefined) return { kind: 'own', path: entryPoint };
  if (specifier.startsWith('node:')) return { kind: 'node', name: specifier };
  const segments = specifier.split('/');
  return { kind: 'package', name: segments.slice(0, specifier.startsWith('@') ? 2 : 1).join('/') };
}
