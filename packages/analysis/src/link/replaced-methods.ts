/**
 * Methods of the program's classes that the program itself replaces, or hides by a field of the same name: `K.prototype.peek = …`, `Object.assign(K, …)`,
 * `this.peek = …`. A method that is replaced is any function. Own properties of a single object made in a function are followed in `flow/points-to.ts`.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, Key, ValueId, VariableRef } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import type { Program, ProgramFunction } from './program.js';

export interface ReplacedMethods {
  /** Whether another function may stand where the class, `file#Class`, has its method. Private methods cannot be replaced. */
  isReplaced(key: string, member: string, side: 'instance' | 'static'): boolean;
  /** Whether a function, or an object with functions, is put under this name of some object that is not in sight. */
  isAssignedAnywhere(member: string): boolean;
}

/** What is changed: classes of the program (the class, its prototype or an instance), the prototype of some class, something that is no object of a class, or anything. */
type Target = { readonly kind: 'classes'; readonly keys: readonly string[]; /** By a declared type alone: another object may stand there. */ readonly isDeclared?: true } | { readonly kind: 'some-prototype' | 'plain' | 'unknown' };

/** Loads, aliases and member chains are followed this far. */
const maximumHops = 8;

/** Calls that set properties of their first argument, or its prototype. */
const changesProperties = /^(?:Object\.(?:assign|definePropert(?:y|ies)|setPrototypeOf)|Reflect\.(?:set|defineProperty|setPrototypeOf))$/;
/** Calls that only look at a prototype. */
const looksAtPrototype = /^(?:Object\.(?:create|keys|entries|values|getOwn\w+|getPrototypeOf|hasOwn|is)|Reflect\.(?:ownKeys|get|has|getOwnPropertyDescriptor|getPrototypeOf|apply))$/;

export function findReplacedMethods(program: Program): ReplacedMethods {
  /** `file#Class name`, and ` name` for objects of any class. */
  const names = new Set<string>();
  /** Classes of which any method may be replaced. */
  const whole = new Set<string>();
  const wholeStatics = new Set<string>();
  /** Names under which an object literal is put of objects that are not in sight: no method, but what is looked for in it is another's. */
  const literals = new Set<string>();
  let everything = false;
  const hasStatics = program.modules.some((module) => module.functions.some((fn) => fn.blocks.some((block) => block.instructions.some((one) => one.op === 'class' && one.members.some((member) => member.static)))));
  for (const module of program.modules) for (const fn of module.functions) for (const block of fn.blocks) for (const instruction of block.instructions) collect({ module, function: fn }, instruction);
  return {
    isReplaced: (key, member, side) => !member.startsWith('#') && (everything || whole.has(key) || (side === 'static' && wholeStatics.has(key)) || names.has(`${key} ${member}`) || names.has(` ${member}`)),
    isAssignedAnywhere: (member) => everything || names.has(` ${member}`) || literals.has(member),
  };

  function collect(at: ProgramFunction, instruction: Instruction): void {
    switch (instruction.op) {
      case 'set': case 'define': collectAssignment(at, instruction); return;
      case 'super-set': if (mayBeFunction(program.instruction(at.module, at.function.id, instruction.value))) change({ kind: 'unknown' }, nameOf(instruction.key)); return;
      case 'get': if (isPrototype(instruction.key)) collectHandedOn(at, instruction); return;
      case 'call': collectCall(at, instruction); return;
      default: return;
    }
  }

  function collectAssignment(at: ProgramFunction, instruction: Extract<Instruction, { op: 'set' | 'define' }>): void {
    const { key } = instruction;
    if (key.kind === 'private') return;
    const owner = program.instruction(at.module, at.function.id, instruction.object);
    const own = owner?.op === 'this' ? classAround(at, program) : null;
    if (instruction.op === 'define' && own === null) return;
    if (key.kind === 'name' && key.name === '__proto__') { change(targetOf(at, instruction.object, 0), null); return; }
    if (own !== null && key.kind === 'name') { names.add(`${own} ${key.name}`); return; }
    const stored = program.instruction(at.module, at.function.id, instruction.value);
    if (stored?.op === 'object' && key.kind === 'name' && targetOf(at, instruction.object, 0).kind === 'unknown') literals.add(key.name);
    if (!mayBeFunction(stored) || (key.kind === 'computed' && isNumber(at, key.value))) return;
    change(targetOf(at, instruction.object, 0), nameOf(key));
  }

  function collectCall(at: ProgramFunction, instruction: Extract<Instruction, { op: 'call' }>): void {
    const callee = globalPath(at, instruction.callee, 0);
    const [target, second] = instruction.arguments;
    if (callee === 'Object.create' && target !== undefined && second !== undefined) {
      // The descriptors stand before the methods of the prototype.
      for (const name of second.spread ? [null] : namesOfLiteral(at, second.value) ?? [null]) change(name === null ? targetOf(at, target.value, 0) : { kind: 'unknown' }, name);
      return;
    }
    if (callee === null || !changesProperties.test(callee)) {
      // Whoever is given a class may set its static methods.
      if (hasStatics) for (const argument of instruction.arguments) for (const key of classOf(at, argument.value) ?? []) wholeStatics.add(key);
      return;
    }
    if (target === undefined) return;
    const changed = target.spread ? { kind: 'unknown' as const } : targetOf(at, target.value, 0);
    if (callee === 'Object.assign') {
      const given = instruction.arguments.slice(1).map((source) => (source.spread ? null : functionsOfLiteral(at, source.value)));
      for (const list of given) for (const name of list ?? [null]) change(changed, name);
      return;
    }
    const constant = second === undefined || second.spread || /Properties$|PrototypeOf$/.test(callee) ? null : program.instruction(at.module, at.function.id, second.value);
    change(changed, constant?.op === 'constant' && constant.value.kind === 'string' ? constant.value.value : null);
  }

  /** `name` is null when any name may be meant. */
  function change(target: Target, name: string | null): void {
    if (target.kind === 'plain') return;
    if (name !== null) {
      for (const key of target.kind === 'classes' && target.isDeclared !== true ? target.keys : ['']) names.add(`${key} ${name}`);
      return;
    }
    if (target.kind === 'some-prototype') everything = true;
    if (target.kind === 'classes') for (const key of target.keys) whole.add(key);
  }

  /** `K.prototype` as a value that somebody else gets: what is done to it is not followed. */
  function collectHandedOn(at: ProgramFunction, prototype: Extract<Instruction, { op: 'get' }>): void {
    for (const key of classOf(at, prototype.object) ?? []) if (isHandedOn(at, prototype.id, 0)) whole.add(key);
  }

  function isHandedOn(at: ProgramFunction, value: ValueId, hops: number): boolean {
    if (hops > maximumHops) return true;
    return instructionsOf(at.function).some((use) => {
      if (!operandsOf(use).includes(value)) return false;
      switch (use.op) {
        case 'get': case 'binary': case 'unary': case 'require-object': return false;
        case 'set': return use.value === value;
        case 'store': return program.variables(at.module).onlyValue(use.variable)?.value !== value || loadsOf(at.module, use.variable).some((load) => isHandedOn(load.at, load.value, hops + 1));
        case 'call': {
          const callee = globalPath(at, use.callee, 0);
          return callee === null || !(looksAtPrototype.test(callee) || (changesProperties.test(callee) && use.arguments[0]?.value === value));
        }
        default: return true;
      }
    });
  }

  function loadsOf(module: ModuleIr, variable: VariableRef): readonly { readonly at: ProgramFunction; readonly value: ValueId }[] {
    return module.functions.flatMap((fn) => instructionsOf(fn).filter((one) => one.op === 'load' && one.variable.function === variable.function && one.variable.slot === variable.slot).map((one) => ({ at: { module, function: fn }, value: one.id })));
  }

  function targetOf(at: ProgramFunction, value: ValueId, hops: number): Target {
    const instruction = program.instruction(at.module, at.function.id, value);
    if (instruction === null || hops > maximumHops) return { kind: 'unknown' };
    const classes = classOf(at, value);
    if (classes !== null) return { kind: 'classes', keys: classes };
    // Literals, functions and their prototypes have their own lists of members, in `module-members.ts`.
    const root = program.denotations.membersIn(at.module).rootOf(at.function.id, value);
    if (root !== null && !root.includes('c')) return { kind: 'plain' };
    switch (instruction.op) {
      case 'this': {
        const own = classAround(at, program);
        return own === null ? { kind: 'unknown' } : { kind: 'classes', keys: [own] };
      }
      case 'object': case 'array': case 'closure': case 'constant': case 'regexp': case 'global': case 'copy-properties': return { kind: 'plain' };
      case 'require-object': return targetOf(at, instruction.value, hops + 1);
      case 'get': {
        if (globalPath(at, instruction.object, 0) !== null) return { kind: 'plain' };
        if (!isPrototype(instruction.key) && !(instruction.key.kind === 'name' && instruction.key.name === 'constructor')) return declared(at, value);
        const base = targetOf(at, instruction.object, hops + 1);
        return base.kind === 'unknown' ? { kind: 'some-prototype' } : base;
      }
      case 'call': case 'new': {
        const callee = globalPath(at, instruction.callee, 0);
        const [first] = instruction.arguments;
        if (instruction.op === 'new') {
          const made = classOf(at, instruction.callee);
          return made === null ? declared(at, value) : { kind: 'classes', keys: made };
        }
        if (callee === null || first === undefined || !/^(?:Object|Reflect)\.(?:getPrototypeOf|create)$/.test(callee)) return declared(at, value);
        const base = targetOf(at, first.value, hops + 1);
        return base.kind === 'unknown' ? { kind: 'some-prototype' } : base;
      }
      case 'load': {
        const only = program.variables(at.module).onlyValue(instruction.variable);
        const found = only === null ? null : targetOf({ module: at.module, function: only.function }, only.value, hops + 1);
        return found === null || found.kind === 'unknown' ? declared(at, value) : found;
      }
      default: return declared(at, value);
    }
  }

  /** Classes of the program by the declared type. */
  function declared(at: ProgramFunction, value: ValueId): Target {
    const fact = at.function.types.get(value) ?? null;
    const instruction = program.instruction(at.module, at.function.id, value);
    const given = fact ?? (instruction?.op === 'parameter' ? at.function.parameterTypes[instruction.index] ?? null : null);
    const keys = (given?.names ?? []).map((name) => `${name.from}#${name.name}`).filter((key) => program.class(key) !== null);
    return keys.length === 0 ? { kind: 'unknown' } : { kind: 'classes', keys, isDeclared: true };
  }

  /** The class that a value is; null when it is none that is in sight. */
  function classOf(at: ProgramFunction, value: ValueId): readonly string[] | null {
    const key = program.classNamed(at.module, at.function.id, value);
    return key === null ? null : [key];
  }

  /** `Object.assign` by the path of globals; null for everything else. */
  function globalPath(at: ProgramFunction, value: ValueId, hops: number): string | null {
    const instruction = program.instruction(at.module, at.function.id, value);
    if (instruction === null || hops > maximumHops) return null;
    if (instruction.op === 'global') return instruction.name;
    if (instruction.op === 'load') {
      const only = program.variables(at.module).onlyValue(instruction.variable);
      return only === null ? null : globalPath({ module: at.module, function: only.function }, only.value, hops + 1);
    }
    if (instruction.op === 'require-object') return globalPath(at, instruction.value, hops + 1);
    if (instruction.op !== 'get' || instruction.key.kind !== 'name') return null;
    const base = globalPath(at, instruction.object, hops + 1);
    return base === null ? null : /^(?:globalThis|global|window|self)$/.test(base) ? instruction.key.name : `${base}.${instruction.key.name}`;
  }

  /** Names of the properties of an object literal; null when it is no literal at this place, or has names out of sight. */
  function namesOfLiteral(at: ProgramFunction, value: ValueId): readonly string[] | null {
    const literal = program.instruction(at.module, at.function.id, value);
    if (literal?.op === 'constant') return [];
    if (literal?.op !== 'object') return null;
    const found: string[] = [];
    for (const one of instructionsOf(at.function)) {
      if (one.op === 'copy-properties' && one.object === value) return null;
      if ((one.op !== 'define' && one.op !== 'set') || one.object !== value) continue;
      if (one.key.kind !== 'name') return null;
      found.push(one.key.name);
    }
    return found;
  }

  /** Names under which an object literal holds what may be a function; null when it is no literal at this place, or has names out of sight. */
  function functionsOfLiteral(at: ProgramFunction, value: ValueId): readonly string[] | null {
    const literal = program.instruction(at.module, at.function.id, value);
    if (literal?.op === 'constant') return [];
    if (literal?.op !== 'object') return null;
    const found: string[] = [];
    for (const one of instructionsOf(at.function)) {
      if (one.op === 'copy-properties' && one.object === value) return null;
      if ((one.op !== 'define' && one.op !== 'set') || one.object !== value) continue;
      if (one.key.kind !== 'name') return null;
      if (mayBeFunction(program.instruction(at.module, at.function.id, one.value))) found.push(one.key.name);
    }
    return found;
  }

  function isNumber(at: ProgramFunction, value: ValueId): boolean {
    const key = program.instruction(at.module, at.function.id, value);
    const fact = at.function.types.get(value);
    if (key?.op === 'constant') return key.value.kind === 'number';
    return fact !== undefined && !fact.any && fact.names.length > 0 && fact.names.every((name) => name.from === 'primitive' && name.name === 'number');
  }
}

/** The class whose object or constructor `this` is, through arrows; null outside of classes. */
function classAround({ module, function: fn }: ProgramFunction, program: Program): string | null {
  let current: FunctionIr = fn;
  while (current.kind === 'arrow' && current.parent !== null) current = parentOf(module, current.parent);
  return current.className === null ? program.receiverIn(current) : `${module.file}#${current.className}`;
}

function parentOf(module: ModuleIr, id: FunctionId): FunctionIr {
  return module.functions[id]!;
}

function instructionsOf(fn: FunctionIr): readonly Instruction[] {
  return fn.blocks.flatMap((block) => block.instructions);
}

function isPrototype(key: Key): boolean {
  return key.kind === 'name' && (key.name === 'prototype' || key.name === '__proto__');
}

function nameOf(key: Key): string | null {
  return key.kind === 'name' ? key.name : null;
}

function mayBeFunction(value: Instruction | null): boolean {
  return value === null || !['constant', 'unary', 'binary', 'template', 'array', 'object', 'regexp'].includes(value.op);
}
