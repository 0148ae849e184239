/** Whether code out of sight may call a function by its name. */
import type { FunctionIr, ModuleIr } from '../ir/function.js';

/** Exported by name, or a method of a class (its instances may be anywhere): others may call it with anything. */
export function isExported(module: ModuleIr, fn: FunctionIr): boolean {
  if (fn.className !== null) return !fn.name.includes('#');
  const owner = fn.parent === null ? null : module.functions[fn.parent]!;
  if (owner === null || owner.kind !== 'module') return false;
  return module.exports.some((one) => one.kind === 'local' && owner.variables[one.variable.slot]?.name === fn.name) || module.format === 'commonjs';
}
