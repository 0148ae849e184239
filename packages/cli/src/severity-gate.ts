/** `--fail-on`: from which severity on findings fail a run. */
import type { Finding, Severity } from '@scrimp/analysis';

export const severityGates = ['never', 'low', 'medium', 'high', 'critical'] as const;
export type SeverityGate = (typeof severityGates)[number];

const rank: Readonly<Record<Severity, number>> = { info: 0, low: 1, medium: 2, high: 3, critical: 4 };

export function severityGate(value: string | undefined): SeverityGate {
  return severityGates.find((gate) => gate === value) ?? 'never';
}

/** Suppressed findings and copies that must stay never fail a run. */
export function reachesGate(gate: SeverityGate, finding: Finding): boolean {
  if (gate === 'never' || finding.suppressed !== null || finding.advice === 'required') return false;
  return rank[finding.severity] >= rank[gate];
}
