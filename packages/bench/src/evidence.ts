/**
 * The document `bench.json`: figures per Node major, kept as committed while a new measurement lies within tolerance.
 * It holds no nanoseconds, since those belong to a machine; it reads and writes no file.
 */
import type { CaseMeasurement } from './measurement.js';
import { majorOf } from './node-binary.js';
import { evidenceTolerance, isWithinTolerance } from './tolerance.js';
import type { AllocationCost, EvidenceTolerance, FigureTolerance, Steadiness } from './tolerance.js';

export const evidenceSchema = 'scrimp-bench-evidence/1';

export interface EvidenceCase {
  readonly case: string;
  /** Bytes. */
  readonly size: number;
  readonly before: AllocationCost;
  readonly after: AllocationCost;
  /** Time of `after` by time of `before`; for information. */
  readonly timeRatio: number;
  /** False when several optimization states were seen; then the looser tolerance holds. */
  readonly stable: boolean;
}

export interface EvidenceOfNode {
  /** The version at which a figure last changed. */
  readonly version: string;
  readonly cases: readonly EvidenceCase[];
}

export interface BenchEvidence {
  readonly schema: typeof evidenceSchema;
  readonly tolerance: EvidenceTolerance;
  /** By major, as "20". */
  readonly nodes: Readonly<Record<string, EvidenceOfNode>>;
}

/**
 * Merges fresh measurements, of one or several Node versions, into committed evidence.
 * Figures within tolerance keep their committed value; majors that were not measured stay as they are; cases that a measured major no longer has are dropped.
 */
export function updateEvidence(committed: BenchEvidence | undefined, fresh: readonly CaseMeasurement[]): BenchEvidence {
  const nodes: Record<string, EvidenceOfNode> = { ...committed?.nodes };
  for (const major of new Set(fresh.map((measurement) => majorOf(measurement.node)))) {
    const measured = fresh.filter((measurement) => majorOf(measurement.node) === major);
    nodes[String(major)] = updatedNode(committed?.nodes[String(major)], measured);
  }
  return { schema: evidenceSchema, tolerance: evidenceTolerance, nodes };
}

/** Reads a document; a problem instead of evidence when it is not one of this schema. */
export function parseEvidence(text: string): { evidence?: BenchEvidence; problems: readonly string[] } {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (error) {
    return { problems: [`is not JSON (${error instanceof Error ? error.message : String(error)}); delete it and measure again`] };
  }
  const problem = problemOfDocument(parsed);
  if (problem !== undefined) return { problems: [`${problem}; delete it and measure again`] };
  return { evidence: parsed as BenchEvidence, problems: [] };
}

/** Deterministic text: majors ascending, fields in a fixed order, one case side per line. */
export function formatEvidence(evidence: BenchEvidence): string {
  const majors = Object.keys(evidence.nodes).sort((left, right) => Number(left) - Number(right));
  const nodes = majors.map((major) => {
    const { version, cases } = evidence.nodes[major] ?? { version: '', cases: [] };
    const caseTexts = cases.map((evidenceCase) => indented(caseText(evidenceCase), '        '));
    return `    ${JSON.stringify(major)}: {\n      "version": ${JSON.stringify(version)},\n      "cases": [\n${caseTexts.join(',\n')}\n      ]\n    }`;
  });
  const tolerances = (['objects', 'heapBytes', 'externalBytes', 'timeRatio'] as const).map((figure) => {
    const { absolute, relative, relativeWhenUnstable } = evidence.tolerance[figure];
    return `    "${figure}": { "absolute": ${absolute}, "relative": ${relative}, "relativeWhenUnstable": ${relativeWhenUnstable} }`;
  });
  return `{\n  "schema": ${JSON.stringify(evidence.schema)},\n  "tolerance": {\n${tolerances.join(',\n')}\n  },\n  "nodes": {\n${nodes.join(',\n')}\n  }\n}\n`;
}

function updatedNode(committed: EvidenceOfNode | undefined, measured: readonly CaseMeasurement[]): EvidenceOfNode {
  const version = measured[0]?.node ?? '';
  const cases = measured.map((measurement) => {
    const old = committed?.cases.find((candidate) => candidate.case === measurement.case && candidate.size === measurement.size);
    return old === undefined ? freshCase(measurement) : keptOrFresh(old, measurement);
  });
  const isUnchanged = committed !== undefined && JSON.stringify(committed.cases.map(caseText)) === JSON.stringify(cases.map(caseText));
  return isUnchanged ? committed : { version, cases };
}

function freshCase(measurement: CaseMeasurement): EvidenceCase {
  return {
    case: measurement.case,
    size: measurement.size,
    before: allocationOf(measurement.before),
    after: allocationOf(measurement.after),
    timeRatio: measurement.timeRatio,
    stable: measurement.stable,
  };
}

function keptOrFresh(old: EvidenceCase, measurement: CaseMeasurement): EvidenceCase {
  const steadiness: Steadiness = old.stable && measurement.stable ? 'stable' : 'unstable';
  const figure = (committed: number, fresh: number, tolerance: FigureTolerance): number =>
    isWithinTolerance(committed, fresh, tolerance, steadiness) ? committed : fresh;
  const side = (committed: AllocationCost, fresh: AllocationCost): AllocationCost => ({
    objects: figure(committed.objects, fresh.objects, evidenceTolerance.objects),
    heapBytes: figure(committed.heapBytes, fresh.heapBytes, evidenceTolerance.heapBytes),
    externalBytes: figure(committed.externalBytes, fresh.externalBytes, evidenceTolerance.externalBytes),
  });
  const before = side(old.before, measurement.before);
  const after = side(old.after, measurement.after);
  const keepsAllocations = isSameCost(before, old.before) && isSameCost(after, old.after);
  // Time never decides whether evidence is rewritten: a loaded machine would rewrite it at every run.
  const timeRatio = keepsAllocations ? old.timeRatio : figure(old.timeRatio, measurement.timeRatio, evidenceTolerance.timeRatio);
  // A run that happened to be restless does not make committed figures that it confirms worse.
  return { case: old.case, size: old.size, before, after, timeRatio, stable: keepsAllocations ? old.stable : measurement.stable };
}

function isSameCost(left: AllocationCost, right: AllocationCost): boolean {
  return left.objects === right.objects && left.heapBytes === right.heapBytes && left.externalBytes === right.externalBytes;
}

function allocationOf({ objects, heapBytes, externalBytes }: AllocationCost): AllocationCost {
  return { objects, heapBytes, externalBytes };
}

function caseText(evidenceCase: EvidenceCase): string {
  const side = ({ objects, heapBytes, externalBytes }: AllocationCost): string => `{ "objects": ${objects}, "heapBytes": ${heapBytes}, "externalBytes": ${externalBytes} }`;
  return [
    '{',
    `  "case": ${JSON.stringify(evidenceCase.case)}, "size": ${evidenceCase.size},`,
    `  "before": ${side(evidenceCase.before)},`,
    `  "after": ${side(evidenceCase.after)},`,
    `  "timeRatio": ${evidenceCase.timeRatio}, "stable": ${evidenceCase.stable}`,
    '}',
  ].join('\n');
}

function indented(text: string, indent: string): string {
  return text.split('\n').map((line) => indent + line).join('\n');
}

function problemOfDocument(parsed: unknown): string | undefined {
  if (typeof parsed !== 'object' || parsed === null || !('schema' in parsed)) return `has no schema, expected "${evidenceSchema}"`;
  if (parsed.schema !== evidenceSchema) return `has the schema ${JSON.stringify(parsed.schema)}, expected "${evidenceSchema}"`;
  const nodes: unknown = 'nodes' in parsed ? parsed.nodes : undefined;
  if (typeof nodes !== 'object' || nodes === null) return 'has no figures under "nodes"';
  const isComplete = Object.values(nodes).every((node: Partial<EvidenceOfNode> | null) => Array.isArray(node?.cases) && node.cases.every(isEvidenceCase));
  return isComplete ? undefined : 'has a case without its figures';
}

function isEvidenceCase(candidate: unknown): boolean {
  if (typeof candidate !== 'object' || candidate === null) return false;
  const fields = candidate as Partial<EvidenceCase>;
  const hasCosts = [fields.before, fields.after].every((cost) => [cost?.objects, cost?.heapBytes, cost?.externalBytes].every(Number.isFinite));
  return typeof fields.case === 'string' && Number.isFinite(fields.size) && Number.isFinite(fields.timeRatio) && hasCosts;
}
