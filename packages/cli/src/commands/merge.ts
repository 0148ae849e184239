/** `scrimp merge`: the audit whose parts `scrimp audit --shard` left; its report is the report of one run. */
import { join, relative, resolve } from 'node:path';
import { reportAudit, reportOptions } from '../audit-report.js';
import { createProgress } from '../progress.js';
import { fileErrorReason } from '../project/file-system.js';
import { reportFiles } from '../report-files.js';
import { selectRules } from '../rule-selection.js';
import { changesOf } from '../store/inputs.js';
import { shardFolder } from '../store/store.js';
import { usageProblem } from '../usage-problem.js';
import type { ParsedArguments } from '../arguments.js';
import type { Command } from '../command.js';
import type { ExitCode } from '../exit-codes.js';
import type { CommandIo } from '../io.js';
import type { ShardFile } from '../shard-file.js';

export const command: Command = {
  spec: {
    name: 'merge',
    summary: 'Audits from shards: the same report as one run over all files, when these are still what the shards were made from.',
    positionals: '[files…]',
    options: reportOptions,
    examples: [
      { command: 'scrimp audit --shard 1/3', purpose: 'the first of three shards, into .scrimp/shards' },
      { command: 'scrimp merge', purpose: 'when all three are there' },
      { command: 'scrimp merge -f sarif=audit.sarif --fail-on high', purpose: 'for a build: upload, gate' },
    ],
  },
  run: runMerge,
};

async function runMerge(args: ParsedArguments, io: CommandIo): Promise<ExitCode> {
  const reports = reportFiles(io.fileSystem, io.cwd, [...(args.values.get('format') ?? []), ...(args.flags.has('json') ? ['json'] : [])]);
  if ('problem' in reports) return usageProblem(io, reports.problem);
  const files = args.positionals.length === 0 ? foundShards(io) : args.positionals;
  if (files.length === 0) return usageProblem(io, 'there is no shard in .scrimp/shards; `scrimp audit --shard 1/3` makes the first of three');
  const read = await readShards(io, files);
  if ('problem' in read) return usageProblem(io, read.problem);
  const { question } = read.shards[0];
  const engine = await io.loadEngine();
  const selection = selectRules(engine.rules, question.ruleIds);
  if ('problem' in selection) return usageProblem(io, selection.problem);
  const [{ runAuditKeeping }, { joinGroups }] = await Promise.all([import('../audit.js'), import('../shard.js')]);
  const progress = createProgress(io, args.flags);
  const request = { ...question, fileSystem: io.fileSystem, engine, rules: selection.rules, progress };
  const { audit } = runAuditKeeping(request, joinGroups(read.shards.map((shard) => shard.groups)));
  return await reportAudit(io, args, reports.files, { audit, paths: question.paths, ruleIds: question.ruleIds });
}

function foundShards(io: CommandIo): string[] {
  const folder = shardFolder(io.fileSystem, io.cwd);
  if (io.fileSystem.kindOf(folder) !== 'folder') return [];
  return io.fileSystem.entries(folder).filter(({ kind, name }) => kind === 'file' && !name.endsWith('.tmp')).map(({ name }) => relative(io.cwd, join(folder, name)));
}

type ShardFiles = readonly [ShardFile, ...ShardFile[]];

async function readShards(io: CommandIo, files: readonly string[]): Promise<{ readonly shards: ShardFiles } | { readonly problem: string }> {
  const { parseShard } = await import('../shard-file.js');
  const shards: ShardFile[] = [];
  for (const file of files) {
    try {
      const shard = parseShard(io.fileSystem.read(resolve(io.cwd, file)));
      if (shard === null) return { problem: `${file} is no shard, or not whole` };
      shards.push(shard);
    } catch (error) {
      return { problem: `${file}: ${fileErrorReason(error)}` };
    }
  }
  const [first, ...others] = shards;
  if (first === undefined) return { problem: 'there is no shard to merge' };
  const problem = problemOf(io, [first, ...others], files);
  return problem === null ? { shards: [first, ...others] } : { problem };
}

function problemOf(io: CommandIo, shards: ShardFiles, files: readonly string[]): string | null {
  const [{ question, number }] = shards;
  if (question.build !== io.buildContentIdentity()) return `${files[0] ?? ''} was made by another scrimp; make and merge shards with the same one`;
  if (question.cwd !== io.cwd) return `${files[0] ?? ''} was made in ${question.cwd}; merge where the shards were made, or at the same path of another machine`;
  const stranger = shards.findIndex((shard) => JSON.stringify(shard.question) !== JSON.stringify(question) || shard.number.count !== number.count);
  if (stranger >= 0) return `${files[stranger] ?? ''} is of another audit than ${files[0] ?? ''}`;
  for (let index = 1; index <= number.count; index += 1) {
    const found = shards.filter((shard) => shard.number.index === index).length;
    if (found !== 1) return `shard ${String(index)}/${String(number.count)} is ${found === 0 ? 'missing' : 'there twice'}`;
  }
  for (const [index, { inputs }] of shards.entries()) {
    const { contents, others } = changesOf(io.fileSystem, inputs);
    const [changed] = [...contents, ...others];
    if (changed !== undefined) return `${files[index] ?? ''} was made from other files: ${relative(io.cwd, changed)} changed`;
  }
  return null;
}
