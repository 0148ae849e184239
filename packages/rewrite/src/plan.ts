// Owns the plan: which findings are rewritten, by which edits, one plan per file, without collisions.
// It computes and keeps nothing: planning a part of the findings again gives the rewrite without the rest, which is how `transaction.ts` bisects.
import { applyEdits, collides, compareEdits, isSameEdit } from './edit.js';
import { runCodemod } from './codemod.js';
import { splitByteOrderMark } from './source-text.js';
import type { Finding, FindingCost, Tier } from '@scrimp/analysis/detect';
import type { Codemod, OwnedEdit } from './codemod.js';
import type { ReadOutcome } from './host.js';

/** Best first: a tier asks for itself and every better one. */
export const tiers: readonly Tier[] = ['safe', 'guarded', 'review'];

export interface PlanOptions {
  /** The worst tier that may be rewritten. */
  readonly tier: Tier;
  /** Ids of rules; null for all. */
  readonly rules: ReadonlySet<string> | null;
  readonly codemods: readonly Codemod[];
  /** The file's text as it is on disk. */
  readonly readFile: (file: string) => ReadOutcome;
}

/** A finding that is rewritten, as reports name it. */
export interface PlannedRewrite {
  /** The finding's id. */
  readonly finding: string;
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly title: string;
  readonly tier: Tier;
  readonly codemod: string | null;
  /** What one execution of the site saves, as the finding says. */
  readonly saves: FindingCost;
}

export interface FilePlan {
  readonly file: string;
  /** The file's whole text before, with its byte order mark. */
  readonly before: string;
  readonly after: string;
  /** Sorted, not overlapping. Offsets do not count a byte order mark. */
  readonly edits: readonly OwnedEdit[];
}

export interface DroppedRewrite {
  readonly finding: string;
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  /** Where it was dropped: no edits could be planned, the result did not parse, did not type-check, or could not be written. */
  readonly stage: 'plan' | 'parse' | 'types' | 'write';
  readonly reason: string;
}

export interface FixPlan {
  readonly planned: readonly PlannedRewrite[];
  readonly files: readonly FilePlan[];
  readonly dropped: readonly DroppedRewrite[];
}

/** Plans the rewrites of all findings that the options select. Sorted by file and position. */
export function planFixes(findings: readonly Finding[], options: PlanOptions): FixPlan {
  const selected = selectFindings(findings, options);
  const dropped: DroppedRewrite[] = [];
  const draft = createDraft(options, dropped);
  const isStructural = (finding: Finding): boolean => finding.fix?.edits === null;
  // Structural rewrites first: they are worth more, and a plain edit inside of one is found again by the next run.
  for (const group of structuralGroups(selected.filter(isStructural))) draft.addStructural(group);
  for (const finding of selected.filter((candidate) => !isStructural(candidate))) draft.addPlain(finding);
  const files = draft.files();
  const taken = new Set(files.flatMap((file) => file.edits.flatMap((edit) => edit.findings)));
  return { planned: selected.filter(({ id }) => taken.has(id)).map(plannedRewrite), files, dropped: dropped.sort(comparePlaces) };
}

/** Findings with a fix that somebody could make by `--tier`, but not by this one, by tier. */
export function countHeldBack(findings: readonly Finding[], options: PlanOptions): ReadonlyMap<Tier, number> {
  const withinTier = new Set(selectFindings(findings, options).map(({ id }) => id));
  const counts = new Map<Tier, number>();
  for (const { id, fix } of selectFindings(findings, { ...options, tier: 'review' })) {
    if (fix !== null && !withinTier.has(id)) counts.set(fix.tier, (counts.get(fix.tier) ?? 0) + 1);
  }
  return counts;
}

function selectFindings(findings: readonly Finding[], { tier, rules, codemods }: PlanOptions): Finding[] {
  return findings.filter(({ fix, suppressed, rule }) => {
    if (fix === null || suppressed !== null) return false;
    const canBeMade = fix.edits === null ? codemods.some(({ id }) => id === fix.codemod) : fix.edits.length > 0;
    return canBeMade && (rules === null || rules.has(rule)) && tiers.indexOf(fix.tier) <= tiers.indexOf(tier);
  }).sort(comparePlaces);
}

interface StructuralGroup {
  readonly codemod: string;
  readonly file: string;
  readonly findings: Finding[];
}

/** One codemod sees all its findings of a file at once, because they share imports. */
function structuralGroups(findings: readonly Finding[]): readonly StructuralGroup[] {
  const groups = new Map<string, StructuralGroup>();
  for (const finding of findings) {
    const codemod = finding.fix?.codemod ?? '';
    const key = `${finding.file}\n${codemod}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { codemod, file: finding.file, findings: [finding] });
    else group.findings.push(finding);
  }
  return [...groups.values()];
}

interface Draft {
  addStructural(group: StructuralGroup): void;
  addPlain(finding: Finding): void;
  files(): FilePlan[];
}

interface OpenFile {
  readonly byteOrderMark: string;
  readonly body: string;
  edits: OwnedEdit[];
}

function createDraft(options: PlanOptions, dropped: DroppedRewrite[]): Draft {
  const files = new Map<string, OpenFile | { readonly problem: string }>();
  const rules = new Map<string, string>();

  function open(file: string): OpenFile | { readonly problem: string } {
    const known = files.get(file);
    if (known !== undefined) return known;
    const read = options.readFile(file);
    const opened = 'problem' in read ? read : { ...splitByteOrderMark(read.text), edits: [] };
    files.set(file, opened);
    return opened;
  }

  /** Null when the edits were taken, or why none of them was. */
  function take(additions: ReadonlyMap<string, readonly OwnedEdit[]>): string | null {
    for (const [file, edits] of additions) {
      const opened = open(file);
      if ('problem' in opened) return opened.problem;
      const alone = applyEdits(opened.body, edits);
      if ('problem' in alone) return `${alone.problem}; the file is not the one that was analyzed`;
      const other = opened.edits.find((taken) => edits.some((edit) => collides(taken, edit) && !isSameEdit(taken, edit)));
      if (other !== undefined) {
        const owners = other.findings.map((id) => `${id} (${rules.get(id) ?? 'unknown rule'})`).join(', ');
        return `overlaps the rewrite of ${owners}; run \`scrimp fix\` again after that one`;
      }
    }
    for (const [file, edits] of additions) {
      const opened = open(file);
      if (!('problem' in opened)) opened.edits = mergedEdits(opened.edits, edits);
    }
    return null;
  }

  return {
    addStructural({ codemod: id, file, findings }) {
      for (const finding of findings) rules.set(finding.id, finding.rule);
      const drop = (finding: Finding, reason: string): void => void dropped.push(droppedRewrite(finding, 'plan', reason));
      const codemod = options.codemods.find((candidate) => candidate.id === id);
      const opened = open(file);
      if ('problem' in opened || codemod === undefined) {
        for (const finding of findings) drop(finding, 'problem' in opened ? opened.problem : `there is no codemod ${id}`);
        return;
      }
      const run = runCodemod(codemod, file, opened.body, findings);
      const refusals = new Map(run.refused.map(({ finding, reason }) => [finding, reason]));
      const problem = run.edits.length === 0 ? null : take(new Map([[file, run.edits]]));
      for (const finding of findings) {
        const reason = refusals.get(finding.id) ?? problem;
        if (reason !== null) drop(finding, reason);
      }
    },
    addPlain(finding) {
      rules.set(finding.id, finding.rule);
      const byFile = new Map<string, OwnedEdit[]>();
      for (const { file, start, end, text } of finding.fix?.edits ?? []) {
        byFile.set(file, [...(byFile.get(file) ?? []), { start, end, text, findings: [finding.id] }]);
      }
      const problem = take(byFile);
      if (problem !== null) dropped.push(droppedRewrite(finding, 'plan', problem));
    },
    files() {
      const plans: FilePlan[] = [];
      for (const [file, opened] of files) {
        if ('problem' in opened || opened.edits.length === 0) continue;
        const edits = [...opened.edits].sort(compareEdits);
        const applied = applyEdits(opened.body, edits);
        // Each addition was tried against the text and against what was taken before it.
        if ('problem' in applied) throw new Error(`plan of ${file}: ${applied.problem}`);
        plans.push({ file, before: opened.byteOrderMark + opened.body, after: opened.byteOrderMark + applied.text, edits });
      }
      return plans.sort((left, right) => (left.file < right.file ? -1 : 1));
    },
  };
}

function mergedEdits(taken: readonly OwnedEdit[], additions: readonly OwnedEdit[]): OwnedEdit[] {
  const merged = [...taken];
  for (const addition of additions) {
    const index = merged.findIndex((edit) => isSameEdit(edit, addition));
    const same = merged[index];
    if (same === undefined) merged.push(addition);
    else merged[index] = { ...same, findings: [...new Set([...same.findings, ...addition.findings])] };
  }
  return merged;
}

function plannedRewrite(finding: Finding): PlannedRewrite {
  const { id, rule, file, line, column, fix, cost } = finding;
  return { finding: id, rule, file, line, column, title: fix?.title ?? '', tier: fix?.tier ?? 'review', codemod: fix?.edits === null ? fix.codemod : null, saves: cost };
}

export function droppedRewrite({ id, rule, file, line }: Finding, stage: DroppedRewrite['stage'], reason: string): DroppedRewrite {
  return { finding: id, rule, file, line, stage, reason };
}

function comparePlaces(left: { readonly file: string; readonly line: number }, right: { readonly file: string; readonly line: number }): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line;
}
