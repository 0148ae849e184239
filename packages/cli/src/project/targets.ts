/** The runtimes that costs and advice can be for. */
import type { TargetRuntime } from '@scrimp/analysis';

export const targets: readonly TargetRuntime[] = ['node20', 'node22', 'node24', 'node26'];
