/** Asks the query API about a small program in tests: calls back for every call of the library function with the given api name. */
import ts from 'typescript';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession } from '../session.js';
import type { CallSite, FunctionQuery } from './query.js';
import { defineRule } from './rule.js';

export function askAtCalls<Answer>(source: string, api: string, question: (fn: FunctionQuery, call: CallSite) => Answer): readonly Answer[] {
  const answers: Answer[] = [];
  const rule = defineRule({
    meta: {
      id: 'question', summary: 'a question', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: [], evidence: 'guard', fixable: null, effort: 'trivial', risk: 'none', messages: {},
    },
    check(query) {
      for (const fn of query.functions()) for (const call of fn.calls()) if (!fn.runsOnce && call.mayBe(api)) answers.push(question(fn, call));
    },
  });
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [rule], target: 'node20', resolve: () => null });
  session.addFile('a.ts', ts.createSourceFile('a.ts', source, ts.ScriptTarget.Latest, true));
  session.analyze();
  return answers;
}
