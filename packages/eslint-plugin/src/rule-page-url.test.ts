// The link of every rule leads to a page that is there.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { rules } from '@scrimp/rules';
import { expect, it } from 'vitest';
import plugin from './index.js';
import { rulePageUrl } from './rule-page-url.js';

it.each(rules.map(({ meta }) => meta.id))('%s links to its page', (id) => {
  const url = plugin.rules[id]?.meta?.docs?.url;
  expect(url).toMatch(/^file:\/\/\//);
  expect(readFileSync(fileURLToPath(url!), 'utf8')).toContain(`# ${id}\n`);
});

it('has no link where there is no page', () => {
  expect(rulePageUrl('no-such-rule')).toBeNull();
});
