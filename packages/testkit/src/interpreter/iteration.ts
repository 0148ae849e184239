/**
 * Iterator records, the adapter from sync to async iterators, and `yield*`, step by step as ECMA-262 chapters 7.4, 27.1.4 and 15.5.5 say.
 * The order of property reads and of promise jobs is observable, so nothing here is left to `for of` of the host.
 */
import { isObject } from './operators.js';
import type { Resumption, Suspension } from './suspension.js';
import { awaitValue, started, unwrapAsyncReturn } from './suspension.js';

/** The value of `iterator` and `enumerate-keys` instructions. */
export class IteratorRecord {
  readonly iterator: unknown;
  readonly next: unknown;
  /** Results of an async iterator are promises, which the program awaits before it looks at them. */
  readonly isAsync: boolean;
  constructor(iterator: unknown, next: unknown, isAsync: boolean) {
    this.iterator = iterator;
    this.next = next;
    this.isAsync = isAsync;
  }
}

/** The list that a `spread` instruction computes; only `spread` arguments consume it. */
export class SpreadList {
  readonly items: readonly unknown[];
  constructor(items: readonly unknown[]) {
    this.items = items;
  }
}

type AnyFunction = (...values: unknown[]) => unknown;

export function openIterator(iterable: unknown): IteratorRecord {
  const method = (iterable as Iterable<unknown>)[Symbol.iterator] as unknown;
  return new IteratorRecord(...openWith(method, iterable), false);
}

export function openAsyncIterator(iterable: unknown): IteratorRecord {
  const method = (iterable as AsyncIterable<unknown>)[Symbol.asyncIterator] as unknown;
  if (method === undefined || method === null) return asyncFromSyncIterator(openIterator(iterable));
  return new IteratorRecord(...openWith(method, iterable), true);
}

/** The keys of `for (k in object)`: the host enumerates lazily, so deletions during the loop are seen. */
export function enumerateKeys(object: unknown): IteratorRecord {
  const keys = (function* () {
    for (const key in object as object) yield key;
  })();
  return new IteratorRecord(keys, nextOf(keys), false);
}

export function iteratorNext(record: IteratorRecord): unknown {
  return Reflect.apply(record.next as AnyFunction, record.iterator, []);
}

export function iteratorDone(result: unknown): boolean {
  if (!isObject(result)) throw new TypeError('Iterator result is not an object');
  return Boolean((result as IteratorResult<unknown>).done);
}

export function iteratorValue(result: unknown): unknown {
  return (result as IteratorResult<unknown>).value;
}

/** Calls `return()` when there is one. What a sync iterator answers must be an object; an async one's answer is a promise, checked by the program. */
export function iteratorClose(record: IteratorRecord): unknown {
  const method = getMethod(record.iterator, 'return');
  if (method === undefined) return undefined;
  const result: unknown = Reflect.apply(method, record.iterator, []);
  if (!record.isAsync && !isObject(result)) throw new TypeError('iterator.return() did not return an object');
  return result;
}

export function runToList(iterable: unknown): SpreadList {
  const record = openIterator(iterable);
  const items: unknown[] = [];
  for (;;) {
    const result = iteratorNext(record);
    if (iteratorDone(result)) return new SpreadList(items);
    items.push(iteratorValue(result));
  }
}

/** How `yield*` ended: with the inner iterator's value, or because the consumer asked to return. */
export interface Delegated {
  readonly kind: 'next' | 'return';
  readonly value: unknown;
}

/** `yield*` in a sync generator: results of the inner iterator go out as they are. */
export function* delegateSync(iterable: unknown): Generator<Suspension, Delegated, Resumption> {
  const record = openIterator(iterable);
  let received = started;
  for (;;) {
    const method = methodFor(record, received);
    if (method === undefined) {
      if (received.kind === 'return') return { kind: 'return', value: received.value };
      iteratorClose(record);
      throw new TypeError('The iterator does not provide a throw method');
    }
    const result = Reflect.apply(method, record.iterator, [received.value]);
    if (iteratorDone(result)) return { kind: received.kind === 'return' ? 'return' : 'next', value: iteratorValue(result) };
    received = yield { kind: 'delegate', result: result as object };
  }
}

/** `yield*` in an async generator: results are awaited and rewrapped, their values are not awaited. */
export function* delegateAsync(iterable: unknown): Generator<Suspension, Delegated, Resumption> {
  const record = openAsyncIterator(iterable);
  let received = started;
  for (;;) {
    const method = methodFor(record, received);
    if (method === undefined) {
      if (received.kind === 'return') return { kind: 'return', value: yield* awaitValue(received.value) };
      yield* closeDelegateAsync(record);
      throw new TypeError('The iterator does not provide a throw method');
    }
    const result = yield* awaitValue(Reflect.apply(method, record.iterator, [received.value]));
    if (iteratorDone(result)) return { kind: received.kind === 'return' ? 'return' : 'next', value: iteratorValue(result) };
    received = yield* unwrapAsyncReturn(yield { kind: 'yield', value: iteratorValue(result) });
  }
}

function methodFor(record: IteratorRecord, received: Resumption): AnyFunction | undefined {
  return received.kind === 'next' ? (record.next as AnyFunction) : getMethod(record.iterator, received.kind);
}

/** AsyncIteratorClose of a delegate that cannot take a throw; the TypeError of the missing method follows anyway. */
function* closeDelegateAsync(record: IteratorRecord): Generator<Suspension, void, Resumption> {
  const method = getMethod(record.iterator, 'return');
  if (method === undefined) return;
  const result = yield* awaitValue(Reflect.apply(method, record.iterator, []));
  if (!isObject(result)) throw new TypeError('iterator.return() did not return an object');
}

function openWith(method: unknown, iterable: unknown): [iterator: unknown, next: unknown] {
  if (typeof method !== 'function') throw new TypeError('value is not iterable');
  const iterator: unknown = Reflect.apply(method, iterable, []);
  if (!isObject(iterator)) throw new TypeError('Result of the Symbol.iterator method is not an object');
  return [iterator, nextOf(iterator)];
}

function nextOf(iterator: object): unknown {
  return (iterator as { readonly next: unknown }).next;
}

function getMethod(object: unknown, name: string): AnyFunction | undefined {
  const method = (object as Record<string, unknown>)[name];
  if (method === undefined || method === null) return undefined;
  if (typeof method !== 'function') throw new TypeError(`${name} is not a function`);
  return method as AnyFunction;
}

/**
 * Whether the running engine closes a sync iterator that stands in for an async one when it cannot be thrown into or when its value rejects.
 * ES2025 asks for it, Node 20 does not do it yet; the interpreter agrees with the Node that it runs on.
 */
const closesSyncIterator = await probeClosing();

async function probeClosing(): Promise<boolean> {
  let isClosed = false;
  const iterator: Iterator<number> = {
    next: () => ({ value: 0, done: false }),
    return: () => {
      isClosed = true;
      return { value: 0, done: true };
    },
  };
  async function* delegate(): AsyncGenerator<number> {
    await Promise.resolve();
    yield* { [Symbol.iterator]: () => iterator };
  }
  const generator = delegate();
  await generator.next();
  await generator.throw(0).catch(() => undefined);
  return isClosed;
}

/** CreateAsyncFromSyncIterator: every method answers with a promise of the unwrapped value. */
function asyncFromSyncIterator(record: IteratorRecord): IteratorRecord {
  const settle = (step: () => unknown, onRejection: () => void): Promise<unknown> => new Promise((resolve, reject) => {
    const result = step();
    const done = iteratorDone(result);
    const value = iteratorValue(result);
    const unwrap = (settled: unknown): void => resolve({ value: settled, done });
    const refuse = (reason: Error): void => {
      if (!done) onRejection();
      reject(reason);
    };
    void Promise.prototype.then.call(Promise.resolve(value), unwrap, refuse);
  });
  const closeQuietly = (): void => {
    if (!closesSyncIterator) return;
    try {
      iteratorClose(record);
    } catch {
      // The rejection goes before whatever closing throws.
    }
  };
  const next = (...values: unknown[]): Promise<unknown> => settle(() => Reflect.apply(record.next as AnyFunction, record.iterator, values), closeQuietly);
  const finish = (...values: unknown[]): Promise<unknown> => {
    const method = getMethod(record.iterator, 'return');
    if (method === undefined) return Promise.resolve({ value: values[0], done: true });
    return settle(() => Reflect.apply(method, record.iterator, values), () => undefined);
  };
  const fail = (...values: unknown[]): Promise<unknown> => {
    const method = getMethod(record.iterator, 'throw');
    if (method !== undefined) return settle(() => Reflect.apply(method, record.iterator, values), closeQuietly);
    return new Promise(() => {
      if (!closesSyncIterator) throw values[0];
      iteratorClose(record);
      throw new TypeError('The iterator does not provide a throw method');
    });
  };
  return new IteratorRecord({ next, return: finish, throw: fail }, next, true);
}
