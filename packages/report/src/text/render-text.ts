/**
 * The text report: what a person reads in a terminal, ranked by saving, with code, reasons and what to do.
 * It owns the order of the sections; entries, tables and the summary are siblings in this folder.
 */
import { activeFindings, areAllNursery, plural, suppressedFindings } from '../active-findings.js';
import { linesOf } from '../code-frame.js';
import { groupFindings } from '../grouping.js';
import { explainCodes } from '../obligations.js';
import { assumedWorlds, type ReportInput } from '../report-input.js';
import { cellsOf, padEnd, printable, wrap } from '../terminal-text.js';
import { contractLines, waiverLines } from './contract-lines.js';
import { entryPointsTable } from './entry-points-table.js';
import { findingEntry, findingLine } from './finding-entry.js';
import { reportSummary } from './report-summary.js';
import { createTextStyle, type TextOptions, type TextStyle } from './text-style.js';
import type { AnalysisResult, GoodPattern } from '@scrimp/analysis/detect';

const shownPatternPlaces = 3;
const shownSkipped = 20;
const codeCells = 6;

/** The whole report; ends with a line feed. Without color it is the same text. */
export function renderText(input: ReportInput, options: TextOptions): string {
  const style = createTextStyle(options);
  const { result } = input;
  const sections: string[][] = [headLines(style, input)];
  const sourceLines = lineCache(input.sources);
  const isStageShown = !areAllNursery(activeFindings(result.findings));
  groupFindings(activeFindings(result.findings)).forEach((group, index) => {
    sections.push(findingEntry(style, group, { rank: index + 1, lines: sourceLines(group.first.file), paths: input.paths, isStageShown }));
  });
  pushSection(sections, style, 'proof codes', codeLines(style, result));
  pushSection(sections, style, 'entry points', entryPointsTable(style, result.entryPoints));
  pushSection(sections, style, 'done well', goodPatternLines(style, result.goodPatterns));
  pushSection(sections, style, 'contracts', contractLines(style, result));
  pushSection(sections, style, 'silenced', silencedLines(style, result));
  pushSection(sections, style, 'waivers', waiverLines(style, result));
  pushSection(sections, style, 'not looked at', skippedLines(style, result));
  pushSection(sections, style, 'summary', reportSummary(style, input));
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`;
}

/** One line per finding and nothing else; empty when there is none. */
export function renderTextLines(input: ReportInput, options: TextOptions): string {
  const style = createTextStyle(options);
  return activeFindings(input.result.findings).map((finding) => `${findingLine(style, finding)}\n`).join('');
}

function pushSection(sections: string[][], style: TextStyle, title: string, lines: readonly string[]): void {
  if (lines.length > 0) sections.push([style.paint.bold(title), ...lines]);
}

function headLines(style: TextStyle, input: ReportInput): string[] {
  const { tool } = input;
  const about = wrap(`target ${tool.target} · TypeScript ${tool.typescript} · Node ${tool.node}`, style.width);
  const named = input.folder === '.' ? [] : wrap(`files are named from ${printable(input.folder)}`, style.width);
  const assumed = wrap(`assumed throughout: ${assumedWorlds.join('; ')}`, style.width);
  return [`${style.paint.bold(tool.name)} ${tool.version}`, ...[...about, ...named, ...assumed].map(style.paint.dim)];
}

function lineCache(sources: ReportInput['sources']): (file: string) => readonly string[] | null {
  const cache = new Map<string, readonly string[] | null>();
  return (file) => {
    const known = cache.get(file);
    if (known !== undefined) return known;
    const text = sources(file);
    const lines = text === null ? null : linesOf(text);
    cache.set(file, lines);
    return lines;
  };
}

/** Entries name obligations by their codes, which nobody knows by heart. */
function codeLines(style: TextStyle, result: AnalysisResult): string[] {
  return explainCodes(activeFindings(result.findings)).map(({ code, meaning }) => `  ${padEnd(code, codeCells)}${style.paint.dim(meaning)}`);
}

function goodPatternLines(style: TextStyle, patterns: readonly GoodPattern[]): string[] {
  const byPattern = new Map<string, GoodPattern[]>();
  for (const pattern of patterns) {
    const same = byPattern.get(pattern.pattern);
    if (same === undefined) byPattern.set(pattern.pattern, [pattern]);
    else same.push(pattern);
  }
  const lines: string[] = [];
  for (const [name, places] of byPattern) {
    lines.push(`  ${style.paint.good('✓')} ${printable(name)} ${style.paint.dim(`(${plural(places.length, 'place')})`)}`);
    for (const place of places.slice(0, shownPatternPlaces)) {
      lines.push(`    ${style.place(place.file, place.line, null)} ${style.paint.dim('in')} ${printable(place.function)}`);
      lines.push(...wrap(printable(place.message), style.width - 6).map((line) => `      ${line}`));
    }
    const hidden = places.length - shownPatternPlaces;
    if (hidden > 0) lines.push(style.paint.dim(`    … and ${String(hidden)} more`));
  }
  return lines;
}

function silencedLines(style: TextStyle, result: AnalysisResult): string[] {
  return suppressedFindings(result.findings).flatMap((finding) => {
    const reason = finding.suppressed?.reason ?? 'no reason given';
    const kind = finding.suppressed?.kind ?? 'comment';
    const head = `  ${style.place(finding.file, finding.line, finding.column)} ${finding.rule}`;
    return [head, ...wrap(printable(`by ${kind}: ${reason}`), style.width - 4).map((line) => `    ${style.paint.dim(line)}`)];
  });
}

function skippedLines(style: TextStyle, result: AnalysisResult): string[] {
  const lines = result.skipped.slice(0, shownSkipped).flatMap((skipped) => {
    const file = printable(skipped.file);
    const reason = printable(skipped.reason);
    const fitsOneLine = cellsOf(file) + cellsOf(reason) + 4 <= style.width;
    if (fitsOneLine) return [`  ${style.paint.location(file)}: ${reason}`];
    return [`  ${style.paint.location(file)}:`, ...wrap(reason, style.width - 4).map((line) => `    ${line}`)];
  });
  const hidden = result.skipped.length - shownSkipped;
  if (hidden > 0) lines.push(style.paint.dim(`  … and ${String(hidden)} more in the JSON report`));
  return lines;
}
