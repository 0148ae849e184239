/**
 * Classes: heritage, members, computed keys in source order, field initializers and static blocks as functions of their own, decorators as opaque.
 */
import type ts from 'typescript';
import type { ClassMember, FunctionId, Key, ValueId, VariableRef } from '../ir/instruction.js';
import { lowerAccessorField } from './accessor-fields.js';
import { assignmentOperators } from './assignment-operators.js';
import { beginFunction, emit, emitInitialize, emitLoad, emitUndefined, finishFunction, nameKey, newSynthetic, spanOf } from './function-builder.js';
import { hoistStatements, hoistVariables } from './hoisting.js';
import type { FunctionLowering, NameHint } from './lowering.js';
import { isParameterProperty } from './functions.js';
import { lowerPropertyName, memberName } from './object-literal.js';
import { emitOpaque, emitOpaqueTree } from './opaque.js';
import { declareVariable, inScope, openScope } from './scope.js';
import { containsNode, mentionsName } from './tree-search.js';
import { hasModifier } from './typescript-erasure.js';

/** A field with its key, or a static block; what initializer functions run in order. */
type Initialization = { readonly node: ts.PropertyDeclaration; readonly key: FieldKey } | { readonly node: ts.ClassStaticBlockDeclaration; readonly key: null };
/** A computed key is kept in a cell until the initializer runs. */
type FieldKey = { readonly kind: 'plain'; readonly key: Key } | { readonly kind: 'cell'; readonly variable: VariableRef };

export function lowerClass(f: FunctionLowering, node: ts.ClassLikeDeclaration, hint: NameHint): ValueId {
  const { typescript } = f.module;
  const ownName = node.name?.text;
  const ownPart = ownName ?? hint.name ?? null;
  const qualified = ownPart === null ? '<class>' : f.namePrefix === '' ? ownPart : `${f.namePrefix}.${ownPart}`;
  const decorators = lowerDecorators(f, node);
  let value: ValueId = -1;
  inScope(f, (scope) => {
    const needsBinding = ownName !== undefined && ownName !== '' && bodyMentions(typescript, node, ownName);
    const binding = needsBinding ? declareVariable(f, scope, ownName, 'const') : null;
    if (binding !== null) emit(f, null, { op: 'declare', variable: binding, state: 'dead' });
    const outerPrivate = f.privateScope;
    f.privateScope = { parent: outerPrivate, id: f.module.privateScopes++, names: privateNames(typescript, node) };
    value = lowerClassBody(f, node, qualified, ownName ?? hint.inferred ?? '', binding);
    f.privateScope = outerPrivate;
  });
  if (decorators.length === 0) return value;
  return emitOpaque(f, node, 'decorator', [value, ...decorators], 'none');
}

function lowerClassBody(f: FunctionLowering, node: ts.ClassLikeDeclaration, qualified: string, name: string, binding: VariableRef | null): ValueId {
  const { typescript } = f.module;
  const heritage = node.heritageClauses?.find((clause) => clause.token === typescript.SyntaxKind.ExtendsKeyword)?.types[0];
  const base = heritage === undefined ? null : strictHeadValue(f, heritage.expression) ?? f.module.forms.expression(f, heritage.expression);
  const members: ClassMember[] = [];
  const instance: Initialization[] = [];
  const statics: Initialization[] = [];
  let construct: FunctionId | null = null;
  const constructor = node.members.find((member) => typescript.isConstructorDeclaration(member) && member.body !== undefined) as ts.ConstructorDeclaration | undefined;
  const properties = (constructor?.parameters ?? []).filter((parameter) => isParameterProperty(typescript, parameter));
  for (const member of node.members) {
    const isStatic = hasModifier(member, typescript.SyntaxKind.StaticKeyword);
    if (typescript.isConstructorDeclaration(member)) {
      if (member.body === undefined) continue;
      construct = lowerMethod(f, member, qualified, name, 'constructor', base !== null);
    } else if (typescript.isMethodDeclaration(member) || typescript.isGetAccessor(member) || typescript.isSetAccessor(member)) {
      if (member.body === undefined) continue;
      const key = memberKey(f, member.name);
      const kind = typescript.isMethodDeclaration(member) ? 'method' : typescript.isGetAccessor(member) ? 'getter' : 'setter';
      members.push({ kind, static: isStatic, key, function: lowerMethod(f, member, qualified, name, kind, false) });
    } else if (typescript.isPropertyDeclaration(member)) {
      if (hasModifier(member, typescript.SyntaxKind.DeclareKeyword) || hasModifier(member, typescript.SyntaxKind.AbstractKeyword)) continue;
      const isAccessor = hasModifier(member, typescript.SyntaxKind.AccessorKeyword);
      const key = isAccessor ? { kind: 'plain' as const, key: lowerAccessorField(f, member, qualified, name, isStatic, members) } : fieldKey(f, member);
      (isStatic ? statics : instance).push({ node: member, key });
    } else if (typescript.isClassStaticBlockDeclaration(member)) statics.push({ node: member, key: null });
  }
  return emit(f, node, {
    op: 'class', name, extends: base, construct, members, binding,
    instanceInitializer: lowerInitializer(f, node, properties, instance, qualified, name, 'instance-initializer'),
    staticInitializer: lowerInitializer(f, node, [], statics, qualified, name, 'static-initializer'),
  });
}

function lowerMethod(f: FunctionLowering, node: ts.MethodDeclaration | ts.AccessorDeclaration | ts.ConstructorDeclaration, qualified: string, className: string, kind: 'method' | 'getter' | 'setter' | 'constructor', derived: boolean): FunctionId {
  const own = kind === 'constructor' || node.name === undefined ? 'constructor' : memberName(f.module.typescript, null, node.name);
  return f.module.forms.functionLike(f, node, { kind, hint: { name: `${qualified}.${own}`, inferred: own, owner: node }, className, derived });
}

/** The key of a member; see `strictHeadValue`. */
function memberKey(f: FunctionLowering, name: ts.PropertyName): Key {
  const value = f.module.typescript.isComputedPropertyName(name) ? strictHeadValue(f, name.expression) : null;
  return value === null ? lowerPropertyName(f, name) : { kind: 'computed', value };
}

/**
 * Heritage and computed keys are strict code even in a sloppy function, and strictness belongs to whole functions in the IR.
 * Where the difference can show (writes, `delete`, functions) the expression is opaque; null elsewhere.
 */
function strictHeadValue(f: FunctionLowering, expression: ts.Expression): ValueId | null {
  const { typescript } = f.module;
  if (f.strict) return null;
  const isSensitive = containsNode(typescript, expression, (node) => {
    const isAssignment = typescript.isBinaryExpression(node) && assignmentOperators(typescript).has(node.operatorToken.kind);
    const isUpdate = typescript.isPostfixUnaryExpression(node) || (typescript.isPrefixUnaryExpression(node) && (node.operator === typescript.SyntaxKind.PlusPlusToken || node.operator === typescript.SyntaxKind.MinusMinusToken));
    return isAssignment || isUpdate || typescript.isDeleteExpression(node) || typescript.isFunctionLike(node) ? 'found' : 'enter';
  });
  return isSensitive ? emitOpaqueTree(f, expression, 'strict class head in a sloppy function') : null;
}

/** The key of a field. A computed one is evaluated now, with the other keys, and kept for the initializer. */
function fieldKey(f: FunctionLowering, node: ts.PropertyDeclaration): FieldKey {
  const key = memberKey(f, node.name);
  if (key.kind !== 'computed') return { kind: 'plain', key };
  const variable = newSynthetic(f, '$key');
  emit(f, null, { op: 'declare', variable, state: 'undefined' });
  emitInitialize(f, node.name, variable, key.value);
  return { kind: 'cell', variable };
}

/** A function that defines the fields and runs the static blocks in order, with `this` = the object or the class. */
function lowerInitializer(outer: FunctionLowering, node: ts.ClassLikeDeclaration, properties: readonly ts.ParameterDeclaration[], list: readonly Initialization[], qualified: string, className: string, kind: 'instance-initializer' | 'static-initializer'): FunctionId | null {
  const { typescript } = outer.module;
  const first = list[0]?.node ?? properties[0];
  if (first === undefined) return null;
  const f = beginFunction({
    module: outer.module, parent: outer, kind, async: false, generator: false, strict: true,
    name: `${qualified}.${kind === 'instance-initializer' ? '<fields>' : '<static>'}`, namePrefix: qualified, className,
    span: spanOf(outer.module, node), nameSpan: spanOf(outer.module, node.name ?? first), annotations: [], parameters: [], syntheticParameters: [],
  });
  // Parameter properties are fields too (`useDefineForClassFields`); the constructor assigns them.
  for (const property of properties) {
    const name = typescript.isIdentifier(property.name) ? property.name.text : '';
    const object = emit(f, null, { op: 'this' });
    emit(f, property, { op: 'define', object, key: nameKey(name), value: emitUndefined(f, null), kind: 'value' });
  }
  for (const item of list) {
    if (item.key === null) lowerStaticBlock(f, item.node);
    else lowerField(f, item.node, item.key);
  }
  finishFunction(f);
  return f.id;
}

function lowerField(f: FunctionLowering, node: ts.PropertyDeclaration, fieldKeyOf: FieldKey): void {
  const object = emit(f, null, { op: 'this' });
  const key: Key = fieldKeyOf.kind === 'plain' ? fieldKeyOf.key : { kind: 'computed', value: emitLoad(f, null, fieldKeyOf.variable) };
  const hint: NameHint = { name: memberName(f.module.typescript, null, node.name), inferred: memberName(f.module.typescript, null, node.name), owner: node };
  const value = node.initializer === undefined ? emitUndefined(f, null) : f.module.forms.named(f, node.initializer, hint);
  emit(f, node, { op: 'define', object, key, value, kind: 'value' });
}

/** `static { … }`: a body of its own; its `var` names are its own too. */
function lowerStaticBlock(f: FunctionLowering, node: ts.ClassStaticBlockDeclaration): void {
  const outer = f.scope;
  const scope = openScope(f);
  hoistVariables(f, node.body.statements, scope);
  hoistStatements(f, node.body.statements, scope, 'block');
  f.module.forms.statements(f, node.body.statements);
  f.scope = outer;
}

function privateNames(typescript: typeof ts, node: ts.ClassLikeDeclaration): ReadonlySet<string> {
  const names = new Set<string>();
  for (const member of node.members) {
    if (member.name !== undefined && typescript.isPrivateIdentifier(member.name)) names.add(member.name.text);
  }
  return names;
}

/** Whether the class's inner name binding can be observed: the name, or a direct `eval`, stands somewhere in heritage or body. */
function bodyMentions(typescript: typeof ts, node: ts.ClassLikeDeclaration, name: string): boolean {
  return mentionsName(typescript, node, new Set([name, 'eval']), node.name);
}

/** Decorators of the class and its members run code that may replace anything: their expressions are evaluated, the class becomes opaque. */
function lowerDecorators(f: FunctionLowering, node: ts.ClassLikeDeclaration): readonly ValueId[] {
  const { typescript } = f.module;
  const values: ValueId[] = [];
  const add = (owner: ts.Node): void => {
    const modifiers = (owner as { readonly modifiers?: readonly ts.ModifierLike[] }).modifiers ?? [];
    for (const modifier of modifiers) if (typescript.isDecorator(modifier)) values.push(f.module.forms.expression(f, modifier.expression));
  };
  add(node);
  for (const member of node.members) {
    add(member);
    const parameters = typescript.isFunctionLike(member) ? member.parameters : [];
    for (const parameter of parameters) add(parameter);
  }
  return values;
}
