/** What is said of an audit: reports, problems on stderr, and the exit code. Shared by every command that ends in an audit. */
import { join, relative } from 'node:path';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { singleValue, type ParsedArguments } from './arguments.js';
import { writeReports, type ReportFile } from './report-files.js';
import { ruleDescriptions, selectRules } from './rule-selection.js';
import { reachesGate, severityGate, severityGates } from './severity-gate.js';
import { formats } from './report-files.js';
import { packageVersion } from './version.js';
import type { Audit } from './audit.js';
import type { OptionSpec } from './command.js';
import type { CommandIo } from './io.js';
import type { PlanRequest } from './project/project-plan.js';
import type { ReportInput } from '@scrimp/report';

/** Options of the report, the same for every command that writes one. */
export const reportOptions: readonly OptionSpec[] = [
  { name: 'format', short: 'f', value: 'format[=file]', isRepeatable: true, description: `print as ${formats.join(', ')}, or write to a file; default text` },
  { name: 'json', description: 'the same as --format json' },
  { name: 'fail-on', value: 'severity', choices: severityGates, description: 'exit 1 on findings of this severity or worse; default never' },
  { name: 'strict', description: 'exit 2 also when a file that was found, not named, cannot be read or parsed' },
  { name: 'quiet', short: 'q', description: 'one line per finding, no progress' },
  { name: 'no-progress', description: 'no progress line on stderr' },
];

export interface ReportedAudit {
  readonly audit: Audit;
  readonly paths: PlanRequest['paths'];
  readonly ruleIds: readonly string[];
}

export async function reportAudit(io: CommandIo, args: ParsedArguments, reports: readonly ReportFile[], reported: ReportedAudit): Promise<ExitCode> {
  const { audit } = reported;
  const input = reportInput(io, reported, await descriptionsFor(io, reports, reported.ruleIds));
  const writeProblems = writeReports(io, reports, input, { root: audit.root, flags: args.flags });
  for (const { path, reason } of audit.problems) io.stderr.write(`scrimp: ${relative(io.cwd, path) || '.'}: ${reason}\n`);
  for (const problem of writeProblems) io.stderr.write(`scrimp: ${problem}\n`);
  return writeProblems.length > 0 ? exitCodes.couldNotRun : exitOf(audit, args);
}

export function reportInput(io: CommandIo, { audit, paths }: ReportedAudit, rules: ReportInput['rules']): ReportInput {
  return {
    tool: { name: 'scrimp', version: packageVersion(), node: io.nodeVersion, typescript: audit.typescript, target: audit.target },
    result: audit.result,
    rules,
    folder: relative(io.cwd, audit.root) || '.',
    paths,
    sources: sourceReader(io, audit.root),
  };
}

/** Only SARIF describes rules, and describing them takes the engine. */
async function descriptionsFor(io: CommandIo, reports: readonly ReportFile[], ruleIds: readonly string[]): Promise<ReportInput['rules']> {
  if (reports.every(({ format }) => format !== 'sarif')) return [];
  const engine = await io.loadEngine();
  const selection = selectRules(engine.rules, ruleIds);
  return 'problem' in selection ? [] : ruleDescriptions(selection.rules, engine.rulePage);
}

function exitOf(audit: Audit, args: ParsedArguments): ExitCode {
  const isStrictFailure = args.flags.has('strict') && audit.result.skipped.length > 0;
  if (audit.problems.length > 0 || isStrictFailure) return exitCodes.couldNotRun;
  const gate = severityGate(singleValue(args, 'fail-on'));
  return audit.result.findings.some((finding) => reachesGate(gate, finding)) ? exitCodes.findings : exitCodes.clean;
}

function sourceReader(io: CommandIo, root: string): ReportInput['sources'] {
  return (file) => {
    try {
      return io.fileSystem.read(join(root, file)).toString('utf8').replace(/^\ufeff/, '');
    } catch {
      // The finding stands without its code frame.
      return null;
    }
  };
}
