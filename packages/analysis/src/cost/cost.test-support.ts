/** What functions of a small program cost, for tests: of `a.ts`, with the text of other modules by name. */
import ts from 'typescript';
import { nothingGranted } from '../detect/granted.js';
import { createProgramQuery } from '../detect/program-query.js';
import { computeHotness } from '../link/hotness.js';
import type { FunctionIr } from '../ir/function.js';
import { createLinker } from '../link/linker.js';
import { buildProgram } from '../link/program.js';
import { lowerModule } from '../lower/lower-module.js';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { standardCatalog } from '../model/catalog.js';
import { type Cost, printCost } from './cost.js';
import { type CostPart, createProgramCosts } from './program-cost.js';
import { type RuntimeProfile, runtimeProfiles } from './profile.js';
import { isZero, printSize } from './size.js';

export interface CostedProgram {
  readonly names: readonly string[];
  costOf(name: string): Cost;
  partsOf(name: string): readonly CostPart[];
}

export function costProgram(source: string, options: { readonly profile?: RuntimeProfile; readonly others?: Readonly<Record<string, string>> } = {}): CostedProgram {
  const texts: Readonly<Record<string, string>> = { a: source, ...options.others };
  const modules = Object.entries(texts).map(([name, text]) => lowerModule(ts, ts.createSourceFile(`${name}.ts`, text, ts.ScriptTarget.Latest, true), { oracle: syntaxOracle(ts), names: standardCatalog() }));
  const profile = options.profile ?? runtimeProfiles.node20;
  const linker = createLinker(buildProgram(modules, (specifier) => `${specifier.replace(/^\.\/|\.js$/g, '')}.ts`), standardCatalog());
  const query = createProgramQuery({ linker, profile, heat: computeHotness(linker, { hot: [], cold: [], entryFiles: null }), textOf: (file) => texts[file.replace(/\.ts$/, '')] ?? '', granted: nothingGranted });
  const costs = createProgramCosts({ linker, profile, paths: 'worst', lengthsOf: (module, fn) => query.functionOf(module, fn).costLengths, savingAt: () => null });
  const [module] = modules;
  const functionNamed = (name: string): FunctionIr => {
    const fn = module!.functions.find((one) => one.name === name);
    if (fn === undefined) throw new Error(`no function ${name} among ${module!.functions.map((one) => one.name).join(', ')}`);
    return fn;
  };
  return {
    names: module!.functions.map((fn) => fn.name),
    costOf: (name) => costs.costOf(module!, functionNamed(name)).cost,
    partsOf: (name) => costs.partsOf(module!, functionNamed(name)),
  };
}

/** `184 + n B in 2 objects` of the function `f`. */
export function costText(source: string, options: Parameters<typeof costProgram>[1] = {}): string {
  const cost = costProgram(source, options).costOf('f');
  return isZero({ ...cost.retainedBytes, unknown: false }) ? printCost(cost) : `${printCost(cost)}, ${printSize(cost.retainedBytes)} B retained`;
}
