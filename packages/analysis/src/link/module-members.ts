/**
 * What one module puts under the names of the objects that it makes at one place: its CommonJS exports, object literals, functions and their prototypes.
 * Syntactic and of this module alone; whether code elsewhere changes them is asked by `denotation.ts`. An object that this module hands on to code out of
 * sight, or changes under computed names, is open: nothing is said of it.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import type { ModuleVariables } from '../flow/variables.js';

/** A value of a function of the module. */
export interface Place {
  readonly fn: FunctionId;
  readonly value: ValueId;
}

/** What is stored under one name. */
interface Named {
  readonly places: Place[];
  /** A getter out of sight, a delete, or a write that may have gone to another object. */
  isAmbiguous: boolean;
}

interface Members {
  readonly names: Map<string, Named>;
  /** Objects whose properties are copied in, as by `Object.assign(module.exports, require('./a'))`. */
  readonly copied: { readonly from: Place; readonly yieldsToOwn: boolean }[];
  isOpen: boolean;
}

export interface ModuleMembers {
  /** The object that a value is: `exports`, `f3` for function 3, `o0:7` and `c0:7` for a literal and a class, `p…` for the prototype of one of these; null when it is not one object in sight. */
  rootOf(fn: FunctionId, value: ValueId): string | null;
  /** The only value ever stored under the name; `null` when there is none, `unknown` when there may be others. */
  member(root: string, name: string): Place | 'unknown' | null;
  /** The only value that `module.exports` is assigned; null when it keeps the object it begins with. */
  readonly whole: Place | 'unknown' | null;
  /** Whether `exports` is what `module.exports` is. */
  readonly keepsExports: boolean;
  /** Where properties under names that are not in sight come from. */
  copiedInto(root: string): readonly Place[];
  /** Names of an object, in the order of their first store. */
  names(root: string): readonly string[];
  /** Where a function gets what its prototype inherits from: `util.inherits(Foo, Base)`, `Foo.prototype = Object.create(Base.prototype)`; `unknown` when it may be something else, null for none. */
  inherits(root: string): Place | 'unknown' | null;
}

/** Aliases are followed this far. */
const maximumHops = 12;

/** Calls that leave what they are given as it is. */
export const leavesAlone = /^(?:Object\.(?:freeze|seal|preventExtensions|keys|values|entries|getOwn\w+|getPrototypeOf|is\w*|hasOwn|create)|Reflect\.(?:ownKeys|has|get)|Array\.isArray|String|Boolean|console\.\w+|require)$/;
/** What compilers call for `export * from`. */
export const copiesExports = /^(?:__exportStar|__reExport|_export_star)$/;

export function collectMembers(module: ModuleIr, variables: ModuleVariables): ModuleMembers {
  const tables = new Map<string, Members>();
  const instructionTables = new Map<FunctionId, readonly (Instruction | undefined)[]>();
  const isCommonJs = module.format !== 'esm';
  const assigned: Place[] = [];
  let keepsExports = false;
  const lost: string[] = [];
  const bases = new Map<string, Place[]>();
  const isModuleAliased = isCommonJs && findWhole();
  const whole: Place | 'unknown' | null = isModuleAliased || assigned.length > 1 ? 'unknown' : assigned[0] ?? null;
  for (const fn of module.functions) for (const block of fn.blocks) {
    for (const instruction of block.instructions) collect(fn, instruction);
    // Whoever gets a literal as a result may change it.
    if (block.terminator.op === 'return') open(fn.id, block.terminator.value, /^[op]/);
  }
  for (const name of lost) named(exportsRoot(), name).isAmbiguous = true;
  return {
    rootOf, whole, keepsExports, inherits,
    names: (root) => [...(tables.get(root)?.names.keys() ?? [])],
    copiedInto: (root) => (tables.get(root)?.copied ?? []).map((one) => one.from),
    member(root, name) {
      const members = tables.get(root);
      if (members === undefined) return null;
      if (members.isOpen) return 'unknown';
      const found = members.names.get(name);
      if (found === undefined || (found.places.length === 0 && !found.isAmbiguous)) return null;
      if (found.isAmbiguous || found.places.length !== 1 || members.copied.some((one) => !one.yieldsToOwn)) return 'unknown';
      return found.places[0]!;
    },
  };

  /** `module.exports = …`, and whether `exports` is the same object: then both names mean one. Gives whether `module` has another name, by which its exports may be assigned out of sight. */
  function findWhole(): boolean {
    let isAliased = false;
    const renamed: Place[] = [];
    for (const fn of module.functions) for (const block of fn.blocks) for (const one of block.instructions) {
      if (one.op === 'set' && one.key.kind === 'name' && one.key.name === 'exports' && isGlobal(fn.id, one.object, 'module')) assigned.push({ fn: fn.id, value: one.value });
      if (one.op === 'store-global' && one.name === 'exports') renamed.push({ fn: fn.id, value: one.value });
      if (one.op === 'set' && one.key.kind === 'name' && isGlobal(fn.id, one.object, 'exports')) lost.push(one.key.name);
      if (operandsOf(one).some((operand) => isGlobal(fn.id, operand, 'module') && !isPlainUse(one, operand))) isAliased = true;
    }
    const rootsOf = (places: readonly Place[]): readonly (string | null)[] => places.map((place) => rootOf(place.fn, place.value));
    keepsExports = assigned.length === 0 || (renamed.length > 0 && rootsOf(renamed).every((root) => root !== null && rootsOf(assigned).includes(root)));
    // `module.exports = exports = {…}` writes the one into the other.
    if (renamed.some((place) => instructionOf(place.fn, place.value)?.op === 'set') || assigned.some((place) => instructionOf(place.fn, place.value)?.op === 'store-global')) keepsExports = true;
    if (keepsExports) lost.length = 0;
    return isAliased;
  }

  /** `module.exports` and tests, which give `module` no other name as `const self = module` does. */
  function isPlainUse(use: Instruction, operand: ValueId): boolean {
    return (use.op === 'get' && use.key.kind === 'name') || (use.op === 'set' && use.key.kind === 'name' && use.value !== operand) || use.op === 'unary' || use.op === 'binary' || use.op === 'require-object';
  }

  function rootOf(fn: FunctionId, value: ValueId, hops = 0): string | null {
    const instruction = instructionOf(fn, value);
    if (instruction === undefined || hops > maximumHops) return null;
    switch (instruction.op) {
      case 'closure': return `f${String(instruction.function)}`;
      case 'object': return `o${String(fn)}:${String(value)}`;
      case 'class': return `c${String(fn)}:${String(value)}`;
      case 'store': case 'require-object': case 'set': case 'store-global': return rootOf(fn, instruction.value, hops + 1);
      case 'load': {
        const only = variables.onlyValue(instruction.variable);
        return only === null ? null : rootOf(only.function.id, only.value, hops + 1);
      }
      case 'global': return isCommonJs && instruction.name === 'exports' ? (keepsExports ? exportsRoot() : null) : null;
      case 'get': {
        if (instruction.key.kind !== 'name') return null;
        if (isCommonJs && instruction.key.name === 'exports' && isGlobal(fn, instruction.object, 'module')) return exportsRoot();
        if (instruction.key.name !== 'prototype') return null;
        const owner = rootOf(fn, instruction.object, hops + 1);
        return owner === null || !/^[cf]/.test(owner) || hasOtherPrototype(owner) ? null : `p${owner}`;
      }
      default: return null;
    }
  }

  /** What `module.exports` is: the one thing that it is assigned, if that has a place. */
  function exportsRoot(): string {
    const [only, ...more] = assigned;
    if (only === undefined || more.length > 0) return 'exports';
    const made = instructionOf(only.fn, only.value);
    return made?.op === 'get' || made?.op === 'global' ? 'exports' : rootOf(only.fn, only.value, 1) ?? 'exports';
  }

  /** `Foo.prototype = …` puts another object there: a literal or one that is made for it is its own, any other may be somebody's. */
  function hasOtherPrototype(owner: string): boolean {
    const put = tables.get(owner)?.names.get('prototype');
    return put !== undefined && (put.isAmbiguous || put.places.some((place) => !isMade(place)));
  }

  function isMade(place: Place): boolean {
    const made = instructionOf(place.fn, place.value);
    return made?.op === 'object' || made?.op === 'new' || (made?.op === 'call' && globalPath(place.fn, made.callee) === 'Object.create');
  }

  function collect(fn: FunctionIr, instruction: Instruction): void {
    switch (instruction.op) {
      case 'set': case 'define': collectStore(fn, instruction); return;
      case 'delete': {
        const root = rootOf(fn.id, instruction.object);
        if (root === null) return;
        if (instruction.key.kind === 'name') named(root, instruction.key.name).isAmbiguous = true;
        else if (instruction.key.kind === 'computed') membersOf(root).isOpen = true;
        return;
      }
      case 'copy-properties': {
        const root = instruction.object === null ? null : rootOf(fn.id, instruction.object);
        if (root !== null) membersOf(root).copied.push({ from: { fn: fn.id, value: instruction.source }, yieldsToOwn: false });
        return;
      }
      case 'call': collectCall(fn, instruction); return;
      case 'new': case 'super-call': for (const argument of instruction.arguments) open(fn.id, argument.value, /./); return;
      case 'array': for (const element of instruction.elements) if (element !== null) open(fn.id, element.value, /^[op]/); return;
      case 'yield': open(fn.id, instruction.value, /^[op]/); return;
      case 'store': case 'store-global':
        // In a variable that holds other things, too, it has no name any more.
        if (instruction.op === 'store-global' ? instruction.name !== 'exports' : variables.onlyValue(instruction.variable) === null) open(fn.id, instruction.value, /^[op]/);
        return;
      case 'opaque': for (const operand of instruction.operands) open(fn.id, operand, /./); return;
      default: return;
    }
  }

  function collectStore(fn: FunctionIr, instruction: Extract<Instruction, { op: 'set' | 'define' }>): void {
    const root = rootOf(fn.id, instruction.object);
    const place = { fn: fn.id, value: instruction.value };
    // A literal inside of something else than the exports has no name of its own.
    if (root !== exportsRoot() && !isGlobal(fn.id, instruction.object, 'module')) open(fn.id, instruction.value, instruction.key.kind === 'name' && instruction.key.name === 'prototype' ? /^p/ : /^[op]/);
    if (root === null || instruction.key.kind === 'private') return;
    if (instruction.op === 'define' && instruction.kind === 'proto') { membersOf(root).isOpen = true; return; }
    if (instruction.key.kind === 'computed') {
      if (mayBeFunction(instructionOf(fn.id, instruction.value)) && instructionOf(fn.id, instruction.key.value)?.op !== 'constant') membersOf(root).isOpen = true;
      return;
    }
    const { name } = instruction.key;
    if (instruction.op === 'define' && instruction.kind !== 'value') { named(root, name).isAmbiguous = true; return; }
    if (name === '__proto__') { membersOf(root).isOpen = true; return; }
    const stored = instructionOf(fn.id, instruction.value);
    // What TypeScript emits first, `exports.a = exports.b = void 0`, is no value that anybody calls.
    if (isUndefined(fn.id, stored)) { named(root, name); return; }
    named(root, name).places.push(place);
  }

  function collectCall(fn: FunctionIr, call: Extract<Instruction, { op: 'call' }>): void {
    const callee = globalPath(fn.id, call.callee);
    const [target, second] = call.arguments;
    const root = target === undefined || target.spread ? null : rootOf(fn.id, target.value);
    if (callee === 'Object.defineProperty' && root !== null && call.arguments.length === 3) {
      const name = textOf(fn.id, second!.value);
      const described = name === null ? null : describedValue(fn, call.arguments[2]!.value);
      if (name === null) membersOf(root).isOpen = true;
      else if (described === null) named(root, name).isAmbiguous = true;
      else named(root, name).places.push(described);
      return;
    }
    if (callee === 'Object.assign' && root !== null) {
      for (const source of call.arguments.slice(1)) {
        if (source.spread) membersOf(root).isOpen = true;
        else membersOf(root).copied.push({ from: { fn: fn.id, value: source.value }, yieldsToOwn: false });
      }
      return;
    }
    if (copiesExports.test(nameOf(fn.id, call.callee) ?? '') && second !== undefined && target !== undefined) {
      const into = rootOf(fn.id, second.value);
      if (into !== null) membersOf(into).copied.push({ from: { fn: fn.id, value: target.value }, yieldsToOwn: true });
      return;
    }
    if (callee !== null && leavesAlone.test(callee)) return;
    if (nameOf(fn.id, call.callee) === 'inherits' && root !== null && second !== undefined && !second.spread) {
      bases.set(root, [...(bases.get(root) ?? []), { fn: fn.id, value: second.value }]);
      return;
    }
    for (const argument of call.arguments) open(fn.id, argument.value, /./);
  }

  function inherits(root: string): Place | 'unknown' | null {
    const put = tables.get(root)?.names.get('prototype');
    const called = bases.get(root) ?? [];
    const [only, ...more] = [...called, ...(put?.places ?? [])];
    if (put?.isAmbiguous === true || more.length > 0) return 'unknown';
    if (only === undefined || called.length > 0) return only ?? null;
    const made = instructionOf(only.fn, only.value);
    if (made?.op === 'object') return null;
    if (made?.op === 'new') return { fn: only.fn, value: made.callee };
    const [prototype, ...others] = made?.op === 'call' && globalPath(only.fn, made.callee) === 'Object.create' ? made.arguments : [];
    const read = prototype === undefined || others.length > 0 ? undefined : instructionOf(only.fn, prototype.value);
    return read?.op === 'get' && read.key.kind === 'name' && read.key.name === 'prototype' ? { fn: only.fn, value: read.object } : 'unknown';
  }

  /** The value that a descriptor in sight gives: `{ value: v }`, or `{ get() { return v; } }` with nothing else in it. */
  function describedValue(fn: FunctionIr, descriptor: ValueId): Place | null {
    if (instructionOf(fn.id, descriptor)?.op !== 'object') return null;
    const defines = fn.blocks.flatMap((block) => block.instructions).filter((one) => one.op === 'define' && one.object === descriptor);
    for (const one of defines) {
      if (one.op !== 'define' || one.kind !== 'value' || one.key.kind !== 'name') return null;
      if (one.key.name === 'value') return { fn: fn.id, value: one.value };
      const made = instructionOf(fn.id, one.value);
      if (one.key.name !== 'get' || made?.op !== 'closure') continue;
      const getter = module.functions[made.function]!;
      const returned = getter.blocks.flatMap(({ terminator }) => (terminator.op === 'return' ? [terminator.value] : []));
      const given = returned.filter((value) => !isUndefined(getter.id, instructionOf(getter.id, value)));
      return given.length === 1 ? { fn: getter.id, value: given[0]! } : null;
    }
    return null;
  }

  function open(fn: FunctionId, value: ValueId, kinds: RegExp): void {
    const root = rootOf(fn, value);
    if (root !== null && (root === exportsRoot() ? kinds.source === '.' : kinds.test(root))) membersOf(root).isOpen = true;
  }

  function membersOf(root: string): Members {
    const known = tables.get(root) ?? { names: new Map<string, Named>(), copied: [], isOpen: false };
    tables.set(root, known);
    return known;
  }

  function named(root: string, name: string): Named {
    const { names } = membersOf(root);
    const known = names.get(name) ?? { places: [], isAmbiguous: false };
    names.set(name, known);
    return known;
  }

  function isGlobal(fn: FunctionId, value: ValueId, name: string): boolean {
    const instruction = instructionOf(fn, value);
    return instruction?.op === 'global' && instruction.name === name;
  }

  function isUndefined(fn: FunctionId, instruction: Instruction | undefined): boolean {
    if (instruction?.op === 'set') return isUndefined(fn, instructionOf(fn, instruction.value));
    return (instruction?.op === 'constant' && instruction.value.kind === 'undefined') || (instruction?.op === 'unary' && instruction.operator === 'void');
  }

  function textOf(fn: FunctionId, value: ValueId): string | null {
    const constant = instructionOf(fn, value);
    return constant?.op === 'constant' && constant.value.kind === 'string' ? constant.value.value : null;
  }

  /** `Object.assign` by the names of globals, `util.inherits` also of a variable. */
  function globalPath(fn: FunctionId, value: ValueId): string | null {
    const instruction = instructionOf(fn, value);
    if (instruction?.op === 'global') return instruction.name;
    if (instruction?.op !== 'get' || instruction.key.kind !== 'name') return null;
    const base = globalPath(fn, instruction.object);
    return base === null ? null : `${base}.${instruction.key.name}`;
  }

  /** The last name of a callee: of a variable, an import or a member. */
  function nameOf(fn: FunctionId, value: ValueId): string | null {
    const instruction = instructionOf(fn, value);
    if (instruction?.op === 'get') return instruction.key.kind === 'computed' ? null : instruction.key.name;
    if (instruction?.op === 'import' || instruction?.op === 'global') return instruction.name;
    return instruction?.op === 'load' ? module.functions[instruction.variable.function]?.variables[instruction.variable.slot]?.name ?? null : null;
  }

  function instructionOf(fn: FunctionId, value: ValueId): Instruction | undefined {
    let table = instructionTables.get(fn);
    if (table === undefined) {
      const made = new Array<Instruction | undefined>(module.functions[fn]!.valueCount);
      for (const block of module.functions[fn]!.blocks) for (const one of block.instructions) made[one.id] = one;
      table = made;
      instructionTables.set(fn, table);
    }
    return table[value];
  }
}

/** Whether somebody may call what is stored. */
function mayBeFunction(value: Instruction | undefined): boolean {
  return value === undefined || !['constant', 'unary', 'binary', 'template', 'array', 'object', 'regexp'].includes(value.op);
}
