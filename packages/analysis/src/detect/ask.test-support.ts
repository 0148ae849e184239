/** Asks the query API about a small program in tests: calls back for every call, in `a.ts`, of the library function with the given api name. Other modules are imported by their names in `others`. */
import ts from 'typescript';
import { syntaxOracle } from '../lower/syntax-oracle.js';
import { createSession } from '../session.js';
import type { CallSite, FunctionQuery } from './query.js';
import { defineRule } from './rule.js';

export function askAtCalls<Answer>(source: string, api: string, question: (fn: FunctionQuery, call: CallSite) => Answer, others: Readonly<Record<string, string>> = {}): readonly Answer[] {
  const answers: Answer[] = [];
  const rule = defineRule({
    meta: {
      id: 'question', summary: 'a question', stage: 'nursery', category: 'buffer-lifetime', severity: 'low', presets: ['all'], needs: [], evidence: 'guard', fixable: null, effort: 'trivial', risk: 'none', messages: {},
    },
    check(query) {
      for (const fn of query.functions()) if (fn.module.file === 'a.ts') for (const call of fn.calls()) if (!fn.runsOnce && call.mayBe(api)) answers.push(question(fn, call));
    },
  });
  const session = createSession({ typescript: ts, oracle: syntaxOracle(ts), rules: [rule], target: 'node20', resolve: (specifier) => (specifier === 'a' || specifier in others ? `${specifier}.ts` : null) });
  for (const [name, text] of Object.entries({ a: source, ...others })) session.addFile(`${name}.ts`, ts.createSourceFile(`${name}.ts`, text, ts.ScriptTarget.Latest, true));
  session.analyze();
  return answers;
}
