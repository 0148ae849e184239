import { standardFamilies } from '@scrimp/analysis/model/catalog';
import { afterAll, expect, test } from 'vitest';
import { importModule, removeTemporaryFiles } from './exercise-run.js';
import { falsifyRow } from './falsify-row.js';
import { verifyFalsifications } from './verify-falsifications.js';
import { verifyRow } from './verify-row.js';

afterAll(removeTemporaryFiles);

test('a sample of rows that lie about one fact goes red, every one', async () => {
  // `pnpm model:verify --falsify` tries all.
  const { tried, unnoticed } = await verifyFalsifications(standardFamilies.flatMap((family) => family.rows), 9);
  expect(unnoticed).toEqual([]);
  expect(tried).toBeGreaterThan(300);
});

test('lies are about what the exercise shows, and each differs from the row in one fact', async () => {
  const row = { api: 'x', signature: 'x()', result: { kind: 'same', as: 'this' }, writes: ['this'], wipes: ['this'], exercise: { setup: 'const u = Uint8Array.of(1, 2);', call: 'u.fill(9)', inputs: { this: 'u' } } } as const;
  expect(await verifyRow(row, importModule)).toEqual([]);
  const lies = falsifyRow(row);
  expect(lies.map(({ lie }) => lie)).toEqual(['does not say writes this', 'calls the same object another']);
  for (const { row: wrong } of lies) expect(await verifyRow(wrong, importModule)).not.toEqual([]);
  expect(falsifyRow({ ...row, exercise: { ...row.exercise, inputs: {} } })).toEqual([]);
});
