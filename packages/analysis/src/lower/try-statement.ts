/**
 * `try`, `catch`, `finally`. Exits through a finally body are `completion.ts`.
 */
import type ts from 'typescript';
import type { BlockId } from '../ir/instruction.js';
import { dispatchCompletion, type FinallyControl } from './completion.js';
import { emit, emitStore, emitString, goto, newBlock, newSynthetic, setHandler, startBlock } from './function-builder.js';
import { addBindingNames } from './hoisting.js';
import type { FunctionLowering } from './lowering.js';
import { declareVariable, inScope } from './scope.js';

export function lowerTry(f: FunctionLowering, node: ts.TryStatement): void {
  if (node.finallyBlock === undefined) {
    lowerTryCatch(f, node.tryBlock, node.catchClause);
    return;
  }
  const outer = f.handler;
  const entry = newBlock(f);
  const caughtBlock = newBlock(f);
  const control: FinallyControl = {
    kind: 'finally', completion: newSynthetic(f, '$completion'), value: newSynthetic(f, '$value'), entry, exits: new Map(), generatorReturns: new Map(),
  };
  f.controls.push(control);
  setHandler(f, caughtBlock);
  lowerTryCatch(f, node.tryBlock, node.catchClause);
  emitStore(f, null, control.completion, emitString(f, null, 'normal'));
  goto(f, entry);
  f.controls.pop();
  f.handler = outer;
  startBlock(f, caughtBlock);
  emitStore(f, null, control.value, emit(f, null, { op: 'caught' }));
  emitStore(f, null, control.completion, emitString(f, null, 'throw'));
  goto(f, entry);
  startBlock(f, entry);
  f.module.forms.statement(f, node.finallyBlock);
  dispatchCompletion(f, control);
}

/** `try` with its optional `catch`, inside whatever handler is in force. */
function lowerTryCatch(f: FunctionLowering, body: ts.Block, clause: ts.CatchClause | undefined): void {
  if (clause === undefined) {
    f.module.forms.statement(f, body);
    return;
  }
  const outer = f.handler;
  const handler: BlockId = newBlock(f);
  const end = newBlock(f);
  setHandler(f, handler);
  f.module.forms.statement(f, body);
  goto(f, end);
  f.handler = outer;
  startBlock(f, handler);
  lowerCatch(f, clause);
  goto(f, end);
  startBlock(f, end);
}

function lowerCatch(f: FunctionLowering, clause: ts.CatchClause): void {
  const declaration = clause.variableDeclaration;
  const caught = emit(f, declaration ?? null, { op: 'caught' });
  inScope(f, (scope) => {
    if (declaration !== undefined) {
      const names: string[] = [];
      addBindingNames(f.module.typescript, declaration.name, names);
      for (const name of names) {
        const variable = declareVariable(f, scope, name, 'catch');
        emit(f, null, { op: 'declare', variable, state: 'dead' });
      }
      f.module.forms.bind(f, declaration.name, caught, 'initialize');
    }
    f.module.forms.statement(f, clause.block);
  });
}
