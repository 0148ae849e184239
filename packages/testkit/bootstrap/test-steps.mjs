// Owns the table of what `npm test` runs, tier by tier. To add a step, add a row.
// A step of kind `vitest` counts its tests; a step of kind `command` counts as one test, passed when its exit code is 0.
import { checkSteps } from './check-steps.mjs';
import { vitestCommand } from './vitest-run.mjs';

/**
 * @typedef {object} TestStep
 * @property {string} name what the progress line calls it
 * @property {'vitest' | 'command'} kind how its result is counted
 * @property {readonly string[]} command program and arguments, run in the workspace root
 */

/** What the engine's core is: the packages whose behavior depends on the Node that runs them. */
const coreTests = ['packages/analysis', 'packages/pool', 'packages/testkit/src/model', 'packages/testkit/src/interpreter'];

/** Rules whose evidence the long tier measures again: cheap, and with the same figures in every process. */
const measuredRules = ['no-slice-into-sync-sink', 'prefer-oneshot-hash'];

/**
 * Run by every `npm test`.
 * @returns {TestStep[]}
 */
export function fastTier() {
  return [
    ...checkSteps().filter((step) => step.coverage === 'only here').map(({ name, command }) => ({ name, kind: /** @type {const} */ ('command'), command })),
    { name: 'tests', kind: 'vitest', command: vitestCommand },
  ];
}

/**
 * Added by `npm test -- --full`.
 * @returns {TestStep[]}
 */
export function longTier() {
  return [
    ...['24', '26'].map((major) => ({
      name: `core tests on Node ${major}`,
      kind: /** @type {const} */ ('vitest'),
      command: ['npx', '--yes', `node@${major}`, ...vitestCommand.slice(1), ...coreTests],
    })),
    // With every fact of every row falsified in turn, which must all be noticed.
    { name: 'model rows on Node 20, 24 and 26 (model:verify --falsify)', kind: 'command', command: [process.execPath, 'packages/testkit/dist/model-verification/main.js', '--falsify'] },
    { name: 'rewrites of the reference implementation (bench:fix --check)', kind: 'command', command: [process.execPath, 'packages/testkit/dist/bench-fix/main.js', '--check'] },
    { name: 'audits of published packages (ecosystem --check)', kind: 'command', command: [process.execPath, 'packages/testkit/dist/ecosystem/main.js', '--check'] },
    { name: 'the native oracle finds there what the checker finds (bench:oracles --check)', kind: 'command', command: [process.execPath, 'packages/testkit/dist/bench-oracles/main.js', '--check'] },
    // Measuring all rules takes a quarter of an hour; these show that the method and the committed evidence still agree on this machine.
    { name: 'evidence of two rules (bench:rules --check)', kind: 'command', command: [process.execPath, 'packages/testkit/dist/bench-rules/main.js', ...measuredRules, '--check'] },
    { name: 'packed packages install and run', kind: 'command', command: [process.execPath, 'packages/testkit/bootstrap/packed-install.mjs'] },
  ];
}
