// Owns the table of checks that `pnpm check` runs and `npm test` counts: everything about the code that is not a test of what it does.
// To add a check, add a row; the command's exit code is its result.
import { existsSync } from 'node:fs';
import { buildCommand } from './build-packages.mjs';
import { vitestCommand } from './vitest-run.mjs';
import { inWorkspace } from './workspace-root.mjs';

const node = process.execPath;
const generator = 'packages/testkit/dist/generate/main.js';

/**
 * @typedef {object} CheckStep
 * @property {string} name what the table of results calls it
 * @property {readonly string[]} command program and arguments, run in the workspace root
 * @property {'also a vitest test' | 'only here'} coverage whether `npm test` runs the same thing among its tests already
 */

/**
 * The checks in the order in which they run. Types come first, because the build makes what later steps run.
 * @returns {CheckStep[]}
 */
export function checkSteps() {
  /** @type {CheckStep[]} */
  const steps = [
    { name: 'build and types', command: buildCommand, coverage: 'only here' },
    { name: 'types of tests and scripts', command: [node, 'node_modules/typescript/bin/tsc', '-p', 'tsconfig.check.json'], coverage: 'only here' },
    { name: 'lint', command: [node, 'node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'], coverage: 'only here' },
    { name: 'structure', command: [...vitestCommand, 'packages/testkit/src/check'], coverage: 'also a vitest test' },
  ];
  // The generator is built from sources, so it can be absent only while no generator is written.
  if (existsSync(inWorkspace('packages/testkit/src/generate/main.ts'))) {
    steps.push({ name: 'generated files are fresh', command: [node, generator, '--check'], coverage: 'only here' });
  }
  steps.push({ name: 'dead code', command: [node, 'node_modules/knip/bin/knip.js', '--no-progress', '--no-config-hints'], coverage: 'only here' });
  return steps;
}
