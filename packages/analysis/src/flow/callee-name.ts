/** Readable names of what is called, for witnesses: from the shape of the code, as nobody resolves anything by them. */
import type { Instruction, ValueId } from '../ir/instruction.js';
import type { Cfg } from './cfg.js';

/** A readable name of what is called: `parse`, `this.flush`, `options.onData`. */
export function calleeName(instruction: Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>, cfg: Cfg): string {
  return instruction.op === 'super-call' ? 'super' : valueName(instruction.callee, cfg, 0);
}

function valueName(value: ValueId, cfg: Cfg, depth: number): string {
  const found = cfg.instructions[value];
  if (found === null || found === undefined || depth > 4) return 'a computed callee';
  switch (found.op) {
    case 'get': return found.key.kind === 'computed' ? 'a computed callee' : `${valueName(found.object, cfg, depth + 1)}.${found.key.name}`;
    case 'load': return found.variable.function === cfg.function.id ? cfg.function.variables[found.variable.slot]?.name ?? 'a variable' : 'a captured function';
    case 'this': return 'this';
    case 'global': return found.name;
    case 'import': return found.name === '*' ? found.specifier : found.name;
    case 'call': return `${valueName(found.callee, cfg, depth + 1)}()`;
    case 'new': return `new ${valueName(found.callee, cfg, depth + 1)}()`;
    default: return 'a computed callee';
  }
}
