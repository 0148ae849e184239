/** What a package gives to others: the functions and classes that its entry files export, following re-exports. Which files these are is the host's knowledge (`exports` and `main` of package.json). */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Program } from './program.js';

export interface PublicSurface {
  /** Whether code outside of the package may call the function by a name that the package exports; methods of exported classes, too. */
  has(module: ModuleIr, fn: FunctionIr): boolean;
}

export function findPublicSurface(program: Program, entryFiles: readonly string[]): PublicSurface {
  const functions = new Set<FunctionIr>();
  const classes = new Set<string>();
  const seen = new Set<string>();
  for (const file of entryFiles) {
    const module = program.module(file);
    if (module !== null) addExports(module);
  }
  return { has: (module, fn) => functions.has(fn) || (fn.className !== null && classes.has(`${module.file}#${fn.className}`)) };

  function addExports(module: ModuleIr): void {
    if (seen.has(module.file)) return;
    seen.add(module.file);
    for (const one of module.exports) {
      if (one.kind === 'all') {
        const target = program.imported(one.specifier, module);
        if (target !== null) addExports(target);
        continue;
      }
      const found = one.kind === 'local' ? { module, variable: one.variable } : program.exported(one.specifier, one.name, module);
      const resolved = found === null ? null : program.resolve({ kind: 'captured', variable: found.variable, members: [] }, found.module);
      if (resolved?.kind === 'functions') for (const callee of resolved.functions) functions.add(callee.function);
      if (resolved?.kind === 'class') addClass(resolved.class.key);
    }
  }

  /** Methods that a base class has are called on the derived one. */
  function addClass(key: string): void {
    if (classes.has(key)) return;
    classes.add(key);
    const base = program.class(key)?.base;
    if (typeof base === 'string') addClass(base);
  }
}
