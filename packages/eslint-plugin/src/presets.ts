/** The presets: which rules are on, how loudly, and how sure a finding must be. Membership is data of the rules, so a new rule needs no edit here. */
import type { Preset, Rule, RuleMeta } from '@scrimp/analysis';
import type { Linter } from 'eslint';

export type PresetName = Preset | 'recommendedTypeChecked';

export const presetNames: readonly PresetName[] = ['recommended', 'recommendedTypeChecked', 'hot', 'crypto', 'strict', 'all'];

export function rulesOfPreset(preset: PresetName, rules: readonly Rule[], namespace: string): Linter.RulesRecord {
  const members = rules.filter(({ meta }) => isMember(meta, preset));
  return Object.fromEntries(members.map(({ meta }) => [`${namespace}/${meta.id}`, entryOf(meta, preset)]));
}

/** Without type information a rule that needs types is nearly blind, so only the typed variant of `recommended` has it. */
function isMember(meta: RuleMeta, preset: PresetName): boolean {
  if (preset === 'all') return true;
  if (preset === 'recommendedTypeChecked') return meta.presets.includes('recommended');
  if (preset === 'recommended') return meta.presets.includes('recommended') && !meta.needs.includes('types');
  return meta.presets.includes(preset);
}

/** A guard speaks of code that can corrupt or leak, a saving of code that works; `recommended` leaves out what is only possible. */
function entryOf(meta: RuleMeta, preset: PresetName): Linter.RuleEntry {
  const severity = meta.evidence === 'guard' || preset === 'strict' ? 'error' : 'warn';
  const isRecommended = preset === 'recommended' || preset === 'recommendedTypeChecked';
  return isRecommended ? [severity, { confidence: 'likely' }] : severity;
}
