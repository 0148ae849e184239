/**
 * Compiler options of an audit: the project's own, widened so that every path can be analyzed and byte types are known.
 * An audit never emits and never reports type errors, so options that only matter for those are turned off.
 */
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as typescript from 'typescript';
import { ts } from '../typescript.js';
import { typescriptSystem } from './typescript-system.js';
import type { FileSystem } from './file-system.js';

/** Options for files that no tsconfig includes. `folder` is where their package begins. */
export function inferredOptions(fileSystem: FileSystem, folder: string): typescript.CompilerOptions {
  return auditOptions(fileSystem, {
    target: ts.ScriptTarget.ESNext,
    // Both `import` and `require` in every file, each resolved in its own way.
    module: ts.ModuleKind.Preserve,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    // Without this, top-level names of plain scripts would be merged into one global scope and change each other's types.
    moduleDetection: ts.ModuleDetectionKind.Force,
    // Byte-handling code runs on Node; the DOM library would only take time. Web globals that Node has come with its types.
    lib: ['lib.esnext.d.ts'],
    strict: true,
    jsx: ts.JsxEmit.Preserve,
    esModuleInterop: true,
    allowImportingTsExtensions: true,
  }, folder);
}

/** Options of a tsconfig, widened. `folder` is where its types are looked for. */
export function auditOptions(fileSystem: FileSystem, options: typescript.CompilerOptions, folder: string): typescript.CompilerOptions {
  const { outDir: _outDir, declarationDir: _declarationDir, outFile: _outFile, tsBuildInfoFile: _tsBuildInfoFile, ...kept } = options;
  return {
    ...kept,
    ...nodeTypes(fileSystem, options, folder),
    // Data has no bytes to find, and packages of data have hundreds of megabytes of it.
    resolveJsonModule: false,
    allowJs: true,
    checkJs: false,
    noEmit: true,
    composite: false,
    incremental: false,
    declaration: false,
    declarationMap: false,
    emitDeclarationOnly: false,
    isolatedDeclarations: false,
    skipLibCheck: true,
    // TypeScript 6 and 7 disagree on what is deprecated; an audit has nothing to say on it.
    ignoreDeprecations: '6.0',
  };
}

/** `Buffer` needs a type: the project's own @types/node when it has one, else ours. */
function nodeTypes(fileSystem: FileSystem, options: typescript.CompilerOptions, folder: string): Pick<typescript.CompilerOptions, 'types' | 'typeRoots'> {
  const system = typescriptSystem(fileSystem);
  const containing = join(folder, '__types__.ts');
  const resolved = ts.resolveTypeReferenceDirective('node', containing, options, system).resolvedTypeReferenceDirective;
  const types = [...new Set([...(options.types ?? []), 'node'])];
  if (resolved?.resolvedFileName !== undefined) return { types, ...(options.typeRoots === undefined ? {} : { typeRoots: options.typeRoots }) };
  const roots = options.typeRoots ?? ts.getEffectiveTypeRoots({ ...options, configFilePath: containing }, system) ?? [];
  return { types, typeRoots: [...roots, ownTypeRoot()] };
}

/** The folder that holds our own `node` types. */
function ownTypeRoot(): string {
  return dirname(dirname(createRequire(import.meta.url).resolve('@types/node/package.json')));
}
