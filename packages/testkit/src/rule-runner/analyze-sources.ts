// Owns the shortest way from texts to findings: a program in memory and one session over it.
// Which files are analyzed together is left to the caller.
import { posix } from 'node:path';
import { checkerOracle, createSession, syntaxOracle } from '@scrimp/analysis';
import type { AnalysisResult, Rule, TargetRuntime } from '@scrimp/analysis';
import ts from 'typescript';
import { createSourceProgram } from './source-program.js';
import type { SourceProgram, SourceTexts } from './source-program.js';

export interface SourceAnalysisOptions {
  readonly rules: readonly Rule[];
  /** Default: node20. */
  readonly target?: TargetRuntime;
  /** Default: checker. */
  readonly oracle?: 'checker' | 'none';
  /** How a session is made; only tests of the obligations have a way of their own. Default: as every host. */
  readonly openSession?: typeof createSession;
}

/** Analyzes texts as one program; they may import each other by relative paths, and the packages of the folders that they are placed in. */
export function analyzeSources(texts: SourceTexts, options: SourceAnalysisOptions): AnalysisResult {
  return analyzeProgram(createSourceProgram(texts), Object.keys(texts), options);
}

/** Analyzes some files of a program together; files of the program that are not named are unknown code to them. */
export function analyzeProgram(sources: SourceProgram, paths: readonly string[], options: SourceAnalysisOptions): AnalysisResult {
  const oracle = options.oracle === 'none' ? syntaxOracle(ts) : checkerOracle(ts, sources.program);
  const session = (options.openSession ?? createSession)({ typescript: ts, oracle, rules: options.rules, target: options.target ?? 'node20', resolve: (specifier, from) => resolveAmong(paths, specifier, from) });
  for (const path of paths) session.addFile(path, sources.sourceFileOf(path));
  return session.analyze();
}

function resolveAmong(paths: readonly string[], specifier: string, from: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const target = posix.join(posix.dirname(from), specifier);
  const candidates = [target, target.replace(/\.js$/, '.ts'), `${target}.ts`, `${target}.js`, `${target}/index.ts`];
  return candidates.find((candidate) => paths.includes(candidate)) ?? null;
}
