/**
 * Counts objects per operation: the sampling heap profiler at an interval of one byte takes every allocation, also those that are collected meanwhile.
 *
 * The child runs without allocation folding, since V8 otherwise merges neighboring allocations of optimized code into one.
 * Sampling costs about a microsecond per object, so this pass gives no time, and the bytes that it sees only decide whether its count belongs to the code that the bytes pass weighed.
 */
import { Session } from 'node:inspector';
import { operationLoop, warmFor, warmUp } from './operation-loop.mjs';

/** Objects to sample in a short slice; enough that a stray object moves the slope by less than 0.01. */
const sampledObjectsPerSlice = 12_000;

/** The profiler evicts optimized code now and then; this brings it back. */
const rewarmMilliseconds = 30;

/**
 * @param {import('./case-loading.mjs').SizedCase} sized
 * @param {import('../passes.js').PassEffort} effort
 * @returns {Promise<import('../passes.js').CountsAnswer>}
 */
export async function countsPass(sized, effort) {
  const session = new Session();
  session.connect();
  const overstatedSize = overstatedHeaderSize(session);
  const before = operationLoop(sized.before, sized.setup(sized.size));
  const after = operationLoop(sized.after, sized.setup(sized.size));
  await warmUp([before, after], effort.warmUpMilliseconds);
  const rounds = Math.min(effort.rounds, 5);
  const answer = {
    before: countRounds(session, before, rounds, overstatedSize),
    after: countRounds(session, after, rounds, overstatedSize),
  };
  session.disconnect();
  return answer;
}

/**
 * @param {Session} session
 * @param {import('./operation-loop.mjs').OperationLoop} loop
 * @param {number} rounds
 * @param {number | undefined} overstatedSize
 */
function countRounds(session, loop, rounds, overstatedSize) {
  const pilotIterations = 50;
  const pilotObjects = sampledSizes(session, loop, pilotIterations).length / pilotIterations;
  const iterations = Math.min(3000, Math.max(100, Math.round(sampledObjectsPerSlice / (pilotObjects + 1))));
  /** @type {import('../passes.js').CountsRound[]} */
  const counted = [];
  for (let round = 0; round < rounds; round++) {
    // The slope between n and 3n iterations cancels what the reading itself allocates.
    const short = slice(session, loop, iterations, overstatedSize);
    const long = slice(session, loop, 3 * iterations, overstatedSize);
    const extraIterations = 2 * iterations;
    counted.push({
      objects: (long.objects - short.objects) / extraIterations,
      sampledBytes: (long.sampledBytes - short.sampledBytes) / extraIterations,
      overstatedHeaders: (long.overstatedHeaders - short.overstatedHeaders) / extraIterations,
    });
  }
  return counted;
}

/**
 * @param {Session} session
 * @param {import('./operation-loop.mjs').OperationLoop} loop
 * @param {number} iterations
 * @param {number | undefined} overstatedSize
 */
function slice(session, loop, iterations, overstatedSize) {
  warmFor(loop, rewarmMilliseconds, 1);
  const sizes = sampledSizes(session, loop, iterations);
  let sampledBytes = 0;
  let overstatedHeaders = 0;
  for (const size of sizes) {
    sampledBytes += size;
    if (size === overstatedSize) overstatedHeaders++;
  }
  return { objects: sizes.length, sampledBytes, overstatedHeaders };
}

/**
 * The sizes of all objects that a slice allocated.
 *
 * @param {Session} session
 * @param {import('./operation-loop.mjs').OperationLoop} loop
 * @param {number} iterations
 * @returns {number[]}
 */
function sampledSizes(session, loop, iterations) {
  const everyAllocation = { samplingInterval: 1, includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
  session.post('HeapProfiler.startSampling', everyAllocation);
  loop.run(iterations);
  /** @type {number[]} */
  let sizes = [];
  // A session of the own thread answers before `post` returns.
  session.post('HeapProfiler.stopSampling', (error, result) => {
    if (error !== null) throw error;
    // The types of Node leave `samples` out, which every Node since 12 gives.
    const { samples } = /** @type {{ samples: { size: number }[] }} */ (/** @type {unknown} */ (result.profile));
    sizes = samples.map((sample) => sample.size);
  });
  return sizes;
}

/**
 * Learns from this Node which size stands for a header that the sampler over-states.
 *
 * A typed array of at most 64 bytes is three objects: elements, array, and a buffer header that the sampler states 16 bytes too large.
 * A larger one is two, both stated right.
 * So the size that only the small array has, besides its elements, is the over-stated one.
 * Where there is none, nothing is corrected, and a count that needed it is reported as not agreeing.
 *
 * @param {Session} session
 * @returns {number | undefined}
 */
function overstatedHeaderSize(session) {
  const small = commonSizes(session, () => new Uint8Array(32));
  const large = commonSizes(session, () => new Uint8Array(4096));
  const elements = 16 + 32;
  return small.find((size) => size !== elements && !large.includes(size));
}

/**
 * The sizes that at least nine of ten calls allocate.
 *
 * @param {Session} session
 * @param {() => unknown} operation
 */
function commonSizes(session, operation) {
  const iterations = 500;
  const loop = operationLoop(operation, undefined);
  loop.run(iterations);
  /** @type {Map<number, number>} */
  const tally = new Map();
  for (const size of sampledSizes(session, loop, iterations)) tally.set(size, (tally.get(size) ?? 0) + 1);
  return [...tally].filter(([, count]) => count >= 0.9 * iterations).map(([size]) => size);
}
