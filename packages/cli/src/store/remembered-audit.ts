/**
 * Audits with a memory. The invariant: a stored answer is given only when every input that the answer read is unchanged, and when
 * the question and the build of scrimp are the same. Then neither TypeScript nor the engine is loaded.
 * When nothing but texts of analyzed files changed, the audit runs anew but lowers only the files that this concerns.
 */
import { changesOf, recordInputs, type Inputs } from './inputs.js';
import { parseGroups, printGroups, type KeptGroup } from './kept-files.js';
import { parseAudit, parseInputs, printAudit, printInputs } from './stored-audit.js';
import { questionName, type Store } from './store.js';
import type { Audit, AuditRequest, KeepingAudit } from '../audit.js';
import type { FileSystem } from '../project/file-system.js';
import type { PlanRequest } from '../project/project-plan.js';
import type { ModelFamily, TargetRuntime } from '@scrimp/analysis';

/** All that an answer depends on besides files. */
export interface AuditQuestion extends PlanRequest {
  readonly build: string;
  readonly ruleIds: readonly string[];
  readonly target: TargetRuntime | null;
  readonly nodeVersion: string;
  readonly hot?: readonly string[];
  readonly cold?: readonly string[];
  readonly model?: ModelFamily | null;
}

/** What an earlier run left. */
export interface Memory {
  /** The answer, while it holds; else null. */
  readonly audit: Audit | null;
  readonly inputs: Inputs;
  /** Files whose texts changed; null when more did, and nothing that was kept can be used. */
  readonly changedTexts: readonly string[] | null;
}

export function recallAudit(store: Store, fileSystem: FileSystem, question: AuditQuestion): Memory | null {
  const [stored, storedInputs] = store.read(questionName(question)) ?? [];
  const inputs = storedInputs === undefined ? null : parseInputs(storedInputs);
  if (stored === undefined || inputs === null) return null;
  const { contents, others } = changesOf(fileSystem, inputs);
  const holds = contents.length === 0 && others.length === 0;
  return { audit: holds ? parseAudit(stored) : null, inputs, changedTexts: others.length === 0 ? contents : null };
}

type RunAudit = (request: AuditRequest, kept: readonly KeptGroup[] | null) => KeepingAudit;

/** Audits, and keeps the answer when the files stood still meanwhile. `memory` is what was recalled. */
export function rememberAudit(store: Store, question: AuditQuestion, memory: Memory | null, request: AuditRequest, runAudit: RunAudit): Audit {
  const kept = memory === null ? null : keptFor(store, question, memory);
  return (memory === null || kept === null ? null : auditFrom(store, question, memory, kept, request, runAudit)) ?? auditAndKeep(store, question, null, null, request, runAudit);
}

/** Null when what was kept turns out to be no use, which only a foreign store can bring about. */
function auditFrom(store: Store, question: AuditQuestion, memory: Memory, kept: readonly KeptGroup[], request: AuditRequest, runAudit: RunAudit): Audit | null {
  try {
    return auditAndKeep(store, question, memory, kept, request, runAudit);
  } catch {
    return null;
  }
}

function auditAndKeep(store: Store, question: AuditQuestion, memory: Memory | null, kept: readonly KeptGroup[] | null, request: AuditRequest, runAudit: RunAudit): Audit {
  const recording = recordInputs(request.fileSystem);
  const { audit, keep } = runAudit({ ...request, fileSystem: recording.fileSystem }, kept);
  if (!recording.isConsistent()) return audit;
  const inputs = kept === null || memory === null ? recording.inputs : joinInputs(memory.inputs, recording.inputs);
  store.write(questionName(question), [printAudit(audit), printInputs(inputs)]);
  store.write(keptName(question), [printInputs(inputs), ...printGroups(keep())]);
  return audit;
}

/** What was kept with the inputs of the memory; null when something else than texts of kept files changed. */
function keptFor(store: Store, question: AuditQuestion, { changedTexts, inputs }: Memory): readonly KeptGroup[] | null {
  if (changedTexts === null) return null;
  const [keptInputs, ...parts] = store.read(keptName(question)) ?? [];
  // Two runs may write at the same time; the files of one run belong together.
  if (keptInputs !== printInputs(inputs)) return null;
  const groups = parseGroups(parts);
  const paths = new Set(groups?.flatMap((group) => group.files.map((file) => file.path)));
  return changedTexts.every((path) => paths.has(path)) ? groups : null;
}

/** What the kept files were made from, and what this run asked anew: a file that was read again is what it is now. */
export function joinInputs(before: Inputs, now: Inputs): Inputs {
  const joined = new Map(before);
  for (const [path, record] of now) joined.set(path, { ...joined.get(path), ...record });
  return joined;
}

function keptName(question: AuditQuestion): string {
  return `${questionName(question)}.files`;
}
