/**
 * Functions and modules of the IR: blocks, terminators, variables, and the side tables that tie values to source text and to types.
 * Everything is plain data: it prints (`print.ts`), hashes (`hash.ts`), clones and compares; no pass mutates it.
 * How a syntax form becomes blocks is `lower/`; questions over blocks (dominators, loops) are `flow/`.
 */
import type { BlockId, FunctionId, Instruction, ValueId, VariableRef } from './instruction.js';
import type { TypeFact } from './type-fact.js';

/** Half-open range of UTF-16 offsets in the file. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

export type Terminator =
  /** Continue at `target`. */
  | { readonly op: 'goto'; readonly target: BlockId }
  /** Two-way branch. `truthy`: on ToBoolean; `nullish`: on `value == null` (`??`, `?.`, default values use `undefined`). */
  | { readonly op: 'branch'; readonly test: 'truthy' | 'nullish' | 'undefined'; readonly value: ValueId; readonly then: BlockId; readonly else: BlockId }
  | { readonly op: 'return'; readonly value: ValueId }
  | { readonly op: 'throw'; readonly value: ValueId }
  /** Never reached: after an instruction that always throws. */
  | { readonly op: 'unreachable' };

export interface Block {
  readonly id: BlockId;
  readonly instructions: readonly Instruction[];
  readonly terminator: Terminator;
  /** Where an exception of any instruction or of a `throw` here goes; null leaves the function. */
  readonly handler: BlockId | null;
  /** Where `generator.return(v)` at a `yield` here goes (the finally blocks to run); null ends the generator. */
  readonly generatorReturn: BlockId | null;
}

export interface Variable {
  /** Source name; synthesized cells start with `$`, for example `$completion`. */
  readonly name: string;
  readonly kind: 'parameter' | 'let' | 'const' | 'var' | 'function' | 'class' | 'catch' | 'synthetic';
  /** True when a nested function reads or writes it. */
  readonly captured: boolean;
}

export type FunctionKind =
  | 'module' | 'function' | 'arrow' | 'method' | 'getter' | 'setter' | 'constructor'
  /** Class field initializers of instances; runs with `this` = the new object. */
  | 'instance-initializer'
  /** Static fields and static blocks in order; runs with `this` = the class. */
  | 'static-initializer'
  /** The body of a TypeScript `namespace`; parameter 0 is the namespace object. */
  | 'namespace';

/** What authors can say of a function, without the at sign. `annotation.ts` tells which of them speak of a parameter. */
export type AnnotationTag = 'hot' | 'cold' | 'nonallocating' | 'allocs' | 'takesOwnership' | 'borrows' | 'secret';

/** One JSDoc tag that scrimp reads: `@hot {evidence: …}`, `@allocs <= 2`, `@secret key`, `@takesOwnership key`, `@borrows key`. */
export interface Annotation {
  readonly tag: AnnotationTag;
  /** The text behind the tag, trimmed; of `allocs` the rest of its line. */
  readonly text: string;
  /** Index of the parameter in whose comment or `@param` block the tag stands; null when the tag stands by itself and its text names what it is about. */
  readonly parameter: number | null;
  readonly span: Span;
}

/** A tag that scrimp reads, at a place where it says nothing: before a class, a type, a variable that is no function. */
export interface StrayAnnotation {
  readonly tag: AnnotationTag;
  readonly span: Span;
}

export interface FunctionIr {
  readonly id: FunctionId;
  /** Qualified name, `Session.encrypt`, `outer.inner`, or `<anonymous@12>` with the 1-based line; `<module>` for the top level. */
  readonly name: string;
  readonly kind: FunctionKind;
  readonly async: boolean;
  readonly generator: boolean;
  readonly strict: boolean;
  /** The lexically enclosing function; null for the module. */
  readonly parent: FunctionId | null;
  /** Name of the class whose member this is; null elsewhere. */
  readonly className: string | null;
  /** Names of the simple parameters, null for a pattern; a rest parameter is the last and flagged below. */
  readonly parameters: readonly (string | null)[];
  readonly hasRestParameter: boolean;
  /** Declared parameter types, as far as the oracle or the annotation tells; `null` is unknown. Same length as `parameters`. */
  readonly parameterTypes: readonly (TypeFact | null)[];
  readonly variables: readonly Variable[];
  /** Cells of enclosing functions that this function or a function nested in it uses. */
  readonly captures: readonly VariableRef[];
  /** `blocks[0]` is the entry. */
  readonly blocks: readonly Block[];
  /** Number of instruction ids; ids are dense: `0 <= id < valueCount`. */
  readonly valueCount: number;
  readonly annotations: readonly Annotation[];
  /** The whole function in the source. */
  readonly span: Span;
  /** The name or keyword to point at when the function as a whole is meant. */
  readonly nameSpan: Span;
  /** Source range of each value, by id: `spans[2 * id]` start, `spans[2 * id + 1]` end; start -1 for a synthesized instruction. */
  readonly spans: readonly number[];
  /** What the oracle said of values, by id. Only values that the model could know are asked about. */
  readonly types: ReadonlyMap<ValueId, TypeFact>;
}

/** `export {local as exported}`, `export default`, or a re-export. */
export type Export =
  | { readonly kind: 'local'; readonly exported: string; readonly variable: VariableRef }
  | { readonly kind: 'from'; readonly exported: string; readonly specifier: string; readonly name: string }
  | { readonly kind: 'all'; readonly specifier: string };

/** A `// scrimp-ignore-next-line rule -- reason` comment. */
export interface IgnoreComment {
  readonly span: Span;
  /** Rule ids; empty means all. */
  readonly rules: readonly string[];
  readonly reason: string | null;
  /** 1-based line that it silences. */
  readonly line: number;
}

/** A `// scrimp-assume-next-line what -- reason` comment: a waiver of what cannot be proved on the next line. */
export interface AssumeComment {
  readonly span: Span;
  /** As written, trimmed: `nonallocating`, `allocs <= 1`, `ESC`. */
  readonly what: string;
  readonly reason: string | null;
  /** 1-based line of which it speaks. */
  readonly line: number;
}

export interface LoweringStatistics {
  /** Expressions of the source that were visited. */
  readonly expressions: number;
  /** Of these, the ones lowered to `opaque`. */
  readonly opaque: number;
  /** Count per reason. */
  readonly reasons: Readonly<Record<string, number>>;
}

export interface ModuleIr {
  /** Path as the host gave it, with `/`. */
  readonly file: string;
  readonly format: 'esm' | 'commonjs' | 'script';
  /** `functions[0]` is the top level. */
  readonly functions: readonly FunctionIr[];
  /** Specifiers of static imports and re-exports, in order, each once, without type-only ones. */
  readonly imports: readonly string[];
  readonly exports: readonly Export[];
  readonly ignores: readonly IgnoreComment[];
  readonly assumptions: readonly AssumeComment[];
  readonly strayAnnotations: readonly StrayAnnotation[];
  readonly statistics: LoweringStatistics;
  /** Offsets of line starts, for line and column of a span. */
  readonly lineStarts: readonly number[];
}
