/**
 * Compares the measured runs of `tsc --noEmit` and `scrimp audit`: medians, minima and ratios, as data and as a table.
 * No figure here decides a test; the exit code of the bench depends only on whether the runs ran.
 */
export interface Sample {
  wallMilliseconds: number;
  peakBytes: number;
}

export interface SampleSummary {
  runs: number;
  medianMilliseconds: number;
  minimumMilliseconds: number;
  medianPeakBytes: number;
  minimumPeakBytes: number;
}

export interface AuditComparison {
  schema: 'scrimp-bench-audit/1';
  package: string;
  version: string;
  /** Lines of the package's sources. */
  lines: number;
  node: string;
  typescript: string;
  tsc: SampleSummary;
  audit: SampleSummary;
  /** audit divided by tsc; below 1 the audit is cheaper. */
  ratio: { medianTime: number; minimumTime: number; medianPeak: number; minimumPeak: number };
  /** What the two programs said, so that a run that did nothing does not pass for a fast one. */
  tscErrors: number;
  auditFiles: number;
  auditFindings: number;
}

export function summarizeSamples(samples: readonly Sample[]): SampleSummary {
  const times = samples.map((sample) => sample.wallMilliseconds);
  const peaks = samples.map((sample) => sample.peakBytes);
  return {
    runs: samples.length,
    medianMilliseconds: medianOf(times),
    minimumMilliseconds: Math.min(...times),
    medianPeakBytes: medianOf(peaks),
    minimumPeakBytes: Math.min(...peaks),
  };
}

export function ratioOf(audit: SampleSummary, tsc: SampleSummary): AuditComparison['ratio'] {
  return {
    medianTime: audit.medianMilliseconds / tsc.medianMilliseconds,
    minimumTime: audit.minimumMilliseconds / tsc.minimumMilliseconds,
    medianPeak: audit.medianPeakBytes / tsc.medianPeakBytes,
    minimumPeak: audit.minimumPeakBytes / tsc.minimumPeakBytes,
  };
}

/** The table that `pnpm bench:audit` prints; seconds and MiB. */
export function printComparison(comparison: AuditComparison): string[] {
  const { tsc, audit, ratio } = comparison;
  const rows = [
    ['', 'tsc --noEmit', 'scrimp audit', 'audit/tsc'],
    ['median time', seconds(tsc.medianMilliseconds), seconds(audit.medianMilliseconds), times(ratio.medianTime)],
    ['minimum time', seconds(tsc.minimumMilliseconds), seconds(audit.minimumMilliseconds), times(ratio.minimumTime)],
    ['median peak memory', mebibytes(tsc.medianPeakBytes), mebibytes(audit.medianPeakBytes), times(ratio.medianPeak)],
    ['minimum peak memory', mebibytes(tsc.minimumPeakBytes), mebibytes(audit.minimumPeakBytes), times(ratio.minimumPeak)],
  ];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return [
    `${comparison.package} ${comparison.version}, ${comparison.lines} lines; Node ${comparison.node}, TypeScript ${comparison.typescript}; ${tsc.runs} runs of each, taken in turns`,
    '',
    ...rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()),
    '',
    `tsc reported ${comparison.tscErrors} errors; the audit read ${comparison.auditFiles} files and found ${comparison.auditFindings} findings`,
  ];
}

/** The middle value, or the mean of the two middle ones; NaN of an empty list. */
export function medianOf(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const upper = sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
  const lower = sorted[Math.ceil(sorted.length / 2) - 1] ?? Number.NaN;
  return (lower + upper) / 2;
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 1024 / 1024).toFixed(0)} MiB`;
}

function times(ratio: number): string {
  return `${ratio.toFixed(2)}x`;
}
