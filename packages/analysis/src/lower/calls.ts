/**
 * Calls: ordinary and method calls, `new`, `super(…)`, `import(…)`, tagged templates, and direct `eval`.
 */
import type ts from 'typescript';
import type { Argument, BlockId, ValueId } from '../ir/instruction.js';
import { lowerArgument } from './argument-list.js';
import { emit, emitUndefined } from './function-builder.js';
import type { ExpressionForm, FunctionLowering } from './lowering.js';
import { emitOpaque } from './opaque.js';
import { exitWhenNullish, lowerMember, type MemberValue } from './properties.js';
import { resolve } from './scope.js';
import { withoutWrappers } from './typescript-erasure.js';

export function callForms(typescript: typeof ts): readonly (readonly [ts.SyntaxKind, ExpressionForm])[] {
  const { SyntaxKind } = typescript;
  return [
    [SyntaxKind.NewExpression, (f, node) => lowerNew(f, node as ts.NewExpression)],
    [SyntaxKind.TaggedTemplateExpression, (f, node) => lowerTaggedTemplate(f, node as ts.TaggedTemplateExpression)],
  ];
}

/** A call; inside an optional chain `exit` is where a nullish callee or base goes. */
export function lowerCall(f: FunctionLowering, node: ts.CallExpression, exit: BlockId | null): ValueId {
  const { typescript } = f.module;
  const { SyntaxKind } = typescript;
  if (node.expression.kind === SyntaxKind.SuperKeyword) return emit(f, node, { op: 'super-call', arguments: lowerArguments(f, node.arguments) });
  if (node.expression.kind === SyntaxKind.ImportKeyword) return lowerDynamicImport(f, node);
  const isDirectEval = typescript.isIdentifier(node.expression) && node.expression.text === 'eval' && node.questionDotToken === undefined && resolve(f, 'eval') === null;
  if (isDirectEval) {
    f.module.statistics.expressions++;
    return emitOpaque(f, node, 'direct eval', lowerArguments(f, node.arguments).map((argument) => argument.value), 'all');
  }
  const callee = lowerCallee(f, node.expression, exit);
  exitWhenNullish(f, node.questionDotToken !== undefined, callee.value, exit);
  const list = lowerArguments(f, node.arguments);
  askArguments(f, node.expression, node.arguments, list);
  return emit(f, node, { op: 'call', callee: callee.value, receiver: callee.receiver, arguments: list });
}

/** The callee with its receiver; parentheses and type assertions around a member keep the receiver. */
function lowerCallee(f: FunctionLowering, node: ts.Expression, exit: BlockId | null): MemberValue {
  const { typescript } = f.module;
  const target = withoutWrappers(typescript, node);
  const isChainLink = exit !== null && target === node && typescript.isOptionalChain(target);
  if (isChainLink) return f.module.forms.chainLink(f, target, exit);
  const isNonNullMember = typescript.isNonNullExpression(node) && exit !== null && typescript.isOptionalChain(node);
  if (isNonNullMember) return f.module.forms.chainLink(f, node, exit);
  const isMember = typescript.isPropertyAccessExpression(target) || typescript.isElementAccessExpression(target);
  if (!isMember) return { value: f.module.forms.expression(f, node), receiver: null };
  f.module.statistics.expressions++;
  return typescript.isOptionalChain(target) ? f.module.forms.parenthesizedChain(f, target) : lowerMember(f, target, null);
}

export function lowerArguments(f: FunctionLowering, nodes: readonly ts.Expression[] | undefined): readonly Argument[] {
  return nodes === undefined ? [] : nodes.map((node) => lowerArgument(f, node));
}

/** Asks for the types of the arguments when the callee's last identifier is one that the model knows. */
function askArguments(f: FunctionLowering, callee: ts.Expression, nodes: readonly ts.Expression[] | undefined, list: readonly Argument[]): void {
  const { typescript, names } = f.module;
  const target = withoutWrappers(typescript, callee);
  const name = typescript.isIdentifier(target) ? target.text : typescript.isPropertyAccessExpression(target) ? target.name.text : null;
  if (name === null || nodes === undefined || !names.callees.has(name)) return;
  nodes.forEach((node, index) => {
    const argument = list[index];
    const isTelling = typescript.isLiteralExpression(node) || typescript.isSpreadElement(node) || typescript.isFunctionLike(node) || typescript.isObjectLiteralExpression(node);
    if (argument !== undefined && !isTelling) f.questions.push({ node, value: argument.value, aboutBytes: names.bytes.members.has(name) });
  });
}

function lowerNew(f: FunctionLowering, node: ts.NewExpression): ValueId {
  const callee = f.module.forms.expression(f, node.expression);
  const list = lowerArguments(f, node.arguments);
  askArguments(f, node.expression, node.arguments, list);
  return emit(f, node, { op: 'new', callee, arguments: list });
}

function lowerDynamicImport(f: FunctionLowering, node: ts.CallExpression): ValueId {
  const values = node.arguments.map((argument) => f.module.forms.expression(f, argument));
  return emit(f, node, { op: 'dynamic-import', specifier: values[0] ?? emitUndefined(f, null) });
}

function lowerTaggedTemplate(f: FunctionLowering, node: ts.TaggedTemplateExpression): ValueId {
  const { typescript } = f.module;
  const callee = lowerCallee(f, node.tag, null);
  f.module.statistics.expressions++;
  const { template } = node;
  const parts = typescript.isNoSubstitutionTemplateLiteral(template) ? [template] : [template.head, ...template.templateSpans.map((span) => span.literal)];
  const raw = parts.map((part) => rawText(f, part));
  const cooked = parts.map((part, index) => (hasInvalidEscape(raw[index] ?? '') ? null : part.text));
  const strings = emit(f, template, { op: 'template-object', cooked, raw });
  const list: Argument[] = [{ value: strings, spread: false }];
  if (!typescript.isNoSubstitutionTemplateLiteral(template)) {
    for (const span of template.templateSpans) list.push({ value: f.module.forms.expression(f, span.expression), spread: false });
  }
  return emit(f, node, { op: 'call', callee: callee.value, receiver: callee.receiver, arguments: list });
}

/** The source text between the delimiters of a template part, with line ends normalized as the language does. */
function rawText(f: FunctionLowering, part: ts.TemplateLiteralLikeNode): string {
  const text = f.module.text.slice(part.getStart(f.module.sourceFile, false), part.end);
  const closing = text.endsWith('${') ? 2 : 1;
  return text.slice(1, Math.max(1, text.length - closing)).replaceAll(/\r\n?/g, '\n');
}

/** Invalid escapes are allowed in tagged templates; their cooked text is undefined. */
function hasInvalidEscape(raw: string): boolean {
  const isValid = /^(?:[^\\]|\\(?:u[\dA-Fa-f]{4}|u\{0*(?:10|[\dA-Fa-f])?[\dA-Fa-f]{1,4}\}|x[\dA-Fa-f]{2}|0(?!\d)|[^ux\d]))*$/su.test(raw);
  return !isValid;
}
