/**
 * Measures the cases of a bench file: compares results, weighs and times in one process, counts in another, repeats until both agree.
 * It reads nothing but the answers of its child processes; evidence and tables are left to others.
 */
import { fileURLToPath } from 'node:url';
import { resolve } from 'node:path';
import type { CaseMeasurement, OperationCost } from './measurement.js';
import { median } from './median.js';
import { inspectNodeBinary } from './node-binary.js';
import type { NodeBinary } from './node-binary.js';
import { countSide, weighSide } from './pass-agreement.js';
import type { CountedSide, WeighedSide } from './pass-agreement.js';
import { runPassProcess } from './pass-process.js';
import type { BytesAnswer, BytesRound, CaseIdentity, CountsAnswer, InspectAnswer, PassEffort, PassReply, PassRequest, Side } from './passes.js';

export interface MeasureOptions {
  /** The Node binary that runs the cases; the running one by default. */
  readonly nodePath?: string;
  /** Default 400: optimized code is what a hot path runs, and JS crypto measured cold costs 6 to 120 times as much. */
  readonly warmUpMilliseconds?: number;
  /** Interleaved rounds of both sides, default 9. */
  readonly rounds?: number;
  /** The least duration of a slice of one side, default 20. */
  readonly roundMilliseconds?: number;
  /** How often the passes are run until they agree, default 3. */
  readonly attempts?: number;
  /** The longest that one child process may take, default 120 000. */
  readonly timeoutMilliseconds?: number;
  readonly signal?: AbortSignal;
  /** Called when a case begins. */
  readonly onCase?: (identity: CaseIdentity, position: number, total: number) => void;
}

export interface MeasuredCases {
  readonly measurements: readonly CaseMeasurement[];
  /** One sentence for each case that could not be measured: unequal results, a throw, a time-out, a file that does not load. */
  readonly problems: readonly string[];
}

/**
 * @param file a module that plain Node can load, default-exporting one or several results of `defineBench`
 * @param caseNames only these cases; all when undefined
 */
export async function measureCases(file: string | URL, caseNames?: readonly string[], options: MeasureOptions = {}): Promise<MeasuredCases> {
  const path = file instanceof URL ? fileURLToPath(file) : resolve(file);
  const { binary, problems: binaryProblems } = await inspectNodeBinary(options.nodePath ?? process.execPath);
  if (binary === undefined) return { measurements: [], problems: binaryProblems };
  const context: MeasureContext = {
    binary,
    file: path,
    effort: {
      warmUpMilliseconds: options.warmUpMilliseconds ?? 400,
      rounds: options.rounds ?? 9,
      roundMilliseconds: options.roundMilliseconds ?? 20,
    },
    attempts: options.attempts ?? 3,
    timeoutMilliseconds: options.timeoutMilliseconds ?? 120_000,
    signal: options.signal,
  };
  const inspected = await runPass<InspectAnswer>(context, [], { pass: 'inspect', file: path, caseNames });
  if ('failure' in inspected) return { measurements: [], problems: [`${path}: ${inspected.failure}`] };
  const { cases } = inspected.answer;
  const problems = [...inspected.answer.problems];
  const measurements: CaseMeasurement[] = [];
  for (const [index, identity] of cases.entries()) {
    options.onCase?.(identity, index, cases.length);
    const measured = await measureCase(context, identity);
    if ('failure' in measured) problems.push(`case "${identity.case}" at ${identity.size} B: ${measured.failure}`);
    else measurements.push(measured.answer);
  }
  return { measurements, problems };
}

interface MeasureContext {
  readonly binary: NodeBinary;
  readonly file: string;
  readonly effort: PassEffort;
  readonly attempts: number;
  readonly timeoutMilliseconds: number;
  readonly signal: AbortSignal | undefined;
}

/**
 * JS-heavy code has several stable optimization states, and a process may count in another than the one it was weighed in.
 * So both passes are repeated in fresh processes until the count agrees; a case whose first rounds hint at several states is weighed a second time in any case.
 * All rounds stay in the sample, so that repeating cannot pick the figure it likes.
 */
async function measureCase(context: MeasureContext, identity: CaseIdentity): Promise<PassReply<CaseMeasurement>> {
  const { binary, file, effort } = context;
  const weights: BytesAnswer[] = [];
  const counts: CountsAnswer[] = [];
  for (let attempt = 0; attempt < context.attempts; attempt++) {
    const weighed = await runPass<BytesAnswer>(context, binary.bytesFlags, { pass: 'bytes', file, identity, effort });
    if ('failure' in weighed) return weighed;
    weights.push(weighed.answer);
    const counted = await runPass<CountsAnswer>(context, binary.countsFlags, { pass: 'counts', file, identity, effort });
    if ('failure' in counted) return counted;
    counts.push(counted.answer);
    const sides = [agreementOf(weights, counts, 'before'), agreementOf(weights, counts, 'after')];
    const isCalm = sides.every((side) => side.notes.length === 0);
    const isBeyondDoubt = weights.length > 1 || sides.every((side) => side.counted.isUnanimous);
    if (isCalm && isBeyondDoubt) break;
  }
  return { answer: measurementOf(binary.version, identity, weights, counts) };
}

function runPass<Answer>(context: MeasureContext, flags: readonly string[], request: PassRequest): Promise<PassReply<Answer>> {
  return runPassProcess<Answer>({ nodePath: context.binary.path, flags, timeoutMilliseconds: context.timeoutMilliseconds, signal: context.signal }, request);
}

interface Agreement {
  readonly weighed: WeighedSide;
  readonly counted: CountedSide;
  readonly notes: readonly string[];
}

function agreementOf(weights: readonly BytesAnswer[], counts: readonly CountsAnswer[], side: Side): Agreement {
  const weighed = weighSide(weights.map((answer) => answer[side]));
  const counted = countSide(weighed.heapBytes, counts.flatMap((answer) => answer[side]));
  const notes = [weighed.unrest, counted.unrest].filter((note) => note !== undefined).map((note) => `${side}: ${note}`);
  return { weighed, counted, notes };
}

function measurementOf(node: string, identity: CaseIdentity, weights: readonly BytesAnswer[], counts: readonly CountsAnswer[]): CaseMeasurement {
  const before = agreementOf(weights, counts, 'before');
  const after = agreementOf(weights, counts, 'after');
  const timeRatios = weights.flatMap((answer) => answer.before.map((round, index) => (answer.after[index]?.ns ?? Number.NaN) / round.ns));
  const notes = [...before.notes, ...after.notes];
  return {
    case: identity.case,
    size: identity.size,
    node,
    before: costOf(before, weights.flatMap((answer) => answer.before)),
    after: costOf(after, weights.flatMap((answer) => answer.after)),
    timeRatio: rounded(median(timeRatios), 2),
    stable: notes.length === 0,
    notes,
  };
}

function costOf({ weighed, counted }: Agreement, rounds: readonly BytesRound[]): OperationCost {
  return {
    objects: rounded(counted.objects, 2),
    heapBytes: rounded(weighed.heapBytes, 1),
    externalBytes: rounded(weighed.externalBytes, 1),
    ns: rounded(Math.min(...rounds.map((round) => round.ns)), 1),
  };
}

/** Rounds for people; a slope around zero may be minus nothing, which is zero. */
function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals)) + 0;
}
