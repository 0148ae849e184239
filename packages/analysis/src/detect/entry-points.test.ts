/** What can be avoided is a part of what a call allocates: each place once, per call, and never more than is there. */
import ts from 'typescript';
import { expect, test } from 'vitest';
import { constantSize, symbolSize } from '../cost/size.js';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession } from '../session.js';
import type { EntryPoint } from './finding.js';
import { defineRule, type Rule } from './rule.js';

/** A rule that would save so much at each call of `new Uint8Array`. */
function saves(id: string, objects: number, heapBytes: number, externalBytes = constantSize(0)): Rule {
  return defineRule({
    meta: {
      id, summary: 'a saving', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: [], evidence: 'saving', fixable: null, effort: 'trivial', risk: 'none', messages: { made: { what: 'w', why: 'y', help: 'h' } },
    },
    check(query, report) {
      for (const fn of query.functions()) {
        for (const call of fn.calls()) if (call.mayBe('new Uint8Array')) report({ site: fn.site(call.value), messageId: 'made', obligations: [], saves: { objects, heapBytes: constantSize(heapBytes), externalBytes } });
      }
    },
  });
}

function entryPoint(source: string, ...rules: readonly Rule[]): EntryPoint {
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules, target: 'node20', resolve: () => null });
  session.addFile('a.ts', ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  return session.analyze().entryPoints.find(({ name }) => name === 'f')!;
}

const made = 'new Uint8Array(100)';
const hot = (body: string): string => `/** @hot */\nexport function f(n: number) { ${body} }\nfunction g() { return ${made}; }\n`;
const [header, length] = [184, 100];

test('several findings at one place count once, with the largest saving', () => {
  const { cost, avoidable } = entryPoint(hot(`return ${made};`), saves('view', 1, 88), saves('all', 2, header, constantSize(length)), saves('some', 1, 40));
  expect(cost).toMatchObject({ objects: 2, heapBytes: header, externalBytes: length });
  expect(avoidable).toMatchObject({ objects: 2, heapBytes: header, externalBytes: length });
});

test('a finding that claims more than the function allocates is cut, component by component', () => {
  expect(entryPoint(hot(`return ${made};`), saves('more', 9, 1000, constantSize(7))).avoidable).toMatchObject({ objects: 2, heapBytes: header, externalBytes: 7 });
});

test('a callee counts once per call', () => {
  const { cost, avoidable } = entryPoint(hot('return [g(), g()];'), saves('all', 2, header, constantSize(length)));
  expect(avoidable).toMatchObject({ objects: 4, heapBytes: 2 * header, externalBytes: 2 * length });
  expect(cost.objects).toBe(6);
});

test('what only an error path allocates is no part of the cost, and cannot be avoided', () => {
  const { cost, avoidable } = entryPoint(hot(`if (n > 1) { g(); throw new RangeError(String(${made})); } return { n };`), saves('all', 2, header, constantSize(length)));
  expect(cost.objects).toBe(1);
  expect(avoidable).toMatchObject({ objects: 0, heapBytes: 0, externalBytes: 0 });
});

test('of functions that a call may run, the one whose cost counts is also the one whose savings count', () => {
  const source = `class A { m() { return ${made}; } }\nclass B { m() { return [${made}, ${made}]; } }\n/** @hot */\nexport function f(n: number) { const o = n > 1 ? new A() : new B(); return o.m(); }\n`;
  const { cost, avoidable } = entryPoint(source, saves('all', 2, header, constantSize(length)));
  expect(avoidable.objects).toBe(4);
  expect(avoidable.objects).toBeLessThan(cost.objects!);
});

test('a saving beyond what is known of a symbolic cost is a lower bound', () => {
  const { cost, avoidable } = entryPoint(hot('return new Uint8Array(n);'), saves('symbolic', 2, header, symbolSize('n')), saves('exact', 2, header, constantSize(9)));
  expect(cost.expression).toBe('n + 184 B in 2 objects');
  expect(avoidable.expression).toBe('at least 184 B in 2 objects');
});
