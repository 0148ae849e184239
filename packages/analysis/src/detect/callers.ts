/** Callers of a function, where they are all in sight: what rules ask before they speak of the values that a parameter can have, or of what becomes of a result. */
import type { ModuleIr } from '../ir/function.js';
import type { ValueId } from '../ir/instruction.js';
import type { CallSite, FunctionQuery, ProgramQuery } from './query.js';

export interface Callers {
  /** Every call of the function. */
  readonly calls: readonly CallSite[];
  /** What must hold for these to be all, in words; null when nothing else can reach the function. */
  readonly assumed: string | null;
}

/** Null when code out of sight may call the function, or when it is used as a value. */
export function callersOf(fn: FunctionQuery): Callers | null {
  const { function: ir, module } = fn;
  if (ir.kind === 'getter' || ir.kind === 'setter' || ir.generator || isEvaluating(module)) return null;
  const isHashPrivate = ir.kind === 'method' && ir.name.includes('#');
  const isPrivateMethod = isHashPrivate || (ir.kind === 'method' && isDeclaredPrivate(fn));
  if (!isPrivateMethod && (ir.className !== null || fn.exported || !isOnlyCalled(fn))) return null;
  const calls = callTable(fn).get(fn) ?? [];
  if (calls.length === 0) return null;
  if (!isPrivateMethod) return { calls, assumed: null };
  // Everybody in the module who reads a property of this name must be one of the calls.
  const name = ir.name.slice(ir.name.lastIndexOf('.') + 1).replace(/^#/, '');
  const reads = fn.program.functionsIn(module).flatMap((other) =>
    other.instructions().filter((one) => one.op === 'get' && one.key.kind !== 'computed' && one.key.name.replace(/^#/, '') === name).map((one) => ({ other, id: one.id })));
  const isCall = ({ other, id }: { readonly other: FunctionQuery; readonly id: ValueId }): boolean => calls.some((call) => call.in === other && call.instruction.callee === id);
  if (!reads.every(isCall)) return null;
  if (isHashPrivate) return { calls, assumed: null };
  return isReadByComputedName(fn) ? null : { calls, assumed: `nobody calls ${ir.name} past its \`private\`, which only TypeScript knows` };
}

/** Whether code of the module asks an object of the method's class for a property whose name is computed: `this[name]()`, `Reflect.get(this, name)`. */
function isReadByComputedName(fn: FunctionQuery): boolean {
  const key = `${fn.module.file}#${fn.function.className ?? ''}`;
  const isInstance = (other: FunctionQuery, value: ValueId): boolean => other.knowledge(value).classes.some((one) => one.name === key);
  return fn.program.functionsIn(fn.module).some((other) => other.instructions().some((one) => {
    if (one.op === 'get') return one.key.kind === 'computed' && isInstance(other, one.object);
    if (one.op !== 'call') return false;
    const callee = other.instruction(one.callee);
    const [target] = one.arguments;
    const owner = callee?.op === 'get' && callee.key.kind === 'name' && /^(?:get|getOwnPropertyDescriptors?)$/.test(callee.key.name) ? other.instruction(callee.object) : null;
    return owner?.op === 'global' && (owner.name === 'Reflect' || owner.name === 'Object') && target !== undefined && isInstance(other, target.value);
  }));
}

/** `eval` sees every name of the module that it stands in. */
function isEvaluating(module: ModuleIr): boolean {
  return module.functions.some((fn) => fn.blocks.some((block) => block.instructions.some((one) => one.op === 'opaque' && one.captures === 'all')));
}

/** `private name(`: TypeScript's word, which casts, computed names and plain JavaScript pass by. */
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
