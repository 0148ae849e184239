/**
 * `pnpm ecosystem [names…] [--check | --triage]`: audits the pinned packages and writes, checks or accounts for the committed results.
 * It owns the command line; auditing, printing and counting are in the modules beside it.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { auditPackage } from './audit-run.js';
import { diffLines } from './line-diff.js';
import { readEcosystemPackages, selectPackages, type EcosystemPackage } from './package-list.js';
import { ecosystemFolder, fileStemOfPackage, resultsFolder, triageFolder } from './paths.js';
import { printResult, readResultFindings } from './result-text.js';
import { triagePackage, triagePasses, type PackageTriage } from './triage.js';
import { readTriageFile } from './triage-files.js';
import { printTriage } from './triage-text.js';

process.exitCode = main(process.argv.slice(2));

/** Exit code: 0 good; 1 a result is stale, a run failed, or the triage does not pass; 2 wrong usage. */
function main(args: string[]): number {
  const { request, problems } = readRequest(args);
  if (request === null) {
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    return 2;
  }
  if (request.mode === 'triage') return accountForTriage(request.packages);
  // A loop and not `every`: one failing package must not hide the others.
  let failures = 0;
  for (const pinned of request.packages) {
    if (!auditOnePackage(pinned, request.mode)) failures++;
  }
  return failures > 0 ? 1 : 0;
}

type Mode = 'write' | 'check' | 'triage';

function readRequest(args: string[]): { request: { mode: Mode; packages: EcosystemPackage[] } | null; problems: string[] } {
  const usage = 'usage: pnpm ecosystem [names…] [--check | --triage]';
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { check: { type: 'boolean' }, triage: { type: 'boolean' } } });
  } catch (error) {
    return { request: null, problems: [`${error instanceof Error ? error.message : String(error)}; ${usage}`] };
  }
  if (parsed.values.check && parsed.values.triage) return { request: null, problems: [`--check and --triage exclude each other; ${usage}`] };
  const { selected, problems } = selectPackages(readEcosystemPackages(ecosystemFolder), parsed.positionals);
  if (problems.length > 0) return { request: null, problems };
  const mode = parsed.values.check ? 'check' : parsed.values.triage ? 'triage' : 'write';
  return { request: { mode, packages: selected }, problems: [] };
}

/** Audits one package and writes or compares its result; false when that failed. */
function auditOnePackage(pinned: EcosystemPackage, mode: 'write' | 'check'): boolean {
  const { audit, problems } = auditPackage(pinned);
  if (audit === null) {
    for (const problem of problems) process.stderr.write(`${problem}\n`);
    return false;
  }
  const text = printResult(pinned.name, pinned.version, audit.report, audit.sourceLine);
  const path = resultPath(pinned);
  const committed = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const difference = diffLines(committed, text);
  if (mode === 'check' && difference.length > 0) {
    process.stdout.write(`${pinned.name}: stale; run pnpm ecosystem ${pinned.name} and review the difference\n${difference.join('\n')}\n`);
    return false;
  }
  if (mode === 'write') {
    mkdirSync(resultsFolder, { recursive: true });
    writeFileSync(path, text);
  }
  const state = difference.length === 0 ? 'unchanged' : committed === '' ? 'new' : 'changed';
  process.stdout.write(`${pinned.name}: ${state}; ${summaryLine(text)}\n`);
  return true;
}

function accountForTriage(packages: readonly EcosystemPackage[]): number {
  const problems: string[] = [];
  const triaged: PackageTriage[] = [];
  for (const pinned of packages) {
    const path = resultPath(pinned);
    if (!existsSync(path)) {
      problems.push(`${pinned.name} has no committed result; run pnpm ecosystem ${pinned.name}`);
      continue;
    }
    const first = readTriageFile(triageFolder, pinned.name, 'first');
    const second = readTriageFile(triageFolder, pinned.name, 'second');
    problems.push(...first.problems, ...second.problems);
    const findings = readResultFindings(readFileSync(path, 'utf8'));
    triaged.push(triagePackage(pinned.name, findings, { first: first.entries, second: second.entries }));
  }
  process.stdout.write(`${printTriage(triaged).join('\n')}\n`);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return problems.length === 0 && triagePasses(triaged) ? 0 : 1;
}

function resultPath(pinned: EcosystemPackage): string {
  return join(resultsFolder, `${fileStemOfPackage(pinned.name)}.txt`);
}

/** The third line of a result, after the header and the package's name. */
function summaryLine(text: string): string {
  return text.split('\n')[2] ?? '';
}
