/**
 * One session over several programs, so that summaries cross their borders: it gives each file the oracle and the module
 * resolution of its own program. Files keep the paths that their programs know them by; `relative-result.ts` names them for reports.
 */
import type { Program, SourceFile, System } from 'typescript';
import { tooDeepReason, withinStack } from './project/deep-files.js';
import { possibleSources, type OutputMapping } from './project/output-mapping.js';
import { createModuleResolution, syntaxProblem, type ModuleResolution } from './project/program.js';
import type { AnalysisEngine } from './engine.js';
import type { AnalysisResult, Explanation, Inquiry, LoweredFile, ModelFamily, Rule, SessionOptions, SkippedFile, TargetRuntime, TypeOracle } from '@scrimp/analysis';

export interface AuditSession {
  /** Feeds the files; those with syntax errors are left out and returned. Without an oracle the checker of the program is asked. */
  addFiles(program: Program, sourceFiles: readonly SourceFile[], onFile: (done: number) => void, oracle?: TypeOracle): readonly SkippedFile[];
  /** Adds a file by what it was lowered to before. `path` as its program knows it. */
  addLowered(path: string, lowered: LoweredFile, resolution: ModuleResolution): void;
  /** What a file was lowered to; null when it is not of the session. */
  lowered(path: string): LoweredFile | null;
  finish(skipped: readonly SkippedFile[]): AnalysisResult;
  /** Instead of `finish`. The file of a place is the path that its program knows it by. */
  explain(inquiry: Inquiry): Explanation;
}

export interface AuditSessionOptions {
  /** The copy that made the programs. */
  readonly typescript: SessionOptions['typescript'];
  /** Through which imports are resolved. */
  readonly system: System;
  readonly engine: AnalysisEngine;
  readonly rules: readonly Rule[];
  readonly target: TargetRuntime;
  readonly oldestNode: string | null;
  readonly outputMappings: readonly OutputMapping[];
  readonly hotFunctions?: readonly string[];
  readonly coldFunctions?: readonly string[];
  /** Rows of the project. */
  readonly model?: ModelFamily | null;
  /** Files of the session by which others enter the package; null when nothing says. */
  readonly entryFiles?: readonly string[] | null;
}

export function createAuditSession(options: AuditSessionOptions): AuditSession {
  const { engine, outputMappings, typescript } = options;
  const oracles = new WeakMap<object, TypeOracle>();
  const resolutions = new Map<string, ModuleResolution>();

  const session = engine.createSession({
    typescript,
    oracle: {
      name: 'checker',
      answer: (sourceFile, questions) => oracles.get(sourceFile)?.answer(sourceFile, questions) ?? questions.map(() => null),
    },
    rules: options.rules,
    target: options.target,
    oldestNode: options.oldestNode,
    hotFunctions: options.hotFunctions ?? [],
    coldFunctions: options.coldFunctions ?? [],
    model: options.model ?? null,
    entryFiles: options.entryFiles ?? null,
    resolve: (specifier, fromFile) => {
      const resolved = resolutions.get(fromFile)?.(specifier, fromFile) ?? null;
      if (resolved === null) return null;
      // Only files of the session have a resolution.
      return [resolved, ...possibleSources(outputMappings, resolved)].find((path) => resolutions.has(path)) ?? null;
    },
  });

  return {
    addFiles(program, sourceFiles, onFile, oracle = engine.checkerOracle(typescript, program)) {
      const resolution = createModuleResolution(options.system, program);
      const skipped: SkippedFile[] = [];
      sourceFiles.forEach((sourceFile, index) => {
        const path = sourceFile.fileName;
        const reason = syntaxProblem(program, sourceFile) ?? addFile(path, sourceFile);
        if (reason !== null) skipped.push({ file: path, reason });
        onFile(index + 1);
      });
      return skipped;

      function addFile(path: string, sourceFile: SourceFile): string | null {
        oracles.set(sourceFile, oracle);
        const added = withinStack(() => { session.addFile(path, sourceFile); return true; });
        if (added === null) return tooDeepReason;
        resolutions.set(path, resolution);
        return null;
      }
    },
    addLowered(path, lowered, resolution) {
      resolutions.set(path, resolution);
      session.addLowered(path, lowered);
    },
    lowered: (path) => session.lowered(path),
    finish: (skipped) => session.analyze(skipped),
    explain: (inquiry) => session.explain(inquiry),
  };
}
