/**
 * Owns the way from the folder of cases to a result, and where the committed result lies.
 * The command line is `main.ts`; the test of the fast tier takes the same way.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '@scrimp/rules';
import { workspaceRoot } from '../rule-runner/workspace-root.js';
import { analyzeCases } from './case-analysis.js';
import { readEvaluationCases, type EvaluationCase } from './evaluation-case.js';
import { evaluationResult, printResultJson, type EvaluationResult } from './result.js';
import { printResultPage } from './result-page.js';

export const evaluationFolder = join(workspaceRoot, 'fixtures', 'eval');

/** The committed files by name. */
export type ResultFiles = Readonly<Record<'RESULT.md' | 'result.json', string>>;

/** Every case; a case with a problem is left out and the problem said. */
export function readCases(): { cases: EvaluationCase[]; problems: string[] } {
  return readEvaluationCases(evaluationFolder, new Set(rules.map(({ meta }) => meta.id)));
}

export function evaluate(cases: readonly EvaluationCase[]): { result: EvaluationResult; problems: string[] } {
  const analyses = analyzeCases(cases, rules);
  const problems = analyses.flatMap(({ evaluationCase, skipped }) => skipped.map(({ file, reason }) => `${evaluationCase.id}/${file}: ${reason}`));
  return { result: evaluationResult(analyses), problems };
}

export function printResult(result: EvaluationResult): ResultFiles {
  return { 'RESULT.md': printResultPage(result), 'result.json': printResultJson(result) };
}

/** Empty texts where nothing was committed yet. */
export function readCommittedResult(): ResultFiles {
  return { 'RESULT.md': readOrEmpty('RESULT.md'), 'result.json': readOrEmpty('result.json') };
}

export function writeResult(files: ResultFiles): void {
  for (const [name, text] of Object.entries(files)) writeFileSync(join(evaluationFolder, name), text);
}

function readOrEmpty(name: keyof ResultFiles): string {
  const path = join(evaluationFolder, name);
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}
