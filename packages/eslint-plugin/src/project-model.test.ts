/** `settings.scrimp.model`: what it says of a package holds in the file that is linted. */
import { expect, test } from 'vitest';
import { rules } from '@scrimp/rules';
import { analyzeLintedFile } from './file-analysis.js';

const text = [
  `import { checksum } from 'fastframe';`,
  'export function check(frame: Uint8Array): number {',
  '  return checksum(frame.slice(4));',
  '}',
  '',
].join('\n');

function rulesShown(settings: unknown): readonly string[] {
  return analyzeLintedFile({ path: '/project/a.ts', text, sourceCode: {}, parserServices: null, settings }, rules).findings.map((one) => one.rule);
}

test('a call of an unknown package forbids, and a row allows', () => {
  expect(rulesShown(undefined)).not.toContain('no-slice-into-sync-sink');
  expect(rulesShown({ model: [{ call: 'fastframe#checksum', returns: 'nothing' }] })).toContain('no-slice-into-sync-sink');
  expect(rulesShown({ model: [{ call: 'fastframe#checksum', returns: 'nothing', keeps: ['0'] }] })).not.toContain('no-slice-into-sync-sink');
});
