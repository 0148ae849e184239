/**
 * The glossary: one word per idea, used by code, docs and messages alike, and the effect vocabulary of model rows and summaries.
 *
 * - *bytes*: the content of an ArrayBuffer or SharedArrayBuffer. *Backing store*: the buffer that holds them.
 * - *view*: a typed array, Buffer or DataView over a backing store that something else may also see.
 * - *copy*: a value with a backing store of its own, filled from a *source*.
 * - *fresh*: nobody else holds a reference to the backing store. *Exact*: the store has no byte that the value does not show. *Pooled*: the store is Node's shared slab.
 * - *sink*: a callee that reads bytes during the call and keeps nothing. *Snapshot*: an asynchronous callee that copies its input before it returns.
 * - *retain*: keep a reference after the call. *Escape*: become reachable for code that we do not see.
 * - *wipe*: overwrite because the content is secret.
 * - *suspension point*: where other code may run before the next instruction (await, yield, a callback).
 * - *obligation*: a statement that must hold for advice to be right; *witness*: the evidence for or against it.
 * - *hot*: reached per message from a root. *Cold*: throw paths, module top level, construction.
 */

/** Number of bytes as a polynomial with non-negative terms, symbolic in lengths. Printed `3*plaintext.length + 412`. */
export interface Size {
  /** Constant part. May be negative only as the result of a difference. */
  readonly constant: number;
  /** Coefficients per symbol, for example `{'plaintext.length': 1}`; symbols are source texts or `#n` for unknown amounts. */
  readonly terms: Readonly<Record<string, number>>;
  /** True when the amount has a part that no symbol expresses; then the rest is a lower bound. */
  readonly unknown: boolean;
}

/** Whether bytes are shared, and how a value came to hold them. */
export type Origin =
  /** Own exact backing store, nobody else holds it: `new Uint8Array(n)`, `hash.digest()`. */
  | 'fresh'
  /** Own bytes inside Node's pool slab: `Buffer.from(string)`, `Buffer.concat`. */
  | 'pooled'
  /** Comes in from outside: parameter, field, unknown callee. */
  | 'foreign'
  /** `memory.buffer` of WebAssembly: may be detached by growth. */
  | 'wasm'
  /** SharedArrayBuffer: another agent may write at any time. */
  | 'shared'
  | 'unknown';
