/** Something that kept a named path from being analyzed: one sentence, and exit 2. */
export interface PathProblem {
  /** Absolute. */
  readonly path: string;
  /** What is wrong, without the path: `permission denied`. */
  readonly reason: string;
}
