/**
 * The contract of a TypeOracle: it answers one batch of questions per file, only about expressions that the model could know.
 * Two oracles exist: `syntax-oracle.ts` (`none`: written annotations only) and `checker-oracle.ts` (`checker`: TypeScript 5.4 - 6.0).
 * The lowering collects questions while it walks, asks once at the end, and stores the answers as plain `TypeFact`s.
 */
import type ts from 'typescript';
import type { TypeFact } from '../ir/type-fact.js';

/** One question: the type of an expression, or of a parameter's declaration. */
export interface TypeQuestion {
  readonly node: ts.Expression | ts.ParameterDeclaration;
}

export interface TypeOracle {
  readonly name: 'none' | 'checker';
  /** Answers in the order of the questions; null where nothing is known. Never throws. */
  answer(sourceFile: ts.SourceFile, questions: readonly TypeQuestion[]): readonly (TypeFact | null)[];
}

/** Names that are worth a question; the model supplies them (`catalog.ts`), so that `lower/` need not know the model. */
export interface KnownNames {
  /** Members after which the receiver's type is asked: `slice`, `update`, `buffer` … */
  readonly members: ReadonlySet<string>;
  /** Callee names (last identifier) whose arguments' types are asked: `Uint8Array`, `from`, `concat`, `update` … */
  readonly callees: ReadonlySet<string>;
}
