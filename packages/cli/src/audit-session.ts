/**
 * One session over several Projects, so that summaries cross their borders: it gives each file the oracle and the module
 * resolution of its own program. Files keep the paths that their programs know them by; `relative-result.ts` names them for reports.
 */
import { ts, type SourceFile } from 'ts-morph';
import { possibleSources, type OutputMapping } from './project/output-mapping.js';
import { createModuleResolution, syntaxProblem } from './project/program.js';
import type { AnalysisEngine } from './engine.js';
import type { AnalysisResult, Rule, Session, SessionOptions, SkippedFile, TargetRuntime, TypeOracle } from '@scrimp/analysis';

export interface AuditSession {
  /** Feeds the files; those with syntax errors are left out and returned. */
  addFiles(program: ts.Program, sourceFiles: readonly SourceFile[], onFile: (done: number) => void): readonly SkippedFile[];
  finish(skipped: readonly SkippedFile[]): AnalysisResult;
}

export interface AuditSessionOptions {
  readonly engine: AnalysisEngine;
  readonly rules: readonly Rule[];
  readonly target: TargetRuntime;
  readonly oldestNode: string | null;
  readonly outputMappings: readonly OutputMapping[];
}

export function createAuditSession(options: AuditSessionOptions): AuditSession {
  const { engine, outputMappings } = options;
  // ts-morph's own TypeScript has the types of the package `typescript` under another name.
  const typescript = ts as unknown as SessionOptions['typescript'];
  const oracles = new WeakMap<object, TypeOracle>();
  const resolutions = new Map<string, (specifier: string, fromFile: string) => string | null>();

  const session = engine.createSession({
    typescript,
    oracle: {
      name: 'checker',
      answer: (sourceFile, questions) => oracles.get(sourceFile)?.answer(sourceFile, questions) ?? questions.map(() => null),
    },
    rules: options.rules,
    target: options.target,
    oldestNode: options.oldestNode,
    resolve: (specifier, fromFile) => {
      const resolved = resolutions.get(fromFile)?.(specifier, fromFile) ?? null;
      if (resolved === null) return null;
      // Only files of the session have a resolution.
      return [resolved, ...possibleSources(outputMappings, resolved)].find((path) => resolutions.has(path)) ?? null;
    },
  });

  return {
    addFiles(program, sourceFiles, onFile) {
      const oracle = engine.checkerOracle(typescript, program);
      const resolution = createModuleResolution(program);
      const skipped: SkippedFile[] = [];
      sourceFiles.forEach((sourceFile, index) => {
        const path = sourceFile.getFilePath();
        const reason = syntaxProblem(program, sourceFile.compilerNode);
        if (reason === null) {
          resolutions.set(path, resolution);
          oracles.set(sourceFile.compilerNode, oracle);
          session.addFile(path, foreignTree(sourceFile));
        } else skipped.push({ file: path, reason });
        onFile(index + 1);
      });
      return skipped;
    },
    finish: (skipped) => session.analyze(skipped),
  };
}

/** ts-morph's tree as the engine takes it: the same shape, with the numbers of ts-morph's own TypeScript, which the session was given. */
function foreignTree(sourceFile: SourceFile): Parameters<Session['addFile']>[1] {
  const tree: unknown = sourceFile.compilerNode;
  return tree as Parameters<Session['addFile']>[1];
}
