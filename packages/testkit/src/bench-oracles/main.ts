/**
 * `pnpm bench:oracles [--runs n] [--package name] [--check]`: audits of the pinned packages with each oracle, in turns: their wall time side by
 * side, and whether their findings are the same. With `--check` only the findings count, of one run each. The memory of the native checker's own
 * process is not measured.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { medianOf } from '../bench-audit/comparison.js';
import { readEcosystemPackages, resolveInstalledPackage, selectPackages, type EcosystemPackage } from '../ecosystem/package-list.js';
import { ecosystemFolder, repositoryRoot, scrimpCommand } from '../ecosystem/paths.js';
import { readAuditReport } from '../ecosystem/report-shape.js';

const oracles = ['checker', 'native', 'none'] as const;
type Oracle = (typeof oracles)[number];

process.exitCode = main(process.argv.slice(2));

/** Exit code: 1 when a run failed or `native` finds something else than `checker`; 2 wrong usage. */
function main(args: string[]): number {
  const { request, problems } = readRequest(args);
  if (request === null) return printProblems(problems, 2);
  const failures: string[] = [];
  process.stdout.write(`Node ${process.versions.node}; median seconds of ${String(request.runs)} ${request.runs === 1 ? 'run' : 'runs'}, taken in turns; findings of each\n`);
  for (const pinned of request.packages) {
    const { comparison, problems: runProblems } = compareOracles(pinned, request);
    failures.push(...runProblems);
    if (comparison === null) continue;
    process.stdout.write(`${printComparison(pinned, comparison)}\n`);
    if (!comparison.isSame) failures.push(`${pinned.name}: --oracle native reports something else than --oracle checker`);
  }
  return printProblems(failures, failures.length === 0 ? 0 : 1);
}

interface BenchRequest {
  readonly packages: readonly EcosystemPackage[];
  readonly runs: number;
  readonly oracles: readonly Oracle[];
}

function readRequest(args: string[]): { request: BenchRequest | null; problems: string[] } {
  const usage = 'usage: pnpm bench:oracles [--runs n] [--package name] [--check]';
  let values;
  try {
    values = parseArgs({ args, options: { runs: { type: 'string', default: '3' }, package: { type: 'string', multiple: true }, check: { type: 'boolean' } } }).values;
  } catch (error) {
    return { request: null, problems: [`${error instanceof Error ? error.message : String(error)}; ${usage}`] };
  }
  const runs = values.check ? 1 : Number(values.runs);
  if (!Number.isInteger(runs) || runs < 1) return { request: null, problems: [`--runs ${values.runs} is not a whole number above 0; ${usage}`] };
  if (!existsSync(scrimpCommand)) return { request: null, problems: [`the scrimp command is missing at ${relative(repositoryRoot, scrimpCommand)}; build it first (pnpm build)`] };
  const { selected, problems } = selectPackages(readEcosystemPackages(ecosystemFolder), values.package ?? []);
  if (problems.length > 0) return { request: null, problems };
  return { request: { packages: selected, runs, oracles: values.check ? ['checker', 'native'] : oracles }, problems: [] };
}

interface OracleComparison {
  /** In milliseconds, by oracle. */
  readonly times: ReadonlyMap<Oracle, readonly number[]>;
  readonly findings: ReadonlyMap<Oracle, number>;
  /** Whether `native` and `checker` print the same report. */
  readonly isSame: boolean;
}

function compareOracles(pinned: EcosystemPackage, { runs, oracles: compared }: BenchRequest): { comparison: OracleComparison | null; problems: string[] } {
  const { folder, problems } = resolveInstalledPackage(ecosystemFolder, pinned);
  if (folder === null) return { comparison: null, problems };
  const sources = pinned.sources.map((source) => join(folder, ...source.split('/')));
  const times = new Map<Oracle, number[]>(compared.map((oracle) => [oracle, []]));
  const reports = new Map<Oracle, string>();
  for (let round = 0; round < runs; round++) {
    for (const oracle of compared) {
      const start = performance.now();
      const child = spawnSync(process.execPath, [scrimpCommand, 'audit', ...sources, '--format', 'json', '--target', 'node20', '--no-cache', '--no-config', '--oracle', oracle], { cwd: repositoryRoot, encoding: 'utf8', maxBuffer: 1 << 30 });
      times.get(oracle)?.push(performance.now() - start);
      if (child.status !== 0) return { comparison: null, problems: [`scrimp audit --oracle ${oracle} failed on ${pinned.name}: ${child.stderr.trim()}`] };
      reports.set(oracle, child.stdout);
    }
  }
  const findings = new Map<Oracle, number>();
  for (const [oracle, text] of reports) {
    const { report, problems: reading } = readAuditReport(text);
    if (report === null) return { comparison: null, problems: reading };
    findings.set(oracle, report.findings.length);
  }
  return { comparison: { times, findings, isSame: reports.get('checker') === reports.get('native') }, problems: [] };
}

function printComparison({ name, version, lines }: EcosystemPackage, { times, findings, isSame }: OracleComparison): string {
  const columns = [...times].map(([oracle, list]) => `${oracle} ${(medianOf(list) / 1000).toFixed(2)} s ${String(findings.get(oracle))}`);
  return `${`${name} ${version}, ${String(lines)} lines`.padEnd(48)}  ${columns.join('  ')}  ${isSame ? 'native = checker' : 'native differs from checker'}`;
}

function printProblems(problems: readonly string[], exitCode: number): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return exitCode;
}
