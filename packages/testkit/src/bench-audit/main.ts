/**
 * `pnpm bench:audit [--runs n] [--json]`: `tsc --noEmit` and `scrimp audit` on the same large package, in turns, side by side.
 * It owns the command line and the order of the runs; measuring and comparing are in the modules beside it.
 */
import { existsSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { readEcosystemPackages, resolveInstalledPackage, type EcosystemPackage } from '../ecosystem/package-list.js';
import { ecosystemFolder, repositoryRoot, scrimpCommand } from '../ecosystem/paths.js';
import { isRecord, readAuditReport } from '../ecosystem/report-shape.js';
import { printComparison, ratioOf, summarizeSamples, type AuditComparison } from './comparison.js';
import { runMeasured, type MeasuredRun } from './measured-process.js';

process.exitCode = await main(process.argv.slice(2));

/** Exit code: 0 whatever the figures are; 1 when a run failed; 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  const { request, problems: usageProblems } = readRequest(args);
  if (request === null) return printProblems(usageProblems, 2);
  const { comparison, problems } = await compareOn(request.pinned, request.tsconfig, request.runs);
  if (comparison === null) return printProblems(problems, 1);
  const text = request.format === 'json' ? JSON.stringify(comparison, null, 2) : printComparison(comparison).join('\n');
  process.stdout.write(`${text}\n`);
  return 0;
}

interface BenchRequest {
  pinned: EcosystemPackage;
  tsconfig: string;
  runs: number;
  format: 'json' | 'table';
}

function readRequest(args: string[]): { request: BenchRequest | null; problems: string[] } {
  const usage = 'usage: pnpm bench:audit [--runs n] [--json]';
  let values;
  try {
    values = parseArgs({ args, options: { runs: { type: 'string', default: '3' }, json: { type: 'boolean' } } }).values;
  } catch (error) {
    return { request: null, problems: [`${error instanceof Error ? error.message : String(error)}; ${usage}`] };
  }
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) return { request: null, problems: [`--runs ${values.runs} is not a whole number above 0; ${usage}`] };
  const largest = readEcosystemPackages(ecosystemFolder)
    .filter((candidate) => candidate.tsconfig !== null)
    .sort((left, right) => right.lines - left.lines)[0];
  if (largest === undefined || largest.tsconfig === null) return { request: null, problems: ['no pinned package has a tsconfig; give one in fixtures/ecosystem/packages.json'] };
  return { request: { pinned: largest, tsconfig: join(ecosystemFolder, largest.tsconfig), runs, format: values.json ? 'json' : 'table' }, problems: [] };
}

async function compareOn(pinned: EcosystemPackage, tsconfig: string, runs: number): Promise<{ comparison: AuditComparison | null; problems: string[] }> {
  const installed = resolveInstalledPackage(ecosystemFolder, pinned);
  if (installed.folder === null) return { comparison: null, problems: installed.problems };
  if (!existsSync(scrimpCommand)) {
    return { comparison: null, problems: [`the scrimp command is missing at ${relative(repositoryRoot, scrimpCommand)}; build it first (pnpm build)`] };
  }
  const require = createRequire(import.meta.url);
  const compiler = require.resolve('typescript/lib/tsc.js');
  const compilerManifest: unknown = require('typescript/package.json');
  const tscRuns: MeasuredRun[] = [];
  const auditRuns: MeasuredRun[] = [];
  for (let round = 0; round < runs; round++) {
    const tscOutcome = await runMeasured(compiler, ['--noEmit', '--pretty', 'false', '-p', tsconfig], ecosystemFolder);
    if (tscOutcome.run === null) return { comparison: null, problems: tscOutcome.problems };
    tscRuns.push(tscOutcome.run);
    // The compiler keeps nothing between runs, so the audit's store must not make its later runs cheaper either.
    rmSync(join(ecosystemFolder, '.scrimp'), { recursive: true, force: true });
    const auditOutcome = await runMeasured(scrimpCommand, ['audit', '-p', tsconfig, '--format', 'json'], ecosystemFolder);
    if (auditOutcome.run === null) return { comparison: null, problems: auditOutcome.problems };
    if (auditOutcome.run.exitCode !== 0) {
      return { comparison: null, problems: [`scrimp audit failed (exit ${auditOutcome.run.exitCode}): ${auditOutcome.run.stderr.trim()}`] };
    }
    auditRuns.push(auditOutcome.run);
  }
  const { report, problems } = readAuditReport(auditRuns[0]?.stdout ?? '');
  if (report === null) return { comparison: null, problems };
  if (report.files === 0) return { comparison: null, problems: [`scrimp audit read no file of ${relative(repositoryRoot, tsconfig)}, so there is nothing to compare`] };
  const tsc = summarizeSamples(tscRuns);
  const audit = summarizeSamples(auditRuns);
  const comparison: AuditComparison = {
    schema: 'scrimp-bench-audit/1',
    package: pinned.name,
    version: pinned.version,
    lines: pinned.lines,
    node: process.versions.node,
    typescript: isRecord(compilerManifest) ? String(compilerManifest['version']) : 'unknown',
    tsc,
    audit,
    ratio: ratioOf(audit, tsc),
    tscErrors: countErrors(tscRuns[0]?.stdout ?? ''),
    auditFiles: report.files,
    auditFindings: report.findings.length,
  };
  return { comparison, problems: [] };
}

function countErrors(compilerOutput: string): number {
  return compilerOutput.split('\n').filter((line) => /error TS\d+:/.test(line)).length;
}

function printProblems(problems: readonly string[], exitCode: number): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return exitCode;
}
