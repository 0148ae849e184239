/**
 * The account of the triage as text: one line per package, the total, and what needs a person.
 */
import { demandedPrecision, precisionOf, triagePasses, type JudgedFinding, type PackageTriage, type Precision } from './triage.js';

/** The lines that `pnpm ecosystem --triage` prints. */
export function printTriage(packages: readonly PackageTriage[]): string[] {
  const nameWidth = Math.max('total'.length, ...packages.map((one) => one.packageName.length));
  const lines = packages.map((one) => printRow(one.packageName.padEnd(nameWidth), [one]));
  lines.push(printRow('total'.padEnd(nameWidth), packages));
  for (const one of packages) lines.push(...printAttention(one));
  const demanded = (demandedPrecision * 100).toFixed(0);
  lines.push('', triagePasses(packages) ? `ok: at least ${demanded} % of proven and likely findings are true` : `not ok: every finding must be triaged by both readers, and at least ${demanded} % of proven and likely ones must be true for both`);
  return lines;
}

function printRow(name: string, packages: readonly PackageTriage[]): string {
  const judged = packages.flatMap((one) => one.judged);
  const untriaged = packages.reduce((sum, one) => sum + one.untriaged.length, 0);
  const stale = packages.reduce((sum, one) => sum + one.stale.length, 0);
  return `${name}  findings ${judged.length}, proven+likely ${printPrecision(precisionOf(packages))}, disagreements ${judged.filter(isDisagreement).length}, untriaged ${untriaged}, stale ${stale}`;
}

function printPrecision({ counted, countedTrue, share }: Precision): string {
  if (share === null) return '0 (no precision)';
  // Rounded down, so that a share just under the demand never prints as the demand.
  return `${countedTrue}/${counted} true (${(Math.floor(share * 1000 + 1e-6) / 10).toFixed(1)} %)`;
}

function printAttention(one: PackageTriage): string[] {
  const lines = [
    ...one.ambiguous.map((sentence) => `  ambiguous: ${sentence}`),
    ...one.untriaged.map(({ finding, reader }) => `  untriaged by ${reader}: ${finding.fingerprint} ${finding.place} ${finding.rule} ${finding.confidence}`),
    ...one.stale.map(({ entry, reader }) => `  stale entry of ${reader}: ${entry.fingerprint} (${entry.verdict}) no longer names a finding`),
    ...one.judged.filter(isBothReadAndNotTrue).map(printNotTrue),
  ];
  return lines.length === 0 ? [] : ['', `${one.packageName}:`, ...lines];
}

function printNotTrue(one: JudgedFinding): string {
  return `  not true: ${one.finding.fingerprint} ${one.finding.place} ${one.finding.rule} ${one.finding.confidence} (first ${one.first?.verdict}, second ${one.second?.verdict})`;
}

function isBothReadAndNotTrue(one: JudgedFinding): boolean {
  return one.first !== null && one.second !== null && !one.countsAsTrue;
}

function isDisagreement(one: JudgedFinding): boolean {
  return one.first !== null && one.second !== null && one.first.verdict !== one.second.verdict;
}
