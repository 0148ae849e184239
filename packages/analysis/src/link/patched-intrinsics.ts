/**
 * Intrinsics and library exports that the program itself replaces: `Uint8Array.prototype.slice = …`, `crypto.createHash = …`, `Object.assign(Buffer, …)`.
 * That they are left alone is assumed of everybody else; where the program shows otherwise, their rows say nothing any more.
 */
import type { ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId } from '../ir/instruction.js';
import type { Catalog } from '../model/known.js';
import type { Program } from './program.js';

/** A name in sight: of a global when `specifier` is null, else of an export. */
interface Path {
  readonly specifier: string | null;
  readonly name: string;
}

/** Loads of constants are followed this far. */
const maximumHops = 8;

/** The catalog without the rows of what the program replaces. */
export function withoutPatchedRows(program: Program, catalog: Catalog): Catalog {
  const patched = new Set<string>();
  /** Everything below these names: the key is not known. */
  const prefixes: string[] = [];
  for (const module of program.modules) for (const fn of module.functions) for (const block of fn.blocks) for (const instruction of block.instructions) collect(module, fn.id, instruction);
  if (patched.size === 0 && prefixes.length === 0) return catalog;
  const isPatched = (api: string): boolean => patched.has(api) || prefixes.some((prefix) => api === prefix || api.startsWith(`${prefix}.`) || api === `new ${prefix}`);
  return { ...catalog, rows: (api) => (isPatched(api) ? [] : catalog.rows(api)) };

  function collect(module: ModuleIr, fn: FunctionId, instruction: Instruction): void {
    if (instruction.op === 'store-global') prefixes.push(instruction.name);
    else if (instruction.op === 'set' || instruction.op === 'delete') add(pathOf(module, fn, instruction.object, 0), instruction.key.kind === 'name' ? instruction.key.name : null);
    else if (instruction.op === 'call') {
      const callee = pathOf(module, fn, instruction.callee, 0);
      const [target, key] = instruction.arguments;
      if (callee === null || callee.specifier !== null || target === undefined || !/^(?:Object|Reflect)\.(?:assign|defineProperty|defineProperties|set|setPrototypeOf)$/.test(callee.name)) return;
      const constant = key === undefined ? null : program.instruction(module, fn, key.value);
      const name = constant?.op === 'constant' && constant.value.kind === 'string' ? constant.value.value : null;
      add(pathOf(module, fn, target.value, 0), name);
    }
  }

  function add(path: Path | null, key: string | null): void {
    if (path === null) return;
    // A field of the global object is a global.
    const base = path.specifier === null ? path.name.replace(/^(?:globalThis|global|window|self)(?:\.|$)/, '') : path.name;
    const name = base === '' || base === '*' || base === 'default' ? key : key === null ? base : `${base}.${key}`;
    if (name === null) return;
    const api = path.specifier === null ? catalog.global(name) ?? name : catalog.imported(path.specifier, name);
    if (api === null) return;
    patched.add(api);
    patched.add(`new ${api}`);
    if (key === null) prefixes.push(api);
  }

  function pathOf(module: ModuleIr, fn: FunctionId, value: ValueId, hops: number): Path | null {
    const instruction = program.instruction(module, fn, value);
    if (instruction === null || hops > maximumHops) return null;
    if (instruction.op === 'global') return { specifier: null, name: instruction.name };
    if (instruction.op === 'import') return { specifier: instruction.specifier, name: instruction.name };
    if (instruction.op === 'load') {
      const only = program.variables(module).onlyValue(instruction.variable);
      return only === null ? null : pathOf(module, only.function.id, only.value, hops + 1);
    }
    if (instruction.op !== 'get' || instruction.key.kind !== 'name') return null;
    const base = pathOf(module, fn, instruction.object, hops + 1);
    if (base === null) return null;
    return { specifier: base.specifier, name: base.name === '*' || base.name === 'default' ? instruction.key.name : `${base.name}.${instruction.key.name}` };
  }
}
