/**
 * `pnpm bench:fix [--check] [--json]`: rewrites a copy of the reference implementation, compares it with the original, measures both, and keeps the page.
 * It owns the command line, the order of the work and the exit code.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { loadVariant, makeFixedCopy } from './fixed-copy.js';
import { measureOperations } from './measured-operations.js';
import { predictSavings } from './prediction.js';
import { exactPartOf, isSameRewriting, renderPage } from './result-page.js';
import { compareVariants } from './variant-comparison.js';
import type { FixedCopy, FixTier } from './fixed-copy.js';
import type { SessionVariant } from './operations.js';
import type { TierResult } from './result-page.js';

const page = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..', 'reference-impl', 'FIXED.md');
const usage = 'usage: pnpm bench:fix [--check] [--json]';
const tiers: readonly FixTier[] = ['guarded', 'review'];

type Mode = 'measure' | 'check';

process.exitCode = await main(process.argv.slice(2));

/** Exit code: 0 done; 1 a rewrite changed behavior, something could not be measured, or with --check the page is stale; 2 wrong usage. */
async function main(args: string[]): Promise<number> {
  let values;
  try {
    values = parseArgs({ args, options: { check: { type: 'boolean' }, json: { type: 'boolean' } } }).values;
  } catch (error) {
    return complain([`${error instanceof Error ? error.message : String(error)}; ${usage}`], 2);
  }
  const mode: Mode = values.check === true ? 'check' : 'measure';
  const { results, problems } = await workThroughTiers(mode);
  if (results.length > 0) process.stdout.write(values.json === true ? `${JSON.stringify(documentOf(results), null, 2)}\n` : renderPage(results));
  const differences = results.flatMap(({ copy, comparison }) => comparison.differences.map((difference) => `tier ${copy.tier}: ${difference}`));
  if (problems.length + differences.length > 0) return complain([...problems, ...differences], 1);
  return mode === 'check' ? checkPage(renderPage(results)) : keepPage(renderPage(results));
}

async function workThroughTiers(mode: Mode): Promise<{ results: readonly TierResult[]; problems: readonly string[] }> {
  const results: TierResult[] = [];
  for (const tier of tiers) {
    showProgress(`rewriting, tier ${tier}`);
    const { copy, problems } = await makeFixedCopy(tier);
    if (copy === null) return { results, problems };
    try {
      const known = results.some((result) => isSameRewriting(result.copy, copy));
      const { result, problems: tierProblems } = await workThrough(copy, known ? 'check' : mode);
      results.push(result);
      if (tierProblems.length > 0) return { results, problems: tierProblems };
    } finally {
      copy.remove();
    }
  }
  showProgress('');
  return { results, problems: [] };
}

async function workThrough(copy: FixedCopy, mode: Mode): Promise<{ result: TierResult; problems: readonly string[] }> {
  // Counting comes first: it needs code that nobody has run.
  const predictions = await predictSavings(copy);
  const comparison = compareVariants(await loadVariant<SessionVariant>(copy.before), await loadVariant<SessionVariant>(copy.fixed));
  // Figures of a rewrite that changed behavior are worth nothing.
  if (mode === 'check' || comparison.differences.length > 0) return { result: { copy, predictions, comparison, measurements: null }, problems: [] };
  const { measurements, problems } = await measureOperations(copy, ({ case: name, size }, position, total) => showProgress(`measuring ${position + 1} of ${total}: ${name}, ${size} B`));
  return { result: { copy, predictions, comparison, measurements }, problems };
}

function documentOf(results: readonly TierResult[]): object {
  return {
    schema: 'scrimp-bench-fix/1',
    tiers: results.map(({ copy, comparison, predictions, measurements }) => ({
      tier: copy.tier,
      runs: copy.passes.map(({ applied, dropped }) => ({ applied, dropped })),
      findings: { before: copy.findingsBefore, fixed: copy.findingsAfter },
      comparison, predictions, measurements,
    })),
  };
}

function checkPage(fresh: string): number {
  const committed = existsSync(page) ? readFileSync(page, 'utf8') : '';
  return exactPartOf(committed) === exactPartOf(fresh) ? 0 : complain(['reference-impl/FIXED.md is not what scrimp fix does now; run pnpm bench:fix'], 1);
}

function keepPage(fresh: string): number {
  writeFileSync(page, fresh);
  return 0;
}

function complain(problems: readonly string[], exitCode: number): number {
  showProgress('');
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return exitCode;
}

/** One line that overwrites itself, only where a person watches. */
function showProgress(text: string): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(`\r\u001b[2K${text.slice(0, Math.max(0, process.stderr.columns - 1))}`);
}
