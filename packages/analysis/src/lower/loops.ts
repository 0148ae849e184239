/**
 * Loops: `while`, `do`, `for` with a fresh binding per iteration, `for…in`, `for…of` and `for await` with their iterator protocol.
 */
import type ts from 'typescript';
import type { BlockId, ValueId } from '../ir/instruction.js';
import { prepareReference } from './assignment.js';
import type { IteratorControl } from './completion.js';
import { branch, emit, goto, newBlock, setHandler, startBlock } from './function-builder.js';
import { hoistVariableList, isConstList, isVarList, listNames } from './hoisting.js';
import { closeIterator, closeOnThrow } from './iterator-close.js';
import type { FunctionLowering, StatementForm } from './lowering.js';
import { inScope, type Scope } from './scope.js';
import { containsNode, mentionsName } from './tree-search.js';
import { withoutWrappers } from './typescript-erasure.js';

export function loopForms(typescript: typeof ts): readonly (readonly [ts.SyntaxKind, StatementForm])[] {
  const { SyntaxKind } = typescript;
  return [
    [SyntaxKind.WhileStatement, (f, node) => { lowerWhile(f, node as ts.WhileStatement); }],
    [SyntaxKind.DoStatement, (f, node) => { lowerDo(f, node as ts.DoStatement); }],
    [SyntaxKind.ForStatement, (f, node) => { lowerFor(f, node as ts.ForStatement); }],
    [SyntaxKind.ForInStatement, (f, node) => { lowerForIn(f, node as ts.ForInStatement); }],
    [SyntaxKind.ForOfStatement, (f, node) => { lowerForOf(f, node as ts.ForOfStatement); }],
  ];
}

function takeLabels(f: FunctionLowering): readonly string[] {
  const labels = f.pendingLabels;
  f.pendingLabels = [];
  return labels;
}

/** Lowers a loop's body as the target of `break` and `continue`. */
function lowerLoopBody(f: FunctionLowering, body: ts.Statement, labels: readonly string[], breakTarget: BlockId, continueTarget: BlockId): void {
  f.controls.push({ kind: 'target', labels, unlabeled: true, breakTarget, continueTarget });
  f.module.forms.statement(f, body);
  f.controls.pop();
}

function lowerWhile(f: FunctionLowering, node: ts.WhileStatement): void {
  const labels = takeLabels(f);
  const head = newBlock(f);
  const body = newBlock(f);
  const end = newBlock(f);
  goto(f, head);
  startBlock(f, head);
  f.module.forms.condition(f, node.expression, body, end);
  startBlock(f, body);
  lowerLoopBody(f, node.statement, labels, end, head);
  goto(f, head);
  startBlock(f, end);
}

function lowerDo(f: FunctionLowering, node: ts.DoStatement): void {
  const labels = takeLabels(f);
  const body = newBlock(f);
  const test = newBlock(f);
  const end = newBlock(f);
  goto(f, body);
  startBlock(f, body);
  lowerLoopBody(f, node.statement, labels, end, test);
  goto(f, test);
  startBlock(f, test);
  f.module.forms.condition(f, node.expression, body, end);
  startBlock(f, end);
}

function lowerFor(f: FunctionLowering, node: ts.ForStatement): void {
  const labels = takeLabels(f);
  const { typescript } = f.module;
  inScope(f, (scope) => {
    const { initializer } = node;
    const isDeclaration = initializer !== undefined && typescript.isVariableDeclarationList(initializer);
    const isFreshPerIteration = isDeclaration && !isVarList(typescript, initializer) && !isConstList(typescript, initializer);
    if (isDeclaration) {
      hoistVariableList(f, initializer, scope);
      f.module.forms.variableList(f, initializer);
    } else if (initializer !== undefined) f.module.forms.effect(f, initializer);
    const head = newBlock(f);
    const body = newBlock(f);
    const update = newBlock(f);
    const end = newBlock(f);
    // The language copies the bindings once before the first test; only a closure made by the initializer can tell.
    if (isFreshPerIteration && containsFunction(typescript, initializer)) freshen(f, scope);
    goto(f, head);
    startBlock(f, head);
    if (node.condition === undefined) goto(f, body);
    else f.module.forms.condition(f, node.condition, body, end);
    startBlock(f, body);
    lowerLoopBody(f, node.statement, labels, end, update);
    goto(f, update);
    startBlock(f, update);
    if (isFreshPerIteration) freshen(f, scope);
    if (node.incrementor !== undefined) f.module.forms.effect(f, node.incrementor);
    goto(f, head);
    startBlock(f, end);
  });
}

function freshen(f: FunctionLowering, scope: Scope): void {
  for (const binding of scope.bindings.values()) {
    if (binding.kind === 'variable') emit(f, null, { op: 'freshen', variable: binding.variable });
  }
}

function containsFunction(typescript: typeof ts, node: ts.Node): boolean {
  return containsNode(typescript, node, (child) => (typescript.isFunctionLike(child) || typescript.isClassLike(child) ? 'found' : 'enter'));
}

/** The object of `for…in` and `for…of` is evaluated while the loop's own names are dead; that shows only when it mentions one of them. */
function lowerIterated(f: FunctionLowering, node: ts.ForInOrOfStatement): ValueId {
  const { typescript } = f.module;
  const { initializer } = node;
  let value: ValueId = -1;
  inScope(f, (scope) => {
    const isLexical = typescript.isVariableDeclarationList(initializer) && !isVarList(typescript, initializer);
    if (isLexical && mentionsName(typescript, node.expression, new Set(listNames(typescript, initializer)), undefined)) hoistVariableList(f, initializer, scope);
    value = f.module.forms.expression(f, node.expression);
  });
  return value;
}

/** Gives the value of this iteration to the loop's head: a declaration, a target or a pattern. */
function bindHead(f: FunctionLowering, initializer: ts.ForInitializer, scope: Scope, value: ValueId): void {
  const { typescript } = f.module;
  if (typescript.isVariableDeclarationList(initializer)) {
    hoistVariableList(f, initializer, scope);
    const name = initializer.declarations[0]?.name;
    if (name !== undefined) f.module.forms.bind(f, name, value, isVarList(typescript, initializer) ? 'assign' : 'initialize');
    return;
  }
  const target = withoutWrappers(typescript, initializer);
  if (typescript.isArrayLiteralExpression(target) || typescript.isObjectLiteralExpression(target)) f.module.forms.assignPattern(f, target, value);
  else prepareReference(f, target).set(value, initializer);
}

function lowerForIn(f: FunctionLowering, node: ts.ForInStatement): void {
  const labels = takeLabels(f);
  const { typescript } = f.module;
  // `for (var x = 1 in o)` is legal in sloppy mode.
  if (typescript.isVariableDeclarationList(node.initializer) && isVarList(typescript, node.initializer)) f.module.forms.variableList(f, node.initializer);
  const object = lowerIterated(f, node);
  const iterator = emit(f, node.expression, { op: 'enumerate-keys', object });
  const head = newBlock(f);
  const body = newBlock(f);
  const end = newBlock(f);
  goto(f, head);
  startBlock(f, head);
  const result = emit(f, null, { op: 'iterator-next', iterator });
  branch(f, 'truthy', emit(f, null, { op: 'iterator-done', result }), end, body);
  startBlock(f, body);
  inScope(f, (scope) => {
    bindHead(f, node.initializer, scope, emit(f, node.initializer, { op: 'iterator-value', result }));
    lowerLoopBody(f, node.statement, labels, end, head);
  });
  goto(f, head);
  startBlock(f, end);
}

function lowerForOf(f: FunctionLowering, node: ts.ForOfStatement): void {
  const labels = takeLabels(f);
  const isAsync = node.awaitModifier !== undefined;
  const iterable = lowerIterated(f, node);
  const iterator = emit(f, node.expression, { op: 'iterator', iterable, async: isAsync });
  const outer = f.handler;
  const head = newBlock(f);
  const body = newBlock(f);
  const end = newBlock(f);
  const closing = newBlock(f);
  goto(f, head);
  startBlock(f, head);
  const next = emit(f, null, { op: 'iterator-next', iterator });
  const result = isAsync ? emit(f, node, { op: 'await', value: next }) : next;
  branch(f, 'truthy', emit(f, null, { op: 'iterator-done', result }), end, body);
  startBlock(f, body);
  const value = emit(f, node.initializer, { op: 'iterator-value', result });
  const control: IteratorControl = { kind: 'iterator', outerHandler: outer, close: () => { closeIterator(f, iterator, isAsync); }, generatorReturns: new Map() };
  f.controls.push({ kind: 'target', labels, unlabeled: true, breakTarget: end, continueTarget: null }, control, { kind: 'target', labels, unlabeled: false, breakTarget: null, continueTarget: head });
  setHandler(f, closing);
  inScope(f, (scope) => {
    bindHead(f, node.initializer, scope, value);
    f.module.forms.statement(f, node.statement);
  });
  f.controls.length -= 3;
  goto(f, head);
  f.handler = outer;
  closeOnThrow(f, closing, iterator, isAsync);
  startBlock(f, end);
}
