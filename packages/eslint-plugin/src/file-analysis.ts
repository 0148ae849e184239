/**
 * Runs a session on one linted file and keeps what an editor shows.
 * It never throws: a bug of ours must not break the lint of a whole project, so it becomes the file's one problem.
 */
import { createSession, type AnalysisResult, type Finding, type Rule } from '@scrimp/analysis';
import { readSettings } from './settings.js';
import type { FileAnalysis, LintedFile } from './shared-analysis.js';
import { sourceTreeOf } from './source-tree.js';
import { targetOf } from './target-runtime.js';

export function analyzeLintedFile(file: LintedFile, rules: readonly Rule[]): FileAnalysis {
  const { settings, problem } = readSettings(file.settings);
  if (problem !== null) return { findings: [], oracle: 'none', problem };
  try {
    const tree = sourceTreeOf(file);
    // A text that TypeScript cannot read (Flow, a template language) is not ours to report; its parser accepted it.
    if (tree === null) return { findings: [], oracle: 'none', problem: null };
    const session = createSession({
      typescript: tree.typescript,
      oracle: tree.oracle,
      rules,
      target: settings.target ?? targetOf(file.path, tree.typescript.sys, process.versions.node),
      // The session holds only this file: what others do is the unknown summary.
      resolve: () => null,
      hotFunctions: settings.hotFunctions,
      model: settings.model,
    });
    session.addFile(file.path.replaceAll('\\', '/'), tree.sourceFile);
    return { findings: shownInEditor(session.analyze()), oracle: tree.oracle.name, problem: null };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { findings: [], oracle: 'none', problem: `scrimp could not analyze this file: ${reason}; the file was skipped, please report this bug` };
  }
}

/** Cold code and required copies are for the audit; a waived finding was answered already. */
export function shownInEditor({ findings }: AnalysisResult): readonly Finding[] {
  return findings.filter((finding) => finding.hotness.level !== 'cold' && finding.advice !== 'required' && finding.severity !== 'info' && finding.suppressed === null);
}
