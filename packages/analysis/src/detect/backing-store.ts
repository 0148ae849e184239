/**
 * Who owns the backing store of bytes: whether the bytes are certainly all of their store, certainly a part of a larger one, or come from a place
 * that does not say. Looks through fields that only the class's own methods set, variables of enclosing functions, and arguments of functions that
 * are called in sight only.
 */
import type { Size } from '../ir/effects.js';
import type { ValueId } from '../ir/instruction.js';
import { equalSizes, exactBytes } from '../cost/size.js';
import { valuesAt } from '../flow/call-effects.js';
import type { AbstractObject, ObjectId } from '../flow/object.js';
import { fieldKey } from '../flow/points-to.js';
import type { CallSite, FunctionQuery } from './query.js';

export interface StoreOwnership {
  /** `whole`: the bytes are all of their store. `part`: they lie in a larger store. `conditional`: they do when a length is as `because` says. `foreign`: they come in from outside. `unknown`: nothing is known. */
  readonly is: 'whole' | 'part' | 'conditional' | 'foreign' | 'unknown';
  /** The evidence, in words; empty for `whole`. */
  readonly because: string;
}

const whole: StoreOwnership = { is: 'whole', because: '' };
const order: readonly StoreOwnership['is'][] = ['part', 'conditional', 'foreign', 'unknown', 'whole'];
const maximumDepth = 3;

/** The ownership of the store behind a value; of several possible values the one that says most against `whole`. */
export function storeOwnershipOf(fn: FunctionQuery, value: ValueId): StoreOwnership {
  return ofValue(fn, value, maximumDepth);
}

function ofValue(fn: FunctionQuery, value: ValueId, depth: number): StoreOwnership {
  const { values } = fn.flow;
  const objects = values.of(value).filter((one) => values.objects[one]!.source.kind !== 'method');
  if (objects.length === 0) return { is: 'unknown', because: `what ${nameOf(fn, value)} is was not found out` };
  const found = objects.map((one) => ofObject(fn, value, values.objects[one]!, depth));
  const part = found.find((one) => one.is === 'part' || one.is === 'conditional');
  // `x.slice(4)` is all of its store for a Uint8Array and a part for a Buffer: which one comes is not in sight.
  return part !== undefined && found.some((one) => one.is === 'whole') ? { is: 'unknown', because: `${part.because}, or of its own, as the class of its source has it` } : worst(found);
}

function worst(found: readonly StoreOwnership[]): StoreOwnership {
  return order.map((is) => found.find((one) => one.is === is)).find((one) => one !== undefined) ?? { is: 'unknown', because: 'nothing sets it in sight' };
}

function ofObject(fn: FunctionQuery, value: ValueId, object: AbstractObject, depth: number): StoreOwnership {
  const { source } = object;
  switch (source.kind) {
    case 'allocation': return ofAllocation(fn, object, source.site, depth);
    case 'parameter': return depth === 0 ? outside(fn, value) : ofParameter(fn, value, source.index, depth);
    case 'captured': {
      if (depth === 0) return { is: 'unknown', because: `${nameOf(fn, value)} is set elsewhere` };
      const { stores } = fn.flow.context.variables.facts(source.variable);
      return worst(stores.map((store) => ofValue(fn.program.functionOf(fn.module, fn.module.functions[store.function]!), store.value, depth - 1)));
    }
    case 'path': return ofField(fn, value, source.base, source.key, depth);
    default: return { is: 'unknown', because: `what ${nameOf(fn, value)} is was not found out` };
  }
}

function ofAllocation(fn: FunctionQuery, object: AbstractObject, site: ValueId, depth: number): StoreOwnership {
  const call = fn.callOf(site);
  const place = `line ${fn.line(site)}: ${shortened(fn.text(site) ?? 'it')}`;
  const isOwn = object.stores.length === 1 && object.stores[0] === object.id;
  if (isOwn && object.origin === 'fresh') return whole;
  if (isOwn && object.origin === 'pooled') return ofPooled(fn, call, site, place);
  if (isOwn) return { is: 'unknown', because: `${place.replace(': ', ': what ')} returns is not known` };
  return call === null ? { is: 'conditional', because: `${place} is a view, which may be of a part` } : ofView(fn, call, place, depth);
}

/** Bytes out of Node's pool: those of Buffer that are shorter than half of `Buffer.poolSize`, measured on Node 20, 22 and 24; longer ones have a store of their own, and so have empty ones. */
function ofPooled(fn: FunctionQuery, call: CallSite | null, site: ValueId, place: string): StoreOwnership {
  const names = call?.complete === true ? call.candidates.map((one) => (one.row === null ? '' : one.name)) : [];
  if (names.length > 0 && names.every((name) => name.startsWith('@noble/'))) return { is: 'part', because: `${place} lies in a larger store` };
  if (names.length === 0 || !names.every((name) => name.startsWith('Buffer.'))) return { is: 'conditional', because: `${place} may lie in a store that is larger or shared, such as the pool of Node` };
  const resized = fn.program.replacementOf('Buffer.poolSize');
  if (resized !== null) return { is: 'unknown', because: `${place} lies in the pool of Node or not, as the program sets Buffer.poolSize` };
  const limit = fn.program.profile.poolSize / 2;
  const length = fn.lengthOf(site);
  const bytes = exactBytes(length);
  if (bytes === 0 || leastOf(length) >= limit) return whole;
  // What decoding gives may be shorter than the text lets expect.
  const isDecoded = call!.candidates.some(({ result }) => result.kind === 'bytes' && typeof result.length === 'object' && 'scaled' in result.length);
  if (bytes !== null && !isDecoded) return { is: 'part', because: `${place} lies in the pool of Node, as all of 1 to ${limit - 1} bytes do` };
  return { is: 'conditional', because: `${place} lies in the pool of Node, when it has 1 to ${limit - 1} bytes` };
}

/** A view is of a part when it leaves something out; a view of everything is what it is a view of. */
function ofView(fn: FunctionQuery, call: CallSite, place: string, depth: number): StoreOwnership {
  const unclear: StoreOwnership = { is: 'conditional', because: `${place} is a view of a part, when it does not take everything` };
  const { operands } = call;
  const viewed = new Set(call.candidates.flatMap(({ result }) => (result.kind === 'view' ? valuesAt(operands, result.of).values : [])));
  const [base] = viewed;
  if (base === undefined || viewed.size > 1 || operands.uncertainFrom !== null || depth === 0) return unclear;
  const isOfBuffer = base === operands.arguments[0];
  const [start, end] = isOfBuffer ? operands.arguments.slice(1) : operands.arguments;
  const made = fn.definition(base);
  const source = made?.op === 'get' && made.key.kind === 'name' && made.key.name === 'buffer' ? made.object : base;
  const from = start === undefined ? 0 : numberAt(fn, start);
  const to = end === undefined ? null : numberAt(fn, end);
  // All of a buffer: `new Uint8Array(buffer)`.
  if (isOfBuffer && from === 0 && end === undefined) return whole;
  if (from !== null && from > 0) return { is: 'part', because: `${place} leaves out what comes before` };
  if (!isOfBuffer && to !== null && to < 0) return { is: 'part', because: `${place} leaves out what comes behind` };
  if (!hasByteElements(fn, call.value) || (source !== base && !hasByteElements(fn, source))) return unclear;
  const length = fn.lengthOf(call.value);
  const total = fn.lengthOf(source);
  const [bytes, all] = [exactBytes(length), exactBytes(total)];
  const isAll = equalSizes(length, total) || (from === 0 && end === undefined);
  if (isAll) return source === base && isOfBuffer ? whole : ofValue(fn, source, depth - 1);
  return bytes !== null && all !== null && bytes < all ? { is: 'part', because: `${place} takes ${bytes} of ${all} bytes` } : unclear;
}

function numberAt(fn: FunctionQuery, value: ValueId): number | null {
  const known = fn.constant(value);
  return known?.kind === 'number' ? known.value : exactBytes(fn.numberOf(value));
}

function hasByteElements(fn: FunctionQuery, value: ValueId): boolean {
  const { classes, complete } = fn.knowledge(value);
  return complete && classes.length > 0 && classes.every((one) => ['Uint8Array', 'Buffer', 'Uint8ClampedArray', 'Int8Array', 'DataView'].includes(one.name));
}

/** What a length is at least, when its symbols stand for lengths. */
function leastOf(length: Size): number {
  return !length.unknown && Object.values(length.terms).every((factor) => factor >= 0) ? length.constant : 0;
}

/** What the callers in sight give, when nobody else can call; else anything of the declared class. */
function ofParameter(fn: FunctionQuery, value: ValueId, index: number, depth: number): StoreOwnership {
  if (fn.exported || fn.function.kind !== 'function') return outside(fn, value);
  const calls = fn.program.functionsIn(fn.module).flatMap((one) => one.calls()).filter((call) => fn.program.calleeOf(call) === fn);
  const given = calls.map((call) => (call.operands.uncertainFrom === null ? call.operands.arguments[index] : undefined));
  if (calls.length === 0 || given.includes(undefined)) return outside(fn, value);
  return worst(calls.map((call, position) => ofValue(call.in, given[position]!, depth - 1)));
}

/** A field of `this` is what the class's own methods set it to; every other property is unknown. */
function ofField(fn: FunctionQuery, value: ValueId, base: ObjectId, key: string, depth: number): StoreOwnership {
  const holder = fn.flow.values.objects[base]!.source;
  const unseen: StoreOwnership = { is: 'unknown', because: `what is in ${nameOf(fn, value)} is set out of sight` };
  if (holder.kind === 'parameter') return outside(fn, value);
  if (holder.kind !== 'this' || depth === 0) return unseen;
  const set = fn.program.functionsIn(fn.module).filter((one) => one.function.className === fn.function.className).flatMap((method) => method.instructions().flatMap((one) => {
    const isSet = (one.op === 'set' || one.op === 'define') && one.key.kind !== 'computed' && method.definition(one.object)?.op === 'this';
    return isSet && fieldKey(one.key) === key ? [{ method, value: one.value }] : [];
  })).filter(({ method, value: stored }) => method.constant(stored) === null);
  return set.length === 0 ? unseen : worst(set.map(({ method, value: stored }) => ofValue(method, stored, depth - 1)));
}

function outside(fn: FunctionQuery, value: ValueId): StoreOwnership {
  return { is: 'foreign', because: `${nameOf(fn, value)} comes from callers, who may give a Buffer out of Node's pool or a subarray of a larger array` };
}

function nameOf(fn: FunctionQuery, value: ValueId): string {
  return shortened(fn.text(value) ?? 'it');
}

function shortened(text: string): string {
  return text.length <= 60 ? text : `${text.slice(0, 57)}…`;
}
