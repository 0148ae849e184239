/** Analyzes source texts in tests of flow and link: lowers with the syntax oracle, links, and gives flows and summaries by function name. */
import ts from 'typescript';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { CalleeEffects } from '../flow/call-effects.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { lowerModule } from '../lower/lower-module.js';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { standardCatalog } from '../model/catalog.js';
import { createLinker, type Linker } from './linker.js';
import { buildProgram } from './program.js';

export interface AnalyzedText {
  readonly linker: Linker;
  readonly modules: readonly ModuleIr[];
  function(name: string): { readonly module: ModuleIr; readonly function: FunctionIr };
  flow(name: string): FunctionFlow;
  summary(name: string): CalleeEffects;
}

/** `files` maps paths to texts; a relative import `./b.js` finds `b.ts` or `b.js`. */
export function analyzeText(files: Readonly<Record<string, string>> | string): AnalyzedText {
  const table = typeof files === 'string' ? { 'a.ts': files } : files;
  const catalog = standardCatalog();
  const oracle = syntaxOracle(ts);
  const modules = Object.entries(table).map(([file, text]) => lowerModule(ts, ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true), { oracle, names: catalog }));
  const program = buildProgram(modules, (specifier) => {
    const plain = specifier.replace(/^\.\//, '').replace(/\.js$/, '');
    return [`${plain}.ts`, `${plain}.js`].find((file) => file in table) ?? null;
  });
  const linker = createLinker(program, catalog);
  const find = (name: string): { module: ModuleIr; function: FunctionIr } => {
    for (const module of modules) for (const fn of module.functions) if (fn.name === name) return { module, function: fn };
    throw new Error(`no function ${name}; there are ${modules.flatMap((module) => module.functions.map((fn) => fn.name)).join(', ')}`);
  };
  return {
    linker, modules,
    function: find,
    flow(name) {
      const found = find(name);
      return linker.flow(found.module, found.function);
    },
    summary(name) {
      const found = find(name);
      const made = linker.summary(found.module, found.function);
      if (made === null) throw new Error(`${name} is under way`);
      return made;
    },
  };
}
