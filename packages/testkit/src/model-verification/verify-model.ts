/**
 * Executes every row of the model that can run, and accounts for those that cannot.
 */
import { standardFamilies } from '@scrimp/analysis/model/catalog';
import type { ModelRow } from '@scrimp/analysis/model/row';
import { importModule, type ModuleLoader } from './exercise-run.js';
import { notExecuted } from './not-executed.js';
import { verifyRow } from './verify-row.js';

export interface ModelVerification {
  readonly passed: number;
  readonly failures: readonly { readonly api: string; readonly call: string; readonly problems: readonly string[] }[];
  /** Rows that the running Node does not have yet. */
  readonly notSupported: readonly string[];
  /** Rows without an exercise that `not-executed.ts` explains. */
  readonly notExecuted: readonly string[];
  /** Rows without an exercise that nothing explains. */
  readonly unexplained: readonly string[];
}

/** Runs the rows one after the other. `load` may map packages to other versions. */
export async function verifyModel(rows: readonly ModelRow[] = standardFamilies.flatMap((family) => family.rows), load: ModuleLoader = importModule): Promise<ModelVerification> {
  const verification = { passed: 0, failures: [] as { api: string; call: string; problems: readonly string[] }[], notSupported: [] as string[], notExecuted: [] as string[], unexplained: [] as string[] };
  for (const row of rows) {
    if (row.exercise === undefined) {
      const explained = reasonNotExecuted(row.api) !== null;
      (explained ? verification.notExecuted : verification.unexplained).push(row.api);
      continue;
    }
    if (!isOfThisNode(row)) {
      verification.notSupported.push(row.api);
      continue;
    }
    const problems = await verifyRow(row, load);
    if (problems.length === 0) verification.passed += 1;
    else verification.failures.push({ api: row.api, call: row.exercise.call, problems });
  }
  return verification;
}

/** Why a row without an exercise is not executed, or null when nothing says. */
export function reasonNotExecuted(api: string): string | null {
  return notExecuted.find((one) => api.startsWith(one.api))?.reason ?? null;
}

/** False for what the running Node does not have yet. */
export function isOfThisNode(row: ModelRow): boolean {
  return row.since === undefined || !isOlder(process.versions.node, row.since.node);
}

function isOlder(version: string, than: string): boolean {
  const left = version.split('.').map(Number);
  const right = than.split('.').map(Number);
  for (let index = 0; index < right.length; index += 1) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
