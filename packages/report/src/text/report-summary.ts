/** The end of the text report: how many findings of which severity and rule, what was looked at, and how to go on. */
import { activeFindings, areAllNursery, countByRule, countBySeverity, percent, plural, suppressedFindings } from '../active-findings.js';
import { contractTitle, countWaivers } from '../contracts.js';
import { fixCommand, shellWords } from '../fix-command.js';
import { padStart, wrap } from '../terminal-text.js';
import type { ReportInput } from '../report-input.js';
import type { TextStyle } from './text-style.js';
import type { AnalysisSummary, Finding, Tier } from '@scrimp/analysis/detect';

const labelCells = 10;
const shownRules = 10;

export function reportSummary(style: TextStyle, input: ReportInput): string[] {
  const { paint } = style;
  const { result } = input;
  const findings = activeFindings(result.findings);
  const problems = findings.filter((finding) => finding.advice !== 'required');
  const required = findings.length - problems.length;
  const { summary } = result;
  const lines = [
    row(style, 'findings', problems.length === 0 ? noneText(style, input) : severityLine(style, findings)),
  ];
  countByRule(problems).slice(0, shownRules).forEach((counted, index) => {
    lines.push(row(style, index === 0 ? 'rules' : '', `${padStart(String(counted.count), 4)}  ${counted.name}`));
  });
  const hiddenRules = countByRule(problems).length - shownRules;
  if (hiddenRules > 0) lines.push(row(style, '', paint.dim(`      … and ${plural(hiddenRules, 'more rule')}`)));
  if (areAllNursery(findings)) {
    wrap('every rule above is in the nursery: its findings in published packages are not yet shown to be 95 % true', style.width - labelCells - 3).forEach((line, index) => {
      lines.push(row(style, index === 0 ? 'stage' : '', paint.dim(line)));
    });
  }
  if (required > 0) lines.push(row(style, 'required', `${plural(required, 'copy').replace('copys', 'copies')} that must stay`));
  const suppressed = suppressedFindings(result.findings).length;
  if (suppressed > 0) lines.push(row(style, 'silenced', plural(suppressed, 'finding')));
  if (result.contracts.length > 0) lines.push(row(style, 'contracts', contractTitle(result.contracts).replace('Contracts: ', '')));
  if (result.waivers.length > 0) lines.push(row(style, 'waived', countWaivers(result.waivers)));
  lines.push(row(style, 'analyzed', `${plural(summary.files, 'file')}, ${plural(summary.functions, 'function')}, ${understood(summary)}`));
  if (result.skipped.length > 0) lines.push(row(style, 'skipped', paint.doubtful(plural(result.skipped.length, 'file'))));
  if (result.missingBenchmarks.length > 0) lines.push(row(style, 'unmeasured', `${plural(result.missingBenchmarks.length, 'hot function')} without a benchmark`));
  const fixes = fixLine(problems);
  if (fixes !== '') lines.push(row(style, 'fixes', fixes));
  lines.push(...nextLines(style, input, problems));
  return lines;
}

function row(style: TextStyle, name: string, text: string): string {
  return `  ${style.paint.dim(name.padEnd(labelCells))} ${text}`;
}

/** Nothing found is good news only when something was looked at. */
function noneText(style: TextStyle, input: ReportInput): string {
  return input.result.summary.files === 0 ? style.paint.doubtful('none, because no file was analyzed') : style.paint.good('none');
}

function severityLine(style: TextStyle, findings: readonly Finding[]): string {
  return countBySeverity(findings).map(({ name, count }) => style.paint.severity[name](`${String(count)} ${name}`)).join(style.paint.dim(' · '));
}

function countOfTier(findings: readonly Finding[], tier: Tier): number {
  return findings.filter((finding) => finding.fix?.tier === tier).length;
}

function fixLine(findings: readonly Finding[]): string {
  const tiers: readonly Tier[] = ['safe', 'guarded', 'review'];
  return tiers.map((tier) => ({ tier, count: countOfTier(findings, tier) })).filter(({ count }) => count > 0).map(({ tier, count }) => `${String(count)} ${tier}`).join(' · ');
}

function understood(summary: AnalysisSummary): string {
  return summary.files === 0 ? 'nothing to understand' : `${percent(summary.expressionsUnderstood)} of expressions understood`;
}

/** The commands that make sense now, most useful first. */
function nextLines(style: TextStyle, input: ReportInput, findings: readonly Finding[]): string[] {
  const next: { command: string; purpose: string }[] = [];
  if (countOfTier(findings, 'safe') > 0) next.push({ command: fixCommand(input.paths, 'safe', null), purpose: 'shows the safe edits and writes nothing' });
  else if (countOfTier(findings, 'guarded') > 0) next.push({ command: fixCommand(input.paths, 'guarded', null), purpose: 'shows the guarded edits and writes nothing' });
  const top = findings[0];
  if (top !== undefined) next.push({ command: `scrimp explain ${top.rule}`, purpose: 'says what the first finding means' });
  if (top !== undefined) next.push({ command: `scrimp audit${shellWords(input.paths)} --fail-on high`, purpose: 'fails a build from high upwards' });
  const cells = Math.max(0, ...next.map(({ command }) => command.length));
  const lines: string[] = [];
  const longestPurpose = Math.max(0, ...next.map(({ purpose }) => purpose.length));
  const fits = 3 + labelCells + cells + 2 + longestPurpose <= style.width;
  next.forEach(({ command, purpose }, index) => {
    const name = index === 0 ? 'next' : '';
    lines.push(row(style, name, fits ? `${style.paint.command(command)}${' '.repeat(cells - command.length + 2)}${style.paint.dim(purpose)}` : style.paint.command(command)));
    if (!fits) for (const line of wrap(purpose, style.width - labelCells - 5)) lines.push(row(style, '', `  ${style.paint.dim(line)}`));
  });
  return lines;
}
