// Owns `pnpm check`: runs every check, shows what fails, ends with a table; the exit code is 1 when any check fails.
import { checkSteps } from './check-steps.mjs';
import { prepareWorkspace } from './bootstrap.mjs';
import { say, sayProblem } from './progress-lines.mjs';
import { runCheckStep } from './run-check-step.mjs';

process.exitCode = await check();

/** @returns {Promise<number>} the exit code */
async function check() {
  const problem = await prepareWorkspace();
  if (problem !== null) {
    sayProblem(problem);
    return 2;
  }
  const results = [];
  for (const step of checkSteps()) {
    say(step.name);
    const result = await runCheckStep(step);
    for (const line of result.evidence) process.stdout.write(`    ${line}\n`);
    results.push(result);
  }
  const width = Math.max(...results.map((result) => result.name.length));
  for (const { name, holds, seconds } of results) {
    process.stdout.write(`${name.padEnd(width)}  ${holds ? 'ok    ' : 'FAILED'}  ${seconds.toFixed(1).padStart(6)} s\n`);
  }
  return results.every((result) => result.holds) ? 0 : 1;
}
