/**
 * Decides whether a count of objects and a weight of bytes, taken in different processes, belong to the same optimized code.
 * Pure; it leaves the running of passes to `measure-cases.ts`.
 */
import { median, quartileSpread } from './median.js';
import type { BytesRound, CountsRound } from './passes.js';

/** The sampler states a typed array on the heap 16 bytes too large; heap snapshots and used heap size agree on the lower figure. */
const overstatementBytes = 16;

/** How far the weighed bytes of rounds and processes may lie apart. */
function spreadBound(heapBytes: number): number {
  return Math.max(2, 0.02 * heapBytes);
}

/** How far the counted bytes may lie from the weighed ones: less than one number object of 16 bytes, as far as the size of the operation allows to tell. */
function agreementBound(heapBytes: number): number {
  return Math.max(2, 0.005 * heapBytes);
}

/** Bytes of one side. */
export interface WeighedSide {
  readonly heapBytes: number;
  readonly externalBytes: number;
  /** Set when rounds or processes do not lie together. */
  readonly unrest: string | undefined;
}

/**
 * Takes the median of each process and the median of those.
 * JS-heavy code settles in one of several optimization states per process, so that each process alone looks calm.
 */
export function weighSide(processes: readonly (readonly BytesRound[])[]): WeighedSide {
  const heapOfProcesses = processes.map((rounds) => median(rounds.map((round) => round.heapBytes)));
  const heapBytes = median(heapOfProcesses);
  const externalBytes = median(processes.map((rounds) => median(rounds.map((round) => round.externalBytes))));
  const least = Math.min(...heapOfProcesses);
  const most = Math.max(...heapOfProcesses);
  if (most - least > spreadBound(heapBytes)) return { heapBytes, externalBytes, unrest: `heap bytes settled between ${least.toFixed(1)} and ${most.toFixed(1)} from process to process` };
  const spread = Math.max(...processes.map((rounds) => quartileSpread(rounds.map((round) => round.heapBytes))));
  if (spread > spreadBound(heapBytes)) return { heapBytes, externalBytes, unrest: `heap bytes spread by ${spread.toFixed(1)} around ${heapBytes.toFixed(1)} between rounds` };
  return { heapBytes, externalBytes, unrest: undefined };
}

/** Objects of one side. */
export interface CountedSide {
  /** The median count of the agreeing rounds; of the rounds nearest to the weighed bytes when too few agree. */
  readonly objects: number;
  /** Whether every round agreed; rounds that do not are the sign of several optimization states. */
  readonly isUnanimous: boolean;
  /** Set when too few rounds agree with the weighed bytes, or when the agreeing ones spread. */
  readonly unrest: string | undefined;
}

/** One agreeing round may be chance. */
const leastAgreeingRounds = 2;

/** How many rounds stand in for agreeing ones. */
const nearestRounds = 3;

/**
 * Accepts a round when its sampled bytes, less 16 for each over-stated header, are the weighed bytes.
 * How many of the headers of that size are really over-stated is not visible, so the correction is what explains the difference best, between none and all of them.
 */
export function countSide(heapBytes: number, rounds: readonly CountsRound[]): CountedSide {
  const distanceOf = (round: CountsRound): number => Math.abs(correctedBytes(heapBytes, round) - heapBytes);
  const agreeing = rounds.filter((round) => distanceOf(round) <= agreementBound(heapBytes));
  if (agreeing.length < leastAgreeingRounds) {
    const nearest = [...rounds].sort((left, right) => distanceOf(left) - distanceOf(right)).slice(0, nearestRounds);
    const counted = median(nearest.map((round) => correctedBytes(heapBytes, round)));
    return {
      objects: median(nearest.map((round) => round.objects)),
      isUnanimous: false,
      unrest: `only ${agreeing.length} of ${rounds.length} rounds counted the optimized code that was weighed; the nearest saw ${counted.toFixed(1)} B, the weight is ${heapBytes.toFixed(1)} B`,
    };
  }
  const counts = agreeing.map((round) => round.objects);
  const objects = median(counts);
  const spread = quartileSpread(counts);
  const unrest = spread > Math.max(0.1, 0.05 * objects) ? `objects spread by ${spread.toFixed(1)} around ${objects.toFixed(1)} between rounds` : undefined;
  return { objects, isUnanimous: agreeing.length === rounds.length, unrest };
}

function correctedBytes(heapBytes: number, round: CountsRound): number {
  const mostOverstated = Math.max(0, round.overstatedHeaders) * overstatementBytes;
  const unexplained = round.sampledBytes - heapBytes;
  const overstated = Math.min(Math.max(0, unexplained), mostOverstated);
  return round.sampledBytes - overstated;
}
