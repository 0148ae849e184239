// The public face of @scrimp/rewrite: from findings to checked, reversible changes of files.
export { applyEdits, collides, isSameEdit, type TextEdit } from './edit.js';
export { defineCodemod, runCodemod, type Codemod, type CodemodFinding, type CodemodOutcome, type CodemodRun, type OwnedEdit } from './codemod.js';
export type { SourcePosition, SourceRange, SyntaxTree } from './syntax-tree.js';
export { countHeldBack, planFixes, tiers, type DroppedRewrite, type FilePlan, type FixPlan, type PlannedRewrite, type PlanOptions } from './plan.js';
export { checkFixes, type CheckedFix } from './transaction.js';
export { undoRun, writeRun, type UndoOutcome } from './journal.js';
export { renderUnifiedDiff } from './unified-diff.js';
export { splitByteOrderMark } from './source-text.js';
export type { ReadOutcome, RewriteHost, SourceProblem } from './host.js';
