import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';
import { expect, test } from 'vitest';
import { codemods } from './index.js';
import { rules } from '@scrimp/rules';
import { runCodemodOnText } from './standalone.js';

const here = dirname(fileURLToPath(import.meta.url));
const pairs = codemods.flatMap((codemod) => rules.filter(({ meta }) => meta.id === codemod.id).map((rule) => ({ id: codemod.id, codemod, rule })));

test('every codemod has its rule', () => {
  expect(pairs.map(({ id }) => id)).toEqual(codemods.map(({ id }) => id));
});

test.each(pairs)('$id goes from input.ts to output.ts by the text alone', ({ id, codemod, rule }) => {
  const input = readFileSync(join(here, id, 'input.ts'), 'utf8');
  const output = readFileSync(join(here, id, 'output.ts'), 'utf8');
  const result = runCodemodOnText({ file: 'input.ts', text: `\ufeff${input}`, codemod, rule, typescript: ts });
  expect(result.refused).toEqual([]);
  expect(result.text).toBe(`\ufeff${output}`);
  expect(runCodemodOnText({ file: 'input.ts', text: result.text, codemod, rule, typescript: ts })).toMatchObject({ text: result.text, findings: [] });
});
