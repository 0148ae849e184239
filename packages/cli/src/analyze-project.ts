/** The analyzer API for programs that hold a ts-morph Project: findings of the whole program, bound to its nodes. */
import { ts, type Node, type Project, type SourceFile } from 'ts-morph';
import type * as typescript from 'typescript';
import { createAuditSession } from './audit-session.js';
import { supportedTarget } from './project/package-json.js';
import { realEngine } from './real-engine.js';
import type { AnalysisEngine } from './engine.js';
import type { AnalysisResult, Finding, SkippedFile, TargetRuntime } from '@scrimp/analysis';

export interface BoundFinding extends Finding {
  readonly sourceFile: SourceFile;
  /** The node of the site, looked up when asked; undefined when the file was changed since. */
  readonly node: () => Node | undefined;
}

export interface ProjectAnalysis extends Omit<AnalysisResult, 'findings'> {
  /** Ranked by saving; `file` is the path in the Project. */
  readonly findings: readonly BoundFinding[];
}

export interface ProjectAnalysisOptions {
  /** Default: the real one, with every rule. */
  readonly engine?: AnalysisEngine;
  /** The runtime that costs and advice are for; default: the running Node. */
  readonly target?: TargetRuntime;
}

/** Analyzes every file of the Project that is neither a declaration file nor in node_modules, with every rule unless others are given. */
export function analyzeProject(project: Project, options: ProjectAnalysisOptions = {}): ProjectAnalysis {
  const engine = options.engine ?? realEngine;
  const target = options.target ?? supportedTarget(Number.parseInt(process.versions.node, 10));
  const own = asTypescript(project);
  const session = createAuditSession({ typescript: own.typescript, system: own.typescript.sys, engine, rules: engine.rules, target, oldestNode: null, outputMappings: [], hotFunctions: [], coldFunctions: [], entryFiles: null });
  const sourceFiles = project.getSourceFiles().filter((sourceFile) => !sourceFile.isDeclarationFile() && !sourceFile.isInNodeModules());
  const trees = sourceFiles.flatMap((sourceFile) => own.program.getSourceFile(sourceFile.getFilePath()) ?? []);
  const skipped: readonly SkippedFile[] = session.addFiles(own.program, trees, () => undefined);
  const result = session.finish(skipped);
  const byPath = new Map<string, SourceFile>(sourceFiles.map((sourceFile) => [sourceFile.getFilePath(), sourceFile]));
  const findings: BoundFinding[] = [];
  for (const finding of result.findings) {
    const sourceFile = byPath.get(finding.file);
    if (sourceFile !== undefined) findings.push({ ...finding, sourceFile, node: () => nodeAt(sourceFile, finding.start, finding.end) });
  }
  return { ...result, findings };
}

/** What ts-morph's own copy of TypeScript made, as the package `typescript` types it: the same shape, with the numbers of the copy, which comes along. */
function asTypescript(project: Project): { readonly typescript: typeof typescript; readonly program: typescript.Program } {
  const copy: unknown = ts;
  const program: unknown = project.getProgram().compilerObject;
  return { typescript: copy as typeof typescript, program: program as typescript.Program };
}

function nodeAt(sourceFile: SourceFile, start: number, end: number): Node | undefined {
  return sourceFile.getDescendantAtStartWithWidth(start, end - start) ?? sourceFile.getDescendantAtPos(start);
}
