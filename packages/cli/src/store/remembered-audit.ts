/**
 * Audits with a memory. The invariant: a stored answer is given only when every input that the answer read is unchanged, and when
 * the question and the build of scrimp are the same. Then neither TypeScript nor the engine is loaded.
 */
import { changesOf, recordInputs } from './inputs.js';
import { parseAudit, parseInputs, printAudit, printInputs } from './stored-audit.js';
import { questionName, type Store } from './store.js';
import type { Audit, AuditRequest } from '../audit.js';
import type { FileSystem } from '../project/file-system.js';
import type { PlanRequest } from '../project/project-plan.js';
import type { TargetRuntime } from '@scrimp/analysis';

/** All that an answer depends on besides files. */
export interface AuditQuestion extends PlanRequest {
  readonly build: string;
  readonly ruleIds: readonly string[];
  readonly target: TargetRuntime | null;
  readonly nodeVersion: string;
}

/** The answer of an earlier run, or null. */
export function recallAudit(store: Store, fileSystem: FileSystem, question: AuditQuestion): Audit | null {
  const [stored, storedInputs] = store.read(questionName(question)) ?? [];
  if (stored === undefined || storedInputs === undefined) return null;
  const inputs = parseInputs(storedInputs);
  if (inputs === null) return null;
  const { contents, others } = changesOf(fileSystem, inputs);
  return contents.length === 0 && others.length === 0 ? parseAudit(stored) : null;
}

/** Audits, and keeps the answer when the files stood still meanwhile. */
export function rememberAudit(store: Store, question: AuditQuestion, request: AuditRequest, runAudit: (request: AuditRequest) => Audit): Audit {
  const recording = recordInputs(request.fileSystem);
  const audit = runAudit({ ...request, fileSystem: recording.fileSystem });
  if (recording.isConsistent()) store.write(questionName(question), [printAudit(audit), printInputs(recording.inputs)]);
  return audit;
}
