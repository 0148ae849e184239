/**
 * `pnpm model:verify [--node 20,24,26 | --this-node] [--falsify] [--reasons]`: executes the model on several Node majors.
 * Prints one line per wrong row, and per major how many rows there are, were executed and failed. Exit code: 0 all right; 1 a row is wrong or a major could not run; 2 wrong usage.
 */
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { standardFamilies } from '@scrimp/analysis/model/catalog';
import { cleanEnvironment, nodeBinaryOfMajor } from '@scrimp/bench';
import { readCommandLine, type ModelVerifyRequest } from './command-line.js';
import { removeTemporaryFiles } from './exercise-run.js';
import { verifyFalsifications } from './verify-falsifications.js';
import { reasonNotExecuted, verifyModel } from './verify-model.js';

process.exitCode = await main(process.argv.slice(2));

async function main(args: readonly string[]): Promise<number> {
  const { request, problems } = readCommandLine(args);
  if (request === undefined) return complain(problems, 2);
  if (request.majors === null) return await verifyHere(request);
  const found = await Promise.all(request.majors.map(nodeBinaryOfMajor));
  const missing = found.flatMap((one) => one.problems);
  if (missing.length > 0) return complain(missing, 1);
  // Wrong rows are tried in a process of their own: a run that fails on purpose may leave a thread of the pool in a state that Node 20 does not survive later.
  const runs = [['--this-node', ...(request.reasons ? ['--reasons'] : [])], ...(request.falsify ? [['--this-node', '--falsify']] : [])];
  let failed = 0;
  // One after the other: the exercises of the thread pool would disturb each other.
  for (const { path } of found) for (const options of runs) if (path !== undefined && (await runOn(path, options)) !== 0) failed += 1;
  return failed === 0 ? 0 : 1;
}

/** Runs this program on another Node, which prints for itself. */
async function runOn(nodePath: string, options: readonly string[]): Promise<number> {
  const child = spawn(nodePath, [fileURLToPath(import.meta.url), ...options], { env: cleanEnvironment(), stdio: ['ignore', 'inherit', 'inherit'] });
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve(complain([`cannot run ${nodePath}: ${error.message}`], 1)));
    child.once('close', (code) => resolve(code ?? 1));
  });
}

async function verifyHere(request: ModelVerifyRequest): Promise<number> {
  const rows = standardFamilies.flatMap((family) => family.rows);
  // Deprecated calls have rows too.
  process.removeAllListeners('warning');
  try {
    if (request.falsify) return (await falsify(rows)) > 0 ? 1 : 0;
    const { passed, failures, notSupported, notExecuted, unexplained } = await verifyModel(rows);
    for (const { api, call, problems } of failures) for (const problem of problems) say(`${api}: ${problem} (${call})`);
    for (const api of unexplained) say(`${api}: has no exercise and no reason`);
    if (request.reasons) for (const api of new Set(notExecuted)) say(`not executed: ${api}: ${reasonNotExecuted(api) ?? ''}`);
    const failed = failures.length + unexplained.length;
    say(`node ${process.versions.node}: ${rows.length} rows, ${passed + failures.length} executed, ${failed} failed, ${notSupported.length} newer than this Node, ${notExecuted.length} not executed with a reason`);
    return failed > 0 ? 1 : 0;
  } finally {
    removeTemporaryFiles();
  }
}

async function falsify(rows: Parameters<typeof verifyFalsifications>[0]): Promise<number> {
  const { tried, unnoticed } = await verifyFalsifications(rows, 1);
  for (const one of unnoticed) say(`not noticed: ${one}`);
  say(`node ${process.versions.node}: ${tried} wrong rows tried, ${tried - unnoticed.length} noticed`);
  return unnoticed.length;
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function complain(problems: readonly string[], exitCode: number): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return exitCode;
}
