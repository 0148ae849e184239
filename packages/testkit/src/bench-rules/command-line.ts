/**
 * The arguments of `pnpm bench:rules`.
 */
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { majorOf } from '@scrimp/bench';
import type { EvidenceMode } from './rule-evidence.js';

export interface BenchRulesRequest {
  readonly ruleIds: readonly string[];
  readonly majors: readonly number[];
  readonly mode: EvidenceMode;
  /** The folder of rules, an absolute path. */
  readonly folder: string;
}

const usage = 'usage: pnpm bench:rules [ruleId...] [--node 20,24,26] [--check] [--folder path]';

/** Gives one sentence with the usage for anything it does not know. */
export function readCommandLine(args: readonly string[], defaultFolder: string): { request?: BenchRulesRequest; problems: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { node: { type: 'string' }, check: { type: 'boolean' }, folder: { type: 'string' } },
    });
    const majorTexts = values.node?.split(',') ?? [String(majorOf(process.version))];
    const wrong = majorTexts.find((text) => !/^\d+$/.test(text) || Number(text) < 20);
    if (wrong !== undefined) return { problems: [`--node ${JSON.stringify(wrong)} is not a Node major from 20 on; ${usage}`] };
    const majors = [...new Set(majorTexts.map(Number))];
    return { request: { ruleIds: positionals, majors, mode: values.check === true ? 'check' : 'update', folder: resolve(values.folder ?? defaultFolder) }, problems: [] };
  } catch (error) {
    return { problems: [`${error instanceof Error ? error.message : String(error)}; ${usage}`] };
  }
}
