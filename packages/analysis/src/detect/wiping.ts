/**
 * Wiping: calls that overwrite bytes so that nobody reads them later, by `fill` or by a function of the program that does nothing else.
 * Owns when a call is certainly meant as wiping; whether the wiped bytes are the only copy is not asked here.
 */
import type { BlockId, ValueId } from '../ir/instruction.js';
import { valuesAt } from '../flow/call-effects.js';
import type { CallSite, FunctionQuery } from './query.js';

const wipingName = /wipe|zero(?:i[sz]e|_?fill|_?out)?(?![a-z])|scrub|erase|burn|shred/i;

/** What is wiped, in one sentence; null when the call wipes nothing, or wipes what may be a reset rather than an end. */
export function wipingMessage(fn: FunctionQuery, call: CallSite): string | null {
  if (!call.complete || call.candidates.length === 0) return null;
  return messageOfFill(fn, call) ?? messageOfHelper(fn, call);
}

function messageOfFill(fn: FunctionQuery, call: CallSite): string | null {
  const { receiver, arguments: [filler] } = call.operands;
  if (receiver === null || !call.candidates.every((one) => one.name.endsWith('.prototype.fill') && one.wipes.length > 0)) return null;
  const text = fn.text(receiver);
  if (fn.isSecret(receiver)) return `${text ?? 'a secret'} is wiped when it is no longer needed`;
  // Zeros that nobody can read have one purpose only.
  const isZero = filler !== undefined && fn.constant(filler)?.kind === 'number' && fn.text(filler) === '0';
  return isZero && isLastUse(fn, call, receiver) ? `${text ?? 'a buffer'} is overwritten before it is dropped` : null;
}

/** A program function that writes nothing but its wiping: what it gets is wiped if it is secret, or if the author's name for the function says that this is the purpose. */
function messageOfHelper(fn: FunctionQuery, call: CallSite): string | null {
  const [helper, ...more] = call.candidates;
  if (helper === undefined || more.length > 0 || helper.row !== null || helper.wipes.length === 0) return null;
  const wiped = new Set(helper.wipes.map((path) => JSON.stringify(path)));
  const onlyWipes = helper.outside !== 'writes' && helper.retains.length === 0 && helper.unseen.length === 0 && helper.writes.every((path) => wiped.has(JSON.stringify(path)));
  if (!onlyWipes) return null;
  const subject = valuesAt(call.operands, helper.wipes[0]!).values[0];
  if (subject === undefined || !(wipingName.test(helper.name) || fn.isSecret(subject))) return null;
  return `${fn.text(subject) ?? 'a secret'} is wiped when it is no longer needed, by ${helper.name}`;
}

/** Whether the bytes were made and used in this function, nobody else got hold of them, and nothing that may run after the call uses them. */
function isLastUse(fn: FunctionQuery, call: CallSite, receiver: ValueId): boolean {
  const { cfg, values, escapes } = fn.flow;
  const made = fn.definition(receiver);
  if (made === null || (made.op !== 'call' && made.op !== 'new')) return false;
  const objects = values.of(made.id);
  if (objects.length === 0 || objects.some((one) => values.objects[one]!.source.kind !== 'allocation' || escapes.leakOf(one) !== null)) return false;
  const { uses, leaves, capturedBy } = fn.flow.track(made.id);
  if (capturedBy.length > 0 || leaves.some(({ block }) => blocksAfter(fn, call.value).has(block) || block === cfg.blockOf[call.value])) return false;
  const others = uses.filter((use) => use.instruction !== call.value && use.instruction !== call.instruction.callee);
  return others.length > 0 && others.every((use) => !mayFollow(fn, call.value, use.instruction));
}

/** Whether `second` may run after `first` in one run of the function. */
function mayFollow(fn: FunctionQuery, first: ValueId, second: ValueId): boolean {
  const { cfg } = fn.flow;
  const block = cfg.blockOf[second]!;
  if (block === -1) return false;
  return blocksAfter(fn, first).has(block) || (block === cfg.blockOf[first] && cfg.positionOf[second]! > cfg.positionOf[first]!);
}

/** Blocks that may run after the block of the instruction; its own only if that is in a loop. */
function blocksAfter(fn: FunctionQuery, value: ValueId): ReadonlySet<BlockId> {
  const { cfg } = fn.flow;
  const found = new Set<BlockId>();
  const work: BlockId[] = [cfg.blockOf[value]!];
  while (work.length > 0) {
    const block = work.pop()!;
    if (block === -1) continue;
    for (const next of [...cfg.successors[block]!, ...cfg.exceptional[block]!]) if (!found.has(next)) { found.add(next); work.push(next); }
  }
  return found;
}
