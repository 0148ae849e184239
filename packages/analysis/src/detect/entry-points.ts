/**
 * Entry points: hot and exported functions with what one call costs and how much of that findings could remove,
 * and hot functions that allocate although no benchmark is named for them.
 */
import type { Size } from '../ir/effects.js';
import type { FunctionIr } from '../ir/function.js';
import type { Instruction } from '../ir/instruction.js';
import { addCosts, type AllocationCost, capCost, noAllocation } from '../cost/allocation.js';
import { coldBlocks, functionCost } from '../cost/function-cost.js';
import { addSizes, constantSize, exactBytes, printSize, unknownSize, zeroSize } from '../cost/size.js';
import type { Linker } from '../link/linker.js';
import type { AnalysisResult, EntryPoint, Finding, FindingCost } from './finding.js';
import { lineOf } from './position.js';
import type { FunctionQuery, ProgramQuery } from './query.js';

/** Callees of callees are followed this far; what lies deeper makes the cost a lower bound. */
const maximumDepth = 6;

/** What one call of a function costs, and the part of it that findings could remove: never more than the cost. */
interface CallCost {
  readonly cost: AllocationCost;
  readonly avoidable: AllocationCost;
}

export function measureEntryPoints(query: ProgramQuery, linker: Linker, findings: readonly Finding[]): Pick<AnalysisResult, 'entryPoints' | 'missingBenchmarks'> {
  const savings = savingsBySite(findings);
  const costs = new Map<FunctionIr, CallCost>();
  const entryPoints: EntryPoint[] = [];
  const missingBenchmarks: { function: string; file: string; line: number }[] = [];
  // All hot functions are relevant.
  for (const fn of query.relevantFunctions()) {
    const isHotRoot = fn.function.annotations.some((one) => one.tag === 'hot');
    if (!isHotRoot && !(fn.exported && !fn.runsOnce && fn.hotness.level === 'hot')) continue;
    const { cost, avoidable } = costOf(fn, 0, new Set());
    if (cost.objects === 0) continue;
    const line = lineOf(fn.module, fn.function.nameSpan.start);
    entryPoints.push({ name: fn.function.name, file: fn.module.file, line, cost: asFindingCost(cost), avoidable: asFindingCost(avoidable) });
    const evidence = fn.function.annotations.some((one) => one.tag === 'hot' && one.text.includes('evidence'));
    if (isHotRoot && !evidence) missingBenchmarks.push({ function: fn.function.name, file: fn.module.file, line });
  }
  return { entryPoints, missingBenchmarks };

  function costOf(fn: FunctionQuery, depth: number, path: ReadonlySet<FunctionIr>): CallCost {
    const known = costs.get(fn.function);
    if (known !== undefined) return known;
    if (path.has(fn.function) || depth > maximumDepth) return { cost: { objects: 0, heapBytes: unknownSize, externalBytes: zeroSize }, avoidable: noAllocation };
    const inner = new Set([...path, fn.function]);
    const avoidableInCallees: AllocationCost[] = [];
    const cost = functionCost(fn.flow, fn.costLengths, query.profile, (instruction) => {
      const callee = calleeCost(fn, instruction, depth, inner);
      if (callee !== null) avoidableInCallees.push(callee.avoidable);
      return callee?.cost ?? null;
    });
    // Several findings may speak of one allocation from different places, so what they save together is at most what is there.
    const made = { cost, avoidable: capCost(addCosts(ownSavings(fn), ...avoidableInCallees), cost) };
    costs.set(fn.function, made);
    return made;
  }

  /** The callee's constants hold for the caller; its symbols speak of its own parameters, so they become an unknown part. */
  function calleeCost(fn: FunctionQuery, instruction: Instruction, depth: number, path: ReadonlySet<FunctionIr>): CallCost | null {
    const call = fn.flow.values.calls.get(instruction.id);
    const names = new Set((call?.candidates ?? []).filter((one) => one.row === null).map((one) => one.name));
    if (names.size === 0) return null;
    const targets = linker.calleesOf(fn.module, fn.function).filter((one) => names.has(one.function.name) || (one.function.kind === 'constructor' && names.has(`new ${one.function.className ?? ''}`)));
    const costsOfTargets = targets.map((one) => costOf(query.functionOf(one.module, one.function), depth + 1, path));
    if (costsOfTargets.length === 0) return null;
    const largest = costsOfTargets.reduce((left, right) => (right.cost.objects > left.cost.objects ? right : left));
    const shed = (size: Size): Size => ({ constant: size.constant, terms: {}, unknown: size.unknown || Object.keys(size.terms).length > 0 });
    const shedCost = (cost: AllocationCost): AllocationCost => ({ objects: cost.objects, heapBytes: shed(cost.heapBytes), externalBytes: shed(cost.externalBytes) });
    const own = instruction.op === 'new' ? { objects: 1, heapBytes: unknownSize, externalBytes: zeroSize } : noAllocation;
    return { cost: addCosts(own, shedCost(largest.cost)), avoidable: shedCost(largest.avoidable) };
  }

  /** Savings at places of the function that count in its cost; of several findings at one place, the one that saves most. */
  function ownSavings(fn: FunctionQuery): AllocationCost {
    const cold = coldBlocks(fn.flow);
    const counted = new Map<string, AllocationCost>();
    for (const block of fn.flow.cfg.order) {
      if (cold.has(block)) continue;
      for (const { id } of fn.flow.function.blocks[block]!.instructions) {
        const site = siteKey(fn.module.file, fn.function.spans[2 * id] ?? -1, fn.function.spans[2 * id + 1] ?? -1);
        const saving = savings.get(site);
        if (saving !== undefined) counted.set(site, saving);
      }
    }
    return addCosts(...counted.values());
  }
}

/** What can be saved at each place; findings that are silenced or without a figure save nothing. */
function savingsBySite(findings: readonly Finding[]): ReadonlyMap<string, AllocationCost> {
  const savings = new Map<string, AllocationCost>();
  for (const { file, start, end, advice, suppressed, cost } of findings) {
    if (advice !== 'removable' || suppressed !== null || cost.objects === null) continue;
    const size = (bytes: number | null): Size => (bytes === null ? unknownSize : constantSize(bytes));
    const saving = { objects: cost.objects, heapBytes: size(cost.heapBytes), externalBytes: size(cost.externalBytes) };
    const site = siteKey(file, start, end);
    const other = savings.get(site);
    if (other === undefined || other.objects < saving.objects || (other.objects === saving.objects && constantBytes(other) < constantBytes(saving))) savings.set(site, saving);
  }
  return savings;
}

function constantBytes(cost: AllocationCost): number {
  return cost.heapBytes.constant + cost.externalBytes.constant;
}

function siteKey(file: string, start: number, end: number): string {
  return `${file}\u0000${start}\u0000${end}`;
}

function asFindingCost(cost: AllocationCost): FindingCost {
  const total = addSizes(cost.heapBytes, cost.externalBytes);
  return {
    objects: cost.objects,
    heapBytes: exactBytes(cost.heapBytes),
    externalBytes: exactBytes(cost.externalBytes),
    retainedBytes: null,
    nativeCalls: null,
    expression: `${printSize(total)} B in ${cost.objects} ${cost.objects === 1 ? 'object' : 'objects'}`,
  };
}
