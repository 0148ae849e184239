// Owns the table of rules in the README at the root: one row per rule, from its metadata, between two markers.
import type { RuleMeta } from '@scrimp/analysis';

const begin = '<!-- begin rules: written by pnpm generate -->';
const end = '<!-- end rules -->';

/** The page with a fresh table; null when it has no place for it. */
export function withRuleTable(page: string, metas: readonly RuleMeta[]): string | null {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from === -1 || to < from) return null;
  const rows = [...metas].sort((left, right) => (left.id < right.id ? -1 : 1)).map((meta) => `| [${meta.id}](rules/${meta.id}/README.md) | ${meta.summary} | ${fixOf(meta)} |`);
  const table = ['| rule | finds | fix |', '| --- | --- | --- |', ...rows].join('\n');
  return `${page.slice(0, from + begin.length)}\n${table}\n${page.slice(to)}`;
}

function fixOf(meta: RuleMeta): string {
  if (meta.fixable === null) return meta.evidence === 'guard' ? 'guard: says what is missing' : 'report';
  return meta.fixable === 'safe' ? 'up to safe' : meta.fixable;
}
