/**
 * tsconfig files: finding the nearest, reading one, following `references`.
 * It owns nothing about which files are analyzed; see `project-plan.ts`.
 */
import { basename, dirname, join } from 'node:path';
import { ts } from 'ts-morph';
import { fileErrorReason, type FileSystem } from './file-system.js';
import type { PathProblem } from './problem.js';

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly options: ts.CompilerOptions;
  /** Absolute, with `/`. */
  readonly fileNames: ReadonlySet<string>;
  /** Paths of the tsconfig files that it refers to. */
  readonly references: readonly string[];
  /** Folders into which it compiles. */
  readonly outputFolders: readonly string[];
}

export interface ConfigFiles {
  /** Nearest tsconfig.json at or above the folder, within its package when that lies in node_modules; null when there is none. */
  nearest(folder: string): string | null;
  /** The file, or why it cannot be used. Read once. */
  load(path: string): ConfigFile | PathProblem;
  /** The file and all that it refers to, directly or not; each once, cycles allowed. Broken references become problems. */
  closure(path: string): { readonly configs: readonly ConfigFile[]; readonly problems: readonly PathProblem[] };
}

export function isConfigProblem(outcome: ConfigFile | PathProblem): outcome is PathProblem {
  return 'reason' in outcome;
}

export function createConfigFiles(fileSystem: FileSystem): ConfigFiles {
  const nearestByFolder = new Map<string, string | null>();
  const loaded = new Map<string, ConfigFile | PathProblem>();

  function nearest(folder: string): string | null {
    const known = nearestByFolder.get(folder);
    if (known !== undefined) return known;
    const candidate = join(folder, 'tsconfig.json');
    const parent = dirname(folder);
    const endsHere = parent === folder || isPackageInNodeModules(folder);
    const found = exists(candidate) ? candidate : endsHere ? null : nearest(parent);
    nearestByFolder.set(folder, found);
    return found;
  }

  function exists(path: string): boolean {
    try {
      return fileSystem.stat(path).kind === 'file';
    } catch {
      return false;
    }
  }

  function load(path: string): ConfigFile | PathProblem {
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const config = readConfig(fileSystem, path);
    loaded.set(path, config);
    return config;
  }

  function closure(path: string): { configs: ConfigFile[]; problems: PathProblem[] } {
    const configs: ConfigFile[] = [];
    const problems: PathProblem[] = [];
    const seen = new Set<string>();
    const waiting = [path];
    for (let current = waiting.shift(); current !== undefined; current = waiting.shift()) {
      if (seen.has(current)) continue;
      seen.add(current);
      const config = load(current);
      if (isConfigProblem(config)) problems.push(config);
      else {
        configs.push(config);
        waiting.push(...config.references);
      }
    }
    return { configs, problems };
  }

  return { nearest, load, closure };
}

function isPackageInNodeModules(folder: string): boolean {
  const parent = dirname(folder);
  if (basename(parent) === 'node_modules') return !basename(folder).startsWith('@');
  return basename(parent).startsWith('@') && basename(dirname(parent)) === 'node_modules';
}

function readConfig(fileSystem: FileSystem, path: string): ConfigFile | PathProblem {
  let text: string;
  try {
    text = fileSystem.read(path).toString('utf8');
  } catch (error) {
    return { path, reason: fileErrorReason(error) };
  }
  const outcome: { config?: unknown; error?: ts.Diagnostic } = ts.parseConfigFileTextToJson(path, text);
  if (outcome.error !== undefined) return { path, reason: describeDiagnostic(text, outcome.error) };
  // Errors of content (an `extends` that is not installed, an option that this TypeScript does not know, no inputs) leave usable options.
  const parsed = ts.parseJsonConfigFileContent(outcome.config, ts.sys, dirname(path), undefined, path);
  const { options } = parsed;
  const outputFolders = [options.outDir, options.declarationDir].filter((folder) => folder !== undefined);
  return {
    path,
    options,
    fileNames: new Set(parsed.fileNames),
    references: (parsed.projectReferences ?? []).map((reference) => ts.resolveProjectReferencePath(reference)),
    outputFolders: outputFolders.filter((folder) => folder !== dirname(path)),
  };
}

function describeDiagnostic(text: string, diagnostic: ts.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ').replace(/\.$/, '');
  const before = text.slice(0, diagnostic.start ?? 0).split('\n');
  return `is malformed at ${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}: ${message}`;
}
