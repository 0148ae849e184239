/**
 * What evaluating an expression changes besides giving its value: what an advice needs that leaves an expression out, or evaluates it only sometimes.
 * Owns the effects as they are written, and those of callees in sight; a conversion such as `toString` is assumed to have none.
 */
import type { Instruction, ValueId } from '../ir/instruction.js';
import type { CalleeEffects } from '../flow/call-effects.js';
import { calleeName } from '../flow/callee-name.js';
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import type { CallSite, FunctionQuery } from './query.js';

/** EXC of formatting a text only when somebody reads it: failed where anything but the text comes of it. */
export function proveFormatsOnly(fn: FunctionQuery, text: ValueId): Obligation {
  const effect = effectOfExpression(fn, text);
  if (effect?.how === 'certain') return obligation('EXC', 'failed', `line ${fn.line(effect.at)}: ${effect.what} in the text changes something`);
  return obligation('EXC', 'assumed', `the values of the text have no toString with an effect${effect === null ? '' : `, and ${effect.what} changes nothing`}`);
}

interface ExpressionEffect {
  readonly at: ValueId;
  /** `certain`: whenever it is evaluated to its end, or on a path through a callee. `possible`: a callee that is not in sight may change something. */
  readonly how: 'certain' | 'possible';
  /** `next changes something`, for a witness. */
  readonly what: string;
}

/** Callees of callees are followed this far, behind which a call may change something. */
const maximumDepth = 4;

/** The effect that weighs most of evaluating the expression of the value, as it is written; null when there is none. */
function effectOfExpression(fn: FunctionQuery, value: ValueId): ExpressionEffect | null {
  const { spans } = fn.function;
  const [start, end] = [spans[2 * value] ?? -1, spans[2 * value + 1] ?? -1];
  if (start === -1) return { at: value, how: 'possible', what: 'an expression that is not written' };
  let found: ExpressionEffect | null = null;
  for (const instruction of fn.instructions()) {
    const [from, to] = [spans[2 * instruction.id] ?? -1, spans[2 * instruction.id + 1] ?? -1];
    if (from < start || to > end) continue;
    const effect = effectOf(fn, instruction, 0);
    if (effect?.how === 'certain') return effect;
    found ??= effect;
  }
  return found;
}

function effectOf(fn: FunctionQuery, instruction: Instruction, depth: number): ExpressionEffect | null {
  const certain = (what: string): ExpressionEffect => ({ at: instruction.id, how: 'certain', what });
  switch (instruction.op) {
    case 'set': case 'super-set': return certain('an assignment');
    case 'delete': return certain('delete');
    case 'await': case 'yield': case 'yield-star': return certain(instruction.op === 'await' ? 'await' : 'yield');
    case 'store': return isOwnVariable(fn, instruction) ? null : certain('an assignment');
    case 'opaque': return { at: instruction.id, how: 'possible', what: 'something' };
    case 'call': case 'new': return effectOfCall(fn, instruction, depth);
    default: return null;
  }
}

/** Temporaries of an expression belong to nobody else. */
function isOwnVariable(fn: FunctionQuery, store: Extract<Instruction, { op: 'store' }>): boolean {
  return store.variable.function === fn.function.id && fn.function.variables[store.variable.slot]?.kind === 'synthetic';
}

function effectOfCall(fn: FunctionQuery, instruction: Extract<Instruction, { op: 'call' | 'new' }>, depth: number): ExpressionEffect | null {
  const name = calleeName(instruction, fn.flow.cfg);
  const call = fn.calls().find((one) => one.value === instruction.id);
  const possible: ExpressionEffect = { at: instruction.id, how: 'possible', what: name };
  if (call === undefined || call.candidates.length === 0) return possible;
  // What a construction assigns is mostly a field of the new object.
  const isSure = call.complete && (instruction.op === 'call' || call.candidates.some((one) => one.writes.length > 0 || one.outside === 'writes' || one.assignsOutside));
  if (call.candidates.some(changesWhatItIsGiven) || assignsVariables(fn, call, depth)) return { at: instruction.id, how: isSure ? 'certain' : 'possible', what: name };
  return call.complete && depth < maximumDepth && call.candidates.every((one) => one.unseen.length === 0) ? null : possible;
}

/** A method with a state, such as `digest` or `update`, changes its receiver; the row says so, or the summary of a function of the program. */
function changesWhatItIsGiven(callee: CalleeEffects): boolean {
  const { writes, writesLater, detaches, assigns, reshapes, retains } = callee;
  return callee.row?.stateful === true || callee.outside === 'writes' || callee.assignsOutside || [writes, writesLater, detaches, assigns, reshapes, retains].some((paths) => paths.length > 0);
}

/** Whether a callee in sight sets a variable that outlives it: `const next = () => (sequence += 1)`. */
function assignsVariables(fn: FunctionQuery, call: CallSite, depth: number): boolean {
  if (depth >= maximumDepth) return false;
  return fn.program.calleesOf(call).some((callee) => callee.instructions().some((one) => {
    if (one.op === 'store') return one.variable.function !== callee.function.id;
    if (one.op !== 'call' && one.op !== 'new') return false;
    const inner = callee.calls().find((other) => other.value === one.id);
    return inner !== undefined && assignsVariables(callee, inner, depth + 1);
  }));
}
