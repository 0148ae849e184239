/**
 * Owns the result of the evaluation as it is committed: plain JSON that is the same on every machine, and what in it must never be.
 * Running the cases is `case-analysis.ts`; the page for people is `result-page.ts`.
 */
import { judgeCase } from './label-outcome.js';
import { scoresOf, type Scores } from './scores.js';
import type { CaseAnalysis } from './case-analysis.js';
import type { Label } from './evaluation-case.js';
import type { ExtraFinding, OpenObligation, Outcome, PlacedFinding } from './label-outcome.js';

export interface LabelResult {
  /** Id of the case. */
  readonly case: string;
  readonly file: string;
  readonly line: number;
  readonly text: string;
  readonly level: Label['level'];
  readonly rules: readonly string[];
  readonly why: string;
  readonly outcome: Outcome;
  readonly findings: readonly PlacedFinding[];
  readonly inTheWay: readonly OpenObligation[];
}

export interface EvaluationResult {
  readonly cases: number;
  readonly scores: Scores;
  readonly labels: readonly LabelResult[];
  readonly extra: readonly ExtraFinding[];
}

export function evaluationResult(analyses: readonly CaseAnalysis[]): EvaluationResult {
  const judged = analyses.map(judgeCase);
  const outcomes = judged.flatMap(({ labels }) => labels);
  return {
    cases: analyses.length,
    scores: scoresOf(outcomes),
    labels: outcomes.map(({ evaluationCase, label, outcome, findings, inTheWay }) => ({
      case: evaluationCase.id, file: label.file, line: label.line, text: label.text, level: label.level, rules: label.rules, why: label.why, outcome, findings, inTheWay,
    })),
    extra: judged.flatMap(({ extra }) => extra),
  };
}

/** One line per label, so that a difference shows what changed. */
export function printResultJson({ cases, scores, labels, extra }: EvaluationResult): string {
  const list = (entries: readonly unknown[]): string => (entries.length === 0 ? '[]' : `[\n${entries.map((entry) => `    ${JSON.stringify(entry)}`).join(',\n')}\n  ]`);
  const tables = Object.entries(scores).map(([name, value]: [string, unknown]) => `    ${JSON.stringify(name)}: ${Array.isArray(value) ? rows(value) : JSON.stringify(value)}`);
  return `{\n  "cases": ${cases},\n  "scores": {\n${tables.join(',\n')}\n  },\n  "labels": ${list(labels)},\n  "extra": ${list(extra)}\n}\n`;
}

function rows(values: readonly unknown[]): string {
  return values.length === 0 ? '[]' : `[\n${values.map((value) => `      ${JSON.stringify(value)}`).join(',\n')}\n    ]`;
}

/** The labels at which an edit would break the program without asking: there must be none. */
export function brokenByEdits({ labels }: EvaluationResult): LabelResult[] {
  return labels.filter(({ outcome }) => outcome === 'violated-safe');
}
