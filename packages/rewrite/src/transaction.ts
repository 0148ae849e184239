// Owns the order of a fix: plan, parse again, type-check, and drop at each gate only the rewrites that fail it.
// Nothing is written here; `journal.ts` does that with what is kept.
import { keepPassing } from './bisect.js';
import { droppedRewrite, planFixes } from './plan.js';
import { splitByteOrderMark } from './source-text.js';
import type { Finding } from '@scrimp/analysis/detect';
import type { RewriteHost, SourceProblem } from './host.js';
import type { DroppedRewrite, FilePlan, FixPlan, PlannedRewrite, PlanOptions } from './plan.js';

export interface CheckedFix {
  /** Everything that edits could be planned for. */
  readonly planned: readonly PlannedRewrite[];
  /** Those of `planned` that passed every gate. */
  readonly kept: readonly PlannedRewrite[];
  /** The files as the kept rewrites leave them. */
  readonly files: readonly FilePlan[];
  readonly dropped: readonly DroppedRewrite[];
}

/** Plans the rewrites and keeps those whose result parses and type-checks as well as the program did before. */
export async function checkFixes(host: RewriteHost, findings: readonly Finding[], options: Omit<PlanOptions, 'readFile'>): Promise<CheckedFix> {
  // Each file is read once, so that every gate judges the same text.
  const reads = new Map<string, ReturnType<RewriteHost['readFile']>>();
  const readFile: PlanOptions['readFile'] = (file) => {
    const known = reads.get(file) ?? host.readFile(file);
    reads.set(file, known);
    return known;
  };
  const planOf = (ids: ReadonlySet<string>): FixPlan => planFixes(findings.filter(({ id }) => ids.has(id)), { ...options, readFile });

  const whole = planFixes(findings, { ...options, readFile });
  const dropped = [...whole.dropped];
  let kept = whole.planned.map(({ finding }) => finding);
  for (const gate of gates(host)) {
    if (kept.length === 0) break;
    const newProblem = gate.against(whole.files.map(({ file, before }) => [file, splitByteOrderMark(before).body]));
    const { kept: passed, guilty } = await keepPassing(kept, async (ids) => {
      const { files } = planOf(new Set(ids));
      return await newProblem(files.map(({ file, after }) => [file, splitByteOrderMark(after).body]));
    });
    for (const finding of findings) {
      const reason = guilty.get(finding.id);
      if (reason !== undefined) dropped.push(droppedRewrite(finding, gate.stage, reason));
    }
    kept = [...passed];
  }
  const final = planOf(new Set(kept));
  return { planned: whole.planned, kept: final.planned, files: final.files, dropped };
}

type FileTexts = readonly (readonly [file: string, text: string])[];

interface Gate {
  readonly stage: DroppedRewrite['stage'];
  /** Takes the texts before any rewrite; gives a check that says null, or the first problem that those did not have. */
  readonly against: (before: FileTexts) => (after: FileTexts) => Promise<string | null>;
}

function gates(host: RewriteHost): readonly Gate[] {
  const problemsOfParse = (texts: FileTexts): readonly SourceProblem[] => texts.flatMap(([file, text]) => host.parse(file, text));
  return [
    {
      stage: 'parse',
      against(before) {
        const known = problemsOfParse(before);
        return (after) => Promise.resolve(firstNewProblem(known, problemsOfParse(after)));
      },
    },
    {
      stage: 'types',
      against(before) {
        let known: readonly SourceProblem[] | null = null;
        return async (after) => {
          known ??= await host.typeCheck(new Map(before));
          return firstNewProblem(known, await host.typeCheck(new Map(after)));
        };
      },
    },
  ];
}

/** Problems are compared by file, code and message, because rewrites move lines; a second one of the same kind counts as new. */
function firstNewProblem(before: readonly SourceProblem[], after: readonly SourceProblem[]): string | null {
  const allowance = new Map<string, number>();
  const keyOf = ({ file, code, message }: SourceProblem): string => [file, code, message].join('\n');
  for (const problem of before) allowance.set(keyOf(problem), (allowance.get(keyOf(problem)) ?? 0) + 1);
  for (const problem of after) {
    const left = allowance.get(keyOf(problem)) ?? 0;
    if (left === 0) return `${problem.file}${problem.line === null ? '' : `:${problem.line}`}: ${problem.message.replace(/\.$/, '')} (${problem.code})`;
    allowance.set(keyOf(problem), left - 1);
  }
  return null;
}
