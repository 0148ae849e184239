/**
 * The arithmetic of the triage: what two readers said about the findings of a package, and the precision that follows.
 * Reading the files and printing the account are left to `triage-files.ts` and `triage-text.ts`.
 */
import type { ResultFinding } from './result-text.js';

export type Verdict = 'true' | 'false' | 'debatable';
export type Reader = 'first' | 'second';
export const verdicts: readonly Verdict[] = ['true', 'false', 'debatable'];
export const readers: readonly Reader[] = ['first', 'second'];

export interface TriageEntry {
  fingerprint: string;
  verdict: Verdict;
  reason: string;
}

/** How the two readers together judged one finding. */
export interface JudgedFinding {
  finding: ResultFinding;
  first: TriageEntry | null;
  second: TriageEntry | null;
  /** True only when both readers say true: disagreement, debatable and a missing reading all count as false. */
  countsAsTrue: boolean;
}

export interface PackageTriage {
  packageName: string;
  judged: JudgedFinding[];
  /** Findings of any confidence that a reader has not judged. */
  untriaged: { finding: ResultFinding; reader: Reader }[];
  /** Entries whose finding no longer exists. */
  stale: { entry: TriageEntry; reader: Reader }[];
  /** Two findings, or two entries of one reader, under one fingerprint: a verdict would be ambiguous. */
  ambiguous: string[];
}

export interface Precision {
  /** Findings that are proven or likely. */
  counted: number;
  countedTrue: number;
  /** Between 0 and 1; null when nothing counts. */
  share: number | null;
}

/** The share of true findings that the project demands of `proven` and `likely` together. */
export const demandedPrecision = 0.9;

/** Joins the findings of one package with the entries of both readers. */
export function triagePackage(packageName: string, findings: readonly ResultFinding[], entries: Record<Reader, readonly TriageEntry[]>): PackageTriage {
  const ambiguous = [
    ...repeated(findings).map((fingerprint) => `${fingerprint} names more than one finding`),
    ...readers.flatMap((reader) => repeated(entries[reader]).map((fingerprint) => `${fingerprint} has more than one entry of the ${reader} reader`)),
  ];
  const judged = findings.map((finding) => {
    const first = entryOf(entries.first, finding);
    const second = entryOf(entries.second, finding);
    return { finding, first, second, countsAsTrue: first?.verdict === 'true' && second?.verdict === 'true' };
  });
  const untriaged = judged.flatMap((one) => readers.filter((reader) => one[reader] === null).map((reader) => ({ finding: one.finding, reader })));
  const known = new Set(findings.map((finding) => finding.fingerprint));
  const stale = readers.flatMap((reader) => entries[reader].filter((entry) => !known.has(entry.fingerprint)).map((entry) => ({ entry, reader })));
  return { packageName, judged, untriaged, stale, ambiguous };
}

/** The precision over the `proven` and `likely` findings of the given packages. */
export function precisionOf(packages: readonly PackageTriage[]): Precision {
  const counted = packages.flatMap((one) => one.judged).filter((one) => one.finding.confidence !== 'possible');
  const countedTrue = counted.filter((one) => one.countsAsTrue).length;
  return { counted: counted.length, countedTrue, share: counted.length === 0 ? null : countedTrue / counted.length };
}

/** True when everything is triaged without ambiguity and the total precision is high enough; a stale entry is listed but harmless. */
export function triagePasses(packages: readonly PackageTriage[]): boolean {
  const { counted, countedTrue } = precisionOf(packages);
  const isPreciseEnough = countedTrue >= demandedPrecision * counted;
  return isPreciseEnough && packages.every((one) => one.untriaged.length === 0 && one.ambiguous.length === 0);
}

function entryOf(entries: readonly TriageEntry[], finding: ResultFinding): TriageEntry | null {
  return entries.find((entry) => entry.fingerprint === finding.fingerprint) ?? null;
}

function repeated(items: readonly { fingerprint: string }[]): string[] {
  const seen = new Set<string>();
  const twice = new Set<string>();
  for (const { fingerprint } of items) (seen.has(fingerprint) ? twice : seen).add(fingerprint);
  return [...twice].sort();
}
