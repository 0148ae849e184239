// The table of rules in the README: fresh, sorted, and refused where it has no place.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { rules } from '@scrimp/rules';
import { expect, test } from 'vitest';
import { withRuleTable } from './rule-table.js';

test('the README at the root lists every rule as its metadata says', () => {
  const page = readFileSync(join(import.meta.dirname, '..', '..', '..', '..', 'README.md'), 'utf8');
  expect(withRuleTable(page, rules.map((rule) => rule.meta))).toBe(page);
});

test('rows are sorted, old rows go, and a page without markers is told', () => {
  const [meta] = rules.map((rule) => rule.meta);
  const page = '<!-- begin rules: written by pnpm generate -->\nold\n<!-- end rules -->';
  const written = withRuleTable(page, [{ ...meta!, id: 'b' }, { ...meta!, id: 'a' }]);
  expect(written).not.toContain('old');
  expect(written!.indexOf('[a]')).toBeLessThan(written!.indexOf('[b]'));
  expect(withRuleTable('nothing', [meta!])).toBeNull();
});
