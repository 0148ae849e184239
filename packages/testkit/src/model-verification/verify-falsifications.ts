/**
 * The test of the verification: rows that say one wrong thing each must all be noticed. What the wrong things are is `falsify-row.ts`.
 */
import type { ModelRow } from '@scrimp/analysis/model/row';
import { importModule } from './exercise-run.js';
import { falsifyRow } from './falsify-row.js';
import { isOfThisNode } from './verify-model.js';
import { verifyRow } from './verify-row.js';

export interface FalsificationResult {
  readonly tried: number;
  /** `api: what was wrong`, of those that nothing noticed. */
  readonly unnoticed: readonly string[];
}

/** Tries one of every `step` wrong rows, in order. */
export async function verifyFalsifications(rows: readonly ModelRow[], step: number): Promise<FalsificationResult> {
  const sample = rows.filter(isOfThisNode).flatMap(falsifyRow).filter((_, index) => index % step === 0);
  const unnoticed: string[] = [];
  for (const { lie, row } of sample) {
    const problems = await verifyRow(row, importModule);
    if (problems.length === 0) unnoticed.push(`${row.api}: ${lie}`);
  }
  return { tried: sample.length, unnoticed };
}
