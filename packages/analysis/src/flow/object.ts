/**
 * Abstract objects: what values may refer to while one function runs. An allocation site stands for all objects made there;
 * everything that comes in from outside is foreign and may be the same as any other foreign thing.
 */
import type { Origin } from '../ir/effects.js';
import type { FunctionId, ValueId, VariableRef } from '../ir/instruction.js';
import type { ClassKnowledge } from './value-class.js';

export type ObjectId = number;

export type ObjectSource =
  /** Made by this instruction: literals, `new`, calls whose result is fresh. */
  | { readonly kind: 'allocation'; readonly site: ValueId }
  /** A function object of this module. */
  | { readonly kind: 'closure'; readonly site: ValueId; readonly function: FunctionId }
  | { readonly kind: 'parameter'; readonly index: number }
  | { readonly kind: 'this' }
  /** The content of a cell of an enclosing function, or of one that other functions write. */
  | { readonly kind: 'captured'; readonly variable: VariableRef }
  /** `Buffer`, `Buffer.from`, `crypto.subtle`: a global or what its members are. */
  | { readonly kind: 'global'; readonly path: string }
  /** An import and its members: specifier and member path; `*` is the namespace. */
  | { readonly kind: 'import'; readonly specifier: string; readonly path: string }
  /** What a property of an object holds that we did not see stored: `this.key`, `options.iv`, elements as `[]`. */
  | { readonly kind: 'path'; readonly base: ObjectId; readonly key: string }
  /** A method read from an object: `buffer.slice`, before it is called. */
  | { readonly kind: 'method'; readonly receiver: ValueId; readonly member: string }
  /** What an instruction yields that we do not see into: results of unknown calls, caught exceptions, awaited foreign promises. */
  | { readonly kind: 'result'; readonly site: ValueId };

export interface AbstractObject {
  readonly id: ObjectId;
  readonly source: ObjectSource;
  readonly knowledge: ClassKnowledge;
  /** Objects that own the backing stores which this one shows: itself, or what it is a view of. */
  readonly stores: readonly ObjectId[];
  readonly origin: Origin;
}

/** True for what comes in from outside: it may be the same as any other foreign thing, and others may hold it. */
export function isForeign(object: AbstractObject): boolean {
  switch (object.source.kind) {
    case 'allocation': case 'closure': return false;
    case 'parameter': case 'this': case 'captured': case 'global': case 'import': case 'path': case 'method': case 'result': return true;
  }
}
