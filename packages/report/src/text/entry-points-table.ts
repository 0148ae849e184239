/** The entry points: what one call of each costs, and how much of that findings could remove. A table where it fits, else stacked; costs are never cut. */
import { cellsOf, padEnd, printable, wrap } from '../terminal-text.js';
import type { TextStyle } from './text-style.js';
import type { EntryPoint } from '@scrimp/analysis/detect';

const shownRows = 15;
const gap = '  ';
const stackedLabelCells = 11;

/** Lines without a heading; empty when there is no entry point. */
export function entryPointsTable(style: TextStyle, entryPoints: readonly EntryPoint[]): string[] {
  if (entryPoints.length === 0) return [];
  const shown = [...entryPoints].sort(byAvoidable).slice(0, shownRows);
  const rows = shown.map((entryPoint) => [
    printable(entryPoint.name),
    printable(`${entryPoint.file}:${String(entryPoint.line)}`),
    printable(entryPoint.cost.expression),
    printable(entryPoint.avoidable.expression),
  ]);
  const header = ['function', 'place', 'one call allocates', 'avoidable'];
  const widths = header.map((title, column) => Math.max(cellsOf(title), ...rows.map((row) => cellsOf(row[column] ?? ''))));
  const tableCells = widths.reduce((sum, cells) => sum + cells, 0) + gap.length * header.length;
  const fits = tableCells <= style.width;
  const lines = fits ? [`  ${style.paint.dim(tableLine(header, widths))}`, ...rows.map((row) => `  ${tableLine(row, widths)}`)] : shown.flatMap((entryPoint) => stackedLines(style, entryPoint));
  const hidden = entryPoints.length - rows.length;
  if (hidden > 0) lines.push(style.paint.dim(`  … and ${String(hidden)} more in the JSON report`));
  return lines;
}

/** Where most can be avoided first, then the most expensive; an amount that is only symbolic counts as large. */
function byAvoidable(a: EntryPoint, b: EntryPoint): number {
  const large = Number.MAX_SAFE_INTEGER;
  return (b.avoidable.objects ?? large) - (a.avoidable.objects ?? large) || (b.cost.objects ?? large) - (a.cost.objects ?? large);
}

function tableLine(row: readonly string[], widths: readonly number[]): string {
  return row.map((text, index) => padEnd(text, widths[index] ?? 0)).join(gap).trimEnd();
}

function stackedLines(style: TextStyle, entryPoint: EntryPoint): string[] {
  return [
    `  ${printable(entryPoint.name)} ${style.place(entryPoint.file, entryPoint.line, null)}`,
    ...stackedCost(style, 'allocates', entryPoint.cost.expression),
    ...(entryPoint.avoidable.objects === 0 ? [] : stackedCost(style, 'avoidable', entryPoint.avoidable.expression)),
  ];
}

function stackedCost(style: TextStyle, name: string, expression: string): string[] {
  const lines = wrap(printable(expression), style.width - 4 - stackedLabelCells);
  return lines.map((line, index) => `    ${style.paint.dim(padEnd(index === 0 ? name : '', stackedLabelCells))}${line}`);
}
