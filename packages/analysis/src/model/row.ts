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
 * - `{items: p}`: its `length` in elements: of an array, a typed array (not its bytes), a string (UTF-16 units), or the number of arguments of `{rest: n}`;
 * - `{range: [p, start, end]}`: clamped `end - start` over the elements of `p`, as `slice` and `subarray` do (negative indexes from the end; a missing end is the length);
 *   in elements, so rows of wider typed arrays scale it; a string counts in UTF-16 units;
 * - `{elements: p}`: sum of the byte lengths of an array's elements;
 * - `{lookup: p, table}`: the number that `table` has for the constant text at `p` (lower-cased) or for the api name of a modelled function there, unknown otherwise;
 *   `p` may also be `{creator: q, argument: n}`: the n-th argument, or the callee, of the call that made the object at `q` (`createHash('sha256')` for `digest`);
 * - `{sum: […]}`, `{scaled: [factor, size]}`;
 * - `unknown`.
 */
export type SizeExpression =
  | number
  | { readonly length: ArgumentPath }
  | { readonly count: ArgumentPath }
  | { readonly items: ArgumentPath }
  | { readonly range: readonly [ArgumentPath, number, number] }
  | { readonly elements: ArgumentPath }
  | { readonly lookup: ArgumentPath | CreatorPath; readonly table: Readonly<Record<string, number>> }
  | { readonly sum: readonly SizeExpression[] }
  | { readonly scaled: readonly [number, SizeExpression] }
  | 'unknown';

/** An argument, or the callee, of the call that made the object at `creator`. Unknown unless that call is in sight. */
export interface CreatorPath {
  readonly creator: ArgumentPath;
  readonly argument: number | 'callee';
}

/** What a call returns. */
export type ResultModel =
  /** No bytes and no object that matters: number, boolean, undefined; `string` allocates text. */
  | { readonly kind: 'scalar' }
  /** Text; `length` in UTF-16 units. */
  | { readonly kind: 'string'; readonly length: SizeExpression }
  /**
   * New bytes that nobody else holds. `source` is set when their content is a copy of these bytes (then the call is a *copy*).
   * `class` is the class for a receiver of exactly the row's class; `followsClassOf` says that `Symbol.species` makes it the class of the bytes there instead
   * (`Uint8Array.prototype.slice.call(buffer)` is a Buffer).
   */
  | { readonly kind: 'bytes'; readonly class: string; readonly origin: 'fresh' | 'pooled'; readonly length: SizeExpression; readonly source?: ArgumentPath; readonly zeroed?: boolean; readonly followsClassOf?: ArgumentPath }
  /** A view over the backing store of `of`. `range` gives the argument indexes of start and end; `unit` is what they count. */
  | { readonly kind: 'view'; readonly class: string; readonly of: ArgumentPath; readonly range?: { readonly start: number; readonly end: number; readonly relative: 'indexes' | 'offset-and-length' }; readonly followsClassOf?: ArgumentPath }
  /** The very object that is at this path: `hash.update(x)` returns `this`. */
  | { readonly kind: 'same'; readonly as: ArgumentPath }
  /** A fresh object of a library class, with state that later calls use. */
  | { readonly kind: 'object'; readonly class: string; readonly holds?: readonly ArgumentPath[] }
  /** A fresh array. Its elements are among the things at `elementsOf` and what was put into those; `[]`: only primitives; absent: unknown, so also arguments. */
  | { readonly kind: 'array'; readonly elementsOf?: readonly ArgumentPath[]; /** The elements are pairs that hold them: `Object.entries`. */ readonly pairs?: true }
  /** Something that was put into the object at `of` before, or undefined: `map.get(k)`, `array.pop()`. Never fresh. */
  | { readonly kind: 'member'; readonly of: ArgumentPath }
  /** A promise of one of the above. */
  | { readonly kind: 'promise'; readonly of: ResultModel }
  /** A function value of the given modelled name: calling it uses the row of that name. */
  | { readonly kind: 'function'; readonly api: string }
  | { readonly kind: 'unknown' };

/**
 * Fixed cost of a call beyond its result's content, measured on Node 20; what a call costs on each major, where that was measured, is in the runtime profiles of `cost/`. It includes the headers of the result and of what the call makes inside,
 * so nothing but the result's content bytes is added to it; a row without it has the headers of its result only.
 */
export interface FixedCost {
  /** V8 objects per call, the result's own included. */
  readonly objects: number;
  /** Bytes on the V8 heap per call (headers, wrappers, working memory), without the content of the result. */
  readonly heapBytes: number;
  /** Off-heap bytes that the call makes inside, besides the result's content. Default 0. */
  readonly externalBytes?: number;
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
   * Applies when all of these conditions hold; rows of one api are tried in order, and when an argument is unknown every row that may apply must be assumed at once.
   * When no row applies, the call is an unknown one. `match.ts` decides; nobody else interprets conditions.
   */
  readonly when?: readonly ArgumentCondition[];
  readonly result: ResultModel;
  /** Bytes read during the call. Default: none. */
  readonly reads?: readonly ArgumentPath[];
  /** Bytes written during the call (also the receiver's). Default: none. */
  readonly writes?: readonly ArgumentPath[];
  /** Kept after the call by something other than the result. Default: none. A retained function may be called at any later time. */
  readonly retains?: readonly ArgumentPath[];
  /** The only keeper of what `retains` names: `map.set(k, v)` keeps `v` in `this`. Absent: something that we do not see. */
  readonly retainedBy?: ArgumentPath;
  /** Asynchronous, but these bytes are consumed before it returns. Everything else that an asynchronous call reads must stay unmodified until completion: `readsLater`. */
  readonly snapshots?: readonly ArgumentPath[];
  readonly readsLater?: readonly ArgumentPath[];
  /** Asynchronous, and written at any time before completion: `randomFill(bytes, callback)`. */
  readonly writesLater?: readonly ArgumentPath[];
  /**
   * Functions among the arguments that the call runs before it returns, or objects whose own code it runs (an iterator, `toJSON`, a Proxy).
   * They receive whatever the receiver and the other arguments reach: `bytes.forEach(f)` gives `f` the bytes themselves.
   */
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
  /** Said by the project and executed by nobody (`user-row.ts`): what rests on it lists that as an assumption. */
  readonly stated?: true;
  /** Source: documentation page, RFC section, measurement. */
  readonly note?: string;
}

/** One condition on one argument. */
export interface ArgumentCondition {
  readonly argument: number;
  readonly is: readonly ArgumentClass[];
  /** With `is: ['string']`: only these constant texts. A text that is not known may be one of them. */
  readonly values?: readonly string[];
}

/**
 * A total classification of run-time values: `number` (also bigint and boolean), `string`, `bytes` (typed arrays, Buffer, DataView), `buffer` (ArrayBuffer, SharedArrayBuffer),
 * `array`, `function`, `absent` (missing or undefined), `object` (everything else, also null and symbols).
 */
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
 * An executable check: `setup` are statements, `call` is one expression that is the row's call.
 * `setup` may use `await load(specifier)` for modules, `await temporaryFile()` for a path, `spy(f)` for functions whose being called is checked against `calls`,
 * `deferred()` for `{done, settle}`, a promise and the callback that settles it, and `occupyThreads()`, after which asynchronous work of the thread pool starts only when the call has returned.
 * `inputs` give, per argument path (`this`, `0`, `0[]` for elements, `1...` for a rest, `2.key` for a property), an expression over the variables of `setup`:
 * bytes, a list of bytes, or the number that a size depends on. The test looks at identity of `.buffer`, mutates inputs before and after, and compares.
 */
export interface Exercise {
  readonly setup: string;
  readonly call: string;
  readonly inputs: Readonly<Record<string, string>>;
  /** An expression (it may await) that shows, after the call, what the call did besides its result: `hash.digest('hex')` after `hash.update(x)`. */
  readonly observe?: string;
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
  /**
   * Other names of the same thing, by prefix up to a dot: `node:buffer#Buffer` denotes `Buffer`, so `node:buffer#Buffer.from` is `Buffer.from`.
   * A name that starts with `new ` follows its class.
   */
  readonly aliases?: Readonly<Record<string, string>>;
}
