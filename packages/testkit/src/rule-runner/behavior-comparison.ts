// Owns the proof that edits change no result: the fixture runs in Node as written and as edited, and `run.ts` says what to compare.
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { firstDifference } from '@scrimp/bench';
import ts from 'typescript';
import { workspaceRoot } from './workspace-root.js';

/** What `run.ts` exports: results of the fixture's functions on given inputs, each a value or a promise. */
export type BehaviorCases = (fixture: unknown) => readonly unknown[];

/** The first result that differs, a case that throws, or nothing to compare; null when all results are equal. */
export async function compareBehavior(id: string, before: string, after: string, cases: BehaviorCases): Promise<string | null> {
  const asWritten = await resultsOf(id, 'before', before, cases);
  const asEdited = await resultsOf(id, 'after', after, cases);
  if (asWritten.length === 0) return 'run.ts compares nothing; return a result of each function that an edit changes';
  const difference = firstDifference(asWritten, asEdited, 'cases');
  return difference === undefined ? null : `the edits change behavior: ${difference}`;
}

async function resultsOf(id: string, side: 'before' | 'after', text: string, cases: BehaviorCases): Promise<unknown[]> {
  const { outputText } = ts.transpileModule(text, { compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, verbatimModuleSyntax: true } });
  // Below `rules/node_modules`, so that libraries resolve as they do from the fixture and Git ignores the file.
  const folder = join(workspaceRoot, 'rules', 'node_modules', '.scrimp-run');
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${process.pid}-${written++}-${id}-${side}.mjs`);
  writeFileSync(path, outputText);
  try {
    const fixture: unknown = await import(/* @vite-ignore */ pathToFileURL(path).href);
    return await Promise.all(cases(fixture));
  } finally {
    if (existsSync(path)) rmSync(path);
  }
}

/** Distinguishes the files of one process: a module is loaded once per name. */
let written = 0;
