/**
 * Shards of an audit: each lowers a part of the files, which takes most of the time, and `scrimp merge` follows bytes through all of them.
 * The facts that shards exchange are the lowered files themselves, so that what is merged is what one run would have seen.
 * A shard is good for the files that it was made from, at the paths where they were, and for the same build of scrimp.
 */
import { createAuditSession } from './audit-session.js';
import { byName, keptGroup, type AuditRequest } from './audit.js';
import { planProjects, type ProjectGroup } from './project/project-plan.js';
import { loadProgram } from './project/program.js';
import { typescriptSystem } from './project/typescript-system.js';
import { recordInputs, type Inputs } from './store/inputs.js';
import { factsOf } from './store/standing-files.js';
import { ts } from './typescript.js';
import type { KeptGroup } from './store/kept-files.js';

/** The n-th of so many, from 1. */
export interface ShardNumber {
  readonly index: number;
  readonly count: number;
}

export interface Shard {
  readonly groups: readonly KeptGroup[];
  readonly inputs: Inputs;
  /** False when files changed meanwhile. */
  readonly isConsistent: boolean;
}

export function runShard(request: AuditRequest, number: ShardNumber): Shard {
  const recording = recordInputs(request.fileSystem);
  const system = typescriptSystem(recording.fileSystem);
  request.progress.show('finding files', 0, null);
  const plan = planProjects(recording.fileSystem, request);
  const { engine, rules, target } = request;
  const session = createAuditSession({ typescript: ts, system, engine, rules, target: target ?? 'node20', oldestNode: null, outputMappings: [], model: request.model ?? null });
  const parts = filesOfShard(plan.groups, number);
  const groups = plan.groups.map((group, index) => {
    const own = parts[index] ?? new Set<string>();
    if (own.size === 0) return keptGroup(session, group, { skipped: [], facts: [] });
    request.progress.show('reading files', 0, own.size);
    const { program, sourceFiles, skipped } = loadProgram(system, group);
    const ownFiles = sourceFiles.filter((sourceFile) => own.has(sourceFile.fileName));
    return keptGroup(session, group, { skipped: byName([...skipped, ...session.addFiles(program, ownFiles, () => undefined)]), facts: ownFiles.map(factsOf) });
  });
  request.progress.clear();
  return { groups, inputs: recording.inputs, isConsistent: recording.isConsistent() };
}

/** Whole projects, the largest first to the shard that has least; files of the project where there is only one. */
export function filesOfShard(groups: readonly Pick<ProjectGroup, 'files'>[], { index, count }: ShardNumber): readonly ReadonlySet<string>[] {
  const [only, ...others] = groups;
  if (only === undefined) return [];
  if (others.length === 0) {
    const edge = (shard: number): number => Math.round((only.files.length * shard) / count);
    return [new Set(only.files.slice(edge(index - 1), edge(index)))];
  }
  const loads = new Array<number>(count).fill(0);
  const owners = new Map<Pick<ProjectGroup, 'files'>, number>();
  for (const group of [...groups].sort((left, right) => right.files.length - left.files.length)) {
    const lightest = loads.indexOf(Math.min(...loads));
    loads[lightest] = (loads[lightest] ?? 0) + group.files.length;
    owners.set(group, lightest + 1);
  }
  return groups.map((group) => new Set(owners.get(group) === index ? group.files : []));
}

/** `2/3`, or null for anything else. */
export function parseShardNumber(text: string): ShardNumber | null {
  const [, index, count] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const number = { index: Number(index), count: Number(count) };
  return index !== undefined && number.index <= number.count ? number : null;
}

/** The groups of one run from those of all its shards. */
export function joinGroups(shards: readonly (readonly KeptGroup[])[]): readonly KeptGroup[] {
  const [first = []] = shards;
  return first.map(({ identity }, index) => ({ identity, files: shards.flatMap((groups) => (groups[index]?.identity === identity ? groups[index].files : [])) }));
}
