/**
 * Copies of bytes, in the words that the copy rules share: which operand a call copies, whether the copied bytes were fresh and die with the copy,
 * and who owns a finding when several rules could speak of one chain of copies. Whether a copy may be a view is `copy-proof.ts`.
 */
import type { ValueId } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import { valuesAt } from '../flow/call-effects.js';
import { loopOf } from '../flow/loops.js';
import { runsBehind } from './once-behind.js';
import { isLibraryObject } from './library-object.js';
import type { CallSite, FunctionQuery } from './query.js';

export interface ByteCopy {
  readonly call: CallSite;
  /** The bytes whose content the result has. */
  readonly source: ValueId;
  /** False for a copy of a range: `bytes.slice(4)`. */
  readonly whole: boolean;
  /** The array literal that hands the source over: `Buffer.concat([part])`. */
  readonly list?: ValueId;
}

/**
 * The copy that a call makes; null when it is none, or may be something else than a copy or a view of that same operand
 * (`bytes.slice()` of a declared Uint8Array is a copy or, for a Buffer, a view).
 */
export function byteCopyOf(call: CallSite): ByteCopy | null {
  if (!call.complete || call.candidates.length === 0 || call.operands.uncertainFrom !== null) return null;
  const sources = new Set<ValueId | undefined>();
  let copies = false;
  for (const { row, result } of call.candidates) {
    const isCopy = result.kind === 'bytes' && row?.roles?.includes('copy') === true;
    if (!isCopy && result.kind !== 'view') return null;
    const path = result.kind === 'view' ? result.of : result.source;
    const [source, ...more] = path === undefined ? [] : valuesAt(call.operands, path).values;
    if (more.length > 0) return null;
    sources.add(source);
    copies ||= isCopy;
  }
  const [source] = sources;
  if (!copies || sources.size !== 1 || source === undefined) return null;
  const isRanged = call.operands.receiver === source ? call.operands.arguments.length > 0 : call.operands.arguments.length > 1;
  return { call, source, whole: !isRanged };
}

/** `Buffer.from` or `new Uint8Array`, with the name of the class that the copying call is written with, since another thing may be called Buffer there; null for other spellings. */
export function byteViewMakerOf(fn: FunctionQuery, copy: CallSite, target: 'Buffer' | 'Uint8Array'): string | null {
  const callee = fn.text(copy.instruction.callee);
  const wanted = copy.instruction.op === 'new' ? /^([\w$]+(?:\.[\w$]+)*)$/ : /^([\w$]+(?:\.[\w$]+)*)\s*\.\s*(?:from|copyBytesFrom)$/;
  const owner = callee === null ? null : wanted.exec(callee)?.[1] ?? null;
  const makes = copy.candidates[0]?.name;
  const member = fn.instruction(copy.instruction.callee);
  // `copiers.copyBytesFrom` of a literal has no `from` beside it.
  if (copy.instruction.op === 'call' && (member?.op !== 'get' || !isLibraryObject(fn, member.object))) return null;
  if (owner === null || makes === undefined || (target === 'Buffer') !== makes.startsWith('Buffer.')) return null;
  return target === 'Buffer' ? `${owner}.from` : `new ${owner}`;
}

/** The call that made the copied bytes, when they were fresh and exact, nobody else holds them, and they are dead behind the copy; null otherwise. */
export function freshProducerOf(fn: FunctionQuery, copy: ByteCopy): CallSite | null {
  if (!copy.whole) return null;
  const producer = fn.callOf(copy.source);
  if (producer === null || !producer.complete || producer.candidates.length === 0) return null;
  if (!producer.candidates.every((one) => one.result.kind === 'bytes' && one.result.origin === 'fresh')) return null;
  return isLastUse(fn, producer.value, copy.call.value, copy.list ?? null) ? producer : null;
}

/** Whether a call copies the whole of this fresh value at its end: then `no-copy-of-fresh-bytes` speaks of the pair, and nobody else does. */
export function isCopiedAtItsEnd(fn: FunctionQuery, value: ValueId): boolean {
  return fn.calls().some((call) => {
    if (!operandsOf(call.instruction).includes(value) && !mayTake(fn, call, value)) return false;
    const copy = byteCopyOf(call);
    return copy !== null && freshProducerOf(fn, copy)?.value === value;
  });
}

/** Whether the value is copied itself from something that could be a view: then that copy goes first, and the proof of this one is of tomorrow's program. */
export function isCopyOfRemovableCopy(fn: FunctionQuery, source: ValueId): boolean {
  const producer = fn.callOf(source);
  const inner = producer === null ? null : byteCopyOf(producer);
  return inner !== null && fn.proveView(inner.call, inner.source).verdict !== 'fails';
}

function mayTake(fn: FunctionQuery, call: CallSite, value: ValueId): boolean {
  return operandsOf(call.instruction).some((operand) => fn.callOf(operand)?.value === value);
}

/** Nothing but the use touches the value behind it, in this or another round, and nothing keeps it. */
function isLastUse(fn: FunctionQuery, value: ValueId, use: ValueId, list: ValueId | null): boolean {
  const { cfg, values, escapes } = fn.flow;
  const { uses, leaves, capturedBy } = fn.flow.track(value);
  if (leaves.length > 0 || capturedBy.length > 0) return false;
  if (loopOf(cfg, fn.flow.loops(), value) !== loopOf(cfg, fn.flow.loops(), use)) return false;
  const made = values.of(value).filter((one) => values.objects[one]!.source.kind !== 'method');
  if (made.length === 0 || made.some((one) => values.objects[one]!.source.kind !== 'allocation' || escapes.leakOf(one) !== null || escapes.isReturned(one) || escapes.isThrown(one))) return false;
  const isKept = (instruction: ValueId): boolean => fn.flow.effects.of(instruction).effects.some((effect) => effect.kind === 'retain' && effect.objects.some((one) => made.includes(one)));
  // Detached bytes are empty for one reader and an error for another.
  const stores = new Set(made.flatMap((one) => values.objects[one]!.stores));
  const isDetached = (instruction: ValueId): boolean => fn.flow.effects.of(instruction).effects.some((effect) => effect.kind === 'detach' && effect.objects.some((one) => values.objects[one]!.stores.some((store) => stores.has(store))));
  const later = runsBehind(fn.flow, use, value);
  return uses.every((one) => one.instruction === use || one.instruction === list || (one.holding === 'object' && !isKept(one.instruction) && !isDetached(one.instruction) && !later.has(one.instruction)));
}
