/**
 * Whether other modules can run code of a module before its own top level has run: what obligation INIT of a hoist asks of functions that are hoisted,
 * which exist from the start. Follows static imports through the program, by where they lead and not by how they are spelled:
 * a package may import itself by its own name, by `#imports`, by `paths` or by a workspace. Where the constant goes is `hoist.ts`.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Instruction, ValueId } from '../ir/instruction.js';
import { normalizeSpecifier, standardFamilies } from '../model/catalog.js';
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import { lineOf } from './position.js';
import type { ProgramQuery } from './query.js';

/** INIT for a function declaration of the module's top level: nobody calls it before the module has run. */
export function proveNoEarlyCall(program: ProgramQuery, module: ModuleIr, declared: FunctionIr): Obligation {
  const { call, through } = surroundingsOf(program, module);
  if (call !== null) return obligation('INIT', 'open', `line ${call.line} of ${call.file} calls ${call.name} while it is loaded, which may be before the module of ${declared.name} has run`);
  if (through !== null) return obligation('INIT', 'assumed', `no import cycle through ${through} calls ${declared.name} before the module has run`);
  return obligation('INIT', 'proved', 'nothing that the module imports leads back to it, so nothing calls it before it has run');
}

interface Surroundings {
  /** A call of something of the module by code that runs while a module of an import cycle is loaded. */
  readonly call: { readonly name: string; readonly file: string; readonly line: number } | null;
  /** The import of the module that leads back to it, or may; null when none does. */
  readonly through: string | null;
}

const known = new WeakMap<ProgramQuery, Map<ModuleIr, Surroundings>>();

function surroundingsOf(program: ProgramQuery, module: ModuleIr): Surroundings {
  const table = known.get(program) ?? new Map<ModuleIr, Surroundings>();
  known.set(program, table);
  const found = table.get(module) ?? findSurroundings(program, module);
  table.set(module, found);
  return found;
}

function findSurroundings(program: ProgramQuery, module: ModuleIr): Surroundings {
  /** Modules that the module leads to, with its own import that does. */
  const reached = new Map<ModuleIr, string>();
  const importers = new Map<ModuleIr, ModuleIr[]>();
  let unknown: string | null = null;
  for (const first of module.imports) follow(module, first, first);
  // A map is walked to its end, also to what is added meanwhile.
  for (const [current, first] of reached) {
    const { specifiers, complete } = loadedBy(current);
    if (!complete) unknown ??= first;
    for (const specifier of specifiers) follow(current, specifier, first);
  }
  const cycle = modulesInCycle();
  for (const one of cycle) {
    const call = earlyCallIn(program, one, module);
    if (call !== null) return { call, through: reached.get(one) ?? null };
  }
  return { call: null, through: cycle[0] === undefined ? unknown : reached.get(cycle[0]) ?? null };

  function follow(from: ModuleIr, specifier: string, first: string): void {
    const target = program.importedModule(specifier, from);
    if (target === null) {
      // What the module itself requires runs behind its imports.
      const isHarmless = neverLeadsBack(specifier) && (from === module || normalizeSpecifier(specifier) !== 'node:module');
      if (!isHarmless) unknown ??= first;
      return;
    }
    const list = importers.get(target) ?? [];
    importers.set(target, list);
    list.push(from);
    if (target !== module && !reached.has(target)) reached.set(target, first);
  }

  /** What the module leads to and that leads back to it. */
  function modulesInCycle(): readonly ModuleIr[] {
    const found = new Set<ModuleIr>();
    const work = [...(importers.get(module) ?? [])];
    for (const one of work) {
      if (found.has(one) || one === module) continue;
      found.add(one);
      work.push(...(importers.get(one) ?? []));
    }
    return [...found];
  }
}

/** The builtins of Node and the packages of the model import nothing of a program; every other package may depend on the one of the module. */
function neverLeadsBack(specifier: string): boolean {
  const name = normalizeSpecifier(specifier);
  return name.startsWith('node:') || modeledPackages().has(packageOf(name));
}

let memoized: ReadonlySet<string> | null = null;

function modeledPackages(): ReadonlySet<string> {
  memoized ??= new Set(standardFamilies.flatMap((family) => family.rows).filter((row) => row.api.includes('#')).map((row) => packageOf(row.api.slice(0, row.api.indexOf('#')))));
  return memoized;
}

function packageOf(specifier: string): string {
  return specifier.split('/').slice(0, specifier.startsWith('@') ? 2 : 1).join('/');
}

interface Loads {
  readonly specifiers: readonly string[];
  /** False when the module may load more than these while it runs. */
  readonly complete: boolean;
}

/** Static imports and `require('x')`. What `import()` asks for is not run before those who wait for it have. */
function loadedBy(module: ModuleIr): Loads {
  const specifiers = new Set(module.imports);
  let complete = true;
  for (const fn of module.functions) {
    const instructions = instructionsOf(fn);
    const requires = new Set([...instructions.values()].filter((one) => one.op === 'global' && one.name === 'require').map((one) => one.id));
    for (const one of requires.size === 0 ? [] : instructions.values()) {
      if (one.op !== 'call' || !requires.delete(one.callee)) continue;
      const [only, ...more] = one.arguments;
      const text = only === undefined || more.length > 0 ? undefined : instructions.get(only.value);
      if (text?.op === 'constant' && text.value.kind === 'string') specifiers.add(text.value.value);
      else complete = false;
    }
    if (requires.size > 0) complete = false;
  }
  return { specifiers: [...specifiers], complete };
}

function earlyCallIn(program: ProgramQuery, other: ModuleIr, module: ModuleIr): Surroundings['call'] {
  for (const fn of other.functions) {
    if (!isRunOnLoad(other, fn)) continue;
    const instructions = instructionsOf(fn);
    for (const call of instructions.values()) {
      if (call.op !== 'call' && call.op !== 'new') continue;
      const callee = importBehind(instructions, call.callee);
      if (callee === null || program.importedModule(callee.specifier, other) !== module) continue;
      return { name: callee.name, file: other.file.slice(other.file.lastIndexOf('/') + 1), line: lineOf(other, Math.max(0, fn.spans[2 * call.id] ?? 0)) };
    }
  }
  return null;
}

function isRunOnLoad(module: ModuleIr, fn: FunctionIr): boolean {
  let current: FunctionIr | undefined = fn;
  while ((current?.kind === 'static-initializer' || current?.kind === 'namespace') && current.parent !== null) current = module.functions[current.parent];
  return current?.kind === 'module';
}

/** The import that a callee is: a binding, or a member of a namespace. */
function importBehind(instructions: ReadonlyMap<ValueId, Instruction>, callee: ValueId): { readonly specifier: string; readonly name: string } | null {
  const found = instructions.get(callee);
  if (found?.op === 'import') return found;
  const namespace = found?.op === 'get' && found.key.kind === 'name' ? instructions.get(found.object) : undefined;
  return found?.op === 'get' && found.key.kind === 'name' && namespace?.op === 'import' ? { specifier: namespace.specifier, name: found.key.name } : null;
}

function instructionsOf(fn: FunctionIr): ReadonlyMap<ValueId, Instruction> {
  return new Map(fn.blocks.flatMap((block) => block.instructions).map((one) => [one.id, one]));
}
