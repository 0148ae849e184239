/**
 * The page `reference-impl/FIXED.md`: what was rewritten and dropped, what was promised, what was measured.
 * The measured part stands between two markers, because only the rest can be compared exactly with a fresh run.
 */
import type { CaseMeasurement, OperationCost } from '@scrimp/bench';
import type { FixedCopy } from './fixed-copy.js';
import type { Prediction } from './prediction.js';
import type { VariantComparison } from './variant-comparison.js';

export interface TierResult {
  readonly copy: FixedCopy;
  readonly comparison: VariantComparison;
  readonly predictions: readonly Prediction[];
  /** Null where the rewrites are those of the tier above, so that there is nothing else to measure, or where measuring was not asked for. */
  readonly measurements: readonly CaseMeasurement[] | null;
}

const measuredFrom = '<!-- measured: from here on, figures of one run -->';

export function renderPage(results: readonly TierResult[]): string {
  const lines = [
    '# What the rewrites are worth',
    '',
    'Made by `pnpm bench:fix`, which copies `before`, runs `scrimp fix --write` on the copy until it has nothing more to write, compares both and measures both.',
    '`pnpm bench:fix --check` fails when this page, apart from its measured figures, is not what the command finds.',
    'The conformance suites run on the rewritten copy, too, in `packages/testkit/src/bench-fix`.',
    '',
  ];
  const [first] = results;
  for (const result of results) lines.push(...tierLines(result, result === first ? null : first!));
  lines.push(measuredFrom, '');
  for (const result of results) if (result.measurements !== null) lines.push(...measuredLines(result, result.measurements));
  return `${lines.join('\n').trimEnd()}\n`;
}

/** The part of a page that a fresh run must repeat exactly. */
export function exactPartOf(page: string): string {
  return page.slice(0, Math.max(0, page.indexOf(measuredFrom)));
}

/** Whether two tiers led to the same rewrites. */
export function isSameRewriting(left: FixedCopy, right: FixedCopy): boolean {
  const identity = ({ passes }: FixedCopy): string => JSON.stringify(passes.map(({ applied }) => applied.map(({ finding }) => finding)));
  return identity(left) === identity(right);
}

function tierLines({ copy, comparison, predictions }: TierResult, above: TierResult | null): string[] {
  const heading = `## Tier ${copy.tier}`;
  if (above !== null && isSameRewriting(above.copy, copy)) return [heading, '', `Nothing more than tier ${above.copy.tier}: no other finding brings edits.`, ''];
  const applied = copy.passes.flatMap((pass, index) => pass.applied.map((rewrite) => [String(index + 1), `${rewrite.file}:${rewrite.line}`, rewrite.rule, rewrite.tier, rewrite.title, rewrite.saves.expression]));
  // What one run drops, such as edits that overlap, a later one may apply; the last run says what stays.
  const dropped = (copy.passes.at(-1)?.dropped ?? []).map((one) => [`${one.file}:${one.line}`, one.rule, one.stage, one.reason]);
  const rules = [...new Set([...Object.keys(copy.findingsBefore), ...Object.keys(copy.findingsAfter)])].sort();
  const findings = rules.map((rule) => [rule, String(copy.findingsBefore[rule] ?? 0), String(copy.findingsAfter[rule] ?? 0)]);
  return [
    heading, '',
    `Behavior: ${comparison.comparisons} comparisons of keys, frames under equal nonces, signatures, rotation, forgeries and wiping, ${comparison.differences.length === 0 ? 'all equal' : `${comparison.differences.length} DIFFERENT`}.`, '',
    ...comparison.differences.map((difference) => `- ${difference}`),
    '### Rewritten', '',
    ...table(['run', 'place', 'rule', 'tier', 'rewrite', 'saves per execution'], applied), '',
    '### Dropped', '',
    ...(dropped.length === 0 ? ['Nothing.'] : table(['place', 'rule', 'stage', 'reason'], dropped)), '',
    '### Findings before and after', '',
    'What is left brings no edits of this tier and waits for a person, or for a rewrite to be written.', '',
    ...table(['rule', 'before', 'fixed'], findings), '',
    '### Promised per operation', '',
    'The saving that each rewritten finding states, times how often one operation executes its place (counted by V8).', '',
    ...table(['operation', 'executions', 'objects', 'heap bytes', 'external bytes', 'and'], predictions.map((one) => [one.operation, String(one.executions), String(one.objects), String(one.heapBytes), String(one.externalBytes), one.symbolic.join(', ')])), '',
  ];
}

function measuredLines({ copy, predictions }: TierResult, measurements: readonly CaseMeasurement[]): string[] {
  const promised = new Map(predictions.map((one) => [one.operation, one]));
  const rows = measurements.map(({ case: name, size, before, after, timeRatio, stable }) => {
    const prediction = promised.get(name);
    const bytes = ({ heapBytes, externalBytes }: OperationCost): number => heapBytes + externalBytes;
    return [
      `${name}, ${size} B`,
      figure(before.objects), figure(after.objects), ratio(after.objects, before.objects),
      figure(before.heapBytes), figure(after.heapBytes), figure(before.externalBytes), figure(after.externalBytes), ratio(bytes(after), bytes(before)),
      `${figure(before.objects - after.objects)} of ${prediction?.objects ?? 0}`,
      `${figure(bytes(before) - bytes(after))} of ${(prediction?.heapBytes ?? 0) + (prediction?.externalBytes ?? 0)}${prediction === undefined || prediction.symbolic.length === 0 ? '' : ' + lengths'}`,
      `${timeRatio.toFixed(2)}x`,
      stable ? '' : 'unstable',
    ];
  });
  const heading = ['operation', 'objects before', 'fixed', 'ratio', 'heap B before', 'fixed', 'external B before', 'fixed', 'bytes ratio', 'objects saved of promised', 'bytes saved of promised', 'time', ''];
  return [
    `## Measured, tier ${copy.tier}, Node ${measurements[0]?.node ?? ''}`, '',
    'Per operation, both variants in one process and in turns; ratios are fixed / before, and time is for information.',
    'Nonces come from an injected stream, so that results can be compared.', '',
    ...table(heading, rows), '',
  ];
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(heading), line(heading.map(() => '---')), ...rows.map(line)];
}

function figure(value: number): string {
  return Math.abs(value) >= 100 ? value.toFixed(0) : String(Number(value.toFixed(1)) + 0);
}

function ratio(after: number, before: number): string {
  return before === 0 ? '' : (after / before).toFixed(2);
}
