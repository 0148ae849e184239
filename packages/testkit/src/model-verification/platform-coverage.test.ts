import { expect, test } from 'vitest';
import { platformGaps } from './platform-coverage.js';

test('what the running Node has for bytes has a row, or a reason to be unknown', async () => {
  expect(await platformGaps()).toEqual([]);
});

test('a function without a row is found when nothing excuses it', async () => {
  const gaps = await platformGaps([]);
  expect(gaps).toContain('Buffer#inspect');
  expect(gaps).toContain('fs#watch');
  expect(gaps).toContain('Array#toLocaleString');
});
