import { standardFamilies } from '@scrimp/analysis/model/catalog';
import type { ModelRow } from '@scrimp/analysis/model/row';
import { afterAll, expect, test } from 'vitest';
import { importModule, removeTemporaryFiles, type ModuleLoader } from './exercise-run.js';
import { notExecuted } from './not-executed.js';
import { verifyModel } from './verify-model.js';
import { verifyRow } from './verify-row.js';

afterAll(removeTemporaryFiles);

for (const family of standardFamilies) {
  test(`the rows of ${family.name} say what the running Node does`, async () => {
    const verification = await verifyModel(family.rows);
    expect(verification.failures).toEqual([]);
    expect(verification.unexplained).toEqual([]);
  });
}

/** The previous major of the packages that changed, whose callers the same rows serve. */
const loadFirstMajor: ModuleLoader = (specifier) => import(specifier.replace('@noble/hashes', 'noble-hashes-1').replace('@noble/ciphers', 'noble-ciphers-1').replace('@noble/curves', 'noble-curves-1'));

/** What version 1 does otherwise: exports that it does not have there, and guards that return nothing where version 2 returns the checked bytes. */
const otherInFirstMajor = ['@noble/hashes/utils#copyBytes', '@noble/ciphers/aes#aessiv', '@noble/ciphers/utils#randomBytes', '@noble/hashes/utils#abytes', '@noble/ciphers/utils#abytes', '@noble/curves/utils#abytes'];

test('the rows of the noble packages also hold for version 1', async () => {
  const rows = standardFamilies.filter((family) => ['@noble/hashes', '@noble/ciphers', '@noble/curves'].includes(family.name)).flatMap((family) => family.rows);
  const verification = await verifyModel(rows, loadFirstMajor);
  expect([...new Set(verification.failures.map(({ api }) => api))].sort()).toEqual([...otherInFirstMajor].sort());
});

/** Rows that each break one fact of a right one, and the problem that must be found: the test of the test. */
const wrongRows: readonly (readonly [what: string, row: ModelRow, problem: RegExp])[] = [
  ['a copy called a view', { api: 'x', signature: 'x()', result: { kind: 'view', class: 'Uint8Array', of: 'this' }, exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'u.slice()', inputs: { this: 'u' } } }, /its store is another/],
  ['a view of pooled bytes called a pooled copy', { api: 'x', signature: 'x()', result: { kind: 'bytes', class: 'Buffer', origin: 'pooled', length: { length: 'this' } }, reads: ['this'], exercise: { setup: `const u = Buffer.from('abc');`, call: 'u.subarray(0)', inputs: { this: 'u' } } }, /the result changed when the inputs were written/],
  ['a view called a copy', { api: 'x', signature: 'x()', result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: { length: 'this' } }, reads: ['this'], exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'u.subarray(0)', inputs: { this: 'u' } } }, /shares the store of an input/],
  ['a write not said', { api: 'x', signature: 'x()', result: { kind: 'same', as: 'this' }, exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'u.fill(9)', inputs: { this: 'u' } } }, /wrote this, which the row does not say/],
  ['a read not said', { api: 'x', signature: 'x()', result: { kind: 'scalar' }, exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'u.indexOf(2)', inputs: { this: 'u' } } }, /depends on the bytes at this/],
  ['a callback not said', { api: 'x', signature: 'x()', result: { kind: 'scalar' }, reads: ['this'], exercise: { setup: 'const u = Uint8Array.of(1, 2); const f = spy(() => true);', call: 'u.every(f)', inputs: { this: 'u', 0: 'f' } } }, /called 0/],
  ['pooled bytes called exact', { api: 'x', signature: 'x()', result: { kind: 'bytes', class: 'Buffer', origin: 'fresh', length: 3 }, exercise: { setup: '', call: `Buffer.from('abc')`, inputs: {} } }, /is exact, but its store has/],
  ['a wrong length', { api: 'x', signature: 'x()', result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: 4 }, exercise: { setup: '', call: 'new Uint8Array(3)', inputs: {} } }, /has length 4, but it has 3/],
  ['a wrong class', { api: 'x', signature: 'x()', result: { kind: 'bytes', class: 'Uint8Array', origin: 'fresh', length: 3 }, exercise: { setup: '', call: 'Buffer.alloc(3)', inputs: {} } }, /is a Uint8Array, but it is a Buffer/],
  ['keeping not said', { api: 'x', signature: 'x()', result: { kind: 'scalar' }, reads: [0], exercise: { setup: 'const u = Uint8Array.of(1, 2); const kept = [];', call: 'kept.push(u)', inputs: { 0: 'u' }, observe: 'kept.join()' } }, /changed when 0 was written afterwards/],
  ['a detachment not said', { api: 'x', signature: 'x()', result: { kind: 'object', class: 'Object' }, reads: [0], exercise: { setup: 'const b = new ArrayBuffer(2);', call: 'structuredClone(b, { transfer: [b] })', inputs: { 0: 'b' } } }, /changed the size of the store of 0/],
];

/** Methods that a Buffer inherits, and methods called on another class: the class follows the receiver exactly where the row says so. */
const receiverClasses: readonly (readonly [call: string, api: string, classForBuffer: string])[] = [
  ['Uint8Array.prototype.slice.call(u, 1)', 'Uint8Array.prototype.slice', 'Buffer'], ['u.map((x) => x)', 'Uint8Array.prototype.map', 'Buffer'], ['u.filter(() => true)', 'Uint8Array.prototype.filter', 'Buffer'],
  ['Uint8Array.prototype.subarray.call(u, 1)', 'Uint8Array.prototype.subarray', 'Buffer'], ['u.toReversed()', 'Uint8Array.prototype.toReversed', 'Uint8Array'], ['u.toSorted()', 'Uint8Array.prototype.toSorted', 'Uint8Array'],
  ['u.with(0, 7)', 'Uint8Array.prototype.with', 'Uint8Array'],
];

test.each(receiverClasses)('%s on a Buffer has the class that %s says', async (call, api, name) => {
  const row = standardFamilies.flatMap((family) => family.rows).find((candidate) => candidate.api === api);
  if (row === undefined || (row.result.kind !== 'bytes' && row.result.kind !== 'view')) throw new Error(`no row ${api}`);
  expect(row.result.followsClassOf === 'this' ? 'Buffer' : row.result.class).toBe(name);
  const problems = await verifyRow({ ...row, calls: [], result: { ...row.result, class: name }, exercise: { setup: 'const u = Buffer.from([9, 3, 7]);', call, inputs: call.includes(', 1)') ? { this: 'u', 0: '1' } : { this: 'u' } } }, importModule);
  expect(problems).toEqual([]);
});

test('the class of a view through Buffer.prototype follows the receiver', async () => {
  const row = standardFamilies.flatMap((family) => family.rows).find((candidate) => candidate.api === 'Buffer.prototype.slice');
  if (row?.result.kind !== 'view') throw new Error('no view');
  const onUint8Array = { ...row, result: { ...row.result, class: 'Uint8Array' }, exercise: { setup: 'const u = Uint8Array.of(9, 3, 7);', call: 'Buffer.prototype.slice.call(u, 1)', inputs: { this: 'u', 0: '1' } } };
  expect(await verifyRow(onUint8Array, importModule)).toEqual([]);
});

test.each(wrongRows)('finds %s', async (_what, row, problem) => {
  expect((await verifyRow(row, importModule)).join('\n')).toMatch(problem);
});

test('each reason for not executing rows has rows', () => {
  const withoutExercise = standardFamilies.flatMap((family) => family.rows).filter((row) => row.exercise === undefined);
  const idle = notExecuted.filter(({ api }) => !withoutExercise.some((row) => row.api.startsWith(api)));
  expect(idle).toEqual([]);
  console.log(`${withoutExercise.length} rows are not executed`);
});
