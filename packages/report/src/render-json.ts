/**
 * The JSON report, schema `scrimp-report/1` (published in `schema/scrimp-report-1.schema.json`).
 * Every object is written out field by field, so that the order of keys is fixed and an engine's extra field cannot leak in.
 */
import { assumedWorlds, type ReportInput } from './report-input.js';
import { severities } from './severity-order.js';
import type { AnalysisSummary, ContractResult, EntryPoint, Finding, FindingCost, Fix, GoodPattern } from '@scrimp/analysis/detect';

export const reportSchema = 'scrimp-report/1';

/** One document, indented by two, ending with a line feed. */
export function renderJson(input: ReportInput): string {
  return `${JSON.stringify(reportDocument(input), null, 2)}\n`;
}

function reportDocument(input: ReportInput): object {
  const { tool, result } = input;
  return {
    schema: reportSchema,
    tool: { name: tool.name, version: tool.version, node: tool.node, typescript: tool.typescript, target: tool.target },
    assumed: assumedWorlds,
    summary: summaryDocument(result.summary),
    findings: result.findings.map(findingDocument),
    entryPoints: result.entryPoints.map(entryPointDocument),
    goodPatterns: result.goodPatterns.map(goodPatternDocument),
    contracts: result.contracts.map(contractDocument),
    waivers: result.waivers.map(({ kind, file, line, what, reason, used }) => ({ kind, file, line, what, reason, used })),
    missingBenchmarks: result.missingBenchmarks.map(({ function: name, file, line }) => ({ function: name, file, line })),
    skipped: result.skipped.map(({ file, reason }) => ({ file, reason })),
  };
}

function summaryDocument(summary: AnalysisSummary): object {
  const rules = Object.keys(summary.byRule).sort();
  return {
    files: summary.files,
    functions: summary.functions,
    findings: summary.findings,
    bySeverity: Object.fromEntries(severities.map((severity) => [severity, summary.bySeverity[severity]])),
    byRule: Object.fromEntries(rules.map((rule) => [rule, summary.byRule[rule] ?? 0])),
    expressionsUnderstood: summary.expressionsUnderstood,
  };
}

function findingDocument(finding: Finding): object {
  return {
    id: finding.id,
    rule: finding.rule,
    stage: finding.stage,
    messageId: finding.messageId,
    message: finding.message,
    why: finding.why,
    help: finding.help,
    severity: finding.severity,
    category: finding.category,
    scope: finding.scope,
    rootCause: finding.rootCause,
    confidence: finding.confidence,
    advice: finding.advice,
    file: finding.file,
    start: finding.start,
    end: finding.end,
    line: finding.line,
    column: finding.column,
    endLine: finding.endLine,
    endColumn: finding.endColumn,
    function: finding.function,
    hotness: { level: finding.hotness.level, source: finding.hotness.source },
    cost: costDocument(finding.cost),
    effort: finding.effort,
    risk: finding.risk,
    fix: finding.fix === null ? null : fixDocument(finding.fix),
    obligations: finding.obligations.map(({ code, state, witness }) => ({ code, state, witness })),
    related: finding.related.map(({ file, line, column, message }) => ({ file, line, column, message })),
    fingerprint: finding.fingerprint,
    suppressed: finding.suppressed === null ? null : { kind: finding.suppressed.kind, reason: finding.suppressed.reason },
  };
}

function costDocument(cost: FindingCost): object {
  return {
    objects: cost.objects,
    heapBytes: cost.heapBytes,
    externalBytes: cost.externalBytes,
    retainedBytes: cost.retainedBytes,
    nativeCalls: cost.nativeCalls,
    expression: cost.expression,
  };
}

function fixDocument(fix: Fix): object {
  return {
    tier: fix.tier,
    codemod: fix.codemod,
    title: fix.title,
    edits: fix.edits === null ? null : fix.edits.map(({ file, start, end, text }) => ({ file, start, end, text })),
  };
}

function entryPointDocument(entryPoint: EntryPoint): object {
  return {
    name: entryPoint.name,
    file: entryPoint.file,
    line: entryPoint.line,
    cost: costDocument(entryPoint.cost),
    avoidable: costDocument(entryPoint.avoidable),
    least: entryPoint.least === null ? null : costDocument(entryPoint.least),
  };
}

function contractDocument(contract: ContractResult): object {
  const { function: name, file, line, state, allocates, because, assumptions } = contract;
  return { function: name, file, line, contract: contract.contract, state, allocates, because, assumptions };
}

function goodPatternDocument(pattern: GoodPattern): object {
  return { pattern: pattern.pattern, file: pattern.file, line: pattern.line, function: pattern.function, message: pattern.message };
}
