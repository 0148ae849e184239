/** What one operation was measured to allocate on one Node: the raw material of runtime profiles. The figures are data files in `profiles/`, written by the meter. */

/** An amount that never varied, or the least and the largest over several processes. */
export type MeasuredAmount = number | readonly [low: number, high: number];

export interface MeasuredOperation {
  /** V8 objects. */
  readonly objects: MeasuredAmount;
  /** Bytes on the V8 heap. */
  readonly heapBytes: MeasuredAmount;
  /** Bytes of array buffers outside of it. */
  readonly externalBytes: MeasuredAmount;
  /** Nanoseconds of the fastest round. Used to compare two ways to one result, never reported. */
  readonly ns: number;
}

/** By the name of the operation. */
export type MeasuredOperations = Readonly<Record<string, MeasuredOperation>>;
