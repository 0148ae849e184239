/** An edit is proposed only where the edited function certainly costs less on the target runtime, whatever its rule claims to save. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { constantSize } from '../cost/size.js';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession, type TargetRuntime } from '../session.js';
import type { Finding } from './finding.js';
import { defineRule } from './rule.js';

/** Findings of a rule that writes `after` wherever `before` stands as an expression, and claims that this saves much. */
function findingsOf(source: string, before: string, after: string, target: TargetRuntime = 'node20'): readonly Finding[] {
  const rule = defineRule({
    meta: {
      id: 'replace', summary: 'a rewrite', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: [], evidence: 'saving', fixable: 'safe', effort: 'trivial', risk: 'none', messages: { made: { what: 'w', why: 'y', help: 'h' } },
    },
    check(query, report) {
      for (const fn of query.functions()) {
        for (const call of fn.calls()) {
          const edit = fn.text(call.value) === before ? fn.replace(call.value, after) : null;
          if (edit !== null) report({ site: fn.site(call.value), messageId: 'made', obligations: [], saves: { objects: 99, heapBytes: constantSize(9999), externalBytes: constantSize(9999) }, fix: { title: 't', edits: [edit] } });
        }
      }
    },
  });
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [rule], target, resolve: () => null });
  session.addFile('a.ts', ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  return session.analyze().findings;
}

const inFunction = (body: string): string => `import { createHash } from 'node:crypto';\nconst scratch = new Uint8Array(4096);\nfunction pooled(n: number) { return acquire(n); }\nexport function f(n: number, data: Uint8Array, small: Uint8Array) { ${body} }\n`;

test.each([
  ['a view in place of a long copy', 'return work(data.slice(0, 1024));', 'data.slice(0, 1024)', 'data.subarray(0, 1024)'],
  ['a view in place of a copy of unknown length', 'return work(data.slice(n));', 'data.slice(n)', 'data.subarray(n)'],
  ['a way that is not the most expensive one', 'if (n > 9) return new Uint8Array(9999); return data.slice(0, 1024);', 'data.slice(0, 1024)', 'data.subarray(0, 1024)'],
  ['in a loop that nothing bounds', 'while (work(n)) data.slice(0, 1024);', 'data.slice(0, 1024)', 'data.subarray(0, 1024)'],
  ['an array in place of a list of numbers', 'return new Uint8Array([...data]);', 'new Uint8Array([...data])', 'new Uint8Array(data)'],
  ['no array', 'return work(new Uint8Array(1024));', 'new Uint8Array(1024)', 'scratch'],
  ['an update more in place of a long array', `return createHash('sha256').update(Buffer.concat([data, new Uint8Array(8000)])).digest();`, 'Buffer.concat([data, new Uint8Array(8000)])', 'data'],
])('passes: %s', (_name, body, before, after) => {
  expect(findingsOf(inFunction(body), before, after)).toHaveLength(1);
});

test.each([
  ['a view of a short array that was made here, which has to leave the V8 heap', 'const made = new Uint8Array(64); return work(made.slice(0, 32));', 'made.slice(0, 32)', 'made.subarray(0, 32)'],
  ['a pool for short arrays whose cost nobody knows', 'return work(new Uint8Array(32));', 'new Uint8Array(32)', 'pooled(32)'],
  ['a copy in place of a view', 'return work(data.subarray(0, 1024));', 'data.subarray(0, 1024)', 'data.slice(0, 1024)'],
  ['the same again', 'return work(data.slice(0, 1024));', 'data.slice(0, 1024)', 'data.slice(0, 1024) '],
  ['a longer array', 'return work(new Uint8Array(n));', 'new Uint8Array(n)', 'new Uint8Array(n + 1)'],
  ['code out of sight', 'return work(data.slice(0, 1024));', 'data.slice(0, 1024)', 'outOfSight(data)'],
  ['text to bytes by a list', 'return work(new Uint8Array(data));', 'new Uint8Array(data)', 'new Uint8Array([...data])'],
])('refuses: %s', (_name, body, before, after) => {
  expect(findingsOf(inFunction(body), before, after)).toEqual([]);
});

test('a rewrite that pays only from some length says from which', () => {
  const [finding] = findingsOf(inFunction('return work(new Uint8Array(n));'), 'new Uint8Array(n)', '[new Uint8Array(300), 1][0]');
  expect(finding?.obligations).toEqual([expect.objectContaining({ code: 'SIZE', state: 'assumed' })]);
  expect(finding?.fix?.tier).toBe('guarded');
});

test('the runtime decides: a slab of 64 KiB holds what one of 8 KiB does not', () => {
  const source = inFunction('return work(new Uint8Array(5000));');
  expect(findingsOf(source, 'new Uint8Array(5000)', 'Buffer.allocUnsafe(5000)', 'node20')).toEqual([]);
  expect(findingsOf(source, 'new Uint8Array(5000)', 'Buffer.allocUnsafe(5000)', 'node24')).toHaveLength(1);
});

test('a claim without an edit has to be one', () => {
  const rule = defineRule({
    meta: {
      id: 'claim', summary: 'a claim', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: [], evidence: 'saving', fixable: null, effort: 'trivial', risk: 'none', messages: { made: { what: 'w', why: 'y', help: 'h' } },
    },
    check(query, report) {
      for (const fn of query.functions()) for (const call of fn.calls()) report({ site: fn.site(call.value), messageId: 'made', obligations: [], saves: { objects: 0, heapBytes: constantSize(-8), externalBytes: constantSize(0) } });
    },
  });
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [rule], target: 'node20', resolve: () => null });
  session.addFile('a.ts', ts.createSourceFile('a.ts', inFunction('return new Uint8Array(n);'), ts.ScriptTarget.Latest, true));
  expect(session.analyze().findings).toEqual([]);
});
