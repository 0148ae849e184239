/**
 * Expressions: the entry points that count and guard them, and the simple forms: literals, names, templates, arrays, suspension.
 * Operators, calls, assignments and object literals have their own files and are put into the same table by `expressionForms`.
 */
import type ts from 'typescript';
import type { Argument, ValueId } from '../ir/instruction.js';
import { lowerAssignment } from './assignment.js';
import { assignmentOperators } from './assignment-operators.js';
import { lowerArgument } from './argument-list.js';
import { callForms } from './calls.js';
import { generatorReturnBlock } from './completion.js';
import { maximumDepth } from './depth.js';
import { emit, emitConstant, emitString, emitUndefined } from './function-builder.js';
import type { ExpressionForm, FunctionLowering, NameHint } from './lowering.js';
import { unnamed } from './lowering.js';
import { loadName } from './names.js';
import { lowerObjectLiteral } from './object-literal.js';
import { emitOpaque, emitOpaqueTree } from './opaque.js';
import { effectOfLogical, lowerBinary, operatorForms, lowerUpdate } from './operators.js';
import { propertyForms } from './optional-chain.js';

export function lowerExpression(f: FunctionLowering, node: ts.Expression): ValueId {
  const { module } = f;
  if (f.depth >= maximumDepth) return emitOpaqueTree(f, node, 'nesting too deep');
  module.statistics.expressions++;
  const form = module.expressionForms[node.kind];
  if (form === undefined) return lowerUnknown(f, node);
  f.depth++;
  const value = form(f, node);
  f.depth--;
  return value;
}

/** An expression statement and its like: the value is dropped, so no merge of values is needed. */
export function lowerEffect(f: FunctionLowering, node: ts.Expression): void {
  const { typescript } = f.module;
  const { SyntaxKind } = typescript;
  if (f.depth >= maximumDepth) {
    emitOpaqueTree(f, node, 'nesting too deep');
    return;
  }
  if (typescript.isBinaryExpression(node)) {
    const operator = node.operatorToken.kind;
    const isLogical = operator === SyntaxKind.AmpersandAmpersandToken || operator === SyntaxKind.BarBarToken || operator === SyntaxKind.QuestionQuestionToken;
    if (isLogical) {
      f.module.statistics.expressions++;
      f.depth++;
      effectOfLogical(f, node);
      f.depth--;
      return;
    }
  }
  if (typescript.isPostfixUnaryExpression(node)) {
    f.module.statistics.expressions++;
    lowerUpdate(f, node, 'effect');
    return;
  }
  lowerExpression(f, node);
}

/** An expression that gives its name to an anonymous function or class, or a prefix to the functions of an object literal. */
export function lowerNamed(f: FunctionLowering, node: ts.Expression, hint: NameHint): ValueId {
  const { typescript } = f.module;
  const takesName = typescript.isArrowFunction(node) || typescript.isFunctionExpression(node) || typescript.isClassExpression(node) || typescript.isObjectLiteralExpression(node);
  const isTransparent = typescript.isParenthesizedExpression(node) || typescript.isAsExpression(node) || typescript.isSatisfiesExpression(node);
  if (isTransparent) {
    f.module.statistics.expressions++;
    return lowerNamed(f, node.expression, hint);
  }
  if (!takesName || f.depth >= maximumDepth) return lowerExpression(f, node);
  f.module.statistics.expressions++;
  if (typescript.isClassExpression(node)) return f.module.forms.classLike(f, node, hint);
  if (typescript.isObjectLiteralExpression(node)) return lowerObjectLiteral(f, node, hint);
  return lowerFunctionExpression(f, node, hint);
}

function lowerFunctionExpression(f: FunctionLowering, node: ts.ArrowFunction | ts.FunctionExpression, hint: NameHint): ValueId {
  const kind = f.module.typescript.isArrowFunction(node) ? 'arrow' : 'function';
  return f.module.forms.closure(f, node, { kind, hint, className: null, derived: false });
}

/** The table of all expression forms for one TypeScript; kinds are read from it, never compiled in. */
export function expressionForms(typescript: typeof ts): readonly (ExpressionForm | undefined)[] {
  const { SyntaxKind } = typescript;
  const table: (ExpressionForm | undefined)[] = [];
  const add = (kind: ts.SyntaxKind, form: (f: FunctionLowering, node: never) => ValueId): void => {
    // The table is indexed by `node.kind`, which determines the node's type.
    table[kind] = form as ExpressionForm;
  };
  add(SyntaxKind.Identifier, lowerIdentifier);
  add(SyntaxKind.NumericLiteral, (f, node: ts.NumericLiteral) => emitConstant(f, node, { kind: 'number', value: Number(node.text) }));
  add(SyntaxKind.BigIntLiteral, lowerBigInt);
  add(SyntaxKind.StringLiteral, (f, node: ts.StringLiteral) => emitString(f, node, node.text));
  add(SyntaxKind.NoSubstitutionTemplateLiteral, (f, node: ts.NoSubstitutionTemplateLiteral) => emitString(f, node, node.text));
  add(SyntaxKind.TrueKeyword, (f, node) => emitConstant(f, node, { kind: 'boolean', value: true }));
  add(SyntaxKind.FalseKeyword, (f, node) => emitConstant(f, node, { kind: 'boolean', value: false }));
  add(SyntaxKind.NullKeyword, (f, node) => emitConstant(f, node, { kind: 'null' }));
  add(SyntaxKind.ThisKeyword, (f, node) => emit(f, node, { op: 'this' }));
  add(SyntaxKind.RegularExpressionLiteral, lowerRegularExpression);
  add(SyntaxKind.TemplateExpression, lowerTemplate);
  add(SyntaxKind.ArrayLiteralExpression, lowerArrayLiteral);
  add(SyntaxKind.ObjectLiteralExpression, (f, node: ts.ObjectLiteralExpression) => lowerObjectLiteral(f, node, unnamed));
  add(SyntaxKind.ArrowFunction, (f, node: ts.ArrowFunction) => lowerFunctionExpression(f, node, unnamed));
  add(SyntaxKind.FunctionExpression, (f, node: ts.FunctionExpression) => lowerFunctionExpression(f, node, unnamed));
  add(SyntaxKind.ClassExpression, (f, node: ts.ClassExpression) => f.module.forms.classLike(f, node, unnamed));
  add(SyntaxKind.ParenthesizedExpression, (f, node: ts.ParenthesizedExpression) => lowerExpression(f, node.expression));
  add(SyntaxKind.AsExpression, (f, node: ts.AsExpression) => lowerExpression(f, node.expression));
  add(SyntaxKind.SatisfiesExpression, (f, node: ts.SatisfiesExpression) => lowerExpression(f, node.expression));
  add(SyntaxKind.TypeAssertionExpression, (f, node: ts.TypeAssertion) => lowerExpression(f, node.expression));
  add(SyntaxKind.ExpressionWithTypeArguments, (f, node: ts.ExpressionWithTypeArguments) => lowerExpression(f, node.expression));
  add(SyntaxKind.BinaryExpression, lowerBinaryExpression);
  add(SyntaxKind.AwaitExpression, (f, node: ts.AwaitExpression) => emit(f, node, { op: 'await', value: lowerExpression(f, node.expression) }));
  add(SyntaxKind.YieldExpression, lowerYield);
  add(SyntaxKind.MetaProperty, lowerMetaProperty);
  add(SyntaxKind.JsxElement, (f, node) => lowerJsx(f, node));
  add(SyntaxKind.JsxSelfClosingElement, (f, node) => lowerJsx(f, node));
  add(SyntaxKind.JsxFragment, (f, node) => lowerJsx(f, node));
  for (const [kind, form] of operatorForms(typescript)) add(kind, form);
  for (const [kind, form] of propertyForms(typescript)) add(kind, form);
  for (const [kind, form] of callForms(typescript)) add(kind, form);
  return table;
}

function lowerIdentifier(f: FunctionLowering, node: ts.Identifier): ValueId {
  if (node.text === '') return emitOpaque(f, node, 'missing expression', [], 'none');
  return loadName(f, node, node.text);
}

function lowerBigInt(f: FunctionLowering, node: ts.BigIntLiteral): ValueId {
  return emitConstant(f, node, { kind: 'bigint', value: bigIntText(node.text) });
}

/** Decimal digits of a BigInt literal's text; TypeScript has already normalized separators and other bases. */
export function bigIntText(text: string): string {
  const digits = text.replace(/n$/, '').replaceAll('_', '');
  const isNumeric = /^(\d+|0[xX][\da-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.test(digits);
  return isNumeric ? BigInt(digits).toString() : '0';
}

function lowerRegularExpression(f: FunctionLowering, node: ts.RegularExpressionLiteral): ValueId {
  const end = node.text.lastIndexOf('/');
  return emit(f, node, { op: 'regexp', pattern: node.text.slice(1, Math.max(1, end)), flags: node.text.slice(end + 1) });
}

function lowerTemplate(f: FunctionLowering, node: ts.TemplateExpression): ValueId {
  const texts = [node.head.text];
  const values: ValueId[] = [];
  for (const span of node.templateSpans) {
    const value = lowerExpression(f, span.expression);
    values.push(emit(f, span.expression, { op: 'unary', operator: 'to-string', operand: value }));
    texts.push(span.literal.text);
  }
  return emit(f, node, { op: 'template', texts, values });
}

function lowerArrayLiteral(f: FunctionLowering, node: ts.ArrayLiteralExpression): ValueId {
  const { typescript } = f.module;
  const elements: (Argument | null)[] = [];
  for (const element of node.elements) {
    if (typescript.isOmittedExpression(element)) elements.push(null);
    else elements.push(lowerArgument(f, element));
  }
  return emit(f, node, { op: 'array', elements });
}

function lowerBinaryExpression(f: FunctionLowering, node: ts.BinaryExpression): ValueId {
  const isAssignment = assignmentOperators(f.module.typescript).has(node.operatorToken.kind);
  return isAssignment ? lowerAssignment(f, node) : lowerBinary(f, node);
}

function lowerYield(f: FunctionLowering, node: ts.YieldExpression): ValueId {
  const operand = node.expression === undefined ? emitUndefined(f, null) : lowerExpression(f, node.expression);
  if (node.asteriskToken !== undefined) {
    const value = emit(f, node, { op: 'yield-star', iterable: operand });
    f.block.generatorReturn = generatorReturnBlock(f);
    return value;
  }
  const yielded = f.async ? emit(f, null, { op: 'await', value: operand }) : operand;
  const value = emit(f, node, { op: 'yield', value: yielded });
  f.block.generatorReturn = generatorReturnBlock(f);
  return value;
}

function lowerMetaProperty(f: FunctionLowering, node: ts.MetaProperty): ValueId {
  if (node.keywordToken === f.module.typescript.SyntaxKind.NewKeyword) return emit(f, node, { op: 'new-target' });
  if (node.name.text !== 'meta') return emitOpaque(f, node, 'meta property', [], 'none');
  f.module.format = 'esm';
  return emit(f, node, { op: 'import-meta' });
}

/** JSX calls a factory that the syntax does not name; its expressions are evaluated in order. */
function lowerJsx(f: FunctionLowering, node: ts.Expression): ValueId {
  const { typescript } = f.module;
  const values: ValueId[] = [];
  const visit = (child: ts.Node): void => {
    if (typescript.isJsxClosingElement(child) || typescript.isJsxText(child)) return;
    if (typescript.isJsxAttribute(child)) {
      if (child.initializer !== undefined) visit(child.initializer);
      return;
    }
    const isContainer = typescript.isJsxOpeningElement(child) || typescript.isJsxAttributes(child) || typescript.isJsxExpression(child) || typescript.isJsxSpreadAttribute(child);
    if (isContainer) {
      typescript.forEachChild(child, visit);
      return;
    }
    // A lower-case tag is the name of an element, not a variable.
    const isIntrinsic = typescript.isIdentifier(child) && /^[a-z]/.test(child.text) && isTagName(typescript, child, node);
    if (!isIntrinsic && f.module.expressionForms[child.kind] !== undefined) values.push(lowerExpression(f, child as ts.Expression));
  };
  typescript.forEachChild(node, visit);
  return emitOpaque(f, node, 'JSX', values, 'none');
}

function isTagName(typescript: typeof ts, name: ts.Identifier, node: ts.Node): boolean {
  if (typescript.isJsxElement(node)) return node.openingElement.tagName === name;
  return typescript.isJsxSelfClosingElement(node) && node.tagName === name;
}

/** A form that is not understood: its direct sub-expressions are still evaluated, in source order. */
function lowerUnknown(f: FunctionLowering, node: ts.Expression): ValueId {
  return emitOpaque(f, node, f.module.typescript.SyntaxKind[node.kind], lowerChildExpressions(f, node), 'all');
}

function lowerChildExpressions(f: FunctionLowering, node: ts.Node): readonly ValueId[] {
  const { typescript } = f.module;
  const values: ValueId[] = [];
  typescript.forEachChild(node, (child) => {
    const isExpression = f.module.expressionForms[child.kind] !== undefined && !typescript.isTypeNode(child);
    if (isExpression) values.push(lowerExpression(f, child as ts.Expression));
  });
  return values;
}
