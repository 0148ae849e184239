/**
 * What a name denotes: `const B = Buffer`, `const { createHash } = require('crypto')`, `export * from './codec.js'`, `module.exports = { encode }`.
 * Names are followed through variables that hold one value, imports, re-exports, CommonJS exports and members of literals, to what the model has rows for or
 * to a function, class or module of the program. Reassigned variables, and members that the program may replace somewhere, are not trusted.
 * What each module puts under its names is `module-members.ts`.
 */
import type { ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId, VariableRef } from '../ir/instruction.js';
import type { NamedThing } from '../flow/context.js';
import { type ModuleVariables, variableKey } from '../flow/variables.js';
import { collectMembers, type ModuleMembers, type Place } from './module-members.js';

export type Denotation =
  /** A global or an export of a package, with member path; `*` is the namespace. */
  | NamedThing
  /** What importing or requiring the module gives, when that is no thing of its own. */
  | { readonly kind: 'module'; readonly module: ModuleIr }
  | { readonly kind: 'function'; readonly module: ModuleIr; readonly function: FunctionId }
  | { readonly kind: 'class'; readonly module: ModuleIr; readonly fn: FunctionId; readonly value: ValueId }
  | { readonly kind: 'object'; readonly module: ModuleIr; readonly fn: FunctionId; readonly value: ValueId };

export interface Denotations {
  /** Null when it is none of these, or may be another. */
  of(module: ModuleIr, fn: FunctionId, value: ValueId): Denotation | null;
  ofVariable(module: ModuleIr, variable: VariableRef): Denotation | null;
  /** An imported name with members, `codec.encode`; `*` is the namespace. */
  ofImport(specifier: string, path: string, from: ModuleIr): Denotation | null;
  member(of: Denotation, name: string): Denotation | null;
  membersIn(module: ModuleIr): ModuleMembers;
}

export interface DenotationInput {
  variables(module: ModuleIr): ModuleVariables;
  imported(specifier: string, from: ModuleIr): ModuleIr | null;
  instruction(module: ModuleIr, fn: FunctionId, value: ValueId): Instruction | null;
  /** Whether code elsewhere may put another value under a name of the object. */
  isChangedElsewhere(module: ModuleIr, root: string, name: string): boolean;
}

/** Re-exports, aliases and members are followed this far. */
const maximumHops = 24;
/** No row has a name of so many parts. */
const maximumParts = 6;

/** Stands before the file of a module of the program where a specifier is expected: the same from every module. */
export const fileSpecifier = 'file:';

/** What compilers put around `require`: the module, or an object with it under `default`, which names of packages bear anyway. */
const interopHelper = /^(?:__importDefault|__importStar|__toESM|_interopRequireDefault|_interopRequireWildcard|_interop_require_default|_interop_require_wildcard)$/;

export function createDenotations(input: DenotationInput): Denotations {
  const members = new Map<ModuleIr, ModuleMembers>();
  const byVariable = new Map<ModuleIr, Map<string, Denotation | null>>();
  const byImport = new Map<ModuleIr, Map<string, Denotation | null>>();
  return {
    of: (module, fn, value) => follow(module, fn, value, 0),
    ofVariable: (module, variable) => variableOf(module, variable, 0),
    ofImport(specifier, path, from) {
      const table = byImport.get(from) ?? new Map<string, Denotation | null>();
      byImport.set(from, table);
      const key = `${specifier}#${path}`;
      let known = table.get(key);
      if (known === undefined) {
        known = importOf(specifier, path, from, 0);
        table.set(key, known);
      }
      return known;
    },
    member: (of, name) => memberOf(of, name, 0),
    membersIn,
  };

  function follow(module: ModuleIr, fn: FunctionId, value: ValueId, hops: number): Denotation | null {
    const instruction = input.instruction(module, fn, value);
    if (instruction === null || hops > maximumHops) return null;
    switch (instruction.op) {
      case 'global':
        if (instruction.name !== 'exports' || module.format !== 'commonjs') return { kind: 'global', path: instruction.name };
        // Behind `module.exports = …` it is an object that nobody sees, unless it is assigned as well.
        return membersIn(module).rootOf(fn, value) === null ? null : exportsOf(module, hops + 1);
      case 'import': return importOf(instruction.specifier, instruction.name, module, hops + 1);
      case 'closure': return { kind: 'function', module, function: instruction.function };
      case 'class': return { kind: 'class', module, fn, value };
      case 'object': return { kind: 'object', module, fn, value };
      case 'store': case 'require-object': case 'set': case 'store-global': return follow(module, fn, instruction.value, hops + 1);
      case 'load': return variableOf(module, instruction.variable, hops + 1);
      case 'get': {
        if (instruction.key.kind !== 'name') return null;
        const object = follow(module, fn, instruction.object, hops + 1);
        return object === null ? null : memberOf(object, instruction.key.name, hops + 1, module);
      }
      case 'call': return calledOf(module, fn, instruction, hops + 1);
      default: return null;
    }
  }

  /** `require('x')`, also within the helpers of compilers. */
  function calledOf(module: ModuleIr, fn: FunctionId, call: Extract<Instruction, { op: 'call' }>, hops: number): Denotation | null {
    const [argument] = call.arguments;
    if (argument === undefined || argument.spread) return null;
    const callee = input.instruction(module, fn, call.callee);
    if (callee?.op === 'global' && callee.name === 'require' && call.arguments.length === 1) {
      const text = input.instruction(module, fn, argument.value);
      return text?.op === 'constant' && text.value.kind === 'string' ? importOf(text.value.value, '*', module, hops + 1) : null;
    }
    if (!interopHelper.test(calleeName(module, callee))) return null;
    const inner = follow(module, fn, argument.value, hops + 1);
    return inner?.kind === 'import' || inner?.kind === 'module' ? inner : null;
  }

  function calleeName(module: ModuleIr, callee: Instruction | null): string {
    if (callee?.op === 'load') return module.functions[callee.variable.function]?.variables[callee.variable.slot]?.name ?? '';
    if (callee?.op === 'get' && callee.key.kind === 'name') return callee.key.name;
    return callee?.op === 'import' ? callee.name : '';
  }

  function variableOf(module: ModuleIr, variable: VariableRef, hops: number): Denotation | null {
    const table = byVariable.get(module) ?? new Map<string, Denotation | null>();
    byVariable.set(module, table);
    const key = variableKey(variable);
    const known = table.get(key);
    if (known !== undefined) return known;
    const only = onlyThing(module, variable);
    const found = only === null ? null : follow(module, only.fn, only.value, hops + 1);
    // What hops ran out for may be found from nearer.
    if (found !== null || hops < maximumHops / 2) table.set(key, found);
    return found;
  }

  /** The only value besides `undefined` and `null`, which have no members and cannot be called: `let crypto; try { crypto = require('crypto'); } catch {}`. */
  function onlyThing(module: ModuleIr, variable: VariableRef): Place | null {
    const variables = input.variables(module);
    const only = variables.onlyValue(variable);
    if (only !== null) return { fn: only.function.id, value: only.value };
    const { stores, writers } = variables.facts(variable);
    const things = stores.filter((store) => {
      const stored = input.instruction(module, store.function, store.value);
      return stored?.op !== 'constant' || (stored.value.kind !== 'undefined' && stored.value.kind !== 'null');
    });
    const [thing, ...more] = things;
    const isInSight = [...writers].every((writer) => stores.some((store) => store.function === writer));
    return thing === undefined || more.length > 0 || !isInSight ? null : { fn: thing.function, value: thing.value };
  }

  function importOf(specifier: string, path: string, from: ModuleIr, hops: number): Denotation | null {
    const module = input.imported(specifier, from);
    if (module === null) return specifier.startsWith('.') || specifier.startsWith(fileSpecifier) ? null : { kind: 'import', specifier, path };
    const [name, ...more] = path.split('.');
    let found: Denotation | null;
    if (name === '*') found = exportsOf(module, hops + 1);
    else if (name === 'default' && module.format === 'commonjs') found = from.format === 'esm' && hasDefault(module, hops) ? null : exportedOf(module, 'default', hops + 1) ?? exportsOf(module, hops + 1);
    else found = exportedOf(module, name ?? '', hops + 1);
    for (const member of more) found = found === null ? null : memberOf(found, member, hops + 1);
    return found;
  }

  /** Node gives an ES module that imports a CommonJS one its `module.exports`; what compilers emit gives its `exports.default`. */
  function hasDefault(module: ModuleIr, hops: number): boolean {
    return exportedOf(module, 'default', hops + 1) !== null;
  }

  /** What `require` of the module gives. */
  function exportsOf(module: ModuleIr, hops: number): Denotation | null {
    if (module.format === 'esm') return { kind: 'module', module };
    const { whole } = membersIn(module);
    if (whole === 'unknown' || hops > maximumHops) return null;
    if (whole === null) return { kind: 'module', module };
    return follow(module, whole.fn, whole.value, hops + 1);
  }

  function exportedOf(module: ModuleIr, name: string, hops: number): Denotation | null {
    if (hops > maximumHops) return null;
    const own = module.exports.find((one) => one.kind !== 'all' && one.exported === name);
    if (own?.kind === 'local') return variableOf(module, own.variable, hops + 1);
    if (own?.kind === 'from') return importOf(own.specifier, own.name, module, hops + 1);
    const isStarred = module.exports.some((one) => one.kind === 'all');
    if (isStarred && name !== 'default') {
      const all = module.exports.flatMap((one) => (one.kind === 'all' ? [one.specifier] : []));
      const inSight = all.filter((specifier) => input.imported(specifier, module) !== null);
      for (const specifier of inSight) {
        const found = importOf(specifier, name, module, hops + 1);
        if (found !== null) return found;
      }
      const [library, ...more] = all.filter((specifier) => !inSight.includes(specifier));
      // A name that no module in sight has comes from the only package.
      return library === undefined || more.length > 0 || inSight.length > 0 ? null : importOf(library, name, module, hops + 1);
    }
    if (module.format === 'esm') return null;
    const whole = exportsOf(module, hops + 1);
    if (whole === null) return null;
    return whole.kind === 'module' ? storedUnder(module, 'exports', name, hops + 1) : memberOf(whole, name, hops + 1);
  }

  function memberOf(of: Denotation, name: string, hops: number, from?: ModuleIr): Denotation | null {
    if (hops > maximumHops) return null;
    switch (of.kind) {
      case 'global':
        if (of.path === 'module' && name === 'exports' && from?.format === 'commonjs') return exportsOf(from, hops + 1);
        if (of.path === 'module' || of.path === 'exports') return null;
        return of.path.split('.').length >= maximumParts ? null : { kind: 'global', path: /^(?:globalThis|global|window|self)$/.test(of.path) ? name : `${of.path}.${name}` };
      case 'import': return of.path.split('.').length >= maximumParts ? null : { kind: 'import', specifier: of.specifier, path: of.path === '*' ? name : `${of.path}.${name}` };
      // `default` of a module that has none is what TypeScript's interoperation puts there.
      case 'module': return exportedOf(of.module, name, hops + 1) ?? (name === 'default' && of.module.format === 'commonjs' && !hasDefault(of.module, hops) ? of : null);
      case 'function': return storedUnder(of.module, `f${String(of.function)}`, name, hops + 1);
      case 'object': return storedUnder(of.module, `o${String(of.fn)}:${String(of.value)}`, name, hops + 1);
      case 'class': return null;
    }
  }

  function storedUnder(module: ModuleIr, root: string, name: string, hops: number): Denotation | null {
    const table = membersIn(module);
    const found: Place | 'unknown' | null = table.member(root, name);
    const [copied, ...more] = table.copiedInto(root);
    if (found === 'unknown' || (found === null && copied === undefined) || hops > maximumHops || input.isChangedElsewhere(module, root, name)) return null;
    if (found !== null || copied === undefined) return found === null ? null : follow(module, found.fn, found.value, hops + 1);
    const sources = [copied, ...more].map((place) => follow(module, place.fn, place.value, hops + 1));
    const candidates = sources.map((source) => (source === null ? null : memberOf(source, name, hops + 1)));
    const known = candidates.filter((one) => one !== null);
    // A package in the list may have the name as well.
    const [only, ...others] = known;
    return only === undefined || others.length > 0 || sources.some((source) => source === null || (source.kind === 'import' && sources.length > 1)) ? null : only;
  }

  function membersIn(module: ModuleIr): ModuleMembers {
    let known = members.get(module);
    if (known === undefined) {
      known = collectMembers(module, input.variables(module));
      members.set(module, known);
    }
    return known;
  }
}
