/**
 * The proof that bytes made in every call may be made once and shared, or reused: nobody writes them (shared constants only), nobody keeps them beyond
 * the call, nothing else runs in between (reused work buffers). Copies and views are `copy-proof.ts`; secrets are `secrecy.ts`.
 */
import type { ValueId } from '../ir/instruction.js';
import { declaredText } from '../flow/call-effects.js';
import type { Effect } from '../flow/instruction-effects.js';
import { callersOf } from './callers.js';
import { obligation } from './copy-proof.js';
import type { Obligation, ObligationCode } from './finding.js';
import type { FunctionQuery } from './query.js';
import { shapeChangeOf } from './shape-change.js';

/** Results are followed to the callers this far. */
const maximumReturns = 3;

/** RES, ESC and ID of sharing one constant instead of making the value in each call. A result that is returned is followed to the callers that are all in sight. */
export function proveOnlyRead(fn: FunctionQuery, value: ValueId): readonly Obligation[] {
  const found: Obligation[] = [];
  collectReaders(fn, value, found, 0);
  return [worstOf('RES', found, 'nothing writes the bytes'), worstOf('ESC', found, 'the bytes are only read'), worstOf('ID', found, 'nobody compares them by identity')];
}

/** Whether `proveOnlyRead` leaves nothing open. */
export function isOnlyRead(fn: FunctionQuery, value: ValueId): boolean {
  return proveOnlyRead(fn, value).every((one) => one.state === 'proved' || one.state === 'assumed');
}

/** ESC, SUSP and RE of reusing one buffer instead of making the value in each call, or round of a loop: it is dead when that ends, and nobody else can take it before. */
export function proveDiesInCall(fn: FunctionQuery, value: ValueId): readonly Obligation[] {
  const found: Obligation[] = [];
  const { capturedBy, leaves, liveRange, livesIntoNext } = fn.flow.track(value);
  if (leaves.length > 0) found.push(obligation('ESC', 'failed', 'the buffer leaves the function'));
  if (livesIntoNext) found.push(obligation('ESC', 'failed', `line ${fn.line(value)}: the buffer of one round is still in use when the next one is made`));
  for (const store of capturedBy) found.push(obligation('ESC', 'failed', `line ${fn.line(store)}: a closure captures the buffer`));
  forEachEffect(fn, value, (effect, at) => {
    const escape = escapeOf(fn, effect, at);
    if (escape !== null) found.push(escape);
  });
  if (fn.function.generator) found.push(obligation('SUSP', 'failed', 'a generator may be left in the middle'));
  for (const id of liveRange) {
    const { runs } = fn.flow.effects.of(id);
    if (runs?.kind === 'suspension') found.push(obligation('SUSP', 'failed', `line ${fn.line(id)}: another call may take the buffer during ${runs.what}`));
    if (runs?.kind === 'call') found.push(obligation('RE', 'open', `line ${fn.line(id)}: ${runs.what} may call ${fn.function.name} again`));
    if (runs?.kind === 'coercion') found.push(obligation('RE', 'assumed', `line ${fn.line(id)}: ${runs.what} does not call ${fn.function.name} again`));
  }
  return [worstOf('ESC', found, 'the buffer is dead when the call ends, and when the next one is made'), worstOf('SUSP', found, 'no suspension while the buffer is in use'), worstOf('RE', found, `nothing that runs while the buffer is in use can call ${fn.function.name} again`)];
}

function collectReaders(fn: FunctionQuery, value: ValueId, found: Obligation[], depth: number): void {
  const { capturedBy, leaves } = fn.flow.track(value);
  for (const store of capturedBy) found.push(obligation('ESC', 'failed', `line ${fn.line(store)}: a closure captures the bytes`));
  forEachEffect(fn, value, (effect, at) => {
    if (effect.kind === 'write' || effect.kind === 'write-later' || effect.kind === 'detach') found.push(obligation('RES', 'failed', `line ${fn.line(at)}: ${effect.callee ?? 'an assignment'} writes the bytes`));
    if (effect.kind === 'identity') found.push(obligation('ID', 'open', `line ${fn.line(at)}: the bytes are compared by identity`));
    const escape = escapeOf(fn, effect, at);
    if (escape !== null) found.push(escape);
  });
  const change = shapeChangeOf(fn, value);
  if (change !== null) found.push(obligation('RES', 'failed', `line ${fn.line(change.at)}: ${change.what}`));
  if (leaves.some((one) => one.how === 'throw' || one.holding !== 'object')) found.push(obligation('ESC', 'failed', 'the bytes leave the function inside something else'));
  if (!leaves.some((one) => one.how === 'return')) return;
  const callers = depth >= maximumReturns || fn.function.async ? null : callersOf(fn);
  if (callers === null) found.push(obligation('ESC', 'failed', `${fn.function.name} returns the bytes to callers that may write them`));
  if (callers !== null && callers.assumed !== null) found.push(obligation('ESC', 'assumed', callers.assumed));
  for (const call of callers?.calls ?? []) collectReaders(call.in, call.value, found, depth + 1);
}

function escapeOf(fn: FunctionQuery, effect: Effect, at: ValueId): Obligation | null {
  const line = `line ${fn.line(at)}`;
  switch (effect.kind) {
    case 'retain': return fn.instruction(at)?.op === 'array' ? null : obligation('ESC', 'failed', `${line}: ${effect.callee ?? (effect.field === undefined ? 'something' : `field ${effect.field}`)} keeps them`);
    case 'read-later': case 'write-later': return obligation('ESC', 'failed', `${line}: ${effect.callee ?? 'a callee'} uses them after it returned`);
    case 'yield': return obligation('ESC', 'failed', `${line}: they are yielded`);
    case 'capture': return obligation('ESC', 'failed', `${line}: a closure captures them`);
    case 'declared': return obligation('ESC', 'assumed', `${line}: ${declaredText(effect.callee!, effect.declaredClass!)}`);
    case 'unknown': return obligation('ESC', 'open', `${line}: ${effect.callee ?? 'unseen code'} may keep them`);
    default: return null;
  }
}

/** Effects, at uses of the value, on its bytes or on what holds them. */
function forEachEffect(fn: FunctionQuery, value: ValueId, visit: (effect: Effect, at: ValueId) => void): void {
  const { values, effects } = fn.flow;
  const own = new Set(values.of(value));
  for (const use of fn.flow.track(value).uses) {
    const holders = new Set(values.of(use.operand));
    for (const effect of effects.of(use.instruction).effects) {
      if (effect.objects.some((one) => own.has(one) || holders.has(one) || values.objects[one]!.stores.some((store) => own.has(store)))) visit(effect, use.instruction);
    }
  }
}

function worstOf(code: ObligationCode, found: readonly Obligation[], provedBecause: string): Obligation {
  for (const state of ['failed', 'open', 'assumed'] as const) {
    const first = found.find((one) => one.code === code && one.state === state);
    if (first !== undefined) return first;
  }
  return obligation(code, 'proved', provedBecause);
}
