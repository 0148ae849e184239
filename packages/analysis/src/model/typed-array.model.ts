/**
 * Rows of the twelve typed array classes. They are written once, for `T`, and expanded over the classes: only names and element sizes differ.
 * Buffer has rows of its own (`buffer.model.ts`) where it differs from Uint8Array; ArrayBuffer and DataView are in `array-buffer.model.ts`.
 * Source: ECMA-262, sections 23.2.1 - 23.2.4.
 */
import type { ModelClass, ModelFamily, ModelRow, ResultModel, SizeExpression } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };

/** Bytes per element. */
const elementSizes: Readonly<Record<string, number>> = {
  Uint8Array: 1, Uint8ClampedArray: 1, Int8Array: 1, Uint16Array: 2, Int16Array: 2, Uint32Array: 4, Int32Array: 4,
  Float32Array: 4, Float64Array: 8, BigUint64Array: 8, BigInt64Array: 8, Float16Array: 2,
};

/** Classes that not every supported Node has. */
const newer: Readonly<Record<string, Pick<ModelRow, 'since'>>> = { Float16Array: { since: { node: '24.0.0' } } };

export const typedArrayFamily: ModelFamily = {
  name: 'typed arrays',
  classes: Object.entries(elementSizes).map(([name, elementSize]) => typedArrayClass(name, elementSize)),
  rows: Object.entries(elementSizes).flatMap(([name, elementSize]) => [...construction(name, elementSize), ...copies(name, elementSize), ...writes(name), ...queries(name)].map((row) => ({ ...row, ...newer[name] }))),
};

function typedArrayClass(name: string, elementSize: number): ModelClass {
  return {
    name, kind: 'bytes', elementSize,
    properties: {
      buffer: { kind: 'view', class: 'ArrayBuffer', of: 'this' }, length: scalar, byteLength: scalar, byteOffset: scalar, BYTES_PER_ELEMENT: scalar,
    },
    declared: [{ name, from: '' }],
  };
}

/** `5` or `5n`, as the class wants its elements. */
function element(name: string, value: number): string {
  return name.startsWith('Big') ? `${value}n` : `${value}`;
}

function list(name: string, values: readonly number[]): string {
  return `[${values.map((value) => element(name, value)).join(', ')}]`;
}

function fresh(name: string, length: SizeExpression): ResultModel & { kind: 'bytes' } {
  return { kind: 'bytes', class: name, origin: 'fresh', length };
}

function construction(name: string, size: number): readonly ModelRow[] {
  const make = `const u = ${name}.from(${list(name, [9, 3, 7, 1, 5])});`;
  const constructor = `new ${name}`;
  return [
    {
      api: constructor, signature: `new ${name}()`, when: [{ argument: 0, is: ['absent'] }], result: { ...fresh(name, 0), zeroed: true },
      exercise: { setup: '', call: `new ${name}()`, inputs: {} },
    },
    {
      api: constructor, signature: `new ${name}(length)`, when: [{ argument: 0, is: ['number', 'string'] }],
      result: { ...fresh(name, { scaled: [size, { count: 0 }] }), zeroed: true },
      exercise: { setup: 'const n = 40;', call: `new ${name}(n)`, inputs: { 0: 'n' } },
      note: 'COSTS A.1: 3 objects up to 64 bytes, 2 objects and one malloc from 65. A string is converted to a number.',
    },
    {
      api: constructor, signature: `new ${name}(typedArray)`, when: [{ argument: 0, is: ['bytes'] }],
      result: { ...fresh(name, { scaled: [size, { items: 0 }] }), source: 0 }, reads: [0], roles: ['copy'],
      exercise: { setup: make, call: `new ${name}(u)`, inputs: { 0: 'u' } },
      note: 'A DataView is not a typed array; it is taken as an array-like without length, and the result is empty.',
    },
    {
      api: constructor, signature: `new ${name}(buffer[, byteOffset[, length]])`, when: [{ argument: 0, is: ['buffer'] }],
      result: { kind: 'view', class: name, of: 0, range: { start: 1, end: 2, relative: 'offset-and-length' } },
      exercise: { setup: make, call: `new ${name}(u.buffer, ${size}, 2)`, inputs: { 0: 'u.buffer', 1: `${size}`, 2: '2' } },
    },
    {
      api: constructor, signature: `new ${name}(array)`, when: [{ argument: 0, is: ['array'] }],
      result: fresh(name, { scaled: [size, { items: 0 }] }), reads: [0], calls: [0],
      exercise: { setup: `const a = ${list(name, [9, 3, 7])};`, call: `new ${name}(a)`, inputs: { 0: 'a' } },
    },
    {
      api: constructor, signature: `new ${name}(object)`, when: [{ argument: 0, is: ['object', 'function'] }],
      result: fresh(name, 'unknown'), reads: [0], calls: [0],
      exercise: { setup: `const s = new Set(${list(name, [9, 3, 7])});`, call: `new ${name}(s)`, inputs: {} },
    },
    {
      api: `${name}.from`, signature: `${name}.from(source[, mapFn[, thisArg]])`, when: [{ argument: 1, is: ['function'] }],
      result: fresh(name, { scaled: [size, { items: 0 }] }), reads: [0], calls: [0, 1],
      exercise: { setup: `${make} const f = spy((x) => x);`, call: `${name}.from(u, f)`, inputs: { 0: 'u', 1: 'f' } },
      note: 'The length is right for arrays and typed arrays; an iterator may yield another number.',
    },
    {
      api: `${name}.from`, signature: `${name}.from(source)`, when: [{ argument: 0, is: ['bytes'] }],
      result: { ...fresh(name, { scaled: [size, { items: 0 }] }), source: 0 }, reads: [0], roles: ['copy'],
      exercise: { setup: make, call: `${name}.from(u)`, inputs: { 0: 'u' } },
    },
    {
      api: `${name}.from`, signature: `${name}.from(source)`, when: [{ argument: 0, is: ['array'] }],
      result: fresh(name, { scaled: [size, { items: 0 }] }), reads: [0], calls: [0],
      exercise: { setup: `const a = ${list(name, [9, 3, 7])};`, call: `${name}.from(a)`, inputs: { 0: 'a' } },
    },
    {
      api: `${name}.from`, signature: `${name}.from(source)`, when: [{ argument: 0, is: ['string', 'object', 'function', 'number', 'buffer'] }],
      result: fresh(name, 'unknown'), reads: [0], calls: [0],
      exercise: { setup: `const s = new Set(${list(name, [9, 3, 7])});`, call: `${name}.from(s)`, inputs: {} },
    },
    {
      api: `${name}.of`, signature: `${name}.of(...elements)`, result: fresh(name, { scaled: [size, { items: { rest: 0 } }] }),
      exercise: { setup: `const a = ${list(name, [9, 3, 7])};`, call: `${name}.of(...a)`, inputs: { '0...': 'a' } },
    },
  ];
}

function copies(name: string, size: number): readonly ModelRow[] {
  const make = `const u = ${name}.from(${list(name, [9, 3, 7, 1, 5])});`;
  const method = (member: string): string => `${name}.prototype.${member}`;
  const whole: SizeExpression = { scaled: [size, { items: 'this' }] };
  return [
    {
      api: method('slice'), signature: 'slice([start[, end]])',
      result: { ...fresh(name, { scaled: [size, { range: ['this', 0, 1] }] }), source: 'this', followsClassOf: 'this' }, reads: ['this'], roles: ['copy'],
      exercise: { setup: make, call: 'u.slice(1, -1)', inputs: { this: 'u', 0: '1', 1: '-1' } },
      note: 'COSTS B: 3 objects up to 64 bytes, 2 and one malloc above. A copy, except that Buffer.prototype.slice is a view.',
    },
    {
      api: method('subarray'), signature: 'subarray([start[, end]])',
      result: { kind: 'view', class: name, of: 'this', range: { start: 0, end: 1, relative: 'indexes' }, followsClassOf: 'this' },
      cost: { objects: 1, heapBytes: 96 },
      exercise: { setup: make, call: 'u.subarray(1, -1)', inputs: { this: 'u', 0: '1', 1: '-1' } },
      note: 'COSTS A.1 and A.4: one object of 96 bytes on Node 20, 104 on 24 and 26; forces an on-heap parent off the heap.',
    },
    {
      api: method('map'), signature: 'map(callbackFn[, thisArg])', result: { ...fresh(name, whole), followsClassOf: 'this' }, reads: ['this'], calls: [0],
      exercise: { setup: `${make} const f = spy((x) => x);`, call: 'u.map(f)', inputs: { this: 'u', 0: 'f' } },
    },
    {
      api: method('filter'), signature: 'filter(callbackFn[, thisArg])', result: { ...fresh(name, 'unknown'), followsClassOf: 'this' }, reads: ['this'], calls: [0],
      exercise: { setup: `${make} const f = spy((x) => x > 2);`, call: 'u.filter(f)', inputs: { this: 'u', 0: 'f' } },
    },
    {
      api: method('toReversed'), signature: 'toReversed()', result: { ...fresh(name, whole), source: 'this' }, reads: ['this'], since: { node: '20.0.0' },
      exercise: { setup: make, call: 'u.toReversed()', inputs: { this: 'u' } },
    },
    {
      api: method('toSorted'), signature: 'toSorted([compareFn])', result: { ...fresh(name, whole), source: 'this' }, reads: ['this'], calls: [0], since: { node: '20.0.0' },
      exercise: { setup: `${make} const f = spy((x, y) => (x < y ? -1 : 1));`, call: 'u.toSorted(f)', inputs: { this: 'u', 0: 'f' } },
    },
    {
      api: method('with'), signature: 'with(index, value)', result: { ...fresh(name, whole), source: 'this' }, reads: ['this'], since: { node: '20.0.0' },
      exercise: { setup: make, call: `u.with(1, ${element(name, 8)})`, inputs: { this: 'u' } },
    },
  ];
}

function writes(name: string): readonly ModelRow[] {
  const make = `const u = ${name}.from(${list(name, [9, 3, 7, 1, 5])});`;
  const method = (member: string): string => `${name}.prototype.${member}`;
  return [
    {
      api: method('set'), signature: 'set(source[, targetOffset])', when: [{ argument: 0, is: ['bytes'] }], result: scalar,
      reads: [0], writes: ['this'], roles: ['sync-sink'],
      exercise: { setup: `${make} const v = ${name}.from(${list(name, [21, 22])});`, call: 'u.set(v, 1)', inputs: { this: 'u', 0: 'v' } },
    },
    {
      api: method('set'), signature: 'set(source[, targetOffset])', result: scalar, reads: [0], writes: ['this'], calls: [0],
      exercise: { setup: `${make} const a = ${list(name, [21, 22])};`, call: 'u.set(a, 1)', inputs: { this: 'u', 0: 'a' } },
    },
    {
      api: method('fill'), signature: 'fill(value[, start[, end]])', result: { kind: 'same', as: 'this' }, writes: ['this'], wipes: ['this'],
      exercise: { setup: make, call: `u.fill(${element(name, 0)})`, inputs: { this: 'u' } },
    },
    {
      api: method('copyWithin'), signature: 'copyWithin(target, start[, end])', result: { kind: 'same', as: 'this' }, reads: ['this'], writes: ['this'],
      exercise: { setup: make, call: 'u.copyWithin(0, 3)', inputs: { this: 'u' } },
    },
    {
      api: method('reverse'), signature: 'reverse()', result: { kind: 'same', as: 'this' }, reads: ['this'], writes: ['this'],
      exercise: { setup: make, call: 'u.reverse()', inputs: { this: 'u' } },
    },
    {
      api: method('sort'), signature: 'sort([compareFn])', result: { kind: 'same', as: 'this' }, reads: ['this'], writes: ['this'], calls: [0],
      exercise: { setup: `${make} const f = spy((x, y) => (x < y ? -1 : 1));`, call: 'u.sort(f)', inputs: { this: 'u', 0: 'f' } },
    },
  ];
}

function queries(name: string): readonly ModelRow[] {
  const make = `const u = ${name}.from(${list(name, [9, 3, 7, 1, 5])});`;
  const method = (member: string): string => `${name}.prototype.${member}`;
  const search = (member: string): ModelRow => ({
    api: method(member), signature: `${member}(searchElement[, fromIndex])`, result: scalar, reads: ['this'],
    exercise: { setup: make, call: `u.${member}(${element(name, 9)})`, inputs: { this: 'u' } },
  });
  const visit = (member: string): ModelRow => ({
    api: method(member), signature: `${member}(callbackFn[, thisArg])`, result: scalar, reads: ['this'], calls: [0],
    exercise: { setup: `${make} const seen = []; const f = spy((x) => { seen.push(String(x)); return x === ${element(name, 9)}; });`, call: `u.${member}(f)`, inputs: { this: 'u', 0: 'f' }, observe: 'seen.join()' },
  });
  const fold = (member: string): ModelRow => ({
    api: method(member), signature: `${member}(callbackFn[, initialValue])`, result: { kind: 'unknown' }, reads: ['this'], calls: [0],
    exercise: { setup: `${make} const f = spy((sum, x) => sum + x);`, call: `u.${member}(f)`, inputs: { this: 'u', 0: 'f' } },
  });
  const iterate = (member: string): ModelRow => ({
    api: method(member), signature: `${member}()`, result: { kind: 'object', class: '%ArrayIterator%', holds: ['this'] }, readsLater: ['this'],
    exercise: { setup: make, call: `u.${member}()`, inputs: { this: 'u' } },
  });
  return [
    {
      api: method('at'), signature: 'at(index)', result: scalar, reads: ['this'],
      exercise: { setup: make, call: 'u.at(-1)', inputs: { this: 'u' } },
    },
    ...['indexOf', 'lastIndexOf', 'includes'].map(search),
    ...['every', 'some', 'find', 'findIndex', 'findLast', 'findLastIndex', 'forEach'].map(visit),
    ...['reduce', 'reduceRight'].map(fold),
    ...['entries', 'keys', 'values'].map(iterate),
    {
      api: method('join'), signature: 'join([separator])', result: { kind: 'string', length: 'unknown' }, reads: ['this'],
      exercise: { setup: make, call: `u.join('-')`, inputs: { this: 'u' } },
    },
    {
      api: method('toString'), signature: 'toString()', result: { kind: 'string', length: 'unknown' }, reads: ['this'],
      exercise: { setup: make, call: 'u.toString()', inputs: { this: 'u' } },
    },
    {
      api: method('toLocaleString'), signature: 'toLocaleString([locales[, options]])', result: { kind: 'string', length: 'unknown' }, reads: ['this'],
      exercise: { setup: make, call: 'u.toLocaleString()', inputs: { this: 'u' } },
    },
  ];
}
