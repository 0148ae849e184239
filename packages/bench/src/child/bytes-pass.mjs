/**
 * Weighs heap and external bytes per operation and takes the time, with both sides interleaved.
 *
 * The heap only shrinks in a collection, so the bytes allocated in a slice are the sum of what it grew between collections.
 * `v8.GCProfiler` gives the size before and after each collection; the sum telescopes over them and costs nothing between them.
 */
import v8 from 'node:v8';
import { operationLoop, warmUp } from './operation-loop.mjs';

/** A slice that short would read the granules of the allocator instead of the operation. */
const leastSliceIterations = 500;

/**
 * @param {import('./case-loading.mjs').SizedCase} sized
 * @param {import('../passes.js').PassEffort} effort
 * @returns {Promise<import('../passes.js').BytesAnswer>}
 */
export async function bytesPass(sized, effort) {
  const before = operationLoop(sized.before, sized.setup(sized.size));
  const after = operationLoop(sized.after, sized.setup(sized.size));
  const [speedBefore = 1, speedAfter = 1] = await warmUp([before, after], effort.warmUpMilliseconds);
  const iterationsBefore = sliceIterations(speedBefore, effort);
  const iterationsAfter = sliceIterations(speedAfter, effort);
  const ownBytes = bytesOfReading();
  /** @type {import('../passes.js').BytesRound[]} */
  const roundsBefore = [];
  /** @type {import('../passes.js').BytesRound[]} */
  const roundsAfter = [];
  // The first round settles the size of the young generation and is dropped.
  for (let round = 0; round <= effort.rounds; round++) {
    const beforeGoesFirst = round % 2 === 0;
    const first = beforeGoesFirst ? weighSlice(before, iterationsBefore, ownBytes) : weighSlice(after, iterationsAfter, ownBytes);
    const second = beforeGoesFirst ? weighSlice(after, iterationsAfter, ownBytes) : weighSlice(before, iterationsBefore, ownBytes);
    if (round === 0) continue;
    roundsBefore.push(beforeGoesFirst ? first : second);
    roundsAfter.push(beforeGoesFirst ? second : first);
  }
  return { before: roundsBefore, after: roundsAfter };
}

/**
 * @param {number} speed iterations per millisecond
 * @param {import('../passes.js').PassEffort} effort
 */
function sliceIterations(speed, effort) {
  return Math.max(leastSliceIterations, Math.ceil(speed * effort.roundMilliseconds));
}

/**
 * @param {import('./operation-loop.mjs').OperationLoop} loop
 * @param {number} iterations
 * @param {number} ownBytes
 * @returns {import('../passes.js').BytesRound}
 */
function weighSlice(loop, iterations, ownBytes) {
  const { heapBytes, externalBytes, milliseconds } = weigh(loop, iterations);
  return {
    heapBytes: (heapBytes - ownBytes) / iterations,
    externalBytes: externalBytes / iterations,
    ns: (milliseconds * 1e6) / iterations,
  };
}

/**
 * @param {import('./operation-loop.mjs').OperationLoop} loop
 * @param {number} iterations
 */
function weigh(loop, iterations) {
  const profiler = new v8.GCProfiler();
  profiler.start();
  const atStart = v8.getHeapStatistics();
  const startTime = performance.now();
  loop.run(iterations);
  const milliseconds = performance.now() - startTime;
  const atEnd = v8.getHeapStatistics();
  const collections = profiler.stop()?.statistics ?? [];
  let heapBytes = 0;
  let externalBytes = 0;
  let heapFloor = atStart.used_heap_size;
  let externalFloor = atStart.external_memory;
  for (const { beforeGC, afterGC } of collections) {
    heapBytes += beforeGC.heapStatistics.usedHeapSize - heapFloor;
    externalBytes += beforeGC.heapStatistics.externalMemory - externalFloor;
    heapFloor = afterGC.heapStatistics.usedHeapSize;
    externalFloor = afterGC.heapStatistics.externalMemory;
  }
  heapBytes += atEnd.used_heap_size - heapFloor;
  externalBytes += atEnd.external_memory - externalFloor;
  return { heapBytes, externalBytes, milliseconds };
}

/** The heap bytes that one reading costs by itself: the median of several slices of no iterations. */
function bytesOfReading() {
  const idle = { run: () => undefined };
  const readings = Array.from({ length: 9 }, () => weigh(idle, 0).heapBytes);
  readings.sort((left, right) => left - right);
  return readings[4] ?? 0;
}
