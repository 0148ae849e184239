/** `scrimp audit`: analyzes paths and prints the report. */
import { join, relative } from 'node:path';
import { severityGate, reachesGate, severityGates } from '../severity-gate.js';
import { singleValue, type ParsedArguments } from '../arguments.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { createProgress, type Progress } from '../progress.js';
import { targets } from '../project/targets.js';
import { formats, reportFiles, writeReports, type ReportFile } from '../report-files.js';
import { ruleDescriptions, selectRules } from '../rule-selection.js';
import { recallAudit, rememberAudit, type AuditQuestion } from '../store/remembered-audit.js';
import { openStore, type Store } from '../store/store.js';
import { usageProblem } from '../usage-problem.js';
import { packageVersion } from '../version.js';
import type { Command } from '../command.js';
import type { CommandIo } from '../io.js';
import type { Audit, AuditRequest } from '../audit.js';
import type { ReportInput } from '@scrimp/report';

export const command: Command = {
  spec: {
    name: 'audit',
    summary: 'Finds bytes that are allocated and copied for nothing, ranked by saving, with the proof of each finding.',
    positionals: '[paths…]',
    options: [
      { name: 'project', short: 'p', value: 'tsconfig', isRepeatable: true, description: 'audit the files of this tsconfig; its references are followed' },
      { name: 'format', short: 'f', value: 'format[=file]', isRepeatable: true, description: `print as ${formats.join(', ')}, or write to a file; default text` },
      { name: 'json', description: 'the same as --format json' },
      { name: 'rule', value: 'id', isRepeatable: true, description: 'run only this rule' },
      { name: 'target', value: 'node', choices: targets, description: 'runtime for costs and advice; default: engines.node of package.json, else the running Node' },
      { name: 'fail-on', value: 'severity', choices: severityGates, description: 'exit 1 on findings of this severity or worse; default never' },
      { name: 'strict', description: 'exit 2 also when a file that was found, not named, cannot be read or parsed' },
      { name: 'no-cache', description: 'neither use nor leave answers in .scrimp' },
      { name: 'quiet', short: 'q', description: 'one line per finding, no progress' },
      { name: 'no-progress', description: 'no progress line on stderr' },
    ],
    examples: [
      { command: 'scrimp audit', purpose: 'audits the project in this folder' },
      { command: 'scrimp audit src/session.ts', purpose: 'audits one file' },
      { command: 'scrimp audit -p packages/a -p packages/b', purpose: 'audits two projects as one program' },
      { command: 'scrimp audit --rule no-slice-into-sync-sink', purpose: 'runs one rule' },
      { command: 'scrimp audit -f text -f sarif=audit.sarif --fail-on high', purpose: 'for a build: log, upload, gate' },
      { command: 'scrimp fix --diff', purpose: 'next: shows the safe edits' },
    ],
  },
  run: runAuditCommand,
};

async function runAuditCommand(args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const formatValues = [...(args.values.get('format') ?? []), ...(args.flags.has('json') ? ['json'] : [])];
  const reports = reportFiles(io.fileSystem, io.cwd, formatValues);
  if ('problem' in reports) return usageProblem(io, reports.problem);
  const gate = severityGate(singleValue(args, 'fail-on'));
  const progress = createProgress(io, args.flags);
  progress.show('starting', 0, null);
  const memory = memoryOf(args, io);
  const known = memory === null ? null : recallAudit(memory.store, io.fileSystem, memory.question);
  const outcome = known === null ? await auditAnew(args, io, progress, memory) : { audit: known };
  progress.clear();
  if ('problem' in outcome) return usageProblem(io, outcome.problem);
  const { audit } = outcome;
  const input: ReportInput = {
    tool: { name: 'scrimp', version: packageVersion(), node: io.nodeVersion, typescript: audit.typescript, target: audit.target },
    result: audit.result,
    rules: await descriptionsFor(reports.files, args, io),
    folder: relative(io.cwd, audit.root) || '.',
    paths: args.positionals,
    sources: sourceReader(io, audit.root),
  };
  const writeProblems = writeReports(io, reports.files, input, { root: audit.root, flags: args.flags });
  for (const { path, reason } of audit.problems) io.stderr.write(`scrimp: ${relative(io.cwd, path) || '.'}: ${reason}\n`);
  for (const problem of writeProblems) io.stderr.write(`scrimp: ${problem}\n`);
  if (writeProblems.length > 0) return exitCodes.couldNotRun;
  return exitOf(audit, args, gate);
}

interface AuditMemory {
  readonly store: Store;
  readonly question: AuditQuestion;
}

function memoryOf(args: ParsedArguments, io: CommandIo): AuditMemory | null {
  const build = args.flags.has('no-cache') ? null : io.buildIdentity();
  const store = build === null ? null : openStore(io.fileSystem, io.cwd);
  return build === null || store === null ? null : { store, question: { ...questionOf(args, io), build } };
}

function questionOf(args: ParsedArguments, io: CommandIo): Omit<AuditQuestion, 'build'> {
  const target = targets.find((name) => name === singleValue(args, 'target')) ?? null;
  return { cwd: io.cwd, paths: args.positionals, configs: args.values.get('project') ?? [], ruleIds: args.values.get('rule') ?? [], target, nodeVersion: io.nodeVersion };
}

async function auditAnew(args: ParsedArguments, io: CommandIo, progress: Progress, memory: AuditMemory | null): Promise<{ readonly audit: Audit } | { readonly problem: string }> {
  const engine = await io.loadEngine();
  const question = questionOf(args, io);
  const selection = selectRules(engine.rules, question.ruleIds);
  if ('problem' in selection) return selection;
  // TypeScript takes most of the start-up time, so it is loaded only now, when usage is known to be right and no answer is at hand.
  const { runAudit } = await import('../audit.js');
  const request: AuditRequest = { ...question, fileSystem: io.fileSystem, engine, rules: selection.rules, progress };
  return { audit: memory === null ? runAudit(request) : rememberAudit(memory.store, memory.question, request, runAudit) };
}

/** Only SARIF describes rules, and describing them takes the engine. */
async function descriptionsFor(reports: readonly ReportFile[], args: ParsedArguments, io: CommandIo): Promise<ReportInput['rules']> {
  if (reports.every(({ format }) => format !== 'sarif')) return [];
  const engine = await io.loadEngine();
  const selection = selectRules(engine.rules, args.values.get('rule') ?? []);
  return 'problem' in selection ? [] : ruleDescriptions(selection.rules, engine.rulePage);
}

function exitOf(audit: Audit, args: ParsedArguments, gate: ReturnType<typeof severityGate>): ExitCode {
  const isStrictFailure = args.flags.has('strict') && audit.result.skipped.length > 0;
  if (audit.problems.length > 0 || isStrictFailure) return exitCodes.couldNotRun;
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
