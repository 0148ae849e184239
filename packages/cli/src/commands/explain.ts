/** `scrimp explain`: what a rule finds, the whole proof of a finding, or why a line is not reported. */
import { resolve } from 'node:path';
import { configFor } from '../config/config-of-command.js';
import { findingText, placeText } from '../explanation-text.js';
import { didYouMean } from '../suggestion.js';
import { terminalWidth, wantsColor } from '../terminal.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { createProgress } from '../progress.js';
import { selectRules } from '../rule-selection.js';
import { usageProblem } from '../usage-problem.js';
import { explainRule, listRules } from '../rule-explanation.js';
import { singleValue, type ParsedArguments } from '../arguments.js';
import type { ScrimpConfig } from '../config/config.js';
import type { AnalysisEngine } from '../engine.js';
import type { Command } from '../command.js';
import type { CommandIo } from '../io.js';
import type { Explanation, Inquiry } from '@scrimp/analysis';

export const command: Command = {
  spec: {
    name: 'explain',
    summary: 'Says what a rule finds, how a finding is proved step by step, or why a line is not reported; without arguments, lists all rules.',
    positionals: '[rule | finding] [paths…]',
    options: [
      { name: 'why-not', value: 'file:line', description: 'say what each rule decided about this line, and which obligation failed' },
      { name: 'rule', value: 'id', isRepeatable: true, description: 'with --why-not: only this rule' },
      { name: 'project', short: 'p', value: 'tsconfig', isRepeatable: true, description: 'the project that the finding or the line is in' },
      { name: 'config', value: 'file', description: 'read this config; default: the nearest scrimp.config.ts, .mts, .js, .mjs or .json' },
      { name: 'no-config', description: 'read no config' },
      { name: 'json', description: 'print the rule, the finding with its steps, or the verdicts as JSON' },
      { name: 'no-progress', description: 'no progress line on stderr' },
    ],
    examples: [
      { command: 'scrimp explain', purpose: 'lists the rules' },
      { command: 'scrimp explain no-slice-into-sync-sink', purpose: 'explains one rule' },
      { command: 'scrimp explain 3f9a1c02 src', purpose: 'shows the proof of a finding of `scrimp audit src`' },
      { command: 'scrimp explain --why-not src/frame.ts:42', purpose: 'says why line 42 is not reported' },
      { command: 'scrimp audit --rule no-slice-into-sync-sink', purpose: 'next: runs one rule' },
    ],
  },
  run: runExplain,
};

async function runExplain(args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const place = singleValue(args, 'why-not');
  if (place !== undefined) return explainPlace(place, args, io);
  if (args.values.has('rule')) return usageProblem(io, '--rule belongs to --why-not; `scrimp explain <rule>` explains a rule');
  const [id, ...paths] = args.positionals;
  const engine = await io.loadEngine();
  const style = { color: wantsColor(io.stdout, io.env, args.flags), width: terminalWidth(io.stdout, io.env) };
  if (id === undefined) {
    const metas = engine.rules.map((rule) => rule.meta);
    io.stdout.write(args.flags.has('json') ? json(metas) : listRules(metas, style));
    return exitCodes.clean;
  }
  const rule = engine.rules.find((candidate) => candidate.meta.id === id);
  if (rule !== undefined && paths.length > 0) return usageProblem(io, 'explain takes one rule at a time');
  if (rule === undefined && isFingerprint(id)) return explainFinding(id, paths, engine, args, io);
  if (rule === undefined) {
    return usageProblem(io, `unknown rule ${id}${didYouMean(id, engine.rules.map((candidate) => candidate.meta.id))}; \`scrimp explain\` lists the rules`);
  }
  io.stdout.write(args.flags.has('json') ? json(rule.meta) : (engine.rulePage(id) ?? explainRule(rule.meta, style)));
  return exitCodes.clean;
}

/** Ids of findings are the first eight characters of their fingerprints; four tell most apart. */
function isFingerprint(text: string): boolean {
  return /^[0-9a-f]{4,64}$/.test(text);
}

async function explainFinding(fingerprint: string, paths: readonly string[], engine: AnalysisEngine, args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const configured = await configFor(args, io);
  if ('problem' in configured) return usageProblem(io, configured.problem);
  const { explanation, code } = await ask({ kind: 'finding', fingerprint }, paths, { engine, rules: engine.rules, config: configured.config }, args, io);
  if (explanation.kind !== 'finding') return code;
  const [only, ...others] = explanation.found;
  if (only === undefined) return usageProblem(io, `no finding here has the id ${fingerprint}; name the paths or the project that it was found in, as for \`scrimp audit\``);
  if (others.length > 0) return usageProblem(io, `${fingerprint} begins the ids of ${String(others.length + 1)} findings: ${explanation.found.map(({ finding }) => finding.fingerprint).join(', ')}`);
  io.stdout.write(args.flags.has('json') ? json(only) : findingText(only, wantsColor(io.stdout, io.env, args.flags)));
  return code;
}

async function explainPlace(text: string, args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const parsed = /^(.+?):(\d+)(?::\d+)?$/.exec(text);
  const line = Number(parsed?.[2] ?? 0);
  if (parsed === null || line < 1) return usageProblem(io, `--why-not needs a file and a line, src/frame.ts:42, but got \`${text}\``);
  const configured = await configFor(args, io);
  if ('problem' in configured) return usageProblem(io, configured.problem);
  const engine = await io.loadEngine();
  const ids = args.values.get('rule') ?? [];
  const selection = selectRules(engine.rules, ids);
  if ('problem' in selection) return usageProblem(io, selection.problem);
  const file = resolve(io.cwd, parsed[1]!).replaceAll('\\', '/');
  // Without a word on the project, it is the one of the working folder; a file that is not in it is read by itself.
  const asking: Asking = { engine, rules: selection.rules, config: configured.config };
  const inquiry = { kind: 'place', file, line, rules: ids } as const;
  let { explanation, code } = await ask(inquiry, args.positionals, asking, args, io);
  if (explanation.kind === 'place' && !explanation.isRead && args.positionals.length === 0 && !args.values.has('project')) ({ explanation, code } = await ask(inquiry, [parsed[1]!], asking, args, io));
  if (explanation.kind !== 'place') return code;
  if (!explanation.isRead) return usageProblem(io, `${parsed[1]!} is not among the files that were read; name it, or the project that it is in`);
  const lines = lineCount(io, file);
  if (lines !== null && line > lines) return usageProblem(io, `${parsed[1]!} has ${String(lines)} ${lines === 1 ? 'line' : 'lines'}, so there is no line ${String(line)}`);
  io.stdout.write(args.flags.has('json') ? json(explanation) : placeText(explanation, ids, wantsColor(io.stdout, io.env, args.flags)));
  return code;
}

/** As TypeScript counts; null for a file that is gone meanwhile. */
function lineCount(io: CommandIo, file: string): number | null {
  try {
    return io.fileSystem.read(file).toString('utf8').split(/\r\n|[\n\r\u2028\u2029]/).length;
  } catch {
    return null;
  }
}

interface Asking {
  readonly engine: AnalysisEngine;
  readonly rules: AnalysisEngine['rules'];
  readonly config: ScrimpConfig;
}

async function ask(inquiry: Inquiry, paths: readonly string[], { engine, rules, config }: Asking, args: ParsedArguments, io: CommandIo): Promise<{ readonly explanation: Explanation; readonly code: ExitCode }> {
  const { runInquiry } = await import('../audit.js');
  const progress = createProgress(io, args.flags);
  const { explanation, problems } = runInquiry({
    fileSystem: io.fileSystem, engine, rules, target: config.target, hot: config.hot, cold: config.cold, model: config.model, nodeVersion: io.nodeVersion, progress, cwd: io.cwd, paths, configs: args.values.get('project') ?? [],
  }, inquiry);
  progress.clear();
  for (const { path, reason } of problems) io.stderr.write(`scrimp: ${path}: ${reason}\n`);
  return { explanation, code: problems.length > 0 ? exitCodes.couldNotRun : exitCodes.clean };
}

function json(value: unknown): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}
