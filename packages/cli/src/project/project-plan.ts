/**
 * The plan of an audit: which files are analyzed, under which compiler options, and what is left out and why.
 * No program is made here; one ts-morph Project per group is made by `program.ts`.
 */
import { basename, dirname, join, relative, resolve, sep } from 'node:path';
import { contentProblem } from './content-gate.js';
import { auditOptions, inferredOptions } from './compiler-options.js';
import { createConfigFiles, type ConfigFile, type ConfigFiles } from './config-file.js';
import { fileErrorReason, type FileSystem } from './file-system.js';
import { packageFolder } from './package-json.js';
import { isDeclarationName, isMinifiedName, isSourceName } from './source-names.js';
import { outputMapping, type OutputMapping } from './output-mapping.js';
import { isTestFolder, testReason } from './test-files.js';
import { sourceFilesBelow } from './walk.js';
import type { PathProblem } from './problem.js';
import type * as typescript from 'typescript';

export interface PlanRequest {
  /** Absolute. */
  readonly cwd: string;
  /** As typed. Empty, with `configs` empty too: the working directory. */
  readonly paths: readonly string[];
  /** tsconfig files or their folders, as typed. */
  readonly configs: readonly string[];
}

/** Files of one Project. */
export interface ProjectGroup {
  /** The tsconfig, or null when options are inferred. */
  readonly configFile: string | null;
  readonly options: typescript.CompilerOptions;
  /** Absolute, sorted. */
  readonly files: readonly string[];
  /** Declaration files that the project loads besides. */
  readonly declarationFiles: readonly string[];
  /** Where the tsconfig compiles to, when it does. */
  readonly output: OutputMapping | null;
}

export interface ProjectPlan {
  /** Absolute; files of the report are relative to it. */
  readonly root: string;
  readonly groups: readonly ProjectGroup[];
  readonly skipped: readonly PathProblem[];
  /** Named paths or their tsconfig files that could not be used. */
  readonly problems: readonly PathProblem[];
  /** Files that were named one by one. */
  readonly namedFiles: ReadonlySet<string>;
}

interface FoundFile {
  readonly path: string;
  readonly isNamed: boolean;
  /** Whether a test is wanted: the file is named, or was found in a test folder that is. */
  readonly mayBeTest: boolean;
}

export function planProjects(fileSystem: FileSystem, request: PlanRequest): ProjectPlan {
  const configFiles = createConfigFiles(fileSystem);
  const problems: PathProblem[] = [];
  const skipped: PathProblem[] = [];
  const isWholeFolder = request.paths.length === 0 && request.configs.length === 0;
  const paths = isWholeFolder ? ['.'] : request.paths;

  const named = namedConfigs(configFiles, fileSystem, request, problems, skipped);
  const roots: string[] = named.roots;
  const found: FoundFile[] = [];
  for (const path of paths) {
    const outcome = filesOfPath(fileSystem, request.cwd, path, skipped, problems);
    if (outcome === null) continue;
    found.push(...outcome.files);
    roots.push(rootOfFolder(configFiles, fileSystem, outcome.folder, request.cwd));
  }
  if (paths.length === 0) found.push(...filesOfConfigs(named.configs));

  const groups = createGrouping(configFiles, fileSystem, named.configs, request.cwd);
  const seen = new Set<string>();
  // A file that is both named and found in a named folder is named; one that is found in two folders is wanted as in the one that wants more.
  for (const file of [...found].sort((a, b) => Number(b.isNamed) - Number(a.isNamed) || Number(b.mayBeTest) - Number(a.mayBeTest))) {
    const real = realpathOrSame(fileSystem, file.path);
    if (seen.has(real)) continue;
    seen.add(real);
    if (!file.isNamed && groups.isOutput(file.path)) continue;
    const reason = contentProblem(fileSystem, file.path, file.isNamed) ?? (file.mayBeTest ? null : testReason(fileSystem, file.path));
    if (reason === null) groups.add(file.path);
    else (file.isNamed ? problems : skipped).push({ path: file.path, reason });
  }
  const namedFolders = new Set(paths.map((path) => resolve(request.cwd, path)));
  skipped.push(...groups.missingPackages());
  for (const problem of groups.problems()) {
    const isNearestOfNamed = [...namedFolders].some((folder) => configFiles.nearest(folder) === problem.path || configFiles.nearest(dirname(folder)) === problem.path);
    (isNearestOfNamed ? problems : skipped).push(problem);
  }
  return {
    root: commonFolder(roots, request.cwd),
    groups: groups.result(),
    skipped,
    problems,
    namedFiles: new Set(found.filter((file) => file.isNamed).map((file) => file.path)),
  };
}

function namedConfigs(configFiles: ConfigFiles, fileSystem: FileSystem, request: PlanRequest, problems: PathProblem[], skipped: PathProblem[]): { configs: ConfigFile[]; roots: string[] } {
  const configs: ConfigFile[] = [];
  const roots: string[] = [];
  for (const typed of request.configs) {
    const path = configPath(fileSystem, resolve(request.cwd, typed));
    const closure = configFiles.closure(path);
    problems.push(...closure.problems);
    skipped.push(...closure.missingPackages);
    if (closure.configs.length > 0) roots.push(dirname(path));
    for (const config of closure.configs) if (!configs.includes(config)) configs.push(config);
  }
  return { configs, roots };
}

function configPath(fileSystem: FileSystem, path: string): string {
  try {
    return fileSystem.stat(path).kind === 'folder' ? join(path, 'tsconfig.json') : path;
  } catch {
    return path;
  }
}

/** Source files of tsconfig files. */
function filesOfConfigs(configs: readonly ConfigFile[]): FoundFile[] {
  const files: FoundFile[] = [];
  for (const config of configs) {
    for (const path of config.fileNames) {
      // A tsconfig leaves node_modules and its own output out by itself; what it includes all the same is meant.
      const isLeftOut = !isSourceName(path) || isDeclarationName(path) || isMinifiedName(path);
      if (!isLeftOut) files.push({ path, isNamed: false, mayBeTest: false });
    }
  }
  return files;
}

function filesOfPath(fileSystem: FileSystem, cwd: string, typed: string, skipped: PathProblem[], problems: PathProblem[]): { files: FoundFile[]; folder: string } | null {
  const path = resolve(cwd, typed);
  try {
    const { kind } = fileSystem.stat(path);
    if (kind === 'file') {
      if (isSourceName(path)) return { files: [{ path, isNamed: true, mayBeTest: true }], folder: dirname(path) };
      problems.push({ path, reason: 'is no TypeScript or JavaScript file (.ts .mts .cts .tsx .js .mjs .cjs .jsx)' });
      return null;
    }
    if (kind !== 'folder') {
      problems.push({ path, reason: 'is neither a file nor a folder' });
      return null;
    }
    const named = namedSegments(cwd, path);
    const walked = sourceFilesBelow(fileSystem, path, named);
    skipped.push(...walked.skipped);
    if (walked.files.length === 0 && walked.skipped.length === 0) problems.push({ path, reason: 'holds no TypeScript or JavaScript file (node_modules, dist and hidden folders are left out unless named)' });
    const mayBeTest = [...named].some(isTestFolder);
    return { files: walked.files.map((file) => ({ path: file, isNamed: false, mayBeTest })), folder: path };
  } catch (error) {
    problems.push({ path, reason: fileErrorReason(error) });
    return null;
  }
}

/** Folder names that the user wrote. A package in node_modules is shipped code, so its `dist` is what there is to audit. */
function namedSegments(cwd: string, path: string): ReadonlySet<string> {
  const segments = new Set(relative(cwd, path).split(sep));
  if (segments.has('node_modules')) {
    segments.delete('node_modules');
    segments.add('dist');
  }
  return segments;
}

function rootOfFolder(configFiles: ConfigFiles, fileSystem: FileSystem, folder: string, cwd: string): string {
  const config = configFiles.nearest(folder);
  return config === null ? (packageFolder(fileSystem, folder) ?? cwd) : dirname(config);
}

interface Grouping {
  add(file: string): void;
  /** Whether a tsconfig compiles into the file's folder. */
  isOutput(file: string): boolean;
  result(): ProjectGroup[];
  /** tsconfig files that were met and cannot be used, or not wholly. */
  problems(): PathProblem[];
  /** tsconfig files that were met and extend a package that is not installed. */
  missingPackages(): PathProblem[];
}

function createGrouping(configFiles: ConfigFiles, fileSystem: FileSystem, named: readonly ConfigFile[], cwd: string): Grouping {
  const files = new Map<ConfigFile | string, string[]>();
  const problems = new Map<string, PathProblem>();
  const missingPackages = new Map<string, PathProblem>();
  const keyOf = ({ path, reason }: PathProblem): string => `${path}\n${reason}`;

  function candidates(file: string): readonly ConfigFile[] {
    if (named.length > 0) return named;
    const nearest = configFiles.nearest(dirname(file));
    if (nearest === null) return [];
    const closure = configFiles.closure(nearest);
    for (const problem of closure.problems) problems.set(keyOf(problem), problem);
    for (const missing of closure.missingPackages) missingPackages.set(keyOf(missing), missing);
    return closure.configs;
  }

  /** The tsconfig that includes the file; else the nearest that has files of its own; else the folder of its package. */
  function ownerOf(file: string): ConfigFile | string {
    const configs = candidates(file);
    const name = file.split(sep).join('/');
    const owner = configs.find((config) => config.fileNames.has(name)) ?? configs.find((config) => config.fileNames.size > 0);
    return owner ?? packageFolder(fileSystem, dirname(file)) ?? cwd;
  }

  return {
    problems: () => [...problems.values()],
    missingPackages: () => [...missingPackages.values()],
    add(file) {
      const owner = ownerOf(file);
      const group = files.get(owner);
      if (group === undefined) files.set(owner, [file]);
      else group.push(file);
    },
    isOutput: (file) => candidates(file).some((config) => config.outputFolders.some((folder) => isInside(folder, file))),
    result: () => [...files].map(([owner, group]) => projectGroup(fileSystem, owner, group)),
  };
}

function projectGroup(fileSystem: FileSystem, owner: ConfigFile | string, files: readonly string[]): ProjectGroup {
  const sorted = [...files].sort();
  if (typeof owner === 'string') return { configFile: null, options: inferredOptions(fileSystem, owner), files: sorted, declarationFiles: [], output: null };
  const declarationFiles = [...owner.fileNames].filter(isDeclarationName);
  return { configFile: owner.path, options: auditOptions(fileSystem, owner.options, dirname(owner.path)), files: sorted, declarationFiles, output: outputMapping(owner.options, owner.path) };
}

function isInside(folder: string, file: string): boolean {
  const path = relative(folder, file);
  return path !== '' && !path.startsWith('..');
}

function realpathOrSame(fileSystem: FileSystem, path: string): string {
  try {
    return fileSystem.realpath(path);
  } catch {
    return path;
  }
}

/** The deepest folder that holds all of them. */
export function commonFolder(folders: readonly string[], fallback: string): string {
  const [first, ...others] = folders;
  if (first === undefined) return fallback;
  let common = first;
  for (const folder of others) {
    while (common !== folder && !isInside(common, folder)) {
      const parent = dirname(common);
      if (parent === common) return common;
      common = parent;
    }
  }
  return common;
}

/** Relative to the root, with `/`. */
export function reportPath(root: string, path: string): string {
  const name = relative(root, path).split(sep).join('/');
  return name === '' ? basename(path) : name;
}
