/**
 * `pnpm eval [--update] [--json] [case…]`: runs the engine over the labelled cases and compares with the committed result.
 * It owns the command line; reading, analyzing, judging and printing are in the modules beside it.
 */
import { parseArgs } from 'node:util';
import { diffLines } from '../ecosystem/line-diff.js';
import { evaluate, printResult, readCases, readCommittedResult, writeResult } from './evaluation.js';
import { brokenByEdits, printResultJson, type EvaluationResult } from './result.js';
import { printResultPage, printSummary } from './result-page.js';
import type { EvaluationCase } from './evaluation-case.js';

process.exitCode = main(process.argv.slice(2));

const usage = 'usage: pnpm eval [--update] [--json] [case…]';

interface EvaluationRequest {
  readonly mode: 'update' | 'compare';
  readonly format: 'json' | 'text';
  /** Ids; empty for all. */
  readonly ids: readonly string[];
}

/** Exit code: 0 good; 1 the result differs from the committed one, or a safe edit is offered at a needed copy; 2 wrong usage or a case that cannot be read. */
function main(args: string[]): number {
  const { request, problems } = readRequest(args);
  if (request === null) return printProblems(problems);
  const reading = readCases();
  if (reading.problems.length > 0) return printProblems(reading.problems);
  const unknown = request.ids.filter((id) => !reading.cases.some((known) => known.id === id));
  if (unknown.length > 0) return printProblems(unknown.map((id) => `there is no case ${id} in fixtures/eval`));
  const isPart = request.ids.length > 0;
  const cases: EvaluationCase[] = isPart ? reading.cases.filter(({ id }) => request.ids.includes(id)) : reading.cases;
  const evaluation = evaluate(cases);
  if (evaluation.problems.length > 0) return printProblems(evaluation.problems);
  const { result } = evaluation;
  if (request.mode === 'update') writeResult(printResult(result));
  if (request.format === 'json') process.stdout.write(printResultJson(result));
  else process.stdout.write(isPart ? printResultPage(result) : `${printSummary(result).join('\n')}\n`);
  const difference = request.mode === 'update' ? [] : differenceFromCommitted(result, isPart);
  if (difference.length > 0) process.stderr.write(`the result differs from the committed one; look at every line, then run pnpm eval --update\n${difference.join('\n')}\n`);
  const broken = brokenByEdits(result);
  for (const { case: id, file, line } of broken) process.stderr.write(`a safe edit would break ${id}/${file}:${line}\n`);
  return difference.length > 0 || broken.length > 0 ? 1 : 0;
}

/** Of a part, the lines of its labels and findings only: its scores are not those of the whole. */
function differenceFromCommitted(result: EvaluationResult, isPart: boolean): string[] {
  const now = printResult(result);
  const committed = readCommittedResult();
  if (!isPart) {
    const difference = diffLines(committed['result.json'], now['result.json']);
    // The page says the same in tables, so its difference is only wanted when it is the page that is stale.
    return difference.length > 0 ? difference : diffLines(committed['RESULT.md'], now['RESULT.md']);
  }
  const ids = new Set(result.labels.map(({ case: id }) => id));
  const linesOfPart = (json: string): string => json.split('\n').map((line) => line.trim().replace(/,$/, '')).filter((line) => [...ids].some((id) => line.startsWith(`{"case":"${id}"`) || line.startsWith(`{"id":"${id}"`))).join('\n');
  return diffLines(linesOfPart(committed['result.json']), linesOfPart(now['result.json']));
}

function readRequest(args: string[]): { request: EvaluationRequest | null; problems: string[] } {
  let parsed;
  try {
    parsed = parseArgs({ args, allowPositionals: true, options: { update: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } } });
  } catch (error) {
    return { request: null, problems: [`${error instanceof Error ? error.message : String(error)}; ${usage}`] };
  }
  const { values, positionals } = parsed;
  if (values.update && positionals.length > 0) return { request: null, problems: [`--update writes the result of all cases, so it takes none; ${usage}`] };
  return { request: { mode: values.update ? 'update' : 'compare', format: values.json ? 'json' : 'text', ids: positionals }, problems: [] };
}

function printProblems(problems: readonly string[]): number {
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  return 2;
}
