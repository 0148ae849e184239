/**
 * The pinned packages: reads `fixtures/ecosystem/packages.json`, and finds where one is installed.
 * What the audit does with them is the runner's business.
 */
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { isRecord } from './report-shape.js';

export interface EcosystemPackage {
  name: string;
  version: string;
  author: string;
  license: string;
  /** Files or folders inside the package, with `/`. */
  sources: string[];
  /** A tsconfig in `fixtures/ecosystem` that checks the package's sources, or null. */
  tsconfig: string | null;
  /** Lines of the sources, comments and blank lines included. */
  lines: number;
  /** What the package brings to the set. */
  why: string;
}

/** All pinned packages in the order of the file; throws when the committed file is malformed, which is our own bug. */
export function readEcosystemPackages(ecosystemFolder: string): EcosystemPackage[] {
  const json: unknown = JSON.parse(readFileSync(join(ecosystemFolder, 'packages.json'), 'utf8'));
  if (!Array.isArray(json) || !json.every(isEcosystemPackage)) {
    throw new Error('fixtures/ecosystem/packages.json is not a list of {name, version, author, license, sources, tsconfig, lines, why}');
  }
  return json;
}

/** Picks the packages named in full or by the last part of their name; none named means all. */
export function selectPackages(packages: readonly EcosystemPackage[], names: readonly string[]): { selected: EcosystemPackage[]; problems: string[] } {
  if (names.length === 0) return { selected: [...packages], problems: [] };
  const problems: string[] = [];
  for (const name of names) {
    if (!packages.some((candidate) => isNamed(candidate, name))) {
      problems.push(`no pinned package is named ${JSON.stringify(name)}; choose from ${packages.map((candidate) => candidate.name).join(', ')}`);
    }
  }
  return { selected: packages.filter((candidate) => names.some((name) => isNamed(candidate, name))), problems };
}

/**
 * The real folder of an installed package.
 * The link in `node_modules` is resolved because only the real folder lies beside the package's own dependencies in pnpm's layout.
 */
export function resolveInstalledPackage(ecosystemFolder: string, pinned: EcosystemPackage): { folder: string | null; problems: string[] } {
  const linked = join(ecosystemFolder, 'node_modules', ...pinned.name.split('/'));
  if (!existsSync(linked)) return { folder: null, problems: [`${pinned.name} is not installed; run pnpm install`] };
  const folder = realpathSync(linked);
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const version = isRecord(manifest) ? manifest['version'] : undefined;
  if (version !== pinned.version) {
    return { folder: null, problems: [`${pinned.name} is installed as ${String(version)}, but packages.json pins ${pinned.version}; run pnpm install`] };
  }
  return { folder, problems: [] };
}

function isNamed(candidate: EcosystemPackage, name: string): boolean {
  return candidate.name === name || candidate.name.split('/').at(-1) === name;
}

function isEcosystemPackage(value: unknown): value is EcosystemPackage {
  if (!isRecord(value)) return false;
  const hasStrings = ['name', 'version', 'author', 'license', 'why'].every((key) => typeof value[key] === 'string');
  const sources = value['sources'];
  const hasSources = Array.isArray(sources) && sources.length > 0 && sources.every((source) => typeof source === 'string');
  const hasTsconfig = value['tsconfig'] === null || typeof value['tsconfig'] === 'string';
  return hasStrings && hasSources && hasTsconfig && typeof value['lines'] === 'number';
}
