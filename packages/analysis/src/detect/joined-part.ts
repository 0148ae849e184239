/**
 * Parts of a join that is repeated, and that a list could gather until one join at the end: whether a part is still what it was when the list is joined.
 * What is made anew in each round and left alone is; what somebody writes again needs a copy in the list.
 */
import type { ValueId } from '../ir/instruction.js';
import { loopOf } from '../flow/loops.js';
import { runsBehind } from './once-behind.js';
import type { CallSite, FunctionQuery } from './query.js';

export interface JoinedPart {
  /** Made for this join, with memory of its own. */
  readonly fresh: boolean;
  /** Who certainly writes or detaches the bytes where a list would still hold them; null when nobody does in sight. */
  readonly writer: ValueId | null;
  /** Whether code out of sight may hold them. */
  readonly shared: boolean;
}

export function partWritersOf(fn: FunctionQuery, part: ValueId, join: CallSite): JoinedPart {
  const { cfg, values, escapes } = fn.flow;
  const loop = loopOf(cfg, fn.flow.loops(), join.value);
  const made = fn.callOf(part);
  const fresh = made !== null && made.complete && made.candidates.length > 0 && made.candidates.every(({ result }) => result.kind === 'bytes' && result.origin === 'fresh') && loopOf(cfg, fn.flow.loops(), made.value) === loop;
  const objects = values.of(part).filter((one) => values.objects[one]!.source.kind !== 'method');
  const stores = new Set(objects.flatMap((one) => values.objects[one]!.stores));
  const { uses, capturedBy } = fn.flow.track(made === null || !fresh ? part : made.value);
  const shared = capturedBy.length > 0 || objects.some((one) => escapes.leakOf(one) !== null);
  if (fresh) {
    // Another holder at the same place may still have the part of the round before.
    const later = runsBehind(fn.flow, join.value, made.value);
    const writer = uses.find((use) => writes(use.instruction) && (later.has(use.instruction) || fn.callOf(use.operand)?.value !== made.value));
    return { fresh, writer: writer?.instruction ?? null, shared };
  }
  const writer = fn.instructions().find(({ id }) => (loop === null || loop.blocks.has(cfg.blockOf[id]!)) && writes(id));
  return { fresh, writer: writer?.id ?? null, shared };

  function writes(id: ValueId): boolean {
    return fn.flow.effects.of(id).effects.some((effect) => /^(?:write|write-later|detach)$/.test(effect.kind) && effect.objects.some((one) => values.objects[one]!.stores.some((store) => stores.has(store))));
  }
}
