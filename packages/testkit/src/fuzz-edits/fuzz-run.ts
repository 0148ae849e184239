// Owns a whole run: seeds in rounds, the sums over all rounds, and the failing programs, cut down. The command line is `main.ts`.
import type { Finding, Rule, TargetRuntime, Tier } from '@scrimp/analysis';
import { rules } from '@scrimp/rules';
import { analyzeSources } from '../rule-runner/analyze-sources.js';
import { type Analyze, type Difference, runBatch } from './batch.js';
import { createRandomProgram, type RandomProgram } from './random-program.js';
import { shrink } from './shrink.js';
import { sliceProbe } from './slice-probe.js';

export interface FuzzOptions {
  readonly programs: number;
  readonly firstSeed: number;
  readonly tiers: readonly Tier[];
  /** Called after each round. */
  readonly progress?: (soFar: FuzzResult) => void;
}

export interface FuzzResult {
  readonly programs: number;
  readonly edited: number;
  readonly appliedByRule: Readonly<Record<string, number>>;
  readonly differences: readonly Difference<RandomProgram>[];
}

/** Programs per session: enough to share the cost of setting up a type checker. */
const programsPerRound = 300;
/** `crypto.hash` is in all of them; what pays differs. */
const targets: readonly TargetRuntime[] = ['node22', 'node24', 'node20', 'node26'];
const fuzzedRules: readonly Rule[] = [...rules, sliceProbe];

export const analyzeTexts: Analyze = (texts, target) => analyzeSources(texts, { rules: fuzzedRules, target }).findings.filter((one: Finding) => one.advice === 'removable');

export async function runFuzz({ programs, firstSeed, tiers, progress }: FuzzOptions): Promise<FuzzResult> {
  let result: FuzzResult = { programs: 0, edited: 0, appliedByRule: {}, differences: [] };
  for (let first = 0; first < programs; first += programsPerRound) {
    const count = Math.min(programsPerRound, programs - first);
    const round = Array.from({ length: count }, (_, index) => createRandomProgram(firstSeed + first + index));
    const batch = await runBatch(round, { analyze: analyzeTexts, target: targetOf(firstSeed + first), tiers });
    const appliedByRule = { ...result.appliedByRule };
    for (const [rule, applied] of Object.entries(batch.appliedByRule)) appliedByRule[rule] = (appliedByRule[rule] ?? 0) + applied;
    result = { programs: result.programs + batch.programs, edited: result.edited + batch.edited, appliedByRule, differences: [...result.differences, ...batch.differences] };
    progress?.(result);
  }
  return result;
}

/** The same failure with as few lines as possible. */
export async function shrinkDifference({ program, applied }: Difference<RandomProgram>, tiers: readonly Tier[]): Promise<Difference> {
  const blamed = new Set(applied.map((one) => one.rule));
  const again = async (candidate: { readonly entry: string; readonly files: Readonly<Record<string, string>> }): Promise<Difference | undefined> => {
    for (const target of targets) {
      const { differences: [found] } = await runBatch([candidate], { analyze: analyzeTexts, target, tiers });
      // A program that fails to run has become another program.
      if (found !== undefined && !/ReferenceError|SyntaxError|is not a function|Cannot read|no run/.test(found.before) && found.applied.some((one) => blamed.has(one.rule))) return found;
      if (target === targets[0]) continue;
      break;
    }
    return undefined;
  };
  const small = await shrink(program, async (candidate) => (await again(candidate)) !== undefined);
  return (await again(small))!;
}

function targetOf(seed: number): TargetRuntime {
  return targets[Math.floor(seed / programsPerRound) % targets.length]!;
}
