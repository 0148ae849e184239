/** One ts-morph Project per group of a plan, and how its imports lead to other files of the audit. */
import { Project, ts, type SourceFile } from 'ts-morph';
import type { ProjectGroup } from './project-plan.js';

export interface LoadedProject {
  readonly project: Project;
  readonly program: ts.Program;
  /** The files to analyze, in the order of the group. */
  readonly sourceFiles: readonly SourceFile[];
}

/** Parses the files and makes the program; asks nothing of the checker yet. */
export function loadProject(group: ProjectGroup): LoadedProject {
  const project = new Project({ compilerOptions: group.options, skipAddingFilesFromTsConfig: true, skipFileDependencyResolution: true });
  const sourceFiles = group.files.map((file) => project.addSourceFileAtPath(file));
  for (const file of group.declarationFiles) project.addSourceFileAtPathIfExists(file);
  return { project, program: project.getProgram().compilerObject, sourceFiles };
}

/** The first syntax error as `syntax error at 3:14: ';' expected`, or null. */
export function syntaxProblem(program: ts.Program, sourceFile: ts.SourceFile): string | null {
  // In JavaScript, codes from 8000 say that TypeScript syntax is used (Flow, for example); the tree is whole all the same.
  const isOurs = (diagnostic: ts.DiagnosticWithLocation): boolean => diagnostic.code < 8000 || diagnostic.code >= 9000;
  const first = program.getSyntacticDiagnostics(sourceFile).find(isOurs);
  if (first === undefined) return null;
  const { line, character } = ts.getLineAndCharacterOfPosition(sourceFile, first.start);
  const message = ts.flattenDiagnosticMessageText(first.messageText, ' ').replace(/\.$/, '');
  return `syntax error at ${String(line + 1)}:${String(character + 1)}: ${message}`;
}

/** Resolves a specifier as the program does: to an absolute path, or null for what it does not find. */
export function createModuleResolution(program: ts.Program): (specifier: string, fromFile: string) => string | null {
  const options = program.getCompilerOptions();
  const cache = ts.createModuleResolutionCache(program.getCurrentDirectory(), (name) => name, options);
  return (specifier, fromFile) => {
    const sourceFile = program.getSourceFile(fromFile);
    const { resolvedModule } = ts.resolveModuleName(specifier, fromFile, options, ts.sys, cache, undefined, sourceFile?.impliedNodeFormat);
    return resolvedModule?.resolvedFileName ?? null;
  };
}
