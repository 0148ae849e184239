/**
 * Hotness: which functions run per message, and why. Hot are `@hot` functions, configured names, event handlers, and what is called in a loop; heat flows from callers to callees.
 * Cold are `@cold` functions, configured names, module top level and static initializers, and what only cold code or only throwing paths call. The rest is warm: called from outside, or nobody says.
 * Only hot functions are analyzed for it; everything else is decided by syntax, on the first question.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import { hasAnnotation } from '../ir/annotation.js';
import { type CallSites, findCallSites } from './call-sites.js';
import { findPublicSurface, type PublicSurface } from './entry-modules.js';
import { findEventHandlers } from './event-handlers.js';
import { isExported } from './exported.js';
import type { Linker } from './linker.js';
import { type NamePattern, namePattern } from './name-pattern.js';
import type { ProgramFunction } from './program.js';

export interface FunctionHeat {
  readonly level: 'hot' | 'warm' | 'cold';
  readonly source: string;
}

/** What the host knows of heat besides the program. */
export interface HeatSettings {
  /** Patterns of functions: see `name-pattern.ts`. */
  readonly hot: readonly string[];
  readonly cold: readonly string[];
  /** Files whose exports are callable from outside of the package; null when nothing says, and every export may be. */
  readonly entryFiles: readonly string[] | null;
}

export function computeHotness(linker: Linker, settings: HeatSettings): (module: ModuleIr, fn: FunctionIr) => FunctionHeat {
  let calls: CallSites | null = null;
  const callSites = (): CallSites => (calls ??= findCallSites(linker.program));
  const hot = findHotFunctions(linker, settings, callSites);
  const decided = new Map<FunctionIr, FunctionHeat>();
  const underWay = new Set<FunctionIr>();
  let surface: PublicSurface | null = null;
  return heatOf;

  function heatOf(module: ModuleIr, fn: FunctionIr): FunctionHeat {
    const known = hot.get(fn) ?? decided.get(fn);
    if (known !== undefined) return known;
    underWay.add(fn);
    const made = decide(module, fn);
    underWay.delete(fn);
    decided.set(fn, made);
    return made;
  }

  function decide(module: ModuleIr, fn: FunctionIr): FunctionHeat {
    if (coldKinds.has(fn.kind)) return { level: 'cold', source: fn.kind === 'module' ? 'module top level' : 'runs once per class' };
    const enclosing = fn.parent === null ? null : module.functions[fn.parent]!;
    // A function literal runs when the function around it does, if at all.
    if (fn.kind === 'arrow' && enclosing !== null && !coldKinds.has(enclosing.kind) && !underWay.has(enclosing) && heatOf(module, enclosing).level === 'cold') return { level: 'cold', source: `inside ${enclosing.name}, which is cold` };
    if (isCallableFromOutside(module, fn)) return { level: 'warm', source: settings.entryFiles === null ? 'callable from outside' : 'exported by the package' };
    const seen = callSites().callsOf(fn).filter(({ caller }) => !underWay.has(caller.function));
    const heats = seen.map((call) => ({ call, heat: heatOf(call.caller.module, call.caller.function) }));
    const live = heats.filter(({ call, heat }) => heat.level !== 'cold' && !call.isOnlyToThrow);
    const repeated = live.find(({ call, heat }) => call.isRepeated || heat.level === 'hot');
    if (repeated !== undefined) return { level: 'hot', source: repeated.call.isRepeated ? `called in a loop in ${repeated.call.caller.function.name}` : inheritedSource(repeated.call.caller.function, repeated.heat) };
    const [first] = heats;
    if (first !== undefined && live.length === 0 && !callSites().isUsedAsValue(fn)) {
      const isToThrow = heats.every(({ call }) => call.isOnlyToThrow);
      return { level: 'cold', source: isToThrow ? 'runs only on the way to a throw' : `called only from cold code, ${first.heat.level === 'cold' ? first.call.caller.function.name : 'or on the way to a throw'}` };
    }
    return { level: 'warm', source: isExported(module, fn) ? 'exported within the package' : 'nothing says how often it runs' };
  }

  function isCallableFromOutside(module: ModuleIr, fn: FunctionIr): boolean {
    if (!isExported(module, fn)) return false;
    if (settings.entryFiles === null) return true;
    surface ??= findPublicSurface(linker.program, settings.entryFiles);
    return surface.has(module, fn);
  }
}

/** The hot roots and what they call, and the functions that are said to be cold. */
function findHotFunctions(linker: Linker, settings: HeatSettings, callSites: () => CallSites): ReadonlyMap<FunctionIr, FunctionHeat> {
  const hotPatterns = settings.hot.map(configured);
  const coldPatterns = settings.cold.map(configured);
  const heat = new Map<FunctionIr, FunctionHeat>();
  const work: ProgramFunction[] = [];
  for (const module of linker.program.modules) {
    for (const fn of module.functions) {
      const root = rootHeat(module, fn, hotPatterns, coldPatterns);
      if (root === null) continue;
      heat.set(fn, root);
      if (root.level === 'hot') work.push({ module, function: fn });
    }
  }
  for (const { role, ...handler } of findEventHandlers(linker.program)) {
    if (heat.has(handler.function)) continue;
    heat.set(handler.function, { level: 'hot', source: role });
    work.push(handler);
  }
  for (let next = work.shift(); next !== undefined; next = work.shift()) {
    const { module, function: caller } = next;
    const source = inheritedSource(caller, heat.get(caller)!);
    // Closures inside a hot function run when it does.
    const arrows = module.functions.filter((fn) => fn.parent === caller.id && fn.kind === 'arrow').map((fn): ProgramFunction => ({ module, function: fn }));
    for (const callee of [...linker.calleesOf(module, caller), ...arrows]) {
      if (heat.has(callee.function) || coldKinds.has(callee.function.kind) || isOnlyToThrow(callee.function, caller, callSites())) continue;
      heat.set(callee.function, { level: 'hot', source });
      work.push(callee);
    }
  }
  return heat;
}

/** Whether the caller calls the function only where every way on ends in a throw. */
function isOnlyToThrow(callee: FunctionIr, caller: FunctionIr, sites: CallSites): boolean {
  const own = sites.callsOf(callee).filter((call) => call.caller.function === caller);
  return own.length > 0 && own.every((call) => call.isOnlyToThrow);
}

const coldKinds: ReadonlySet<string> = new Set(['module', 'static-initializer', 'namespace']);

/** Names the root only, however far it is: `called from Session.encrypt, which is @hot`. */
function inheritedSource(caller: FunctionIr, heat: FunctionHeat): string {
  const { source } = heat;
  if (source.startsWith('called from')) return source;
  const why = source.startsWith('@hot') ? 'is @hot' : source.startsWith('configured') ? 'is configured as hot' : source.startsWith('handles') ? source : `is ${source}`;
  return `called from ${caller.name}, which ${why}`;
}

interface Configured {
  readonly text: string;
  readonly matches: NamePattern;
}

function configured(text: string): Configured {
  return { text, matches: namePattern(text) };
}

function rootHeat(module: ModuleIr, fn: FunctionIr, hot: readonly Configured[], cold: readonly Configured[]): FunctionHeat | null {
  if (hasAnnotation(fn, 'hot')) return { level: 'hot', source: `@hot on ${fn.name}` };
  if (hasAnnotation(fn, 'cold')) return { level: 'cold', source: `@cold on ${fn.name}` };
  const byHot = hot.find((one) => one.matches(module, fn));
  if (byHot !== undefined) return { level: 'hot', source: `configured: ${byHot.text}` };
  const byCold = cold.find((one) => one.matches(module, fn));
  return byCold === undefined ? null : { level: 'cold', source: `configured as cold: ${byCold.text}` };
}
