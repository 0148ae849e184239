/**
 * Statements other than loops, `try`, `switch`, and module items: blocks, declarations, conditions, jumps.
 */
import type ts from 'typescript';
import { exitBreak, exitContinue, exitReturn } from './completion.js';
import { maximumDepth } from './depth.js';
import { emit, emitInitialize, emitLoad, emitStore, emitUndefined, goto, newBlock, startBlock, terminate } from './function-builder.js';
import { annexBName, hoistStatements, isVarList } from './hoisting.js';
import { loopForms } from './loops.js';
import { moduleForms } from './module-items.js';
import { lowerEnum } from './enums.js';
import { lowerNamespace } from './namespaces.js';
import type { FunctionLowering, NameHint, StatementForm } from './lowering.js';
import { variableOf } from './names.js';
import { emitOpaque, emitOpaqueTree } from './opaque.js';
import { inScope, type Scope } from './scope.js';
import { containsNode } from './tree-search.js';
import { lowerSwitch } from './switch-statement.js';
import { lowerTry } from './try-statement.js';
import { isErased } from './typescript-erasure.js';

export function lowerStatement(f: FunctionLowering, node: ts.Statement): void {
  const { typescript, statementForms } = f.module;
  if (isErased(typescript, node)) return;
  const form = statementForms[node.kind];
  if (form === undefined || f.depth >= maximumDepth) {
    emitOpaqueTree(f, node, form === undefined ? typescript.SyntaxKind[node.kind] : 'nesting too deep');
    return;
  }
  const isLabelable = typescript.isIterationStatement(node, false) || typescript.isLabeledStatement(node);
  if (!isLabelable) f.pendingLabels = [];
  f.depth++;
  form(f, node);
  f.depth--;
}

/** The statements of a scope that is open and hoisted. */
export function lowerStatements(f: FunctionLowering, nodes: readonly ts.Statement[]): void {
  for (const node of nodes) lowerStatement(f, node);
}

/** A statement list with a scope of its own. */
export function lowerBlock(f: FunctionLowering, statements: readonly ts.Statement[]): void {
  inScope(f, (scope) => {
    hoistStatements(f, statements, scope, 'block');
    lowerStatements(f, statements);
  });
}

export function statementForms(typescript: typeof ts): readonly (StatementForm | undefined)[] {
  const { SyntaxKind } = typescript;
  const table: (StatementForm | undefined)[] = [];
  const add = (kind: ts.SyntaxKind, form: (f: FunctionLowering, node: never) => void): void => {
    // The table is indexed by `node.kind`, which determines the node's type.
    table[kind] = form as StatementForm;
  };
  const nothing: StatementForm = () => undefined;
  add(SyntaxKind.Block, (f, node: ts.Block) => { lowerBlock(f, node.statements); });
  add(SyntaxKind.EmptyStatement, nothing);
  add(SyntaxKind.DebuggerStatement, nothing);
  add(SyntaxKind.ExpressionStatement, lowerExpressionStatement);
  add(SyntaxKind.VariableStatement, (f, node: ts.VariableStatement) => { lowerVariableList(f, node.declarationList, node); });
  add(SyntaxKind.FunctionDeclaration, lowerFunctionDeclaration);
  add(SyntaxKind.ClassDeclaration, lowerClassDeclaration);
  add(SyntaxKind.IfStatement, lowerIf);
  add(SyntaxKind.ReturnStatement, lowerReturn);
  add(SyntaxKind.ThrowStatement, lowerThrow);
  add(SyntaxKind.BreakStatement, (f, node: ts.BreakStatement) => { lowerJump(f, node); });
  add(SyntaxKind.ContinueStatement, (f, node: ts.ContinueStatement) => { lowerJump(f, node); });
  add(SyntaxKind.LabeledStatement, lowerLabeled);
  add(SyntaxKind.TryStatement, lowerTry);
  add(SyntaxKind.SwitchStatement, lowerSwitch);
  add(SyntaxKind.WithStatement, lowerWith);
  add(SyntaxKind.EnumDeclaration, lowerEnum);
  add(SyntaxKind.ModuleDeclaration, lowerNamespace);
  for (const [kind, form] of loopForms(typescript)) add(kind, form);
  for (const [kind, form] of moduleForms(typescript)) add(kind, form);
  return table;
}

function lowerExpressionStatement(f: FunctionLowering, node: ts.ExpressionStatement): void {
  if (f.module.typescript.isStringLiteral(node.expression)) {
    // A directive, or a string that nobody reads.
    f.module.statistics.expressions++;
    return;
  }
  f.module.forms.effect(f, node.expression);
}

/** `let`, `const`, `var`, `using` with their initializers; the cells are open already. `owner` carries the comment that documents a function value. */
export function lowerVariableList(f: FunctionLowering, list: ts.VariableDeclarationList, owner: ts.Node): void {
  const { typescript } = f.module;
  const isVar = isVarList(typescript, list);
  const isUsing = (list.flags & typescript.NodeFlags.Using) !== 0;
  for (const declaration of list.declarations) {
    const isName = typescript.isIdentifier(declaration.name);
    if (declaration.initializer === undefined) {
      if (!isVar && isName) f.module.forms.bind(f, declaration.name, emitUndefined(f, null), 'initialize');
      continue;
    }
    const name = typescript.isIdentifier(declaration.name) ? declaration.name.text : null;
    const hint: NameHint = { name, inferred: name, owner: list.declarations.length === 1 ? owner : declaration };
    const value = f.module.forms.named(f, declaration.initializer, hint);
    if (isUsing) emitOpaque(f, declaration, 'using declaration', [value], 'all');
    f.module.forms.bind(f, declaration.name, value, isVar ? 'assign' : 'initialize');
  }
}

/** The function was initialized on entry of its scope; in sloppy mode a function in a block is copied to its `var` here (ECMA-262 B.3.2). */
function lowerFunctionDeclaration(f: FunctionLowering, node: ts.FunctionDeclaration): void {
  const name = annexBName(f, node);
  if (name === null) return;
  const own = f.scope.bindings.get(name);
  const outer = f.scope.parent === null ? null : variableCellOf(f, f.scope.parent, name);
  const isCopied = own?.kind === 'variable' && outer !== null;
  if (isCopied) emitStore(f, node, outer, emitLoad(f, node, own.variable));
}

/** The function-level cell of a name, looking outward from a scope of the current function; null when a lexical name stands in the way. */
function variableCellOf(f: FunctionLowering, start: Scope, name: string): { readonly function: number; readonly slot: number } | null {
  for (let scope: Scope | null = start; scope !== null && scope.function === f.id; scope = scope.parent) {
    const binding = scope.bindings.get(name);
    if (binding?.kind !== 'variable') continue;
    const kind = f.variables[binding.variable.slot]?.kind;
    if (kind === 'var') return binding.variable;
    const isBlockFunction = kind === 'function' && scope.parent?.function === f.id;
    if (!isBlockFunction) return null;
  }
  return null;
}

function lowerClassDeclaration(f: FunctionLowering, node: ts.ClassDeclaration): void {
  const name = node.name?.text ?? null;
  const value = f.module.forms.classLike(f, node, { name: name ?? 'default', inferred: name ?? 'default', owner: node });
  const variable = name === null ? null : variableOf(f, name);
  if (variable !== null) emitInitialize(f, node.name ?? node, variable, value);
  f.module.forms.exportDefaultClass(f, node, value);
}

function lowerIf(f: FunctionLowering, node: ts.IfStatement): void {
  const then = newBlock(f);
  const end = newBlock(f);
  const otherwise = node.elseStatement === undefined ? end : newBlock(f);
  f.module.forms.condition(f, node.expression, then, otherwise);
  startBlock(f, then);
  lowerBody(f, node.thenStatement);
  goto(f, end);
  if (node.elseStatement !== undefined) {
    startBlock(f, otherwise);
    lowerBody(f, node.elseStatement);
    goto(f, end);
  }
  startBlock(f, end);
}

/** The statement under an `if`, a label or a loop; a bare function there behaves as in a block of its own. */
export function lowerBody(f: FunctionLowering, node: ts.Statement): void {
  if (f.module.typescript.isFunctionDeclaration(node)) lowerBlock(f, [node]);
  else f.module.forms.statement(f, node);
}

function lowerReturn(f: FunctionLowering, node: ts.ReturnStatement): void {
  const value = node.expression === undefined ? emitUndefined(f, null) : f.module.forms.expression(f, node.expression);
  const isAwaited = f.async && f.generator && node.expression !== undefined;
  exitReturn(f, isAwaited ? emit(f, null, { op: 'await', value }) : value);
}

function lowerThrow(f: FunctionLowering, node: ts.ThrowStatement): void {
  terminate(f, { op: 'throw', value: f.module.forms.expression(f, node.expression) });
}

function lowerJump(f: FunctionLowering, node: ts.BreakStatement | ts.ContinueStatement): void {
  const label = node.label?.text ?? null;
  const isFound = f.module.typescript.isBreakStatement(node) ? exitBreak(f, label) : exitContinue(f, label);
  if (!isFound) emitOpaqueTree(f, node, 'jump without a target');
}

function lowerLabeled(f: FunctionLowering, node: ts.LabeledStatement): void {
  const labels = [...f.pendingLabels, node.label.text];
  const end = newBlock(f);
  f.controls.push({ kind: 'target', labels: [node.label.text], unlabeled: false, breakTarget: end, continueTarget: null });
  f.pendingLabels = labels;
  lowerBody(f, node.statement);
  f.pendingLabels = [];
  f.controls.pop();
  goto(f, end);
  startBlock(f, end);
}

/** `with` makes every name dynamic: the whole statement is opaque. It may also return when a `return` stands in it. */
function lowerWith(f: FunctionLowering, node: ts.WithStatement): void {
  const value = emitOpaqueTree(f, node, 'with statement');
  if (!containsReturn(f.module.typescript, node.statement)) return;
  const leaves = newBlock(f);
  const stays = newBlock(f);
  terminate(f, { op: 'branch', test: 'truthy', value, then: leaves, else: stays });
  startBlock(f, leaves);
  exitReturn(f, value);
  startBlock(f, stays);
}

function containsReturn(typescript: typeof ts, node: ts.Node): boolean {
  return containsNode(typescript, node, (child) => {
    if (typescript.isReturnStatement(child)) return 'found';
    return typescript.isFunctionLike(child) ? 'skip' : 'enter';
  });
}
