/**
 * One source text, run twice: by Node, after TypeScript has erased what is TypeScript's, and by the interpreter, after the lowering.
 * Both runs see the same globals and the same imported modules.
 */
import { createRequire } from 'node:module';
import vm from 'node:vm';
import type { ModuleIr } from '@scrimp/analysis/ir/function';
import { lowerModule } from '@scrimp/analysis/lower/lower-module';
import type { TypeOracle } from '@scrimp/analysis/lower/oracle';
import ts from 'typescript';
import type { InterpreterFault } from './fault.js';
import type { ModuleExports } from './run-module.js';
import { runAsyncModule } from './run-module.js';

/** A program of the corpus, or a generated one. */
export interface ProgramSource {
  /** With extension; `.js` is CommonJS in sloppy mode, everything else an ES module. */
  readonly fileName: string;
  readonly text: string;
}

const requireBuiltin = createRequire(import.meta.url);

/** What Node makes of the program. Imports must be of built-in modules: the text is loaded as a data URL. */
export async function runInNode(program: ProgramSource): Promise<ModuleExports> {
  const text = transpile(program);
  if (!isCommonJs(program)) return importNatively(`data:text/javascript;base64,${Buffer.from(text).toString('base64')}`);
  const module = { exports: {} as ModuleExports };
  const body = vm.compileFunction(text, ['module', 'exports', 'require'], { filename: program.fileName });
  Reflect.apply(body, module.exports, [module, module.exports, requireBuiltin]);
  return module.exports;
}

/** What the interpreter makes of the lowered program; faults that a promise swallowed are in `faults`. */
export async function runInterpreted(program: ProgramSource, faults: InterpreterFault[]): Promise<ModuleExports> {
  const module = lowerProgram(program);
  const namespaces = new Map<string, Record<string, unknown>>();
  for (const specifier of [...module.imports, 'node:crypto']) namespaces.set(specifier, await importNatively(specifier));
  const commonJsModule = { exports: {} as ModuleExports };
  return runAsyncModule(module, {
    globals: isCommonJs(program) ? withModuleNames({ module: commonJsModule, exports: commonJsModule.exports, require: requireBuiltin }) : globalThis,
    importModule: (specifier) => namespaces.get(specifier) ?? failToImport(specifier),
    importMeta: { url: import.meta.url },
    reportFault: (fault) => faults.push(fault),
  });
}

export function lowerProgram(program: ProgramSource): ModuleIr {
  const sourceFile = ts.createSourceFile(program.fileName, program.text, ts.ScriptTarget.ESNext, true);
  return lowerModule(ts, sourceFile, { oracle: silentOracle, names: { members: new Set(), callees: new Set(), bytes: { members: new Set(), globals: new Set() }, declaresBytes: () => false } });
}

/** Types change nothing of what a program does. */
const silentOracle: TypeOracle = { name: 'none', answer: (_sourceFile, questions) => questions.map(() => null) };

function isCommonJs(program: ProgramSource): boolean {
  return program.fileName.endsWith('.js');
}

function transpile(program: ProgramSource): string {
  if (isCommonJs(program)) return program.text;
  const compilerOptions: ts.CompilerOptions = { target: ts.ScriptTarget.ESNext, module: ts.ModuleKind.ESNext, useDefineForClassFields: true, removeComments: true };
  return ts.transpileModule(program.text, { fileName: program.fileName, compilerOptions }).outputText;
}

/** `import()` of Node itself: the test runner would transform the text. */
const importNatively = vm.runInThisContext('(specifier) => import(specifier)', {
  importModuleDynamically: vm.constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}) as (specifier: string) => Promise<Record<string, unknown>>;

/** The global object with the three names of a CommonJS module in front. Getters of the global object insist on the object itself. */
function withModuleNames(names: Record<string, unknown>): object {
  const owner = (name: string | symbol): object => (Object.hasOwn(names, name) ? names : globalThis);
  return new Proxy(names, {
    has: (_target, name) => Object.hasOwn(names, name) || name in globalThis,
    get: (_target, name) => Reflect.get(owner(name), name) as unknown,
    set: (_target, name, value) => Reflect.set(owner(name), name, value),
  });
}

function failToImport(specifier: string): never {
  throw new Error(`the program imports ${specifier}, which nobody loaded`);
}
