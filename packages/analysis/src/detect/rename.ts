/** Gives files in a result the names that the host wants to show. The engine itself names a file as its type checker does, so that types and modules agree. */
import type { Explanation } from './explanation.js';
import type { AnalysisResult, Edit, Finding } from './finding.js';

export function renameFiles(result: AnalysisResult, nameOf: (file: string) => string): AnalysisResult {
  const place = <Place extends { readonly file: string }>(one: Place): Place => ({ ...one, file: nameOf(one.file) });
  return {
    ...result,
    findings: result.findings.map((one) => renameFinding(one, nameOf)),
    entryPoints: result.entryPoints.map(place),
    goodPatterns: result.goodPatterns.map(place),
    contracts: result.contracts.map(place),
    waivers: result.waivers.map(place),
    missingBenchmarks: result.missingBenchmarks.map(place),
  };
}

export function renameFinding(one: Finding, nameOf: (file: string) => string): Finding {
  const place = <Place extends { readonly file: string }>(other: Place): Place => ({ ...other, file: nameOf(other.file) });
  const edits = (list: readonly Edit[] | null): readonly Edit[] | null => (list === null ? null : list.map(place));
  return { ...place(one), related: one.related.map(place), fix: one.fix === null ? null : { ...one.fix, edits: edits(one.fix.edits) } };
}

export function renameExplanation(explanation: Explanation, nameOf: (file: string) => string): Explanation {
  if (explanation.kind === 'place') return { ...explanation, file: nameOf(explanation.file) };
  return { kind: 'finding', found: explanation.found.map((one) => ({ finding: renameFinding(one.finding, nameOf), steps: one.steps.map((step) => ({ ...step, file: nameOf(step.file) })) })) };
}
