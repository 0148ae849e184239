/**
 * What the model answers to the other layers. `catalog.ts` builds it once from the families.
 */
import type { ByteNames } from './byte-names.js';
import type { ModelClass, ModelRow } from './row.js';

export interface Catalog {
  /** Version of the model's content, part of every summary key. */
  readonly version: string;
  /** Rows of an api by its full name, in order; empty when unknown. */
  rows(api: string): readonly ModelRow[];
  /** The class by name, or null. */
  class(name: string): ModelClass | null;
  /** The api name of a method on a class, following `extends`: `('Buffer', 'slice')` -> `Buffer.prototype.slice`; null when no row exists. */
  method(className: string, member: string): string | null;
  /** The api name of an import: `('crypto', 'createHash')` -> `node:crypto#createHash`; null when no row exists. Also for members of a namespace or default import. */
  imported(specifier: string, name: string): string | null;
  /** The class that a declared type denotes: `('Hash', 'node:crypto')`; null when unknown. */
  declaredClass(name: string, from: string): ModelClass | null;
  /** The api name of a global function, static or constructor: `Buffer.from`, `new Uint8Array`, `structuredClone`; null when no row exists. */
  global(name: string): string | null;
  /** The name that rows would have for an object or function, whether or not there are any: `node:buffer#Buffer.prototype` -> `Buffer.prototype`. */
  denotes(api: string): string;
  /** What rows and aliases begin with: `Buffer`, `Object`, `require`, and `node:crypto#` for modules. */
  readonly heads: ReadonlySet<string>;
  readonly members: ReadonlySet<string>;
  readonly callees: ReadonlySet<string>;
  readonly bytes: ByteNames;
  /** Whether a declared type is one of bytes, or of what takes and gives bytes: `('Hash', 'node:crypto')`. */
  declaresBytes(name: string, from: string): boolean;
}
