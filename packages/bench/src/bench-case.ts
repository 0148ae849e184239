/**
 * The shape of a before/after comparison, as a rule's `bench.ts` default-exports it.
 * Only types live here; the child process that runs a case validates what a file really exports.
 */

/**
 * Two ways to get one result, compared per operation.
 *
 * `setup` runs once per side and per process, so that neither side sees what the other wrote.
 * It must be deterministic: the passes that count objects, weigh bytes and take the time run in different processes and have to do the same work.
 * `before` and `after` are synchronous; their results are compared three times in a row before anything is measured.
 */
export interface BenchCase<State, Before = unknown, After = unknown> {
  /** A name unique in its file. */
  readonly name: string;
  /** The size of the subject in bytes, or several; the case is measured at each. */
  readonly size: number | readonly number[];
  /** Builds what one side works on. */
  setup(size: number): State;
  /** The wasteful form: one operation. */
  before(state: State): Before;
  /** The mended form: one operation. */
  after(state: State): After;
  /** Replaces the deep comparison of bytes, for results that are equal in another sense. */
  equal?(before: Before, after: After): boolean;
}

/** A case whose state type was already checked by `defineBench`. */
export interface AnyBenchCase {
  readonly name: string;
  readonly size: number | readonly number[];
  setup(size: number): unknown;
  before(state: never): unknown;
  after(state: never): unknown;
  equal?(before: never, after: never): boolean;
}

/** What the default export of a bench file may be. */
export type BenchFileExport = AnyBenchCase | readonly AnyBenchCase[];
