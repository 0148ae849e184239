/**
 * `pnpm bench:audit [--runs n] [--package name] [--json]`: `tsc --noEmit` and `scrimp audit` on packages of three sizes, in turns, side by side:
 * an audit that knows nothing, one after which nothing changed, one after which one body changed, and the same in `--watch`.
 * It owns the command line and the order of the runs; measuring and comparing are in the modules beside it.
 */
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { ecosystemFolder, repositoryRoot, scrimpCommand } from '../ecosystem/paths.js';
import { isRecord, readAuditReport } from '../ecosystem/report-shape.js';
import { createBenchProject, type BenchProject } from './bench-project.js';
import { auditModes, medianOf, printReport, reportOf, summarizeSamples, type AuditComparison, type AuditMode } from './comparison.js';
import { runMeasured, type MeasuredRun } from './measured-process.js';
import { timeWatch } from './watch-timing.js';

/** Pinned in fixtures/ecosystem/package.json; about six, forty and two hundred thousand lines. */
const packages = ['@noble/ciphers', 'mongodb', 'effect'] as const;

process.exitCode = await main(process.argv.slice(2));

/** Exit code: 0 whatever the figures are; 1 when a run failed; 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  const { request, problems: usageProblems } = readRequest(args);
  if (request === null) return printProblems(usageProblems, 2);
  const require = createRequire(import.meta.url);
  const compilerManifest: unknown = require('typescript/package.json');
  const comparisons: AuditComparison[] = [];
  for (const name of request.packages) {
    const { comparison, problems } = await compareOn(name, require.resolve('typescript/lib/tsc.js'), request.runs);
    if (comparison === null) return printProblems(problems, 1);
    comparisons.push(comparison);
  }
  const report = reportOf(process.versions.node, isRecord(compilerManifest) ? String(compilerManifest['version']) : 'unknown', comparisons);
  process.stdout.write(`${request.format === 'json' ? JSON.stringify(report, null, 2) : printReport(report).join('\n')}\n`);
  return 0;
}

interface BenchRequest {
  packages: readonly string[];
  runs: number;
  format: 'json' | 'table';
}

function readRequest(args: string[]): { request: BenchRequest | null; problems: string[] } {
  const usage = 'usage: pnpm bench:audit [--runs n] [--package name] [--json]';
  let values;
  try {
    values = parseArgs({ args, options: { runs: { type: 'string', default: '3' }, package: { type: 'string', multiple: true }, json: { type: 'boolean' } } }).values;
  } catch (error) {
    return { request: null, problems: [`${error instanceof Error ? error.message : String(error)}; ${usage}`] };
  }
  const runs = Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) return { request: null, problems: [`--runs ${values.runs} is not a whole number above 0; ${usage}`] };
  const names = values.package ?? packages;
  const unknown = names.find((name) => !packages.some((known) => known === name));
  if (unknown !== undefined) return { request: null, problems: [`--package ${unknown} is not one of ${packages.join(', ')}; ${usage}`] };
  if (!existsSync(scrimpCommand)) return { request: null, problems: [`the scrimp command is missing at ${relative(repositoryRoot, scrimpCommand)}; build it first (pnpm build)`] };
  return { request: { packages: names, runs, format: values.json ? 'json' : 'table' }, problems: [] };
}

async function compareOn(name: string, compiler: string, runs: number): Promise<{ comparison: AuditComparison | null; problems: string[] }> {
  const installed = join(ecosystemFolder, 'node_modules', name);
  if (!existsSync(installed)) return { comparison: null, problems: [`${name} is not installed; run pnpm install`] };
  const { project, problems } = createBenchProject(name, installed, ['src']);
  if (project === null) return { comparison: null, problems };
  try {
    return await compareIn(project, name, compiler, runs);
  } finally {
    project.remove();
  }
}

async function compareIn(project: BenchProject, name: string, compiler: string, runs: number): Promise<{ comparison: AuditComparison | null; problems: string[] }> {
  const tscRuns: MeasuredRun[] = [];
  const auditRuns: Record<AuditMode, MeasuredRun[]> = { cold: [], second: [], changed: [] };
  for (let round = 0; round < runs; round++) {
    const tscOutcome = await runMeasured(compiler, ['--noEmit', '--pretty', 'false', '-p', project.tsconfig], project.folder);
    if (tscOutcome.run === null) return { comparison: null, problems: tscOutcome.problems };
    tscRuns.push(tscOutcome.run);
    for (const mode of auditModes) {
      // The compiler keeps nothing between runs either.
      if (mode === 'cold') rmSync(join(project.folder, '.scrimp'), { recursive: true, force: true });
      if (mode === 'changed') project.edit(round);
      const { run, problems } = await runMeasured(scrimpCommand, ['audit', '-p', project.tsconfig, '--format', 'json'], project.folder);
      if (run === null) return { comparison: null, problems };
      if (run.exitCode !== 0) return { comparison: null, problems: [`scrimp audit failed (exit ${run.exitCode}): ${run.stderr.trim()}`] };
      auditRuns[mode].push(run);
    }
    project.restore();
    if (auditRuns.second[round]?.stdout !== auditRuns.cold[round]?.stdout) return { comparison: null, problems: ['the second audit says something else than the first'] };
  }
  const watched = await timeWatch(scrimpCommand, project, runs + 2);
  if (watched.problems.length > 0) return { comparison: null, problems: watched.problems };
  const { report, problems } = readAuditReport(auditRuns.cold[0]?.stdout ?? '');
  if (report === null) return { comparison: null, problems };
  if (report.files === 0) return { comparison: null, problems: [`scrimp audit read no file of ${name}, so there is nothing to compare`] };
  const comparison: AuditComparison = {
    package: name,
    version: versionOf(project),
    lines: project.lines,
    tsc: summarizeSamples(tscRuns),
    audit: { cold: summarizeSamples(auditRuns.cold), second: summarizeSamples(auditRuns.second), changed: summarizeSamples(auditRuns.changed) },
    watch: { runs: watched.milliseconds.length, median: medianOf(watched.milliseconds), minimum: Math.min(...watched.milliseconds) },
    tscErrors: countErrors(tscRuns[0]?.stdout ?? ''),
    auditFiles: report.files,
    auditFindings: report.findings.length,
  };
  return { comparison, problems: [] };
}

function versionOf(project: BenchProject): string {
  const manifest: unknown = JSON.parse(readFileSync(join(project.folder, 'package.json'), 'utf8'));
  return isRecord(manifest) ? String(manifest['version']) : 'unknown';
}

function countErrors(compilerOutput: string): number {
  return compilerOutput.split('\n').filter((line) => /error TS\d+:/.test(line)).length;
}

function printProblems(problems: readonly string[], exitCode: number): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return exitCode;
}
