// Owns `npm test`: bootstrap, then the fast tier, with `--full` the long tier too.
// The last line of stdout is always `N passed, N failed` and nothing else, also when the bootstrap fails.
import { prepareWorkspace } from './bootstrap.mjs';
import { say, sayProblem } from './progress-lines.mjs';
import { runCheckStep } from './run-check-step.mjs';
import { fastTier, longTier } from './test-steps.mjs';
import { runVitestCounted } from './vitest-run.mjs';

process.exitCode = await test(process.argv.slice(2));

/**
 * @param {readonly string[]} options
 * @returns {Promise<number>} the exit code: 0 when nothing failed, 2 for an unknown option
 */
async function test(options) {
  const unknown = options.find((option) => option !== '--full');
  if (unknown !== undefined) {
    sayProblem({ sentence: `npm test does not know the option ${unknown}; it knows --full`, evidence: [] });
    return 2;
  }
  const problem = await prepareWorkspace();
  if (problem !== null) {
    sayProblem(problem);
    return conclude({ passed: 0, failed: 1 });
  }
  const total = { passed: 0, failed: 0 };
  for (const step of options.includes('--full') ? [...fastTier(), ...longTier()] : fastTier()) {
    say(step.name);
    const count = await runTestStep(step);
    total.passed += count.passed;
    total.failed += count.failed;
  }
  return conclude(total);
}

/**
 * @param {import('./test-steps.mjs').TestStep} step
 * @returns {Promise<import('./vitest-run.mjs').TestCount>}
 */
async function runTestStep(step) {
  if (step.kind === 'vitest') return runVitestCounted(step.command);
  const { name, holds, evidence } = await runCheckStep(step);
  if (!holds) sayProblem({ sentence: `the step "${name}" failed`, evidence });
  return holds ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/**
 * @param {import('./vitest-run.mjs').TestCount} count
 * @returns {number} the exit code
 */
function conclude({ passed, failed }) {
  say('done');
  process.stdout.write(`${passed} passed, ${failed} failed\n`);
  return failed === 0 ? 0 : 1;
}
