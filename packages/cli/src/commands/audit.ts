/** `scrimp audit`: analyzes paths and prints the report. */
import { reportAudit, reportOptions } from '../audit-report.js';
import { configFor } from '../config/config-of-command.js';
import { singleValue, type ParsedArguments } from '../arguments.js';
import { createProgress, type Progress } from '../progress.js';
import { openOracle, oracleNames, type OracleName } from '../oracle/chosen-oracle.js';
import { targets } from '../project/targets.js';
import { reportFiles } from '../report-files.js';
import { selectRules } from '../rule-selection.js';
import { recallAudit, rememberAudit, type AuditQuestion, type Memory } from '../store/remembered-audit.js';
import { openStore, type Store } from '../store/store.js';
import { usageProblem } from '../usage-problem.js';
import { runShardCommand } from '../shard-command.js';
import { runWatchCommand } from '../watch-command.js';
import type { Audit, AuditRequest } from '../audit.js';
import type { ScrimpConfig } from '../config/config.js';
import type { Command } from '../command.js';
import type { CommandIo } from '../io.js';
import type { ExitCode } from '../exit-codes.js';

export const command: Command = {
  spec: {
    name: 'audit',
    summary: 'Finds bytes that are allocated and copied for nothing, ranked by saving, with the proof of each finding.',
    positionals: '[paths…]',
    options: [
      { name: 'project', short: 'p', value: 'tsconfig', isRepeatable: true, description: 'audit the files of this tsconfig; its references are followed' },
      { name: 'rule', value: 'id', isRepeatable: true, description: 'run only this rule' },
      { name: 'target', value: 'node', choices: targets, description: 'runtime for costs and advice; default: engines.node of package.json, else the running Node' },
      { name: 'oracle', value: 'name', choices: oracleNames, description: 'who is asked for types; native is TypeScript 7 in a process of its own (experimental), none reads annotations only; default: checker' },
      { name: 'shard', value: 'i/n', description: 'lower only the i-th of n parts of the files, into .scrimp/shards, for `scrimp merge`' },
      ...reportOptions,
      { name: 'watch', short: 'w', description: 'stay, and say what changes in the findings when files change; with --json one line of JSON for each time' },
      { name: 'config', value: 'file', description: 'read this config; default: the nearest scrimp.config.ts, .mts, .js, .mjs or .json' },
      { name: 'no-config', description: 'read no config' },
      { name: 'no-cache', description: 'neither use nor leave answers in .scrimp' },
    ],
    examples: [
      { command: 'scrimp audit', purpose: 'audits the project in this folder' },
      { command: 'scrimp audit src/session.ts', purpose: 'audits one file' },
      { command: 'scrimp audit -p packages/a -p packages/b', purpose: 'audits two projects as one program' },
      { command: 'scrimp audit --rule no-slice-into-sync-sink', purpose: 'runs one rule' },
      { command: 'scrimp audit -f text -f sarif=audit.sarif --fail-on high', purpose: 'for a build: log, upload, gate' },
      { command: 'scrimp audit --watch', purpose: 'while you edit: what each change brings and takes' },
      { command: 'scrimp audit --shard 1/3', purpose: 'a third of the work, on one of three machines; then `scrimp merge`' },
      { command: 'scrimp fix --diff', purpose: 'next: shows the safe edits' },
    ],
  },
  run: runAuditCommand,
};

async function runAuditCommand(args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const formatValues = [...(args.values.get('format') ?? []), ...(args.flags.has('json') ? ['json'] : [])];
  const reports = reportFiles(io.fileSystem, io.cwd, formatValues);
  if ('problem' in reports) return usageProblem(io, reports.problem);
  const configured = await configFor(args, io);
  if ('problem' in configured) return usageProblem(io, configured.problem);
  const { config } = configured;
  const oracle = oracleOf(args);
  if ('problem' in oracle) return usageProblem(io, oracle.problem);
  const progress = createProgress(io, args.flags);
  progress.show('starting', 0, null);
  const shard = singleValue(args, 'shard');
  if (shard !== undefined) return await runShardCommand(io, shard, questionOf(args, io, config), progress);
  if (args.flags.has('watch')) return await runWatchCommand(args, io, reports.files, questionOf(args, io, config), progress);
  // What another oracle reads is not recorded, so its answer cannot be known to hold.
  const memory = oracle.name === 'checker' ? memoryOf(args, io, config) : null;
  const known = memory === null ? null : recallAudit(memory.store, io.fileSystem, memory.question);
  const outcome = known?.audit == null ? await auditAnew({ args, io, config, progress, oracle: oracle.name }, memory, known) : { audit: known.audit };
  progress.clear();
  if ('problem' in outcome) return usageProblem(io, outcome.problem);
  const { audit } = outcome;
  return await reportAudit(io, args, reports.files, { audit, paths: args.positionals, ruleIds: args.values.get('rule') ?? [] });
}

/** The others are for one audit of its own. */
function oracleOf(args: ParsedArguments): { readonly name: OracleName } | { readonly problem: string } {
  const name = oracleNames.find((candidate) => candidate === singleValue(args, 'oracle')) ?? 'checker';
  const other = ['watch', 'shard'].find((option) => args.flags.has(option) || args.values.has(option));
  return name === 'checker' || other === undefined ? { name } : { problem: `--oracle ${name} and --${other} exclude each other` };
}

interface AuditMemory {
  readonly store: Store;
  readonly question: AuditQuestion;
}

function memoryOf(args: ParsedArguments, io: CommandIo, config: ScrimpConfig): AuditMemory | null {
  const build = args.flags.has('no-cache') ? null : io.buildIdentity();
  const store = build === null ? null : openStore(io.fileSystem, io.cwd);
  return build === null || store === null ? null : { store, question: { ...questionOf(args, io, config), build } };
}

function questionOf(args: ParsedArguments, io: CommandIo, config: ScrimpConfig): Omit<AuditQuestion, 'build'> {
  const target = targets.find((name) => name === singleValue(args, 'target')) ?? config.target;
  return { cwd: io.cwd, paths: args.positionals, configs: args.values.get('project') ?? [], ruleIds: args.values.get('rule') ?? [], target, nodeVersion: io.nodeVersion, hot: config.hot, cold: config.cold, model: config.model };
}

interface AuditCommand {
  readonly args: ParsedArguments;
  readonly io: CommandIo;
  readonly config: ScrimpConfig;
  readonly progress: Progress;
  readonly oracle: OracleName;
}

async function auditAnew({ args, io, config, progress, oracle: oracleName }: AuditCommand, memory: AuditMemory | null, known: Memory | null): Promise<{ readonly audit: Audit } | { readonly problem: string }> {
  const engine = await io.loadEngine();
  const question = questionOf(args, io, config);
  const selection = selectRules(engine.rules, question.ruleIds);
  if ('problem' in selection) return selection;
  const oracle = await openOracle(oracleName, io.cwd, engine);
  if ('problem' in oracle) return oracle;
  // TypeScript takes most of the start-up time, so it is loaded only now, when usage is known to be right and no answer is at hand.
  const { runAudit, runAuditKeeping } = await import('../audit.js');
  const request: AuditRequest = { ...question, fileSystem: io.fileSystem, engine, rules: selection.rules, progress, ...(oracle.oracleOf === undefined ? {} : { oracleOf: oracle.oracleOf }) };
  try {
    return { audit: memory === null ? runAudit(request) : rememberAudit(memory.store, memory.question, known, request, runAuditKeeping) };
  } finally {
    const warning = oracle.close();
    if (warning !== null) io.stderr.write(`scrimp: ${warning}\n`);
  }
}
