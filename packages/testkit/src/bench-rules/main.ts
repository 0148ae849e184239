/**
 * `pnpm bench:rules [ruleId...] [--node 20,24,26] [--check]`: measures what the advice of each rule saves and keeps the evidence.
 * It owns the order of the work, what is printed and the exit code; measuring, evidence and table are in the modules beside it.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nodeBinaryOfMajor } from '@scrimp/bench';
import { findBenchFiles } from './bench-files.js';
import { readCommandLine } from './command-line.js';
import { exitCodeOf, remarksOf } from './outcome.js';
import { measureRule } from './rule-evidence.js';
import type { MeasuredRule } from './rule-evidence.js';
import { savingTable } from './saving-table.js';

const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');

process.exitCode = await main(process.argv.slice(2));

/** Exit code: 0 measured; 1 something could not be measured, or with --check a saving vanished; 2 wrong usage. */
async function main(args: readonly string[]): Promise<number> {
  const { request, problems: usageProblems } = readCommandLine(args, join(repositoryRoot, 'rules'));
  if (request === undefined) return complain(usageProblems, 2);
  const { benchFiles, problems: fileProblems } = findBenchFiles(request.folder, request.ruleIds);
  if (fileProblems.length > 0) return complain(fileProblems, 2);
  if (benchFiles.length === 0) {
    process.stdout.write(`no rule in ${request.folder} has a bench file; there is nothing to measure\n`);
    return 0;
  }
  const found = await Promise.all(request.majors.map(nodeBinaryOfMajor));
  const nodePaths = found.flatMap(({ path }) => (path === undefined ? [] : [path]));
  const nodeProblems = found.flatMap(({ problems }) => problems);
  if (nodeProblems.length > 0) return complain(nodeProblems, 1);
  const interruption = new AbortController();
  const interrupt = (): void => interruption.abort();
  process.once('SIGINT', interrupt).once('SIGTERM', interrupt);
  const rules: MeasuredRule[] = [];
  for (const [index, benchFile] of benchFiles.entries()) {
    if (interruption.signal.aborted) break;
    const measured = await measureRule(
      {
        nodePaths,
        mode: request.mode,
        effort: {},
        signal: interruption.signal,
        onCase: (ruleId, identity) => showProgress(`measuring rule ${index + 1} of ${benchFiles.length}: ${ruleId}, ${identity.case}, ${identity.size} B`),
      },
      benchFile,
    );
    rules.push(measured);
  }
  showProgress('');
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt);
  if (rules.some((rule) => rule.measurements.length > 0)) process.stdout.write(`${savingTable(rules)}\n\n`);
  for (const line of rules.flatMap(remarksOf)) process.stdout.write(`${line}\n`);
  if (interruption.signal.aborted) return complain(['stopped on request; the rules measured so far are shown'], 1);
  return exitCodeOf(request.mode, rules);
}

function complain(problems: readonly string[], exitCode: number): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return exitCode;
}

/** One line that overwrites itself, only where a person watches. */
function showProgress(text: string): void {
  if (!process.stderr.isTTY) return;
  const width = process.stderr.columns;
  process.stderr.write(`\r\u001b[2K${text.slice(0, Math.max(0, width - 1))}`);
}
