/** The result of a fix as text: what is saved and where, what was dropped and why, what to do next; and the colors of a diff. */
import pc from 'picocolors';
import type { Tier } from '@scrimp/analysis';
import type { DroppedRewrite, PlannedRewrite } from '@scrimp/rewrite';

export interface FixSummary {
  readonly kept: readonly PlannedRewrite[];
  readonly dropped: readonly DroppedRewrite[];
  readonly files: number;
  /** Rewrites that another `--tier` would make. */
  readonly heldBack: ReadonlyMap<Tier, number>;
  readonly tier: Tier;
  /** Name of the run whose journal undoes it; null when nothing was written. */
  readonly run: string | null;
  /** Paths as typed, for the commands that come next. */
  readonly paths: readonly string[];
  /** Rules as typed, likewise. */
  readonly rules: readonly string[];
  /** Whether the changes themselves are printed beside this text. */
  readonly isDiffShown: boolean;
}

export function renderFixSummary(summary: FixSummary, isColored: boolean): string {
  const { kept, dropped, run } = summary;
  const colors = pc.createColors(isColored);
  const lines: string[] = [];
  if (kept.length > 0) {
    const verb = run === null ? 'would save' : 'now save';
    lines.push(colors.bold(`${counted(kept.length, 'rewrite')} in ${counted(summary.files, 'file')} ${verb}, each time they run:`));
    lines.push(...table(kept.map((rewrite) => [`${rewrite.file}:${rewrite.line}:${rewrite.column}`, rewrite.rule, rewrite.saves.expression, `${rewrite.title} (${rewrite.finding})`])));
  }
  if (dropped.length > 0) {
    lines.push(colors.bold(`${counted(dropped.length, 'finding')} left alone:`));
    lines.push(...dropped.map(({ file, line, rule, stage, reason, finding }) => `  ${file}:${line}  ${rule} (${finding}): ${stageText(stage)}${reason}`));
  }
  if (kept.length === 0 && dropped.length === 0) lines.push(`nothing to rewrite at tier ${summary.tier}`);
  lines.push(...nextSteps(summary));
  return `${lines.join('\n')}\n`;
}

export function colorDiff(diff: string, isColored: boolean): string {
  if (!isColored) return diff;
  const colors = pc.createColors(true);
  return diff.split('\n').map((line) => {
    if (/^(?:---|\+\+\+) /.test(line)) return colors.bold(line);
    if (line.startsWith('@@')) return colors.cyan(line);
    if (line.startsWith('+')) return colors.green(line);
    return line.startsWith('-') ? colors.red(line) : line;
  }).join('\n');
}

function nextSteps({ kept, heldBack, run, paths, rules, tier, isDiffShown }: FixSummary): string[] {
  const command = ['scrimp fix', ...paths, ...rules.map((rule) => `--rule ${rule}`)].join(' ');
  const withTier = tier === 'safe' ? command : `${command} --tier ${tier}`;
  const more = [...heldBack].map(([needed, count]) => `${counted(count, 'more rewrite')} ${count === 1 ? 'needs' : 'need'} \`--tier ${needed}\``);
  const next = run === null
    ? (kept.length === 0 ? [] : [`nothing was written; ${isDiffShown ? '' : `\`${withTier} --diff\` shows the changes, `}\`${withTier} --write\` makes them`])
    : [`\`${['scrimp fix', ...paths].join(' ')} --undo ${run}\` takes them back`];
  return [...more, ...next];
}

function stageText(stage: DroppedRewrite['stage']): string {
  const texts: Readonly<Record<DroppedRewrite['stage'], string>> = { plan: '', parse: 'would not parse: ', types: 'would not type-check: ', write: 'not written: ' };
  return texts[stage];
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => `  ${row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))).join('  ')}`);
}

export function counted(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
