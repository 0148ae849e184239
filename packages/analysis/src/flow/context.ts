/**
 * What the analysis of one function is given: the module, the model, and one callback to learn what program functions do.
 * Nothing else reaches it: no store, no scheduler, no other module's IR.
 */
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { FunctionId, VariableRef } from '../ir/instruction.js';
import type { Catalog } from '../model/known.js';
import type { CalleeEffects } from './call-effects.js';
import type { ClassKnowledge } from './value-class.js';
import type { ModuleVariables } from './variables.js';

/** A program function as the caller sees it. */
export type CallTarget =
  | { readonly kind: 'closure'; readonly function: FunctionId }
  /** What a variable holds, or a member of it: `codec.encode` of `const codec = { encode() {…} }`. */
  | { readonly kind: 'captured'; readonly variable: VariableRef; readonly members: readonly string[] }
  | { readonly kind: 'import'; readonly specifier: string; readonly path: string }
  /** A function of any module by its number there. */
  | { readonly kind: 'function'; readonly file: string; readonly function: FunctionId }
  /** A method by class, `file#Class` or `package#Class`; overriding subclasses are possible. */
  | { readonly kind: 'method'; readonly class: string; readonly member: string };

/** A thing that the model may have rows for, with member path: `Buffer.from`, `createHash` of `node:crypto`; `*` is the namespace of a module. */
export type NamedThing =
  | { readonly kind: 'global'; readonly path: string }
  | { readonly kind: 'import'; readonly specifier: string; readonly path: string };

/** Stands for a name that is computed: an accessor with it may have any name, a property that is asked for by it may be any accessor. */
export const anyAccessor = '*';

export interface FlowContext {
  readonly module: ModuleIr;
  readonly catalog: Catalog;
  readonly variables: ModuleVariables;
  /** Effects of every program function that the target may be; null when it may be something else. */
  readonly callProgram: (target: CallTarget, use: 'call' | 'new') => readonly CalleeEffects[] | null;
  /** The functions that the parameters of the analyzed function are, where it is analyzed for a call that gives just these. */
  readonly given: ReadonlyMap<number, CallTarget>;
  /** The effects of a program function when these are the functions that it is given; null when that is not known any better. */
  readonly callGiven: (callee: CalleeEffects, given: ReadonlyMap<number, CallTarget>) => CalleeEffects | null;
  /** What a name denotes through aliases, re-exports and CommonJS exports, when that is a global, an export of a package, or a module of the program; null for everything else. */
  readonly named: (target: Extract<CallTarget, { readonly kind: 'captured' | 'import' }>) => NamedThing | null;
  /** The module by a specifier that means it everywhere. */
  readonly ownSpecifier: string;
  /** Whether `exports` or `module.exports` here is the object that those get who require the module. */
  readonly sharesExports: (path: 'exports' | 'module.exports') => boolean;
  /** What is known of the class of a cell of an enclosing function. */
  readonly capturedKnowledge: (variable: VariableRef) => ClassKnowledge;
  /** Whether reading or assigning a property of this name, or of any with `anyAccessor`, may run a getter or setter of the program that changes something. */
  readonly changesThroughAccessor: (use: 'get' | 'set', name: string) => boolean;
  /** Whether the program has a getter or setter of this name at all: reading twice may give two things. */
  readonly hasAccessor: (use: 'get' | 'set', name: string) => boolean;
  /** Name, `file#Class`, that `new` of this target makes; null when it is not a class of the program. */
  readonly constructedClass: (target: CallTarget) => string | null;
  /** Name, `file#Foo`, of the class whose object `this` is in a function that stands on a prototype; null elsewhere. */
  readonly receiverIn: (fn: FunctionIr) => string | null;
  /** Whether `new` of this class of the program gives an object of the class: no constructor in sight returns another. */
  readonly constructsItself: (key: string) => boolean;
}
