/**
 * Which member of a global or an import a value is, told from the shape of the code alone: `Buffer.from`, `crypto.createHash`, also through
 * `const { createHash } = require('crypto')` in an enclosing function. For questions about functions whose analysis is not there yet; what variables denote
 * is asked of the context, what a member does is the model's business.
 */
import type { FunctionIr } from '../ir/function.js';
import type { Instruction, ValueId } from '../ir/instruction.js';
import type { Catalog } from '../model/known.js';
import type { FlowContext } from './context.js';

export interface MemberPath {
  /** Null for a global. */
  readonly specifier: string | null;
  /** `Buffer.from`, `createHash`; `*` for the namespace of an import. */
  readonly name: string;
}

export type Surroundings = Pick<FlowContext, 'module' | 'catalog' | 'variables' | 'named'>;

/** Members of members, and variables of variables, are followed this far. */
const maximumDepth = 8;

/** The member that the value of a function certainly is; null when it is something else or may be. */
export function memberPathOf(fn: FunctionIr, value: ValueId, around: Surroundings): MemberPath | null {
  return pathOf(fn, value, around, 0);
}

/** The class of what a `new` of a library class makes, or a call of a library function returns whatever its arguments are; null for everything else. */
export function producedClassOf(fn: FunctionIr, value: ValueId, around: Surroundings): string | null {
  const instruction = instructionOf(fn, value);
  if (instruction?.op !== 'new' && instruction?.op !== 'call') return null;
  const path = memberPathOf(fn, instruction.callee, around);
  const api = path === null ? null : apiOf(path, instruction.op, around.catalog);
  if (api === null) return null;
  const names = new Set(around.catalog.rows(api).map((row) => ('class' in row.result ? row.result.class : null)));
  const [only] = names;
  return names.size === 1 ? only ?? null : null;
}

/** The api name of a member; null when the model has no row for it. */
function apiOf(path: MemberPath, use: 'call' | 'new', catalog: Catalog): string | null {
  const name = use === 'new' ? `new ${path.name}` : path.name;
  return path.specifier === null ? catalog.global(name) : catalog.imported(path.specifier, name);
}

/** The instruction of a function that computes a value. */
export function instructionOf(fn: FunctionIr, value: ValueId): Instruction | null {
  let table = tables.get(fn);
  if (table === undefined) {
    table = new Array<Instruction | undefined>(fn.valueCount);
    for (const block of fn.blocks) for (const instruction of block.instructions) table[instruction.id] = instruction;
    tables.set(fn, table);
  }
  return table[value] ?? null;
}

const tables = new WeakMap<FunctionIr, (Instruction | undefined)[]>();

function pathOf(fn: FunctionIr, value: ValueId, around: Surroundings, depth: number): MemberPath | null {
  const instruction = instructionOf(fn, value);
  if (instruction === null || depth > maximumDepth) return null;
  switch (instruction.op) {
    case 'global': return { specifier: null, name: instruction.name };
    case 'import': return { specifier: instruction.specifier, name: instruction.name };
    case 'require-object': case 'store': return pathOf(fn, instruction.value, around, depth + 1);
    case 'load': {
      const named = around.named({ kind: 'captured', variable: instruction.variable, members: [] });
      return named === null ? null : { specifier: named.kind === 'global' ? null : named.specifier, name: named.path };
    }
    case 'call': return requiredModule(fn, instruction);
    case 'get': {
      const { key } = instruction;
      const base = key.kind === 'name' ? pathOf(fn, instruction.object, around, depth + 1) : null;
      if (base === null || key.kind !== 'name') return null;
      return { specifier: base.specifier, name: base.name === '*' ? key.name : `${base.name}.${key.name}` };
    }
    default: return null;
  }
}

/** `require('x')` with a literal text. */
function requiredModule(fn: FunctionIr, call: Extract<Instruction, { op: 'call' }>): MemberPath | null {
  const callee = instructionOf(fn, call.callee);
  const [argument, ...more] = call.arguments;
  if (callee?.op !== 'global' || callee.name !== 'require' || argument === undefined || argument.spread || more.length > 0) return null;
  const specifier = instructionOf(fn, argument.value);
  return specifier?.op === 'constant' && specifier.value.kind === 'string' ? { specifier: specifier.value.value, name: '*' } : null;
}
