/**
 * One analysis per linted file, shared by all rules of the plugin: ESLint runs rules one by one, and each would otherwise pay for the whole session.
 * What the analysis does is `file-analysis.ts`; what a rule shows of it is `eslint-rule.ts`.
 */
import type { Finding, Rule, TypeOracle } from '@scrimp/analysis';

/** A file as the host hands it over. */
export interface LintedFile {
  /** Absolute path, or what the host calls a text without a file. */
  readonly path: string;
  /** Without byte order mark, as the host parsed it. */
  readonly text: string;
  /** The host's object for the parsed file; the analysis lives as long as it does. */
  readonly sourceCode: object;
  /** Node and tree of typescript-eslint's parser, or null for every other parser. */
  readonly parserServices: ParserTree | null;
  /** `settings.scrimp` as the user wrote it. */
  readonly settings: unknown;
}

/** What typescript-eslint's parser leaves behind; both are of the TypeScript that the parser runs on. */
export interface ParserTree {
  /** The root of the tree, a `ts.SourceFile`. */
  readonly root: object;
  /** A `ts.Program`, or null when the file was parsed without type information. */
  readonly program: object | null;
}

export interface FileAnalysis {
  /** What an editor shows: neither cold, nor waived, nor advice to leave the code as it is. */
  readonly findings: readonly Finding[];
  /** `checker` when types came from a program. */
  readonly oracle: TypeOracle['name'];
  /** Why there are no findings at all: wrong settings or a bug of ours. One sentence; null when all went well. */
  readonly problem: string | null;
}

export type AnalyzeLintedFile = (file: LintedFile, rules: readonly Rule[]) => FileAnalysis;

export interface SharedAnalysis extends FileAnalysis {
  /** The one rule that reports the problem, so that it is not reported once per rule. */
  readonly speaker: string;
}

/** Asks for the analysis of a file in the name of a rule. */
export type AnalysisOf = (file: LintedFile, rule: string) => SharedAnalysis;

interface CachedAnalysis {
  readonly file: LintedFile;
  readonly analysis: SharedAnalysis;
}

export function shareAnalysis(rules: readonly Rule[], analyze: AnalyzeLintedFile): AnalysisOf {
  const known = new WeakMap<object, CachedAnalysis>();
  return (file, rule) => {
    const cached = known.get(file.sourceCode);
    if (cached !== undefined && isSameFile(cached.file, file)) return cached.analysis;
    const analysis = { ...analyze(file, rules), speaker: rule };
    known.set(file.sourceCode, { file, analysis });
    return analysis;
  };
}

/** oxlint has one object for all files and changes what it holds, so the object alone does not tell the file. */
function isSameFile(left: LintedFile, right: LintedFile): boolean {
  return left.path === right.path && left.text === right.text && left.parserServices?.root === right.parserServices?.root
    && left.parserServices?.program === right.parserServices?.program && JSON.stringify(left.settings) === JSON.stringify(right.settings);
}
