/** Why a function is hot, in words that name the root once. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { defineRule } from '../detect/rule.js';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession } from '../session.js';

const source = `
/** @hot */
export function root() { return near(); }
function near() { return far(); }
function far() { return 1; }
export function configured() { return other(); }
function other() { return 2; }
`;

test('a function that is called from a hot one says so, and not twice from whom', () => {
  const heat: Record<string, string> = {};
  const rule = defineRule({
    meta: {
      id: 'question', summary: 'a question', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: [], evidence: 'guard', fixable: null, effort: 'trivial', risk: 'none', messages: {},
    },
    check(query) {
      for (const fn of query.functions()) if (fn.hotness.level === 'hot') heat[fn.function.name] = fn.hotness.source;
    },
  });
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [rule], target: 'node20', resolve: () => null, hotFunctions: ['configured'] });
  session.addFile('a.ts', ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  session.analyze();
  expect(heat).toEqual({
    root: '@hot on root', near: 'called from root, which is @hot', far: 'called from root, which is @hot',
    configured: 'configured: configured', other: 'called from configured, which is configured as hot',
  });
});
