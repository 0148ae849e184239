/**
 * Whether a result that is copied into an array could be made in its place there: at the call that makes it, when nobody looks at the place until the copy,
 * or instead of the copy, when nothing that goes into it changes until then; and whether what it is made of lies in the place.
 */
import type { Size } from '../ir/effects.js';
import type { ValueId } from '../ir/instruction.js';
import { operandsOf } from '../ir/operands.js';
import { exactBytes } from '../cost/size.js';
import { mayShareBytes, reachableFrom } from '../flow/escape.js';
import { calleeName } from '../flow/callee-name.js';
import { isForeign, type ObjectId } from '../flow/object.js';
import { type ByteRange, byteRangeOf, partOfRange, rangesOverlap } from './byte-range.js';
import { obligation } from './copy-proof.js';
import type { Obligation } from './finding.js';
import { readsSameAt } from './later-read.js';
import { onceBehind } from './once-behind.js';
import type { CallSite, FunctionQuery } from './query.js';
import { between } from './same-value.js';

export interface PlaceOfResult {
  readonly call: CallSite;
  /** The call that copies the result. */
  readonly copy: CallSite;
  /** The array that it copies to. */
  readonly target: ValueId;
  /** Null for its beginning. */
  readonly offset: ValueId | null;
  readonly length: Size;
  /** Bytes that are read while the result is made. */
  readonly inputs: readonly ValueId[];
  /** What the result is taken from, when it has a state: a hash, a cipher. */
  readonly state: ValueId | null;
  /** Whether making it tells by an error that the input is wrong. */
  readonly verifies: boolean;
}

export interface MakingInPlace {
  /** `at-call`: where the result is made now. `at-copy`: instead of the copy. */
  readonly where: 'at-call' | 'at-copy';
  readonly obligations: readonly Obligation[];
}

/** Something between the two places that stands against moving; `certain` when it certainly concerns the same bytes. */
interface Hindrance {
  readonly at: ValueId;
  readonly certain: boolean;
  /** A conversion, which does nothing of the kind in any sane program. */
  readonly unlikely: boolean;
}

/** Null when the result is copied in other rounds of a loop than it is made in, or a check would be left out. */
export function proveMakingInPlace(fn: FunctionQuery, place: PlaceOfResult): MakingInPlace | null {
  const { call, copy } = place;
  const behind = onceBehind(fn.flow, call.value, copy.value);
  // One result for several copies, or several results for one.
  if (behind === 'never') return null;
  const range = between(fn.flow, call.value, copy.value);
  const target = fn.text(place.target) ?? 'the array';
  const isThere = readsSameAt(fn, place.target, call.value) && (place.offset === null || readsSameAt(fn, place.offset, call.value)) && behind !== 'sometimes';
  const early = isThere ? hindranceOf(fn, range, [place.target], (id) => touchesPlace(fn, id, place)) : undefined;
  const late = place.length.unknown || (place.verifies && (behind === 'sometimes' || !range.every((id) => isUnseen(fn, id)))) ? undefined : lateHindrance(fn, range, place);
  const errors = behind === 'unless-thrown' && !isOwn(fn, place.target) ? [obligation('EXC', 'assumed', `nobody reads ${target} after an error between line ${fn.line(call.value)} and line ${fn.line(copy.value)}`)] : [];
  const unsaid = place.state === null ? undefined : range.find((id) => !isUnseen(fn, id));
  const later = [
    ...(unsaid === undefined ? [] : [obligation('EXC', 'assumed', `an error of ${nameOf(fn, call.instruction.callee)} may come after line ${fn.line(unsaid)}`)]),
    ...(behind === 'sometimes' && place.state !== null ? [obligation('EXC', 'assumed', `no error of ${nameOf(fn, call.instruction.callee)} has to be seen where line ${fn.line(copy.value)} is not reached`)] : []),
  ];
  const isReplaced = fn.isBefore(place.target, call.value) && !readsSameAt(fn, place.target, call.value);
  if (isReplaced) return { where: 'at-copy', obligations: [obligation('EXC', 'open', `${target} may be another array when the operands of ${nameOf(fn, call.instruction.callee)} are evaluated; the output belongs to the one before`)] };
  if (early === null) return { where: 'at-call', obligations: [obligation('RES', 'proved', `nobody looks at the place between line ${fn.line(call.value)} and line ${fn.line(copy.value)}`), ...errors] };
  if (late === null) return { where: 'at-copy', obligations: [obligation('RES', 'proved', `nothing that goes into it changes before line ${fn.line(copy.value)}, where it can be made`), ...later] };
  if (early?.unlikely === true) return { where: 'at-call', obligations: [obligation('RES', 'assumed', `line ${fn.line(early.at)}: ${whatOf(fn, early.at)} does not look at the place in ${target}`), ...errors] };
  if (late?.unlikely === true) return { where: 'at-copy', obligations: [obligation('RES', 'assumed', `line ${fn.line(late.at)}: ${whatOf(fn, late.at)} changes nothing that goes into it`), ...later] };
  if (early === undefined && late === undefined) return null;
  const [where, hindrance] = early === undefined ? ['at-copy', late!] as const : ['at-call', early] as const;
  const certain = (early === undefined || early.certain) && (late === undefined || late.certain);
  const does = where === 'at-call' ? `reads or writes ${target}` : 'changes what goes into it';
  return { where, obligations: [obligation('RES', certain ? 'failed' : 'open', `line ${fn.line(hindrance.at)}: ${whatOf(fn, hindrance.at)} ${certain ? does : does.replace(/^(?:reads or writes|changes)/, (verb) => (verb === 'changes' ? 'may change' : 'may read or write'))} before line ${fn.line(copy.value)}`)] };
}

/** SRC: the place is not among what is read while it is written. */
export function proveInputsElsewhere(fn: FunctionQuery, place: PlaceOfResult): Obligation {
  const { values, escapes } = fn.flow;
  const frame = fn.text(place.target) ?? 'the array';
  const named = (list: readonly ValueId[], word: string): string => list.map((one) => nameOf(fn, one)).join(` ${word} `);
  const own = storesOf(fn, place.target);
  const certain = rangeOfPlace(fn, place);
  const shared = place.inputs.filter((one) => storesOf(fn, one).some((store) => own.includes(store)));
  const met = shared.find((one) => rangesOverlap(byteRangeOf(fn, one), certain) === 'yes' || isWhole(fn, one, place.target));
  if (met !== undefined) return obligation('SRC', 'failed', `${nameOf(fn, met)} lies in ${frame} where the result is written`);
  const unsure = shared.filter((one) => rangesOverlap(byteRangeOf(fn, one), certain) === 'unknown');
  if (unsure.length > 0) return obligation('SRC', 'assumed', `${named(unsure, 'and')} ${unsure.length > 1 ? 'lie' : 'lies'} in ${frame} outside the place that is written`);
  const held = place.state === null ? [] : [...reachableFrom(values.of(place.state), values)];
  const isHeld = held.some((one) => own.includes(one)) && place.inputs.every((one) => !storesOf(fn, one).some((store) => own.includes(store)));
  if (isHeld) return obligation('SRC', 'open', `${nameOf(fn, place.state!)} may hold a part of ${frame} that is written`);
  const isApart = (one: ValueId): boolean => !values.of(one).some((input) => values.of(place.target).some((target) => mayShareBytes(input, target, values, escapes))) || rangesOverlap(byteRangeOf(fn, one), certain) === 'no';
  const doubtful = place.inputs.filter((one) => !isApart(one));
  if (doubtful.length > 0) return obligation('SRC', 'assumed', `${frame} does not overlap ${named(doubtful, 'or')}`);
  return isOwn(fn, place.target) ? obligation('SRC', 'proved', `${frame} is made here and holds no input`) : obligation('SRC', 'proved', `nothing that is read lies in ${frame} where the result is written`);
}

function lateHindrance(fn: FunctionQuery, range: readonly ValueId[], place: PlaceOfResult): Hindrance | null {
  const state = place.state === null ? [] : fn.flow.values.of(place.state);
  const used = range.find((id) => {
    const instruction = fn.instruction(id);
    return instruction !== null && operandsOf(instruction).some((operand) => operand !== place.call.value && fn.flow.values.of(operand).some((one) => state.includes(one)));
  });
  if (used !== undefined) return { at: used, certain: true, unlikely: false };
  return hindranceOf(fn, range, place.inputs, (id) => changes(fn, id, place.inputs));
}

/** The instruction in the range that stands most against it; null when there is none. */
function hindranceOf(fn: FunctionQuery, range: readonly ValueId[], bytes: readonly ValueId[], concerns: (id: ValueId) => 'certainly' | 'possibly' | null): Hindrance | null {
  const isReachable = bytes.some((one) => !isOwn(fn, one));
  let found: Hindrance | null = null;
  for (const id of range) {
    const how = concerns(id);
    if (how === 'certainly') return { at: id, certain: true, unlikely: false };
    const { runs } = fn.flow.effects.of(id);
    const isUnlikely = how === null && runs?.kind === 'coercion';
    if (how === null && (runs === null || !isReachable)) continue;
    if (found === null || (found.unlikely && !isUnlikely)) found = { at: id, certain: false, unlikely: isUnlikely };
  }
  return found;
}

/** Whether an instruction reads or writes the bytes of the place. */
function touchesPlace(fn: FunctionQuery, id: ValueId, place: PlaceOfResult): 'certainly' | 'possibly' | null {
  const range = rangeOfPlace(fn, place);
  let found: 'possibly' | null = null;
  for (const effect of fn.flow.effects.of(id).effects) {
    if (!/^(?:read|write|detach|unknown|read-later|write-later)$/.test(effect.kind)) continue;
    const how = sharing(fn, effect.objects, [place.target]);
    if (how === null || (effect.kind !== 'unknown' && effect.kind !== 'detach' && rangesOverlap(rangeOfAccess(fn, id, place.target), range) === 'no')) continue;
    if (how === 'certainly' && effect.kind !== 'unknown') return 'certainly';
    found = 'possibly';
  }
  return found;
}

/** Whether an instruction writes or detaches the bytes. */
function changes(fn: FunctionQuery, id: ValueId, bytes: readonly ValueId[]): 'certainly' | 'possibly' | null {
  let found: 'possibly' | null = null;
  for (const effect of fn.flow.effects.of(id).effects) {
    if (!/^(?:write|detach|unknown|write-later)$/.test(effect.kind)) continue;
    const how = sharing(fn, effect.objects, bytes);
    if (how === 'certainly' && effect.kind !== 'unknown') return 'certainly';
    if (how !== null) found = 'possibly';
  }
  return found;
}

function sharing(fn: FunctionQuery, objects: readonly ObjectId[], bytes: readonly ValueId[]): 'certainly' | 'possibly' | null {
  const { values, escapes } = fn.flow;
  const stores = new Set(bytes.flatMap((one) => storesOf(fn, one)));
  if (objects.some((one) => values.objects[one]!.stores.some((store) => stores.has(store)))) return 'certainly';
  return bytes.some((value) => values.of(value).some((own) => objects.some((one) => mayShareBytes(one, own, values, escapes)))) ? 'possibly' : null;
}

/** The bytes of the target that are written, as far as constants tell. */
function rangeOfPlace(fn: FunctionQuery, { target, offset, length }: Pick<PlaceOfResult, 'target' | 'offset' | 'length'>): ByteRange | null {
  const of = byteRangeOf(fn, target);
  const from = offset === null ? 0 : exactBytes(fn.numberOf(offset));
  if (of === null || from === null || from < 0) return null;
  return partOfRange(of, from, exactBytes(length));
}

/** The bytes of the target that an element access or `set` touches: `frame[0] = 1`, `frame.set(nonce)`. */
function rangeOfAccess(fn: FunctionQuery, id: ValueId, target: ValueId): ByteRange | null {
  const instruction = fn.instruction(id);
  if ((instruction?.op === 'get' || instruction?.op === 'set') && instruction.key.kind === 'computed') {
    const of = byteRangeOf(fn, instruction.object);
    const index = exactBytes(fn.numberOf(instruction.key.value));
    return of === null || index === null || index < 0 ? null : partOfRange(of, index, 1);
  }
  const call = fn.calls().find((one) => one.value === id);
  if (call?.api !== 'Uint8Array.prototype.set' || call.operands.receiver === null || call.operands.arguments[0] === undefined) return null;
  const [source, offset] = call.operands.arguments;
  // A source that is in the target, too, is read there.
  if (storesOf(fn, source).some((store) => storesOf(fn, target).includes(store))) return null;
  return rangeOfPlace(fn, { target: call.operands.receiver, offset: offset ?? null, length: fn.lengthOf(source) });
}

/** Whether nobody outside of the function could tell when the instruction runs. */
function isUnseen(fn: FunctionQuery, id: ValueId): boolean {
  const { effects, runs } = fn.flow.effects.of(id);
  const { values, escapes } = fn.flow;
  return runs === null && effects.every((effect) => effect.kind === 'read' || effect.objects.every((one) => !isForeign(values.objects[one]!) && escapes.leakOf(one) === null));
}

function isWhole(fn: FunctionQuery, value: ValueId, target: ValueId): boolean {
  const made = fn.definition(value);
  return made !== null && made.op !== 'load' && made.id === fn.definition(target)?.id;
}

function isOwn(fn: FunctionQuery, value: ValueId): boolean {
  const { values, escapes } = fn.flow;
  const stores = storesOf(fn, value);
  return stores.length > 0 && stores.every((one) => values.objects[one]!.source.kind === 'allocation' && escapes.leakOf(one) === null);
}

function storesOf(fn: FunctionQuery, value: ValueId): readonly ObjectId[] {
  const { values } = fn.flow;
  return values.of(value).filter((one) => values.objects[one]!.source.kind !== 'method').flatMap((one) => values.objects[one]!.stores);
}

function nameOf(fn: FunctionQuery, value: ValueId): string {
  const text = fn.text(value) ?? 'an input';
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}

function whatOf(fn: FunctionQuery, id: ValueId): string {
  const instruction = fn.instruction(id);
  if (instruction?.op === 'call' || instruction?.op === 'new') return calleeName(instruction, fn.flow.cfg);
  return fn.flow.effects.of(id).runs?.what ?? 'an access';
}
