/** Whether an expression is an object of the language or of a library, with all the members that it has there; an object of the program may pass on just one of them. */
import type { ValueId } from '../ir/instruction.js';
import type { FunctionFlow } from '../flow/function-flow.js';

/** True for `Buffer`, an alias of it, and `require('crypto')`; false for `{ createHash }` and for a module that re-exports it. */
export function isLibraryObject({ flow }: { readonly flow: FunctionFlow }, value: ValueId): boolean {
  const sources = flow.values.of(value).map((one) => flow.values.objects[one]!.source).filter((source) => source.kind !== 'method');
  return sources.length > 0 && sources.every((source) => source.kind === 'global' || (source.kind === 'import' && !isOfProgram(source.specifier)));
}

/** Modules of the program are named by their path. */
function isOfProgram(specifier: string): boolean {
  return /^(?:\.|\/|file:)/.test(specifier);
}
