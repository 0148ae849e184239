/**
 * Which object of the language or of a library an expression may be: `Uint8Array.prototype`, `Object.getPrototypeOf(Buffer)`, `require('crypto')`,
 * a parameter that is given one of these in sight. Syntactic and of the whole program, since it is asked before any function is analyzed;
 * what is done with such an object is `patched-intrinsics.ts`.
 */
import type { ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId } from '../ir/instruction.js';
import { normalizeSpecifier } from '../model/catalog.js';
import type { Catalog } from '../model/known.js';
import type { Program } from './program.js';

/** An object by the name that rows have for it: `Uint8Array.prototype`, `node:crypto#` for a module, the empty text for the global object. */
export interface IntrinsicPath {
  readonly api: string;
  /** Not the object of that name but one made by it: `new Uint8Array(1)` of `Uint8Array`. */
  readonly isInstance: boolean;
}

export interface IntrinsicPaths {
  /** Every such object that the value is seen to be; empty when none is in sight. */
  of(module: ModuleIr, fn: FunctionId, value: ValueId): readonly IntrinsicPath[];
  /** The functions of the module that the value is seen to be. */
  closuresOf(module: ModuleIr, fn: FunctionId, value: ValueId): readonly FunctionId[];
  /** The field of an object literal, or of a place that a path names, under a name. */
  member(path: IntrinsicPath, key: string): IntrinsicPath | null;
}

/** `%TypedArray%`, from which all typed arrays inherit; it has no name in the language. */
export const typedArray = '%TypedArray%';
const typedArrayName = /^(?:Uint8|Uint8Clamped|Int8|Uint16|Int16|Uint32|Int32|Float16|Float32|Float64|BigUint64|BigInt64)Array$/;
const globalObject = /^(?:globalThis|global|window|self)$/;
/** Calls whose result is their first argument. */
const givesArgument = /^Object\.(?:assign|defineProperty|defineProperties|setPrototypeOf|freeze|seal|preventExtensions)$/;
const callsForEach = new Set(['forEach', 'map', 'some', 'every', 'flatMap', 'filter', 'find']);

interface Source {
  readonly module: ModuleIr;
  readonly fn: FunctionId;
  readonly instruction: Instruction;
}

interface Given {
  /** The call that runs the function, or hands it to a method of a list. */
  readonly call: Extract<Instruction, { op: 'call' | 'new' }>;
  readonly fn: FunctionId;
  readonly as: 'callee' | 'callback';
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
  const known = new Map<string, readonly IntrinsicPath[]>();
  const underWay = new Set<string>();
  const sourcesUnderWay = new Set<string>();
  const givenTables = new Map<ModuleIr, ReadonlyMap<FunctionId, readonly Given[]>>();
  return { of, closuresOf, member };

  function of(module: ModuleIr, fn: FunctionId, value: ValueId): readonly IntrinsicPath[] {
    const key = `${module.file} ${fn} ${value}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    if (underWay.has(key)) return [];
    underWay.add(key);
    const made = new Map<string, IntrinsicPath>();
    for (const source of sourcesOf(module, fn, value)) for (const path of pathsOf(source)) made.set(`${path.isInstance} ${path.api}`, path);
    underWay.delete(key);
    const result = [...made.values()];
    known.set(key, result);
    return result;
  }

  function closuresOf(module: ModuleIr, fn: FunctionId, value: ValueId): readonly FunctionId[] {
    return sourcesOf(module, fn, value).flatMap((source) => (source.instruction.op === 'closure' && source.module === module ? [source.instruction.function] : []));
  }

  function pathsOf({ module, fn, instruction }: Source): readonly IntrinsicPath[] {
    switch (instruction.op) {
      // What a CommonJS module gives away is its own.
      case 'global': return /^(?:exports|module)$/.test(instruction.name) ? [] : [object(globalObject.test(instruction.name) ? '' : catalog.denotes(instruction.name))];
      case 'import': return [instruction.name === '*' ? object(`${normalizeSpecifier(instruction.specifier)}#`) : memberOfModule(instruction.specifier, instruction.name)];
      case 'get': {
        if (instruction.key.kind !== 'name') return [];
        const { name } = instruction.key;
        return of(module, fn, instruction.object).flatMap((path) => member(path, name) ?? []);
      }
      case 'new': return of(module, fn, instruction.callee).filter((path) => !path.isInstance).map((path) => ({ ...path, isInstance: true }));
      case 'call': return of(module, fn, instruction.callee).flatMap((callee) => resultOf(module, fn, instruction, callee));
      case 'dynamic-import': return moduleNamed(module, fn, instruction.specifier);
      default: return [];
    }
  }

  function resultOf(module: ModuleIr, fn: FunctionId, call: Extract<Instruction, { op: 'call' }>, callee: IntrinsicPath): readonly IntrinsicPath[] {
    const [first] = call.arguments;
    if (callee.isInstance) return [];
    if (callee.api === 'require') return first === undefined ? [] : moduleNamed(module, fn, first.value);
    if (first !== undefined && givesArgument.test(callee.api)) return of(module, fn, first.value);
    if (first !== undefined && /^(?:Object|Reflect)\.getPrototypeOf$/.test(callee.api)) return of(module, fn, first.value).flatMap((path) => member(path, '__proto__') ?? []);
    const classes = new Set(catalog.rows(callee.api).map((row) => ('class' in row.result ? row.result.class : null)));
    const [only] = classes;
    return classes.size === 1 && typeof only === 'string' ? [{ api: only, isInstance: true }] : [];
  }

  function moduleNamed(module: ModuleIr, fn: FunctionId, value: ValueId): readonly IntrinsicPath[] {
    const name = program.instruction(module, fn, value);
    return name?.op === 'constant' && name.value.kind === 'string' ? [object(`${normalizeSpecifier(name.value.value)}#`)] : [];
  }

  function memberOfModule(specifier: string, name: string): IntrinsicPath {
    const api = `${normalizeSpecifier(specifier)}#${name}`;
    const denoted = catalog.denotes(api);
    // The default import of a CommonJS module is the module itself.
    return object(denoted === api && name === 'default' ? api.slice(0, -name.length) : denoted);
  }

  function member(path: IntrinsicPath, key: string): IntrinsicPath | null {
    const { api, isInstance } = path;
    if (isInstance) return key === '__proto__' ? object(`${api}.prototype`) : key === 'constructor' ? object(api) : null;
    if (api === '') return object(globalObject.test(key) ? '' : catalog.denotes(key));
    if (api.endsWith('#')) return memberOfModule(api.slice(0, -1), key);
    if (key === '__proto__') {
      const parent = parentOf(api, catalog);
      return parent === null ? null : object(parent);
    }
    if (key === 'constructor' && api.endsWith('.prototype')) return object(api.slice(0, -'.prototype'.length));
    return object(catalog.denotes(`${api}.${key}`));
  }

  /** The instructions that compute the value, looking through variables, arguments and results of functions that are called in sight, and literals. */
  function sourcesOf(module: ModuleIr, fn: FunctionId, value: ValueId): readonly Source[] {
    const key = `${module.file} ${fn} ${value}`;
    const instruction = program.instruction(module, fn, value);
    if (instruction === null || sourcesUnderWay.has(key)) return [];
    sourcesUnderWay.add(key);
    const found = stepsOf({ module, fn, instruction });
    sourcesUnderWay.delete(key);
    return found;
  }

  function stepsOf(source: Source): readonly Source[] {
    const { module, fn, instruction } = source;
    switch (instruction.op) {
      case 'load': return program.variables(module).facts(instruction.variable).stores.flatMap((store) => sourcesOf(module, store.function, store.value));
      case 'store': case 'require-object': case 'await': return sourcesOf(module, fn, instruction.value);
      case 'parameter': return givenOf(module, fn).flatMap(({ call, fn: caller, as }) => {
        if (as === 'callback') return instruction.index === 0 && call.op === 'call' && call.receiver !== null ? elementsOf(module, caller, call.receiver) : [];
        const given = call.arguments[instruction.index];
        return given === undefined || given.spread ? [] : sourcesOf(module, caller, given.value);
      });
      case 'import': {
        const exported = program.exported(instruction.specifier, instruction.name, module);
        if (exported === null) return [source];
        return program.variables(exported.module).facts(exported.variable).stores.flatMap((store) => sourcesOf(exported.module, store.function, store.value));
      }
      case 'iterator-value': return elementsOf(module, fn, instruction.result);
      case 'get': return [source, ...fieldsOf(source, instruction)];
      case 'call': return [source, ...closuresOf(module, fn, instruction.callee).flatMap((callee) => returnsOf(module, callee))];
      default: return [source];
    }
  }

  function returnsOf(module: ModuleIr, fn: FunctionId): readonly Source[] {
    return module.functions[fn]!.blocks.flatMap(({ terminator }) => (terminator.op === 'return' ? sourcesOf(module, fn, terminator.value) : []));
  }

  /** `places.bytes` and `list[0]` of a literal in sight. */
  function fieldsOf({ module, fn }: Source, get: Extract<Instruction, { op: 'get' }>): readonly Source[] {
    if (get.key.kind === 'computed') return elementsOf(module, fn, get.object);
    const { key } = get;
    return sourcesOf(module, fn, get.object).flatMap((holder) => {
      if (holder.instruction.op !== 'object' || key.kind !== 'name') return [];
      return instructionsOf(holder).flatMap((one) => (one.op === 'define' && one.kind === 'value' && one.object === holder.instruction.id && one.key.kind === 'name' && one.key.name === key.name ? sourcesOf(holder.module, holder.fn, one.value) : []));
    });
  }

  /** Elements of an array literal, of an iterator over one, or of what such an iterator gives. */
  function elementsOf(module: ModuleIr, fn: FunctionId, value: ValueId): readonly Source[] {
    return sourcesOf(module, fn, value).flatMap((source) => {
      const { instruction } = source;
      switch (instruction.op) {
        case 'array': return instruction.elements.flatMap((element) => (element === null || element.spread ? [] : sourcesOf(source.module, source.fn, element.value)));
        case 'iterator-next': return elementsOf(source.module, source.fn, instruction.iterator);
        case 'iterator': return elementsOf(source.module, source.fn, instruction.iterable);
        default: return [];
      }
    });
  }

  function givenOf(module: ModuleIr, fn: FunctionId): readonly Given[] {
    let table = givenTables.get(module);
    if (table === undefined) {
      table = collectGiven(module);
      givenTables.set(module, table);
    }
    return table.get(fn) ?? [];
  }

  function collectGiven(module: ModuleIr): ReadonlyMap<FunctionId, readonly Given[]> {
    const table = new Map<FunctionId, Given[]>();
    const add = (callee: FunctionId, given: Given): void => { table.set(callee, [...(table.get(callee) ?? []), given]); };
    for (const fn of module.functions) for (const block of fn.blocks) for (const call of block.instructions) {
      if (call.op !== 'call' && call.op !== 'new') continue;
      for (const callee of directClosuresOf(module, fn.id, call.callee)) add(callee, { call, fn: fn.id, as: 'callee' });
      const [callback] = call.arguments;
      const method = program.instruction(module, fn.id, call.callee);
      if (callback === undefined || callback.spread || method?.op !== 'get' || method.key.kind !== 'name' || !callsForEach.has(method.key.name)) continue;
      for (const callee of directClosuresOf(module, fn.id, callback.value)) add(callee, { call, fn: fn.id, as: 'callback' });
    }
    return table;
  }

  /** Closures by name or on the spot. Not through parameters, whose values are what is being collected. */
  function directClosuresOf(module: ModuleIr, fn: FunctionId, value: ValueId): readonly FunctionId[] {
    const instruction = program.instruction(module, fn, value);
    if (instruction?.op === 'closure') return [instruction.function];
    if (instruction?.op === 'store') return directClosuresOf(module, fn, instruction.value);
    if (instruction?.op !== 'load') return [];
    return program.variables(module).facts(instruction.variable).stores.flatMap((store) => {
      const stored = program.instruction(module, store.function, store.value);
      return stored?.op === 'closure' ? [stored.function] : [];
    });
  }

  function instructionsOf({ module, fn }: Source): readonly Instruction[] {
    return module.functions[fn]!.blocks.flatMap((block) => block.instructions);
  }
}

function object(api: string): IntrinsicPath {
  return { api, isInstance: false };
}
