/** An audit from paths to a result: plan, load, feed, analyze. Prints nothing; `commands/audit.ts` does. */
import { collectGarbage } from './collect-garbage.js';
import { createAuditSession, type AuditSession } from './audit-session.js';
import { loadProgram } from './project/program.js';
import { relativeResult } from './relative-result.js';
import { planProjects, reportPath, type PlanRequest, type ProjectGroup } from './project/project-plan.js';
import { defaultTarget, oldestNode } from './project/package-json.js';
import { typescriptSystem } from './project/typescript-system.js';
import { ts } from './typescript.js';
import type { System } from 'typescript';
import type { AnalysisEngine } from './engine.js';
import type { FileSystem } from './project/file-system.js';
import type { PathProblem } from './project/problem.js';
import type { Progress } from './progress.js';
import { renameExplanation } from '@scrimp/analysis';
import type { AnalysisResult, Explanation, Inquiry, Rule, SkippedFile, TargetRuntime } from '@scrimp/analysis';

export interface AuditRequest extends PlanRequest {
  readonly fileSystem: FileSystem;
  readonly engine: AnalysisEngine;
  readonly rules: readonly Rule[];
  /** Null for the default of the project. */
  readonly target: TargetRuntime | null;
  readonly nodeVersion: string;
  readonly progress: Progress;
}

export interface Audit {
  /** Absolute. */
  readonly root: string;
  readonly result: AnalysisResult;
  readonly target: TargetRuntime;
  /** Version of the TypeScript that parsed. */
  readonly typescript: string;
  /** Named paths that could not be analyzed. */
  readonly problems: readonly PathProblem[];
}

export function runAudit(request: AuditRequest): Audit {
  const { plan, target, session, broken, problems } = readPrograms(request);
  // A named path that failed is a problem of the run, and the report must list it all the same.
  const unread = [...plan.problems, ...plan.skipped].map(({ path, reason }) => ({ file: path, reason }));
  const result = relativeResult(session.finish([...unread, ...broken]), (path) => reportPath(plan.root, path));
  request.progress.clear();
  return { root: plan.root, result, target, typescript: ts.version, problems };
}

/** What `scrimp explain` asks of the same program, and the paths that could not be analyzed. */
export function runInquiry(request: AuditRequest, inquiry: Inquiry): { readonly explanation: Explanation; readonly root: string; readonly problems: readonly PathProblem[] } {
  const { plan, session, problems } = readPrograms(request);
  const explanation = renameExplanation(session.explain(inquiry), (path) => reportPath(plan.root, path));
  request.progress.clear();
  return { explanation, root: plan.root, problems };
}

interface ReadPrograms {
  readonly plan: ReturnType<typeof planProjects>;
  readonly target: TargetRuntime;
  readonly session: AuditSession;
  readonly broken: readonly SkippedFile[];
  readonly problems: readonly PathProblem[];
}

function readPrograms(request: AuditRequest): ReadPrograms {
  const { fileSystem, progress } = request;
  const system = typescriptSystem(fileSystem);
  progress.show('finding files', 0, null);
  const plan = planProjects(fileSystem, request);
  const target = request.target ?? defaultTarget(fileSystem, plan.root, request.nodeVersion);
  const outputMappings = plan.groups.map((group) => group.output).filter((mapping) => mapping !== null);
  const session = createAuditSession({ typescript: ts, system, engine: request.engine, rules: request.rules, target, oldestNode: oldestNode(fileSystem, plan.root), outputMappings });

  const total = plan.groups.reduce((sum, group) => sum + group.files.length, 0);
  const broken: SkippedFile[] = [];
  const problems: PathProblem[] = [...plan.problems];
  let done = 0;
  for (const group of plan.groups) {
    progress.show('loading types', done, total);
    for (const skipped of addGroup(system, session, group, (files) => progress.show('reading files', done + files, total))) {
      broken.push(skipped);
      if (plan.namedFiles.has(skipped.file)) problems.push({ path: skipped.file, reason: skipped.reason });
    }
    done += group.files.length;
  }
  progress.show('following bytes', 0, null);
  collectGarbage();
  return { plan, target, session, broken, problems };
}

/** The trees and types of the program are out of reach when this returns: following bytes takes the memory that they had. */
function addGroup(system: System, session: AuditSession, group: ProjectGroup, onFile: (files: number) => void): readonly SkippedFile[] {
  const { program, sourceFiles, skipped } = loadProgram(system, group);
  return [...skipped, ...session.addFiles(program, sourceFiles, onFile)];
}
