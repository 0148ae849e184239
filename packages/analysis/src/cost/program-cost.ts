/**
 * What functions cost with everything that they run: the costs of the program functions that a call may run, with the caller's lengths in place of their parameters,
 * and of the functions that the caller hands over. Costs are computed on demand, whole strongly connected parts of the call graph at a time:
 * a call inside of such a part (recursion) is an unknown part of the cost, whichever function was asked for first.
 */
import type { Size } from '../ir/effects.js';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { ValueId } from '../ir/instruction.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { Linker } from '../link/linker.js';
import type { ProgramFunction } from '../link/program.js';
import { lengthsOfCallee } from './callee-lengths.js';
import { type CallInstruction, findRuns, isCall, type Run, type Runs } from './call-runs.js';
import { type Cost, costOfAllocation, substituteCost, unknownCost } from './cost.js';
import { functionCost, instructionCost, noTally, tallies, type Tally } from './function-cost.js';
import type { Lengths } from './length.js';
import type { RuntimeProfile } from './profile.js';
import { addSizes, constantSize, isZero, substituteSize, unknownSize, zeroSize } from './size.js';

/** What one instruction of a function adds to its cost: for reports that lead to where something is allocated. */
export interface CostPart {
  readonly value: ValueId;
  /** Of one execution. */
  readonly cost: Cost;
  /** The functions of the program that it runs. */
  readonly callees: readonly ProgramFunction[];
  /** Whether it may run code of which nothing is known. */
  readonly runsUnknown: boolean;
}

export interface ProgramCosts {
  /** What one call of the function costs, in terms of its own parameters. */
  costOf(module: ModuleIr, fn: FunctionIr): Tally;
  /** The instructions that cost something or run unknown code, in order; each once, whatever the loops around it. */
  partsOf(module: ModuleIr, fn: FunctionIr): readonly CostPart[];
  /** What a function costs that takes the place of one of the module, such as an edited one. */
  costOfFlow(module: ModuleIr, flow: FunctionFlow, lengths: Lengths): Tally;
}

export interface ProgramCostInput {
  readonly linker: Linker;
  readonly profile: RuntimeProfile;
  readonly lengthsOf: (module: ModuleIr, fn: FunctionIr) => Lengths;
  /** What findings at an instruction could save; null where there are none. */
  readonly savingAt: (module: ModuleIr, fn: FunctionIr, value: ValueId) => Cost | null;
  /** Which paths through a function are added up: `worst` says what a call costs, `all` shows every change. */
  readonly paths: 'worst' | 'all';
  /** What code out of sight, or a function that calls itself, adds at an instruction. Default: an unknown part. */
  readonly unknownAt?: (flow: FunctionFlow, instruction: CallInstruction) => Cost;
  /** Rounds of loops that nothing bounds. Default: unknown. */
  readonly roundsOf?: (flow: FunctionFlow, header: number) => Size;
}

/** A function with what is needed to cost it. */
interface Analyzed {
  readonly module: ModuleIr;
  readonly flow: FunctionFlow;
  readonly lengths: Lengths;
  readonly runs: ReadonlyMap<ValueId, Runs>;
}

export function createProgramCosts(input: ProgramCostInput): ProgramCosts {
  const { linker, profile } = input;
  const tallied = new Map<FunctionIr, Tally>();
  const components = new Map<FunctionIr, number>();
  const analyzed = new Map<FunctionIr, Analyzed>();
  return {
    costOf,
    costOfFlow(module, flow, lengths) {
      const one = analyze(module, flow, lengths);
      for (const callee of calleesOf(one)) costOf(callee.module, callee.function);
      return tallyOf(one, () => null);
    },
    partsOf(module, fn) {
      costOf(module, fn);
      const one = analyzedOf({ module, function: fn });
      return one.flow.cfg.order.flatMap((block) => fn.blocks[block]!.instructions).flatMap((instruction): readonly CostPart[] => {
        const runs = one.runs.get(instruction.id);
        const { cost } = instructionCost(instruction, costInput(one, () => null));
        if (runs?.isUnknown !== true && Object.values(cost).every((amount: Size) => isZero(amount))) return [];
        const callees = new Map((runs?.alternatives.flat() ?? []).map((run) => [run.function.function, run.function]));
        return [{ value: instruction.id, cost, callees: [...callees.values()], runsUnknown: runs?.isUnknown === true }];
      });
    },
  };

  function costOf(module: ModuleIr, fn: FunctionIr): Tally {
    if (!tallied.has(fn)) settle({ module, function: fn });
    return tallied.get(fn)!;
  }

  function analyzedOf({ module, function: fn }: ProgramFunction): Analyzed {
    const known = analyzed.get(fn) ?? analyze(module, linker.flow(module, fn), input.lengthsOf(module, fn));
    analyzed.set(fn, known);
    return known;
  }

  function analyze(module: ModuleIr, flow: FunctionFlow, lengths: Lengths): Analyzed {
    const runs = new Map<ValueId, Runs>();
    for (const instruction of flow.cfg.instructions) if (instruction !== null && isCall(instruction)) runs.set(instruction.id, findRuns(linker, module, flow, lengths, instruction));
    return { module, flow, lengths, runs };
  }

  function calleesOf(one: Analyzed): readonly ProgramFunction[] {
    const found = new Map<FunctionIr, ProgramFunction>();
    for (const runs of one.runs.values()) for (const run of [...runs.alternatives.flat(), ...runs.handedOver]) found.set(run.function.function, run.function);
    return [...found.values()];
  }

  /** Tarjan's algorithm with a stack of its own, since chains of calls are longer than ours. */
  function settle(root: ProgramFunction): void {
    const order = new Map<FunctionIr, number>();
    const lowest = new Map<FunctionIr, number>();
    const open: ProgramFunction[] = [];
    const isOpen = new Set<FunctionIr>();
    const work: { readonly at: ProgramFunction; readonly callees: readonly ProgramFunction[]; next: number }[] = [];
    enter(root);
    for (let top = work.at(-1); top !== undefined; top = work.at(-1)) {
      const { function: fn } = top.at;
      const callee = top.callees[top.next];
      top.next += 1;
      if (callee === undefined) {
        work.pop();
        const caller = work.at(-1)?.at.function;
        if (caller !== undefined) lowest.set(caller, Math.min(lowest.get(caller)!, lowest.get(fn)!));
        if (lowest.get(fn) === order.get(fn)) close(fn);
      } else if (tallied.has(callee.function)) continue;
      else if (!order.has(callee.function)) enter(callee);
      else if (isOpen.has(callee.function)) lowest.set(fn, Math.min(lowest.get(fn)!, order.get(callee.function)!));
    }

    function enter(at: ProgramFunction): void {
      order.set(at.function, order.size);
      lowest.set(at.function, order.size - 1);
      open.push(at);
      isOpen.add(at.function);
      work.push({ at, callees: calleesOf(analyzedOf(at)), next: 0 });
    }

    function close(fn: FunctionIr): void {
      const members = open.splice(open.findIndex((one) => one.function === fn));
      const component = components.size;
      for (const member of members) {
        isOpen.delete(member.function);
        components.set(member.function, component);
      }
      const costs = members.map((member) => tallyOf(analyzedOf(member), (value) => input.savingAt(member.module, member.function, value)));
      members.forEach((member, index) => tallied.set(member.function, costs[index]!));
    }
  }

  function tallyOf(one: Analyzed, savingAt: (value: ValueId) => Cost | null): Tally {
    const tally = functionCost(costInput(one, savingAt));
    if (!one.flow.function.async) return tally;
    const { objects, heapBytes } = profile.layout.promise;
    return tallies.add(tally, { ...noTally, cost: costOfAllocation({ objects, heapBytes: constantSize(heapBytes), externalBytes: zeroSize }) });
  }

  function costInput(one: Analyzed, savingAt: (value: ValueId) => Cost | null): Parameters<typeof functionCost>[0] {
    const { roundsOf } = input;
    return { flow: one.flow, lengths: one.lengths, profile, paths: input.paths, savingAt, costOfCall: (call) => costOfCall(one, call), ...(roundsOf === undefined ? {} : { roundsOf: (header: number) => roundsOf(one.flow, header) }) };
  }

  function costOfCall(caller: Analyzed, call: CallInstruction): Tally {
    const runs = caller.runs.get(call.id);
    if (runs === undefined) return noTally;
    let most = noTally;
    for (const alternative of runs.alternatives) {
      let sum = noTally;
      for (const run of alternative) sum = tallies.add(sum, costOfRun(caller, call, run));
      most = tallies.max(most, sum);
    }
    for (const [index, count] of runs.parameters) most = tallies.add(most, { ...noTally, callbacks: new Map([[index, count]]) });
    if (runs.object !== null) most = tallies.add(most, { ...noTally, cost: costOfAllocation(runs.object) });
    return runs.isUnknown ? tallies.add(most, unknownTally(caller, call)) : most;
  }

  function costOfRun(caller: Analyzed, call: CallInstruction, run: Run): Tally {
    const callee = run.function.function;
    const known = tallied.get(callee);
    // Within a recursion no cost is known yet, and how deep it goes is not known at all.
    if (known === undefined || callee === caller.flow.function || (components.get(callee) ?? -1) === (components.get(caller.flow.function) ?? -2)) return unknownTally(caller, call);
    const valueOf = lengthsOfCallee(run.function, run.operands, { module: caller.module, function: caller.flow.function, lengths: caller.lengths });
    const cost = substituteCost(known.cost, valueOf);
    // What a constructor stores in the new object, the object holds, which is the result.
    let sum: Tally = { cost: call.op === 'new' ? { ...cost, retainedBytes: zeroSize } : cost, avoidable: substituteCost(known.avoidable, valueOf), callbacks: noTally.callbacks };
    for (const [index, times] of known.callbacks) {
      const given = run.operands === null || (run.operands.uncertainFrom ?? Infinity) <= index ? undefined : run.operands.arguments[index];
      const count = atLeastOnce(substituteSize(times, valueOf));
      const handed = given === undefined ? null : caller.runs.get(call.id)!.functionAt(given);
      if (given === undefined && run.operands !== null && run.operands.uncertainFrom === null) continue;
      if (handed === null) sum = tallies.add(sum, unknownTally(caller, call));
      else if (handed.kind === 'parameter') sum = tallies.add(sum, { ...noTally, callbacks: new Map([[handed.index, count]]) });
      else sum = tallies.add(sum, tallies.repeat(costOfRun(caller, call, { function: handed.function, operands: null, count: constantSize(1) }), count));
    }
    return tallies.repeat(sum, run.count);
  }

  function unknownTally(caller: Analyzed, call: CallInstruction): Tally {
    return { ...noTally, cost: input.unknownAt?.(caller.flow, call) ?? unknownCost };
  }
}

function atLeastOnce(count: Size): Size {
  return count.unknown && count.constant === 0 && Object.keys(count.terms).length === 0 ? addSizes(constantSize(1), unknownSize) : count;
}
