/**
 * The compiler options of an audit as the tsconfig that a native TypeScript reads: only what types depend on, by name, since each version has
 * numbers of its own. Settings that TypeScript 7 no longer has become the nearest that it has; nothing is emitted, so only types could differ.
 */
import { basename, resolve } from 'node:path';
import type { CompilerOptions } from 'typescript';
import { ts } from '../typescript.js';

/** JSON of a tsconfig with these files and no others. */
export function nativeConfig(options: CompilerOptions, files: readonly string[]): string {
  return JSON.stringify({ files, compilerOptions: nativeOptions(options) });
}

/** Options with the same meaning and the same notation in both. */
const kept = [
  'strict', 'strictNullChecks', 'strictFunctionTypes', 'strictBindCallApply', 'strictPropertyInitialization', 'strictBuiltinIteratorReturn', 'noImplicitAny', 'noImplicitThis',
  'useUnknownInCatchVariables', 'noUncheckedIndexedAccess', 'exactOptionalPropertyTypes', 'allowJs', 'checkJs', 'noLib', 'types', 'typeRoots', 'jsxImportSource',
  'allowImportingTsExtensions', 'customConditions', 'resolvePackageJsonExports', 'resolvePackageJsonImports', 'resolveJsonModule', 'preserveSymlinks', 'rootDirs',
  'moduleSuffixes', 'experimentalDecorators', 'useDefineForClassFields', 'skipLibCheck', 'noEmit',
] as const satisfies readonly (keyof CompilerOptions)[];

function nativeOptions(options: CompilerOptions): Record<string, unknown> {
  const named: Record<string, unknown> = {
    target: options.target === undefined ? undefined : nameOf(ts.ScriptTarget, Math.max(options.target, ts.ScriptTarget.ES2015)),
    module: options.module === undefined ? undefined : moduleName(options.module),
    moduleResolution: options.moduleResolution === undefined ? undefined : resolutionName(options.moduleResolution),
    moduleDetection: options.moduleDetection === undefined ? undefined : nameOf(ts.ModuleDetectionKind, options.moduleDetection),
    jsx: options.jsx === undefined ? undefined : jsxNames[options.jsx],
    lib: options.lib?.map(libraryName),
    paths: absolutePaths(options),
  };
  for (const name of kept) named[name] = options[name];
  return named;
}

/** Names of enumerations come before their aliases, such as `Latest`. */
function nameOf(enumeration: object, value: number): string | undefined {
  return Object.entries(enumeration).find(([, candidate]) => candidate === value)?.[0].toLowerCase();
}

function moduleName(module: number): string | undefined {
  const name = nameOf(ts.ModuleKind, module);
  // Formats that TypeScript 7 cannot write: how modules are written says nothing of types.
  return name === undefined || ['none', 'amd', 'umd', 'system'].includes(name) ? 'esnext' : name;
}

function resolutionName(resolution: number): string | undefined {
  const current: readonly number[] = [ts.ModuleResolutionKind.Node16, ts.ModuleResolutionKind.NodeNext, ts.ModuleResolutionKind.Bundler];
  return current.includes(resolution) ? nameOf(ts.ModuleResolutionKind, resolution) : 'bundler';
}

const jsxNames: Readonly<Record<number, string>> = {
  [ts.JsxEmit.Preserve]: 'preserve',
  [ts.JsxEmit.React]: 'react',
  [ts.JsxEmit.ReactNative]: 'react-native',
  [ts.JsxEmit.ReactJSX]: 'react-jsx',
  [ts.JsxEmit.ReactJSXDev]: 'react-jsxdev',
};

/** `lib.es2023.array.d.ts` is called `es2023.array` in a tsconfig. */
function libraryName(file: string): string {
  return basename(file).replace(/^lib\./, '').replace(/\.d\.ts$/, '');
}

/** TypeScript 7 has no `baseUrl`; what it stood for are absolute paths. */
function absolutePaths(options: CompilerOptions): Record<string, readonly string[]> | undefined {
  const { baseUrl, pathsBasePath }: Readonly<Record<string, unknown>> = options;
  const base = baseUrl ?? pathsBasePath;
  if (typeof base !== 'string') return options.paths;
  const written = Object.entries(options.paths ?? {}).map(([pattern, targets]) => [pattern, targets.map((target) => resolve(base, target))] as const);
  const isEverything = base === baseUrl && options.paths?.['*'] === undefined;
  return Object.fromEntries(isEverything ? [...written, ['*', [resolve(base, '*')]] as const] : written);
}
