/**
 * What the findings promise per operation: the saving that each rewritten finding states, times the executions of its place in that operation.
 */
import { countSiteExecutions } from './site-executions.js';
import { loadVariant } from './fixed-copy.js';
import { operations } from './operations.js';
import type { FixedCopy, FixPass } from './fixed-copy.js';
import type { SessionVariant } from './operations.js';

export interface Prediction {
  readonly operation: string;
  /** Executions of rewritten places in one operation. */
  readonly executions: number;
  readonly objects: number;
  readonly heapBytes: number;
  readonly externalBytes: number;
  /** Savings that depend on lengths, which the numbers leave out. */
  readonly symbolic: readonly string[];
}

/** One prediction per operation, summed over all runs of the command. */
export async function predictSavings(copy: FixedCopy): Promise<readonly Prediction[]> {
  let predictions = operations.map(({ name }): Prediction => ({ operation: name, executions: 0, objects: 0, heapBytes: 0, externalBytes: 0, symbolic: [] }));
  for (const pass of copy.passes) {
    if (pass.applied.length === 0) continue;
    const counts = await countSiteExecutions(pass.builtBefore, pass.applied.map(placeOf), async () => {
      const variant = await loadVariant<SessionVariant>(pass.builtBefore);
      return operations.map(({ prepare, sizes }) => prepare(variant, sizes[0]!));
    });
    predictions = predictions.map((prediction, index) => addPass(prediction, pass, counts[index]!));
  }
  return predictions;
}

/** Findings name files from the project, builds from the folder `before`. */
function placeOf({ file, line, column }: FixPass['applied'][number]): { file: string; line: number; column: number } {
  return { file: file.replace(/^before\//, ''), line, column };
}

function addPass(prediction: Prediction, pass: FixPass, counts: readonly number[]): Prediction {
  const sum = { ...prediction, symbolic: [...prediction.symbolic] };
  for (const [index, { saves }] of pass.applied.entries()) {
    const count = counts[index]!;
    if (count === 0) continue;
    sum.executions += count;
    sum.objects += count * (saves.objects ?? 0);
    sum.heapBytes += count * (saves.heapBytes ?? 0);
    sum.externalBytes += count * (saves.externalBytes ?? 0);
    if (saves.objects === null || saves.heapBytes === null || saves.externalBytes === null) sum.symbolic.push(`${count > 1 ? `${count} x ` : ''}(${saves.expression})`);
  }
  return sum;
}
