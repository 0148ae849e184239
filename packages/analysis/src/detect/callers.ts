/** Callers of a function, where they are all in sight: what rules ask before they speak of the values that a parameter can have, or of what becomes of a result. */
import type { ModuleIr } from '../ir/function.js';
import type { ValueId } from '../ir/instruction.js';
import type { CallSite, FunctionQuery, ProgramQuery } from './query.js';

/** Every call of the function; null when code out of sight may call it, or when it is used as a value. */
export function callersOf(fn: FunctionQuery): readonly CallSite[] | null {
  const { function: ir, module } = fn;
  if (ir.kind === 'getter' || ir.kind === 'setter' || ir.generator) return null;
  const isPrivateMethod = ir.kind === 'method' && (ir.name.includes('#') || isDeclaredPrivate(fn));
  if (!isPrivateMethod && (ir.className !== null || fn.exported || !isOnlyCalled(fn))) return null;
  const calls = callTable(fn).get(fn) ?? [];
  if (!isPrivateMethod) return calls.length === 0 ? null : calls;
  // Everybody in the module who reads a property of this name must be one of the calls.
  const name = ir.name.slice(ir.name.lastIndexOf('.') + 1).replace(/^#/, '');
  const reads = fn.program.functionsIn(module).flatMap((other) =>
    other.instructions().filter((one) => one.op === 'get' && one.key.kind !== 'computed' && one.key.name.replace(/^#/, '') === name).map((one) => ({ other, id: one.id })));
  const isCall = ({ other, id }: { readonly other: FunctionQuery; readonly id: ValueId }): boolean => calls.some((call) => call.in === other && call.instruction.callee === id);
  return calls.length > 0 && reads.every(isCall) ? calls : null;
}

/** `private name(`: TypeScript's word, which holds for all code that type-checks. */
function isDeclaredPrivate(fn: FunctionQuery): boolean {
  return /^(?:\s*(?:static|override|async)\s+)*\s*private\s/.test(fn.program.sourceOf(fn.module).slice(fn.function.span.start, fn.function.nameSpan.start));
}

const tables = new WeakMap<ProgramQuery, Map<ModuleIr, ReadonlyMap<FunctionQuery, readonly CallSite[]>>>();

/** The calls in one module, by callee: nobody else can call what is not exported. */
function callTable({ program, module }: FunctionQuery): ReadonlyMap<FunctionQuery, readonly CallSite[]> {
  const byModule = tables.get(program) ?? new Map<ModuleIr, ReadonlyMap<FunctionQuery, readonly CallSite[]>>();
  tables.set(program, byModule);
  const known = byModule.get(module);
  if (known !== undefined) return known;
  const table = new Map<FunctionQuery, CallSite[]>();
  for (const caller of program.functionsIn(module)) {
    for (const call of caller.calls()) {
      const callee = program.calleeOf(call);
      if (callee === null) continue;
      const list = table.get(callee) ?? [];
      if (list.length === 0) table.set(callee, list);
      list.push(call);
    }
  }
  byModule.set(module, table);
  return table;
}

/** Whether every read of the variable that holds the function is the callee of a resolved call. */
function isOnlyCalled(fn: FunctionQuery): boolean {
  const { module, program, function: ir } = fn;
  const holders = new Set<string>();
  for (const other of module.functions) {
    const closures = new Set(other.blocks.flatMap((block) => block.instructions).filter((one) => one.op === 'closure' && one.function === ir.id).map((one) => one.id));
    if (closures.size === 0) continue;
    for (const instruction of program.functionOf(module, other).instructions()) {
      if (instruction.op !== 'store' || !closures.has(instruction.value)) continue;
      holders.add(`${instruction.variable.function}:${instruction.variable.slot}`);
      if (fn.flow.context.variables.onlyValue(instruction.variable) === null) return false;
    }
  }
  if (holders.size !== 1) return false;
  const calls = callTable(fn).get(fn) ?? [];
  return module.functions.every((other) => {
    const query = program.functionOf(module, other);
    return query.instructions().every((one) => one.op !== 'load' || !holders.has(`${one.variable.function}:${one.variable.slot}`) || calls.some((call) => call.in === query && call.instruction.callee === one.id));
  });
}
