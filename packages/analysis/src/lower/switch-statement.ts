/**
 * `switch`: tests in order, fall through, `default` anywhere, one lexical scope for all clauses.
 */
import type ts from 'typescript';
import { branch, emit, goto, newBlock, startBlock } from './function-builder.js';
import { hoistStatements } from './hoisting.js';
import type { FunctionLowering } from './lowering.js';
import { inScope } from './scope.js';

export function lowerSwitch(f: FunctionLowering, node: ts.SwitchStatement): void {
  const { typescript } = f.module;
  const { clauses } = node.caseBlock;
  const left = f.module.forms.expression(f, node.expression);
  const end = newBlock(f);
  const bodies = clauses.map(() => newBlock(f));
  inScope(f, (scope) => {
    hoistStatements(f, clauses.flatMap((clause) => [...clause.statements]), scope, 'block');
    let fallback = end;
    clauses.forEach((clause, index) => {
      const body = bodies[index] ?? end;
      if (typescript.isDefaultClause(clause)) {
        fallback = body;
        return;
      }
      const right = f.module.forms.expression(f, clause.expression);
      const next = newBlock(f);
      branch(f, 'truthy', emit(f, clause.expression, { op: 'binary', operator: '===', left, right }), body, next);
      startBlock(f, next);
    });
    goto(f, fallback);
    f.controls.push({ kind: 'target', labels: [], unlabeled: true, breakTarget: end, continueTarget: null });
    clauses.forEach((clause, index) => {
      startBlock(f, bodies[index] ?? end);
      f.module.forms.statements(f, clause.statements);
      goto(f, bodies[index + 1] ?? end);
    });
    f.controls.pop();
  });
  startBlock(f, end);
}
