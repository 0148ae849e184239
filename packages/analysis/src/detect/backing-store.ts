/**
 * Who owns the backing store of bytes: whether the bytes are certainly all of their store, certainly a part of a larger one, or come from a place
 * that does not say. Looks through fields that only the class's own methods set, variables of enclosing functions, and arguments of functions that
 * are called in sight only.
 */
import type { ValueId } from '../ir/instruction.js';
import type { AbstractObject, ObjectId } from '../flow/object.js';
import { fieldKey } from '../flow/points-to.js';
import type { FunctionQuery } from './query.js';

export interface StoreOwnership {
  /** `whole`: the bytes are all of their store. `part`: they lie in a larger store. `foreign`: they come in from outside. `unknown`: nothing is known. */
  readonly is: 'whole' | 'part' | 'foreign' | 'unknown';
  /** The evidence, in words; empty for `whole`. */
  readonly because: string;
}

const whole: StoreOwnership = { is: 'whole', because: '' };
const order: readonly StoreOwnership['is'][] = ['part', 'foreign', 'unknown', 'whole'];
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
  const part = found.find((one) => one.is === 'part');
  // `x.slice(4)` is all of its store for a Uint8Array and a part for a Buffer: which one comes is not in sight.
  return part !== undefined && found.some((one) => one.is === 'whole') ? { is: 'unknown', because: `${part.because}, or of its own, as the class of its source has it` } : worst(found);
}

function worst(found: readonly StoreOwnership[]): StoreOwnership {
  return order.map((is) => found.find((one) => one.is === is)).find((one) => one !== undefined) ?? { is: 'unknown', because: 'nothing sets it in sight' };
}

function ofObject(fn: FunctionQuery, value: ValueId, object: AbstractObject, depth: number): StoreOwnership {
  const { source } = object;
  switch (source.kind) {
    case 'allocation': return ofAllocation(fn, object, source.site);
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

function ofAllocation(fn: FunctionQuery, object: AbstractObject, site: ValueId): StoreOwnership {
  const call = fn.callOf(site);
  const text = shortened(fn.text(site) ?? 'it');
  const isOwn = object.stores.length === 1 && object.stores[0] === object.id;
  if (isOwn && object.origin === 'fresh') return whole;
  if (isOwn && object.origin === 'pooled') return { is: 'part', because: `line ${fn.line(site)}: ${text} lies in a store that is larger or shared, such as the pool of Node` };
  // A view over all of a buffer: `new Uint8Array(buffer)`.
  if (!isOwn && call?.instruction.op === 'new' && call.operands.arguments.length === 1 && call.operands.uncertainFrom === null) return whole;
  return isOwn ? { is: 'unknown', because: `line ${fn.line(site)}: what ${text} returns is not known` } : { is: 'part', because: `line ${fn.line(site)}: ${text} is a view of a part` };
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
