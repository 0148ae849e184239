/** The commands of `scrimp fix` that a report proposes. They show a diff and write nothing, and name the paths that were audited. */
import type { Finding, Fix, Tier } from '@scrimp/analysis/detect';

/** Shows the rewrites of one rule, as far as its fix can be applied by a command; null when a person has to write it. */
export function fixCommandOf(finding: Finding, paths: readonly string[]): string | null {
  const { fix } = finding;
  if (fix === null || !isAutomatic(fix)) return null;
  return fixCommand(paths, fix.tier, finding.rule);
}

/** `scrimp fix src --tier guarded --diff`; `rule` null for all rules. */
export function fixCommand(paths: readonly string[], tier: Tier, rule: string | null): string {
  const ruleOption = rule === null ? '' : ` --rule ${rule}`;
  const tierOption = tier === 'safe' ? '' : ` --tier ${tier}`;
  return `scrimp fix${shellWords(paths)}${ruleOption}${tierOption} --diff`;
}

/** The paths as words of a shell command, each after a space; empty for none. */
export function shellWords(paths: readonly string[]): string {
  return paths.map((path) => ` ${shellWord(path)}`).join('');
}

/** A fix has its edits, or a codemod that makes them; with neither it is advice. */
function isAutomatic(fix: Fix): boolean {
  return fix.edits !== null || fix.codemod !== null;
}

function shellWord(word: string): string {
  return /^[\w./@:+-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
