/** Answers the query API from the linker's analyses. One `FunctionQuery` per function, made when first asked for. */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Instruction, ValueId } from '../ir/instruction.js';
import { callCost } from '../cost/call-cost.js';
import { createLengths, type Lengths } from '../cost/length.js';
import type { RuntimeProfile } from '../cost/profile.js';
import { instructionDominates } from '../flow/dominators.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import { loopOf } from '../flow/loops.js';
import { atEntry } from '../flow/reaching.js';
import { isExported } from '../link/exported.js';
import type { FunctionHeat } from '../link/hotness.js';
import type { Linker } from '../link/linker.js';
import type { Role } from '../model/row.js';
import { createCheckedLength } from './checked-length.js';
import { proveCopyIsView } from './copy-proof.js';
import type { Edit } from './finding.js';
import type { Granted } from './granted.js';
import { lineOf } from './position.js';
import type { CallSite, FunctionQuery, ProgramQuery } from './query.js';
import { isInEveryRound, loopInvariance } from './loop.js';
import { findRelevantFunctions } from './relevance.js';
import { isLibraryObject } from './library-object.js';
import { isSameReference, proveSameBytes, writerBetween } from './same-value.js';
import { secretBecause } from './secrecy.js';
import { fittingExpression } from './expression-edit.js';

export interface QueryInput {
  readonly linker: Linker;
  readonly profile: RuntimeProfile;
  readonly heat: (module: ModuleIr, fn: FunctionIr) => FunctionHeat;
  readonly textOf: (file: string) => string;
  readonly granted: Granted;
}

const maximumHops = 12;

export function createProgramQuery(input: QueryInput): ProgramQuery {
  const queries = new Map<FunctionIr, FunctionQuery>();
  const { linker } = input;
  let relevant: readonly FunctionQuery[] | null = null;
  const program: ProgramQuery = {
    modules: linker.program.modules,
    profile: input.profile,
    functions: () => linker.program.modules.flatMap((module) => functionsIn(module)),
    functionsIn,
    relevantFunctions: () => (relevant ??= relevantFunctions()),
    annotatedFunctions: () => linker.program.modules.flatMap((module) => module.functions.filter((fn) => fn.annotations.length > 0).map((fn) => functionOf(module, fn))),
    functionOf,
    replacementOf: (api) => linker.patched.replacementOf(api),
    replacementNamed: (name) => linker.patched.replacementNamed(name),
    sourceOf: (module) => input.textOf(module.file),
    calleesOf: (call) => call.candidates.flatMap((one) => {
      const owner = one.row === null ? linker.summarizedBy(one) : null;
      return owner === null ? [] : [functionOf(owner.module, owner.function)];
    }),
    functionsOf(fn, value) {
      const objects = fn.flow.values.of(value).map((one) => fn.flow.values.objects[one]!.source);
      const found = objects.map((source) => {
        switch (source.kind) {
          case 'closure': return linker.program.resolve({ kind: 'closure', function: source.function }, fn.module);
          case 'captured': return linker.program.resolve({ kind: 'captured', variable: source.variable, members: [] }, fn.module);
          case 'import': return linker.program.resolve({ kind: 'import', specifier: source.specifier, path: source.path }, fn.module);
          default: return null;
        }
      });
      if (found.length === 0) return null;
      const functions: FunctionQuery[] = [];
      for (const one of found) {
        if (one?.kind !== 'functions') return null;
        functions.push(...one.functions.map((callee) => functionOf(callee.module, callee.function)));
      }
      return functions;
    },
    constructionOf(call) {
      const [only, ...more] = call.candidates;
      if (only === undefined || more.length > 0 || !call.complete || only.row !== null || only.result.kind !== 'object') return null;
      const found = linker.program.class(only.result.class);
      if (found === null || found.base !== null) return null;
      const { construct, instanceInitializer } = found.definition;
      return [instanceInitializer, construct].filter((id) => id !== null).map((id) => functionOf(found.module, found.module.functions[id]!));
    },
    importedModule: (specifier, from) => linker.program.imported(specifier, from),
    calleeOf(call) {
      const [only, ...more] = call.candidates;
      if (only === undefined || more.length > 0 || !call.complete || only.row !== null) return null;
      // A function has one summary, which calls of it carry as their effects.
      const owner = linker.summarizedBy(only);
      return owner === null ? null : functionOf(owner.module, owner.function);
    },
  };
  return program;

  function relevantFunctions(): readonly FunctionQuery[] {
    const found = findRelevantFunctions(linker.program, linker.catalog, (module, fn) => input.heat(module, fn).level === 'hot');
    return linker.program.modules.flatMap((module) => module.functions.filter((fn) => found.has(fn)).map((fn) => functionOf(module, fn)));
  }

  function functionsIn(module: ModuleIr): readonly FunctionQuery[] {
    return module.functions.map((fn) => functionOf(module, fn));
  }

  function functionOf(module: ModuleIr, fn: FunctionIr): FunctionQuery {
    const known = queries.get(fn) ?? createFunctionQuery(program, module, fn, input);
    queries.set(fn, known);
    return known;
  }
}

function createFunctionQuery(program: ProgramQuery, module: ModuleIr, fn: FunctionIr, input: QueryInput): FunctionQuery {
  let analyzed: FunctionFlow | null = null;
  let lengthsOfValues: Lengths | null = null;
  let lengthsForCosts: Lengths | null = null;
  let callList: readonly CallSite[] | null = null;

  const query: FunctionQuery = {
    program, module, function: fn,
    get flow() { return flow(); },
    get hotness() { return input.heat(module, fn); },
    runsOnce: fn.kind === 'module' || fn.kind === 'static-initializer' || fn.kind === 'namespace',
    exported: isExported(module, fn),
    calls: () => (callList ??= collectCalls()),
    callOf(value) {
      const found = definition(value);
      return found?.op === 'call' || found?.op === 'new' ? query.calls().find((call) => call.value === found.id) ?? null : null;
    },
    definition,
    instruction: (value) => flow().cfg.instructions[value] ?? null,
    instructions: () => flow().cfg.order.flatMap((block) => fn.blocks[block]!.instructions),
    isOnlyUsedBy(value, user) {
      const { uses, leaves, capturedBy } = flow().track(value);
      return leaves.length === 0 && capturedBy.length === 0 && uses.length > 0 && uses.every((use) => use.instruction === user);
    },
    knowledge: (value) => flow().values.knowledge(value),
    isBytes(value) {
      const known = flow().values.knowledge(value);
      return known.complete && known.classes.length > 0 && known.primitives.every((one) => one === 'absent') && known.classes.every((one) => flow().context.catalog.class(one.name)?.kind === 'bytes');
    },
    constant: (value) => flow().constant(value),
    lengthOf: (value) => lengths().lengthOf(value),
    numberOf: (value) => lengths().numberOf(value),
    costLengthOf: (value) => costLengths().lengthOf(value),
    allocation: (call) => callCost(call, costLengths(), program.profile),
    get costLengths() { return costLengths(); },
    isSameValue: (left, right) => isSameReference(flow(), left, right) && writerBetween(flow(), left, left, right) === null,
    isInLoop: (value) => loopOf(flow().cfg, flow().loops(), value) !== null,
    proveSameBytes: (left, right, user) => proveSameBytes(flow(), left, right, user, (value) => query.line(value)),
    loopInvariance: (value, at) => loopInvariance(flow(), value, at),
    isInEveryRound: (value) => isInEveryRound(flow(), value),
    isBefore: (first, second) => instructionDominates(flow().cfg, flow().dominators(), first, second),
    isSecret: (value) => secretBecause(query, value) !== null,
    text,
    line: (value) => lineOf(module, startOf(value)),
    site: (value) => ({ module, function: fn, value }),
    renameMethod,
    replace(value, replacement) {
      const start = fn.spans[2 * value] ?? -1;
      const end = fn.spans[2 * value + 1] ?? -1;
      const fitting = start === -1 ? null : fittingExpression(input.textOf(module.file), start, end, replacement);
      return fitting === null ? null : { file: module.file, start, end, text: fitting };
    },
    proveView: (copy, source) => proveCopyIsView(flow(), copy.value, source, (value) => query.line(value), input.granted),
  };
  return query;

  /** Computed on first use: most functions of a program have nothing to do with bytes. */
  function flow(): FunctionFlow {
    return (analyzed ??= input.linker.flow(module, fn));
  }

  function lengths(): Lengths {
    return (lengthsOfValues ??= createLengths(flow(), text, () => null));
  }

  function costLengths(): Lengths {
    return (lengthsForCosts ??= createLengths(flow(), text, createCheckedLength(flow())));
  }

  function definition(value: ValueId): Instruction | null {
    let current = value;
    for (let hop = 0; hop < maximumHops; hop += 1) {
      const instruction = flow().cfg.instructions[current];
      if (instruction === null || instruction === undefined) return null;
      if (instruction.op === 'store' || instruction.op === 'require-object') { current = instruction.value; continue; }
      if (instruction.op !== 'load' || instruction.variable.function !== fn.id || flow().context.variables.facts(instruction.variable).writers.size > 0) return instruction;
      const [only, ...more] = flow().reaching.valuesOf(current);
      if (only === undefined || more.length > 0 || only === atEntry) return instruction;
      current = only;
    }
    return null;
  }

  function collectCalls(): readonly CallSite[] {
    const found: CallSite[] = [];
    for (const block of flow().cfg.order) {
      for (const instruction of fn.blocks[block]!.instructions) {
        if (instruction.op !== 'call' && instruction.op !== 'new') continue;
        const call = flow().values.calls.get(instruction.id);
        if (call === undefined) continue;
        const [only, ...more] = call.candidates;
        const names = new Set(call.candidates.map((one) => one.name));
        found.push({
          module, function: fn, value: instruction.id, in: query, instruction,
          candidates: call.candidates, complete: call.complete, declaredClass: call.declaredClass, operands: call.operands,
          api: call.complete && only !== undefined && (more.length === 0 || names.size === 1) ? only.name : null,
          hasRole: (role: Role) => call.complete && call.candidates.length > 0 && call.candidates.every((one) => one.row?.roles?.includes(role) === true),
          mayBe: (api) => call.candidates.some((one) => one.name === api),
        });
      }
    }
    return found.sort((left, right) => startOf(left.value) - startOf(right.value));
  }

  function text(value: ValueId): string | null {
    const start = fn.spans[2 * value] ?? -1;
    return start === -1 ? null : input.textOf(module.file).slice(start, fn.spans[2 * value + 1]);
  }

  function startOf(value: ValueId): number {
    const start = fn.spans[2 * value] ?? -1;
    return start === -1 ? fn.span.start : start;
  }

  function renameMethod(call: CallSite, name: string): Edit | null {
    const callee = flow().cfg.instructions[call.instruction.callee];
    // In `Uint8Array.prototype.slice.call(bytes)` the method that is called by name is `call`.
    if (callee?.op !== 'get' || callee.key.kind !== 'name' || callee.object !== call.operands.receiver) return null;
    // A file or a literal that passes on one function of a library need not have the other.
    if (call.candidates.some((one) => one.row === null || !one.name.includes('.prototype.')) && !isLibraryObject({ flow: flow() }, callee.object)) return null;
    const end = fn.spans[2 * callee.id + 1] ?? -1;
    const start = end - callee.key.name.length;
    const source = input.textOf(module.file);
    const isDotted = end !== -1 && source.slice(start, end) === callee.key.name && /[.?]\s*$/.test(source.slice(Math.max(0, start - 20), start));
    return isDotted ? { file: module.file, start, end, text: name } : null;
  }
}
