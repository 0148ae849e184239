/**
 * Compares the measured runs of `tsc --noEmit` and `scrimp audit`: medians, minima and ratios, as data and as tables.
 * No figure here decides a test; the exit code of the bench depends only on whether the runs ran.
 */
export interface Sample {
  wallMilliseconds: number;
  cpuMilliseconds: number;
  peakBytes: number;
}

export interface SampleSummary {
  runs: number;
  medianMilliseconds: number;
  minimumMilliseconds: number;
  medianCpuMilliseconds: number;
  medianPeakBytes: number;
  minimumPeakBytes: number;
}

/** What is measured of the audit: nothing is known, nothing changed, one body changed in a new process. */
export const auditModes = ['cold', 'second', 'changed'] as const;
export type AuditMode = (typeof auditModes)[number];

export interface AuditComparison {
  package: string;
  version: string;
  /** Lines of the package's sources. */
  lines: number;
  tsc: SampleSummary;
  audit: Record<AuditMode, SampleSummary>;
  /** From a write to the answer of `--watch`, in milliseconds. */
  watch: { runs: number; median: number; minimum: number };
  /** What the two programs said, so that a run that did nothing does not pass for a fast one. */
  tscErrors: number;
  auditFiles: number;
  auditFindings: number;
}

export interface BenchReport {
  schema: 'scrimp-bench-audit/2';
  node: string;
  typescript: string;
  packages: AuditComparison[];
  /** Median time per line of the cold audit, the package with most lines divided by the one with fewest. */
  growth: { audit: number; tsc: number };
}

export function summarizeSamples(samples: readonly Sample[]): SampleSummary {
  const times = samples.map((sample) => sample.wallMilliseconds);
  const peaks = samples.map((sample) => sample.peakBytes);
  return {
    runs: samples.length,
    medianMilliseconds: medianOf(times),
    minimumMilliseconds: Math.min(...times),
    medianCpuMilliseconds: medianOf(samples.map((sample) => sample.cpuMilliseconds)),
    medianPeakBytes: medianOf(peaks),
    minimumPeakBytes: Math.min(...peaks),
  };
}

export function reportOf(node: string, typescript: string, packages: AuditComparison[]): BenchReport {
  const byLines = [...packages].sort((left, right) => left.lines - right.lines);
  const [smallest, largest] = [byLines[0], byLines.at(-1)];
  const growth = (time: (comparison: AuditComparison) => number): number => {
    if (smallest === undefined || largest === undefined) return Number.NaN;
    return time(largest) / largest.lines / (time(smallest) / smallest.lines);
  };
  return {
    schema: 'scrimp-bench-audit/2', node, typescript, packages: byLines,
    growth: { audit: growth(({ audit }) => audit.cold.medianMilliseconds), tsc: growth(({ tsc }) => tsc.medianMilliseconds) },
  };
}

/** The tables that `pnpm bench:audit` prints; seconds and MiB, each beside its multiple of `tsc --noEmit`. */
export function printReport({ node, typescript, packages, growth }: BenchReport): string[] {
  const lines = [`Node ${node}, TypeScript ${typescript}; runs taken in turns, medians and minima`, ''];
  for (const comparison of packages) lines.push(...printComparison(comparison), '');
  if (packages.length > 1) lines.push(`time per line, largest against smallest: audit ${times(growth.audit)}, tsc ${times(growth.tsc)}`);
  return lines;
}

function printComparison({ package: name, version, lines, tsc, audit, watch, tscErrors, auditFiles, auditFindings }: AuditComparison): string[] {
  const names: Record<AuditMode, string> = { cold: 'audit', second: 'audit again, nothing changed', changed: 'audit again, one body changed' };
  const row = (label: string, { medianMilliseconds, minimumMilliseconds, medianCpuMilliseconds, medianPeakBytes }: SampleSummary): string[] => [
    label, seconds(medianMilliseconds), times(medianMilliseconds / tsc.medianMilliseconds), seconds(minimumMilliseconds), times(minimumMilliseconds / tsc.minimumMilliseconds),
    seconds(medianCpuMilliseconds), times(medianCpuMilliseconds / tsc.medianCpuMilliseconds), mebibytes(medianPeakBytes), times(medianPeakBytes / tsc.medianPeakBytes),
  ];
  const rows = [
    ['', 'median', '/tsc', 'minimum', '/tsc', 'cpu', '/tsc', 'peak', '/tsc'],
    row('tsc --noEmit', tsc),
    ...auditModes.map((mode) => row(names[mode], audit[mode])),
    ['audit --watch, one body changed', seconds(watch.median), times(watch.median / tsc.medianMilliseconds), seconds(watch.minimum), times(watch.minimum / tsc.minimumMilliseconds), '', '', '', ''],
  ];
  const widths = (rows[0] ?? []).map((_cell, column) => Math.max(...rows.map((cells) => (cells[column] ?? '').length)));
  return [
    `${name} ${version}, ${lines} lines, ${tsc.runs} runs; tsc reported ${tscErrors} errors; the audit read ${auditFiles} files and found ${auditFindings} findings`,
    ...rows.map((cells) => cells.map((cell, column) => (column === 0 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  ').trimEnd()),
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
