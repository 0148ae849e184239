/**
 * The program as `link` sees it: all modules, their classes and exports, and which functions a call target may be.
 * Resolution of specifiers to files is injected; names are resolved through export tables, never by guessing.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { ClassMember, FunctionId, Instruction, NewClass, ValueId, VariableRef } from '../ir/instruction.js';
import type { CallTarget } from '../flow/context.js';
import { collectVariables, type ModuleVariables } from '../flow/variables.js';
import { createDenotations, type Denotation, type Denotations, fileSpecifier } from './denotation.js';
import { findHandedOn, type HandedOn } from './handed-on.js';
import { findPrototypeClasses, mentionsPrototypes, type PrototypeClass } from './prototype-classes.js';
import { findReplacedMethods, type ReplacedMethods } from './replaced-methods.js';

/** A function of the program. */
export interface ProgramFunction {
  readonly module: ModuleIr;
  readonly function: FunctionIr;
}

export interface ProgramClass {
  /** `file#Name`. */
  readonly key: string;
  readonly module: ModuleIr;
  /** The function whose body defines the class. */
  readonly definedIn: FunctionId;
  readonly definition: NewClass;
  /** Key of the base class when it is a class of the program; null without base; undefined when the base is something else. */
  readonly base: string | null | undefined;
}

/** What a call target may be: functions of the program, a class to construct, or null when it may be something else. */
export type Resolution =
  | { readonly kind: 'functions'; readonly functions: readonly ProgramFunction[] }
  | { readonly kind: 'class'; readonly class: ProgramClass };

export interface Program {
  readonly modules: readonly ModuleIr[];
  module(file: string): ModuleIr | null;
  variables(module: ModuleIr): ModuleVariables;
  class(key: string): ProgramClass | null;
  /** Key of the class that a value of a function is; null when it is none, or may be another. */
  classNamed(module: ModuleIr, fn: FunctionId, value: ValueId): string | null;
  /** Whether `new` of the class gives an object of the class: no constructor in sight returns another. */
  constructsItself(key: string): boolean;
  /** The class that `new` of a plain function makes, by what is on its prototype; null when it is none, or not the only one of its name. */
  constructedBy(fn: FunctionIr): ProgramClass | null;
  /** Key of the class whose object `this` is in a function on a prototype, or in one that constructs; null elsewhere. */
  receiverIn(fn: FunctionIr): string | null;
  resolve(target: CallTarget, from: ModuleIr): Resolution | null;
  readonly denotations: Denotations;
  /** The cell behind an exported name, following re-exports. */
  exported(specifier: string, name: string, from: ModuleIr): { readonly module: ModuleIr; readonly variable: VariableRef } | null;
  /** The module that a specifier leads to; null for packages and for what is not in sight. */
  imported(specifier: string, from: ModuleIr): ModuleIr | null;
  /** Instruction of a function by id. */
  instruction(module: ModuleIr, fn: FunctionId, value: ValueId): Instruction | null;
}

/** Re-exports and aliases are followed this far. */
const maximumHops = 12;

export function buildProgram(modules: readonly ModuleIr[], resolveSpecifier: (specifier: string, fromFile: string) => string | null): Program {
  const byFile = new Map(modules.map((module) => [module.file, module]));
  const variables = new Map<ModuleIr, ModuleVariables>();
  const resolved = new Map<ModuleIr, Map<string, ModuleIr | null>>();
  const classes = new Map<string, ProgramClass | null>();
  /** Classes that are functions, by the function; and the class of `this` in such functions and their methods, null where it may be one of several. */
  const byConstructor = new Map<FunctionIr, PrototypeClass>();
  const receivers = new Map<FunctionIr, string | null>();
  const subclasses = new Map<string, ProgramClass[]>();
  let replaced: ReplacedMethods | null = null;
  let handedOn: HandedOn | null = null;
  const instructionTables = new Map<FunctionIr, readonly (Instruction | null)[]>();
  const sources = { variables: variablesOf, imported: moduleOf, instruction: instructionOf };
  // What is handed on is looked for by names alone, before anything is known to be changed.
  const literally = createDenotations({ ...sources, isChangedElsewhere: () => false });
  const denotations = createDenotations({ ...sources, isChangedElsewhere });
  const program: Program = {
    modules, denotations,
    module: (file) => byFile.get(file) ?? null,
    variables: variablesOf,
    class: (key) => classes.get(key) ?? null,
    classNamed, constructsItself,
    constructedBy(fn) {
      const found = byConstructor.get(fn);
      return found === undefined ? null : classes.get(found.key) ?? null;
    },
    receiverIn: (fn) => receivers.get(fn) ?? null,
    resolve,
    exported,
    imported: moduleOf,
    instruction: instructionOf,
  };
  for (const module of modules) for (const fn of module.functions) for (const block of fn.blocks) for (const instruction of block.instructions) if (instruction.op === 'class') addClass(module, fn, instruction);
  for (const module of modules) if (mentionsPrototypes(module)) addPrototypeClasses(module);
  for (const found of classes.values()) {
    if (found === null || typeof found.base !== 'string') continue;
    subclasses.set(found.base, [...(subclasses.get(found.base) ?? []), found]);
  }
  return program;

  function addClass(module: ModuleIr, fn: FunctionIr, definition: NewClass): void {
    const key = `${module.file}#${definition.name}`;
    if (classes.has(key)) { classes.set(key, null); return; }
    classes.set(key, { key, module, definedIn: fn.id, definition, base: baseOf(module, fn.id, definition) });
  }

  function addPrototypeClasses(module: ModuleIr): void {
    const found = findPrototypeClasses(module, literally);
    for (const { class: one } of found) byConstructor.set(module.functions[one.constructedBy]!, one);
    for (const { class: one, inherits } of found) {
      const denoted = inherits === null || inherits === undefined ? null : literally.of(module, inherits.fn, inherits.value);
      const base = inherits === null ? null : denoted?.kind === 'function' ? `${denoted.module.file}#${denoted.module.functions[denoted.function]!.name}` : classOf(denoted) ?? undefined;
      const known = { ...one, base };
      byConstructor.set(module.functions[one.constructedBy]!, known);
      classes.set(one.key, classes.has(one.key) ? null : known);
      for (const member of one.definition.members) if (member.kind === 'method') receivers.set(module.functions[member.function]!, receivers.has(module.functions[member.function]!) ? null : one.key);
      receivers.set(module.functions[one.constructedBy]!, one.key);
    }
  }

  function baseOf(module: ModuleIr, fn: FunctionId, definition: NewClass): string | null | undefined {
    return definition.extends === null ? null : classNamed(module, fn, definition.extends) ?? undefined;
  }

  function classNamed(module: ModuleIr, fn: FunctionId, value: ValueId): string | null {
    return classOf(literally.of(module, fn, value));
  }

  function classOf(denoted: Denotation | null): string | null {
    if (denoted?.kind !== 'class') return null;
    const definition = instructionOf(denoted.module, denoted.fn, denoted.value);
    return definition?.op === 'class' ? `${denoted.module.file}#${definition.name}` : null;
  }

  function constructsItself(key: string): boolean {
    for (let current = classes.get(key) ?? null; current !== null; current = typeof current.base === 'string' ? classes.get(current.base) ?? null : null) {
      const { module, definition } = current;
      const construct = definition.construct === null ? null : module.functions[definition.construct]!;
      const returnsAnother = construct?.blocks.some(({ terminator }) => {
        const given = terminator.op === 'return' ? instructionOf(module, construct.id, terminator.value) : null;
        // `if (!(this instanceof Foo)) return new Foo();`
        if (given?.op === 'new' && definition.id === -1) {
          const again = literally.of(module, construct.id, given.callee);
          if (again?.kind === 'function' && again.module === module && again.function === construct.id) return false;
        }
        return terminator.op === 'return' && given?.op !== 'this' && !(given?.op === 'constant' && given.value.kind === 'undefined');
      });
      if (returnsAnother === true) return false;
    }
    return true;
  }

  function resolve(target: CallTarget, from: ModuleIr): Resolution | null {
    switch (target.kind) {
      case 'closure': return functions(from, target.function);
      case 'captured': return memberOf(denotations.ofVariable(from, target.variable), target.members);
      case 'import': {
        const [name, ...members] = target.path.split('.');
        return memberOf(denotations.ofImport(target.specifier, name ?? '', from), members);
      }
      case 'function': {
        const module = byFile.get(target.file);
        return module === undefined ? null : functions(module, target.function);
      }
      case 'method': return ofMethod(target.class, target.member);
    }
  }

  /** The function or class that a member of a member denotes; statics of classes come last. */
  function memberOf(denoted: Denotation | null, members: readonly string[]): Resolution | null {
    if (denoted === null) return null;
    const [name, ...more] = members;
    if (denoted.kind === 'class') {
      const found = classes.get(classOf(denoted) ?? '') ?? null;
      if (found === null) return null;
      return name === undefined ? { kind: 'class', class: found } : more.length === 0 ? staticMember(found, name) : null;
    }
    if (name !== undefined) return memberOf(denotations.member(denoted, name), more);
    return denoted.kind === 'function' ? functions(denoted.module, denoted.function) : null;
  }

  function functions(module: ModuleIr, id: FunctionId): Resolution {
    return { kind: 'functions', functions: [{ module, function: module.functions[id]! }] };
  }

  function staticMember(found: ProgramClass, member: string): Resolution | null {
    if (isReplaced(found.key, member, 'static') || hasAccessor(found, member, true)) return null;
    const method = found.definition.members.findLast((one) => one.static && one.kind === 'method' && one.key.kind === 'name' && one.key.name === member);
    return method === undefined ? null : functions(found.module, method.function);
  }

  function isChangedElsewhere(module: ModuleIr, root: string, name: string): boolean {
    handedOn ??= findHandedOn(modules, literally, instructionOf);
    replaced ??= findReplacedMethods(program);
    return replaced.isAssignedAnywhere(name) || handedOn.has(module, root);
  }

  /** The method of the class or of the nearest base, and every override in subclasses of the program. */
  function ofMethod(key: string, member: string): Resolution | null {
    const start = classes.get(key) ?? null;
    if (start === null) return null;
    const found: ProgramFunction[] = [];
    let current: ProgramClass | null = start;
    while (current !== null) {
      // A field of a base class hides the method of a derived class, too.
      if (isReplaced(current.key, member, 'instance')) return null;
      if (found.length === 0) {
        if (hasAccessor(current, member, false)) return null;
        const own = methodOf(current, member);
        if (own !== null) found.push({ module: current.module, function: current.module.functions[own.function]! });
      }
      // A field of that name may hold any function.
      if (typeof current.base !== 'string') break;
      current = classes.get(current.base) ?? null;
    }
    if (found.length === 0) return null;
    const work = [...(subclasses.get(key) ?? [])];
    for (let index = 0; index < work.length; index += 1) {
      const subclass = work[index]!;
      if (isReplaced(subclass.key, member, 'instance') || hasAccessor(subclass, member, false)) return null;
      const own = methodOf(subclass, member);
      if (own !== null) found.push({ module: subclass.module, function: subclass.module.functions[own.function]! });
      work.push(...(subclasses.get(subclass.key) ?? []));
    }
    return { kind: 'functions', functions: found };
  }

  function isReplaced(key: string, member: string, side: 'instance' | 'static'): boolean {
    replaced ??= findReplacedMethods(program);
    return replaced.isReplaced(key, member, side);
  }

  function exported(specifier: string, name: string, from: ModuleIr): { readonly module: ModuleIr; readonly variable: VariableRef } | null {
    let module = moduleOf(specifier, from);
    let wanted = name;
    for (let hop = 0; module !== null && hop < maximumHops; hop += 1) {
      const own = module.exports.find((one) => one.kind !== 'all' && one.exported === wanted);
      if (own?.kind === 'local') return { module, variable: own.variable };
      if (own?.kind === 'from') {
        wanted = own.name;
        module = moduleOf(own.specifier, module);
        continue;
      }
      for (const all of module.exports) {
        if (all.kind !== 'all') continue;
        const found = exported(all.specifier, wanted, module);
        if (found !== null) return found;
      }
      return null;
    }
    return null;
  }

  /** Asked for every use of an import, so each specifier is resolved once per module. */
  function moduleOf(specifier: string, from: ModuleIr): ModuleIr | null {
    const table = resolved.get(from) ?? new Map<string, ModuleIr | null>();
    resolved.set(from, table);
    const known = table.get(specifier);
    if (known !== undefined) return known;
    const file = specifier.startsWith(fileSpecifier) ? specifier.slice(fileSpecifier.length) : resolveSpecifier(specifier, from.file);
    const found = file === null ? null : byFile.get(file) ?? null;
    table.set(specifier, found);
    return found;
  }

  function variablesOf(module: ModuleIr): ModuleVariables {
    let known = variables.get(module);
    if (known === undefined) {
      known = collectVariables(module);
      variables.set(module, known);
    }
    return known;
  }

  function instructionOf(module: ModuleIr, fn: FunctionId, value: ValueId): Instruction | null {
    const owner = module.functions[fn]!;
    let table = instructionTables.get(owner);
    if (table === undefined) {
      const made: (Instruction | null)[] = new Array<Instruction | null>(owner.valueCount).fill(null);
      for (const block of owner.blocks) for (const instruction of block.instructions) made[instruction.id] = instruction;
      table = made;
      instructionTables.set(owner, table);
    }
    return table[value] ?? null;
  }
}

/** Whether the class may have a getter of that name, which gives any function: by a key out of sight, too. Well-known symbols are no names. */
function hasAccessor(found: ProgramClass, member: string, isStatic: boolean): boolean {
  return found.definition.members.some((one) => one.static === isStatic && (memberName(one) === member ? one.kind === 'getter' : one.key.kind === 'computed' && !isSymbol(found, one.key.value)));
}

function isSymbol(found: ProgramClass, key: ValueId): boolean {
  const instructions = found.module.functions[found.definedIn]!.blocks.flatMap((block) => block.instructions);
  const named = instructions.find((one) => one.id === key);
  const made = named?.op === 'unary' ? instructions.find((one) => one.id === named.operand) : named;
  return made?.op === 'get' && instructions.find((one) => one.id === made.object)?.op === 'global';
}

function methodOf(found: ProgramClass, member: string): ClassMember | null {
  const own = found.definition.members.findLast((one) => !one.static && one.kind === 'method' && memberName(one) === member);
  return own ?? null;
}

function memberName(member: ClassMember): string | null {
  switch (member.key.kind) {
    case 'name': return member.key.name;
    case 'private': return `#${member.key.name}@${member.key.scope}`;
    case 'computed': return null;
  }
}
