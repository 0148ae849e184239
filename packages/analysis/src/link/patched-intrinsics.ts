/**
 * Intrinsics and library exports that the program itself replaces: `Uint8Array.prototype.slice = …`, `crypto.createHash = …`, `Object.assign(Buffer, …)`.
 * That they are left alone is assumed of everybody else; where the program shows otherwise, their rows say nothing any more, and an edit that would call
 * them is told so. Which object an expression is, is `intrinsic-path.ts`.
 */
import type { ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId } from '../ir/instruction.js';
import { normalizeSpecifier } from '../model/catalog.js';
import type { Catalog } from '../model/known.js';
import { createIntrinsicPaths, type IntrinsicPath, parentOf, typedArray, typedArrayApi } from './intrinsic-path.js';
import type { Program } from './program.js';

/** A place where the program puts something of its own in the place of what the language or a library has. */
export interface Replacement {
  readonly module: ModuleIr;
  readonly fn: FunctionId;
  readonly value: ValueId;
  /** `Uint8Array.prototype.slice`; with `isAll`, the object whose members are replaced under names that are not in sight. */
  readonly api: string;
  readonly isAll: boolean;
}

export interface PatchedIntrinsics {
  /** The catalog without the rows of what the program replaces. */
  readonly catalog: Catalog;
  /** Where something of this full name is replaced: `Buffer.poolSize`; null when it is left alone. */
  replacementOf(api: string): Replacement | null;
  /** Where anything is replaced that code would call or read by this last name: `subarray`; null when everything so named is left alone. */
  replacementNamed(name: string): Replacement | null;
}

/** First argument: the object that gets members. */
const definers = /^(?:Object|Reflect)\.(?:assign|defineProperty|defineProperties|set|setPrototypeOf|deleteProperty)$/;
const definingMethods = /^__define(?:Getter|Setter)__$/;
/** Functions that take a prototype and leave it as it is. */
const harmless = /^(?:Object|Reflect|Function|Symbol|Array|String|JSON|console|node:util)\b/;

export function findPatchedIntrinsics(program: Program, catalog: Catalog): PatchedIntrinsics {
  const paths = createIntrinsicPaths(program, catalog);
  const found: Replacement[] = [];
  for (const module of program.modules) for (const fn of module.functions) for (const block of fn.blocks) for (const instruction of block.instructions) collect(module, fn.id, instruction);
  const byApi = new Map<string, Replacement | null>();
  if (found.length === 0) return { catalog, replacementOf: () => null, replacementNamed: () => null };
  return { catalog: withoutReplaced(), replacementOf, replacementNamed };

  function collect(module: ModuleIr, fn: FunctionId, instruction: Instruction): void {
    switch (instruction.op) {
      case 'store-global': add(module, fn, instruction.id, { api: '', isInstance: false, inside: null }, instruction.name, instruction.value); break;
      case 'set': case 'delete': {
        const key = instruction.key.kind === 'name' ? instruction.key.name : instruction.key.kind === 'computed' ? null : undefined;
        if (key === undefined) return;
        for (const path of paths.of(module, fn, instruction.object)) add(module, fn, instruction.id, path, key, instruction.op === 'set' ? instruction.value : null);
        break;
      }
      case 'call': collectCall(module, fn, instruction); break;
      default: break;
    }
  }

  function collectCall(module: ModuleIr, fn: FunctionId, call: Extract<Instruction, { op: 'call' }>): void {
    const method = program.instruction(module, fn, call.callee);
    if (method?.op === 'get' && method.key.kind === 'name' && definingMethods.test(method.key.name)) {
      for (const path of paths.of(module, fn, method.object)) add(module, fn, call.id, path, textOf(module, fn, call.arguments[0]?.value), null);
      return;
    }
    const callees = paths.of(module, fn, call.callee).filter((one) => !one.isInstance && one.inside === null);
    if (callees.some((callee) => definers.test(callee.api))) {
      const [target, ...more] = call.arguments;
      if (target === undefined) return;
      const isAssign = callees.every((callee) => /assign|defineProperties/.test(callee.api));
      const keys = isAssign ? more.map((one) => (one.spread ? null : keysOf(module, fn, one.value))) : [[textOf(module, fn, more[0]?.value)]];
      for (const path of paths.of(module, fn, target.value)) for (const list of keys) for (const key of list ?? [null]) add(module, fn, call.id, path, key, null);
      return;
    }
    if (callees.some((callee) => harmless.test(callee.api) || catalog.rows(callee.api).length > 0) || paths.closuresOf(module, fn, call.callee).length > 0) return;
    // `spyOn(crypto, 'hash')`, `patch(Uint8Array.prototype)`: a function out of sight that is given an intrinsic object to work on.
    for (const [index, argument] of call.arguments.entries()) {
      if (argument.spread) continue;
      const name = textOf(module, fn, call.arguments[index + 1]?.value);
      for (const path of paths.of(module, fn, argument.value)) {
        const isPrototype = path.api.endsWith('.prototype') || path.api === typedArray;
        const hasMember = path.api !== '' && name !== null && /^[\w$]+$/.test(name);
        if (!path.isInstance && path.inside === null && (isPrototype || (hasMember && index === 0))) add(module, fn, call.id, path, name, null);
      }
    }
  }

  /** `key` null: any member. What is put there is `value`; where it is what was there before, nothing is replaced. */
  function add(module: ModuleIr, fn: FunctionId, at: ValueId, path: IntrinsicPath, key: string | null, value: ValueId | null): void {
    if (path.isInstance || path.inside !== null) return;
    const isAll = key === null || key === '__proto__';
    const whole = isAll ? path : paths.member(path, key);
    if (whole === null) return;
    if (value !== null && !isAll) {
      const put = paths.of(module, fn, value);
      if (put.length > 0 && put.every((one) => !one.isInstance && one.inside === null && one.api === whole.api)) return;
    }
    found.push({ module, fn, value: at, api: whole.api, isAll });
    const written = isAll || path.api === '' || path.api.endsWith('#') ? path.api + (isAll ? '' : key) : `${path.api}.${key}`;
    if (written !== whole.api) found.push({ module, fn, value: at, api: written, isAll });
  }

  function textOf(module: ModuleIr, fn: FunctionId, value: ValueId | undefined): string | null {
    const constant = value === undefined ? null : program.instruction(module, fn, value);
    return constant?.op === 'constant' && constant.value.kind === 'string' ? constant.value.value : null;
  }

  /** The names in an object literal; null when there may be others. */
  function keysOf(module: ModuleIr, fn: FunctionId, value: ValueId): readonly string[] | null {
    const literal = program.instruction(module, fn, value);
    if (literal?.op !== 'object') return null;
    const names: string[] = [];
    for (const block of module.functions[fn]!.blocks) for (const one of block.instructions) {
      if (one.op === 'copy-properties' && one.object === value) return null;
      if (one.op !== 'define' || one.object !== value) continue;
      if (one.key.kind !== 'name') return null;
      names.push(one.key.name);
    }
    return names;
  }

  function withoutReplaced(): Catalog {
    return {
      ...catalog,
      rows: (api) => (replacementOf(api) === null ? catalog.rows(api) : []),
      global: (name) => (replacementOf(name.replace(/^(new )?globalThis\./, '$1')) === null ? catalog.global(name) : null),
      imported: (specifier, name) => (replacementOf(`${normalizeSpecifier(specifier)}#${name.replace(/^new /, '').replace(/^(?:default|\*)\./, '')}`) === null ? catalog.imported(specifier, name) : null),
      method(className, member) {
        const api = catalog.method(className, member);
        // A class that gets a method of its own hides the one that it inherits.
        for (let name: string | null = className; name !== null && api !== null && !api.startsWith(`${name}.prototype.`); name = parentOf(name, catalog)) {
          if (replacementOf(`${name}.prototype.${member}`) !== null) return null;
        }
        return api;
      },
    };
  }

  function replacementOf(api: string): Replacement | null {
    const plain = api.replace(/(^|#)new /, '$1');
    let known = byApi.get(plain);
    if (known === undefined) {
      const inherited = typedArrayApi(plain);
      known = found.find((one) => covers(one, plain) || (inherited !== null && covers(one, inherited))) ?? null;
      byApi.set(plain, known);
    }
    return known;
  }

  function replacementNamed(name: string): Replacement | null {
    return found.find((one) => (one.isAll ? hasMember(one.api, name) : one.api.slice(Math.max(one.api.lastIndexOf('.'), one.api.lastIndexOf('#')) + 1) === name && isModelled(one.api))) ?? null;
  }

  /** A member of a class of the model, or a function of it: not a field of the program's own global or module. */
  function isModelled(api: string): boolean {
    const [holder] = api.split('.', 1);
    return holder === typedArray || (!api.includes('#') && catalog.class(holder!) !== null) || catalog.rows(api).length > 0 || catalog.rows(api.replace(/(?<=^|#)(?=[^#]*$)/, 'new ')).length > 0;
  }

  /** Whether anything in the model is a member of that name of an object whose members are replaced: any typed array stands for what they inherit. */
  function hasMember(api: string, name: string): boolean {
    const holder = api.replace(typedArray, 'Uint8Array');
    const isModule = holder === '' || holder.endsWith('#');
    return isModule ? catalog.rows(holder + name).length > 0 || catalog.rows(`${holder}new ${name}`).length > 0 : catalog.rows(`${holder}.${name}`).length > 0 || isPropertyOf(holder, name);
  }

  function isPropertyOf(api: string, name: string): boolean {
    return api.endsWith('.prototype') && catalog.class(api.slice(0, -'.prototype'.length))?.properties?.[name] !== undefined;
  }
}

function covers(one: Replacement, api: string): boolean {
  if (one.api === '' || one.api.endsWith('#')) return one.isAll && (one.api === '' ? !api.includes('#') : api.startsWith(one.api));
  return api === one.api || api.startsWith(`${one.api}.`);
}
