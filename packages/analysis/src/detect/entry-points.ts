/**
 * Entry points: hot and exported functions with what one call costs and how much of that findings could remove,
 * and hot functions that allocate although no benchmark is named for them.
 */
import type { Size } from '../ir/effects.js';
import { type Cost, isSameCost, noCost } from '../cost/cost.js';
import { createProgramCosts } from '../cost/program-cost.js';
import type { RuntimeProfile } from '../cost/profile.js';
import { addSizes, constantSize, exactBytes, isZero, unknownSize } from '../cost/size.js';
import type { Linker } from '../link/linker.js';
import type { AnalysisResult, EntryPoint, Finding } from './finding.js';
import { findingCost } from './finding-cost.js';
import { lineOf } from './position.js';
import type { ProgramQuery } from './query.js';

export function measureEntryPoints(query: ProgramQuery, linker: Linker, findings: readonly Finding[]): Pick<AnalysisResult, 'entryPoints' | 'missingBenchmarks'> {
  const savings = savingsBySite(findings);
  const costsWith = (profile: RuntimeProfile): ReturnType<typeof createProgramCosts> => createProgramCosts({
    linker, profile, paths: 'worst',
    lengthsOf: (module, fn) => query.functionOf(module, fn).costLengths,
    savingAt: (module, fn, value) => savings.get(siteKey(module.file, fn.spans[2 * value] ?? -1, fn.spans[2 * value + 1] ?? -1))?.at(value) ?? null,
  });
  const costs = costsWith(query.profile);
  const leastCosts = costsWith({ ...query.profile, figure: 'least' });
  const entryPoints: EntryPoint[] = [];
  const missingBenchmarks: { function: string; file: string; line: number }[] = [];
  // All hot functions are relevant.
  for (const fn of query.relevantFunctions()) {
    const isHotRoot = fn.function.annotations.some((one) => one.tag === 'hot');
    if (!isHotRoot && !(fn.exported && !fn.runsOnce && fn.hotness.level === 'hot')) continue;
    const { cost, avoidable } = costs.costOf(fn.module, fn.function);
    if (isZero(cost.objects) || isNothingKnown(cost.objects)) continue;
    const least = leastCosts.costOf(fn.module, fn.function).cost;
    const line = lineOf(fn.module, fn.function.nameSpan.start);
    entryPoints.push({ name: fn.function.name, file: fn.module.file, line, cost: findingCost(cost), avoidable: findingCost(avoidable), least: isSameCost(cost, least) ? null : findingCost(least) });
    const evidence = fn.function.annotations.some((one) => one.tag === 'hot' && one.text.includes('evidence'));
    if (isHotRoot && !evidence) missingBenchmarks.push({ function: fn.function.name, file: fn.module.file, line });
  }
  return { entryPoints, missingBenchmarks };
}

/** Not one object in sight. */
function isNothingKnown(objects: Size): boolean {
  return objects.unknown && objects.constant === 0 && Object.keys(objects.terms).length === 0;
}

/** What can be saved at a place; several instructions may stand there, of which the first that is asked about has it. */
interface SiteSaving {
  readonly saving: Cost;
  at(value: number): Cost | null;
}

/** What can be saved at each place, the most of what its findings say; findings that are silenced or without a figure save nothing. */
function savingsBySite(findings: readonly Finding[]): ReadonlyMap<string, SiteSaving> {
  const savings = new Map<string, SiteSaving>();
  for (const { file, start, end, advice, suppressed, cost } of findings) {
    if (advice !== 'removable' || suppressed !== null || cost.objects === null) continue;
    const size = (bytes: number | null): Size => (bytes === null ? unknownSize : constantSize(bytes));
    const saving = { ...noCost, objects: constantSize(cost.objects), heapBytes: size(cost.heapBytes), externalBytes: size(cost.externalBytes), nativeCalls: constantSize(cost.nativeCalls ?? 0) };
    const site = siteKey(file, start, end);
    const other = savings.get(site)?.saving;
    const isMore = other === undefined || other.objects.constant < saving.objects.constant || (other.objects.constant === saving.objects.constant && constantBytes(other) < constantBytes(saving));
    if (isMore) savings.set(site, siteSaving(saving));
  }
  return savings;
}

function siteSaving(saving: Cost): SiteSaving {
  let owner: number | null = null;
  return { saving, at: (value) => ((owner ??= value) === value ? saving : null) };
}

function constantBytes(cost: Cost): number {
  return exactBytes({ ...addSizes(cost.heapBytes, cost.externalBytes), unknown: false, terms: {} })!;
}

function siteKey(file: string, start: number, end: number): string {
  return `${file}\u0000${start}\u0000${end}`;
}
