/**
 * Hotness: which functions run per message. Roots are `@hot` functions, configured names, and exported functions and methods (warm, because they are
 * called from outside); heat flows from callers to callees, so only hot functions need to be analyzed for it. Module top level and static initializers are cold.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import { isExported } from './exported.js';
import type { Linker } from './linker.js';
import type { ProgramFunction } from './program.js';

export interface FunctionHeat {
  readonly level: 'hot' | 'warm' | 'cold';
  readonly source: string;
}

export function computeHotness(linker: Linker, hotFunctions: ReadonlySet<string>): (module: ModuleIr, fn: FunctionIr) => FunctionHeat {
  const heat = new Map<FunctionIr, FunctionHeat>();
  const work: ProgramFunction[] = [];
  for (const module of linker.program.modules) {
    for (const fn of module.functions) {
      const root = rootHeat(fn, hotFunctions);
      if (root === null) continue;
      heat.set(fn, root);
      work.push({ module, function: fn });
    }
  }
  for (let next = work.shift(); next !== undefined; next = work.shift()) {
    const { module, function: caller } = next;
    const source = inheritedSource(caller, heat.get(caller)!);
    // Closures inside a hot function run when it does.
    const arrows = module.functions.filter((fn) => fn.parent === caller.id && fn.kind === 'arrow').map((fn): ProgramFunction => ({ module, function: fn }));
    for (const callee of [...linker.calleesOf(module, caller), ...arrows]) {
      if (heat.has(callee.function) || coldKinds.has(callee.function.kind)) continue;
      heat.set(callee.function, { level: 'hot', source });
      work.push(callee);
    }
  }
  return (module, fn) => heat.get(fn) ?? (coldKinds.has(fn.kind)
    ? { level: 'cold', source: fn.kind === 'module' ? 'module top level' : 'runs once per class' }
    : { level: 'warm', source: isExported(module, fn) ? 'callable from outside' : 'nothing says how often it runs' });
}

const coldKinds: ReadonlySet<string> = new Set(['module', 'static-initializer', 'namespace']);

/** Names the root only, however far it is: `called from Session.encrypt, which is @hot`. */
function inheritedSource(caller: FunctionIr, heat: FunctionHeat): string {
  if (heat.source.startsWith('called from')) return heat.source;
  return `called from ${caller.name}, which is ${heat.source.startsWith('@hot') ? '@hot' : 'configured as hot'}`;
}

function rootHeat(fn: FunctionIr, hotFunctions: ReadonlySet<string>): FunctionHeat | null {
  const annotation = fn.annotations.find((one) => one.tag === 'hot');
  if (annotation !== undefined) return { level: 'hot', source: `@hot on ${fn.name}` };
  if (hotFunctions.has(fn.name)) return { level: 'hot', source: `configured: ${fn.name}` };
  return null;
}
