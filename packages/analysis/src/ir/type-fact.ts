/**
 * What a type oracle says of one expression, as plain data: the names of the constituents of its type.
 * The oracle (in `lower/`) makes these; `flow/` decides what they prove. A fact never says more than the declared type does:
 * a declared `Uint8Array` admits a Buffer, a subclass, and shared memory.
 */

/** One constituent of a type, after widening literals and resolving aliases. */
export interface TypeName {
  /**
   * Name of the class, interface or primitive: `Uint8Array`, `Buffer`, `Hash`, `string`, `number`, `function`.
   * A TypeScript `enum` is `number` or `string`; a type parameter is its constraint.
   */
  readonly name: string;
  /**
   * Where it is declared: `es` (the standard library's lib files, and names that a syntax-only oracle takes for global),
   * `primitive`, `node:crypto` (an ambient module), a package's name (`@noble/hashes`), or `./path` relative files of the program as an absolute path with `/`.
   */
  readonly from: string;
  /** Names of type arguments, when they matter: `Uint8Array<ArrayBuffer>` has `['ArrayBuffer']`; array types have their element. */
  readonly arguments?: readonly string[];
}

export interface TypeFact {
  /** True for `any`, `unknown`, an unresolved name, an unconstrained type parameter: nothing is known beyond `names`. */
  readonly any: boolean;
  /** True when null or undefined is among the constituents. */
  readonly nullable: boolean;
  readonly names: readonly TypeName[];
}
