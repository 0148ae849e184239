/**
 * What a run over the rules amounts to: the remarks below the table and the exit code.
 */
import type { EvidenceMode, MeasuredRule } from './rule-evidence.js';

/** 1 when something could not be measured, or in check mode when a rule saves nothing any more; evidence that merely drifted is told, not punished. */
export function exitCodeOf(mode: EvidenceMode, rules: readonly MeasuredRule[]): number {
  const hasProblems = rules.some((rule) => rule.problems.length > 0);
  const lostSaving = mode === 'check' && rules.some((rule) => !rule.hasSaving);
  return hasProblems || lostSaving ? 1 : 0;
}

/** What there is to say below the table, one sentence each. */
export function remarksOf(rule: MeasuredRule): string[] {
  const remarks = rule.problems.map((problem) => `${rule.ruleId}: ${problem}`);
  for (const measurement of rule.measurements) {
    remarks.push(...measurement.notes.map((note) => `${rule.ruleId}: ${measurement.case} at ${measurement.size} B on ${measurement.node} is unstable; ${note}`));
  }
  if (rule.measurements.length > 0 && !rule.hasSaving) remarks.push(`${rule.ruleId}: no case saves objects or bytes any more; demote the rule, or mend its bench file`);
  if (rule.evidenceState === 'written') remarks.push(`${rule.ruleId}: bench.json is written`);
  if (rule.evidenceState === 'differs') remarks.push(`${rule.ruleId}: bench.json is missing or differs beyond tolerance; run pnpm bench:rules ${rule.ruleId}`);
  if (rule.evidenceState === 'kept') remarks.push(`${rule.ruleId}: bench.json holds`);
  return remarks;
}
