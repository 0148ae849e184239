// Owns a run of vitest and the honest count of its tests: a test file that cannot be loaded and an error outside any test count as failures.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runShowingOutput } from './child-command.mjs';

/** Starts one run of vitest; a filter of paths may follow. */
export const vitestCommand = [process.execPath, 'node_modules/vitest/vitest.mjs', 'run'];

/**
 * @typedef {{ passed: number, failed: number }} TestCount
 */

/**
 * @param {readonly string[]} command starts vitest, as `vitestCommand` does
 * @returns {Promise<TestCount>}
 */
export async function runVitestCounted(command) {
  const folder = mkdtempSync(join(tmpdir(), 'scrimp-test-'));
  const resultFile = join(folder, 'result.json');
  const exitCode = await runShowingOutput([...command, '--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`]);
  const count = countTests(readIfPresent(resultFile), exitCode);
  rmSync(folder, { recursive: true });
  return count;
}

/**
 * @param {string | null} resultText what vitest's JSON reporter wrote, null when it wrote nothing
 * @param {number} exitCode vitest's exit code
 * @returns {TestCount}
 */
export function countTests(resultText, exitCode) {
  if (resultText === null) return { passed: 0, failed: 1 };
  /** @type {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, testResults: { status: string, assertionResults: { status: string }[] }[] }} */
  const result = JSON.parse(resultText);
  const unloadedFiles = result.testResults.filter((file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'));
  // A skipped test has not shown what it promises to show, and the house rules allow none.
  const failed = result.numFailedTests + result.numPendingTests + unloadedFiles.length;
  // Vitest also fails a run for an error outside every test, which its JSON does not list.
  return { passed: result.numPassedTests, failed: exitCode !== 0 && failed === 0 ? 1 : failed };
}

/** @param {string} file */
function readIfPresent(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Vitest writes no file when it dies before the end; the caller counts that as a failure.
    return null;
  }
}
