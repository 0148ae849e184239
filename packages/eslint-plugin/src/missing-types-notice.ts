/**
 * Says once per process that rules which need types ran on TypeScript without them: silence there is not a clean bill.
 * JavaScript gets no notice, because it often has no program to ask.
 */
import type { RuleMeta } from '@scrimp/analysis';
import type { LintedFile } from './shared-analysis.js';

let isSaid = false;

export function noticeMissingTypes(file: LintedFile, meta: RuleMeta): void {
  if (isSaid || !meta.needs.includes('types') || !/\.[cm]?tsx?$/.test(file.path)) return;
  isSaid = true;
  const reason = (file.parserServices?.program ?? null) === null
    ? 'the parser gave no type information; turn on typed linting (parserOptions.projectService)'
    : "the copy of TypeScript that made the parser's program was not found among the loaded modules, or is older than 5.4, or its text is not that of the file";
  process.emitWarning(`rules such as ${meta.id} see only written types and values that they can follow, first in ${file.path}, because ${reason}`, { type: 'ScrimpNotice', code: 'SCRIMP_NO_TYPES' });
}
