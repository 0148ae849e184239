/** The protocol between the executor, which is a host generator per frame, and the drivers that own promises and generator objects. */

/** Why a frame paused. */
export type Suspension =
  /** The parameters of a generator are bound: the call answers with the generator object. */
  | { readonly kind: 'start' }
  /** Resume when the promise settled. */
  | { readonly kind: 'await'; readonly value: unknown }
  /** Hand `{value, done: false}` to the consumer of the generator. */
  | { readonly kind: 'yield'; readonly value: unknown }
  /** Hand this result object of an inner iterator on as it is (`yield*` of a sync generator does not rewrap). */
  | { readonly kind: 'delegate'; readonly result: object };

/** How a frame goes on. */
export interface Resumption {
  readonly kind: 'next' | 'throw' | 'return';
  readonly value: unknown;
}

/** A frame in execution: its completion value, or an exception, ends it. The argument of the first `next` is ignored. */
export type Execution = Generator<Suspension, unknown, Resumption>;

export const started: Resumption = { kind: 'next', value: undefined };

/** Inside a frame: awaits a value; throws what it was rejected with. */
export function* awaitValue(value: unknown): Generator<Suspension, unknown, Resumption> {
  const resumption = yield { kind: 'await', value };
  if (resumption.kind === 'throw') throw resumption.value;
  return resumption.value;
}

/** Inside a frame of an async generator: a `return` request awaits its operand before it takes effect (ECMA-262, AsyncGeneratorUnwrapYieldResumption). */
export function* unwrapAsyncReturn(resumption: Resumption): Generator<Suspension, Resumption, Resumption> {
  if (resumption.kind !== 'return') return resumption;
  try {
    return { kind: 'return', value: yield* awaitValue(resumption.value) };
  } catch (error) {
    return { kind: 'throw', value: error };
  }
}
