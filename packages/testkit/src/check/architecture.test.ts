// ARCHITECTURE.md must show the import table that is enforced, and name every package and folder of the engine that exists.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tableBegin, tableEnd, withImportTable } from './architecture-page.js';
import { importTable } from './import-table.js';

const root = join(import.meta.dirname, '..', '..', '..', '..');
const path = join(root, 'ARCHITECTURE.md');

test('the page shows the table that is enforced', () => {
  const page = readFileSync(path, 'utf8');
  const expected = withImportTable(page, importTable);
  if (process.env['UPDATE_GOLDENS'] === '1' && expected !== null) writeFileSync(path, expected);
  expect(expected === null ? 'the markers are missing' : readFileSync(path, 'utf8')).toBe(expected);
});

test('the page names every package and every folder of the engine', () => {
  const page = readFileSync(path, 'utf8');
  const packages = readdirSync(join(root, 'packages'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${entry.name}/`);
  const folders = readdirSync(join(root, 'packages', 'analysis', 'src'), { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => `${entry.name}/`);
  expect([...packages, ...folders].filter((name) => !page.includes(name))).toEqual([]);
});

test('a changed row makes the page stale, and a page without markers is told', () => {
  const page = `a\n${tableBegin}\n${tableEnd}\nb`;
  const written = withImportTable(page, [{ zone: 'one', paths: /^one\//, zones: [], outside: ['*'] }]);
  expect(written).toContain('| one | nothing | anything |');
  expect(withImportTable(written ?? '', [{ zone: 'one', paths: /^one\//, zones: ['two'], outside: [] }])).not.toBe(written);
  expect(withImportTable('no markers', importTable)).toBeNull();
});
