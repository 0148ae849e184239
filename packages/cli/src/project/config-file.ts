/**
 * tsconfig files: finding the nearest, reading one with what it extends, following `references`.
 * It owns nothing about which files are analyzed; see `project-plan.ts`.
 */
import { basename, dirname, isAbsolute, join, relative, sep } from 'node:path';
import type * as typescript from 'typescript';
import { ts } from '../typescript.js';
import { fileErrorReason, type FileSystem } from './file-system.js';
import { typescriptSystem } from './typescript-system.js';
import type { PathProblem } from './problem.js';

export interface ConfigFile {
  /** Absolute. */
  readonly path: string;
  readonly options: typescript.CompilerOptions;
  /** Absolute, with `/`. */
  readonly fileNames: ReadonlySet<string>;
  /** Paths of the tsconfig files that it refers to. */
  readonly references: readonly string[];
  /** Folders into which it compiles. */
  readonly outputFolders: readonly string[];
  /** What it extends and cannot be used; its own options and files stand all the same. */
  readonly brokenBases: readonly PathProblem[];
  /** Packages that it extends and that are not installed: said, but as with every missing dependency no failure. */
  readonly missingPackages: readonly PathProblem[];
}

export interface ConfigFiles {
  /** Nearest tsconfig.json at or above the folder, within its package when that lies in node_modules; null when there is none. */
  nearest(folder: string): string | null;
  /** The file, or why it cannot be used. Read once. */
  load(path: string): ConfigFile | PathProblem;
  /** The file and all that it refers to, directly or not; each once, cycles allowed. */
  closure(path: string): ConfigClosure;
}

export interface ConfigClosure {
  readonly configs: readonly ConfigFile[];
  /** Files that cannot be used, broken references among them, and `brokenBases`. */
  readonly problems: readonly PathProblem[];
  readonly missingPackages: readonly PathProblem[];
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
    const found = fileSystem.kindOf(candidate) === 'file' ? candidate : endsHere ? null : nearest(parent);
    nearestByFolder.set(folder, found);
    return found;
  }

  function load(path: string): ConfigFile | PathProblem {
    const known = loaded.get(path);
    if (known !== undefined) return known;
    const config = readConfig(fileSystem, path);
    loaded.set(path, config);
    return config;
  }

  function closure(path: string): ConfigClosure {
    const configs: ConfigFile[] = [];
    const problems: PathProblem[] = [];
    const missingPackages: PathProblem[] = [];
    const seen = new Set<string>();
    const waiting = [path];
    for (let current = waiting.shift(); current !== undefined; current = waiting.shift()) {
      if (seen.has(current)) continue;
      seen.add(current);
      const config = load(current);
      if (isConfigProblem(config)) problems.push(config);
      else {
        configs.push(config);
        problems.push(...config.brokenBases);
        missingPackages.push(...config.missingPackages);
        waiting.push(...config.references);
      }
    }
    return { configs, problems, missingPackages };
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
  const outcome: { config?: unknown; error?: typescript.Diagnostic } = ts.parseConfigFileTextToJson(path, text);
  if (outcome.error !== undefined) return { path, reason: describeDiagnostic(text, outcome.error) };
  // Errors of content (an option that this TypeScript does not know, no inputs) leave usable options.
  const parsed = ts.parseJsonConfigFileContent(outcome.config, typescriptSystem(fileSystem), dirname(path), undefined, path);
  const { options } = parsed;
  const outputFolders = [options.outDir, options.declarationDir].filter((folder) => folder !== undefined);
  return {
    path,
    options,
    fileNames: new Set(parsed.fileNames),
    references: (parsed.projectReferences ?? []).map((reference) => ts.resolveProjectReferencePath(reference)),
    outputFolders: outputFolders.filter((folder) => folder !== dirname(path)),
    ...problemsOfBases(path, parsed.errors),
  };
}

/** Codes of TypeScript's diagnostics about `extends`, the same in 5.x and 6.x. */
const baseDiagnostics = { cannotRead: 5083, notFound: 6053, circular: 18000 };

function problemsOfBases(path: string, errors: readonly typescript.Diagnostic[]): Pick<ConfigFile, 'brokenBases' | 'missingPackages'> {
  const brokenBases: PathProblem[] = [];
  const missingPackages: PathProblem[] = [];
  for (const error of errors) {
    const base = baseNamedIn(error, dirname(path));
    const what = base === null ? 'extends a file' : `extends ${base}`;
    const used = 'the rest of it is used';
    if (error.file !== undefined) {
      // One sentence for a file, not one for each of its errors.
      if (brokenBases.length === 0) brokenBases.push({ path, reason: `${what}, which ${describeDiagnostic(error.file.text, error)}` });
    } else if (error.code === baseDiagnostics.circular) brokenBases.push({ path, reason: `extends itself; ${used}` });
    else if (error.code === baseDiagnostics.cannotRead) brokenBases.push({ path, reason: `${what}, which cannot be read; ${used}` });
    else if (error.code === baseDiagnostics.notFound) {
      const isPackage = base !== null && !base.startsWith('.') && !isAbsolute(base);
      (isPackage ? missingPackages : brokenBases).push({ path, reason: `${what}, which is not ${isPackage ? 'installed' : 'there'}; ${used}` });
    }
  }
  return { brokenBases, missingPackages };
}

/** The file that a diagnostic is in or speaks of, as a tsconfig of the folder would write it; packages as written. */
function baseNamedIn(error: typescript.Diagnostic, folder: string): string | null {
  const name = error.file?.fileName ?? /'([^']+)'/.exec(ts.flattenDiagnosticMessageText(error.messageText, ' '))?.[1] ?? null;
  if (name === null || !isAbsolute(name)) return name;
  const path = relative(folder, name).split(sep).join('/');
  return path.startsWith('.') ? path : `./${path}`;
}

function describeDiagnostic(text: string, diagnostic: typescript.Diagnostic): string {
  const message = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ').replace(/\.$/, '');
  const before = text.slice(0, diagnostic.start ?? 0).split('\n');
  return `is malformed at ${String(before.length)}:${String((before.at(-1)?.length ?? 0) + 1)}: ${message}`;
}
