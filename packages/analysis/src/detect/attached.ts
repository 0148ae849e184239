/**
 * Whether bytes are still there at a place: whether nothing has transferred or resized their store before. Some readers of detached bytes throw
 * (spread, `new Uint8Array`, slice, subarray), others take them for empty (`Buffer.from`), so that one cannot stand for the other.
 * A transfer while a copy is in use is DET of `copy-proof.ts`.
 */
import type { ValueId } from '../ir/instruction.js';
import type { Cfg } from '../flow/cfg.js';
import { isForeign } from '../flow/object.js';
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import type { FunctionQuery } from './query.js';

/** DET of reading the bytes in another way at `at`: failed where the function transfers them before, assumed where code out of sight can have done it. */
export function proveAttached(fn: FunctionQuery, value: ValueId, at: ValueId): Obligation {
  const { cfg, effects, escapes, values } = fn.flow;
  const name = fn.text(value) ?? 'the source';
  const stores = new Set(values.of(value).filter((one) => values.objects[one]!.source.kind !== 'method').flatMap((one) => [one, ...values.objects[one]!.stores]));
  for (const block of cfg.order) for (const { id } of fn.function.blocks[block]!.instructions) {
    for (const effect of effects.of(id).effects) {
      if (effect.kind !== 'detach' || !effect.objects.some((one) => values.objects[one]!.stores.some((store) => stores.has(store)))) continue;
      if (mayRunBefore(cfg, id, at)) return obligation('DET', 'failed', `line ${fn.line(id)}: ${effect.callee ?? 'a call'} detaches ${name}`);
    }
  }
  if (stores.size === 0 || [...stores].some((one) => isForeign(values.objects[one]!))) return obligation('DET', 'assumed', `${name} is not detached`);
  for (const one of stores) {
    const leak = escapes.leakOf(one);
    if (leak !== null && mayRunBefore(cfg, leak.instruction, at)) return obligation('DET', 'assumed', `line ${fn.line(leak.instruction)}: ${leak.what === '' ? 'who gets them' : leak.what} does not detach ${name}`);
  }
  return obligation('DET', 'proved', `nothing detaches ${name}`);
}

/** Whether there is a way from one instruction to the other, also around a loop. */
function mayRunBefore(cfg: Cfg, first: ValueId, second: ValueId): boolean {
  const [from, to] = [cfg.blockOf[first]!, cfg.blockOf[second]!];
  if (from === to && cfg.positionOf[first]! < cfg.positionOf[second]!) return true;
  const visited = new Set<number>();
  const work = [from];
  while (work.length > 0) {
    const block = work.pop()!;
    for (const next of [...cfg.successors[block]!, ...cfg.exceptional[block]!]) {
      if (next === to) return true;
      if (!visited.has(next)) { visited.add(next); work.push(next); }
    }
  }
  return false;
}
