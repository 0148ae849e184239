/** `scrimp fix`: rewrites what findings say, after checking that the result parses and type-checks. Writes nothing without `--write`. */
import { configFor } from '../config/config-of-command.js';
import { join, relative } from 'node:path';
import { singleValue, type ParsedArguments } from '../arguments.js';
import { exitCodes, type ExitCode } from '../exit-codes.js';
import { colorDiff, renderFixSummary } from '../fix-text.js';
import { uncommittedFiles } from '../git-tree.js';
import { createProgress } from '../progress.js';
import { planProjects } from '../project/project-plan.js';
import { selectRules } from '../rule-selection.js';
import { wantsColor } from '../terminal.js';
import { usageProblem } from '../usage-problem.js';
import type { Command } from '../command.js';
import type { CommandIo } from '../io.js';
import type { Audit } from '../audit.js';
import type { Tier } from '@scrimp/analysis';
import type { CheckedFix } from '@scrimp/rewrite';

const tiers: readonly Tier[] = ['safe', 'guarded', 'review'];

export const command: Command = {
  spec: {
    name: 'fix',
    summary: 'Rewrites what findings say: plans, parses and type-checks every change, and drops those that fail. Writes nothing without --write.',
    positionals: '[paths…]',
    options: [
      { name: 'write', description: 'write the files; the journal of the run takes everything back' },
      { name: 'diff', description: 'print the changes as a unified diff, each hunk with its rule and finding' },
      { name: 'check', description: 'exit 1 when something would be rewritten' },
      { name: 'rule', value: 'id', isRepeatable: true, description: 'rewrite only findings of this rule' },
      { name: 'config', value: 'file', description: 'read this config; default: the nearest scrimp.config.ts, .mts, .js, .mjs or .json' },
      { name: 'no-config', description: 'read no config' },
      { name: 'tier', value: 'tier', choices: tiers, description: 'how much proof a rewrite needs: safe is proved identical, guarded if its assumptions hold, review wants a reader; default safe' },
      { name: 'allow-dirty', description: 'write even though the git tree has uncommitted changes' },
      { name: 'json', description: 'print the result as JSON (scrimp-fix/1)' },
      { name: 'undo', value: 'run', description: 'restore the files of a run, byte for byte' },
    ],
    examples: [
      { command: 'scrimp fix', purpose: 'lists what would be rewritten, and what it would save' },
      { command: 'scrimp fix --diff src', purpose: 'shows the changes below src' },
      { command: 'scrimp fix --write', purpose: 'makes the safe changes' },
      { command: 'scrimp fix --write --tier review --rule no-repeated-kdf-extract', purpose: 'makes one structural change, to be read before it is committed' },
    ],
  },
  run: runFixCommand,
};

async function runFixCommand(args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const conflict = conflictingOptions(args);
  if (conflict !== null) return usageProblem(io, conflict);
  const run = singleValue(args, 'undo');
  return run === undefined ? await rewrite(args, io) : await undo(args, io, run);
}

function conflictingOptions({ flags, values }: ParsedArguments): string | null {
  if (flags.has('write') && flags.has('check')) return '--check only looks and --write changes; choose one';
  if (flags.has('json') && flags.has('diff')) return '--json already holds the edits of every file; choose --json or --diff';
  const isUndoWithMore = values.has('undo') && (['write', 'check', 'diff', 'allow-dirty'].some((name) => flags.has(name)) || values.has('rule') || values.has('tier'));
  return isUndoWithMore ? '--undo restores a whole run and takes no other option but --json' : null;
}

async function rewrite(args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const tier = tiers.find((name) => name === singleValue(args, 'tier')) ?? 'safe';
  const isWriting = args.flags.has('write');
  const configured = await configFor(args, io);
  if ('problem' in configured) return usageProblem(io, configured.problem);
  const { config } = configured;
  const progress = createProgress(io, args.flags);
  progress.show('starting', 0, null);
  const engine = await io.loadEngine();
  const selection = selectRules(engine.rules, args.values.get('rule') ?? []);
  if ('problem' in selection) {
    progress.clear();
    return usageProblem(io, selection.problem);
  }
  // ts-morph and jscodeshift take most of the start-up time, so they are loaded only now, when usage is known to be right.
  const [{ runAudit }, { createRewriteHost, newRunId }, { checkFixes, countHeldBack, renderUnifiedDiff, writeRun }, { codemods }] = await Promise.all([
    import('../audit.js'), import('../rewrite-host.js'), import('@scrimp/rewrite'), import('@scrimp/codemods'),
  ]);
  const plan = planProjects(io.fileSystem, { cwd: io.cwd, paths: args.positionals, configs: [] });
  if (isWriting && !args.flags.has('allow-dirty')) {
    const dirty = (uncommittedFiles(plan.root) ?? []).map((path) => relative(io.cwd, path));
    if (dirty.length > 0) {
      progress.clear();
      return usageProblem(io, `the git tree has uncommitted changes (${someOf(dirty)}), from which the rewrites could not be told apart; commit or stash them, or pass --allow-dirty`);
    }
  }

  const audit = runAudit({
    fileSystem: io.fileSystem, cwd: io.cwd, paths: args.positionals, configs: [], engine, rules: selection.rules, target: config.target, hot: config.hot, cold: config.cold, model: config.model, nodeVersion: io.nodeVersion, progress,
  });
  progress.show('checking rewrites', 0, null);
  const host = createRewriteHost({ fileSystem: io.fileSystem, root: plan.root, groups: plan.groups });
  const options = { tier, rules: null, codemods };
  const fix = await checkFixes(host, audit.result.findings, options);
  progress.clear();

  const run = isWriting && fix.files.length > 0 ? newRunId(new Date()) : null;
  if (run !== null && args.flags.has('allow-dirty')) warnOfDirtyFiles(io, plan.root, fix);
  const writeProblem = run === null ? null : writeRun(host, run, fix.files);
  const writtenRun = writeProblem === null ? run : null;
  if (args.flags.has('json')) {
    io.stdout.write(`${JSON.stringify(jsonResult(fix, writtenRun), null, 2)}\n`);
  } else {
    const rulesById = new Map(fix.planned.map(({ finding, rule }) => [finding, rule]));
    const heldBack = countHeldBack(audit.result.findings, { ...options, readFile: host.readFile });
    // A diff is for `git apply`, so the summary goes beside it.
    const isDiff = args.flags.has('diff');
    const summaryStream = isDiff ? io.stderr : io.stdout;
    if (isDiff) io.stdout.write(colorDiff(renderUnifiedDiff(fix.files, (finding) => `${rulesById.get(finding) ?? ''} ${finding}`.trim()), wantsColor(io.stdout, io.env, args.flags)));
    const summary = { ...fix, files: fix.files.length, heldBack, tier, run: writtenRun, paths: args.positionals, rules: args.values.get('rule') ?? [], isDiffShown: isDiff };
    summaryStream.write(renderFixSummary(summary, wantsColor(summaryStream, io.env, args.flags)));
  }
  for (const { path, reason } of audit.problems) io.stderr.write(`scrimp: ${relative(io.cwd, path) || '.'}: ${reason}\n`);
  if (writeProblem !== null) io.stderr.write(`scrimp: ${writeProblem}\n`);
  return exitOf(args, audit, fix, writeProblem);
}

function exitOf(args: ParsedArguments, audit: Audit, fix: CheckedFix, writeProblem: string | null): ExitCode {
  if (audit.problems.length > 0 || writeProblem !== null) return exitCodes.couldNotRun;
  const isRolledBack = args.flags.has('write') && fix.planned.length > 0 && fix.kept.length === 0;
  if (isRolledBack) return exitCodes.rolledBack;
  return args.flags.has('check') && fix.kept.length > 0 ? exitCodes.findings : exitCodes.clean;
}

function jsonResult({ planned, kept, dropped, files }: CheckedFix, run: string | null): object {
  return {
    schema: 'scrimp-fix/1',
    run,
    planned,
    applied: run === null ? [] : kept,
    dropped,
    files: files.map(({ file, edits }) => ({ file, written: run !== null, edits })),
  };
}

/** Files that are about to be rewritten and hold uncommitted changes: `git checkout` would lose those too, the journal does not. */
function warnOfDirtyFiles(io: CommandIo, root: string, { files }: CheckedFix): void {
  const dirty = new Set(uncommittedFiles(root) ?? []);
  const touched = files.map(({ file }) => file).filter((file) => dirty.has(join(root, file)));
  if (touched.length > 0) io.stderr.write(`scrimp: rewriting files that have uncommitted changes: ${someOf(touched)}\n`);
}

function someOf(files: readonly string[]): string {
  const shown = files.slice(0, 5).join(', ');
  return files.length > 5 ? `${shown} and ${String(files.length - 5)} more` : shown;
}

async function undo(args: ParsedArguments, io: CommandIo, run: string): Promise<ExitCode> {
  const [{ createRewriteHost }, { undoRun }] = await Promise.all([import('../rewrite-host.js'), import('@scrimp/rewrite')]);
  const { root } = planProjects(io.fileSystem, { cwd: io.cwd, paths: args.positionals, configs: [] });
  const { restored, problems } = undoRun(createRewriteHost({ fileSystem: io.fileSystem, root, groups: [] }), run);
  if (args.flags.has('json')) io.stdout.write(`${JSON.stringify({ schema: 'scrimp-undo/1', run, restored, problems }, null, 2)}\n`);
  else for (const file of restored) io.stdout.write(`restored ${relative(io.cwd, join(root, file))}\n`);
  for (const problem of problems) io.stderr.write(`scrimp: ${problem}\n`);
  return problems.length === 0 ? exitCodes.clean : exitCodes.couldNotRun;
}
