/**
 * The Markdown report, for pull requests: a table, then the findings in collapsible details, best first.
 * Hosts of pull requests cut comments at 64 KiB; this report stays below 60 KiB and says what it left out.
 */
import { activeFindings, countByRule, countBySeverity, percent, plural, suppressedFindings } from './active-findings.js';
import { codeFrame, linesOf } from './code-frame.js';
import { contractNote, contractTitle, waiverText, worstFirst } from './contracts.js';
import { describeOthers, groupFindings, type FindingGroup } from './grouping.js';
import { describeObligations } from './obligations.js';
import { describeRelated } from './related-places.js';
import { assumedWorlds, type ReportInput } from './report-input.js';
import type { AnalysisResult } from '@scrimp/analysis/detect';

/** UTF-8 bytes. */
export const markdownLimit = 60 * 1024;
const frameCells = 110;
const tableRows = 25;
/** Room for the note on what was left out. */
const noteBytes = 256;
/** What follows the findings may take this much, so that findings always have the larger part. */
const tailBytes = 12 * 1024;
/** One entry is at most this much of the report, so that a single one cannot push all others out. */
const longestText = 600;

export function renderMarkdown(input: ReportInput): string {
  const { result } = input;
  const groups = groupFindings(activeFindings(result.findings));
  const tail = withinBytes(tailParts(input), tailBytes);
  let report = headParts(input).join('\n');
  let shownGroups = 0;
  let shownFindings = 0;
  for (const group of groups) {
    const entry = findingDetails(input, group);
    if (bytesOf(report) + bytesOf(entry) + bytesOf(tail) + noteBytes > markdownLimit) break;
    report += entry;
    shownGroups += 1;
    shownFindings += 1 + group.others.length;
  }
  if (shownGroups < groups.length) {
    const left = activeFindings(result.findings).length - shownFindings;
    report += `\n**${plural(left, 'more finding')} left out** to keep this report below 60 KiB; \`scrimp audit --format json\` lists all of them.\n`;
  }
  return report + tail;
}

/** The lines that fit, and a last line that says so when some did not. */
function withinBytes(lines: readonly string[], limit: number): string {
  let text = '';
  for (const line of lines) {
    if (bytesOf(text) + bytesOf(line) + 1 > limit) return `${text}\nThe rest is left out to keep this report below 60 KiB; the JSON report has it.\n`;
    text += `${line}\n`;
  }
  return text;
}

function headParts(input: ReportInput): string[] {
  const { tool, result } = input;
  const findings = activeFindings(result.findings);
  const problems = findings.filter((finding) => finding.advice !== 'required');
  const counts = countBySeverity(findings).map(({ name, count }) => `${String(count)} ${name}`).join(', ');
  const parts = [
    `## ${tool.name} audit`,
    '',
    problems.length === 0 ? 'No findings.' : `**${plural(problems.length, 'finding')}**: ${counts}.`,
    `${plural(result.summary.files, 'file')}, ${plural(result.summary.functions, 'function')}, ${percent(result.summary.expressionsUnderstood)} of expressions understood.`,
    `Target ${tool.target}, TypeScript ${tool.typescript}, ${tool.name} ${tool.version}; assumed: ${assumedWorlds.join('; ')}.`,
    '',
  ];
  const byRule = countByRule(problems);
  if (byRule.length > 0) {
    parts.push('| rule | findings |', '| --- | ---: |');
    for (const { name, count } of byRule.slice(0, tableRows)) parts.push(`| \`${name}\` | ${String(count)} |`);
    if (byRule.length > tableRows) parts.push(`| and ${plural(byRule.length - tableRows, 'more rule')} | |`);
    parts.push('');
  }
  return parts;
}

function findingDetails(input: ReportInput, group: FindingGroup): string {
  const finding = group.first;
  const more = group.others.length === 0 ? '' : ` and ${String(group.others.length)} more like this`;
  const word = finding.advice === 'required' ? 'required' : finding.severity;
  const place = `${finding.file}:${String(finding.line)}`;
  const lines = [
    '',
    `<details><summary><b>${word}</b> ${escapeHtml(finding.rule)}: ${escapeHtml(short(finding.message))} (${escapeHtml(place)}${more})</summary>`,
    '',
    ...fencedFrame(input, group),
    `- Place: ${inlineCode(`${place}:${String(finding.column)}`)} in ${inlineCode(finding.function)}`,
    `- Why: ${escapeText(finding.why)}`,
    `- Do: ${escapeText(finding.help)}`,
    `- Cost: ${inlineCode(finding.cost.expression)} (${finding.hotness.level}: ${escapeText(finding.hotness.source)})`,
    `- Proof: ${finding.confidence}; ${escapeText(describeObligations(finding))}`,
  ];
  if (finding.fix !== null) lines.push(`- Fix: ${finding.fix.tier}, ${escapeText(finding.fix.title)}`);
  for (const related of describeRelated(finding)) lines.push(`- See ${escapeText(related)}`);
  if (group.others.length > 0) lines.push(`- And ${escapeText(describeOthers(group))}`);
  lines.push('', '</details>', '');
  return lines.join('\n');
}

function fencedFrame(input: ReportInput, group: FindingGroup): string[] {
  const text = input.sources(group.first.file);
  if (text === null) return [];
  const frame = codeFrame(linesOf(text), group.first, frameCells).map((line) => `${line.gutter} | ${line.code}`.trimEnd());
  if (frame.length === 0) return [];
  const longestRun = Math.max(0, ...(frame.join('\n').match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(Math.max(3, longestRun + 1));
  return [`${fence}text`, ...frame, fence, ''];
}

function tailParts(input: ReportInput): string[] {
  const { result } = input;
  const parts: string[] = [''];
  if (result.entryPoints.length > 0) {
    parts.push('### Entry points', '', '| function | one call allocates | avoidable |', '| --- | --- | --- |');
    for (const entryPoint of result.entryPoints.slice(0, tableRows)) {
      parts.push(`| ${tableCode(entryPoint.name)} | ${tableCode(entryPoint.cost.expression)} | ${tableCode(entryPoint.avoidable.expression)} |`);
    }
    if (result.entryPoints.length > tableRows) parts.push('', `And ${String(result.entryPoints.length - tableRows)} more.`);
    parts.push('');
  }
  return [...parts, ...contractParts(result), ...skippedParts(result), ...suppressedParts(result), ...waiverParts(result)];
}

function contractParts({ contracts }: AnalysisResult): string[] {
  if (contracts.length === 0) return [];
  const parts = [`### ${contractTitle(contracts)}`, '', '| function | contract | state | one call allocates |', '| --- | --- | --- | --- |'];
  for (const one of worstFirst(contracts).slice(0, tableRows)) {
    parts.push(`| ${tableCode(one.function)} | ${tableCode(one.contract)} | ${escapeText(contractNote(one)).replaceAll('|', '\\|')} | ${tableCode(one.allocates)} |`);
  }
  if (contracts.length > tableRows) parts.push('', `And ${String(contracts.length - tableRows)} more.`);
  return [...parts, ''];
}

function waiverParts({ waivers }: AnalysisResult): string[] {
  if (waivers.length === 0) return [];
  const parts = [`### Waivers: ${plural(waivers.length, 'comment')}`, ''];
  for (const one of waivers.slice(0, tableRows)) parts.push(`- ${inlineCode(`${one.file}:${String(one.line)}`)} ${escapeText(waiverText(one))}`);
  if (waivers.length > tableRows) parts.push(`- and ${String(waivers.length - tableRows)} more`);
  return [...parts, ''];
}

function skippedParts(result: AnalysisResult): string[] {
  if (result.skipped.length === 0) return [];
  const parts = [`### Not looked at: ${plural(result.skipped.length, 'file')}`, ''];
  for (const skipped of result.skipped.slice(0, tableRows)) parts.push(`- ${inlineCode(skipped.file)}: ${escapeText(skipped.reason)}`);
  if (result.skipped.length > tableRows) parts.push(`- and ${String(result.skipped.length - tableRows)} more`);
  return [...parts, ''];
}

function suppressedParts(result: AnalysisResult): string[] {
  const suppressed = suppressedFindings(result.findings);
  if (suppressed.length === 0) return [];
  const parts = [`### Silenced: ${plural(suppressed.length, 'finding')}`, ''];
  for (const finding of suppressed.slice(0, tableRows)) {
    parts.push(`- ${inlineCode(`${finding.file}:${String(finding.line)}`)} \`${finding.rule}\`: ${escapeText(finding.suppressed?.reason ?? 'no reason given')}`);
  }
  if (suppressed.length > tableRows) parts.push(`- and ${String(suppressed.length - tableRows)} more`);
  return [...parts, ''];
}

function bytesOf(text: string): number {
  return Buffer.byteLength(text, 'utf8');
}

function short(text: string): string {
  const line = text.replace(/\s+/g, ' ');
  return line.length <= longestText ? line : `${line.slice(0, longestText - 1)}…`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** Text in a list or paragraph: code spans of our messages stay, tags and mentions of people do not work. */
function escapeText(text: string): string {
  return escapeHtml(short(text)).replace(/@(?=\w)/g, '@\u200b');
}

function inlineCode(text: string): string {
  const line = short(text);
  const longestRun = Math.max(0, ...(line.match(/`+/g) ?? []).map((run) => run.length));
  const fence = '`'.repeat(longestRun + 1);
  return longestRun === 0 ? `${fence}${line}${fence}` : `${fence} ${line} ${fence}`;
}

function tableCode(text: string): string {
  return inlineCode(text).replaceAll('|', '\\|');
}
