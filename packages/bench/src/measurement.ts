/**
 * The figures of a measured case, as every host shows them.
 */

/** What one operation costs; all figures are per operation. */
export interface OperationCost {
  /** Objects on the JS heap, two decimals; fractions are real where an operation allocates now and then (a slab, a growing list). */
  readonly objects: number;
  /** Bytes on the JS heap, one decimal. */
  readonly heapBytes: number;
  /** Bytes of array buffers outside the JS heap, one decimal. */
  readonly externalBytes: number;
  /** Nanoseconds, the fastest round, with about 3 ns of the loop itself. */
  readonly ns: number;
}

export interface CaseMeasurement {
  readonly case: string;
  /** Bytes. */
  readonly size: number;
  /** The Node that ran it, as `v20.20.2`. */
  readonly node: string;
  readonly before: OperationCost;
  readonly after: OperationCost;
  /** Time of `after` by time of `before`, the median over interleaved rounds; it never decides anything. */
  readonly timeRatio: number;
  /** False when repeated runs did not agree within the stated bounds; `notes` says which figure and by how much. */
  readonly stable: boolean;
  readonly notes: readonly string[];
}
