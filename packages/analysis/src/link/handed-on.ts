/**
 * Modules, literals and functions of one module that another module hands to a call, `spyOn(require('./codec'), 'encode')`, or writes under a name that is not in sight,
 * `codec[name] = trace(codec[name])`. Whoever is given an object may put another function under its names. What a module hands on of its own is `module-members.ts`; functions out of the program are assumed to leave exports alone.
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
    for (const value of reachedBy(module, fn.id, one)) {
      const denoted = mayDenote(instructionOf(module, fn.id, value)) ? denotations.of(module, fn.id, value) : null;
      if (denoted === null || denoted.kind === 'global' || denoted.kind === 'import' || denoted.kind === 'class') continue;
      // What a module hands on of its own is told where it is made, under whatever name; what it reads back from its exports is not.
      if (denoted.module === module && one.op !== 'set') continue;
      found.add(rootOf(denoted));
    }
  }
  return { has: (module, root) => found.has(`${module.file} ${root}`) };

  /** Values under whose names the instruction, or who gets them by it, may put anything. */
  function reachedBy(module: ModuleIr, fn: FunctionId, one: Instruction): readonly ValueId[] {
    switch (one.op) {
      case 'set': return one.key.kind === 'computed' ? [one.object] : [];
      // Which element is read later is not followed.
      case 'array': return one.elements.flatMap((element) => (element === null ? [] : [element.value]));
      case 'call': case 'new': {
        if (one.arguments.length === 0) return [];
        const callee = pathOf(module, fn, one.callee);
        const given = one.arguments.map((argument) => argument.value);
        if (callee !== null && leavesAlone.test(callee)) return [];
        // The others are only read.
        if (callee === 'Object.assign') return given.slice(0, 1);
        return copiesExports.test(nameOf(module, fn, one.callee)) ? given.slice(1) : given;
      }
      default: return [];
    }
  }

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
