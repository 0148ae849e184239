/**
 * Which functions of the program one call runs, how often and with what: the callees that resolution found, the functions that a library call runs because they were handed to it,
 * and the parameters that it calls. What these cost is `program-cost.ts`.
 */
import type { Size } from '../ir/effects.js';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Instruction, ValueId } from '../ir/instruction.js';
import { type CalleeEffects, type CallOperands, valuesAt } from '../flow/call-effects.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { Linker } from '../link/linker.js';
import type { ProgramFunction } from '../link/program.js';
import type { AllocationCost } from './allocation.js';
import { callbackRounds } from './callback-rounds.js';
import type { Lengths } from './length.js';
import { constantSize, unknownSize, zeroSize } from './size.js';

export type CallInstruction = Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>;

export interface Run {
  readonly function: ProgramFunction;
  readonly count: Size;
  /** What the function is called with; null for callbacks, whose parameters the caller does not see. */
  readonly operands: CallOperands | null;
}

/** A function value that the caller hands over. */
export type HandedFunction = { readonly kind: 'function'; readonly function: ProgramFunction } | { readonly kind: 'parameter'; readonly index: number };

export interface Runs {
  /** Of these lists one is run, whole. */
  readonly alternatives: readonly (readonly Run[])[];
  /** Parameters of the caller that are called here, and how often. */
  readonly parameters: readonly (readonly [index: number, count: Size])[];
  /** Functions of the program among the arguments, which a callee may call. */
  readonly handedOver: readonly Run[];
  /** The object that a construction of a class of the program makes. */
  readonly object: AllocationCost | null;
  /** Whether code may run of which nothing is known. */
  readonly isUnknown: boolean;
  /** What a value given as an argument is, when it is one function. */
  functionAt(value: ValueId): HandedFunction | null;
}

/** Functions of the language that make no object and are in no row: numbers in, numbers out. */
const quietGlobals = /^(?:Math\.\w+|Number\.is\w+|Number|Boolean|isNaN|isFinite|parseInt|parseFloat|Array\.isArray|Object\.is|Date\.now|performance\.now)$/;

export function isCall(instruction: Instruction): instruction is CallInstruction {
  return instruction.op === 'call' || instruction.op === 'new' || instruction.op === 'super-call';
}

export function findRuns(linker: Linker, module: ModuleIr, flow: FunctionFlow, lengths: Lengths, instruction: CallInstruction): Runs {
  const call = flow.values.calls.get(instruction.id);
  const functionAt = (value: ValueId): HandedFunction | null => handedFunction(linker, module, flow, value);
  const nothing: Runs = { alternatives: [], parameters: [], handedOver: [], object: null, isUnknown: true, functionAt };
  if (call === undefined) return nothing;
  const called = instruction.op === 'call' ? functionAt(instruction.callee) : null;
  if (call.candidates.length === 0 && called?.kind === 'parameter') return { ...nothing, parameters: [[called.index, constantSize(1)]], isUnknown: false };
  // Which function it is does not depend on whether its summary is known already, as that of a recursion may not be.
  if (called?.kind === 'function') return { ...nothing, alternatives: [[{ function: called.function, count: constantSize(1), operands: call.operands }]], handedOver: handedOverBy(call.operands), isUnknown: false };
  const alternatives: (readonly Run[])[] = [];
  const parameters: (readonly [number, Size])[] = [];
  let object: AllocationCost | null = null;
  let isUnknown = !call.complete && !(call.candidates.length === 0 && isQuiet(flow, instruction));
  for (const candidate of call.candidates) {
    if (candidate.row === null) {
      const targets = targetsOf(linker, module, flow.function, candidate);
      if (targets === null) isUnknown = true;
      else alternatives.push(targets.map((target) => ({ function: target, count: constantSize(1), operands: candidate.name.startsWith('new ') ? { ...call.operands, receiver: null } : call.operands })));
      if (instruction.op === 'new') object = objectOf(targets ?? []);
      continue;
    }
    const runs: Run[] = [];
    for (const value of candidate.calls.flatMap((path) => valuesAt(call.operands, path).values)) {
      const handed = functionAt(value);
      // What is handed over without being a function has code of its own to run only when it is an object.
      const count = callbackRounds(candidate.row.api, call.operands, lengths);
      if (handed === null) isUnknown ||= flow.values.of(value).length > 0 || !flow.values.knowledge(value).complete;
      else if (handed.kind === 'parameter') parameters.push([handed.index, count]);
      else runs.push({ function: handed.function, count, operands: null });
    }
    if (runs.length > 0) alternatives.push(runs);
  }
  return { alternatives, parameters, handedOver: handedOverBy(call.operands), object, isUnknown, functionAt };

  function handedOverBy(operands: CallOperands): readonly Run[] {
    return operands.arguments.flatMap((value): readonly Run[] => {
      const handed = functionAt(value);
      return handed?.kind === 'function' ? [{ function: handed.function, count: unknownSize, operands: null }] : [];
    });
  }
}

function handedFunction(linker: Linker, module: ModuleIr, flow: FunctionFlow, value: ValueId): HandedFunction | null {
  const [only, ...more] = flow.values.of(value);
  if (only === undefined || more.length > 0) return null;
  const { source } = flow.values.objects[only]!;
  switch (source.kind) {
    case 'closure': return { kind: 'function', function: { module, function: module.functions[source.function]! } };
    case 'parameter': return { kind: 'parameter', index: source.index };
    case 'captured': case 'import': {
      const found = linker.program.resolve(source.kind === 'captured' ? { kind: 'captured', variable: source.variable, members: [] } : { kind: 'import', specifier: source.specifier, path: source.path }, module);
      const [target, ...others] = found?.kind === 'functions' ? found.functions : [];
      return target === undefined || others.length > 0 ? null : { kind: 'function', function: target };
    }
    default: return null;
  }
}

/** The functions that a callee of the program consists of; null when they are not in sight. */
function targetsOf(linker: Linker, module: ModuleIr, caller: FunctionIr, candidate: CalleeEffects): readonly ProgramFunction[] | null {
  const owner = linker.summarizedBy(candidate);
  if (owner !== null) return [owner];
  const callees = linker.calleesOf(module, caller);
  if (candidate.name.startsWith('new ') && candidate.result.kind === 'object') {
    const key = candidate.result.class;
    return callees.filter((one) => (one.function.kind === 'constructor' || one.function.kind === 'instance-initializer') && `${one.module.file}#${one.function.className ?? ''}` === key);
  }
  const named = callees.filter((one) => one.function.name === candidate.name);
  return named.length === 1 ? named : null;
}

/** V8 gives an object of a class room for the fields that its constructor sets: a header of 24 bytes and 8 for each. */
function objectOf(parts: readonly ProgramFunction[]): AllocationCost {
  const fields = new Set<string>();
  for (const { function: fn } of parts) {
    const own = new Set<ValueId>();
    for (const one of fn.blocks.flatMap((block) => block.instructions)) {
      if (one.op === 'this') own.add(one.id);
      else if ((one.op === 'set' || (one.op === 'define' && one.kind === 'value')) && own.has(one.object) && one.key.kind !== 'computed') fields.add(`${one.key.kind}:${one.key.name}`);
    }
  }
  return { objects: 1, heapBytes: constantSize(24 + 8 * fields.size), externalBytes: zeroSize };
}

function isQuiet(flow: FunctionFlow, instruction: CallInstruction): boolean {
  if (instruction.op !== 'call') return false;
  const callees = flow.values.of(instruction.callee).map((one) => flow.values.objects[one]!.source).filter((source) => source.kind !== 'method');
  return callees.length > 0 && callees.every((source) => source.kind === 'global' && quietGlobals.test(source.path));
}
