/** Whether code out of sight may call a function by its name. */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { FunctionId } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import { variableKey } from '../flow/variables.js';

/** Exported by name, or a method of a class (its instances may be anywhere): others may call it with anything. */
export function isExported(module: ModuleIr, fn: FunctionIr): boolean {
  if (fn.className !== null) return !fn.name.includes('#');
  const owner = fn.parent === null ? null : module.functions[fn.parent]!;
  if (owner === null || owner.kind !== 'module') return false;
  if (module.format === 'commonjs') return usedAsValues(module).has(fn.id);
  return module.exports.some((one) => one.kind === 'local' && owner.variables[one.variable.slot]?.name === fn.name);
}

const remembered = new WeakMap<ModuleIr, ReadonlySet<FunctionId>>();

/** Functions that the module does more with than calling them by name: `module.exports = { f }` is one way among many to give a function away. */
function usedAsValues(module: ModuleIr): ReadonlySet<FunctionId> {
  const known = remembered.get(module);
  if (known !== undefined) return known;
  const found = new Set<FunctionId>();
  const holders = new Map<string, FunctionId>();
  for (const fn of module.functions) {
    const closures = new Map<number, FunctionId>();
    for (const block of fn.blocks) for (const one of block.instructions) {
      if (one.op === 'closure') closures.set(one.id, one.function);
      for (const operand of operandsOf(one)) {
        const closure = closures.get(operand);
        if (closure === undefined) continue;
        if (one.op === 'store' && one.value === operand) holders.set(variableKey(one.variable), closure);
        else found.add(closure);
      }
    }
    for (const { terminator } of fn.blocks) if ((terminator.op === 'return' || terminator.op === 'throw') && closures.has(terminator.value)) found.add(closures.get(terminator.value)!);
  }
  for (const fn of module.functions) {
    const loads = new Map<number, FunctionId>();
    for (const block of fn.blocks) for (const one of block.instructions) {
      const held = one.op === 'load' ? holders.get(variableKey(one.variable)) : undefined;
      if (held !== undefined) loads.set(one.id, held);
      // `eval` may do anything with every name.
      if (one.op === 'opaque' && one.captures === 'all') for (const id of holders.values()) found.add(id);
      const isCall = one.op === 'call' && !one.arguments.some((argument) => argument.value === one.callee);
      for (const operand of operandsOf(one)) {
        const used = loads.get(operand);
        if (used !== undefined && !(isCall && operand === one.callee)) found.add(used);
      }
    }
    for (const { terminator } of fn.blocks) if ((terminator.op === 'return' || terminator.op === 'throw') && loads.has(terminator.value)) found.add(loads.get(terminator.value)!);
  }
  remembered.set(module, found);
  return found;
}
