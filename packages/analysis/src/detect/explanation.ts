/**
 * Explanations: the whole chain behind a finding, and what rules thought of a place where they say nothing. Plain data for `scrimp explain`; what the rules
 * report comes from `engine.ts`, the chain from `value-history.ts`. Nothing here decides anything: it shows what was decided.
 */
import type { Span } from '../ir/function.js';
import { byteCopyOf } from './byte-copy.js';
import type { Finding, Obligation } from './finding.js';
import type { RuleReport } from './engine.js';
import { positionOf } from './position.js';
import type { CallSite, ProgramQuery } from './query.js';
import { historyOf, type HistoryStep } from './value-history.js';

/** What somebody wants to know: the proof of a finding, by its id or the first characters of its fingerprint, or what rules say of a line. */
export type Inquiry =
  | { readonly kind: 'finding'; readonly fingerprint: string }
  /** `line` is 1-based; no `rules` means all. */
  | { readonly kind: 'place'; readonly file: string; readonly line: number; readonly rules: readonly string[] };

export interface ExplainedFinding {
  readonly finding: Finding;
  /** In the order in which things happen, as far as the source tells. */
  readonly steps: readonly HistoryStep[];
}

/** What one rule decided about one expression of the line. */
export interface Verdict {
  readonly rule: string;
  /** `rejected`: an obligation failed, so nothing was reported. */
  readonly verdict: 'reported' | 'suppressed' | 'rejected';
  readonly line: number;
  readonly column: number;
  readonly message: string;
  readonly obligations: readonly Obligation[];
}

/** A copy of bytes on the line, and whether a view in its place would be the same to everybody. */
export interface CopyVerdict {
  readonly line: number;
  readonly column: number;
  /** The copying expression. */
  readonly text: string;
  readonly view: 'would do' | 'would not do' | 'not known to do';
  readonly obligations: readonly Obligation[];
}

export type Explanation =
  /** None or several when the fingerprint is no prefix of any, or of several. */
  | { readonly kind: 'finding'; readonly found: readonly ExplainedFinding[] }
  | {
    readonly kind: 'place';
    readonly file: string;
    readonly line: number;
    /** Whether the file is part of the program. */
    readonly isRead: boolean;
    /** Functions with code on the line. */
    readonly functions: readonly string[];
    /** Calls on the line that the model or the program tells nothing of. */
    readonly unknownCalls: readonly string[];
    readonly verdicts: readonly Verdict[];
    readonly copies: readonly CopyVerdict[];
  };

/** `findings` are the final ones, ranked and silenced. */
export function explain(inquiry: Inquiry, query: ProgramQuery, reports: readonly RuleReport[], findings: readonly Finding[]): Explanation {
  return inquiry.kind === 'finding' ? explainFinding(inquiry.fingerprint, query, reports, findings) : explainPlace(inquiry, query, reports, findings);
}

function explainFinding(prefix: string, query: ProgramQuery, reports: readonly RuleReport[], findings: readonly Finding[]): Explanation {
  const found = findings.filter((one) => one.fingerprint.startsWith(prefix));
  return {
    kind: 'finding',
    found: found.map((finding) => {
      const report = reports.find((one) => one.finding?.fingerprint === finding.fingerprint);
      const steps = report === undefined ? [] : historyOf(query, report.report.site);
      const related = finding.related.map((one): HistoryStep => ({ file: one.file, line: one.line, column: one.column, depth: 0, what: one.message }));
      return { finding, steps: [...steps, ...related.filter((one) => !steps.some((step) => step.file === one.file && step.line === one.line && step.column === one.column))] };
    }),
  };
}

function explainPlace(inquiry: Extract<Inquiry, { readonly kind: 'place' }>, query: ProgramQuery, reports: readonly RuleReport[], findings: readonly Finding[]): Explanation {
  const { file, line } = inquiry;
  const inFile = query.functions().filter((fn) => fn.module.file === file);
  const isHere = (span: Span, module: (typeof inFile)[number]['module']): boolean => positionOf(module, span.start).line <= line && positionOf(module, span.end).line >= line;
  const calls = inFile.flatMap((fn) => fn.calls()).filter((call) => call.in.line(call.value) === line);
  const around = inFile.filter((fn) => fn.function.kind !== 'module' && isHere(fn.function.span, fn.module));
  const verdicts = reports.flatMap((one): readonly Verdict[] => {
    const { module, function: fn, value } = one.report.site;
    const start = one.report.at?.start ?? fn.spans[2 * value] ?? -1;
    const span = start === -1 ? fn.nameSpan : one.report.at ?? { start, end: fn.spans[2 * value + 1]! };
    if (module.file !== file || !isHere(span, module) || (inquiry.rules.length > 0 && !inquiry.rules.includes(one.rule))) return [];
    const final = findings.find((finding) => finding.fingerprint === one.finding?.fingerprint) ?? one.finding;
    const verdict = final === null ? 'rejected' : final.suppressed === null ? 'reported' : 'suppressed';
    return [{ rule: one.rule, verdict, ...positionOf(module, span.start), message: one.message, obligations: final?.obligations ?? one.report.obligations }];
  });
  return {
    kind: 'place', file, line,
    isRead: inFile.length > 0,
    functions: around.map((fn) => fn.function.name),
    unknownCalls: calls.filter((call) => !call.complete).map(textOf),
    verdicts,
    copies: calls.flatMap((call) => copyVerdict(call)),
  };
}

function copyVerdict(call: CallSite): readonly CopyVerdict[] {
  const copy = byteCopyOf(call);
  if (copy === null) return [];
  const { verdict, obligations } = call.in.proveView(call, copy.source);
  const start = call.function.spans[2 * call.value] ?? call.function.span.start;
  const view = verdict === 'fails' ? 'would not do' : verdict === 'doubtful' ? 'not known to do' : 'would do';
  return [{ ...positionOf(call.module, start), text: textOf(call), view, obligations }];
}

function textOf(call: CallSite): string {
  const text = (call.in.text(call.value) ?? 'a call').replaceAll(/\s+/g, ' ');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}
