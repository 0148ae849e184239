/**
 * `pnpm fuzz:edits [--programs n] [--seed s] [--tier safe|guarded] [--save folder]`: random programs, every edit of the tier applied, run before and after.
 * Prints how many programs and edits there were, per rule, and each difference; failing programs are cut down and, with --save, written to a folder.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { Tier } from '@scrimp/analysis';
import { rules } from '@scrimp/rules';
import { fixableRules } from './batch.js';
import type { Difference } from './batch.js';
import { runFuzz, shrinkDifference, type FuzzResult } from './fuzz-run.js';

process.exitCode = await main(process.argv.slice(2));

/** Exit code: 0 no difference; 1 some; 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  const usage = 'usage: pnpm fuzz:edits [--programs n] [--seed s] [--tier safe|guarded] [--save folder]';
  let values;
  try {
    values = parseArgs({ args, options: { programs: { type: 'string', default: '3000' }, seed: { type: 'string', default: '1' }, tier: { type: 'string', default: 'safe' }, save: { type: 'string' } } }).values;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${usage}\n`);
    return 2;
  }
  const programs = Number(values.programs);
  const firstSeed = Number(values.seed);
  if (!Number.isSafeInteger(programs) || programs <= 0 || !Number.isSafeInteger(firstSeed) || firstSeed < 0 || (values.tier !== 'safe' && values.tier !== 'guarded')) {
    process.stderr.write(`${usage}\n`);
    return 2;
  }
  const tiers: readonly Tier[] = values.tier === 'safe' ? ['safe'] : ['safe', 'guarded'];
  const start = performance.now();
  const result = await runFuzz({ programs, firstSeed, tiers, progress: process.stderr.isTTY ? (soFar) => process.stderr.write(`\r${soFar.programs} programs, ${soFar.differences.length} differences`) : undefined });
  process.stdout.write(printResult(result, (performance.now() - start) / 1000));
  for (const difference of result.differences.slice(0, 10)) await printDifference(difference, tiers, values.save);
  return result.differences.length > 0 ? 1 : 0;
}

function printResult({ programs, edited, appliedByRule, differences }: FuzzResult, seconds: number): string {
  const names = [...new Set([...fixableRules(rules), ...Object.keys(appliedByRule)])].sort();
  const total = Object.values(appliedByRule).reduce((sum, one) => sum + one, 0);
  return [
    `${programs} programs, ${edited} of them edited, ${total} edits, ${differences.length} differences, ${seconds.toFixed(1)} s (${(programs / seconds).toFixed(0)} programs/s)`,
    ...names.map((name) => `  ${String(appliedByRule[name] ?? 0).padStart(8)}  ${name}`), '',
  ].join('\n');
}

async function printDifference(difference: Difference<Parameters<typeof shrinkDifference>[0]['program']>, tiers: readonly Tier[], folder: string | undefined): Promise<void> {
  const small = await shrinkDifference(difference, tiers);
  const text = [
    `// seed ${difference.program.seed}`, ...small.applied.map((one) => `// ${one.rule}, line ${one.line}: ${one.obligations.map((other) => `${other.code} ${other.state}: ${other.witness}`).join('; ')}`),
    ...Object.entries(small.program.files).flatMap(([file, source]) => [`// ${file}`, source]), `// before: ${small.before}`, `// after:  ${small.after}`, '',
  ].join('\n');
  process.stdout.write(`\n${text}`);
  if (folder === undefined) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `seed-${difference.program.seed}.txt`), text);
}
