/** `--rule`: the rules to run, and how reports describe them. */
import { didYouMean } from './suggestion.js';
import type { Rule } from '@scrimp/analysis';
import type { RuleDescription } from '@scrimp/report';

/** All rules when no id is given; one sentence when an id is not known. */
export function selectRules(rules: readonly Rule[], ids: readonly string[]): { readonly rules: readonly Rule[] } | { readonly problem: string } {
  if (ids.length === 0) return { rules };
  const known = rules.map((rule) => rule.meta.id);
  const unknown = ids.find((id) => !known.includes(id));
  if (unknown !== undefined) return { problem: `unknown rule ${unknown}${didYouMean(unknown, known)}; \`scrimp explain\` lists the rules` };
  return { rules: rules.filter((rule) => ids.includes(rule.meta.id)) };
}

export function ruleDescriptions(rules: readonly Rule[], pageOf: (id: string) => string | null): RuleDescription[] {
  return rules.map((rule) => ({ meta: rule.meta, documentation: pageOf(rule.meta.id) }));
}
