/**
 * Owns how the cases of the evaluation are analyzed: each in a session of its own with all rules, as `scrimp audit` would analyze its folder.
 * All cases share one program, because making one costs a second: modules that do not import each other share no types.
 * The files stand at made-up paths in this package, where the packages that they import are installed.
 */
import { dirname, join, posix } from 'node:path';
import { checkerOracle, createSession } from '@scrimp/analysis';
import type { Finding, Rule, SkippedFile } from '@scrimp/analysis';
import ts from 'typescript';
import { workspaceRoot } from '../rule-runner/workspace-root.js';
import type { EvaluationCase } from './evaluation-case.js';

export interface CaseAnalysis {
  readonly evaluationCase: EvaluationCase;
  /** Neither suppressed nor of another advice than `removable`; files as in the case's folder. */
  readonly findings: readonly Finding[];
  /** Files with syntax errors, which the engine does not see. */
  readonly skipped: readonly SkippedFile[];
}

/** Analyzes every case for Node 20, whichever Node runs this. */
export function analyzeCases(cases: readonly EvaluationCase[], rules: readonly Rule[]): CaseAnalysis[] {
  const program = programOf(cases);
  const oracle = checkerOracle(ts, program);
  return cases.map((evaluationCase) => {
    const files = sourceNames(evaluationCase);
    const session = createSession({
      typescript: ts, oracle, rules, target: 'node20',
      resolve: (specifier, from) => resolveAmong(files, specifier, from),
    });
    const skipped: SkippedFile[] = [];
    for (const file of files) {
      const sourceFile = program.getSourceFile(pathOf(evaluationCase.id, file));
      if (sourceFile === undefined) throw new Error(`${evaluationCase.id}/${file} is not in the program`);
      const [problem] = program.getSyntacticDiagnostics(sourceFile);
      if (problem === undefined) session.addFile(file, sourceFile);
      else skipped.push({ file, reason: ts.flattenDiagnosticMessageText(problem.messageText, ' ') });
    }
    const { findings } = session.analyze(skipped);
    return { evaluationCase, skipped, findings: findings.filter(({ advice, suppressed }) => advice === 'removable' && suppressed === null) };
  });
}

function programOf(cases: readonly EvaluationCase[]): ts.Program {
  const texts = new Map(cases.flatMap(({ id, sources }) => Object.entries(sources).map(([file, text]) => [pathOf(id, file), text] as const)));
  const folders = new Set([...texts.keys()].map((path) => dirname(path)));
  const disk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...disk,
    jsDocParsingMode: ts.JSDocParsingMode.ParseForTypeErrors,
    // Types are looked for from here on upward, wherever the process runs.
    getCurrentDirectory: () => workspaceRoot,
    directoryExists: (folder) => folders.has(folder) || ts.sys.directoryExists(folder),
    fileExists: (file) => texts.has(file) || ts.sys.fileExists(file),
    readFile: (file) => texts.get(file) ?? ts.sys.readFile(file),
    getSourceFile: (file, languageVersion) => {
      const text = texts.get(file);
      return text === undefined ? disk.getSourceFile(file, languageVersion) : ts.createSourceFile(file, text, languageVersion, true);
    },
  };
  return ts.createProgram({ rootNames: cases.flatMap((evaluationCase) => sourceNames(evaluationCase).map((file) => pathOf(evaluationCase.id, file))), options, host });
}

/** What an audit infers for a folder without a tsconfig; the test beside this module compares with the command. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ESNext,
  module: ts.ModuleKind.Preserve,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  moduleDetection: ts.ModuleDetectionKind.Force,
  lib: ['lib.esnext.d.ts'],
  types: ['node'],
  strict: true,
  esModuleInterop: true,
  resolveJsonModule: false,
  allowImportingTsExtensions: true,
  allowJs: true,
  checkJs: false,
  noEmit: true,
  skipLibCheck: true,
};

function sourceNames({ sources }: EvaluationCase): string[] {
  return Object.keys(sources).filter((name) => name !== 'package.json');
}

function pathOf(id: string, file: string): string {
  return join(workspaceRoot, 'packages', 'testkit', 'eval', id, file);
}

function resolveAmong(files: readonly string[], specifier: string, from: string): string | null {
  if (!specifier.startsWith('.')) return null;
  const target = posix.join(posix.dirname(from), specifier);
  const candidates = [target, target.replace(/\.([cm]?)js$/, '.$1ts'), ...['.ts', '.js', '.mjs', '.cjs'].map((extension) => `${target}${extension}`)];
  return candidates.find((candidate) => files.includes(candidate)) ?? null;
}
