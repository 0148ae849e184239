/**
 * What travels between the parent and a child process: the request of one pass and its raw answer.
 * Raw answers keep every round, so that a reader of several optimization states can be added without a new protocol.
 */

/** The two sides of a case. */
export type Side = 'before' | 'after';

/** One case at one size. */
export interface CaseIdentity {
  readonly case: string;
  /** Bytes. */
  readonly size: number;
}

/** How long a pass warms up and measures; all times in milliseconds. */
export interface PassEffort {
  readonly warmUpMilliseconds: number;
  readonly rounds: number;
  readonly roundMilliseconds: number;
}

export type PassRequest =
  /** Lists the cases of a file and compares the results of both sides. */
  | { readonly pass: 'inspect'; readonly file: string; readonly caseNames: readonly string[] | undefined }
  /** Weighs heap and external bytes and takes the time, on stock flags. */
  | { readonly pass: 'bytes'; readonly file: string; readonly identity: CaseIdentity; readonly effort: PassEffort }
  /** Counts objects by sampling every allocation. */
  | { readonly pass: 'counts'; readonly file: string; readonly identity: CaseIdentity; readonly effort: PassEffort };

/** The answer to `inspect`: the cases that may be measured, and a sentence for each that may not. */
export interface InspectAnswer {
  readonly cases: readonly CaseIdentity[];
  readonly problems: readonly string[];
}

/** One timed slice of one side; all figures per operation. */
export interface BytesRound {
  readonly heapBytes: number;
  readonly externalBytes: number;
  readonly ns: number;
}

export interface BytesAnswer {
  readonly before: readonly BytesRound[];
  readonly after: readonly BytesRound[];
}

/** One counted slice of one side; all figures per operation. */
export interface CountsRound {
  readonly objects: number;
  /** Bytes as the sampler states them, which is 16 too many per typed array that lives on the heap. */
  readonly sampledBytes: number;
  /** Objects whose sampled size is that of an over-stated header, so the most that the 16 bytes can be owed. */
  readonly overstatedHeaders: number;
}

export interface CountsAnswer {
  readonly before: readonly CountsRound[];
  readonly after: readonly CountsRound[];
}

/** What a child sends back over its channel, once. */
export type PassReply<Answer> = { readonly answer: Answer } | { readonly failure: string };
