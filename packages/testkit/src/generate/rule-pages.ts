// Owns which pages of rules have a header to generate, and what each has to hold now.
// Metadata comes from the built rules, because Node cannot load their sources; the rules' own tests compare with the sources.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Rule } from '@scrimp/analysis';
import { parseEvidence } from '@scrimp/bench';
import { withRuleHeader } from './rule-readme.js';

export interface RulePage {
  /** Path below the workspace root. */
  readonly path: string;
  readonly isFresh: boolean;
  /** The page with a fresh header. */
  readonly text: string;
}

/** Every page of a rule; problems for pages without a place for the header and for rules that are not built. Rules without a page are left to their tests. */
export async function readRulePages(workspaceRoot: string, ids: readonly string[]): Promise<{ pages: readonly RulePage[]; problems: readonly string[]; metas: readonly Rule['meta'][] }> {
  const pages: RulePage[] = [];
  const problems: string[] = [];
  const metas: Rule['meta'][] = [];
  for (const id of ids) {
    const path = `rules/${id}/README.md`;
    if (!existsSync(join(workspaceRoot, path))) continue;
    const built = join(workspaceRoot, 'rules', 'dist', id, 'rule.js');
    if (!existsSync(built)) {
      problems.push(`rules/${id} is not built, so the header of its page is not known; run \`pnpm build\` first`);
      continue;
    }
    const { rule } = await import(pathToFileURL(built).href) as { rule: Rule };
    metas.push(rule.meta);
    const evidencePath = join(workspaceRoot, 'rules', id, 'bench.json');
    const evidence = existsSync(evidencePath) ? parseEvidence(readFileSync(evidencePath, 'utf8')).evidence ?? null : null;
    const current = readFileSync(join(workspaceRoot, path), 'utf8').replaceAll('\r\n', '\n');
    const text = withRuleHeader(current, rule.meta, evidence);
    if (text === null) problems.push(`${path} has no place for its header; write <!-- begin header --> and <!-- end header --> at its top`);
    else pages.push({ path, isFresh: text === current, text });
  }
  return { pages, problems, metas };
}
