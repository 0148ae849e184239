/**
 * Measures the bench file of one rule on one or several Nodes and brings its evidence up to date.
 * It writes `bench.json` and nothing else that stays.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { formatEvidence, measureCases, parseEvidence, savingOf, updateEvidence } from '@scrimp/bench';
import type { BenchEvidence, CaseIdentity, CaseMeasurement, MeasureOptions, SavingVerdict } from '@scrimp/bench';
import type { BenchFile } from './bench-files.js';
import { makeLoadable } from './loadable-bench-file.js';

type EvidenceOfNode = BenchEvidence['nodes'][string];

/** Whether `bench.json` may be written. */
export type EvidenceMode = 'update' | 'check';

/** `kept`: within tolerance everywhere, in check mode apart from times; `written`: brought up to date; `differs`: would be, in check mode; `unknown`: not everything was measured. */
export type EvidenceState = 'kept' | 'written' | 'differs' | 'unknown';

export interface MeasuredRule {
  readonly ruleId: string;
  readonly measurements: readonly CaseMeasurement[];
  readonly evidenceState: EvidenceState;
  /** Whether some case on some measured Node allocates fewer objects or bytes after than before. */
  readonly hasSaving: boolean;
  readonly problems: readonly string[];
}

export interface RuleMeasuring {
  readonly nodePaths: readonly string[];
  readonly mode: EvidenceMode;
  readonly effort: Pick<MeasureOptions, 'warmUpMilliseconds' | 'rounds' | 'roundMilliseconds' | 'attempts'>;
  readonly signal: AbortSignal | undefined;
  readonly onCase: (ruleId: string, identity: CaseIdentity, position: number, total: number) => void;
}

/** Evidence is touched only when every case was measured on every Node: half a run would drop the other half. */
export async function measureRule(context: RuleMeasuring, benchFile: BenchFile): Promise<MeasuredRule> {
  const { ruleId } = benchFile;
  const { evidence: committed, problems: evidenceProblems } = readEvidence(benchFile.evidencePath);
  const { loadable, problems: loadProblems } = makeLoadable(benchFile.path);
  const problems = [...evidenceProblems, ...loadProblems];
  const measurements: CaseMeasurement[] = [];
  if (loadable === undefined) return { ruleId, measurements, evidenceState: 'unknown', hasSaving: false, problems };
  try {
    for (const nodePath of context.nodePaths) {
      const measured = await measureCases(loadable.path, undefined, {
        ...context.effort,
        nodePath,
        ...(context.signal === undefined ? {} : { signal: context.signal }),
        onCase: (identity, position, total) => context.onCase(ruleId, identity, position, total),
      });
      measurements.push(...measured.measurements);
      problems.push(...measured.problems.map((problem) => problem.replaceAll(loadable.path, benchFile.path)));
    }
  } finally {
    loadable.remove();
  }
  const hasSaving = measurements.some((measurement) => savesSomething(verdictOf(measurement)));
  if (problems.length > 0) return { ruleId, measurements, evidenceState: 'unknown', hasSaving, problems };
  const evidenceState = keepEvidence(benchFile.evidencePath, committed, updateEvidence(committed, measurements), context.mode);
  return { ruleId, measurements, evidenceState, hasSaving, problems };
}

/** What `after` does to the allocations, at the tolerance that fits the measurement. */
export function verdictOf(measurement: CaseMeasurement): SavingVerdict {
  return savingOf(measurement.before, measurement.after, measurement.stable ? 'stable' : 'unstable');
}

function savesSomething(verdict: SavingVerdict): boolean {
  return verdict === 'saves' || verdict === 'trades';
}

function readEvidence(path: string): { evidence?: BenchEvidence; problems: readonly string[] } {
  if (!existsSync(path)) return { problems: [] };
  const { evidence, problems } = parseEvidence(readFileSync(path, 'utf8'));
  if (evidence === undefined) return { problems: problems.map((problem) => `${path} ${problem}`) };
  return { evidence, problems: [] };
}

function keepEvidence(path: string, committed: BenchEvidence | undefined, updated: BenchEvidence, mode: EvidenceMode): EvidenceState {
  const text = formatEvidence(updated);
  if (committed !== undefined && text === formatEvidence(committed)) return 'kept';
  if (mode === 'check') return committed !== undefined && isSameAllocation(committed, updated) ? 'kept' : 'differs';
  writeFileSync(path, text);
  return 'written';
}

/** A check may run beside other work, which moves times by more than their tolerance and leaves allocations as they are. */
function isSameAllocation(committed: BenchEvidence, updated: BenchEvidence): boolean {
  return formatEvidence(withoutTimes(committed)) === formatEvidence(withoutTimes(updated));
}

function withoutTimes(evidence: BenchEvidence): BenchEvidence {
  const nodes: Record<string, EvidenceOfNode> = {};
  for (const [major, node] of Object.entries(evidence.nodes)) nodes[major] = { ...node, cases: node.cases.map((one) => ({ ...one, timeRatio: 1 })) };
  return { ...evidence, nodes };
}
