/**
 * Finds the bench files of rules: `<folder>/<rule id>/bench.ts`.
 */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface BenchFile {
  readonly ruleId: string;
  /** The source, an absolute path. */
  readonly path: string;
  /** Where its figures are kept, an absolute path. */
  readonly evidencePath: string;
}

/** All bench files below a folder in order of their rules, or those of the given rules; a rule asked for by name and without a bench file is a problem. */
export function findBenchFiles(folder: string, ruleIds: readonly string[]): { benchFiles: readonly BenchFile[]; problems: readonly string[] } {
  if (!existsSync(folder)) return { benchFiles: [], problems: [`there is no folder ${folder}; name a folder of rules`] };
  const all = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'bench.ts')))
    .map((entry): BenchFile => ({ ruleId: entry.name, path: join(folder, entry.name, 'bench.ts'), evidencePath: join(folder, entry.name, 'bench.json') }))
    .sort((left, right) => (left.ruleId < right.ruleId ? -1 : 1));
  if (ruleIds.length === 0) return { benchFiles: all, problems: [] };
  const problems = ruleIds
    .filter((ruleId) => !all.some((benchFile) => benchFile.ruleId === ruleId))
    .map((ruleId) => `the rule ${ruleId} has no bench file at ${join(folder, ruleId, 'bench.ts')}; write one, or check the spelling`);
  return { benchFiles: all.filter((benchFile) => ruleIds.includes(benchFile.ruleId)), problems };
}
