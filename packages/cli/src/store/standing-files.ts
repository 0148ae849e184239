/**
 * Which files of an audit need not be lowered again. What a file is lowered to depends on its text and on types; types of other files reach it
 * only through what those files declare (`declaration-text.ts`), along imports or by declarations for all.
 * It is asked only where nothing but texts of analyzed files changed since they were kept: no name, no option, no dependency.
 */
import { hash } from 'node:crypto';
import type { Program, SourceFile } from 'typescript';
import { ts } from '../typescript.js';
import { declarationText, declaresForAll } from '../project/declaration-text.js';
import { withinStack } from '../project/deep-files.js';
import { createModuleResolution } from '../project/program.js';
import { typescriptSystem } from '../project/typescript-system.js';
import type { FileSystem } from '../project/file-system.js';
import type { ProjectGroup } from '../project/project-plan.js';
import type { KeptFacts, KeptFile, KeptGroup } from './kept-files.js';

export interface Standing {
  /** Files of the group whose text is what it was, with their lowering, by path. */
  readonly files: ReadonlyMap<string, { readonly kept: KeptFile; readonly text: string }>;
  /** Whether a program of the group is needed to tell which of them stand. */
  readonly hasOtherDeclarations: boolean;
  /** Files that a program of the group shows to depend on other declarations. */
  affected(program: Program): ReadonlySet<string>;
}

export function groupIdentity({ configFile, options, files, declarationFiles }: ProjectGroup): string {
  return textHash(JSON.stringify([configFile, options, files, declarationFiles]));
}

/** Facts to keep of a file. */
export function factsOf(sourceFile: SourceFile): KeptFacts {
  return {
    path: sourceFile.fileName, text: textHash(sourceFile.text), declarations: declarationsHash(sourceFile),
    declaresForAll: declaresForAll(sourceFile), format: sourceFile.impliedNodeFormat ?? null,
  };
}

/** By group; null when all files are to be lowered anew. `textOf` gives the text of a file as TypeScript reads it. */
export function standingFiles(fileSystem: FileSystem, groups: readonly ProjectGroup[], kept: readonly KeptGroup[], textOf: (path: string) => string | null): readonly Standing[] | null {
  if (groups.length !== kept.length || groups.some((group, index) => groupIdentity(group) !== kept[index]?.identity)) return null;
  const changed = new Set<string>();
  const standing = kept.map(({ files }) => new Map<string, { kept: KeptFile; text: string }>(files.flatMap((file) => {
    const text = textOf(file.path);
    if (text === null) return [];
    if (textHash(text) === file.text) return [[file.path, { kept: file, text }]];
    if (hasOtherDeclarations(file, text)) changed.add(file.path);
    return [];
  })));
  const files = kept.flatMap((group) => group.files);
  if (files.some((file) => changed.has(file.path) && (file.declaresForAll || declaresForAll(parse(file.path, textOf(file.path) ?? ''))))) return null;
  return standing.map((known) => ({ files: known, hasOtherDeclarations: changed.size > 0, affected: (program) => importersOf(fileSystem, program, changed) }));
}

function hasOtherDeclarations(file: KeptFile, text: string): boolean {
  const declarations = declarationsHash(parse(file.path, text));
  return declarations === null || declarations !== file.declarations;
}

/** Null for a text with syntax errors, in which it is not certain where a body ends, and for one that cannot be walked. */
function declarationsHash(sourceFile: SourceFile): string | null {
  const { parseDiagnostics } = sourceFile as SourceFile & { readonly parseDiagnostics?: readonly unknown[] };
  if (parseDiagnostics === undefined || parseDiagnostics.length > 0) return null;
  const declarations = withinStack(() => declarationText(sourceFile));
  return declarations === null ? null : textHash(declarations);
}

function parse(path: string, text: string): SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.ESNext);
}

/** The files and whatever imports them, directly or not. */
function importersOf(fileSystem: FileSystem, program: Program, changed: ReadonlySet<string>): ReadonlySet<string> {
  const resolve = createModuleResolution(typescriptSystem(fileSystem), program);
  const importers = new Map<string, string[]>();
  for (const sourceFile of program.getSourceFiles()) {
    if (program.isSourceFileDefaultLibrary(sourceFile) || sourceFile.fileName.includes('/node_modules/@types/')) continue;
    for (const specifier of specifiersOf(sourceFile)) {
      const target = resolve(specifier, sourceFile.fileName);
      if (target !== null) importers.set(target, [...(importers.get(target) ?? []), sourceFile.fileName]);
    }
  }
  const affected = new Set(changed);
  for (const path of affected) for (const importer of importers.get(path) ?? []) affected.add(importer);
  return affected;
}

/** Every specifier of the file, types and JSDoc included, as the program collected them; the public types leave the list out. */
function specifiersOf(sourceFile: SourceFile): readonly string[] {
  const { imports } = sourceFile as SourceFile & { readonly imports?: readonly { readonly text: string }[] };
  if (imports === undefined) throw new Error(`TypeScript ${ts.version} does not tell what ${sourceFile.fileName} imports`);
  return imports.map(({ text }) => text);
}

function textHash(text: string): string {
  return hash('sha256', text, 'base64url');
}
