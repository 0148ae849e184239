/**
 * Which object of the language or of a library an expression may be: `Uint8Array.prototype`, `Object.getPrototypeOf(Buffer)`, `require('crypto')`,
 * a parameter that is given one of these in sight. Syntactic and of the whole program, since it is asked before any function is analyzed: the objects
 * are followed from where they are named, through variables, arguments, results and literals, so that it costs only where there are some.
 * What is done with such an object is `patched-intrinsics.ts`.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId, VariableRef } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import { variableKey } from '../flow/variables.js';
import { normalizeSpecifier } from '../model/catalog.js';
import type { Catalog } from '../model/known.js';
import type { Denotation } from './denotation.js';
import type { Program } from './program.js';

/** An object by the name that rows have for it: `Uint8Array.prototype`, `node:crypto#` for a module, the empty text for the global object. */
export interface IntrinsicPath {
  readonly api: string;
  /** Not the object of that name but one made by it: `new Uint8Array(1)` of `Uint8Array`. */
  readonly isInstance: boolean;
  /** The value is a literal that holds the object: under this name, or as an element `[]`; null when it is the object itself. */
  readonly inside: string | null;
}

export interface IntrinsicPaths {
  /** Every such object that the value is seen to be; empty when none is in sight. */
  of(module: ModuleIr, fn: FunctionId, value: ValueId): readonly IntrinsicPath[];
  /** The functions of the module that the value is seen to be. */
  closuresOf(module: ModuleIr, fn: FunctionId, value: ValueId): readonly FunctionId[];
  /** What is under a name of an object. */
  member(path: IntrinsicPath, key: string): IntrinsicPath | null;
}

/** `%TypedArray%`, from which all typed arrays inherit; it has no name in the language. */
export const typedArray = '%TypedArray%';
const typedArrayName = /^(?:Uint8|Uint8Clamped|Int8|Uint16|Int16|Uint32|Int32|Float16|Float32|Float64|BigUint64|BigInt64)Array$/;
const globalObject = /^(?:globalThis|global|window|self)$/;
/** Parts of a name, between dots: `Uint8Array.prototype.slice` has three. */
const maximumParts = 6;
/** Calls whose result is their first argument. */
const givesArgument = /^Object\.(?:assign|defineProperty|defineProperties|setPrototypeOf|freeze|seal|preventExtensions)$/;
const callsForEach = new Set(['forEach', 'map', 'some', 'every', 'flatMap', 'filter', 'find']);

const elements = '[]';

interface Given {
  /** A call that runs the function. */
  readonly call: Extract<Instruction, { op: 'call' | 'new' }>;
  readonly fn: FunctionIr;
}

interface Place {
  readonly module: ModuleIr;
  readonly fn: FunctionIr;
  readonly value: ValueId;
}

/** What the following needs to know of a module, collected when the first object is seen in it. */
interface ModuleIndex {
  readonly loads: ReadonlyMap<string, readonly Place[]>;
  readonly given: ReadonlyMap<FunctionId, readonly Given[]>;
}

/** The class or prototype that a class or prototype inherits from; null when the model does not say. */
export function parentOf(api: string, catalog: Catalog): string | null {
  const isPrototype = api.endsWith('.prototype');
  const name = isPrototype ? api.slice(0, -'.prototype'.length) : api;
  const parent = typedArrayName.test(name) ? typedArray : catalog.class(name)?.extends ?? null;
  return parent === null ? null : isPrototype ? `${parent}.prototype` : parent;
}

/** `Uint8Array.prototype.slice` is what `%TypedArray%.prototype.slice` is; null for what is not inherited from there. */
export function typedArrayApi(api: string): string | null {
  const dot = api.indexOf('.');
  return dot !== -1 && typedArrayName.test(api.slice(0, dot)) ? typedArray + api.slice(dot) : null;
}

export function createIntrinsicPaths(program: Program, catalog: Catalog): IntrinsicPaths {
  const known = new Map<FunctionIr, Map<ValueId, IntrinsicPath[]>>();
  const users = new Map<FunctionIr, readonly (readonly Instruction[] | undefined)[]>();
  const returned = new Map<FunctionIr, ReadonlySet<ValueId>>();
  const indexes = new Map<ModuleIr, ModuleIndex>();
  /** Imports of what modules of the program export, by module and variable. */
  const importers = new Map<ModuleIr, Map<string, Place[]>>();
  const work: { readonly place: Place; readonly path: IntrinsicPath }[] = [];
  const none: readonly IntrinsicPath[] = [];
  seed();
  for (let next = work.pop(); next !== undefined; next = work.pop()) follow(next.place, next.path);
  return { of: (module, fn, value) => known.get(module.functions[fn]!)?.get(value) ?? none, closuresOf, member };

  function seed(): void {
    for (const module of program.modules) for (const fn of module.functions) {
      const passing = new Set<ValueId>();
      for (const block of fn.blocks) for (const one of block.instructions) seedAt(module, fn, one, passing);
    }
  }

  /** `passing` collects the values of the function that are modules or literals of the program, which may have such objects for members. */
  function seedAt(module: ModuleIr, fn: FunctionIr, one: Instruction, passing: Set<ValueId>): void {
    const place = { module, fn, value: one.id };
    // What no row begins with cannot be patched away from one; what a CommonJS module gives away is its own.
    if (one.op === 'global' && catalog.heads.has(one.name)) add(place, object(catalog.denotes(one.name)));
    if (one.op === 'global' && globalObject.test(one.name)) add(place, object(''));
    if (one.op === 'dynamic-import') for (const path of moduleNamed(module, fn, one.specifier)) add(place, path);
    const denoted = passedOn(module, fn, one, passing);
    if (denoted?.kind === 'module' || denoted?.kind === 'object') passing.add(one.id);
    if (denoted?.kind === 'import' && catalog.heads.has(`${normalizeSpecifier(denoted.specifier)}#`)) add(place, memberOfPackage(denoted.specifier, denoted.path));
    if (denoted?.kind === 'global') add(place, object(catalog.denotes(denoted.path)));
    if (one.op !== 'import') return;
    const exported = program.exported(one.specifier, one.name, module);
    if (exported === null) return;
    const table = importers.get(exported.module) ?? new Map<string, Place[]>();
    importers.set(exported.module, table);
    push(table, variableKey(exported.variable), place);
  }

  /** What a module of the program passes on under a name of its own: `lib.crypto` of `exports.crypto = require('crypto')`. Members of globals and of packages are followed from where these are named. */
  function passedOn(module: ModuleIr, fn: FunctionIr, one: Instruction, passing: ReadonlySet<ValueId>): Denotation | null {
    switch (one.op) {
      case 'import': return program.denotations.ofImport(one.specifier, one.name, module);
      case 'get': return passing.has(one.object) ? program.denotations.of(module, fn.id, one.id) : null;
      case 'call': return module.format === 'commonjs' && one.receiver === null && one.arguments.length === 1 ? program.denotations.of(module, fn.id, one.id) : null;
      case 'load': {
        const held = module.format === 'commonjs' ? program.denotations.ofVariable(module, one.variable) : null;
        return held?.kind === 'module' || held?.kind === 'object' ? held : null;
      }
      default: return null;
    }
  }

  function add(place: Place, path: IntrinsicPath): void {
    const table = known.get(place.fn) ?? new Map<ValueId, IntrinsicPath[]>();
    known.set(place.fn, table);
    const paths = table.get(place.value) ?? [];
    if (paths.some((one) => one.api === path.api && one.isInstance === path.isInstance && one.inside === path.inside)) return;
    table.set(place.value, [...paths, path]);
    work.push({ place, path });
  }

  function follow(place: Place, path: IntrinsicPath): void {
    const { module, fn, value } = place;
    for (const user of usersOf(fn)[value] ?? []) use({ module, fn, value: user.id }, user, value, path);
    if (!returnedBy(fn).has(value)) return;
    for (const { call, fn: caller } of indexOf(module).given.get(fn.id) ?? []) if (call.op === 'call') add({ module, fn: caller, value: call.id }, path);
  }

  function use(result: Place, user: Instruction, value: ValueId, path: IntrinsicPath): void {
    switch (user.op) {
      case 'store': add(result, path); followVariable(result.module, user.variable, path); break;
      case 'require-object': case 'await': add(result, path); break;
      case 'get': if (user.object === value) for (const found of read(path, user)) add(result, found); break;
      case 'array': if (path.inside === null) add(result, { ...path, inside: elements }); break;
      case 'define': if (user.value === value && user.kind === 'value' && user.key.kind === 'name' && path.inside === null) add({ ...result, value: user.object }, { ...path, inside: user.key.name }); break;
      case 'iterator': case 'iterator-next': if (path.inside === elements) add(result, path); break;
      case 'iterator-value': if (path.inside === elements) add(result, { ...path, inside: null }); break;
      case 'call': case 'new': useInCall(result, user, value, path); break;
      default: break;
    }
  }

  function read(path: IntrinsicPath, get: Extract<Instruction, { op: 'get' }>): readonly IntrinsicPath[] {
    if (path.inside !== null) return path.inside === (get.key.kind === 'name' ? get.key.name : elements) ? [{ ...path, inside: null }] : [];
    const found = get.key.kind === 'name' ? member(path, get.key.name) : null;
    return found === null ? [] : [found];
  }

  function useInCall(result: Place, call: Extract<Instruction, { op: 'call' | 'new' }>, value: ValueId, path: IntrinsicPath): void {
    const { module, fn } = result;
    if (call.op === 'new' && call.callee === value && path.inside === null && !path.isInstance) add(result, { ...path, isInstance: true });
    if (call.op === 'call') for (const callee of known.get(fn)?.get(call.callee) ?? none) for (const found of resultOf(module, fn, call, callee)) add(result, found);
    for (const [index, argument] of call.arguments.entries()) {
      if (argument.value !== value || argument.spread) continue;
      for (const callee of closuresOf(module, fn.id, call.callee)) giveTo(module, callee, index, path);
    }
    if (call.op !== 'call' || call.receiver !== value || path.inside !== elements) return;
    const [callback] = call.arguments;
    const method = program.instruction(module, fn.id, call.callee);
    if (callback === undefined || method?.op !== 'get' || method.key.kind !== 'name' || !callsForEach.has(method.key.name)) return;
    for (const callee of closuresOf(module, fn.id, callback.value)) giveTo(module, callee, 0, { ...path, inside: null });
  }

  function giveTo(module: ModuleIr, id: FunctionId, index: number, path: IntrinsicPath): void {
    const fn = module.functions[id]!;
    for (const block of fn.blocks) for (const one of block.instructions) if (one.op === 'parameter' && one.index === index) add({ module, fn, value: one.id }, path);
  }

  function followVariable(module: ModuleIr, variable: VariableRef, path: IntrinsicPath): void {
    const key = variableKey(variable);
    for (const load of indexOf(module).loads.get(key) ?? []) add(load, path);
    for (const place of importers.get(module)?.get(key) ?? []) add(place, path);
  }

  function resultOf(module: ModuleIr, fn: FunctionIr, call: Extract<Instruction, { op: 'call' }>, callee: IntrinsicPath): readonly IntrinsicPath[] {
    const [first] = call.arguments;
    if (callee.isInstance || callee.inside !== null) return none;
    const given = first === undefined ? none : (known.get(fn)?.get(first.value) ?? none).filter((one) => one.inside === null);
    if (callee.api === 'require') return first === undefined ? none : moduleNamed(module, fn, first.value);
    if (givesArgument.test(callee.api)) return given;
    if (/^(?:Object|Reflect)\.getPrototypeOf$/.test(callee.api)) return given.flatMap((path) => member(path, '__proto__') ?? []);
    const classes = new Set(catalog.rows(callee.api).map((row) => ('class' in row.result ? row.result.class : null)));
    const [only] = classes;
    return classes.size === 1 && typeof only === 'string' ? [{ api: only, isInstance: true, inside: null }] : none;
  }

  function moduleNamed(module: ModuleIr, fn: FunctionIr, value: ValueId): readonly IntrinsicPath[] {
    const name = program.instruction(module, fn.id, value);
    return name?.op === 'constant' && name.value.kind === 'string' ? [object(`${normalizeSpecifier(name.value.value)}#`)] : none;
  }

  /** `*` is the module itself. */
  function memberOfPackage(specifier: string, path: string): IntrinsicPath {
    const [name, ...members] = path.split('.');
    const whole = name === '*' || name === undefined ? object(`${normalizeSpecifier(specifier)}#`) : memberOfModule(specifier, name);
    return members.reduce((found, key) => member(found, key) ?? found, whole);
  }

  function memberOfModule(specifier: string, name: string): IntrinsicPath {
    const api = `${normalizeSpecifier(specifier)}#${name}`;
    const denoted = catalog.denotes(api);
    // The default import of a CommonJS module is the module itself.
    return object(denoted === api && name === 'default' ? api.slice(0, -name.length) : denoted);
  }

  function member(path: IntrinsicPath, key: string): IntrinsicPath | null {
    const { api, isInstance, inside } = path;
    if (inside !== null) return null;
    if (isInstance) return key === '__proto__' ? object(`${api}.prototype`) : key === 'constructor' ? object(api) : null;
    if (api === '') return object(globalObject.test(key) ? '' : catalog.denotes(key));
    if (api.endsWith('#')) return memberOfModule(api.slice(0, -1), key);
    if (key === '__proto__') {
      const parent = parentOf(api, catalog);
      return parent === null ? null : object(parent);
    }
    if (key === 'constructor' && api.endsWith('.prototype')) return object(api.slice(0, -'.prototype'.length));
    // `node = node.next` in a loop would go on without end; no row has so many parts.
    return api.split('.').length > maximumParts ? null : object(catalog.denotes(`${api}.${key}`));
  }

  /** Instructions by the values that they read. */
  function usersOf(fn: FunctionIr): readonly (readonly Instruction[] | undefined)[] {
    const known = users.get(fn);
    if (known !== undefined) return known;
    const made = new Array<Instruction[] | undefined>(fn.valueCount);
    for (const block of fn.blocks) for (const one of block.instructions) for (const operand of operandsOf(one)) (made[operand] ??= []).push(one);
    users.set(fn, made);
    return made;
  }

  function returnedBy(fn: FunctionIr): ReadonlySet<ValueId> {
    let values = returned.get(fn);
    if (values === undefined) {
      values = new Set(fn.blocks.flatMap(({ terminator }) => (terminator.op === 'return' ? [terminator.value] : [])));
      returned.set(fn, values);
    }
    return values;
  }

  function indexOf(module: ModuleIr): ModuleIndex {
    let index = indexes.get(module);
    if (index === undefined) {
      index = collectIndex(module);
      indexes.set(module, index);
    }
    return index;
  }

  function collectIndex(module: ModuleIr): ModuleIndex {
    const loads = new Map<string, Place[]>();
    const given = new Map<FunctionId, Given[]>();
    for (const fn of module.functions) for (const block of fn.blocks) for (const one of block.instructions) {
      if (one.op === 'load') push(loads, variableKey(one.variable), { module, fn, value: one.id });
      if (one.op === 'call' || one.op === 'new') for (const callee of closuresOf(module, fn.id, one.callee)) push(given, callee, { call: one, fn });
    }
    return { loads, given };
  }

  /** Closures by name or on the spot. */
  function closuresOf(module: ModuleIr, fn: FunctionId, value: ValueId): readonly FunctionId[] {
    const instruction = program.instruction(module, fn, value);
    if (instruction?.op === 'closure') return [instruction.function];
    if (instruction?.op === 'store') return closuresOf(module, fn, instruction.value);
    if (instruction?.op !== 'load') return [];
    return program.variables(module).facts(instruction.variable).stores.flatMap((store) => {
      const stored = program.instruction(module, store.function, store.value);
      return stored?.op === 'closure' ? [stored.function] : [];
    });
  }
}

function push<Key, Value>(table: Map<Key, Value[]>, key: Key, value: Value): void {
  const list = table.get(key);
  if (list === undefined) table.set(key, [value]);
  else list.push(value);
}

function object(api: string): IntrinsicPath {
  return { api, isInstance: false, inside: null };
}
