/** One program per group of a plan, and how its imports lead to other files of the audit. */
import type { CompilerOptions, DiagnosticWithLocation, Program, ResolutionMode, SourceFile, System } from 'typescript';
import type { SkippedFile } from '@scrimp/analysis';
import { ts } from '../typescript.js';
import { createBoundProgram, tooDeepReason, withinStack } from './deep-files.js';
import type { ProgramMemory } from './program-memory.js';
import type { ProjectGroup } from './project-plan.js';

export interface LoadedProgram {
  readonly program: Program;
  /** The files to analyze, in the order of the group. */
  readonly sourceFiles: readonly SourceFile[];
  /** Files of the group that TypeScript cannot walk; the program takes them for empty. */
  readonly skipped: readonly SkippedFile[];
}

/** Parses and binds the files; asks nothing of the checker yet. `memory` is of a process that did so before. */
export function loadProgram(system: System, group: ProjectGroup, memory: ProgramMemory | null = null): LoadedProgram {
  const identity = JSON.stringify([group.configFile, group.options, group.files]);
  // A program that could not be bound is made anew, of new trees.
  let remembered = memory;
  const { program, tooDeep } = createBoundProgram((given) => {
    const host = remembered === null ? given : remembered.withTrees(identity, given);
    // Annotations are read from the text. What JSDoc says to the checker is needed for JavaScript only, which has no other types.
    host.jsDocParsingMode = ts.JSDocParsingMode.ParseForTypeErrors;
    const declarationFiles = group.declarationFiles.filter((file) => system.fileExists(file));
    const oldProgram = remembered?.previous(identity);
    remembered = null;
    return ts.createProgram({ rootNames: [...group.files, ...declarationFiles], options: group.options, host, ...(oldProgram === undefined ? {} : { oldProgram }) });
  }, group.options, system);
  if (tooDeep.size === 0) memory?.keep(identity, program);
  const [broken, whole] = [group.files.filter((file) => tooDeep.has(file)), group.files.filter((file) => !tooDeep.has(file))];
  return {
    program,
    sourceFiles: whole.flatMap((file) => program.getSourceFile(file) ?? []),
    skipped: broken.map((file) => ({ file, reason: tooDeepReason })),
  };
}

/** The first syntax error as `syntax error at 3:14: ';' expected`, or null. */
export function syntaxProblem(program: Program, sourceFile: SourceFile): string | null {
  // In JavaScript, codes from 8000 say that TypeScript syntax is used (Flow, for example); the tree is whole all the same.
  const isOurs = (diagnostic: DiagnosticWithLocation): boolean => diagnostic.code < 8000 || diagnostic.code >= 9000;
  const diagnostics = withinStack(() => program.getSyntacticDiagnostics(sourceFile));
  if (diagnostics === null) return tooDeepReason;
  const first = diagnostics.find(isOurs);
  if (first === undefined) return null;
  const { line, character } = sourceFile.getLineAndCharacterOfPosition(first.start);
  const message = ts.flattenDiagnosticMessageText(first.messageText, ' ').replace(/\.$/, '');
  return `syntax error at ${String(line + 1)}:${String(character + 1)}: ${message}`;
}

/**
 * Resolves a specifier as the program does: to an absolute path, or null for what it does not find.
 * It keeps nothing of the program, whose trees and types can go once the files are lowered.
 */
export function createModuleResolution(system: System, program: Program): ModuleResolution {
  const formats = new Map(program.getSourceFiles().map((sourceFile) => [sourceFile.fileName, sourceFile.impliedNodeFormat]));
  return moduleResolutionOf(system, program.getCompilerOptions(), formats);
}

export type ModuleResolution = (specifier: string, fromFile: string) => string | null;

/** The same without a program, by the formats that it gave to its files. */
export function moduleResolutionOf(system: System, options: CompilerOptions, formats: ReadonlyMap<string, ResolutionMode>): ModuleResolution {
  const cache = ts.createModuleResolutionCache(system.getCurrentDirectory(), (name) => name, options);
  return (specifier, fromFile) => {
    const { resolvedModule } = ts.resolveModuleName(specifier, fromFile, options, system, cache, undefined, formats.get(fromFile));
    return resolvedModule?.resolvedFileName ?? null;
  };
}
