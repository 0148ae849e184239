/**
 * Rows of Array, Map, Set and the weak collections: what keeps a reference to bytes and what gives it back.
 * `stateful` says that a call changes the collection; elements that are numbers are no bytes.
 * Source: ECMA-262, sections 23.1 and 24.
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const same: ResultModel = { kind: 'same', as: 'this' };
const member: ResultModel = { kind: 'member', of: 'this' };
const iterator: ResultModel = { kind: 'object', class: '%ArrayIterator%', holds: ['this'] };
const make = 'const u = Uint8Array.of(1, 2); const v = Uint8Array.of(3, 4); const a = [u, v];';
const numbers = 'const a = [9, 3, 7];';

const arrayStatics: readonly ModelRow[] = [
  { api: 'Array.isArray', signature: 'Array.isArray(value)', result: scalar, exercise: { setup: make, call: 'Array.isArray(u)', inputs: { 0: 'u' } } },
  { api: 'Array.of', signature: 'Array.of(...items)', result: { kind: 'array', elementsOf: [{ rest: 0 }] }, exercise: { setup: make, call: 'Array.of(u, v)', inputs: {} } },
  {
    api: 'Array.from', signature: 'Array.from(items)', when: [{ argument: 1, is: ['absent'] }], result: { kind: 'array', elementsOf: [0] }, reads: [0], calls: [0],
    exercise: { setup: make, call: 'Array.from(u)', inputs: { 0: 'u' } },
    note: 'COSTS B: 2152 bytes for 32 bytes, 76 088 for 1024.',
  },
  {
    api: 'Array.from', signature: 'Array.from(items, mapFn[, thisArg])', result: { kind: 'array' }, reads: [0], calls: [0, 1],
    exercise: { setup: `${make} const f = spy((x) => x);`, call: 'Array.from(u, f)', inputs: { 0: 'u', 1: 'f' } },
  },
  ...['Array', 'new Array'].map((name): ModelRow => ({
    api: name, signature: `${name}(...items)`, result: { kind: 'array', elementsOf: [{ rest: 0 }] },
    exercise: { setup: make, call: `${name}(u, v)`, inputs: {} },
  })),
];

function arrayRow(member: string, signature: string, facts: Omit<ModelRow, 'api' | 'signature'>): ModelRow {
  return { api: `Array.prototype.${member}`, signature, ...facts };
}

const arrayMethods: readonly ModelRow[] = [
  ...['push', 'unshift'].map((name) => arrayRow(name, `${name}(...items)`, {
    result: scalar, retains: [{ rest: 0 }], retainedBy: 'this', stateful: true, exercise: { setup: `${make} const w = Uint8Array.of(5);`, call: `a.${name}(w)`, inputs: { this: 'a' } },
  })),
  ...['pop', 'shift'].map((name) => arrayRow(name, `${name}()`, { result: member, stateful: true, exercise: { setup: make, call: `a.${name}()`, inputs: { this: 'a' } } })),
  arrayRow('at', 'at(index)', { result: member, exercise: { setup: make, call: 'a.at(0)', inputs: { this: 'a' } } }),
  ...['find', 'findLast'].map((name) => arrayRow(name, `${name}(predicate[, thisArg])`, { result: member, calls: [0], exercise: { setup: `${make} const f = spy(() => true);`, call: `a.${name}(f)`, inputs: { this: 'a', 0: 'f' } } })),
  ...['forEach', 'some', 'every', 'findIndex', 'findLastIndex'].map((name) => arrayRow(name, `${name}(callback[, thisArg])`, {
    result: scalar, calls: [0], exercise: { setup: `${make} const f = spy(() => true);`, call: `a.${name}(f)`, inputs: { this: 'a', 0: 'f' } },
  })),
  ...['reduce', 'reduceRight'].map((name) => arrayRow(name, `${name}(callback[, initialValue])`, {
    result: { kind: 'unknown' }, calls: [0], exercise: { setup: `${make} const f = spy((x) => x);`, call: `a.${name}(f)`, inputs: { this: 'a', 0: 'f' } },
  })),
  ...['map', 'flatMap'].map((name) => arrayRow(name, `${name}(callback[, thisArg])`, { result: { kind: 'array' }, calls: [0], exercise: { setup: `${make} const f = spy((x) => x);`, call: `a.${name}(f)`, inputs: { this: 'a', 0: 'f' } } })),
  arrayRow('filter', 'filter(callback[, thisArg])', { result: { kind: 'array', elementsOf: ['this'] }, calls: [0], exercise: { setup: `${make} const f = spy((x) => true);`, call: 'a.filter(f)', inputs: { this: 'a', 0: 'f' } } }),
  arrayRow('slice', 'slice([start[, end]])', { result: { kind: 'array', elementsOf: ['this'] }, exercise: { setup: make, call: 'a.slice(1)', inputs: { this: 'a' } } }),
  arrayRow('concat', 'concat(...items)', { result: { kind: 'array', elementsOf: ['this', { rest: 0 }] }, exercise: { setup: make, call: 'a.concat([u], v)', inputs: { this: 'a', '0...': '[[u], v]' } } }),
  arrayRow('flat', 'flat()', {
    when: [{ argument: 0, is: ['absent'] }], result: { kind: 'array', elementsOf: ['this', { elementsOf: 'this' }] },
    exercise: { setup: `${make} const nested = [a, u];`, call: 'nested.flat()', inputs: { this: 'nested', 'this[]': 'nested.flat()' } },
  }),
  arrayRow('flat', 'flat([depth])', {
    result: { kind: 'array' }, exercise: { setup: `${make} const nested = [[[u]], v];`, call: 'nested.flat(2)', inputs: { this: 'nested' } }, note: 'Elements of any depth.',
  }),
  arrayRow('toSpliced', 'toSpliced(start[, skipCount[, ...items]])', {
    result: { kind: 'array', elementsOf: ['this', { rest: 2 }] }, since: { node: '20.0.0' }, exercise: { setup: `${make} const w = Uint8Array.of(5);`, call: 'a.toSpliced(0, 1, w)', inputs: { this: 'a', '2...': '[w]' } },
  }),
  arrayRow('toReversed', 'toReversed()', { result: { kind: 'array', elementsOf: ['this'] }, since: { node: '20.0.0' }, exercise: { setup: make, call: 'a.toReversed()', inputs: { this: 'a' } } }),
  arrayRow('toSorted', 'toSorted(compareFn)', {
    when: [{ argument: 0, is: ['function'] }], result: { kind: 'array', elementsOf: ['this'] }, calls: [0], since: { node: '20.0.0' },
    exercise: { setup: `${make} const f = spy(() => 0);`, call: 'a.toSorted(f)', inputs: { this: 'a', 0: 'f' } },
  }),
  arrayRow('toSorted', 'toSorted()', {
    result: { kind: 'array', elementsOf: ['this'] }, reads: [{ elementsOf: 'this' }], calls: [{ elementsOf: 'this' }], since: { node: '20.0.0' },
    exercise: { setup: make, call: 'a.toSorted()', inputs: { this: 'a' } }, note: 'Compares the texts of the elements, which their toString makes.',
  }),
  arrayRow('with', 'with(index, value)', { result: { kind: 'array', elementsOf: ['this', 1] }, since: { node: '20.0.0' }, exercise: { setup: make, call: 'a.with(0, v)', inputs: { this: 'a', 1: 'v' } } }),
  arrayRow('splice', 'splice(start[, deleteCount[, ...items]])', {
    result: { kind: 'array', elementsOf: ['this'] }, retains: [{ rest: 2 }], retainedBy: 'this', stateful: true, exercise: { setup: make, call: 'a.splice(0, 1, v)', inputs: {} },
  }),
  arrayRow('fill', 'fill(value[, start[, end]])', { result: same, retains: [0], retainedBy: 'this', stateful: true, exercise: { setup: make, call: 'a.fill(v)', inputs: { this: 'a' } } }),
  arrayRow('sort', 'sort(compareFn)', {
    when: [{ argument: 0, is: ['function'] }], result: same, calls: [0], stateful: true, exercise: { setup: `${make} const f = spy(() => 0);`, call: 'a.sort(f)', inputs: { this: 'a', 0: 'f' } },
  }),
  arrayRow('sort', 'sort()', {
    result: same, reads: [{ elementsOf: 'this' }], calls: [{ elementsOf: 'this' }], stateful: true, exercise: { setup: make, call: 'a.sort()', inputs: { this: 'a' } },
    note: 'Compares the texts of the elements, which their toString makes.',
  }),
  arrayRow('reverse', 'reverse()', { result: same, stateful: true, exercise: { setup: make, call: 'a.reverse()', inputs: { this: 'a' } } }),
  arrayRow('copyWithin', 'copyWithin(target, start[, end])', { result: same, stateful: true, exercise: { setup: make, call: 'a.copyWithin(0, 1)', inputs: { this: 'a' } } }),
  ...['includes', 'indexOf', 'lastIndexOf'].map((name) => arrayRow(name, `${name}(searchElement[, fromIndex])`, { result: scalar, exercise: { setup: make, call: `a.${name}(v)`, inputs: { this: 'a', 0: 'v' } } })),
  ...['entries', 'keys', 'values'].map((name) => arrayRow(name, `${name}()`, { result: iterator, exercise: { setup: make, call: `a.${name}()`, inputs: { this: 'a' } } })),
  arrayRow('join', 'join([separator])', { result: { kind: 'string', length: 'unknown' }, reads: ['this', { elementsOf: 'this' }], calls: [{ elementsOf: 'this' }], exercise: { setup: numbers, call: `a.join('-')`, inputs: {} } }),
  arrayRow('toString', 'toString()', { result: { kind: 'string', length: 'unknown' }, reads: ['this', { elementsOf: 'this' }], calls: [{ elementsOf: 'this' }], exercise: { setup: numbers, call: 'a.toString()', inputs: {} } }),
];

const keyed = 'const u = Uint8Array.of(1, 2); const v = Uint8Array.of(3, 4);';

/** Map and WeakMap. */
function mapRows(name: string): readonly ModelRow[] {
  const method = (member: string): string => `${name}.prototype.${member}`;
  const setup = `${keyed} const m = new ${name}([[u, v]]);`;
  return [
    { api: `new ${name}`, signature: `new ${name}([iterable])`, result: { kind: 'object', class: name, holds: [0] }, calls: [0], exercise: { setup: '', call: `new ${name}()`, inputs: {} } },
    { api: method('get'), signature: 'get(key)', result: member, exercise: { setup, call: 'm.get(u)', inputs: { this: 'm', 0: 'u' } } },
    { api: method('set'), signature: 'set(key, value)', result: same, retains: [0, 1], retainedBy: 'this', stateful: true, exercise: { setup, call: 'm.set(v, u)', inputs: { this: 'm' } } },
    { api: method('has'), signature: 'has(key)', result: scalar, exercise: { setup, call: 'm.has(u)', inputs: { this: 'm', 0: 'u' } } },
    { api: method('delete'), signature: 'delete(key)', result: scalar, stateful: true, exercise: { setup, call: 'm.delete(u)', inputs: { this: 'm', 0: 'u' } } },
  ];
}

/** Set and WeakSet. */
function setRows(name: string): readonly ModelRow[] {
  const method = (member: string): string => `${name}.prototype.${member}`;
  const setup = `${keyed} const m = new ${name}([u]);`;
  return [
    { api: `new ${name}`, signature: `new ${name}([iterable])`, result: { kind: 'object', class: name, holds: [0] }, calls: [0], exercise: { setup: '', call: `new ${name}()`, inputs: {} } },
    { api: method('add'), signature: 'add(value)', result: same, retains: [0], retainedBy: 'this', stateful: true, exercise: { setup, call: 'm.add(v)', inputs: { this: 'm' } } },
    { api: method('has'), signature: 'has(value)', result: scalar, exercise: { setup, call: 'm.has(u)', inputs: { this: 'm', 0: 'u' } } },
    { api: method('delete'), signature: 'delete(value)', result: scalar, stateful: true, exercise: { setup, call: 'm.delete(u)', inputs: { this: 'm', 0: 'u' } } },
  ];
}

/** What Map and Set have and the weak ones do not. */
function enumerableRows(name: string, content: string): readonly ModelRow[] {
  const method = (member: string): string => `${name}.prototype.${member}`;
  const setup = `${keyed} const m = new ${name}(${content});`;
  return [
    { api: method('clear'), signature: 'clear()', result: scalar, stateful: true, exercise: { setup, call: 'm.clear()', inputs: { this: 'm' } } },
    { api: method('forEach'), signature: 'forEach(callback[, thisArg])', result: scalar, calls: [0], exercise: { setup: `${setup} const f = spy(() => {});`, call: 'm.forEach(f)', inputs: { this: 'm', 0: 'f' } } },
    ...['entries', 'keys', 'values'].map((iterated): ModelRow => ({ api: method(iterated), signature: `${iterated}()`, result: iterator, exercise: { setup, call: `m.${iterated}()`, inputs: { this: 'm' } } })),
  ];
}

const weakReference: readonly ModelRow[] = [
  { api: 'new WeakRef', signature: 'new WeakRef(target)', result: { kind: 'object', class: 'WeakRef', holds: [0] }, exercise: { setup: keyed, call: 'new WeakRef(u)', inputs: {} } },
  { api: 'WeakRef.prototype.deref', signature: 'deref()', result: member, exercise: { setup: `${keyed} const w = new WeakRef(u);`, call: 'w.deref()', inputs: { this: 'w' } } },
];

export const collectionFamily: ModelFamily = {
  name: 'collections',
  classes: [
    { name: 'Array', kind: 'object', properties: { length: scalar }, declared: [{ name: 'Array', from: '' }, { name: 'ReadonlyArray', from: '' }] },
    { name: 'Map', kind: 'object', properties: { size: scalar }, declared: [{ name: 'Map', from: '' }, { name: 'ReadonlyMap', from: '' }] },
    { name: 'Set', kind: 'object', properties: { size: scalar }, declared: [{ name: 'Set', from: '' }, { name: 'ReadonlySet', from: '' }] },
    { name: 'WeakMap', kind: 'object', declared: [{ name: 'WeakMap', from: '' }] },
    { name: 'WeakSet', kind: 'object', declared: [{ name: 'WeakSet', from: '' }] },
    { name: 'WeakRef', kind: 'object', declared: [{ name: 'WeakRef', from: '' }] },
    { name: '%ArrayIterator%', kind: 'object', extends: 'Iterator' },
  ],
  rows: [
    ...arrayStatics, ...arrayMethods, ...mapRows('Map'), ...enumerableRows('Map', '[[u, v]]'), ...mapRows('WeakMap'), ...setRows('Set'), ...enumerableRows('Set', '[u]'), ...setRows('WeakSet'), ...weakReference,
  ],
};
