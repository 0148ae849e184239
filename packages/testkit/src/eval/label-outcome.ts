/**
 * Owns the comparison of findings with labels: what became of each label, and which findings stand where no label is.
 * How outcomes are counted is `scores.ts`.
 */
import type { Finding, ObligationCode, ObligationState, Tier } from '@scrimp/analysis';
import { compareTexts, linesOf } from './evaluation-case.js';
import type { CaseAnalysis } from './case-analysis.js';
import type { EvaluationCase, Label } from './evaluation-case.js';

/**
 * `met`: an accepted rule says `proven` or `likely` there; `partial`: it says `possible`; `missed`: neither.
 * `respected`: nothing says `proven` or `likely` at a needed copy; `violated`: something does; `violated-safe`: with an edit that would be made without asking.
 */
export type Outcome = 'met' | 'partial' | 'missed' | 'respected' | 'violated' | 'violated-safe';

export interface OpenObligation {
  readonly code: ObligationCode;
  readonly state: ObligationState;
}

export interface PlacedFinding {
  readonly rule: string;
  readonly confidence: Finding['confidence'];
  /** Null when no edit is offered. */
  readonly tier: Tier | null;
}

export interface LabelOutcome {
  readonly evaluationCase: EvaluationCase;
  readonly label: Label;
  readonly outcome: Outcome;
  /** Those that begin on the line. */
  readonly findings: readonly PlacedFinding[];
  /** Obligations that are open or failed in findings of accepted rules; empty when the engine says nothing of the place. */
  readonly inTheWay: readonly OpenObligation[];
}

export interface ExtraFinding extends PlacedFinding {
  readonly id: string;
  readonly file: string;
  readonly line: number;
}

export interface CaseOutcome {
  readonly labels: readonly LabelOutcome[];
  /** Findings on lines without any label. */
  readonly extra: readonly ExtraFinding[];
}

export function judgeCase({ evaluationCase, findings }: CaseAnalysis): CaseOutcome {
  const { id, labels } = evaluationCase;
  const labelled = new Set(labels.map(({ file, line }) => `${file}:${line}`));
  const extra = findings
    .filter(({ file, line }) => !labelled.has(`${file}:${line}`))
    .map((finding) => ({ id, file: finding.file, line: finding.line, ...placed(finding) }));
  extra.sort((left, right) => compareTexts(left.file, right.file) || left.line - right.line || comparePlaced(left, right));
  return { labels: labels.map((label) => judgeLabel(evaluationCase, label, findings)), extra };
}

function judgeLabel(evaluationCase: EvaluationCase, label: Label, findings: readonly Finding[]): LabelOutcome {
  const here = findings.filter(({ file, line }) => file === label.file && line === label.line);
  const outcome = label.verdict === 'removable' ? judgeRemovable(label, here) : judgeNeeded(evaluationCase, label, here, findings);
  const unproved = outcome === 'met' ? [] : here.filter(({ rule }) => label.rules.includes(rule)).flatMap(({ obligations }) => obligations.filter(({ state }) => state === 'open' || state === 'failed'));
  const inTheWay = [...new Map(unproved.map(({ code, state }) => [`${code} ${state}`, { code, state }])).values()];
  return {
    evaluationCase, label, outcome,
    findings: here.map(placed).sort(comparePlaced),
    inTheWay: inTheWay.sort((left, right) => compareTexts(left.code, right.code) || compareTexts(left.state, right.state)),
  };
}

function judgeRemovable(label: Label, here: readonly Finding[]): Outcome {
  const accepted = here.filter(({ rule }) => label.rules.includes(rule));
  if (accepted.some(isFirm)) return 'met';
  return accepted.length > 0 ? 'partial' : 'missed';
}

function judgeNeeded(evaluationCase: EvaluationCase, label: Label, here: readonly Finding[], all: readonly Finding[]): Outcome {
  const line = lineRange(evaluationCase, label);
  const text = textRange(evaluationCase, label);
  // A finding that begins elsewhere may still take the labelled expression away.
  const isTaken = here.some((finding) => hasSafeEditIn(finding, label.file, line)) || all.some((finding) => hasSafeEditIn(finding, label.file, text));
  if (isTaken) return 'violated-safe';
  return here.some(isFirm) ? 'violated' : 'respected';
}

interface Range {
  readonly start: number;
  readonly end: number;
}

function hasSafeEditIn(finding: Finding, file: string, range: Range): boolean {
  return finding.fix?.tier === 'safe' && (finding.fix.edits ?? []).some((edit) => edit.file === file && edit.start < range.end && edit.end > range.start);
}

function lineRange({ sources }: EvaluationCase, { file, line }: Label): Range {
  const source = sources[file] ?? '';
  const lines = linesOf(source);
  let start = 0;
  // Line ends may be of one unit or of two, so the place is looked up and not added up.
  for (const before of lines.slice(0, line - 1)) {
    start += before.length;
    start += source.startsWith('\r\n', start) ? 2 : 1;
  }
  return { start, end: start + (lines[line - 1] ?? '').length };
}

function textRange(evaluationCase: EvaluationCase, label: Label): Range {
  const { start } = lineRange(evaluationCase, label);
  const from = (evaluationCase.sources[label.file] ?? '').indexOf(label.text, start);
  return { start: from, end: from + label.text.length };
}

function isFirm({ confidence }: Finding): boolean {
  return confidence !== 'possible';
}

function placed({ rule, confidence, fix }: Finding): PlacedFinding {
  return { rule, confidence, tier: fix?.tier ?? null };
}

function comparePlaced(left: PlacedFinding, right: PlacedFinding): number {
  return compareTexts(left.rule, right.rule) || compareTexts(left.confidence, right.confidence) || compareTexts(left.tier ?? '', right.tier ?? '');
}
