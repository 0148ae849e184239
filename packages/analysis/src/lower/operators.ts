/**
 * Operators: arithmetic, logical and conditional ones, conditions of statements, `delete`, `typeof`, `++`.
 * Values that come from two paths merge in a synthetic cell.
 */
import type ts from 'typescript';
import type { BlockId, UnaryOperator, ValueId } from '../ir/instruction.js';
import { prepareReference } from './assignment.js';
import { binaryOperators } from './assignment-operators.js';
import { branch, emit, emitConstant, emitLoad, emitStore, goto, newBlock, newSynthetic, startBlock } from './function-builder.js';
import type { ExpressionForm, FunctionLowering } from './lowering.js';
import { loadGuarded, throwError, variableOf } from './names.js';
import { emitOpaque } from './opaque.js';
import { deleteInChain } from './optional-chain.js';
import { lowerKey } from './properties.js';
import { resolvePrivate } from './scope.js';
import { withoutWrappers } from './typescript-erasure.js';

export function operatorForms(typescript: typeof ts): readonly (readonly [ts.SyntaxKind, ExpressionForm])[] {
  const { SyntaxKind } = typescript;
  const forms: [ts.SyntaxKind, ExpressionForm][] = [];
  const add = (kind: ts.SyntaxKind, form: (f: FunctionLowering, node: never) => ValueId): void => { forms.push([kind, form as ExpressionForm]); };
  add(SyntaxKind.ConditionalExpression, lowerConditional);
  add(SyntaxKind.PrefixUnaryExpression, lowerPrefix);
  add(SyntaxKind.PostfixUnaryExpression, (f, node: ts.PostfixUnaryExpression) => lowerUpdate(f, node, 'value'));
  add(SyntaxKind.TypeOfExpression, lowerTypeOf);
  add(SyntaxKind.VoidExpression, (f, node: ts.VoidExpression) => emit(f, node, { op: 'unary', operator: 'void', operand: f.module.forms.expression(f, node.expression) }));
  add(SyntaxKind.DeleteExpression, lowerDelete);
  return forms;
}

/** A binary expression that does not assign. Long left-nested chains (`a + b + c …`) are walked without recursion. */
export function lowerBinary(f: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const { typescript } = f.module;
  const operators = binaryOperators(typescript);
  const chain: ts.BinaryExpression[] = [];
  let left: ts.Expression = node;
  while (typescript.isBinaryExpression(left) && operators.has(left.operatorToken.kind) && !typescript.isPrivateIdentifier(left.left)) {
    chain.push(left);
    left = left.left;
  }
  if (chain.length === 0) return lowerOtherBinary(f, node);
  f.module.statistics.expressions += chain.length - 1;
  let value = f.module.forms.expression(f, left);
  for (const link of chain.reverse()) {
    const right = f.module.forms.expression(f, link.right);
    value = emit(f, link, { op: 'binary', operator: operators.get(link.operatorToken.kind) ?? '+', left: value, right });
  }
  return value;
}

function lowerOtherBinary(f: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const { typescript } = f.module;
  const { SyntaxKind } = typescript;
  const operator = node.operatorToken.kind;
  if (operator === SyntaxKind.CommaToken) {
    f.module.forms.effect(f, node.left);
    return f.module.forms.expression(f, node.right);
  }
  if (typescript.isPrivateIdentifier(node.left)) {
    const name = node.left.text;
    return emit(f, node, { op: 'has-private', object: f.module.forms.expression(f, node.right), name, scope: resolvePrivate(f, name) });
  }
  if (isLogicalToken(typescript, operator)) return lowerLogical(f, node);
  const operands = [f.module.forms.expression(f, node.left), f.module.forms.expression(f, node.right)];
  return emitOpaque(f, node, 'unknown operator', operands, 'none');
}

function isLogicalToken(typescript: typeof ts, token: ts.SyntaxKind): boolean {
  const { SyntaxKind } = typescript;
  return token === SyntaxKind.AmpersandAmpersandToken || token === SyntaxKind.BarBarToken || token === SyntaxKind.QuestionQuestionToken;
}

function lowerLogical(f: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const result = newSynthetic(f, '$logical');
  const right = newBlock(f);
  const end = newBlock(f);
  const left = f.module.forms.expression(f, node.left);
  emitStore(f, null, result, left);
  branchLogical(f, node.operatorToken.kind, left, right, end);
  startBlock(f, right);
  emitStore(f, null, result, f.module.forms.expression(f, node.right));
  goto(f, end);
  startBlock(f, end);
  return emitLoad(f, node, result);
}

/** Goes to `right` when the right operand decides, else to `end`. */
function branchLogical(f: FunctionLowering, token: ts.SyntaxKind, left: ValueId, right: BlockId, end: BlockId): void {
  const { SyntaxKind } = f.module.typescript;
  if (token === SyntaxKind.AmpersandAmpersandToken) branch(f, 'truthy', left, right, end);
  else if (token === SyntaxKind.BarBarToken) branch(f, 'truthy', left, end, right);
  else branch(f, 'nullish', left, right, end);
}

/** `a && b()` as a statement. */
export function effectOfLogical(f: FunctionLowering, node: ts.BinaryExpression): void {
  const { SyntaxKind } = f.module.typescript;
  const right = newBlock(f);
  const end = newBlock(f);
  const token = node.operatorToken.kind;
  if (token === SyntaxKind.AmpersandAmpersandToken) f.module.forms.condition(f, node.left, right, end);
  else if (token === SyntaxKind.BarBarToken) f.module.forms.condition(f, node.left, end, right);
  else branch(f, 'nullish', f.module.forms.expression(f, node.left), right, end);
  startBlock(f, right);
  f.module.forms.effect(f, node.right);
  goto(f, end);
  startBlock(f, end);
}

/** Branches on ToBoolean of an expression; `&&`, `||` and `!` become control flow. */
export function lowerCondition(f: FunctionLowering, node: ts.Expression, then: BlockId, otherwise: BlockId): void {
  const { typescript } = f.module;
  const { SyntaxKind } = typescript;
  const inner = withoutWrappers(typescript, node);
  const isNot = typescript.isPrefixUnaryExpression(inner) && inner.operator === SyntaxKind.ExclamationToken;
  const token = typescript.isBinaryExpression(inner) ? inner.operatorToken.kind : null;
  const isAnd = token === SyntaxKind.AmpersandAmpersandToken;
  const isOr = token === SyntaxKind.BarBarToken;
  const isTooDeep = f.depth > 400;
  if (isTooDeep || !(isNot || isAnd || isOr)) {
    branch(f, 'truthy', f.module.forms.expression(f, node), then, otherwise);
    return;
  }
  f.module.statistics.expressions++;
  f.depth++;
  if (isNot) lowerCondition(f, inner.operand, otherwise, then);
  else if (typescript.isBinaryExpression(inner)) {
    const right = newBlock(f);
    if (isAnd) lowerCondition(f, inner.left, right, otherwise);
    else lowerCondition(f, inner.left, then, right);
    startBlock(f, right);
    lowerCondition(f, inner.right, then, otherwise);
  }
  f.depth--;
}

function lowerConditional(f: FunctionLowering, node: ts.ConditionalExpression): ValueId {
  const result = newSynthetic(f, '$conditional');
  const then = newBlock(f);
  const otherwise = newBlock(f);
  const end = newBlock(f);
  f.module.forms.condition(f, node.condition, then, otherwise);
  startBlock(f, then);
  emitStore(f, null, result, f.module.forms.expression(f, node.whenTrue));
  goto(f, end);
  startBlock(f, otherwise);
  emitStore(f, null, result, f.module.forms.expression(f, node.whenFalse));
  goto(f, end);
  startBlock(f, end);
  return emitLoad(f, node, result);
}

function lowerPrefix(f: FunctionLowering, node: ts.PrefixUnaryExpression): ValueId {
  const { typescript } = f.module;
  const { SyntaxKind } = typescript;
  if (node.operator === SyntaxKind.PlusPlusToken || node.operator === SyntaxKind.MinusMinusToken) return lowerUpdate(f, node, 'value');
  const isNegativeNumber = node.operator === SyntaxKind.MinusToken && typescript.isNumericLiteral(node.operand) && Number(node.operand.text) !== 0;
  if (isNegativeNumber) {
    f.module.statistics.expressions++;
    return emitConstant(f, node, { kind: 'number', value: -Number((node.operand).text) });
  }
  const operand = f.module.forms.expression(f, node.operand);
  return emit(f, node, { op: 'unary', operator: prefixOperator(typescript, node.operator), operand });
}

function prefixOperator(typescript: typeof ts, token: ts.PrefixUnaryOperator): UnaryOperator {
  const { SyntaxKind } = typescript;
  if (token === SyntaxKind.MinusToken) return '-';
  if (token === SyntaxKind.ExclamationToken) return '!';
  return token === SyntaxKind.TildeToken ? '~' : '+';
}

/** `++x`, `x--`. Its value is the new one for a prefix, the old one (as a number) for a postfix, nothing that matters as a statement. */
export function lowerUpdate(f: FunctionLowering, node: ts.PrefixUnaryExpression | ts.PostfixUnaryExpression, use: 'value' | 'effect'): ValueId {
  const { typescript } = f.module;
  const operator = node.operator === typescript.SyntaxKind.PlusPlusToken ? 'increment' : 'decrement';
  const reference = prepareReference(f, node.operand);
  const old = emit(f, null, { op: 'unary', operator: 'to-numeric', operand: reference.get() });
  const updated = emit(f, node, { op: 'unary', operator, operand: old });
  reference.set(updated, node);
  return use === 'effect' || typescript.isPrefixUnaryExpression(node) ? updated : old;
}

function lowerTypeOf(f: FunctionLowering, node: ts.TypeOfExpression): ValueId {
  const { typescript } = f.module;
  let target: ts.Expression = node.expression;
  while (typescript.isParenthesizedExpression(target)) target = target.expression;
  const isName = typescript.isIdentifier(target) && target.text !== '';
  if (isName) f.module.statistics.expressions++;
  const operand = typescript.isIdentifier(target) && isName ? loadGuarded(f, target, target.text) : f.module.forms.expression(f, node.expression);
  return emit(f, node, { op: 'unary', operator: 'typeof', operand });
}

function lowerDelete(f: FunctionLowering, node: ts.DeleteExpression): ValueId {
  const { typescript } = f.module;
  const target = withoutWrappers(typescript, node.expression);
  if (typescript.isIdentifier(target)) {
    f.module.statistics.expressions++;
    if (variableOf(f, target.text) !== null) return emitConstant(f, node, { kind: 'boolean', value: false });
    return emitOpaque(f, node, 'delete of a name', [], 'none');
  }
  const isProperty = typescript.isPropertyAccessExpression(target) || typescript.isElementAccessExpression(target);
  if (!isProperty) {
    f.module.forms.effect(f, node.expression);
    return emitConstant(f, node, { kind: 'boolean', value: true });
  }
  f.module.statistics.expressions++;
  if (target.expression.kind === typescript.SyntaxKind.SuperKeyword) {
    emit(f, null, { op: 'this' });
    if (typescript.isElementAccessExpression(target)) f.module.forms.effect(f, target.argumentExpression);
    return throwError(f, node, 'ReferenceError', 'Unsupported reference to \'super\'');
  }
  if (typescript.isOptionalChain(target)) return deleteInChain(f, node, target);
  const object = f.module.forms.expression(f, target.expression);
  return emit(f, node, { op: 'delete', object, key: lowerKey(f, target) });
}
