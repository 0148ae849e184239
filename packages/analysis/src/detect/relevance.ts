/**
 * Which functions rules look at: those that do something to bytes by a name under which that is done, hot ones, and callers of such functions. It is decided by names
 * and declared types alone, before any flow is computed; whatever else a proof needs is analyzed when it is asked for. The set is meant to be too large:
 * a function is left out only when nothing in it has a name under which bytes are made, viewed, read or hashed; one that only hands bytes on has no place for a finding.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Instruction, VariableRef } from '../ir/instruction.js';
import type { TypeFact } from '../ir/type-fact.js';
import { variableKey } from '../flow/variables.js';
import type { Program } from '../link/program.js';
import { normalizeSpecifier } from '../model/catalog.js';
import type { Catalog } from '../model/known.js';

/** Methods of loggers below the usual level, and patterns that are compiled anew: what rules look for besides bytes. */
const otherMembers: ReadonlySet<string> = new Set(['debug', 'trace', 'verbose', 'silly', 'finest', 'finer', 'fine']);
const otherGlobals: ReadonlySet<string> = new Set(['RegExp']);

/** The functions of the program that rules must look at, in no order. */
export function findRelevantFunctions(program: Program, catalog: Catalog, isHot: (module: ModuleIr, fn: FunctionIr) => boolean): ReadonlySet<FunctionIr> {
  const relevant = new Set<FunctionIr>();
  const names = new Set<string>();
  for (const module of program.modules) {
    for (const fn of module.functions) {
      if (!mentionsBytes(program, module, fn, catalog)) continue;
      relevant.add(fn);
      const name = ownName(fn);
      if (name !== null && isHelper(program, module, fn, catalog)) names.add(name);
    }
  }
  // A helper hides what it does from its callers: `derive(secret, 'a'), derive(secret, 'b')`.
  for (const module of program.modules) {
    for (const fn of module.functions) if (!relevant.has(fn) && (isHot(module, fn) || mentions(program, module, fn, (name) => names.has(name), mayBeOfProgram))) relevant.add(fn);
  }
  return relevant;
}

function mentionsBytes(program: Program, module: ModuleIr, fn: FunctionIr, catalog: Catalog): boolean {
  const isByteName = (name: string): boolean => catalog.bytes.members.has(name) || otherMembers.has(name) || catalog.bytes.globals.has(name);
  return hasInstruction(fn, (one) => namesBytes(one, catalog) || (one.op === 'global' && otherGlobals.has(one.name))) || mentions(program, module, fn, isByteName, (fact) => mayBeBytes(fact, catalog));
}

/** Whether the function certainly does something to bytes that its callers may repeat; a `slice` of something without a type is no sign. */
function isHelper(program: Program, module: ModuleIr, fn: FunctionIr, catalog: Catalog): boolean {
  const { members, shared } = catalog.bytes;
  return hasInstruction(fn, (one) => namesBytes(one, catalog))
    || mentions(program, module, fn, (name) => members.has(name) && !shared.has(name), (fact) => mayBeBytes(fact, catalog))
    || mentions(program, module, fn, (name) => members.has(name), (fact) => fact !== null && !fact.any && mayBeBytes(fact, catalog));
}

function hasInstruction(fn: FunctionIr, is: (instruction: Instruction) => boolean): boolean {
  return fn.blocks.some((block) => block.instructions.some((instruction) => is(instruction)));
}

/** Globals and imports that have bytes. */
function namesBytes(instruction: Instruction, catalog: Catalog): boolean {
  if (instruction.op === 'global') return catalog.bytes.globals.has(instruction.name);
  if (instruction.op !== 'import' && instruction.op !== 'dynamic-import') return false;
  return instruction.op === 'dynamic-import' || isByteExport(instruction.specifier, instruction.name, catalog);
}

function isByteExport(specifier: string, name: string, catalog: Catalog): boolean {
  const exports = catalog.bytes.exports.get(normalizeSpecifier(specifier));
  return exports !== undefined && (name === '*' || name === 'default' || exports.has(name));
}

/** Whether a property of such a name is read from something whose declared type (null where there is none) may have it, or a variable that holds such a thing. */
function mentions(program: Program, module: ModuleIr, fn: FunctionIr, isName: (name: string) => boolean, mayHave: (fact: TypeFact | null) => boolean): boolean {
  return fn.blocks.some((block) => block.instructions.some((instruction) => {
    switch (instruction.op) {
      case 'get': return instruction.key.kind !== 'computed' && isName(instruction.key.name) && mayHave(fn.types.get(instruction.object) ?? null);
      case 'import': return isName(instruction.name) || isName(exportedName(program, module, instruction.specifier, instruction.name));
      case 'load': return namesBehind(program, module, instruction.variable).some((name) => isName(name));
      default: return false;
    }
  }));
}

/** The name inside of the module that exports it: `import derive from './keys.js'`. */
function exportedName(program: Program, module: ModuleIr, specifier: string, name: string): string {
  const denoted = program.denotations.ofImport(specifier, name, module);
  if (denoted?.kind === 'import' || denoted?.kind === 'global') return denoted.path.slice(denoted.path.lastIndexOf('.') + 1);
  const found = name === '*' ? null : program.exported(specifier, name, module);
  return found?.module.functions[found.variable.function]?.variables[found.variable.slot]?.name ?? '';
}

/** Names of what a variable holds: `const { createHash: make } = require('crypto')` at the top, `make('sha256')` here. A parameter holds nothing that has a name. */
function namesBehind(program: Program, module: ModuleIr, variable: VariableRef): readonly string[] {
  const table = namesByModule.get(module) ?? new Map<string, readonly string[]>();
  namesByModule.set(module, table);
  const key = variableKey(variable);
  const known = table.get(key);
  if (known !== undefined) return known;
  const denoted = program.denotations.ofVariable(module, variable);
  const names = denoted !== null && (denoted.kind === 'global' || denoted.kind === 'import') ? denoted.path.split('.') : program.variables(module).facts(variable).stores.flatMap((store) => {
    const value = program.instruction(module, store.function, store.value);
    switch (value?.op) {
      case 'get': return value.key.kind === 'computed' ? [] : [value.key.name];
      case 'import': case 'global': return [value.name];
      case 'closure': return ownName(module.functions[value.function]!) ?? [];
      case 'class': return [value.name];
      default: return [];
    }
  });
  table.set(key, names);
  return names;
}

const namesByModule = new WeakMap<ModuleIr, Map<string, readonly string[]>>();

/** A declared type that names no class of bytes is no reason to look: what is of another class by its declaration is not found to be bytes. */
function mayBeBytes(fact: TypeFact | null, catalog: Catalog): boolean {
  return fact === null || fact.any || fact.names.some((name) => catalog.declaresBytes(name.name, name.from));
}

/** False when the declared type is one of texts, numbers, lists and the like alone, whose methods are not of the program. */
function mayBeOfProgram(fact: TypeFact | null): boolean {
  return fact === null || fact.any || fact.names.some((name) => name.from !== 'primitive' && !(name.from === 'es' && byteless.has(name.name)));
}

const byteless: ReadonlySet<string> = new Set(['Array', 'ReadonlyArray', 'Map', 'ReadonlyMap', 'Set', 'ReadonlySet', 'WeakMap', 'WeakSet', 'Promise', 'Date', 'RegExp', 'RegExpMatchArray', 'RegExpExecArray', 'Error', 'String', 'Number', 'Boolean', 'URL']);

/** The last part of the qualified name; the class for constructors and initializers, which `new` calls by it; null for functions without a name. */
function ownName(fn: FunctionIr): string | null {
  if (fn.kind === 'module' || fn.kind === 'static-initializer' || fn.kind === 'namespace') return null;
  if (fn.kind === 'constructor' || fn.kind === 'instance-initializer') return fn.className;
  const last = fn.name.slice(fn.name.lastIndexOf('.') + 1).replace(/^#/, '').replace(/@\d+$/, '');
  return last.startsWith('<') ? null : last;
}
