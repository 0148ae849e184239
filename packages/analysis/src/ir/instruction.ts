/**
 * The instruction set of the IR: what one step of a function does, as data.
 * Every instruction has an id, unique in its function, which names the value that it computes; operands are such ids.
 * Variables are mutable cells; values are computed once.
 * The semantics are executable (the interpreter in `testkit` runs them and must agree with Node), so evaluation order is explicit:
 * instructions of a block run in order, a terminator decides where to go next, and a throwing instruction goes to the block's handler.
 * Control flow belongs to `function.ts`; what library calls do belongs to `model/`.
 */

/** Index of an instruction in its function; also the name of the value that it computes. Printed `%7`. */
export type ValueId = number;

/** Index of a block in `FunctionIr.blocks`. Printed `b3`. */
export type BlockId = number;

/** Index of a function in `ModuleIr.functions`; 0 is the module's top level. Printed `f2`. */
export type FunctionId = number;

/**
 * A variable cell: the function that declares it and the index in that function's `variables`.
 * An access whose `function` is not the current function goes through the closure. Printed `key` or `^f1.key`.
 */
export interface VariableRef {
  readonly function: FunctionId;
  readonly slot: number;
}

/** A literal. `bigint` values are kept as decimal text so that the IR stays JSON. */
export type Literal =
  | { readonly kind: 'undefined' }
  | { readonly kind: 'null' }
  | { readonly kind: 'boolean'; readonly value: boolean }
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'string'; readonly value: string }
  | { readonly kind: 'bigint'; readonly value: string };

/**
 * How a property is named.
 * - `name`: a fixed string key, `o.slice` or `o['slice']`.
 * - `private`: `o.#key`; `class` is the id of the class's declaring instruction scope, unique per module, so that two classes' `#x` differ.
 * - `computed`: `o[k]`; the key is a value (number, string or symbol at run time).
 */
export type Key =
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'private'; readonly name: string; readonly scope: number }
  | { readonly kind: 'computed'; readonly value: ValueId };

/** A call argument or array element; `spread` means that `value` is the result of a `spread` instruction. */
export interface Argument {
  readonly value: ValueId;
  readonly spread: boolean;
}

/**
 * `to-numeric`, `to-string` and `to-property-key` are the coercions that the language performs without a token.
 * `increment` and `decrement` add or subtract 1 (or 1n) from an operand that is numeric already: `x++` is load, `to-numeric`, `increment`, store.
 */
export type UnaryOperator = '-' | '+' | '!' | '~' | 'typeof' | 'void' | 'to-numeric' | 'to-string' | 'to-property-key' | 'increment' | 'decrement';

export type BinaryOperator =
  | '+' | '-' | '*' | '/' | '%' | '**' | '<<' | '>>' | '>>>' | '&' | '|' | '^'
  | '<' | '<=' | '>' | '>=' | '==' | '!=' | '===' | '!==' | 'in' | 'instanceof';

/** One member of a class body, after its computed keys were evaluated. */
export interface ClassMember {
  readonly kind: 'method' | 'getter' | 'setter';
  readonly static: boolean;
  readonly key: Key;
  readonly function: FunctionId;
}

interface Base {
  readonly id: ValueId;
}

/* ---- values out of nothing ---- */

/** A literal: `42`, `'label'`, `null`. */
export interface Constant extends Base { readonly op: 'constant'; readonly value: Literal }
/** The n-th incoming argument, `undefined` when absent. Defaults and destructuring are instructions after it. */
export interface Parameter extends Base { readonly op: 'parameter'; readonly index: number }
/** A fresh array of the incoming arguments from `from` on: `...rest`. */
export interface RestParameter extends Base { readonly op: 'rest-parameter'; readonly from: number }
/** `this`. In an arrow function it is the one of the nearest enclosing non-arrow function. In a derived constructor it throws before `super()`. */
export interface This extends Base { readonly op: 'this' }
/**
 * The `arguments` object, one per call. In an arrow function it is the one of the nearest enclosing non-arrow function, as are `new.target` and `super`.
 * In a sloppy function whose parameters are all plain names, its elements and the parameters' cells are the same storage: a write to one is a write to the other.
 */
export interface ArgumentsObject extends Base { readonly op: 'arguments' }
/** `new.target`. */
export interface NewTarget extends Base { readonly op: 'new-target' }
/** `import.meta`. */
export interface ImportMeta extends Base { readonly op: 'import-meta' }
/** A regular expression literal; a fresh object each time it is evaluated. */
export interface RegularExpression extends Base { readonly op: 'regexp'; readonly pattern: string; readonly flags: string }
/** The frozen strings array of a tagged template; one object per site, the same on each evaluation. */
export interface TemplateObject extends Base { readonly op: 'template-object'; readonly cooked: readonly (string | null)[]; readonly raw: readonly string[] }
/** A function object over the current cells of its captured variables: `function () {}`, `() => x`, a class's method outside a class body. */
export interface Closure extends Base { readonly op: 'closure'; readonly function: FunctionId }
/** The exception, at the first instruction of a handler block; also the value given to `generator.return(v)` at the first instruction of a generator-return block. */
export interface Caught extends Base { readonly op: 'caught' }

/* ---- variables ---- */

/**
 * Makes a fresh cell for a variable: `let x;` per entry of its scope. `dead` reads throw until a store with `initialize`.
 * Every cell of a function exists from its entry and holds `undefined`; so parameters, `var`s, functions hoisted to function level and synthetic cells need no `declare`.
 */
export interface Declare extends Base { readonly op: 'declare'; readonly variable: VariableRef; readonly state: 'dead' | 'undefined' }
/** Replaces a cell by a fresh one with the same content: the per-iteration copy of `for (let i = 0; …)`. */
export interface Freshen extends Base { readonly op: 'freshen'; readonly variable: VariableRef }
/** Reads a variable; throws ReferenceError while the cell is dead. */
export interface Load extends Base { readonly op: 'load'; readonly variable: VariableRef }
/** Writes a variable. `initialize` ends the dead zone; a plain store to a dead cell or a const throws. Its value is the stored value. */
export interface Store extends Base { readonly op: 'store'; readonly variable: VariableRef; readonly value: ValueId; readonly initialize: boolean }
/** Reads an unresolved name from the global object; throws ReferenceError when missing, unless `guarded` (`typeof name`). `require`, `module`, `exports` and `Buffer` are such names. */
export interface Global extends Base { readonly op: 'global'; readonly name: string; readonly guarded: boolean }
/** Writes an unresolved name. */
export interface StoreGlobal extends Base { readonly op: 'store-global'; readonly name: string; readonly value: ValueId }
/** Reads a live import binding: `name` is the exported name, `default`, or `*` for the namespace object. */
export interface Import extends Base { readonly op: 'import'; readonly specifier: string; readonly name: string }

/* ---- properties ---- */

/** `o.k`, `o[k]`, `o.#k`. May run a getter or a Proxy trap. */
export interface Get extends Base { readonly op: 'get'; readonly object: ValueId; readonly key: Key }
/** `o.k = v`. May run a setter or a Proxy trap. Its value is `value`. */
export interface Set extends Base { readonly op: 'set'; readonly object: ValueId; readonly key: Key; readonly value: ValueId }
/** `delete o.k`. */
export interface Delete extends Base { readonly op: 'delete'; readonly object: ValueId; readonly key: Key }
/** `#k in o`. */
export interface HasPrivate extends Base { readonly op: 'has-private'; readonly object: ValueId; readonly name: string; readonly scope: number }
/** `super.k` and `super[k]`, with the current `this` as receiver. */
export interface SuperGet extends Base { readonly op: 'super-get'; readonly key: Key }
/** `super.k = v`. */
export interface SuperSet extends Base { readonly op: 'super-set'; readonly key: Key; readonly value: ValueId }

/* ---- operators ---- */

/** A unary operator; `to-numeric`, `to-string` and `to-property-key` are the coercions that the language performs without a token. */
export interface Unary extends Base { readonly op: 'unary'; readonly operator: UnaryOperator; readonly operand: ValueId }
export interface Binary extends Base { readonly op: 'binary'; readonly operator: BinaryOperator; readonly left: ValueId; readonly right: ValueId }
/** `a${x}b`: alternating text and values; `values` are already strings (`to-string`) where order matters. `texts.length === values.length + 1`. */
export interface Template extends Base { readonly op: 'template'; readonly texts: readonly string[]; readonly values: readonly ValueId[] }

/* ---- objects ---- */

/** `{}`: a fresh empty object that following `define` and `copy-properties` instructions fill. */
export interface NewObject extends Base { readonly op: 'object' }
/** Defines an own property: `{k: v}`, `{get k() {}}`, a class field. `proto` is `{__proto__: v}`. */
export interface Define extends Base { readonly op: 'define'; readonly object: ValueId; readonly key: Key; readonly value: ValueId; readonly kind: 'value' | 'getter' | 'setter' | 'proto' }
/** Copies own enumerable properties except `excluded`: `{...s}` into `object`, or `{a, ...rest} = s` into a fresh one when `object` is null. */
export interface CopyProperties extends Base { readonly op: 'copy-properties'; readonly object: ValueId | null; readonly source: ValueId; readonly excluded: readonly Key[] }
/** `[a, , ...b]`: a fresh array; `null` is a hole. */
export interface NewArray extends Base { readonly op: 'array'; readonly elements: readonly (Argument | null)[] }
/** Runs an iterable to its end, into a list that only `spread` arguments consume: the `...x` of calls and arrays, at its place in evaluation order. */
export interface Spread extends Base { readonly op: 'spread'; readonly iterable: ValueId }
/**
 * A class. Computed keys are already evaluated; `construct` is null for the implicit constructor.
 * `instanceInitializer` defines the fields on `this` (right after `super()` in a derived class, at the start otherwise);
 * `staticInitializer` runs static fields and blocks in order with `this` = the class, and is called by this instruction.
 */
export interface NewClass extends Base {
  readonly op: 'class';
  readonly name: string;
  readonly extends: ValueId | null;
  readonly construct: FunctionId | null;
  readonly members: readonly ClassMember[];
  readonly instanceInitializer: FunctionId | null;
  readonly staticInitializer: FunctionId | null;
  /** The cell of the class's inner name binding, initialized before the static initializer runs. */
  readonly binding: VariableRef | null;
}

/* ---- calls ---- */

/** `f(a)`, `o.m(a)` (then `receiver` is `o` and `callee` the result of the `get` on it). */
export interface Call extends Base { readonly op: 'call'; readonly callee: ValueId; readonly receiver: ValueId | null; readonly arguments: readonly Argument[] }
/** `new C(a)`. */
export interface New extends Base { readonly op: 'new'; readonly callee: ValueId; readonly arguments: readonly Argument[] }
/** `super(a)`: binds `this`, then runs the class's instance initializer. */
export interface SuperCall extends Base { readonly op: 'super-call'; readonly arguments: readonly Argument[] }
/** `import(x)`. */
export interface DynamicImport extends Base { readonly op: 'dynamic-import'; readonly specifier: ValueId }

/* ---- iteration ---- */

/** Calls `[Symbol.iterator]` or `[Symbol.asyncIterator]` and holds the record. */
export interface Iterator extends Base { readonly op: 'iterator'; readonly iterable: ValueId; readonly async: boolean }
/** Enumerates the string keys of `for (k in o)`, as an iterator record. */
export interface EnumerateKeys extends Base { readonly op: 'enumerate-keys'; readonly object: ValueId }
/** Calls `next()` with no argument; its value is the result object (a promise in async iteration: an `await` follows, and the awaited value is the `result` of the next two). */
export interface IteratorNext extends Base { readonly op: 'iterator-next'; readonly iterator: ValueId }
/** `result.done` as a boolean; throws TypeError when `result` is not an object. */
export interface IteratorDone extends Base { readonly op: 'iterator-done'; readonly result: ValueId }
/** `result.value`. */
export interface IteratorValue extends Base { readonly op: 'iterator-value'; readonly result: ValueId }
/** Calls `return()` if there is one; its value is the call's result (`undefined` without one), awaited by a following `await` in async iteration. `suppress`: errors of the close are ignored because another throw is under way. */
export interface IteratorClose extends Base { readonly op: 'iterator-close'; readonly iterator: ValueId; readonly suppress: boolean }

/* ---- suspension ---- */

/** Suspends until the promise settles; anything reachable by others may change meanwhile. */
export interface Await extends Base { readonly op: 'await'; readonly value: ValueId }
/**
 * Suspends the generator; resumes with a value, with a throw, or with a return (see `Block.generatorReturn`).
 * In an async generator an `await` of the operand precedes it, as it precedes `return`; what the consumer gives to `return(v)` is awaited by this instruction
 * (a rejection is thrown here), so a generator-return block has it already.
 */
export interface Yield extends Base { readonly op: 'yield'; readonly value: ValueId }
/**
 * The end of a generator's parameter list: the call returns the generator object here, and the first `next()` goes on behind it.
 * `function* g(a = f()) { … }` runs `f` during the call.
 */
export interface GeneratorStart extends Base { readonly op: 'generator-start' }
/** `yield* x`. */
export interface YieldStar extends Base { readonly op: 'yield-star'; readonly iterable: ValueId }

/* ---- the rest ---- */

/** Throws TypeError for null and undefined: the check before object destructuring. Its value is `value`. */
export interface RequireObject extends Base { readonly op: 'require-object'; readonly value: ValueId }
/** Throws: an assignment to a const, a dead name. `error` is the constructor's name. */
export interface ThrowError extends Base { readonly op: 'throw-error'; readonly error: 'TypeError' | 'ReferenceError' | 'SyntaxError'; readonly message: string }
/**
 * A form that the lowering does not understand. It may read, write, keep and call everything that `operands` reach and,
 * with `captures: 'all'`, every variable in scope. Counted: reports print the share of expressions that were understood.
 */
export interface Opaque extends Base { readonly op: 'opaque'; readonly reason: string; readonly operands: readonly ValueId[]; readonly captures: 'none' | 'all' }

export type Instruction =
  | Constant | Parameter | RestParameter | This | ArgumentsObject | NewTarget | ImportMeta | RegularExpression | TemplateObject | Closure | Caught
  | Declare | Freshen | Load | Store | Global | StoreGlobal | Import
  | Get | Set | Delete | HasPrivate | SuperGet | SuperSet
  | Unary | Binary | Template
  | NewObject | Define | CopyProperties | NewArray | Spread | NewClass
  | Call | New | SuperCall | DynamicImport
  | Iterator | EnumerateKeys | IteratorNext | IteratorDone | IteratorValue | IteratorClose
  | Await | Yield | GeneratorStart | YieldStar
  | RequireObject | ThrowError | Opaque;

export type Operation = Instruction['op'];
