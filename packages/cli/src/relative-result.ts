/** A result whose files are named relative to the project root, with `/`, as every report wants them. */
import type { AnalysisResult, Finding } from '@scrimp/analysis';

/** `nameOf` gives the name of an absolute path. */
export function relativeResult(result: AnalysisResult, nameOf: (path: string) => string): AnalysisResult {
  const renamed = <Placed extends { readonly file: string }>(placed: Placed): Placed => ({ ...placed, file: nameOf(placed.file) });
  const renamedFinding = (finding: Finding): Finding => ({
    ...renamed(finding),
    fix: finding.fix === null ? null : { ...finding.fix, edits: finding.fix.edits?.map(renamed) ?? null },
    related: finding.related.map(renamed),
  });
  return {
    ...result,
    findings: result.findings.map(renamedFinding),
    entryPoints: result.entryPoints.map(renamed),
    goodPatterns: result.goodPatterns.map(renamed),
    contracts: result.contracts.map(renamed),
    waivers: result.waivers.map(renamed),
    missingBenchmarks: result.missingBenchmarks.map(renamed),
    skipped: result.skipped.map(renamed),
  };
}
