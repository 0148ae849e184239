/** An audit from paths to a result: plan, load, feed, analyze. Prints nothing; `commands/audit.ts` does. */
import { collectGarbage } from './collect-garbage.js';
import { createAuditSession, type AuditSession } from './audit-session.js';
import { createModuleResolution, loadProgram, moduleResolutionOf } from './project/program.js';
import { relativeResult } from './relative-result.js';
import { entryFiles } from './project/entry-files.js';
import { planProjects, reportPath, type PlanRequest, type ProjectGroup } from './project/project-plan.js';
import { defaultTarget, oldestNode } from './project/package-json.js';
import { typescriptSystem } from './project/typescript-system.js';
import { ts } from './typescript.js';
import { factsOf, groupIdentity, standingFiles, type Standing } from './store/standing-files.js';
import type { ResolutionMode, SourceFile, System } from 'typescript';
import type { KeptFacts, KeptFile, KeptGroup } from './store/kept-files.js';
import type { AnalysisEngine } from './engine.js';
import type { FileSystem } from './project/file-system.js';
import type { PathProblem } from './project/problem.js';
import type { ProgramMemory } from './project/program-memory.js';
import type { Progress } from './progress.js';
import { renameExplanation } from '@scrimp/analysis';
import type { AnalysisResult, Explanation, Inquiry, ModelFamily, Rule, SkippedFile, TargetRuntime, TypeOracle } from '@scrimp/analysis';

export interface AuditRequest extends PlanRequest {
  readonly fileSystem: FileSystem;
  readonly engine: AnalysisEngine;
  readonly rules: readonly Rule[];
  /** Null for the default of the project. */
  readonly target: TargetRuntime | null;
  readonly nodeVersion: string;
  /** Patterns of functions that are hot, and that are cold, besides what the program says. */
  readonly hot?: readonly string[];
  readonly cold?: readonly string[];
  /** Rows of the project for packages that the model does not know. */
  readonly model?: ModelFamily | null;
  readonly progress: Progress;
  /** Who is asked for types of a group; without it, the checker of TypeScript in this process. */
  readonly oracleOf?: (group: ProjectGroup) => TypeOracle;
  /** Of a process that audits again and again. */
  readonly programs?: ProgramMemory;
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
  return runAuditKeeping(request, null).audit;
}

/** An audit, and what the next one can begin with. */
export interface KeepingAudit {
  readonly audit: Audit;
  /** Asked for when the report is out of the way. */
  readonly keep: () => readonly KeptGroup[];
}

/** `kept` is what an earlier audit of the same question kept, when nothing but texts of its files changed since; null lowers every file. */
export function runAuditKeeping(request: AuditRequest, kept: readonly KeptGroup[] | null): KeepingAudit {
  const { plan, target, session, added, broken, problems } = readPrograms(request, kept);
  // A named path that failed is a problem of the run, and the report must list it all the same.
  const unread = [...plan.problems, ...plan.skipped].map(({ path, reason }) => ({ file: path, reason }));
  const result = relativeResult(session.finish([...unread, ...broken]), (path) => reportPath(plan.root, path));
  request.progress.clear();
  return {
    audit: { root: plan.root, result, target, typescript: ts.version, problems },
    keep: () => plan.groups.map((group, index) => keptGroup(session, group, added[index])),
  };
}

/** What `scrimp explain` asks of the same program, and the paths that could not be analyzed. */
export function runInquiry(request: AuditRequest, inquiry: Inquiry): { readonly explanation: Explanation; readonly root: string; readonly problems: readonly PathProblem[] } {
  const { plan, session, problems } = readPrograms(request, null);
  const explanation = renameExplanation(session.explain(inquiry), (path) => reportPath(plan.root, path));
  request.progress.clear();
  return { explanation, root: plan.root, problems };
}

interface ReadPrograms {
  readonly plan: ReturnType<typeof planProjects>;
  readonly target: TargetRuntime;
  readonly session: AuditSession;
  /** By group. */
  readonly added: readonly AddedGroup[];
  readonly broken: readonly SkippedFile[];
  readonly problems: readonly PathProblem[];
}

function readPrograms(request: AuditRequest, kept: readonly KeptGroup[] | null): ReadPrograms {
  const { fileSystem, progress } = request;
  const system = typescriptSystem(fileSystem);
  progress.show('finding files', 0, null);
  const plan = planProjects(fileSystem, request);
  const target = request.target ?? defaultTarget(fileSystem, plan.root, request.nodeVersion);
  const outputMappings = plan.groups.map((group) => group.output).filter((mapping) => mapping !== null);
  const files = new Set(plan.groups.flatMap((group) => group.files));
  const session = createAuditSession({
    typescript: ts, system, engine: request.engine, rules: request.rules, target, oldestNode: oldestNode(fileSystem, plan.root), outputMappings,
    hotFunctions: request.hot ?? [], coldFunctions: request.cold ?? [], model: request.model ?? null, entryFiles: entryFiles(fileSystem, plan.root, files, outputMappings),
  });
  const standing = kept === null ? null : standingFiles(fileSystem, plan.groups, kept, (path) => system.readFile(path) ?? null);

  const total = plan.groups.reduce((sum, group) => sum + group.files.length, 0);
  const broken: SkippedFile[] = [];
  const problems: PathProblem[] = [...plan.problems];
  const added: AddedGroup[] = [];
  let done = 0;
  plan.groups.forEach((group, index) => {
    progress.show('loading types', done, total);
    const outcome = addGroup({ system, session, programs: request.programs ?? null, oracleOf: request.oracleOf ?? null }, group, standing?.[index] ?? null, (files) => progress.show('reading files', done + files, total));
    added.push(outcome);
    for (const skipped of outcome.skipped) {
      broken.push(skipped);
      if (plan.namedFiles.has(skipped.file)) problems.push({ path: skipped.file, reason: skipped.reason });
    }
    done += group.files.length;
  });
  progress.show('following bytes', 0, null);
  // What is remembered is in reach all the same.
  if (request.programs === undefined) collectGarbage();
  return { plan, target, session, added, broken, problems };
}

export interface AddedGroup {
  /** In the order of their names. */
  readonly skipped: readonly SkippedFile[];
  /** Of all files that are in the program, those that are skipped included. */
  readonly facts: readonly KeptFacts[];
}

export function keptGroup(session: AuditSession, group: ProjectGroup, added: AddedGroup | undefined): KeptGroup {
  const reasons = new Map(added?.skipped.map(({ file, reason }) => [file, reason]));
  const files = added?.facts.map((facts): KeptFile => ({
    ...facts,
    leftOut: reasons.get(facts.path) ?? null,
    module: () => {
      const lowered = session.lowered(facts.path);
      if (lowered === null) throw new Error(`${facts.path} is not of the session`);
      return lowered.module;
    },
  }));
  return { identity: groupIdentity(group), files: files ?? [] };
}

interface AuditContext {
  readonly system: System;
  readonly session: AuditSession;
  readonly programs: ProgramMemory | null;
  readonly oracleOf: AuditRequest['oracleOf'] | null;
}

/** The trees and types of the program are out of reach when this returns, unless they are remembered: following bytes takes the memory that they had. */
function addGroup(context: AuditContext, group: ProjectGroup, standing: Standing | null, onFile: (files: number) => void): AddedGroup {
  const isWhole = standing !== null && !standing.hasOtherDeclarations && group.files.every((file) => standing.files.has(file));
  return isWhole ? addStanding(context, group, standing) : addProgram(context, group, standing, onFile);
}

/** Without a program: every file of the group stands. */
function addStanding({ system, session }: AuditContext, group: ProjectGroup, standing: Standing): AddedGroup {
  const files = group.files.flatMap((path) => standing.files.get(path) ?? []);
  const formats = new Map(files.map(({ kept }) => [kept.path, formatOf(kept)]));
  const resolution = moduleResolutionOf(system, group.options, formats);
  const skipped: SkippedFile[] = [];
  for (const { kept, text } of files) {
    if (kept.leftOut !== null) skipped.push({ file: kept.path, reason: kept.leftOut });
    else session.addLowered(kept.path, { module: kept.module(), text }, resolution);
  }
  return { skipped, facts: files.map(({ kept }) => kept) };
}

function formatOf({ format }: KeptFile): ResolutionMode {
  const [commonJs, esNext]: readonly number[] = [ts.ModuleKind.CommonJS, ts.ModuleKind.ESNext];
  if (format === commonJs) return ts.ModuleKind.CommonJS;
  return format === esNext ? ts.ModuleKind.ESNext : undefined;
}

function addProgram({ system, session, programs, oracleOf }: AuditContext, group: ProjectGroup, standing: Standing | null, onFile: (files: number) => void): AddedGroup {
  const oracle = oracleOf?.(group);
  const { program, sourceFiles, skipped } = loadProgram(system, oracle === undefined ? group : ownFilesOnly(group), programs);
  const resolution = createModuleResolution(system, program);
  const affected = standing?.hasOtherDeclarations === true ? standing.affected(program) : null;
  const anew: SourceFile[] = [];
  const facts: KeptFacts[] = [];
  for (const sourceFile of sourceFiles) {
    const path = sourceFile.fileName;
    const known = affected?.has(path) === true ? undefined : standing?.files.get(path);
    const stands = known !== undefined && known.kept.leftOut === null && known.text === sourceFile.text;
    if (stands) session.addLowered(path, { module: known.kept.module(), text: known.text }, resolution);
    else anew.push(sourceFile);
    facts.push(stands ? known.kept : factsOf(sourceFile));
  }
  return { skipped: byName([...skipped, ...session.addFiles(program, anew, onFile, oracle)]), facts };
}

/** For trees alone: whoever is asked for types reads what they come from. */
function ownFilesOnly(group: ProjectGroup): ProjectGroup {
  return { ...group, options: { ...group.options, noResolve: true, noLib: true, types: [] }, declarationFiles: [] };
}

export function byName(skipped: readonly SkippedFile[]): readonly SkippedFile[] {
  return [...skipped].sort((left, right) => (left.file < right.file ? -1 : 1));
}
