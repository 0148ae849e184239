// Owns programs of texts in memory, placed at paths of the workspace so that they see its packages and compiler options.
// Library files are parsed and bound once per process, whatever number of programs is made; what is done with a program is left to the caller.
import { dirname, join } from 'node:path';
import ts from 'typescript';
import { workspaceRoot } from './workspace-root.js';

/** Texts by path below the workspace root, with `/`: `rules/no-byte-spread/ok.ts`. The files need not exist on disk. */
export type SourceTexts = Readonly<Record<string, string>>;

export interface SourceProgram {
  readonly program: ts.Program;
  readonly texts: SourceTexts;
  /** The parsed file; throws for a path that was not given. */
  sourceFileOf(path: string): ts.SourceFile;
  /** What does not parse or does not type-check in the file, as `line: message (TS2322)`; JavaScript is only parsed. */
  problemsOf(path: string): string[];
}

/** A program of these texts under the workspace's own strict options. */
export function createSourceProgram(texts: SourceTexts): SourceProgram {
  const options = compilerOptions();
  const byPath = new Map(Object.entries(texts).map(([path, text]) => [absolute(path), text]));
  const folders = new Set([...byPath.keys()].map((path) => dirname(path)));
  const host: ts.CompilerHost = {
    ...diskHost(options),
    directoryExists: (folder) => folders.has(folder) || ts.sys.directoryExists(folder),
    fileExists: (file) => byPath.has(file) || ts.sys.fileExists(file),
    readFile: (file) => byPath.get(file) ?? ts.sys.readFile(file),
    getSourceFile: (file, languageVersion) => {
      const text = byPath.get(file);
      return text === undefined ? librarySourceFile(file, languageVersion) : ts.createSourceFile(file, text, languageVersion, true);
    },
  };
  const program = ts.createProgram({ rootNames: [...byPath.keys()], options, host });
  const sourceFileOf = (path: string): ts.SourceFile => {
    const sourceFile = program.getSourceFile(absolute(path));
    if (sourceFile === undefined) throw new Error(`${path} is not a file of this program`);
    return sourceFile;
  };
  return {
    program, texts, sourceFileOf,
    problemsOf: (path) => {
      const sourceFile = sourceFileOf(path);
      return [...program.getSyntacticDiagnostics(sourceFile), ...program.getSemanticDiagnostics(sourceFile)].map((diagnostic) => printDiagnostic(sourceFile, diagnostic));
    },
  };
}

function absolute(path: string): string {
  return join(workspaceRoot, path);
}

function printDiagnostic(sourceFile: ts.SourceFile, diagnostic: ts.Diagnostic): string {
  const line = sourceFile.getLineAndCharacterOfPosition(diagnostic.start ?? 0).line + 1;
  return `${line}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')} (TS${diagnostic.code})`;
}

let cachedOptions: ts.CompilerOptions | null = null;

/** `tsconfig.base.json`, without output; untyped JavaScript is let in. */
function compilerOptions(): ts.CompilerOptions {
  if (cachedOptions !== null) return cachedOptions;
  const read = ts.readConfigFile(join(workspaceRoot, 'tsconfig.base.json'), (file) => ts.sys.readFile(file));
  if (read.error !== undefined) throw new Error(ts.flattenDiagnosticMessageText(read.error.messageText, ' '));
  const { options, errors } = ts.convertCompilerOptionsFromJson((read.config as { compilerOptions: object }).compilerOptions, workspaceRoot);
  if (errors[0] !== undefined) throw new Error(ts.flattenDiagnosticMessageText(errors[0].messageText, ' '));
  cachedOptions = {
    ...options,
    composite: false, declaration: false, declarationMap: false, sourceMap: false, noEmit: true, allowJs: true, checkJs: false,
    customConditions: ['scrimp-source'],
  };
  return cachedOptions;
}

let cachedHost: ts.CompilerHost | null = null;

function diskHost(options: ts.CompilerOptions): ts.CompilerHost {
  cachedHost ??= { ...ts.createCompilerHost(options, true), getCurrentDirectory: () => workspaceRoot };
  return cachedHost;
}

const librarySourceFiles = new Map<string, ts.SourceFile>();

/** A file that is not ours to vary. Programs may share it, because all of them have the same options. */
function librarySourceFile(file: string, languageVersion: ts.ScriptTarget | ts.CreateSourceFileOptions): ts.SourceFile | undefined {
  const known = librarySourceFiles.get(file);
  if (known !== undefined) return known;
  const text = ts.sys.readFile(file);
  if (text === undefined) return undefined;
  const parsed = ts.createSourceFile(file, text, languageVersion, true);
  librarySourceFiles.set(file, parsed);
  return parsed;
}
