// Owns the short lines that say what the bootstrap is doing and since how many seconds it runs.
// They go to stderr, so that stdout carries only results (the audit, the count of tests).
const startedAt = performance.now();

/**
 * Prints one line: seconds since the start, then the text.
 * @param {string} text what is being done, lower case, without a final period
 */
export function say(text) {
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds} s  ${text}\n`);
}

/**
 * Prints one problem in one sentence, with its evidence (the end of a log) indented below it.
 * @param {Problem} problem what went wrong
 */
export function sayProblem(problem) {
  process.stderr.write(`\nscrimp: ${problem.sentence}\n`);
  for (const line of problem.evidence) process.stderr.write(`    ${line}\n`);
}

/**
 * @typedef {{ sentence: string, evidence: readonly string[] }} Problem
 *   `sentence`: what, why, what to do; `evidence`: lines of output to show below it, may be empty.
 */
