/**
 * Rows of Object, iterator helpers, grouping, set algebra, weak references and disposal that the other families leave out.
 * Reflect and Object.setPrototypeOf have no rows on purpose: what they do to the shape of objects is for `flow/object-shape.ts`, and beyond that the calls are unknown.
 * What reads properties of an object may run its getters; `flow/` assumes so for every argument that a row reads.
 * Source: ECMA-262 and its finished proposals; the versions are those of Node's release notes, and a row is not executed on an older Node.
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const unknown: ResultModel = { kind: 'unknown' };
const bytes = 'const u = Uint8Array.of(1, 2); const v = Uint8Array.of(3, 4);';

const objects: readonly ModelRow[] = [
  { api: 'Object.getOwnPropertyDescriptor', signature: 'Object.getOwnPropertyDescriptor(object, key)', result: { kind: 'object', class: 'Object', holds: [0] }, exercise: { setup: 'const o = { k: 1 };', call: `Object.getOwnPropertyDescriptor(o, 'k')`, inputs: { 0: 'o' } }, note: 'Or undefined.' },
  { api: 'Object.getOwnPropertyDescriptors', signature: 'Object.getOwnPropertyDescriptors(object)', result: { kind: 'object', class: 'Object', holds: [0] }, exercise: { setup: 'const o = { k: 1 };', call: 'Object.getOwnPropertyDescriptors(o)', inputs: { 0: 'o' } } },
  { api: 'Object.getOwnPropertySymbols', signature: 'Object.getOwnPropertySymbols(object)', result: { kind: 'array', elementsOf: [] }, exercise: { setup: 'const o = { k: 1 };', call: 'Object.getOwnPropertySymbols(o)', inputs: { 0: 'o' } } },
  { api: 'Object.groupBy', signature: 'Object.groupBy(items, callback)', result: { kind: 'object', class: 'Object', holds: [0, { elementsOf: 0 }] }, calls: [0, 1], since: { node: '21.0.0' }, exercise: { setup: `${bytes} const f = spy(() => 'k');`, call: 'Object.groupBy([u, v], f)', inputs: { 1: 'f' } } },
  { api: 'Map.groupBy', signature: 'Map.groupBy(items, callback)', result: { kind: 'object', class: 'Map', holds: [0, { elementsOf: 0 }] }, calls: [0, 1], since: { node: '21.0.0' }, exercise: { setup: `${bytes} const f = spy(() => 'k');`, call: 'Map.groupBy([u, v], f)', inputs: { 1: 'f' } } },
  { api: 'Array.fromAsync', signature: 'Array.fromAsync(items[, mapFn[, thisArg]])', result: { kind: 'promise', of: { kind: 'array' } }, retains: [0, 1, 2], calls: [0], since: { node: '22.0.0' }, exercise: { setup: bytes, call: 'Array.fromAsync([u, v])', inputs: {} } },
];

const iterator: ResultModel = { kind: 'object', class: 'Iterator', holds: ['this', 0] };
const iterated = `${bytes} const i = [u, v].values();`;

/** What the helpers give later comes out of the iterator that they were made from, through functions that run then. */
const iterators: readonly ModelRow[] = [
  ...['map', 'filter', 'flatMap', 'take', 'drop'].map((name): ModelRow => ({
    api: `Iterator.prototype.${name}`, signature: `${name}(callbackOrLimit)`, result: iterator, retains: ['this', 0], since: { node: '22.0.0' },
    exercise: { setup: `${iterated} const f = spy((x) => x);`, call: `i.${name}(${name === 'take' || name === 'drop' ? 1 : 'f'})`, inputs: { this: 'i', 0: 'f' } },
  })),
  { api: 'Iterator.prototype.toArray', signature: 'toArray()', result: { kind: 'array' }, calls: ['this'], stateful: true, since: { node: '22.0.0' }, exercise: { setup: iterated, call: 'i.toArray()', inputs: {} } },
  ...['forEach', 'some', 'every'].map((name): ModelRow => ({ api: `Iterator.prototype.${name}`, signature: `${name}(callback)`, result: scalar, calls: ['this', 0], stateful: true, since: { node: '22.0.0' }, exercise: { setup: `${iterated} const f = spy(() => true);`, call: `i.${name}(f)`, inputs: { 0: 'f' } } })),
  ...['find', 'reduce'].map((name): ModelRow => ({ api: `Iterator.prototype.${name}`, signature: `${name}(callback[, initialValue])`, result: unknown, calls: ['this', 0], stateful: true, since: { node: '22.0.0' }, exercise: { setup: `${iterated} const f = spy((x) => x);`, call: `i.${name}(f)`, inputs: { 0: 'f' } } })),
  { api: '%ArrayIterator%.prototype.next', signature: 'next()', result: unknown, calls: ['this'], stateful: true, exercise: { setup: iterated, call: 'i.next()', inputs: {} } },
];

const sets: readonly ModelRow[] = [
  ...['union', 'intersection', 'difference', 'symmetricDifference'].map((name): ModelRow => ({
    api: `Set.prototype.${name}`, signature: `${name}(other)`, result: { kind: 'object', class: 'Set', holds: ['this', { elementsOf: 'this' }, 0, { elementsOf: 0 }] }, calls: [0], since: { node: '22.0.0' },
    exercise: { setup: `${bytes} const s = new Set([u]); const t = new Set([v]);`, call: `s.${name}(t)`, inputs: { this: 's', 0: 't' } },
  })),
  ...['isSubsetOf', 'isSupersetOf', 'isDisjointFrom'].map((name): ModelRow => ({ api: `Set.prototype.${name}`, signature: `${name}(other)`, result: scalar, calls: [0], since: { node: '22.0.0' }, exercise: { setup: `${bytes} const s = new Set([u]); const t = new Set([v]);`, call: `s.${name}(t)`, inputs: {} } })),
];

const lifetimes: readonly ModelRow[] = [
  { api: 'new FinalizationRegistry', signature: 'new FinalizationRegistry(cleanupCallback)', result: { kind: 'object', class: 'FinalizationRegistry', holds: [0] }, retains: [0], exercise: { setup: 'const f = spy(() => {});', call: 'new FinalizationRegistry(f)', inputs: { 0: 'f' } } },
  {
    api: 'FinalizationRegistry.prototype.register', signature: 'register(target, heldValue[, unregisterToken])', result: scalar, retains: [1], stateful: true, exercise: { setup: `${bytes} const r = new FinalizationRegistry(() => {});`, call: 'r.register(u, 1)', inputs: {} },
    note: 'Keeps the held value, and neither the target nor the token.',
  },
  { api: 'FinalizationRegistry.prototype.unregister', signature: 'unregister(unregisterToken)', result: scalar, stateful: true, exercise: { setup: `${bytes} const r = new FinalizationRegistry(() => {});`, call: 'r.unregister(u)', inputs: {} } },
  { api: 'Promise.withResolvers', signature: 'Promise.withResolvers()', result: unknown, since: { node: '22.0.0' }, exercise: { setup: '', call: 'Promise.withResolvers()', inputs: {} } },
  { api: 'Promise.try', signature: 'Promise.try(func[, ...args])', result: { kind: 'promise', of: unknown }, calls: [0], since: { node: '24.0.0' }, exercise: { setup: 'const f = spy(() => 1);', call: 'Promise.try(f)', inputs: { 0: 'f' } } },
  { api: 'new DisposableStack', signature: 'new DisposableStack()', result: { kind: 'object', class: 'DisposableStack' }, since: { node: '24.0.0' }, exercise: { setup: '', call: 'new DisposableStack()', inputs: {} } },
  { api: 'DisposableStack.prototype.use', signature: 'use(value)', result: { kind: 'same', as: 0 }, retains: [0], stateful: true, since: { node: '24.0.0' }, exercise: { setup: 'const d = new DisposableStack(); const o = { [Symbol.dispose]() {} };', call: 'd.use(o)', inputs: { 0: 'o' } } },
  { api: 'DisposableStack.prototype.adopt', signature: 'adopt(value, onDispose)', result: { kind: 'same', as: 0 }, retains: [0, 1], stateful: true, since: { node: '24.0.0' }, exercise: { setup: `${bytes} const d = new DisposableStack(); const f = spy(() => {});`, call: 'd.adopt(u, f)', inputs: { 0: 'u', 1: 'f' } }, note: 'Hands the value to the function when the stack ends: often a wipe.' },
  { api: 'DisposableStack.prototype.defer', signature: 'defer(onDispose)', result: scalar, retains: [0], stateful: true, since: { node: '24.0.0' }, exercise: { setup: 'const d = new DisposableStack(); const f = spy(() => {});', call: 'd.defer(f)', inputs: { 0: 'f' } } },
];

const plainCalls: readonly ModelRow[] = [
  { api: 'String.raw', signature: 'String.raw(strings, ...substitutions)', result: text, calls: [{ rest: 0 }], exercise: { setup: '', call: 'String.raw`a${1}b`', inputs: {} } },
  ...['isWellFormed'].map((name): ModelRow => ({ api: `String.prototype.${name}`, signature: `${name}()`, result: scalar, exercise: { setup: '', call: `'a'.${name}()`, inputs: {} } })),
  ...['toWellFormed', 'toLocaleLowerCase', 'toLocaleUpperCase'].map((name): ModelRow => ({ api: `String.prototype.${name}`, signature: `${name}([locale])`, result: text, exercise: { setup: '', call: `'a'.${name}()`, inputs: {} } })),
  { api: 'Atomics.isLockFree', signature: 'Atomics.isLockFree(size)', result: scalar, exercise: { setup: '', call: 'Atomics.isLockFree(4)', inputs: {} } },
  { api: 'Atomics.wait', signature: 'Atomics.wait(typedArray, index, value[, timeout])', result: text, reads: [0], exercise: { setup: 'const a = new Int32Array(new SharedArrayBuffer(8));', call: 'Atomics.wait(a, 0, 0, 0)', inputs: { 0: 'a' } }, note: 'Other threads write meanwhile.' },
];

export const reflectionFamily: ModelFamily = {
  name: 'reflection',
  classes: [
    { name: 'Iterator', kind: 'object', declared: ['Iterator', 'IteratorObject', 'ArrayIterator', 'MapIterator', 'SetIterator'].map((name) => ({ name, from: '' })) },
    { name: 'FinalizationRegistry', kind: 'object', declared: [{ name: 'FinalizationRegistry', from: '' }] },
    { name: 'DisposableStack', kind: 'object', declared: [{ name: 'DisposableStack', from: '' }] },
  ],
  rows: [...objects, ...iterators, ...sets, ...lifetimes, ...plainCalls],
};
