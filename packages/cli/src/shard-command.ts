/** `scrimp audit --shard i/n`: lowers one part of the files into a file for `scrimp merge`. */
import { relative } from 'node:path';
import { exitCodes, type ExitCode } from './exit-codes.js';
import { fileErrorReason } from './project/file-system.js';
import { selectRules } from './rule-selection.js';
import { writeShard } from './store/store.js';
import { usageProblem } from './usage-problem.js';
import type { CommandIo } from './io.js';
import type { Progress } from './progress.js';
import type { AuditQuestion } from './store/remembered-audit.js';

export async function runShardCommand(io: CommandIo, typed: string, question: Omit<AuditQuestion, 'build'>, progress: Progress): Promise<ExitCode> {
  const { parseShardNumber, runShard } = await import('./shard.js');
  const number = parseShardNumber(typed);
  if (number === null) return usageProblem(io, `\`${typed}\` is no shard; write --shard 1/3 for the first of three`);
  const build = io.buildContentIdentity();
  if (build === null) return usageProblem(io, 'this installation of scrimp cannot be told from others, so its shards cannot be merged');
  const engine = await io.loadEngine();
  const selection = selectRules(engine.rules, question.ruleIds);
  if ('problem' in selection) return usageProblem(io, selection.problem);
  const shard = runShard({ ...question, fileSystem: io.fileSystem, engine, rules: selection.rules, progress }, number);
  if (!shard.isConsistent) return usageProblem(io, 'files changed while they were read; run the shard again');
  const { printShard } = await import('./shard-file.js');
  const content = printShard({ question: { ...question, build }, number, inputs: shard.inputs, groups: shard.groups });
  let file: string;
  try {
    file = writeShard(io.fileSystem, io.cwd, `${String(number.index)}-of-${String(number.count)}`, content);
  } catch (error) {
    return usageProblem(io, `cannot write the shard: ${fileErrorReason(error)}`);
  }
  const files = shard.groups.reduce((sum, group) => sum + group.files.length, 0);
  io.stdout.write(`shard ${typed}: ${String(files)} files in ${relative(io.cwd, file)}\n`);
  return exitCodes.clean;
}
