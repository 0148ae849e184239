/**
 * Modules, literals and functions of one module that another module hands to a call: `spyOn(require('./codec'), 'encode')`. Whoever is given an object may
 * put another function under its names. What a module hands on of its own is `module-members.ts`; functions out of the program are assumed to leave exports alone.
 */
import type { ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId } from '../ir/instruction.js';
import type { Denotation, Denotations } from './denotation.js';
import { copiesExports, leavesAlone } from './module-members.js';

export interface HandedOn {
  /** `root` as `module-members.ts` names it. */
  has(module: ModuleIr, root: string): boolean;
}

export function findHandedOn(modules: readonly ModuleIr[], denotations: Denotations, instructionOf: (module: ModuleIr, fn: FunctionId, value: ValueId) => Instruction | null): HandedOn {
  const found = new Set<string>();
  for (const module of modules) for (const fn of module.functions) for (const block of fn.blocks) for (const one of block.instructions) {
    if ((one.op !== 'call' && one.op !== 'new') || one.arguments.length === 0) continue;
    const callee = pathOf(module, fn.id, one.callee);
    if (callee !== null && leavesAlone.test(callee)) continue;
    // The others are only read.
    const given = callee === 'Object.assign' ? one.arguments.slice(0, 1) : copiesExports.test(nameOf(module, fn.id, one.callee)) ? one.arguments.slice(1) : one.arguments;
    for (const argument of given) {
      const denoted = mayDenote(instructionOf(module, fn.id, argument.value)) ? denotations.of(module, fn.id, argument.value) : null;
      if (denoted === null || denoted.kind === 'global' || denoted.kind === 'import' || denoted.kind === 'class' || denoted.module === module) continue;
      found.add(rootOf(denoted));
    }
  }
  return { has: (module, root) => found.has(`${module.file} ${root}`) };

  function nameOf(module: ModuleIr, fn: FunctionId, value: ValueId): string {
    const instruction = instructionOf(module, fn, value);
    if (instruction?.op === 'load') return module.functions[instruction.variable.function]?.variables[instruction.variable.slot]?.name ?? '';
    if (instruction?.op === 'global') return instruction.name;
    return instruction?.op === 'get' && instruction.key.kind === 'name' ? instruction.key.name : '';
  }

  function pathOf(module: ModuleIr, fn: FunctionId, value: ValueId): string | null {
    const instruction = instructionOf(module, fn, value);
    if (instruction?.op === 'global') return instruction.name;
    if (instruction?.op !== 'get' || instruction.key.kind !== 'name') return null;
    const base = pathOf(module, fn, instruction.object);
    return base === null ? null : `${base}.${instruction.key.name}`;
  }
}

function mayDenote(value: Instruction | null): boolean {
  return value !== null && (value.op === 'import' || value.op === 'load' || value.op === 'get' || value.op === 'call' || value.op === 'global');
}

function rootOf(denoted: Extract<Denotation, { readonly kind: 'module' | 'object' | 'function' }>): string {
  switch (denoted.kind) {
    case 'module': return `${denoted.module.file} exports`;
    case 'object': return `${denoted.module.file} o${String(denoted.fn)}:${String(denoted.value)}`;
    case 'function': return `${denoted.module.file} f${String(denoted.function)}`;
  }
}
