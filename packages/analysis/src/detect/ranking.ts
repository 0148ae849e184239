/** The order of findings: by severity, then by expected saving, then by place, so that reports are stable. */
import type { Finding } from './finding.js';
import { severities } from './finding.js';

/** What an unknown length counts as when findings are compared: one small message. Ranking only; never printed. */
const assumedLength = 256;
/** What one object is worth beside its bytes when findings are compared. */
const bytesPerObject = 32;

export function rankFindings(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort((left, right) =>
    severities.indexOf(left.severity) - severities.indexOf(right.severity)
    || weight(right) - weight(left)
    || compareText(left.file, right.file)
    || left.start - right.start
    || compareText(left.rule, right.rule));
}

function weight(finding: Finding): number {
  const { objects, heapBytes, externalBytes, nativeCalls, expression } = finding.cost;
  if (expression === 'not modelled') return 0;
  return (objects ?? 0) * bytesPerObject + (heapBytes ?? assumedLength) + (externalBytes ?? assumedLength) + (nativeCalls ?? 0) * assumedLength;
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}
