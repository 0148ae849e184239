// Owns how one check runs: quietly when it holds, with the end of its output when it does not.
import { lastLines, runCollectingOutput } from './child-command.mjs';

/** How much of a failing check's output is shown; the first errors of a compiler or linter are usually enough to start with. */
const shownLines = 60;

/**
 * @param {{ name: string, command: readonly string[] }} step
 * @returns {Promise<{ name: string, holds: boolean, seconds: number, evidence: string[] }>} evidence is empty when the check holds
 */
export async function runCheckStep(step) {
  const startedAt = performance.now();
  const { code, output } = await runCollectingOutput(step.command);
  const seconds = (performance.now() - startedAt) / 1000;
  const holds = code === 0;
  return { name: step.name, holds, seconds, evidence: holds ? [] : lastLines(output, shownLines) };
}
