/**
 * Rows of the rest of ECMAScript and of the globals that byte code meets: Object, JSON, structuredClone, String, Number, BigInt, Math, Promise, errors, regular expressions.
 * Typed arrays, buffers and collections have files of their own.
 * Source: ECMA-262; html.spec.whatwg.org for structuredClone, whose copying of whole backing stores is measured (RULES 2.1).
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const primitives: ResultModel = { kind: 'array', elementsOf: [] };
const plain: ResultModel = { kind: 'object', class: 'Object' };
const unknown: ResultModel = { kind: 'unknown' };

const object: readonly ModelRow[] = [
  ...['freeze', 'seal', 'preventExtensions'].map((name): ModelRow => ({
    api: `Object.${name}`, signature: `Object.${name}(object)`, result: { kind: 'same', as: 0 }, exercise: { setup: 'const o = { k: 1 };', call: `Object.${name}(o)`, inputs: { 0: 'o' } },
  })),
  ...['isFrozen', 'isSealed', 'isExtensible'].map((name): ModelRow => ({ api: `Object.${name}`, signature: `Object.${name}(object)`, result: scalar, exercise: { setup: '', call: `Object.${name}({})`, inputs: {} } })),
  {
    api: 'Object.assign', signature: 'Object.assign(target, ...sources)', result: { kind: 'same', as: 0 }, retains: [{ rest: 1 }], retainedBy: 0, stateful: true,
    exercise: { setup: 'const o = Uint8Array.of(1, 2); const p = { 0: 7 };', call: 'Object.assign(o, p)', inputs: { 0: 'o' } },
    note: 'What the target keeps are the property values of the sources. Copying bytes into bytes this way is not modelled: a typed array as a target is written.',
    writes: [0], reads: [{ rest: 1 }],
  },
  ...['keys', 'getOwnPropertyNames'].map((name): ModelRow => ({ api: `Object.${name}`, signature: `Object.${name}(object)`, result: primitives, exercise: { setup: 'const o = { k: 1 };', call: `Object.${name}(o)`, inputs: {} } })),
  ...['values', 'entries'].map((name): ModelRow => ({
    api: `Object.${name}`, signature: `Object.${name}(object)`, result: name === 'entries' ? { kind: 'array', elementsOf: [0], pairs: true } : { kind: 'array', elementsOf: [0] }, reads: [0], exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: `Object.${name}(u)`, inputs: { 0: 'u' } },
  })),
  { api: 'Object.fromEntries', signature: 'Object.fromEntries(iterable)', result: { kind: 'object', class: 'Object', holds: [0] }, calls: [0], exercise: { setup: '', call: `Object.fromEntries([['k', 1]])`, inputs: {} } },
  { api: 'Object.create', signature: 'Object.create(proto)', when: [{ argument: 1, is: ['absent'] }], result: { kind: 'object', class: 'Object', holds: [0] }, exercise: { setup: '', call: 'Object.create(null)', inputs: {} } },
  { api: 'Object.defineProperty', signature: 'Object.defineProperty(object, key, descriptor)', result: { kind: 'same', as: 0 }, retains: [2], retainedBy: 0, stateful: true, exercise: { setup: 'const o = {};', call: `Object.defineProperty(o, 'k', { value: 1 })`, inputs: { 0: 'o' } } },
  { api: 'Object.is', signature: 'Object.is(value1, value2)', result: scalar, exercise: { setup: '', call: 'Object.is(1, 2)', inputs: {} } },
  { api: 'Object.hasOwn', signature: 'Object.hasOwn(object, key)', result: scalar, exercise: { setup: '', call: `Object.hasOwn({}, 'k')`, inputs: {} } },
  { api: 'Object.getPrototypeOf', signature: 'Object.getPrototypeOf(object)', result: { kind: 'member', of: 0 }, observesClass: [0], exercise: { setup: '', call: 'Object.getPrototypeOf([])', inputs: {} } },
];

const serialization: readonly ModelRow[] = [
  {
    api: 'JSON.stringify', signature: 'JSON.stringify(value[, replacer[, space]])', result: text, reads: [0], calls: [0, 1], observesClass: [0],
    exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'JSON.stringify(u)', inputs: { 0: 'u' } },
    note: 'RULES 2.1: a Buffer becomes {"type":"Buffer","data":[...]}, a Uint8Array an object with a key per byte. Reads all bytes that the value reaches.',
  },
  { api: 'JSON.parse', signature: 'JSON.parse(text)', when: [{ argument: 1, is: ['absent'] }], result: plain, exercise: { setup: '', call: `JSON.parse('{}')`, inputs: {} }, note: 'Or an array or a primitive.' },
  { api: 'JSON.parse', signature: 'JSON.parse(text, reviver)', result: { kind: 'unknown' }, calls: [1], exercise: { setup: 'const f = spy((k, v) => v);', call: `JSON.parse('{}', f)`, inputs: { 1: 'f' } } },
  {
    api: 'structuredClone', signature: 'structuredClone(value)', when: [{ argument: 1, is: ['absent'] }], result: unknown, reads: [0], observesClass: [0], roles: ['transfer'],
    exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'structuredClone(u)', inputs: { 0: 'u' } },
    note: 'RULES 2.1: a view is cloned with its entire backing store; a Buffer becomes a Uint8Array. Reads all bytes that the value reaches. Of a SharedArrayBuffer the clone shares the memory, so the result is not taken for fresh.',
  },
  {
    api: 'structuredClone', signature: 'structuredClone(value, options)', result: unknown, reads: [0, { elementsOf: { property: 'transfer', of: 1 } }], observesClass: [0], detaches: [{ elementsOf: { property: 'transfer', of: 1 } }], roles: ['transfer'],
    exercise: { setup: 'const b = new ArrayBuffer(8);', call: 'structuredClone(b, { transfer: [b] })', inputs: { '1.transfer[]': '[b]' } },
  },
];

function stringRow(name: string, signature: string, result: ResultModel, call: string, facts: Partial<ModelRow> = {}): ModelRow {
  return { api: `String.prototype.${name}`, signature, result, exercise: { setup: `const s = 'label label';`, call, inputs: {} }, ...facts };
}

const strings: readonly ModelRow[] = [
  ...['charCodeAt', 'codePointAt'].map((name) => stringRow(name, `${name}(index)`, scalar, `s.${name}(1)`)),
  ...['indexOf', 'lastIndexOf', 'includes', 'startsWith', 'endsWith'].map((name) => stringRow(name, `${name}(searchString[, position])`, scalar, `s.${name}('a')`)),
  ...['localeCompare', 'search'].map((name) => stringRow(name, `${name}(that)`, scalar, `s.${name}('a')`)),
  ...['slice', 'substring'].map((name) => stringRow(name, `${name}([start[, end]])`, text, `s.${name}(1, 3)`)),
  ...['substr'].map((name) => stringRow(name, `${name}(start[, length])`, text, `s.${name}(1, 3)`)),
  ...['toLowerCase', 'toUpperCase', 'trim', 'trimStart', 'trimEnd', 'toString', 'valueOf'].map((name) => stringRow(name, `${name}()`, text, `s.${name}()`)),
  ...['padStart', 'padEnd'].map((name) => stringRow(name, `${name}(maxLength[, fillString])`, text, `s.${name}(20)`)),
  ...['repeat', 'charAt'].map((name) => stringRow(name, `${name}(count)`, text, `s.${name}(1)`)),
  stringRow('at', 'at(index)', text, 's.at(1)'),
  stringRow('normalize', 'normalize([form])', text, 's.normalize()'),
  stringRow('concat', 'concat(...strings)', text, `s.concat('a')`),
  ...['replace', 'replaceAll'].map((name) => stringRow(name, `${name}(searchValue, replaceValue)`, text, `s.${name}('a', f)`, { calls: [0, 1], exercise: { setup: `const s = 'label'; const f = spy(() => 'o');`, call: `s.${name}('a', f)`, inputs: { 1: 'f' } } })),
  stringRow('split', 'split(separator[, limit])', primitives, `s.split('a')`),
  stringRow('match', 'match(regexp)', primitives, 's.match(/a/g)'),
  stringRow('matchAll', 'matchAll(regexp)', { kind: 'object', class: '%RegExpStringIterator%' }, 's.matchAll(/a/g)'),
  ...['fromCharCode', 'fromCodePoint'].map((name): ModelRow => ({
    api: `String.${name}`, signature: `String.${name}(...codes)`, result: { kind: 'string', length: { items: { rest: 0 } } }, exercise: { setup: 'const a = [108, 97];', call: `String.${name}(...a)`, inputs: { '0...': 'a' } },
  })),
  { api: 'String', signature: 'String(value)', result: text, reads: [0], calls: [0], exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'String(u)', inputs: { 0: 'u' } } },
  ...['encodeURIComponent', 'decodeURIComponent', 'encodeURI', 'decodeURI'].map((name): ModelRow => ({ api: name, signature: `${name}(text)`, result: text, calls: [0], exercise: { setup: '', call: `${name}('a')`, inputs: {} } })),
];

const mathFunctions = [
  'abs', 'ceil', 'floor', 'round', 'trunc', 'sign', 'max', 'min', 'pow', 'sqrt', 'cbrt', 'log', 'log2', 'log10', 'log1p', 'exp', 'expm1', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'atan2', 'hypot', 'imul', 'clz32', 'fround', 'random',
];

const numbers: readonly ModelRow[] = [
  ...mathFunctions.map((name): ModelRow => ({ api: `Math.${name}`, signature: `Math.${name}(...values)`, result: scalar, exercise: { setup: '', call: `Math.${name}(1, 2)`, inputs: {} } })),
  ...['Number', 'BigInt', 'Boolean'].map((name): ModelRow => ({ api: name, signature: `${name}(value)`, result: scalar, reads: [0], calls: [0], exercise: { setup: '', call: `${name}(1)`, inputs: {} } })),
  ...['Number.isInteger', 'Number.isSafeInteger', 'Number.isFinite', 'Number.isNaN', 'Number.parseInt', 'Number.parseFloat', 'parseInt', 'parseFloat', 'isNaN', 'isFinite'].map((name): ModelRow => ({
    api: name, signature: `${name}(value[, radix])`, result: scalar, exercise: { setup: '', call: `${name}('7')`, inputs: {} },
  })),
  ...['BigInt.asUintN', 'BigInt.asIntN'].map((name): ModelRow => ({ api: name, signature: `${name}(bits, value)`, result: scalar, exercise: { setup: '', call: `${name}(8, 300n)`, inputs: {} } })),
  ...['Number', 'BigInt', 'Boolean'].map((name): ModelRow => ({ api: `${name}.prototype.toString`, signature: 'toString([radix])', result: text, exercise: { setup: '', call: `${name}(1).toString(${name === 'Boolean' ? '' : '16'})`, inputs: {} } })),
  ...['toFixed', 'toPrecision', 'toExponential'].map((name): ModelRow => ({ api: `Number.prototype.${name}`, signature: `${name}([digits])`, result: text, exercise: { setup: '', call: `(1.5).${name}(2)`, inputs: {} } })),
  ...['Date.now', 'performance.now'].map((name): ModelRow => ({ api: name, signature: `${name}()`, result: scalar, exercise: { setup: '', call: `${name}()`, inputs: {} } })),
  { api: 'new Date', signature: 'new Date(...values)', result: { kind: 'object', class: 'Date' }, calls: [0], exercise: { setup: '', call: 'new Date(0)', inputs: {} } },
  ...['getTime', 'valueOf'].map((name): ModelRow => ({ api: `Date.prototype.${name}`, signature: `${name}()`, result: scalar, exercise: { setup: '', call: `new Date(0).${name}()`, inputs: {} } })),
  { api: 'Date.prototype.toISOString', signature: 'toISOString()', result: text, exercise: { setup: '', call: 'new Date(0).toISOString()', inputs: {} } },
  { api: 'Symbol', signature: 'Symbol([description])', result: scalar, exercise: { setup: '', call: `Symbol('a')`, inputs: {} } },
  { api: 'Symbol.for', signature: 'Symbol.for(key)', result: scalar, exercise: { setup: '', call: `Symbol.for('a')`, inputs: {} } },
];

const promises: readonly ModelRow[] = [
  { api: 'Promise.resolve', signature: 'Promise.resolve([value])', result: { kind: 'promise', of: { kind: 'same', as: 0 } }, exercise: { setup: 'const u = Uint8Array.of(1);', call: 'Promise.resolve(u)', inputs: { 0: 'u' } }, note: 'A promise or thenable is adopted instead.' },
  { api: 'Promise.reject', signature: 'Promise.reject([reason])', result: { kind: 'promise', of: { kind: 'scalar' } }, retains: [0], note: 'The reason is kept by the promise and reaches its handlers.' },
  ...['all', 'allSettled'].map((name): ModelRow => ({ api: `Promise.${name}`, signature: `Promise.${name}(iterable)`, result: { kind: 'promise', of: { kind: 'array', elementsOf: [0] } }, calls: [0], exercise: { setup: 'const u = Uint8Array.of(1);', call: `Promise.${name}([u])`, inputs: {} } })),
  ...['race', 'any'].map((name): ModelRow => ({ api: `Promise.${name}`, signature: `Promise.${name}(iterable)`, result: { kind: 'promise', of: { kind: 'member', of: 0 } }, calls: [0], exercise: { setup: 'const u = Uint8Array.of(1);', call: `Promise.${name}([u])`, inputs: {} } })),
  { api: 'new Promise', signature: 'new Promise(executor)', result: { kind: 'promise', of: { kind: 'unknown' } }, calls: [0], retains: [0], exercise: { setup: 'const f = spy((resolve) => resolve(1));', call: 'new Promise(f)', inputs: { 0: 'f' } } },
  ...['then', 'catch', 'finally'].map((name): ModelRow => ({
    api: `Promise.prototype.${name}`, signature: `${name}([onFulfilled[, onRejected]])`, result: { kind: 'promise', of: { kind: 'unknown' } }, retains: ['this', 0, 1],
    exercise: { setup: 'const p = Promise.resolve(1); const f = spy(() => 1);', call: `p.${name}(f)`, inputs: { 0: 'f' } },
  })),
];

const errorNames = ['Error', 'TypeError', 'RangeError', 'SyntaxError', 'ReferenceError', 'EvalError', 'URIError'];

const errorsAndPatterns: readonly ModelRow[] = [
  ...errorNames.flatMap((name) => [name, `new ${name}`]).map((api): ModelRow => ({
    api, signature: `${api}([message[, options]])`, result: { kind: 'object', class: 'Error', holds: [1] }, calls: [0], exercise: { setup: '', call: `${api}('a')`, inputs: {} },
    note: 'COSTS B: 368 bytes on Node 20 with the stack.',
  })),
  { api: 'Error.captureStackTrace', signature: 'Error.captureStackTrace(targetObject[, constructorOpt])', result: scalar, exercise: { setup: '', call: 'Error.captureStackTrace({})', inputs: {} } },
  { api: 'new RegExp', signature: 'new RegExp(pattern[, flags])', result: { kind: 'object', class: 'RegExp' }, calls: [0], exercise: { setup: '', call: `new RegExp('a')`, inputs: {} }, note: 'COSTS B: 3.4 - 4.6 times slower than a literal.' },
  { api: 'RegExp.prototype.test', signature: 'test(string)', result: scalar, stateful: true, calls: [0], exercise: { setup: '', call: `/a/.test('a')`, inputs: {} } },
  { api: 'RegExp.prototype.exec', signature: 'exec(string)', result: primitives, stateful: true, calls: [0], exercise: { setup: '', call: `/a/.exec('a')`, inputs: {} }, note: 'Or null.' },
];

const hexText: ResultModel = { kind: 'string', length: { scaled: [2, { items: 'this' }] } };

/** tc39/proposal-arraybuffer-base64; Node has it from 25. */
const uint8ArrayText: readonly ModelRow[] = [
  { api: 'Uint8Array.prototype.toHex', signature: 'toHex()', result: hexText, reads: ['this'], since: { node: '25.0.0' }, exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'u.toHex()', inputs: { this: 'u' } } },
  { api: 'Uint8Array.prototype.toBase64', signature: 'toBase64([options])', result: text, reads: ['this'], since: { node: '25.0.0' }, exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'u.toBase64()', inputs: { this: 'u' } } },
  { api: 'Uint8Array.prototype.setFromHex', signature: 'setFromHex(string)', result: plain, writes: ['this'], since: { node: '25.0.0' }, exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: `u.setFromHex('0a0b')`, inputs: { this: 'u' } } },
  { api: 'Uint8Array.prototype.setFromBase64', signature: 'setFromBase64(string[, options])', result: plain, writes: ['this'], since: { node: '25.0.0' }, exercise: { setup: 'const u = Uint8Array.of(1, 2, 3);', call: `u.setFromBase64('CgsM')`, inputs: { this: 'u' } } },
  { api: 'Uint8Array.fromHex', signature: 'Uint8Array.fromHex(string)', result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: { scaled: [0.5, { items: 0 }] } }, since: { node: '25.0.0' }, exercise: { setup: `const s = '0a0b';`, call: 'Uint8Array.fromHex(s)', inputs: { 0: 's' } } },
  { api: 'Uint8Array.fromBase64', signature: 'Uint8Array.fromBase64(string[, options])', result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: 'unknown' }, since: { node: '25.0.0' }, exercise: { setup: '', call: `Uint8Array.fromBase64('CgsM')`, inputs: {} } },
];

export const ecmascriptFamily: ModelFamily = {
  name: 'ECMAScript',
  classes: [
    { name: 'String', kind: 'object', properties: { length: scalar }, declared: [{ name: 'string', from: 'primitive' }, { name: 'String', from: '' }] },
    { name: 'Number', kind: 'object', declared: [{ name: 'number', from: 'primitive' }, { name: 'Number', from: '' }] },
    { name: 'BigInt', kind: 'object', declared: [{ name: 'bigint', from: 'primitive' }, { name: 'BigInt', from: '' }] },
    { name: 'Boolean', kind: 'object', declared: [{ name: 'boolean', from: 'primitive' }, { name: 'Boolean', from: '' }] },
    { name: 'Promise', kind: 'object', declared: [{ name: 'Promise', from: '' }] },
    { name: 'Date', kind: 'object', declared: [{ name: 'Date', from: '' }] },
    { name: 'Object', kind: 'object' },
    { name: 'Error', kind: 'object', properties: { message: scalar, name: scalar, stack: scalar }, declared: errorNames.map((name) => ({ name, from: '' })) },
    { name: 'RegExp', kind: 'object', properties: { lastIndex: scalar, source: scalar, flags: scalar }, declared: [{ name: 'RegExp', from: '' }] },
    { name: '%RegExpStringIterator%', kind: 'object' },
  ],
  rows: [...object, ...serialization, ...strings, ...numbers, ...promises, ...errorsAndPatterns, ...uint8ArrayText],
};
