/** One entry of the text report: a finding (and the others like it) with its code, its reasons, its cost and what to do. */
import { codeFrame, type FrameLine } from '../code-frame.js';
import { describeOthers, type FindingGroup } from '../grouping.js';
import { fixCommandOf } from '../fix-command.js';
import { describeObligations } from '../obligations.js';
import { describeRelated } from '../related-places.js';
import { padEnd, printable, wrap } from '../terminal-text.js';
import type { TextStyle } from './text-style.js';
import type { Finding } from '@scrimp/analysis/detect';

const labelCells = 7;
const indent = '  ';

export interface EntryContext {
  /** Place of the entry in the report, from 1. */
  readonly rank: number;
  /** The file's text in lines, or null when it cannot be had. */
  readonly lines: readonly string[] | null;
  /** Whether an entry names the stage of its rule; where all have the same, the summary says it. */
  readonly isStageShown: boolean;
  /** Paths that were audited, for commands. */
  readonly paths: readonly string[];
}

/** Lines of the entry. */
export function findingEntry(style: TextStyle, group: FindingGroup, { rank, lines, isStageShown, paths }: EntryContext): string[] {
  const finding = group.first;
  const entry = [...headLines(style, finding, rank, isStageShown), ...wrap(printable(finding.message), style.width)];
  if (lines !== null) {
    const frame = codeFrame(lines, finding, style.width - indent.length);
    if (frame.length > 0) entry.push('', ...frame.map((line) => indent + frameLine(style, line)), '');
  }
  entry.push(...labeled(style, 'why', finding.why));
  entry.push(...labeled(style, finding.advice === 'required' ? 'keep' : 'do', finding.help));
  entry.push(...labeled(style, 'cost', finding.cost.expression));
  entry.push(...labeled(style, finding.hotness.level, finding.hotness.source));
  entry.push(...proofLines(style, finding));
  entry.push(...fixLines(style, finding, paths));
  describeRelated(finding).forEach((related, index) => entry.push(...labeled(style, index === 0 ? 'see' : '', related)));
  if (group.others.length > 0) entry.push(...labeled(style, 'more', `+ ${describeOthers(group)}`));
  return entry;
}

/** One line per finding, for `--quiet`: place, severity, rule, message. Never wrapped, so that it can be searched. */
export function findingLine(style: TextStyle, finding: Finding): string {
  const { paint } = style;
  return `${style.place(finding.file, finding.line, finding.column)} ${label(style, finding)} ${paint.rule(finding.rule)} ${printable(finding.message)}`;
}

function headLines(style: TextStyle, finding: Finding, rank: number, isStageShown: boolean): string[] {
  const { paint } = style;
  const number = paint.dim(`${String(rank)}.`);
  const stage = isStageShown && finding.stage === 'nursery' ? paint.dim(' (nursery)') : '';
  const what = `${number} ${label(style, finding)}  ${paint.rule(finding.rule)}${stage}`;
  const place = `${style.place(finding.file, finding.line, finding.column)} ${paint.dim('in')} ${printable(finding.function)}`;
  // Places stand below each other at the left edge, where the eye and the terminal's links find them.
  return [what, place];
}

function labelText(finding: Finding): string {
  if (finding.advice === 'required') return 'required';
  if (finding.advice === 'missing') return `${finding.severity}, missing`;
  return finding.severity;
}

function label(style: TextStyle, finding: Finding): string {
  const text = labelText(finding);
  return finding.advice === 'required' ? style.paint.good(text) : style.paint.severity[finding.severity](text);
}

function frameLine(style: TextStyle, line: FrameLine): string {
  const { paint } = style;
  if (line.kind === 'gap') return paint.dim(line.gutter);
  const bar = paint.dim('│');
  const gutter = line.kind === 'site' ? line.gutter : paint.dim(line.gutter);
  if (line.kind === 'underline') return `${line.gutter} ${bar} ${paint.underline(line.code)}`.trimEnd();
  return `${gutter} ${bar} ${line.kind === 'context' ? paint.dim(line.code) : line.code}`.trimEnd();
}

function labeled(style: TextStyle, name: string, text: string): string[] {
  if (text === '') return [];
  const lines = wrap(printable(text), style.width - indent.length - labelCells);
  return lines.map((line, index) => `${indent}${index === 0 ? style.paint.dim(padEnd(name, labelCells)) : ' '.repeat(labelCells)}${line}`);
}

function proofLines(style: TextStyle, finding: Finding): string[] {
  const obligations = describeObligations(finding);
  const text = obligations === '' ? finding.confidence : `${finding.confidence}: ${obligations}`;
  const brush = { proven: style.paint.good, likely: style.paint.doubtful, possible: style.paint.bad }[finding.confidence];
  const lines = labeled(style, 'proof', text);
  // The first word is painted after wrapping, so that color cannot change the breaks.
  return lines.map((line, index) => (index === 0 ? line.replace(finding.confidence, brush(finding.confidence)) : line));
}

function fixLines(style: TextStyle, finding: Finding, paths: readonly string[]): string[] {
  const { fix } = finding;
  if (fix === null) return [];
  const title = labeled(style, 'fix', `${fix.tier}: ${fix.title}`);
  const command = fixCommandOf(finding, paths);
  // A command is never broken, so that it can be copied.
  return command === null ? title : [...title, `${indent}${' '.repeat(labelCells)}${style.paint.command(command)}`];
}
