/**
 * The outside world of rewrites: files of a project, its parser and type checker in memory, and journals below `.scrimp/runs`.
 * What is rewritten, checked and dropped is decided in `@scrimp/rewrite`.
 */
import { hash, randomBytes } from 'node:crypto';
import { chmodSync, closeSync, existsSync, fsyncSync, mkdirSync, openSync, readFileSync, realpathSync, renameSync, rmSync, statSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { Project, ts, type SourceFile } from 'ts-morph';
import { fileErrorReason, type FileSystem } from './project/file-system.js';
import { reportPath, type ProjectGroup } from './project/project-plan.js';
import type { RewriteHost, SourceProblem } from '@scrimp/rewrite';

export interface RewriteHostOptions {
  readonly fileSystem: FileSystem;
  /** Absolute; files are named relative to it. */
  readonly root: string;
  readonly groups: readonly ProjectGroup[];
}

export function createRewriteHost({ fileSystem, root, groups }: RewriteHostOptions): RewriteHost {
  const checker = createMemoryChecker(root, groups);
  return {
    readFile: (file) => readText(fileSystem, join(root, file)),
    writeFile: (file, text) => problemOf(() => replaceFile(join(root, file), text)),
    parse: syntaxProblems,
    typeCheck: checker,
    hash: (text) => hash('sha256', text, 'hex'),
    appendToJournal: (run, line) => problemOf(() => appendDurably(root, run, line)),
    readJournal: (run) => readJournal(root, run),
  };
}

/** A name for a run, later ones sorting after earlier ones. */
export function newRunId(now: Date): string {
  const time = now.toISOString().replace(/[-:]/g, '').replace('T', '-').slice(0, 15);
  return `${time}-${randomBytes(3).toString('hex')}`;
}

function readText(fileSystem: FileSystem, path: string): ReturnType<RewriteHost['readFile']> {
  try {
    const bytes = fileSystem.read(path);
    const text = bytes.toString('utf8');
    // What decoding changed could not be written back byte for byte.
    return Buffer.from(text, 'utf8').equals(bytes) ? { text } : { problem: 'is not valid UTF-8, so it cannot be written back as it was' };
  } catch (error) {
    return { problem: fileErrorReason(error) };
  }
}

/** Writes beside the file and renames, so that nobody ever reads half of it; keeps its mode, and follows a link to what it names. */
function replaceFile(path: string, text: string): void {
  const target = realpathSync(path);
  const temporary = `${target}.${randomBytes(6).toString('hex')}.scrimp`;
  try {
    writeFileSync(temporary, text, { flag: 'wx' });
    chmodSync(temporary, statSync(target).mode);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function problemOf(write: () => void): string | null {
  try {
    write();
    return null;
  } catch (error) {
    return fileErrorReason(error);
  }
}

function runFolder(root: string, run: string): string {
  return join(root, '.scrimp', 'runs', run);
}

function appendDurably(root: string, run: string, line: string): void {
  const folder = runFolder(root, run);
  mkdirSync(folder, { recursive: true });
  // Journals hold the texts of files; they stay out of the repository, and do not make its tree dirty.
  const ignoreFile = join(root, '.scrimp', 'runs', '.gitignore');
  if (!existsSync(ignoreFile)) writeFileSync(ignoreFile, '*\n');
  const descriptor = openSync(join(folder, 'journal.jsonl'), 'a');
  try {
    writeSync(descriptor, `${line}\n`);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function readJournal(root: string, run: string): string | null {
  // A run is one folder, not a path.
  const path = join(runFolder(root, run), 'journal.jsonl');
  return /^[\w-]+$/.test(run) && existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function syntaxProblems(file: string, text: string): SourceProblem[] {
  const compilerOptions: ts.CompilerOptions = { allowJs: true, jsx: ts.JsxEmit.Preserve, target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext };
  const { diagnostics } = ts.transpileModule(text, { fileName: file, reportDiagnostics: true, compilerOptions });
  return (diagnostics ?? []).filter(isOurs).map((diagnostic) => sourceProblem(file, diagnostic));
}

/** In JavaScript, codes from 8000 say that TypeScript syntax is used; the tree is whole all the same. */
function isOurs({ code }: ts.Diagnostic): boolean {
  return code < 8000 || code >= 9000;
}

function sourceProblem(file: string, diagnostic: ts.Diagnostic): SourceProblem {
  const line = diagnostic.file === undefined || diagnostic.start === undefined ? null : diagnostic.file.getLineAndCharacterOfPosition(diagnostic.start).line + 1;
  return { file, line, code: `TS${String(diagnostic.code)}`, message: ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ') };
}

/** Type-checks the projects that hold the files, with other texts for them. Projects are loaded at the first check and kept. */
function createMemoryChecker(root: string, groups: readonly ProjectGroup[]): RewriteHost['typeCheck'] {
  let loaded: readonly Project[] | null = null;
  const originals = new Map<SourceFile, string>();

  return (texts) => {
    loaded ??= groups.map(loadProject);
    for (const [sourceFile, text] of originals) setText(sourceFile, text);
    const problems: SourceProblem[] = [];
    for (const project of loaded) {
      const program = project.getProgram().compilerObject;
      const paths = [...texts].map(([file, text]) => ({ path: join(root, file), text })).filter(({ path }) => program.getSourceFile(path) !== undefined);
      if (paths.length === 0) continue;
      for (const { path, text } of paths) {
        const sourceFile = project.addSourceFileAtPath(path);
        if (!originals.has(sourceFile)) originals.set(sourceFile, sourceFile.getFullText());
        setText(sourceFile, text);
      }
      problems.push(...typeProblems(root, project.getProgram().compilerObject));
    }
    return problems;
  };
}

function loadProject(group: ProjectGroup): Project {
  // The numbers in options mean the same to ts-morph's own copy of TypeScript; only their types have other names.
  const compilerOptions = group.options;
  const project = new Project({ compilerOptions, skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });
  for (const file of [...group.files, ...group.declarationFiles]) project.addSourceFileAtPathIfExists(file);
  return project;
}

function setText(sourceFile: SourceFile, text: string): void {
  if (sourceFile.getFullText() !== text) sourceFile.replaceWithText(text);
}

function typeProblems(root: string, program: ts.Program): SourceProblem[] {
  return program.getSourceFiles().filter((sourceFile) => !sourceFile.isDeclarationFile && !program.isSourceFileFromExternalLibrary(sourceFile)).flatMap((sourceFile) =>
    [...program.getSyntacticDiagnostics(sourceFile), ...program.getSemanticDiagnostics(sourceFile)].map((diagnostic) => sourceProblem(reportPath(root, sourceFile.fileName), diagnostic)));
}
