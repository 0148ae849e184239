// Owns how a new rule gets onto the disk: its folder, and the index that names it.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderUnitIndex, unitFolders } from '../generate/unit-index.js';
import { listRuleIds } from '../rule-runner/rule-folder.js';
import { problemOfNewRuleId } from './rule-id.js';
import { scaffoldRule } from './scaffold.js';
import type { EvidenceKind } from './scaffold.js';

/** Writes the folder and the index below a workspace's root. Gives the written paths, or why nothing was written. */
export function createRule(root: string, id: string, evidence: EvidenceKind): { written: readonly string[]; problem: string | null } {
  const existing = listRuleIds(root);
  const problem = problemOfNewRuleId(id, existing);
  if (problem !== null) return { written: [], problem };
  mkdirSync(join(root, 'rules', id));
  const written = Object.entries(scaffoldRule(id, evidence)).map(([name, text]) => {
    const path = `rules/${id}/${name}`;
    writeFileSync(join(root, path), text);
    return path;
  });
  const index = unitFolders.find(({ folder }) => folder === 'rules')!;
  // A folder without its module is not a rule yet, and an index that named it would not compile.
  const listed = existing.filter((one) => existsSync(join(root, 'rules', one, index.unitModule)));
  writeFileSync(join(root, 'rules', 'index.ts'), renderUnitIndex(index, [...listed, id]));
  return { written: [...written, 'rules/index.ts'], problem: null };
}
