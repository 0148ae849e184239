/**
 * The vocabulary of model rows: what one library call allocates, copies, views, reads, writes, retains and snapshots, as typed data.
 * One file per API family (`ecmascript.model.ts`, `buffer.model.ts` …) holds the rows; `catalog.ts` indexes them.
 * A row only ever narrows the unknown call, which may write, keep and return anything that it can reach.
 * Every row that can run says how (`exercise`), and a test executes it against the running Node; a wrong row fails.
 */

/** Names an argument or the receiver of a call, or bytes reached through one. */
export type ArgumentPath =
  | 'this'
  /** `argument 0`, counted from 0. */
  | number
  /** Every argument from the given one on. */
  | { readonly rest: number }
  /** The elements of an array argument: `Buffer.concat(list)` reads `{elementsOf: 0}`. */
  | { readonly elementsOf: ArgumentPath }
  /** A property of an options argument: `{property: 'key', of: 2}`. */
  | { readonly property: string; readonly of: ArgumentPath };

/**
 * A symbolic length in terms of the call. Evaluated by `cost/` with what is known of the arguments.
 * - a number: constant;
 * - `{length: p}`: byte length of the bytes at `p` (of a string: its UTF-8 length);
 * - `{count: p}`: the numeric value of argument `p`;
 * - `{range: [p, start, end]}`: clamped `end - start` over the bytes at `p`, as `slice` and `subarray` do (negative indexes from the end; a missing end is the length);
 * - `{elements: p}`: sum of the byte lengths of an array's elements;
 * - `{sum: […]}`, `{scaled: [factor, size]}`;
 * - `unknown`.
 */
export type SizeExpression =
  | number
  | { readonly length: ArgumentPath }
  | { readonly count: ArgumentPath }
  | { readonly range: readonly [ArgumentPath, number, number] }
  | { readonly elements: ArgumentPath }
  | { readonly sum: readonly SizeExpression[] }
  | { readonly scaled: readonly [number, SizeExpression] }
  | 'unknown';

/** What a call returns. */
export type ResultModel =
  /** No bytes and no object that matters: number, boolean, undefined; `string` allocates text. */
  | { readonly kind: 'scalar' }
  | { readonly kind: 'string'; readonly length: SizeExpression }
  /** New bytes that nobody else holds. `source` is set when their content is a copy of these bytes (then the call is a *copy*). */
  | { readonly kind: 'bytes'; readonly class: string; readonly origin: 'fresh' | 'pooled'; readonly length: SizeExpression; readonly source?: ArgumentPath; readonly zeroed?: boolean }
  /** A view over the backing store of `of`. `range` gives the argument indexes of start and end; `unit` is what they count. */
  | { readonly kind: 'view'; readonly class: string; readonly of: ArgumentPath; readonly range?: { readonly start: number; readonly end: number; readonly relative: 'indexes' | 'offset-and-length' } }
  /** The very object that is at this path: `hash.update(x)` returns `this`. */
  | { readonly kind: 'same'; readonly as: ArgumentPath }
  /** A fresh object of a library class, with state that later calls use. */
  | { readonly kind: 'object'; readonly class: string; readonly holds?: readonly ArgumentPath[] }
  /** A fresh array of unknown things. */
  | { readonly kind: 'array' }
  /** A promise of one of the above. */
  | { readonly kind: 'promise'; readonly of: ResultModel }
  /** A function value of the given modelled name: calling it uses the row of that name. */
  | { readonly kind: 'function'; readonly api: string }
  | { readonly kind: 'unknown' };

/** Fixed cost of a call beyond its result's bytes, measured; per Node major where it differs. */
export interface FixedCost {
  /** V8 objects per call, result included. */
  readonly objects: number;
  /** Bytes on the V8 heap per call for the fixed part (headers, wrappers), without the result's bytes. */
  readonly heapBytes: number;
  /** Native calls or handles made. */
  readonly nativeCalls?: number;
}

export interface ModelRow {
  /**
   * Full name, unique:
   * - `Uint8Array.prototype.slice`: a method, found by the class of the receiver;
   * - `Buffer.from`: a static of a global; `new Uint8Array`: a constructor; `structuredClone`: a global function;
   * - `node:crypto#createHash`, `@noble/hashes/sha2#sha256`: an export of a module (specifiers normalized by `catalog.ts`: `crypto` = `node:crypto`, a trailing `.js` dropped).
   * - `node:crypto#Hash.prototype.update`: a method of a library class.
   */
  readonly api: string;
  /** The JavaScript signature, quoted from the documentation. */
  readonly signature: string;
  /**
   * Applies when the argument has one of these classes (`number`, `string`, `bytes`, `buffer` for ArrayBuffer or SharedArrayBuffer, `array`, `object`, `absent`);
   * rows of one api are tried in order, and when an argument's class is unknown every row that it could be must be assumed at once.
   */
  readonly when?: { readonly argument: number; readonly is: readonly ArgumentClass[] };
  readonly result: ResultModel;
  /** Bytes read during the call. Default: none. */
  readonly reads?: readonly ArgumentPath[];
  /** Bytes written during the call (also the receiver's). Default: none. */
  readonly writes?: readonly ArgumentPath[];
  /** Kept after the call by something other than the result. Default: none. */
  readonly retains?: readonly ArgumentPath[];
  /** Asynchronous, but these bytes are consumed before it returns. Everything else that an asynchronous call reads must stay unmodified until completion: `readsLater`. */
  readonly snapshots?: readonly ArgumentPath[];
  readonly readsLater?: readonly ArgumentPath[];
  /** Functions among the arguments that the call runs before it returns. */
  readonly calls?: readonly ArgumentPath[];
  /** Fills bytes with a constant or random data: a wipe when the bytes are secret. */
  readonly wipes?: readonly ArgumentPath[];
  /** Changes the state of the receiver: two calls with equal arguments may differ (`hash.update`, `decoder.decode` with `stream`). */
  readonly stateful?: boolean;
  /** The class of an argument is observable in the outcome beyond its bytes (`JSON.stringify(bytes)`, `structuredClone`: whole backing store). */
  readonly observesClass?: readonly ArgumentPath[];
  /** Detaches or resizes the buffer. */
  readonly detaches?: readonly ArgumentPath[];
  /** The output carries or is secret material: keys, seeds, shared secrets, midstates. */
  readonly secret?: boolean;
  /** What the call is for, where rules ask: see `Role`. */
  readonly roles?: readonly Role[];
  readonly cost?: FixedCost;
  /** Runtime support when it is not everywhere. */
  readonly since?: { readonly node: string };
  /** How to run the row; absent only where it cannot run in the test process. See `Exercise`. */
  readonly exercise?: Exercise;
  /** Source: documentation page, RFC section, measurement. */
  readonly note?: string;
}

export type ArgumentClass = 'number' | 'string' | 'bytes' | 'buffer' | 'array' | 'object' | 'function' | 'absent';

/**
 * What a call is for, so that rules ask by meaning and not by name.
 * - `sync-sink`: reads bytes and keeps nothing.
 * - `hash-create`, `hash-update`, `hash-digest`, `mac-create`, `mac-oneshot`, `hash-oneshot`, `kdf-extract`, `kdf-expand`, `kdf` (extract and expand in one), `aead-create`, `aead-seal`, `aead-open`, `cipher-create`: cryptographic steps.
 * - `concat`: joins the bytes of a list. - `copy`: one source, one exact result. - `encode-text`, `decode-text`, `codec-create`: text codecs.
 * - `random-fresh`: new random bytes per call. - `output-argument`: takes an output buffer as its last argument. - `transfer`: hands a whole backing store over.
 */
export type Role =
  | 'sync-sink' | 'hash-create' | 'hash-update' | 'hash-digest' | 'hash-oneshot' | 'mac-create' | 'mac-oneshot' | 'kdf-extract' | 'kdf-expand' | 'kdf'
  | 'aead-create' | 'aead-seal' | 'aead-open' | 'cipher-create' | 'concat' | 'copy' | 'encode-text' | 'decode-text' | 'codec-create' | 'random-fresh'
  | 'output-argument' | 'transfer';

/**
 * An executable check: `setup` are statements (they may import with `await import(...)`), `call` is one expression that is the row's call.
 * `inputs` name, per argument path (`this`, `0`, …), the variable of `setup` whose bytes stand there, so that the test can look at identity of `.buffer`,
 * mutate inputs afterwards, and compare.
 */
export interface Exercise {
  readonly setup: string;
  readonly call: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** A class or namespace that rows refer to, with what is known of its instances. */
export interface ModelClass {
  /** `Uint8Array`, `Buffer`, `node:crypto#Hash`. */
  readonly name: string;
  /** `bytes`: a view over a backing store. `buffer`: ArrayBuffer, SharedArrayBuffer. `object`: anything else. */
  readonly kind: 'bytes' | 'buffer' | 'object';
  /** Class whose rows apply when this one has none: Buffer -> Uint8Array. */
  readonly extends?: string;
  /** Bytes per element for typed arrays. */
  readonly elementSize?: number;
  /** Known properties: their result when read (`buffer`, `length`, `byteLength`). */
  readonly properties?: Readonly<Record<string, ResultModel>>;
  /** Names by which a declared type denotes this class: `{name: 'Hash', from: 'crypto'}`. Empty `from` means global. */
  readonly declared?: readonly { readonly name: string; readonly from: string }[];
}

export interface ModelFamily {
  readonly name: string;
  readonly classes: readonly ModelClass[];
  readonly rows: readonly ModelRow[];
}
