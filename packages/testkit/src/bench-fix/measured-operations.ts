/**
 * Measures the operations on both variants side by side, by the meter of @scrimp/bench.
 */
import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { measureCases } from '@scrimp/bench';
import type { CaseIdentity, MeasuredCases } from '@scrimp/bench';
import { isSameResult } from './operations.js';
import type { FixedCopy } from './fixed-copy.js';

/** Some minutes; `onCase` says when one begins. Works from the build only, because plain Node loads the operations. */
export async function measureOperations(copy: FixedCopy, onCase: (identity: CaseIdentity, position: number, total: number) => void): Promise<MeasuredCases> {
  const operationsModule = join(dirname(fileURLToPath(import.meta.url)), 'operations.js');
  const benchFile = join(dirname(copy.fixed), 'bench.mjs');
  writeFileSync(benchFile, `
import { ${isSameResult.name}, operations } from ${specifierOf(operationsModule)};
import * as before from ${specifierOf(join(copy.before, 'index.js'))};
import * as fixed from ${specifierOf(join(copy.fixed, 'index.js'))};

export default operations.map(({ name, sizes, prepare }) => ({
  name,
  size: sizes,
  setup: (size) => ({ before: prepare(before, size), after: prepare(fixed, size) }),
  before: (state) => state.before(),
  after: (state) => state.after(),
  equal: ${isSameResult.name},
}));
`);
  return await measureCases(benchFile, undefined, { onCase });
}

function specifierOf(path: string): string {
  return JSON.stringify(pathToFileURL(path).href);
}
