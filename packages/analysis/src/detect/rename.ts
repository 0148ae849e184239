/** Gives files in a result the names that the host wants to show. The engine itself names a file as its type checker does, so that types and modules agree. */
import type { AnalysisResult, Edit, Finding } from './finding.js';

export function renameFiles(result: AnalysisResult, nameOf: (file: string) => string): AnalysisResult {
  const place = <Place extends { readonly file: string }>(one: Place): Place => ({ ...one, file: nameOf(one.file) });
  const edits = (list: readonly Edit[] | null): readonly Edit[] | null => (list === null ? null : list.map(place));
  const finding = (one: Finding): Finding => ({ ...place(one), related: one.related.map(place), fix: one.fix === null ? null : { ...one.fix, edits: edits(one.fix.edits) } });
  return {
    ...result,
    findings: result.findings.map(finding),
    entryPoints: result.entryPoints.map(place),
    goodPatterns: result.goodPatterns.map(place),
    contracts: result.contracts.map(place),
    waivers: result.waivers.map(place),
    missingBenchmarks: result.missingBenchmarks.map(place),
  };
}
