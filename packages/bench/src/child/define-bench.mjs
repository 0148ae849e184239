/**
 * Owns the one function that a bench file imports.
 * It is plain JavaScript, because the child process loads it on stock Node from the sources as well as from the build.
 */

/**
 * States a before/after comparison; returns it unchanged, with its state type inferred from `setup` and the results' types from both sides.
 *
 * @template State
 * @template Before
 * @template After
 * @param {import('../bench-case.js').BenchCase<State, Before, After>} benchCase
 * @returns {import('../bench-case.js').BenchCase<State, Before, After>}
 */
export function defineBench(benchCase) {
  return benchCase;
}
