/**
 * Hotness: which functions run per message. Roots are `@hot` functions, configured names, and exported functions and methods (warm, because they are
 * called from outside); heat flows along call edges. Module top level and static initializers are cold.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { CallEdge } from './linker.js';
import type { Program } from './program.js';

export interface FunctionHeat {
  readonly level: 'hot' | 'warm' | 'cold';
  readonly source: string;
}

export function computeHotness(program: Program, edges: readonly CallEdge[], hotFunctions: ReadonlySet<string>): (module: ModuleIr, fn: FunctionIr) => FunctionHeat {
  const heat = new Map<FunctionIr, FunctionHeat>();
  const work: FunctionIr[] = [];
  for (const module of program.modules) {
    for (const fn of module.functions) {
      const root = rootHeat(fn, hotFunctions);
      if (root === null) continue;
      heat.set(fn, root);
      work.push(fn);
    }
  }
  const callees = new Map<FunctionIr, FunctionIr[]>();
  const called = new Set<FunctionIr>();
  for (const edge of edges) {
    callees.set(edge.caller.function, [...(callees.get(edge.caller.function) ?? []), edge.callee.function]);
    called.add(edge.callee.function);
  }
  // Closures inside a hot function run when it does.
  for (const module of program.modules) for (const fn of module.functions) if (fn.parent !== null && fn.kind === 'arrow') callees.set(module.functions[fn.parent]!, [...(callees.get(module.functions[fn.parent]!) ?? []), fn]);
  while (work.length > 0) {
    const caller = work.shift()!;
    const from = heat.get(caller)!;
    if (from.level !== 'hot') continue;
    for (const callee of callees.get(caller) ?? []) {
      if (heat.get(callee)?.level === 'hot' || coldKinds.has(callee.kind)) continue;
      heat.set(callee, { level: 'hot', source: inheritedSource(caller, from) });
      work.push(callee);
    }
  }
  return (_module, fn) => heat.get(fn) ?? (coldKinds.has(fn.kind) ? { level: 'cold', source: fn.kind === 'module' ? 'module top level' : 'runs once per class' } : { level: 'warm', source: called.has(fn) ? 'called in this program' : 'callable from outside' });
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
