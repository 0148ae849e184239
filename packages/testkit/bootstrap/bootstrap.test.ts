import { describe, expect, test } from 'vitest';
import { lastLines, runCollectingOutput } from './child-command.mjs';
import { describeInstallFailure, manifestPaths, pinnedPnpmVersion } from './install-packages.mjs';
import { findNodeVersionProblem } from './node-version.mjs';
import { fastTier, longTier } from './test-steps.mjs';
import { countTests } from './vitest-run.mjs';

test('a Node below the bound of package.json is refused, one at or above it is not', () => {
  expect(findNodeVersionProblem('18.20.4')?.sentence).toContain('Node 18.20.4 is too old');
  expect(findNodeVersionProblem('20.18.9')).not.toBeNull();
  expect(findNodeVersionProblem('20.19.0')).toBeNull();
  expect(findNodeVersionProblem('24.0.0')).toBeNull();
});

describe('a failed installation is told by its cause', () => {
  const sentenceOf = (code: number, output: string): string => describeInstallFailure(code, output).sentence;

  test('no network', () => {
    expect(sentenceOf(1, 'npm error code ECONNREFUSED\nnpm error network request failed')).toContain('the package registry does not answer');
  });
  test('a lock file that is out of date', () => {
    expect(sentenceOf(1, 'Error: ERR_PNPM_OUTDATED_LOCKFILE')).toContain('pnpm-lock.yaml does not match');
  });
  test('no npx', () => {
    expect(sentenceOf(127, '')).toContain('npx was not found');
  });
  test('anything else, with the end of the log', () => {
    const problem = describeInstallFailure(1, Array.from({ length: 40 }, (_, index) => `line ${index}`).join('\n'));
    expect(problem.sentence).toContain('failed with exit code 1');
    expect(problem.evidence).toHaveLength(15);
    expect(problem.evidence.at(-1)).toBe('line 39');
  });
});

describe('counting the tests of a run', () => {
  const resultOf = (passed: number, failed: number, pending: number, files: { status: string; assertionResults: { status: string }[] }[]): string =>
    JSON.stringify({ numPassedTests: passed, numFailedTests: failed, numPendingTests: pending, testResults: files });

  test('passed and failed tests are taken as they are', () => {
    const files = [{ status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] }];
    expect(countTests(resultOf(1, 1, 0, files), 1)).toEqual({ passed: 1, failed: 1 });
  });
  test('a file that cannot be loaded is a failure', () => {
    expect(countTests(resultOf(3, 0, 0, [{ status: 'failed', assertionResults: [] }]), 1)).toEqual({ passed: 3, failed: 1 });
  });
  test('a skipped test is a failure', () => {
    expect(countTests(resultOf(3, 0, 1, []), 0)).toEqual({ passed: 3, failed: 1 });
  });
  test('an error outside every test is a failure', () => {
    expect(countTests(resultOf(3, 0, 0, []), 1)).toEqual({ passed: 3, failed: 1 });
  });
  test('a run that wrote no result is a failure', () => {
    expect(countTests(null, 1)).toEqual({ passed: 0, failed: 1 });
  });
});

test('a program that does not exist is a result, not an exception', async () => {
  expect((await runCollectingOutput(['scrimp-no-such-program'])).code).toBe(127);
});

test('output and exit code of a program are collected', async () => {
  const script = 'console.log("out"); console.error("err"); process.exitCode = 3';
  const { code, output } = await runCollectingOutput([process.execPath, '--eval', script]);
  expect(code).toBe(3);
  expect(lastLines(output, 5).sort()).toEqual(['err', 'out']);
});

test('the manifests of the whole workspace decide about the installation', () => {
  expect(manifestPaths()).toEqual(expect.arrayContaining(['./package.json', 'packages/analysis/package.json', 'rules/package.json', 'reference-impl/package.json']));
});

test('the pinned pnpm is a full version', () => {
  expect(pinnedPnpmVersion()).toMatch(/^\d+\.\d+\.\d+$/);
});

test('steps have names of their own', () => {
  const names = [...fastTier(), ...longTier()].map(({ name }) => name);
  expect(new Set(names).size).toBe(names.length);
});
