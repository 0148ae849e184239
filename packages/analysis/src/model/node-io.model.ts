/**
 * Rows of Node's input and output, timers, events and the small helpers that byte programs meet all the time, so that they are not unknown calls.
 * Streams and asynchronous writes keep the bytes: they must stay unmodified until completion. `EventEmitter.prototype.emit` has no row on purpose: listeners are unknown code.
 * Source: nodejs.org/api; which calls read later is measured (RULES 2.2).
 */
import type { ModelFamily, ModelRow, ResultModel } from './row.js';

const scalar: ResultModel = { kind: 'scalar' };
const text: ResultModel = { kind: 'string', length: 'unknown' };
const same: ResultModel = { kind: 'same', as: 'this' };
const plain: ResultModel = { kind: 'object', class: 'Object' };
const consoleRows: readonly ModelRow[] = [
  ...['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir', 'table'].map((name): ModelRow => ({ api: `console.${name}`, signature: `console.${name}(...data)`, result: scalar, reads: [{ rest: 0 }], calls: [{ rest: 0 }], observesClass: [{ rest: 0 }] })),
  { api: 'console.assert', signature: 'console.assert(value[, ...message])', result: scalar, reads: [{ rest: 1 }], calls: [{ rest: 1 }], observesClass: [{ rest: 1 }] },
  ...['time', 'timeEnd', 'count', 'group', 'groupEnd'].map((name): ModelRow => ({ api: `console.${name}`, signature: `console.${name}([label])`, result: scalar })),
];

const terminal: readonly ModelRow[] = ['stdout', 'stderr'].map((name) => ({ api: `process.${name}.write`, signature: 'write(chunk[, encoding[, callback]])', result: scalar, readsLater: [0], retains: [0, 1, 2] }));

const timers: readonly ModelRow[] = [
  ...['setTimeout', 'setInterval'].map((name): ModelRow => ({
    api: name, signature: `${name}(callback[, delay[, ...args]])`, result: { kind: 'object', class: 'Timeout' }, retains: [0, { rest: 2 }],
    exercise: { setup: 'const f = spy(() => {});', call: `${name}(f, 1)`, inputs: { 0: 'f' }, observe: `clearTimeout($result)` },
  })),
  { api: 'setImmediate', signature: 'setImmediate(callback[, ...args])', result: { kind: 'object', class: 'Immediate' }, retains: [0, { rest: 1 }], exercise: { setup: 'const f = spy(() => {});', call: 'setImmediate(f)', inputs: { 0: 'f' }, observe: 'clearImmediate($result)' } },
  { api: 'queueMicrotask', signature: 'queueMicrotask(callback)', result: scalar, retains: [0], exercise: { setup: 'const f = spy(() => {});', call: 'queueMicrotask(f)', inputs: { 0: 'f' } } },
  { api: 'process.nextTick', signature: 'process.nextTick(callback[, ...args])', result: scalar, retains: [{ rest: 0 }], exercise: { setup: 'const f = spy(() => {});', call: 'process.nextTick(f)', inputs: { 0: 'f' } } },
  ...['clearTimeout', 'clearInterval', 'clearImmediate'].map((name): ModelRow => ({ api: name, signature: `${name}(timer)`, result: scalar, exercise: { setup: '', call: `${name}(undefined)`, inputs: {} } })),
  ...['ref', 'unref', 'refresh'].map((name): ModelRow => ({ api: `Timeout.prototype.${name}`, signature: `${name}()`, result: same, exercise: { setup: 'const t = setTimeout(() => {}, 1);', call: `t.${name}()`, inputs: { this: 't' }, observe: 'clearTimeout(t)' } })),
  { api: 'process.hrtime.bigint', signature: 'process.hrtime.bigint()', result: scalar, exercise: { setup: '', call: 'process.hrtime.bigint()', inputs: {} } },
  { api: 'process.memoryUsage', signature: 'process.memoryUsage()', result: plain, exercise: { setup: '', call: 'process.memoryUsage()', inputs: {} } },
];

const assertRows: readonly ModelRow[] = ['node:assert', 'node:assert/strict'].flatMap((module): readonly ModelRow[] => [
  ...['default', 'ok'].map((name): ModelRow => ({ api: `${module}#${name}`, signature: `${name}(value[, message])`, result: scalar, exercise: { setup: `const assert = (await load('${module}'));`, call: `assert.${name}(true)`, inputs: {} } })),
  ...['equal', 'strictEqual', 'notEqual', 'notStrictEqual', 'deepEqual', 'deepStrictEqual'].map((name): ModelRow => ({
    api: `${module}#${name}`, signature: `${name}(actual, expected[, message])`, result: scalar, reads: [0, 1], observesClass: [0, 1], exercise: { setup: `const assert = (await load('${module}')); const m = Uint8Array.of(1); const n = ${name.startsWith('not') ? 'Uint8Array.of(1)' : 'm'};`, call: `assert.${name}(m, n)`, inputs: {} },
  })),
]);

const helpers: readonly ModelRow[] = [
  ...['join', 'resolve', 'normalize', 'dirname', 'basename', 'extname', 'relative'].map((name): ModelRow => ({ api: `node:path#${name}`, signature: `${name}(...paths)`, result: text, exercise: { setup: `const path = await load('node:path');`, call: `path.${name}('a', 'b')`, inputs: {} } })),
  { api: 'node:util#inspect', signature: 'inspect(object[, options])', result: text, reads: [0], calls: [0], observesClass: [0], exercise: { setup: `const util = await load('node:util'); const m = Uint8Array.of(1);`, call: 'util.inspect(m)', inputs: { 0: 'm' } } },
  { api: 'node:util#format', signature: 'format(format[, ...args])', result: text, reads: [{ rest: 0 }], calls: [{ rest: 0 }], observesClass: [{ rest: 0 }], exercise: { setup: `const util = await load('node:util'); const m = Uint8Array.of(1);`, call: `util.format(m)`, inputs: { '0...': '[m]' } } },
  { api: 'node:util#isDeepStrictEqual', signature: 'isDeepStrictEqual(value1, value2)', result: scalar, reads: [0, 1], observesClass: [0, 1], exercise: { setup: `const util = await load('node:util'); const m = Uint8Array.of(1); const n = Uint8Array.of(1);`, call: 'util.isDeepStrictEqual(m, n)', inputs: { 0: 'm', 1: 'n' } } },
  ...['isUint8Array', 'isTypedArray', 'isArrayBufferView', 'isAnyArrayBuffer', 'isArrayBuffer'].map((name): ModelRow => ({ api: `node:util/types#${name}`, signature: `${name}(value)`, result: scalar, exercise: { setup: `const types = await load('node:util/types');`, call: `types.${name}(1)`, inputs: {} } })),
];

export const nodeIoFamily: ModelFamily = {
  name: 'node input and output',
  classes: [
    { name: 'Timeout', kind: 'object', declared: [{ name: 'Timeout', from: '' }, { name: 'Timeout', from: 'node:timers' }] },
    { name: 'Immediate', kind: 'object' },
  ],
  rows: [...consoleRows, ...terminal, ...timers, ...assertRows, ...helpers],
  aliases: {
    'node:util#types': 'node:util/types#', 'node:assert#strict': 'node:assert/strict#ok', 'node:assert#assert': 'node:assert#ok',
    'node:timers#setTimeout': 'setTimeout', 'node:timers#setInterval': 'setInterval', 'node:timers#setImmediate': 'setImmediate', 'node:timers#clearTimeout': 'clearTimeout',
    'node:process#default': 'process', 'node:process#nextTick': 'process.nextTick', 'node:perf_hooks#performance': 'performance',
    'node:path#posix': 'node:path#', 'node:path#win32': 'node:path#',
  },
};
