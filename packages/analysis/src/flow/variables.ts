/**
 * Facts about the variables of a module that need all its functions at once: who stores to each cell, and what.
 * A captured cell that is stored once, at its declaration, holds that value for every reader.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { FunctionId, ValueId, VariableRef } from '../ir/instruction.js';

export interface VariableStore {
  readonly function: FunctionId;
  /** The store instruction. */
  readonly store: ValueId;
  /** The stored value. */
  readonly value: ValueId;
  readonly initialize: boolean;
}

export interface VariableFacts {
  readonly stores: readonly VariableStore[];
  /** Functions, other than the declaring one, that store to it. */
  readonly writers: ReadonlySet<FunctionId>;
}

export interface ModuleVariables {
  facts(variable: VariableRef): VariableFacts;
  /** The only value that the cell ever holds after its initialization, with the function that computes it; null when there are several stores or none. */
  onlyValue(variable: VariableRef): { readonly function: FunctionIr; readonly value: ValueId } | null;
}

const noStores: VariableFacts = { stores: [], writers: new Set() };

export function collectVariables(module: ModuleIr): ModuleVariables {
  const table = new Map<string, { stores: VariableStore[]; writers: Set<FunctionId> }>();
  // What is not understood (`eval`) may store to every cell that closures see.
  const opaque = module.functions.filter((fn) => fn.blocks.some((block) => block.instructions.some((instruction) => instruction.op === 'opaque' && instruction.captures === 'all'))).map((fn) => fn.id);
  const isExposed = (variable: VariableRef): boolean => opaque.length > 0 && module.functions[variable.function]?.variables[variable.slot]?.captured === true;
  for (const fn of module.functions) {
    for (const block of fn.blocks) {
      for (const instruction of block.instructions) {
        if (instruction.op === 'class' && instruction.binding !== null) entry(table, instruction.binding).stores.push({ function: fn.id, store: instruction.id, value: instruction.id, initialize: true });
        if (instruction.op !== 'store') continue;
        const facts = entry(table, instruction.variable);
        facts.stores.push({ function: fn.id, store: instruction.id, value: instruction.value, initialize: instruction.initialize });
        if (fn.id !== instruction.variable.function) facts.writers.add(fn.id);
      }
    }
  }
  return {
    facts(variable) {
      const known = table.get(variableKey(variable)) ?? noStores;
      return isExposed(variable) ? { stores: known.stores, writers: new Set([...known.writers, ...opaque]) } : known;
    },
    onlyValue(variable) {
      if (isExposed(variable) && module.functions[variable.function]?.variables[variable.slot]?.kind !== 'const') return null;
      const stores = table.get(variableKey(variable))?.stores;
      if (stores === undefined || stores.length !== 1) return null;
      const only = stores[0]!;
      return { function: module.functions[only.function]!, value: only.value };
    },
  };
}

export function variableKey(variable: VariableRef): string {
  return `${variable.function}:${variable.slot}`;
}

function entry(table: Map<string, { stores: VariableStore[]; writers: Set<FunctionId> }>, variable: VariableRef): { stores: VariableStore[]; writers: Set<FunctionId> } {
  const key = variableKey(variable);
  let facts = table.get(key);
  if (facts === undefined) {
    facts = { stores: [], writers: new Set() };
    table.set(key, facts);
  }
  return facts;
}
