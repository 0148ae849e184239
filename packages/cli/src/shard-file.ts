/** Files of shards: the question, the inputs and the lowered files of one shard, and what shards must have in common to be merged. */
import { packParts, unpackParts } from './store/packed-file.js';
import { parseGroups, printGroups, type KeptGroup } from './store/kept-files.js';
import { parseInputs, parseJson, printInputs } from './store/stored-audit.js';
import { listOf, isRecord, nullable, number, oneOf, optional, recordOf, text } from './store/shape.js';
import type { AuditQuestion } from './store/remembered-audit.js';
import type { Inputs } from './store/inputs.js';
import type { Shard, ShardNumber } from './shard.js';

export interface ShardFile extends Omit<Shard, 'isConsistent'> {
  readonly question: AuditQuestion;
  readonly number: ShardNumber;
}

const schema = 'scrimp-shard/1';

export function printShard({ question, number: shard, inputs, groups }: ShardFile): Buffer {
  return packParts(schema, [JSON.stringify({ question, number: shard }), printInputs(inputs), ...printGroups(groups)]);
}

/** Null for bytes that are no shard. */
export function parseShard(bytes: Buffer): ShardFile | null {
  const [header = '', storedInputs = '', ...parts] = unpackParts(schema, bytes) ?? [];
  const head = parseJson(header);
  const inputs: Inputs | null = parseInputs(storedInputs);
  const groups: readonly KeptGroup[] | null = parseGroups(parts);
  return isHead(head) && inputs !== null && groups !== null ? { ...head, inputs, groups } : null;
}

const head = recordOf({
  question: recordOf({
    build: text, cwd: text, paths: listOf(text), configs: listOf(text), ruleIds: listOf(text), nodeVersion: text,
    target: nullable(oneOf('node20', 'node22', 'node24', 'node26')),
    hot: optional(listOf(text)), cold: optional(listOf(text)),
  }),
  number: recordOf({ index: number, count: number }),
});

function isHead(value: unknown): value is Pick<ShardFile, 'question' | 'number'> {
  return isRecord(value) && head(value);
}
