/**
 * Text that a decipher of Node gives out before `final` has checked it. Where its pieces are joined first, a forged message leaves no byte of its text behind;
 * where they are set one by one as they are made, the text lies in the target when `final` throws. Owns whether anybody could see it there.
 */
import type { ValueId } from '../ir/instruction.js';
import { obligation } from './copy-proof.js';
import { isTried } from './error-path.js';
import type { Obligation } from './finding.js';
import type { CallSite, FunctionQuery } from './query.js';
import { isSameReference } from './same-value.js';

const authenticated = /gcm|ccm|ocb|siv|poly1305/i;
const isFinal = (call: CallSite | null): call is CallSite => call?.candidates.some((one) => /#Decipher(?:iv)?\.prototype\.final$/.test(one.name)) === true;

/** EXC of setting the parts of a join into the target one by one; null when none of them is what a decipher checks its text by. */
export function proveCheckedFirst(fn: FunctionQuery, join: CallSite, parts: readonly ValueId[], target: ValueId): Obligation | null {
  const checks = parts.filter((part, index) => index > 0 && isFinal(fn.callOf(part)));
  if (checks.length === 0) return null;
  // What a variable holds was made before anything is set.
  const late = checks.filter((part) => fn.instruction(part)?.op !== 'load');
  if (late.length === 0) return obligation('EXC', 'proved', 'final has checked the text before its parts are set');
  const name = fn.text(target) ?? 'the array';
  if (isDropped(fn, join, target)) return obligation('EXC', 'proved', `${name} is made here and dropped when final throws`);
  const wipe = wipeAtError(fn, join, target);
  if (wipe !== null) return obligation('EXC', 'proved', `line ${fn.line(wipe)}: ${name} is wiped when final throws`);
  const kinds = late.map((part) => isAuthenticated(fn, fn.callOf(part)!));
  if (kinds.includes('yes')) return obligation('EXC', 'failed', `a forged message would leave its text in ${name}, since update gives it out before final has checked the tag`);
  if (kinds.includes('unknown')) return obligation('EXC', 'open', `final may check a tag, and its text would be in ${name} before that`);
  return obligation('EXC', 'assumed', `nobody reads ${name} after final has thrown at the padding`);
}

function isAuthenticated(fn: FunctionQuery, final: CallSite): 'yes' | 'no' | 'unknown' {
  const { receiver } = final.operands;
  const maker = receiver === null ? null : fn.callOf(receiver);
  const algorithm = maker?.api === 'node:crypto#createDecipheriv' ? fn.constant(maker.operands.arguments[0] ?? -1) : null;
  if (algorithm?.kind === 'string') return authenticated.test(algorithm.value) ? 'yes' : 'no';
  const own = receiver === null ? [] : fn.flow.values.of(receiver);
  const isTagged = fn.calls().some((call) => call.mayBe('node:crypto#Decipheriv.prototype.setAuthTag') && call.operands.receiver !== null && fn.flow.values.of(call.operands.receiver).some((one) => own.includes(one)));
  return isTagged ? 'yes' : 'unknown';
}

/** Nobody else ever holds the target but who gets the result, and an error ends the function. */
function isDropped(fn: FunctionQuery, join: CallSite, target: ValueId): boolean {
  const { values, escapes } = fn.flow;
  const objects = values.of(target).filter((one) => values.objects[one]!.source.kind !== 'method').flatMap((one) => [one, ...values.objects[one]!.stores]);
  return objects.length > 0 && objects.every((one) => values.objects[one]!.source.kind === 'allocation' && escapes.leakOf(one) === null) && !isTried(fn, join.value);
}

/** The call that overwrites all of the target, first of all in the handler of the error; null when there is none. */
function wipeAtError(fn: FunctionQuery, join: CallSite, target: ValueId): ValueId | null {
  const { handler } = fn.function.blocks[fn.flow.cfg.blockOf[join.value]!]!;
  const first = handler === null ? undefined : fn.function.blocks[handler]!.instructions.find(({ id, op }) => op === 'call' || op === 'new' || op === 'iterator-close' || fn.flow.effects.of(id).runs !== null);
  const wipe = first === undefined ? undefined : fn.calls().find((call) => call.value === first.id);
  const isFill = wipe?.complete === true && wipe.operands.arguments.length === 1 && wipe.candidates.every((one) => one.name.endsWith('.prototype.fill') && one.wipes.length > 0);
  return isFill && wipe.operands.receiver !== null && isSameReference(fn.flow, wipe.operands.receiver, target) ? wipe.value : null;
}
