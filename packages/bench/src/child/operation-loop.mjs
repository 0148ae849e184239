/**
 * Owns the loop that runs an operation many times, and its warm-up.
 * Both passes use it, so that they measure the same machine code as far as the flags allow.
 */
import { setTimeout as delay } from 'node:timers/promises';

/**
 * @typedef {object} OperationLoop
 * @property {(iterations: number) => void} run
 */

/**
 * Makes a loop of its own for each operation: type feedback belongs to a function's source, and a shared loop would call both sides through one polymorphic call site.
 * The result goes into a sink, so that it escapes as it does in a program that uses it.
 *
 * @param {(state: unknown) => unknown} operation
 * @param {unknown} state
 * @returns {OperationLoop}
 */
export function operationLoop(operation, state) {
  const loop = new Function('operation', 'state', 'sink', 'iterations', 'for (let i = 0; i < iterations; i++) sink.result = operation(state);');
  const sink = { result: undefined };
  return { run: (iterations) => loop(operation, state, sink, iterations) };
}

/** Below this, V8 may not have reached its last tier; 3000 calls were enough for node:crypto and noble. */
const leastWarmUpIterations = 3000;

/** A slow operation is warm by time long before 3000 calls. */
const longestWarmUpFactor = 8;

/**
 * Warms all loops, lets the compiler threads deliver, and warms them again.
 * Gives the speed of each loop in iterations per millisecond.
 *
 * @param {readonly OperationLoop[]} loops
 * @param {number} milliseconds
 */
export async function warmUp(loops, milliseconds) {
  for (const loop of loops) warmFor(loop, milliseconds, leastWarmUpIterations);
  // Optimized code is compiled on other threads and installed when the main thread yields; the wait only improves the figures, nothing relies on it.
  await delay(20);
  return loops.map((loop) => warmFor(loop, milliseconds / 2, leastWarmUpIterations));
}

/**
 * Runs a loop for a time and gives its speed in iterations per millisecond.
 *
 * @param {OperationLoop} loop
 * @param {number} milliseconds
 * @param {number} leastIterations
 */
export function warmFor(loop, milliseconds, leastIterations) {
  let batch = 1;
  let iterations = 0;
  const start = performance.now();
  for (;;) {
    loop.run(batch);
    iterations += batch;
    const elapsed = performance.now() - start;
    const isWarm = elapsed >= milliseconds && iterations >= leastIterations;
    const tookLongEnough = elapsed >= milliseconds * longestWarmUpFactor;
    if (isWarm || tookLongEnough) return iterations / elapsed;
    if (elapsed < milliseconds / 10) batch *= 2;
  }
}
