/** `scrimp audit --watch`: the report once, then after each change the findings that came and went. Ends when it is interrupted. */
import { relative, sep } from 'node:path';
import { reportAudit } from './audit-report.js';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { selectRules } from './rule-selection.js';
import { usageProblem } from './usage-problem.js';
import type { ParsedArguments } from './arguments.js';
import type { Audit } from './audit.js';
import type { CommandIo } from './io.js';
import type { Progress } from './progress.js';
import type { ReportFile } from './report-files.js';
import type { AuditQuestion } from './store/remembered-audit.js';
import type { Finding, SkippedFile } from '@scrimp/analysis';

export async function runWatchCommand(args: ParsedArguments, io: CommandIo, reports: readonly ReportFile[], question: Omit<AuditQuestion, 'build'>, progress: Progress): Promise<ExitCode> {
  const stdout = reports.find((report) => report.file === null);
  if (reports.length !== 1 || stdout === undefined || (stdout.format !== 'text' && stdout.format !== 'json')) return usageProblem(io, '--watch writes text or --json to stdout and nothing else');
  const isJson = stdout.format === 'json';
  const engine = await io.loadEngine();
  const selection = selectRules(engine.rules, question.ruleIds);
  if ('problem' in selection) return usageProblem(io, selection.problem);
  const { watchAudit } = await import('./watched-audit.js');
  const watched = watchAudit({ ...question, fileSystem: io.fileSystem, engine, rules: selection.rules, progress });
  const watcher = io.watchFolders();

  let { audit } = watched.update();
  if (isJson) io.stdout.write(changeAsJson(audit, [], changeOf([], audit.result.findings)));
  else await reportAudit(io, args, reports, { audit, paths: question.paths, ruleIds: question.ruleIds });
  io.stderr.write(`scrimp: watching ${String(audit.result.summary.files)} files; ctrl-c ends\n`);
  for (;;) {
    watcher.follow(watched.folders());
    // What changed while the audit ran or before the folders were watched is found without an event.
    let outcome = watched.update();
    while (outcome.changed.length === 0) {
      if (!await watcher.changed()) return exitCodes.clean;
      outcome = watched.update();
    }
    const change = changeOf(audit.result.findings, outcome.audit.result.findings);
    const skipped = newlySkipped(audit, outcome.audit);
    audit = outcome.audit;
    const changed = outcome.changed.map((path) => relative(io.cwd, path) || '.');
    io.stdout.write(isJson ? changeAsJson(audit, changed, change) : changeAsText(audit, changed, change, skipped));
    for (const { path, reason } of audit.problems) io.stderr.write(`scrimp: ${relative(io.cwd, path) || '.'}: ${reason}\n`);
  }
}

interface FindingsChange {
  readonly added: readonly Finding[];
  readonly removed: readonly Finding[];
}

/** A finding that only moved has the fingerprint that it had. */
function changeOf(before: readonly Finding[], after: readonly Finding[]): FindingsChange {
  const keyOf = (finding: Finding): string => `${finding.file} ${finding.fingerprint} ${finding.confidence} ${finding.suppressed === null ? '' : 'suppressed'}`;
  const [old, now] = [new Set(before.map(keyOf)), new Set(after.map(keyOf))];
  return { added: after.filter((finding) => !old.has(keyOf(finding))), removed: before.filter((finding) => !now.has(keyOf(finding))) };
}

/** Findings of a file that cannot be parsed are gone for another reason than that they are mended; named paths are problems, and said as such. */
function newlySkipped(before: Audit, after: Audit): readonly SkippedFile[] {
  const said = new Set([...before.result.skipped.map(({ file, reason }) => `${file} ${reason}`), ...after.problems.map(({ path, reason }) => `${relative(after.root, path).split(sep).join('/')} ${reason}`)]);
  return after.result.skipped.filter(({ file, reason }) => !said.has(`${file} ${reason}`));
}

function changeAsText(audit: Audit, changed: readonly string[], { added, removed }: FindingsChange, skipped: readonly SkippedFile[]): string {
  const [first = '', ...others] = changed;
  const what = others.length === 0 ? first : `${first} and ${String(others.length)} more`;
  const line = (sign: string, finding: Finding): string => `${sign} ${finding.file}:${String(finding.line)}:${String(finding.column)}  ${finding.severity}  ${finding.rule}  ${finding.message}`;
  return [
    `${what} changed: ${String(added.length)} new, ${String(removed.length)} gone, ${String(audit.result.summary.findings)} in all`,
    ...removed.map((finding) => line('-', finding)),
    ...added.map((finding) => line('+', finding)),
    ...skipped.map(({ file, reason }) => `not looked at: ${file}: ${reason}`),
    '',
  ].join('\n');
}

function changeAsJson(audit: Audit, changed: readonly string[], { added, removed }: FindingsChange): string {
  return `${JSON.stringify({ schema: 'scrimp-watch/1', changed, summary: audit.result.summary, skipped: audit.result.skipped, added, removed: removed.map(({ id, rule, file, fingerprint }) => ({ id, rule, file, fingerprint })) })}\n`;
}
