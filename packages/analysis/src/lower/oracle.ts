/**
 * The contract of a TypeOracle: it answers batches of questions per file, only about expressions that the model could know: first those that tell
 * whether the file has to do with bytes at all, then the others, where it has.
 * Three oracles exist: `syntax-oracle.ts` (`none`: written annotations only), `checker-oracle.ts` (`checker`: TypeScript 5.4 - 6.0 in this process)
 * and one of the command line (`native`: TypeScript 7 in another process); what a type says is read by `type-reader.ts` for both checkers.
 * The lowering collects questions while it walks, asks at the end, and stores the answers as plain `TypeFact`s.
 */
import type ts from 'typescript';
import type { TypeFact } from '../ir/type-fact.js';

/** One question: the type of an expression, or of a parameter's declaration. */
export interface TypeQuestion {
  readonly node: ts.Expression | ts.ParameterDeclaration;
}

export interface TypeOracle {
  readonly name: 'none' | 'checker' | 'native';
  /** Answers in the order of the questions; null where nothing is known. Never throws. */
  answer(sourceFile: ts.SourceFile, questions: readonly TypeQuestion[]): readonly (TypeFact | null)[];
}

/** Names that are worth a question; the model supplies them (`catalog.ts`), so that `lower/` need not know the model. */
export interface KnownNames {
  /** Members after which the receiver's type is asked: `slice`, `update`, `buffer` … */
  readonly members: ReadonlySet<string>;
  /** Callee names (last identifier) whose arguments' types are asked: `Uint8Array`, `from`, `concat`, `update` … */
  readonly callees: ReadonlySet<string>;
  /** Names with which code gets hold of bytes: what is asked about in every file. */
  readonly bytes: { readonly members: ReadonlySet<string>; readonly globals: ReadonlySet<string> };
  /** Whether a type of this name is one of bytes, or of what takes and gives bytes. */
  declaresBytes(name: string, from: string): boolean;
}
