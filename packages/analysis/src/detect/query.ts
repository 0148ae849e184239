/**
 * The query API: the questions that a rule may ask of a program. Everything here is a read; `program-query.ts` answers.
 * A rule walks functions, picks calls by meaning (role or api name), asks for values and proofs, and reports.
 */
import type { Size } from '../ir/effects.js';
import type { FunctionIr, ModuleIr } from '../ir/function.js';
import type { Instruction, Literal, ValueId } from '../ir/instruction.js';
import type { AllocationCost } from '../cost/allocation.js';
import type { Lengths } from '../cost/length.js';
import type { RuntimeProfile } from '../cost/profile.js';
import type { Replacement } from '../link/patched-intrinsics.js';
import type { CalleeEffects, CallOperands } from '../flow/call-effects.js';
import type { FunctionFlow } from '../flow/function-flow.js';
import type { ClassKnowledge } from '../flow/value-class.js';
import type { Role } from '../model/row.js';
import type { CopyProof } from './copy-proof.js';
import type { Edit, Hotness, Obligation } from './finding.js';
import type { LoopInvariance } from './loop.js';
import type { Site } from './site.js';

export interface ProgramQuery {
  /** In order of their files. */
  readonly modules: readonly ModuleIr[];
  readonly profile: RuntimeProfile;
  /** Every function of every file, in file and source order. */
  functions(): readonly FunctionQuery[];
  functionsIn(module: ModuleIr): readonly FunctionQuery[];
  /** The functions in which a rule may find something, in file and source order (`relevance.ts`); all others are analyzed only when a proof asks for them. */
  relevantFunctions(): readonly FunctionQuery[];
  /** The functions that carry an annotation, in file and source order. */
  annotatedFunctions(): readonly FunctionQuery[];
  /** The query of the function that holds a site's function id in the same module. */
  functionOf(module: ModuleIr, fn: FunctionIr): FunctionQuery;
  /** The function of the program that a call runs, when it certainly runs exactly that one; null for library calls, constructions and everything else. */
  calleeOf(call: CallSite): FunctionQuery | null;
  /** The functions of the program that a call may run. */
  calleesOf(call: CallSite): readonly FunctionQuery[];
  /** The functions of the program that a value of a function may be; null when it may be something else, too. */
  functionsOf(fn: FunctionQuery, value: ValueId): readonly FunctionQuery[] | null;
  /** The constructor and the field initializers that a construction of a class of the program runs; null when it is of another class, or of one with a base. */
  constructionOf(call: CallSite): readonly FunctionQuery[] | null;
  /** The module of the program that a specifier leads to, also by the package's own name; null for other packages and for what is not in sight. */
  importedModule(specifier: string, from: ModuleIr): ModuleIr | null;
  /** Where the program replaces something of the language or a library, by its full api name: `Buffer.poolSize`; null when it is left alone. */
  replacementOf(api: string): Replacement | null;
  /** Where the program replaces anything of the language or a library whose last name this is: `subarray`; null when all of these are left alone. */
  replacementNamed(name: string): Replacement | null;
  /** The text of a file, for the plan of an edit; questions of meaning are asked of the functions. */
  sourceOf(module: ModuleIr): string;
}

/** One call or construction, with what it may run. */
export interface CallSite extends Site {
  readonly in: FunctionQuery;
  readonly instruction: Extract<Instruction, { op: 'call' | 'new' }>;
  /** Every callee that is known to be possible. */
  readonly candidates: readonly CalleeEffects[];
  /** False when something else may run too. */
  readonly complete: boolean;
  /** The class by whose declared type alone the method was found; null when the receiver was made in sight. */
  readonly declaredClass: string | null;
  readonly operands: CallOperands;
  /** The api name when exactly one callee is possible; null otherwise. */
  readonly api: string | null;
  /** True when every possible callee has the role. */
  hasRole(role: Role): boolean;
  /** True when some possible callee has this api name. */
  mayBe(api: string): boolean;
}

export interface FunctionQuery {
  readonly program: ProgramQuery;
  readonly module: ModuleIr;
  readonly function: FunctionIr;
  /** The raw analysis, for questions that have no word here yet. */
  readonly flow: FunctionFlow;
  readonly hotness: Hotness;
  /** True when the function runs at most once per program, or only to throw: module top level, static initializers. */
  readonly runsOnce: boolean;
  /** Whether other modules or unknown code may call it. */
  readonly exported: boolean;
  calls(): readonly CallSite[];
  /** The call that computes this value, looking through variables with one reaching definition, `await`s excluded. */
  callOf(value: ValueId): CallSite | null;
  /** The instruction that computes the value, looking through loads with exactly one reaching definition. */
  definition(value: ValueId): Instruction | null;
  instruction(value: ValueId): Instruction | null;
  instructions(): readonly Instruction[];
  /** Whether the value is read by exactly one instruction besides moves, and that is `user`. */
  isOnlyUsedBy(value: ValueId, user: ValueId): boolean;
  knowledge(value: ValueId): ClassKnowledge;
  /** All possible classes are bytes (typed array, Buffer, DataView). */
  isBytes(value: ValueId): boolean;
  constant(value: ValueId): Literal | null;
  /** Byte length of a value as it follows from the way it is made: fit for proofs. */
  lengthOf(value: ValueId): Size;
  numberOf(value: ValueId): Size;
  /** `lengthOf` in the runs that count: where the function throws at any other length, it is the length that it insists on. For costs, amounts and what pays, not for proofs. */
  costLengthOf(value: ValueId): Size;
  /** Symbolic lengths of this function's values, as `costLengthOf` gives them. */
  readonly costLengths: Lengths;
  /** What the site allocates, by its model rows, per execution. */
  allocation(call: CallSite): AllocationCost;
  /** Whether two values are certainly the same bytes: the same constant, the same unchanged variable or field, without a write between. */
  isSameValue(left: ValueId, right: ValueId): boolean;
  isInLoop(value: ValueId): boolean;
  /** SRC for computing once what two places compute from these two values: null when they do not certainly name the same thing, open or failed when its bytes may be or are written before `user`, the call that reads `right`. */
  proveSameBytes(left: ValueId, right: ValueId, user: ValueId): Obligation | null;
  /** Whether a value that is used at `at` is the same in every round of the innermost loop around it, and who may write its bytes there; null when it is not, or outside loops. */
  loopInvariance(value: ValueId, at: ValueId): LoopInvariance | null;
  /** Whether every round of the innermost loop around it that goes on to the next one executes it; true outside loops. */
  isInEveryRound(value: ValueId): boolean;
  /** Whether `first` runs before `second` on every path to `second`. */
  isBefore(first: ValueId, second: ValueId): boolean;
  /** Whether the value is secret: made by a producer of key material, named like a key and typed as bytes, or annotated `@secret`. */
  isSecret(value: ValueId): boolean;
  /** Source text of the value's expression; null for synthesized values. */
  text(value: ValueId): string | null;
  line(value: ValueId): number;
  site(value: ValueId): Site;
  /** Replaces the name of the method in `receiver.method(…)`; null when it is not written that way. */
  renameMethod(call: CallSite, name: string): Edit | null;
  /** Replaces the whole expression of the value, in parentheses where it needs them; null when it cannot stand there. What the old expression did besides is `losesNothing`. */
  replace(value: ValueId, text: string): Edit | null;
  /** The obligations of using a view of `source` where `copy` makes a copy of it. */
  proveView(copy: CallSite, source: ValueId): CopyProof;
}
