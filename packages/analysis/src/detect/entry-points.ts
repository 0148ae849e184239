/**
 * Entry points: hot and exported functions with what one call costs and how much of that findings could remove,
 * and hot functions that allocate although no benchmark is named for them.
 */
import type { FunctionIr } from '../ir/function.js';
import type { Instruction } from '../ir/instruction.js';
import { addCosts, type AllocationCost, noAllocation } from '../cost/allocation.js';
import { functionCost } from '../cost/function-cost.js';
import { addSizes, constantSize, exactBytes, printSize, unknownSize, zeroSize } from '../cost/size.js';
import type { Linker } from '../link/linker.js';
import type { AnalysisResult, EntryPoint, Finding, FindingCost } from './finding.js';
import { lineOf } from './position.js';
import type { FunctionQuery, ProgramQuery } from './query.js';

/** Callees of callees are followed this far; what lies deeper makes the cost a lower bound. */
const maximumDepth = 6;

export function measureEntryPoints(query: ProgramQuery, linker: Linker, findings: readonly Finding[]): Pick<AnalysisResult, 'entryPoints' | 'missingBenchmarks'> {
  const callees = calleeTable(linker);
  const costs = new Map<FunctionIr, AllocationCost>();
  const entryPoints: EntryPoint[] = [];
  const missingBenchmarks: { function: string; file: string; line: number }[] = [];
  for (const fn of query.functions()) {
    const isHotRoot = fn.function.annotations.some((one) => one.tag === 'hot');
    if (!isHotRoot && !(fn.exported && !fn.runsOnce && fn.hotness.level === 'hot')) continue;
    const cost = costOf(fn, 0, new Set());
    if (cost.objects === 0) continue;
    const line = lineOf(fn.module, fn.function.nameSpan.start);
    entryPoints.push({ name: fn.function.name, file: fn.module.file, line, cost: asFindingCost(cost), avoidable: avoidableOf(fn, findings) });
    const evidence = fn.function.annotations.some((one) => one.tag === 'hot' && one.text.includes('evidence'));
    if (isHotRoot && !evidence) missingBenchmarks.push({ function: fn.function.name, file: fn.module.file, line });
  }
  return { entryPoints, missingBenchmarks };

  function costOf(fn: FunctionQuery, depth: number, path: ReadonlySet<FunctionIr>): AllocationCost {
    const known = costs.get(fn.function);
    if (known !== undefined) return known;
    if (path.has(fn.function) || depth > maximumDepth) return { objects: 0, heapBytes: unknownSize, externalBytes: zeroSize };
    const inner = new Set([...path, fn.function]);
    const made = functionCost(fn.flow, fn.lengths, query.profile, (instruction) => calleeCost(fn, instruction, depth, inner));
    costs.set(fn.function, made);
    return made;
  }

  /** The callee's constants hold for the caller; its symbols speak of its own parameters, so they become an unknown part. */
  function calleeCost(fn: FunctionQuery, instruction: Instruction, depth: number, path: ReadonlySet<FunctionIr>): AllocationCost | null {
    const call = fn.flow.values.calls.get(instruction.id);
    const names = new Set((call?.candidates ?? []).filter((one) => one.row === null).map((one) => one.name));
    if (names.size === 0) return null;
    const targets = (callees.get(fn.function) ?? []).filter((one) => names.has(one.function.name) || (one.function.kind === 'constructor' && names.has(`new ${one.function.className ?? ''}`)));
    const costsOfTargets = targets.map((one) => costOf(query.functionOf(one.module, one.function), depth + 1, path));
    if (costsOfTargets.length === 0) return null;
    const largest = costsOfTargets.reduce((left, right) => (right.objects > left.objects ? right : left));
    const shed = (size: AllocationCost['heapBytes']): AllocationCost['heapBytes'] => ({ constant: size.constant, terms: {}, unknown: size.unknown || Object.keys(size.terms).length > 0 });
    const own = instruction.op === 'new' ? { objects: 1, heapBytes: unknownSize, externalBytes: zeroSize } : noAllocation;
    return addCosts(own, { objects: largest.objects, heapBytes: shed(largest.heapBytes), externalBytes: shed(largest.externalBytes) });
  }

  /** Savings of findings in the function and in what it calls in this program. */
  function avoidableOf(fn: FunctionQuery, list: readonly Finding[]): FindingCost {
    const reached = new Set<FunctionIr>();
    const work = [fn.function];
    const names = new Set<string>();
    while (work.length > 0) {
      const one = work.pop()!;
      if (reached.has(one)) continue;
      reached.add(one);
      for (const callee of callees.get(one) ?? []) {
        names.add(`${callee.module.file}\u0000${callee.function.name}`);
        work.push(callee.function);
      }
    }
    names.add(`${fn.module.file}\u0000${fn.function.name}`);
    let total = noAllocation;
    for (const finding of list) {
      if (finding.advice !== 'removable' || finding.suppressed !== null || !names.has(`${finding.file}\u0000${finding.function}`)) continue;
      if (finding.cost.objects === null) continue;
      total = addCosts(total, { objects: finding.cost.objects, heapBytes: finding.cost.heapBytes === null ? unknownSize : constantSize(finding.cost.heapBytes), externalBytes: finding.cost.externalBytes === null ? unknownSize : constantSize(finding.cost.externalBytes) });
    }
    return asFindingCost(total);
  }
}

function calleeTable(linker: Linker): ReadonlyMap<FunctionIr, readonly { readonly module: Linker['program']['modules'][number]; readonly function: FunctionIr }[]> {
  const table = new Map<FunctionIr, { module: Linker['program']['modules'][number]; function: FunctionIr }[]>();
  for (const edge of linker.edges) table.set(edge.caller.function, [...(table.get(edge.caller.function) ?? []), edge.callee]);
  return table;
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
