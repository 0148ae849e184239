/**
 * TypeScript enums, also `const` and merged ones: an object with a reverse entry for each number.
 * Member initializers are folded as TypeScript folds them; others are computed in place and may refer to members by their bare names.
 */
import type ts from 'typescript';
import type { ValueId } from '../ir/instruction.js';
import { emit, emitConstant, emitString, nameKey } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';
import { variableOf } from './names.js';
import { memberName } from './object-literal.js';
import { memberKey, openNamespaceObject } from './namespaces.js';
import { inScope, noteUse } from './scope.js';

type EnumValue = number | string;

export function lowerEnum(f: FunctionLowering, node: ts.EnumDeclaration): void {
  const variable = variableOf(f, node.name.text);
  if (variable === null) return;
  const object = openNamespaceObject(f, node, node.name.text, variable);
  const members = f.module.namespaceMembers.get(memberKey(variable)) ?? new Set<string>();
  f.module.namespaceMembers.set(memberKey(variable), members);
  const known = new Map<string, EnumValue>();
  inScope(f, (scope) => {
    noteUse(f, variable);
    for (const name of members) scope.bindings.set(name, { kind: 'property', object: variable, name });
    for (const member of node.members) {
      const name = memberName(f.module.typescript, null, member.name);
      scope.bindings.set(name, { kind: 'property', object: variable, name });
      members.add(name);
    }
    let next: number | null = 0;
    for (const member of node.members) next = lowerMember(f, node.name.text, member, object, known, next);
  });
}

/** Defines one member and returns the value of a following member without initializer; null when only running the program tells. */
function lowerMember(f: FunctionLowering, enumName: string, member: ts.EnumMember, object: ValueId, known: Map<string, EnumValue>, next: number | null): number | null {
  const name = memberName(f.module.typescript, null, member.name);
  const constant = member.initializer === undefined ? next : fold(f.module.typescript, member.initializer, enumName, known);
  let value: ValueId;
  if (typeof constant === 'number') value = emitNumber(f, member, constant);
  else if (typeof constant === 'string') value = emitString(f, member, constant);
  else if (member.initializer === undefined) value = emitConstant(f, member, { kind: 'undefined' });
  else value = f.module.forms.expression(f, member.initializer);
  emit(f, member, { op: 'set', object, key: nameKey(name), value });
  if (typeof constant === 'string') {
    known.set(name, constant);
    return null;
  }
  emit(f, member, { op: 'set', object, key: { kind: 'computed', value }, value: emitString(f, null, name) });
  if (constant === null) return null;
  known.set(name, constant);
  return constant + 1;
}

/** JSON has no NaN, infinities or negative zero, so those are made from numbers that it has. */
function emitNumber(f: FunctionLowering, node: ts.Node, value: number): ValueId {
  if (Number.isFinite(value) && !Object.is(value, -0)) return emitConstant(f, node, { kind: 'number', value });
  const left = emitConstant(f, null, { kind: 'number', value: Number.isNaN(value) ? 0 : Math.sign(value) < 0 ? -1 : 1 });
  const zero = emitConstant(f, null, { kind: 'number', value: 0 });
  if (Object.is(value, -0)) return emit(f, node, { op: 'unary', operator: '-', operand: zero });
  return emit(f, node, { op: 'binary', operator: '/', left, right: zero });
}

/** Constant value of an initializer, by TypeScript's rules for constant enum expressions; null when it is computed. */
function fold(typescript: typeof ts, node: ts.Expression, enumName: string, known: ReadonlyMap<string, EnumValue>): EnumValue | null {
  if (typescript.isParenthesizedExpression(node)) return fold(typescript, node.expression, enumName, known);
  if (typescript.isNumericLiteral(node)) return Number(node.text);
  if (typescript.isStringLiteralLike(node)) return node.text;
  if (typescript.isIdentifier(node)) return known.get(node.text) ?? null;
  if (typescript.isPropertyAccessExpression(node)) {
    const isOwn = typescript.isIdentifier(node.expression) && node.expression.text === enumName;
    return isOwn ? known.get(node.name.text) ?? null : null;
  }
  if (typescript.isElementAccessExpression(node)) {
    const isOwn = typescript.isIdentifier(node.expression) && node.expression.text === enumName && typescript.isStringLiteralLike(node.argumentExpression);
    return isOwn ? known.get((node.argumentExpression).text) ?? null : null;
  }
  if (typescript.isTemplateExpression(node)) return foldTemplate(typescript, node, enumName, known);
  if (typescript.isPrefixUnaryExpression(node)) return foldUnary(typescript, node, fold(typescript, node.operand, enumName, known));
  if (typescript.isBinaryExpression(node)) return foldBinary(typescript, node.operatorToken.kind, fold(typescript, node.left, enumName, known), fold(typescript, node.right, enumName, known));
  return null;
}

function foldTemplate(typescript: typeof ts, node: ts.TemplateExpression, enumName: string, known: ReadonlyMap<string, EnumValue>): string | null {
  let text = node.head.text;
  for (const span of node.templateSpans) {
    const value = fold(typescript, span.expression, enumName, known);
    if (value === null) return null;
    text += String(value) + span.literal.text;
  }
  return text;
}

function foldUnary(typescript: typeof ts, node: ts.PrefixUnaryExpression, operand: EnumValue | null): number | null {
  const { SyntaxKind } = typescript;
  if (typeof operand !== 'number') return null;
  if (node.operator === SyntaxKind.MinusToken) return -operand;
  if (node.operator === SyntaxKind.PlusToken) return operand;
  return node.operator === SyntaxKind.TildeToken ? ~operand : null;
}

function foldBinary(typescript: typeof ts, operator: ts.SyntaxKind, left: EnumValue | null, right: EnumValue | null): EnumValue | null {
  const { SyntaxKind } = typescript;
  if (left === null || right === null) return null;
  if (typeof left === 'string' || typeof right === 'string') return operator === SyntaxKind.PlusToken ? `${String(left)}${String(right)}` : null;
  switch (operator) {
    case SyntaxKind.PlusToken: return left + right;
    case SyntaxKind.MinusToken: return left - right;
    case SyntaxKind.AsteriskToken: return left * right;
    case SyntaxKind.SlashToken: return left / right;
    case SyntaxKind.PercentToken: return left % right;
    case SyntaxKind.AsteriskAsteriskToken: return left ** right;
    case SyntaxKind.LessThanLessThanToken: return left << right;
    case SyntaxKind.GreaterThanGreaterThanToken: return left >> right;
    case SyntaxKind.GreaterThanGreaterThanGreaterThanToken: return left >>> right;
    case SyntaxKind.AmpersandToken: return left & right;
    case SyntaxKind.BarToken: return left | right;
    case SyntaxKind.CaretToken: return left ^ right;
    default: return null;
  }
}
