/** One entry of the text report: a finding (and the others like it) with its code, its reasons, its cost and what to do. */
import { codeFrame, type FrameLine } from '../code-frame.js';
import { describeOthers, type FindingGroup } from '../grouping.js';
import { describeObligations } from '../obligations.js';
import { cellsOf, padEnd, printable, wrap } from '../terminal-text.js';
import { placeText, type TextStyle } from './text-style.js';
import type { Finding } from '@scrimp/analysis/detect';

const labelCells = 7;
const indent = '  ';

/** Lines of the entry. `rank` is the place in the report, from 1; `lines` is the file's text in lines, or null. */
export function findingEntry(style: TextStyle, group: FindingGroup, rank: number, lines: readonly string[] | null): string[] {
  const finding = group.first;
  const entry = [...headLines(style, finding, rank), ...wrap(printable(finding.message), style.width)];
  if (lines !== null) {
    const frame = codeFrame(lines, finding, style.width - indent.length);
    if (frame.length > 0) entry.push('', ...frame.map((line) => indent + frameLine(style, line)), '');
  }
  entry.push(...labeled(style, 'why', finding.why));
  entry.push(...labeled(style, finding.advice === 'required' ? 'keep' : 'do', finding.help));
  entry.push(...labeled(style, 'cost', finding.cost.expression));
  entry.push(...labeled(style, finding.hotness.level, finding.hotness.source));
  entry.push(...proofLines(style, finding));
  entry.push(...fixLines(style, finding));
  for (const related of finding.related) {
    entry.push(...labeled(style, 'see', `${placeText(related.file, related.line, related.column)} ${related.message}`));
  }
  if (group.others.length > 0) entry.push(...labeled(style, 'more', `+ ${describeOthers(group)}`));
  return entry;
}

/** One line per finding, for `--quiet`: place, severity, rule, message. Never wrapped, so that it can be searched. */
export function findingLine(style: TextStyle, finding: Finding): string {
  const { paint } = style;
  return `${style.place(finding.file, finding.line, finding.column)} ${label(style, finding)} ${paint.rule(finding.rule)} ${printable(finding.message)}`;
}

function headLines(style: TextStyle, finding: Finding, rank: number): string[] {
  const { paint } = style;
  const number = paint.dim(`${String(rank)}.`);
  const stage = finding.stage === 'nursery' ? paint.dim(' (nursery)') : '';
  const what = `${number} ${label(style, finding)}  ${paint.rule(finding.rule)}${stage}`;
  const place = `${style.place(finding.file, finding.line, finding.column)} ${paint.dim('in')} ${printable(finding.function)}`;
  const whatCells = cellsOf(`${String(rank)}. ${labelText(finding)}  ${finding.rule}`) + (finding.stage === 'nursery' ? 10 : 0);
  const placeCells = cellsOf(`${placeText(finding.file, finding.line, finding.column)} in ${finding.function}`);
  const fitsOneLine = whatCells + 2 + placeCells <= style.width;
  return fitsOneLine ? [`${what}  ${place}`] : [what, place];
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

function fixLines(style: TextStyle, finding: Finding): string[] {
  const { fix } = finding;
  if (fix === null) return [];
  if (fix.tier === 'review') return labeled(style, 'fix', `review: ${fix.title}`);
  const tierOption = fix.tier === 'safe' ? '' : ` --tier ${fix.tier}`;
  const command = `scrimp fix --rule ${finding.rule}${tierOption}`;
  const title = `${fix.tier}: ${fix.title}`;
  const fitsOneLine = cellsOf(`${title}, ${command}`) <= style.width - indent.length - labelCells;
  // A command is never broken, so that it can be copied.
  if (!fitsOneLine) return [...labeled(style, 'fix', title), `${indent}${' '.repeat(labelCells)}${style.paint.command(command)}`];
  return labeled(style, 'fix', `${title}, ${command}`).map((line) => line.replace(command, style.paint.command(command)));
}
