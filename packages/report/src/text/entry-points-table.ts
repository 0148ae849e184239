/** The table of entry points: what one call of each costs, and how much of that findings could remove. */
import { cellsOf, clip, padEnd, printable } from '../terminal-text.js';
import type { TextStyle } from './text-style.js';
import type { EntryPoint } from '@scrimp/analysis';

const shownRows = 15;
const gap = '  ';

/** Lines without a heading; empty when there is no entry point. */
export function entryPointsTable(style: TextStyle, entryPoints: readonly EntryPoint[]): string[] {
  if (entryPoints.length === 0) return [];
  const rows = entryPoints.slice(0, shownRows).map((entryPoint) => [
    printable(entryPoint.name),
    printable(`${entryPoint.file}:${String(entryPoint.line)}`),
    printable(entryPoint.cost.expression),
    printable(entryPoint.avoidable.expression),
  ]);
  const header = ['function', 'place', 'one call allocates', 'avoidable'];
  const widths = columnWidths([header, ...rows], style.width - 2);
  const lines = [`  ${style.paint.dim(tableLine(header, widths))}`];
  for (const row of rows) lines.push(`  ${tableLine(row, widths)}`);
  const hidden = entryPoints.length - rows.length;
  if (hidden > 0) lines.push(style.paint.dim(`  … and ${String(hidden)} more in the JSON report`));
  return lines;
}

function tableLine(row: readonly string[], widths: readonly number[]): string {
  return row.map((text, index) => padEnd(clip(text, widths[index] ?? 0), widths[index] ?? 0)).join(gap).trimEnd();
}

/** Natural widths, with the widest columns shrunk until the table fits. */
function columnWidths(rows: readonly (readonly string[])[], width: number): number[] {
  const columns = rows[0]?.length ?? 0;
  const widths = Array.from({ length: columns }, (_, column) => Math.max(...rows.map((row) => cellsOf(row[column] ?? ''))));
  const available = width - gap.length * (columns - 1);
  for (let excess = widths.reduce((sum, cells) => sum + cells, 0) - available; excess > 0; excess--) {
    const widest = widths.indexOf(Math.max(...widths));
    widths[widest] = (widths[widest] ?? 1) - 1;
  }
  return widths;
}
