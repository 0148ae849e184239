/** Which findings a reader is shown, and the counts that all formats print. */
import { severities } from './severity-order.js';
import type { Finding, Severity } from '@scrimp/analysis/detect';

/** Whether every finding comes from a rule whose findings are not yet shown to be true often enough; a report then says so once. */
export function areAllNursery(findings: readonly Finding[]): boolean {
  return findings.length > 0 && findings.every((finding) => finding.stage === 'nursery');
}

/** Findings that nothing suppresses. */
export function activeFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.suppressed === null);
}

export function suppressedFindings(findings: readonly Finding[]): Finding[] {
  return findings.filter((finding) => finding.suppressed !== null);
}

export interface Counted {
  readonly name: string;
  readonly count: number;
}

/** Severities that occur, worst first. Copies that must stay are no problem and are not counted. */
export function countBySeverity(findings: readonly Finding[]): { readonly name: Severity; readonly count: number }[] {
  return severities
    .map((name) => ({ name, count: findings.filter((finding) => finding.severity === name && finding.advice !== 'required').length }))
    .filter((entry) => entry.count > 0);
}

/** Rules that occur, most findings first, then by name. */
export function countByRule(findings: readonly Finding[]): Counted[] {
  const counts = new Map<string, number>();
  for (const finding of findings) counts.set(finding.rule, (counts.get(finding.rule) ?? 0) + 1);
  return [...counts].map(([name, count]) => ({ name, count })).sort((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
}

/** `n thing` or `n things`. */
export function plural(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}

/** `99.4 %`; never rounds up to a hundred. */
export function percent(share: number): string {
  const value = Math.floor(share * 1000) / 10;
  return `${value === 100 ? '100' : value.toFixed(1)} %`;
}
