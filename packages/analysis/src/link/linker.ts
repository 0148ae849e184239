/**
 * The linker: gives each function that is analyzed the summaries of what it calls, by what names and classes resolve to.
 * In which order functions are analyzed, and what recursion does, is `fixpoint.ts`.
 */
import type { Catalog } from '../model/known.js';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { FunctionId, Instruction, ValueId, VariableRef } from '../ir/instruction.js';
import type { CalleeEffects } from '../flow/call-effects.js';
import type { CallTarget, FlowContext } from '../flow/context.js';
import { analyzeFunction, type FunctionFlow } from '../flow/function-flow.js';
import { constantClass } from '../flow/points-to.js';
import { type ClassKnowledge, declaredKnowledge, nothingKnown } from '../flow/value-class.js';
import { findChangingAccessors } from './accessors.js';
import { type Denotation, fileSpecifier } from './denotation.js';
import { createFixpoint } from './fixpoint.js';
import { findPatchedIntrinsics, type PatchedIntrinsics } from './patched-intrinsics.js';
import type { Program, ProgramClass, ProgramFunction } from './program.js';
import { constructionOf, nothingDone, summarize } from './summary.js';

export interface Linker {
  readonly program: Program;
  /** The model as it is said; `patched` has it without what the program replaces. */
  readonly catalog: Catalog;
  readonly patched: PatchedIntrinsics;
  flow(module: ModuleIr, fn: FunctionIr): FunctionFlow;
  /** Null for a function that is too large to be known whole. */
  summary(module: ModuleIr, fn: FunctionIr): CalleeEffects | null;
  /** The function whose summary this is; null for rows of the model and for what a construction does. */
  summarizedBy(effects: CalleeEffects): ProgramFunction | null;
  /** The functions of the program that the function calls, each once. */
  calleesOf(module: ModuleIr, fn: FunctionIr): readonly ProgramFunction[];
}

/** Larger functions are not analyzed once more for each function that they are given. */
const maximumSpecialized = 300;
const nothingGiven: ReadonlyMap<number, CallTarget> = new Map();

export function createLinker(program: Program, standard: Catalog): Linker {
  const patched = findPatchedIntrinsics(program, standard);
  const { catalog } = patched;
  const owners = new Map<CalleeEffects, ProgramFunction>();
  /** Functions that are analyzed for the functions that a call gives them: a copy of their own for each, by what is given. */
  const specialized = new Map<FunctionIr, Map<string, FunctionIr>>();
  const originals = new Map<FunctionIr, FunctionIr>();
  const givenTo = new Map<FunctionIr, ReadonlyMap<number, CallTarget>>();
  const callees = new Map<FunctionIr, Map<FunctionIr, ProgramFunction>>();
  const contexts = new Map<ModuleIr, (caller: FunctionIr) => FlowContext>();
  const fixpoint = createFixpoint({
    analyze({ module, function: fn }) {
      callees.delete(fn);
      return analyzeFunction(fn, { ...contextOf(module, fn), given: givenTo.get(fn) ?? nothingGiven });
    },
    // What is not known whole is no basis for callers.
    summarize: (fn, flow) => (flow.values.isSettled() && flow.values.namesPaths() ? owned(fn, summarize(flow)) : null),
    nothingDone: (fn) => owned(fn, nothingDone(fn.function)),
    plainCallees,
  });
  const accessors = findChangingAccessors(program, (accessor) => summary(accessor.module, accessor.function));

  return {
    program, catalog: standard, patched, flow, summary,
    summarizedBy: (effects) => owners.get(effects) ?? null,
    calleesOf(module, fn) {
      flow(module, fn);
      return [...(callees.get(fn)?.values() ?? [])];
    },
  };

  function flow(module: ModuleIr, fn: FunctionIr): FunctionFlow {
    return fixpoint.flow({ module, function: fn });
  }

  function summary(module: ModuleIr, fn: FunctionIr): CalleeEffects | null {
    return fixpoint.summary({ module, function: fn });
  }

  function owned(fn: ProgramFunction, made: CalleeEffects): CalleeEffects {
    const original = originals.get(fn.function);
    owners.set(made, original === undefined ? fn : { module: fn.module, function: original });
    return made;
  }

  /** Functions that the body calls by a name that leads straight to one. */
  function plainCallees({ module, function: fn }: ProgramFunction): readonly ProgramFunction[] {
    const found: ProgramFunction[] = [];
    for (const block of fn.blocks) for (const one of block.instructions) {
      const callee = one.op === 'call' ? program.denotations.of(module, fn.id, one.callee) : null;
      if (callee?.kind === 'function') found.push({ module: callee.module, function: callee.module.functions[callee.function]! });
    }
    return found;
  }

  function contextOf(module: ModuleIr, caller: FunctionIr): FlowContext {
    let make = contexts.get(module);
    if (make === undefined) {
      const variables = program.variables(module);
      make = (from) => ({
        module,
        catalog,
        variables,
        named(target) {
          const found = target.kind === 'import' ? program.denotations.ofImport(target.specifier, target.path, module) : membersOf(program.denotations.ofVariable(module, target.variable), target.members);
          if (found?.kind === 'module') return { kind: 'import', specifier: fileSpecifier + found.module.file, path: '*' };
          return found?.kind === 'global' || found?.kind === 'import' ? found : null;
        },
        given: nothingGiven,
        callGiven: (callee, given) => callGiven(callee, given, module),
        ownSpecifier: fileSpecifier + module.file,
        sharesExports: (path) => module.format === 'commonjs' && (path === 'module.exports' || program.denotations.membersIn(module).keepsExports),
        callProgram: (target, use) => callProgram(target, use, module, from),
        capturedKnowledge: (variable) => capturedKnowledge(module, variable),
        changesThroughAccessor: accessors.changes,
        hasAccessor: accessors.has,
        constructedClass(target) {
          const found = program.resolve(target, module);
          if (found?.kind === 'functions') {
            const made = found.functions.length === 1 ? program.constructedBy(found.functions[0]!.function) : null;
            return made !== null && program.constructsItself(made.key) ? made.key : null;
          }
          return found?.kind === 'class' && program.constructsItself(found.class.key) ? found.class.key : null;
        },
        constructsItself: (key) => program.constructsItself(key),
        receiverIn: (fn) => program.receiverIn(originals.get(fn) ?? fn),
      });
      contexts.set(module, make);
    }
    return make(caller);
  }

  function callProgram(target: CallTarget, use: 'call' | 'new', module: ModuleIr, from: FunctionIr): readonly CalleeEffects[] | null {
    const found = program.resolve(target, module);
    if (found === null) return null;
    const [constructor] = use === 'new' && found.kind === 'functions' && found.functions.length === 1 ? found.functions : [];
    const prototypeClass = constructor === undefined ? null : program.constructedBy(constructor.function);
    if (prototypeClass !== null && program.constructsItself(prototypeClass.key)) return construction(prototypeClass, from);
    if (found.kind === 'functions') {
      const effects: CalleeEffects[] = [];
      for (const callee of found.functions) {
        addCallee(from, callee);
        const one = summary(callee.module, callee.function);
        if (one === null) return null;
        // The receiver of a construction is the new object, which has no name in the caller's vocabulary.
        effects.push(use === 'new' ? { ...one, result: { kind: 'unknown' }, retainedBy: null } : one);
      }
      return effects;
    }
    if (use === 'call') return null;
    // A base class runs its own constructor and initializers on the object, through `super()`.
    return found.class.base !== null || !program.constructsItself(found.class.key) ? null : construction(found.class, from);
  }

  function construction({ key, definition, module: owner }: ProgramClass, from: FunctionIr): readonly CalleeEffects[] | null {
    const parts: CalleeEffects[] = [];
    for (const id of [definition.instanceInitializer, definition.construct]) {
      if (id === null) continue;
      const callee = { module: owner, function: owner.functions[id]! };
      addCallee(from, callee);
      const one = summary(owner, callee.function);
      if (one === null) return null;
      parts.push(one);
    }
    return [constructionOf(key, parts)];
  }

  function callGiven(callee: CalleeEffects, given: ReadonlyMap<number, CallTarget>, from: ModuleIr): CalleeEffects | null {
    const owner = owners.get(callee);
    if (owner === undefined || owner.function.valueCount > maximumSpecialized) return null;
    const targets = new Map<number, CallTarget>();
    for (const [index, target] of given) {
      const found = program.resolve(target, from);
      const [only, ...more] = found?.kind === 'functions' ? found.functions : [];
      if (only === undefined || more.length > 0) return null;
      targets.set(index, { kind: 'function', file: only.module.file, function: only.function.id });
    }
    const copies = specialized.get(owner.function) ?? new Map<string, FunctionIr>();
    specialized.set(owner.function, copies);
    const key = JSON.stringify([...targets]);
    const copy = copies.get(key) ?? { ...owner.function };
    copies.set(key, copy);
    givenTo.set(copy, targets);
    originals.set(copy, owner.function);
    return summary(owner.module, copy);
  }

  function addCallee(caller: FunctionIr, callee: ProgramFunction): void {
    const known = callees.get(caller) ?? new Map<FunctionIr, ProgramFunction>();
    callees.set(caller, known.set(callee.function, callee));
  }

  /** The class of a captured cell, from its only stored value: `const encoder = new TextEncoder()` at module level. */
  function capturedKnowledge(module: ModuleIr, variable: VariableRef): ClassKnowledge {
    const only = program.variables(module).onlyValue(variable);
    if (only === null) return nothingKnown;
    const fact = only.function.types.get(only.value);
    const produced = producedClass(module, only.function.id, only.value);
    if (produced !== null) return { classes: [{ name: produced, exact: true }], primitives: [], complete: true };
    const value = program.instruction(module, only.function.id, only.value);
    if (value?.op === 'parameter') {
      const declared = only.function.parameterTypes[value.index];
      return declared === null || declared === undefined ? nothingKnown : declaredKnowledge(declared, catalog);
    }
    // A const holds its literal for every reader: reading it earlier throws.
    if (value?.op === 'constant' && program.variables(module).facts(variable).stores[0]?.initialize === true) return { classes: [], primitives: [constantClass[value.value.kind]], complete: true };
    return fact === undefined ? nothingKnown : declaredKnowledge(fact, catalog);
  }

  /** The class that a `new` of a global or imported library class makes, or a call of a library function returns whatever its arguments are. */
  function producedClass(module: ModuleIr, fn: FunctionId, value: ValueId): string | null {
    const instruction = program.instruction(module, fn, value);
    if (instruction?.op !== 'new' && instruction?.op !== 'call') return null;
    const api = apiOf(module, fn, instruction);
    if (api === null) return null;
    const names = new Set(catalog.rows(api).map((row) => ('class' in row.result ? row.result.class : null)));
    const [only] = names;
    return names.size === 1 ? only ?? null : null;
  }

  function apiOf(module: ModuleIr, fn: FunctionId, instruction: Extract<Instruction, { op: 'new' | 'call' }>): string | null {
    const found = program.denotations.of(module, fn, instruction.callee);
    if (found?.kind !== 'global' && found?.kind !== 'import') return null;
    const name = instruction.op === 'new' ? `new ${found.path}` : found.path;
    return found.kind === 'global' ? catalog.global(name) : catalog.imported(found.specifier, name);
  }

  function membersOf(denoted: Denotation | null, members: readonly string[]): Denotation | null {
    let found = denoted;
    for (const member of members) found = found === null ? null : program.denotations.member(found, member);
    return found;
  }
}
