// Owns one round of the fuzz: programs are analyzed together in one session, get every edit of the wanted tiers, and are run as written and as edited.
// Making programs is `random-program.ts`; cutting down a failing one is `shrink.ts`; adding up rounds is left to the callers.
import type { Finding, Rule, TargetRuntime, Tier } from '@scrimp/analysis';
import { applyEdits, collides, isSameEdit } from '@scrimp/rewrite';
import { execute } from './execute.js';

/** How programs become findings; knock-out tests analyze with an obligation taken for granted. */
export type Analyze = (texts: Readonly<Record<string, string>>, target: TargetRuntime) => readonly Finding[];

export interface Program {
  readonly entry: string;
  readonly files: Readonly<Record<string, string>>;
}

export interface BatchOptions {
  readonly analyze: Analyze;
  readonly target: TargetRuntime;
  /** The tiers whose edits are applied. */
  readonly tiers: readonly Tier[];
}

export interface Difference<P extends Program = Program> {
  readonly program: P;
  readonly edited: Readonly<Record<string, string>>;
  readonly applied: readonly Finding[];
  readonly before: string;
  readonly after: string;
}

export interface BatchResult<P extends Program = Program> {
  readonly programs: number;
  /** Programs with at least one edit; only these are run. */
  readonly edited: number;
  /** Number of findings whose edits were applied, by rule. */
  readonly appliedByRule: Readonly<Record<string, number>>;
  readonly differences: readonly Difference<P>[];
}

export async function runBatch<P extends Program>(programs: readonly P[], { analyze, target, tiers }: BatchOptions): Promise<BatchResult<P>> {
  const findings = groupByFile(analyze(Object.assign({}, ...programs.map((one) => one.files)) as Record<string, string>, target));
  const appliedByRule: Record<string, number> = {};
  const differences: Difference<P>[] = [];
  let edited = 0;
  for (const program of programs) {
    const { files, applied } = editProgram(program, findings, tiers);
    if (applied.length === 0) continue;
    edited += 1;
    for (const one of applied) appliedByRule[one.rule] = (appliedByRule[one.rule] ?? 0) + 1;
    const before = await execute(program.files, program.entry);
    const after = await execute(files, program.entry);
    if (before !== after) differences.push({ program, edited: files, applied, before, after });
  }
  return { programs: programs.length, edited, appliedByRule, differences };
}

function groupByFile(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const one of findings) {
    const group = groups.get(one.file) ?? [];
    groups.set(one.file, group);
    group.push(one);
  }
  return groups;
}

/** Applies the edits of findings, leaving out what collides with an earlier finding, as `scrimp fix` does in its first pass. */
function editProgram(program: Program, findings: ReadonlyMap<string, readonly Finding[]>, tiers: readonly Tier[]): { readonly files: Readonly<Record<string, string>>; readonly applied: readonly Finding[] } {
  const files: Record<string, string> = { ...program.files };
  const applied: Finding[] = [];
  for (const [file, text] of Object.entries(program.files)) {
    const taken: NonNullable<NonNullable<Finding['fix']>['edits']>[number][] = [];
    for (const finding of findings.get(file) ?? []) {
      const edits = finding.suppressed === null && finding.fix !== null && tiers.includes(finding.fix.tier) ? finding.fix.edits ?? [] : [];
      if (edits.length === 0 || edits.some((edit) => edit.file !== file || taken.some((one) => collides(one, edit) && !isSameEdit(one, edit)))) continue;
      taken.push(...edits.filter((edit) => !taken.some((one) => isSameEdit(one, edit))));
      applied.push(finding);
    }
    if (taken.length === 0) continue;
    const result = applyEdits(text, taken);
    if ('problem' in result) throw new Error(`${file}: ${result.problem}`);
    files[file] = result.text;
  }
  return { files, applied };
}

/** Rules that bring edits to be applied without asking, by what they say of themselves. */
export function fixableRules(rules: readonly Rule[]): readonly string[] {
  return rules.filter((one) => one.meta.fixable === 'safe').map((one) => one.meta.id);
}
