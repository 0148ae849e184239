/**
 * The passes, in order, each named once. Lowering happens per file when it is added (`session.ts`); everything here sees the whole program.
 */
import type { ModuleIr } from './ir/function.js';
import { runtimeProfiles } from './cost/profile.js';
import { createEditGate, type EditGate, type LowerEdited } from './detect/edit-gate.js';
import { reportsOf, runRules } from './detect/engine.js';
import { explain, type Explanation, type Inquiry } from './detect/explanation.js';
import type { AnalysisResult, Finding, Severity, SkippedFile } from './detect/finding.js';
import { measureEntryPoints } from './detect/entry-points.js';
import { findGoodPatterns } from './detect/good-patterns.js';
import { contractVerdicts, listContracts } from './detect/contract-verdict.js';
import type { Granted } from './detect/granted.js';
import { createProgramQuery } from './detect/program-query.js';
import { rankFindings } from './detect/ranking.js';
import type { ProgramQuery } from './detect/query.js';
import type { Rule } from './detect/rule.js';
import { applySuppressions } from './detect/suppression.js';
import { listWaivers } from './detect/waiver.js';
import { computeHotness, type HeatSettings } from './link/hotness.js';
import { createLinker, type Linker } from './link/linker.js';
import { buildProgram } from './link/program.js';
import type { Catalog } from './model/known.js';

export interface PipelineInput {
  readonly modules: readonly ModuleIr[];
  readonly resolve: (specifier: string, fromFile: string) => string | null;
  /** By which the modules were lowered, too. */
  readonly catalog: Catalog;
  readonly rules: readonly Rule[];
  readonly target: keyof typeof runtimeProfiles;
  readonly oldestNode: string | null;
  readonly heat: HeatSettings;
  readonly textOf: (file: string) => string;
  readonly skipped: readonly SkippedFile[];
  readonly lowerEdited: LowerEdited;
  /** Not empty in tests of the obligations only (`detect/granted.ts`). */
  readonly granted: Granted;
}

export function runPipeline(input: PipelineInput): AnalysisResult {
  const { modules, linker, query, gate } = link(input);
  const findings = rankFindings(applySuppressions(runRules(input.rules, query, input.granted, gate), modules));
  return {
    summary: summarizeFindings(modules, findings),
    findings,
    ...measureEntryPoints(query, linker, findings),
    goodPatterns: findGoodPatterns(query),
    contracts: listContracts(query),
    waivers: listWaivers(modules, findings, new Set(contractVerdicts(query).flatMap((one) => one.waivers))),
    skipped: input.skipped,
  };
}

/** The passes up to the rules, and then only what answers the question. */
export function runExplanation(input: PipelineInput, inquiry: Inquiry): Explanation {
  const { modules, query, gate } = link(input);
  const reports = reportsOf(input.rules, query, input.granted, gate);
  const findings = rankFindings(applySuppressions(reports.flatMap((one) => one.finding ?? []), modules));
  return explain(inquiry, query, reports, findings);
}

function link(input: PipelineInput): { readonly modules: readonly ModuleIr[]; readonly linker: Linker; readonly query: ProgramQuery; readonly gate: EditGate } {
  const modules = [...input.modules].sort((left, right) => (left.file < right.file ? -1 : 1));
  // link: build the program. Functions are analyzed when a question needs them, callees before callers.
  const linker = createLinker(buildProgram(modules, input.resolve), input.catalog);
  const heat = computeHotness(linker, input.heat);
  // detect
  const query = createProgramQuery({ linker, profile: { ...runtimeProfiles[input.target], oldest: input.oldestNode }, heat, textOf: input.textOf, granted: input.granted });
  return { modules, linker, query, gate: createEditGate(query, linker, input.lowerEdited) };
}

function summarizeFindings(modules: readonly ModuleIr[], findings: readonly Finding[]): AnalysisResult['summary'] {
  const bySeverity: Record<Severity, number> = { critical: 0, high: 0, medium: 0, low: 0, info: 0 };
  const byRule: Record<string, number> = {};
  const active = findings.filter((finding) => finding.suppressed === null);
  for (const finding of active) {
    bySeverity[finding.severity] += 1;
    byRule[finding.rule] = (byRule[finding.rule] ?? 0) + 1;
  }
  const expressions = modules.reduce((sum, module) => sum + module.statistics.expressions, 0);
  const opaque = modules.reduce((sum, module) => sum + module.statistics.opaque, 0);
  return {
    files: modules.length,
    functions: modules.reduce((sum, module) => sum + module.functions.length, 0),
    findings: active.length,
    bySeverity,
    byRule: Object.fromEntries(Object.entries(byRule).sort(([left], [right]) => (left < right ? -1 : 1))),
    expressionsUnderstood: expressions === 0 ? 1 : (expressions - opaque) / expressions,
  };
}
