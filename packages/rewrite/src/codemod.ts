// Owns what a codemod is, and how one runs on a file: text in, edits with their findings out, or a refusal with its reason.
// A codemod changes jscodeshift's tree; line endings, printing and the way back to edits are handled here for all of them.
import { compareEdits } from './edit.js';
import { normalizeLineEndings } from './source-text.js';
import { parseSyntaxTree } from './syntax-tree.js';
import { editsBetween } from './text-difference.js';
import type { Finding } from '@scrimp/analysis/detect';
import type { TextEdit } from './edit.js';
import type { SyntaxTree } from './syntax-tree.js';

/** What of a finding a codemod may rely on. */
export type CodemodFinding = Pick<Finding, 'id' | 'file' | 'line' | 'column' | 'endLine' | 'endColumn' | 'related'>;

/** Either the lines (1-based, inclusive, before the rewrite) that were rewritten, or why nothing was. */
export type CodemodOutcome = { readonly firstLine: number; readonly lastLine: number } | { readonly refusal: string };

export interface Codemod {
  /** The rule's id. */
  readonly id: string;
  /** Rewrites the place of one finding in the tree. A refusal leaves the tree as it was. Refuses whatever it cannot show to be safe. */
  readonly rewrite: (tree: SyntaxTree, finding: CodemodFinding) => CodemodOutcome;
  /** Tidies the file once after all its findings, when at least one was rewritten: imports that nothing uses any more. */
  readonly finish?: (tree: SyntaxTree) => void;
}

/** Declares a codemod; identity function that fixes the types. */
export function defineCodemod(codemod: Codemod): Codemod {
  return codemod;
}

export interface OwnedEdit extends TextEdit {
  /** Findings that need the edit; an import is needed by several. */
  readonly findings: readonly string[];
}

export interface CodemodRun {
  /** Sorted; of the text as given, with its line endings. */
  readonly edits: readonly OwnedEdit[];
  readonly refused: readonly { readonly finding: string; readonly reason: string }[];
}

/** Runs a codemod for the findings of its rule in one file. `body` is the file's text without byte order mark. */
export function runCodemod(codemod: Codemod, file: string, body: string, findings: readonly CodemodFinding[]): CodemodRun {
  const refuseAll = (reason: string): CodemodRun => ({ edits: [], refused: findings.map(({ id }) => ({ finding: id, reason })) });
  const normalized = normalizeLineEndings(body);
  if (normalized === null) return refuseAll('the file has line separators besides \\n and \\r\\n, which the printer would change');
  const tree = parseSyntaxTree(file, normalized.text);
  if ('problem' in tree) return refuseAll(tree.problem);

  const refused: { finding: string; reason: string }[] = [];
  const rewritten: { readonly finding: string; readonly firstLine: number; readonly lastLine: number }[] = [];
  for (const finding of findings) {
    const outcome = codemod.rewrite(tree, finding);
    if ('refusal' in outcome) refused.push({ finding: finding.id, reason: outcome.refusal });
    else rewritten.push({ finding: finding.id, ...outcome });
  }
  if (rewritten.length === 0) return { edits: [], refused };
  codemod.finish?.(tree);

  const edits = editsBetween(normalized.text, tree.print()).map((edit): OwnedEdit => {
    const firstLine = lineAt(normalized.text, edit.start);
    const lastLine = lineAt(normalized.text, edit.end);
    const owners = rewritten.filter((lines) => lines.firstLine <= lastLine && firstLine <= lines.lastLine);
    const findingIds = (owners.length === 0 ? rewritten : owners).map(({ finding }) => finding);
    return { ...normalized.originalEdit(edit), findings: findingIds };
  });
  return { edits: edits.sort(compareEdits), refused };
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
