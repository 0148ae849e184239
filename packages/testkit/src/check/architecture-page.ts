// Owns the import table as ARCHITECTURE.md shows it. The page holds the rendered table between two markers; a test keeps the two equal.
import type { ImportTableRow } from './import-table.js';

export const tableBegin = '<!-- begin import table: written by UPDATE_GOLDENS=1 vitest run architecture -->';
export const tableEnd = '<!-- end import table -->';

/** The table in Markdown, a row per zone, in the order of the data. */
export function renderImportTable(rows: readonly ImportTableRow[]): string {
  const lines = rows.map((row) => `| ${row.zone} | ${list(row.zones)} | ${list(row.outside)} |`);
  return ['| zone | may import of ours | may import from outside |', '| --- | --- | --- |', ...lines].join('\n');
}

/** The page with its table replaced; null when the markers are missing. */
export function withImportTable(page: string, rows: readonly ImportTableRow[]): string | null {
  const begin = page.indexOf(tableBegin);
  const end = page.indexOf(tableEnd);
  if (begin === -1 || end < begin) return null;
  return `${page.slice(0, begin + tableBegin.length)}\n${renderImportTable(rows)}\n${page.slice(end)}`;
}

function list(names: readonly string[]): string {
  if (names.length === 0) return 'nothing';
  return names.map((name) => (name === '*' ? 'anything' : name)).join(', ');
}
