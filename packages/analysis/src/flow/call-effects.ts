/**
 * What a call does, in one vocabulary for library calls (model rows) and program functions (summaries):
 * argument paths that are read, written, kept; what comes back. A call whose callee is not known has no effects record:
 * it may do anything to everything that it can reach.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import type { ArgumentPath, ModelRow, ResultModel } from '../model/row.js';

/** What one callee that a call may run does. */
export interface CalleeEffects {
  /** Api name of a model row, or qualified name of a program function. */
  readonly name: string;
  /** The row, for library calls; null for program functions. */
  readonly row: ModelRow | null;
  readonly result: ResultModel;
  readonly reads: readonly ArgumentPath[];
  readonly writes: readonly ArgumentPath[];
  /** Written with a constant or with random bytes. A subset of `writes`. */
  readonly wipes: readonly ArgumentPath[];
  readonly retains: readonly ArgumentPath[];
  /** The only keeper of `retains`; null when it is out of sight. */
  readonly retainedBy: ArgumentPath | null;
  /** Read or written after the call returned, until its promise settles or its callback runs. */
  readonly readsLater: readonly ArgumentPath[];
  readonly writesLater: readonly ArgumentPath[];
  /** Asynchronous, but consumed before the call returns. */
  readonly snapshots: readonly ArgumentPath[];
  /** Functions or objects whose own code runs during the call. */
  readonly calls: readonly ArgumentPath[];
  readonly observesClass: readonly ArgumentPath[];
  /** A property of it is read whose name nobody knows: an index in any sane program, `byteOffset` in another. */
  readonly observesByName: readonly ArgumentPath[];
  readonly detaches: readonly ArgumentPath[];
  /** Handed on to code out of sight, which may read, write, keep and fill it. Distinct from `writes` and `retains`, which are certain. */
  readonly unseen: readonly ArgumentPath[];
  /** Promised by an annotation: neither written nor kept by the call. What is certain in `writes` and `retains` stands against it; what is only not seen does not. */
  readonly borrows: readonly ArgumentPath[];
  /** Objects whose fields are set: what they held before is no longer what they hold. */
  readonly assigns: readonly ArgumentPath[];
  /** Whether fields of objects that no argument reaches are set, such as `state.key` of the module. */
  readonly assignsOutside: boolean;
  /** Whether conversions, getters or iterators of what it is given or reaches may run. */
  readonly converts: boolean;
  /** Objects that get properties under names out of sight, or a prototype: their class does not tell their methods any more. */
  readonly reshapes: readonly ArgumentPath[];
  /** Objects that get getters, setters or a prototype. A subset of `reshapes`. */
  readonly definesAccessors: readonly ArgumentPath[];
  /** Set when all this holds only if the receiver of some call within is of the class that is declared; null when it holds in any case. */
  readonly declared: DeclaredReceiver | null;
  /** Bytes reached in another way than through the arguments: fields of captured objects, module variables. */
  readonly outside: 'nothing' | 'reads' | 'writes';
}

/** A method that was found by the declared class of its receiver alone. An object of another class, which TypeScript admits when its shape fits, may do anything. */
export interface DeclaredReceiver {
  /** `k.peek`, or `k.peek in helper`. */
  readonly method: string;
  /** Name of the class. */
  readonly class: string;
  /** What the method gets hold of. */
  readonly paths: readonly ArgumentPath[];
  /** Whether the result comes from there. */
  readonly result: boolean;
}

/** The operands of a call after `f.call(x, a)` is turned into `x.f(a)`. */
export interface CallOperands {
  readonly receiver: ValueId | null;
  readonly arguments: readonly ValueId[];
  /** Index of the first argument behind a spread, from which positions are not known; null without spread. */
  readonly uncertainFrom: number | null;
}

export interface ResolvedCall {
  readonly operands: CallOperands;
  /** Every callee that is known to be possible. */
  readonly candidates: readonly CalleeEffects[];
  /** False when another, unknown callee is possible too. */
  readonly complete: boolean;
  /** Name of the class by whose declared type alone the method was found; null when the receiver was made in sight. An object of another class may stand there. */
  readonly declaredClass: string | null;
}

/** Stands for the class where a row of the project is what is relied on. */
const statedByProject = '';

/** What must be so for an effect that is declared: the class of a receiver, or what the project says of a package. */
export function declaredText(callee: string, declaredClass: string): string {
  return declaredClass === statedByProject ? `${callee} does what the model of the project says, as declared` : `the receiver of ${callee} is a ${declaredClass} as declared`;
}

/** A row of the project is relied on for all that the call gets hold of and gives. */
function statedRow(row: ModelRow): DeclaredReceiver | null {
  return row.stated === true ? { method: row.api, class: statedByProject, paths: ['this', { rest: 0 }], result: true } : null;
}

/** Tests of the class and of nothing else: a view has the class of the copy in whose place it stands. Who changes the class has to ask more. */
const classTests: ReadonlySet<string> = new Set(['Buffer.isBuffer', 'ArrayBuffer.isView', 'Array.isArray']);

/** Effects of a model row. */
export function rowEffects(row: ModelRow): CalleeEffects {
  return {
    name: row.api,
    row,
    result: row.result,
    reads: row.reads ?? [],
    writes: [...(row.writes ?? []), ...(row.wipes ?? [])],
    wipes: row.wipes ?? [],
    retains: row.retains ?? [],
    retainedBy: row.retainedBy ?? null,
    readsLater: row.readsLater ?? [],
    writesLater: row.writesLater ?? [],
    snapshots: row.snapshots ?? [],
    calls: row.calls ?? [],
    observesClass: classTests.has(row.api) ? [] : row.observesClass ?? [],
    observesByName: [],
    detaches: row.detaches ?? [],
    unseen: [],
    borrows: [],
    assigns: [],
    assignsOutside: false,
    converts: false,
    reshapes: [],
    definesAccessors: [],
    declared: statedRow(row),
    outside: 'nothing',
  };
}

export function operandsOfCall(instruction: Extract<Instruction, { op: 'call' | 'new' | 'super-call' }>): CallOperands {
  const spread = instruction.arguments.findIndex((argument) => argument.spread);
  return {
    receiver: instruction.op === 'call' ? instruction.receiver : null,
    arguments: instruction.arguments.map((argument) => argument.value),
    uncertainFrom: spread === -1 ? null : spread,
  };
}

/** The values directly named by a path (without following properties or elements), and whether the path goes on from there. */
export function valuesAt(operands: CallOperands, path: ArgumentPath): { readonly values: readonly ValueId[]; readonly inside: readonly ('elements' | { readonly property: string })[] } {
  if (path === 'this') return { values: operands.receiver === null ? [] : [operands.receiver], inside: [] };
  if (typeof path === 'number') return { values: positional(operands, path, path + 1), inside: [] };
  if ('rest' in path) return { values: positional(operands, path.rest, Number.POSITIVE_INFINITY), inside: [] };
  if ('elementsOf' in path) {
    const base = valuesAt(operands, path.elementsOf);
    return { values: base.values, inside: [...base.inside, 'elements'] };
  }
  const base = valuesAt(operands, path.of);
  return { values: base.values, inside: [...base.inside, { property: path.property }] };
}

/** The arguments at positions `from` to `to`, excluded. */
export function positional(operands: CallOperands, from: number, to: number): readonly ValueId[] {
  const certain = operands.uncertainFrom ?? operands.arguments.length;
  const exact = operands.arguments.slice(Math.min(from, certain), Math.min(to, certain));
  // Behind a spread any argument may stand at any later position.
  return to > certain && operands.uncertainFrom !== null ? [...exact, ...operands.arguments.slice(certain)] : exact;
}
