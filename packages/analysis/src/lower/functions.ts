/**
 * Functions: names, parameters with defaults and patterns, bodies, and closures over them.
 */
import type ts from 'typescript';
import type { Span } from '../ir/function.js';
import type { FunctionId, ValueId } from '../ir/instruction.js';
import { readAnnotations } from './annotations.js';
import { exitReturn } from './completion.js';
import { withDefault } from './destructuring.js';
import { opaqueInstruction } from './opaque.js';
import { beginFunction, emit, emitInitialize, finishFunction, nameKey, spanOf } from './function-builder.js';
import { addBindingNames, hoistStatements, hoistVariables } from './hoisting.js';
import type { FunctionLowering, FunctionRequest } from './lowering.js';
import { declareVariable, newVariable, openScope, type Scope } from './scope.js';
import { hasModifier } from './typescript-erasure.js';

/** Lowers a function-like node with a body into a function of the module. */
export function lowerFunctionLike(outer: FunctionLowering, node: ts.FunctionLikeDeclaration, request: FunctionRequest): FunctionId {
  const { typescript } = outer.module;
  const { body } = node;
  const block = body !== undefined && typescript.isBlock(body) ? body : null;
  const parameters = node.parameters.filter((parameter) => !isThisParameter(typescript, parameter));
  const name = qualifiedName(outer, node, request);
  const f = beginFunction({
    module: outer.module, parent: outer, kind: request.kind, parameters, syntheticParameters: [],
    async: hasModifier(node, typescript.SyntaxKind.AsyncKeyword),
    generator: 'asteriskToken' in node && node.asteriskToken !== undefined,
    // Class bodies are strict wherever they stand.
    strict: outer.strict || request.className !== null || (block !== null && hasUseStrict(typescript, block.statements)),
    name, namePrefix: name, className: request.className,
    span: spanOf(outer.module, node), nameSpan: nameSpan(outer, node),
    annotations: readAnnotations(outer.module, request.hint.owner ?? node, node, parameters),
  });
  const hasExpressions = parameters.some((parameter) => parameter.initializer !== undefined || containsComputedName(typescript, parameter.name));
  lowerParameters(f, parameters, hasExpressions);
  if (f.generator) emit(f, null, { op: 'generator-start' });
  if (request.kind === 'constructor' && !request.derived) assignParameterProperties(f, parameters);
  if (block !== null) {
    const scope = hasExpressions ? openScope(f) : f.scope;
    lowerBody(f, block.statements, scope, parameters, request);
  } else if (body !== undefined) exitReturn(f, f.module.forms.expression(f, body as ts.Expression));
  const isMapped = !f.strict && !hasExpressions && parameters.every((parameter) => typescript.isIdentifier(parameter.name) && parameter.dotDotDotToken === undefined);
  if (isMapped) hideMappedArguments(f);
  finishFunction(f);
  return f.id;
}

/**
 * In sloppy functions with plain parameters `arguments[0]` and the first parameter are one cell. The instructions know no such cell,
 * so an `arguments` of a function where either side is written becomes opaque.
 */
function hideMappedArguments(f: FunctionLowering): void {
  const uses = f.blocks.flatMap((block) => block.instructions).filter((instruction) => instruction.op === 'arguments');
  if (uses.length === 0) return;
  const objects = new Set(uses.map((use) => use.id));
  // Nested functions have been lowered, and have the ids behind this one.
  const isWritten = f.module.lowerings.slice(f.id).some((lowering) => lowering.blocks.some((block) => block.instructions.some((instruction) => {
    if (instruction.op === 'store') return !instruction.initialize && instruction.variable.function === f.id && f.variables[instruction.variable.slot]?.kind === 'parameter';
    return lowering === f && (instruction.op === 'set' || instruction.op === 'delete') && objects.has(instruction.object);
  })));
  if (!isWritten) return;
  for (const block of f.blocks) {
    block.instructions.forEach((instruction, index) => {
      if (instruction.op === 'arguments') block.instructions[index] = opaqueInstruction(f, instruction.id, 'arguments that share cells with parameters');
    });
  }
}

/** A function as a value. A named function expression's own name is a cell around the closure, opened only when the function uses it. */
export function lowerClosure(f: FunctionLowering, node: ts.FunctionLikeDeclaration, request: FunctionRequest): ValueId {
  const { typescript } = f.module;
  const ownName = typescript.isFunctionExpression(node) ? node.name?.text : undefined;
  if (ownName === undefined) return emit(f, node, { op: 'closure', function: lowerFunctionLike(f, node, request) });
  const outer = f.scope;
  const scope = openScope(f);
  const variable = newVariable(f, ownName, 'function');
  scope.bindings.set(ownName, { kind: 'variable', variable, immutable: 'function-name', declaration: null });
  const id = lowerFunctionLike(f, node, request);
  f.scope = outer;
  const isUsed = f.variables[variable.slot]?.captured === true;
  if (!isUsed) return emit(f, node, { op: 'closure', function: id });
  emit(f, null, { op: 'declare', variable, state: 'dead' });
  const value = emit(f, node, { op: 'closure', function: id });
  emitInitialize(f, null, variable, value);
  return value;
}

function isThisParameter(typescript: typeof ts, parameter: ts.ParameterDeclaration): boolean {
  return typescript.isIdentifier(parameter.name) && parameter.name.text === 'this';
}

export function hasUseStrict(typescript: typeof ts, statements: readonly ts.Statement[]): boolean {
  for (const statement of statements) {
    if (!typescript.isExpressionStatement(statement) || !typescript.isStringLiteral(statement.expression)) return false;
    if (statement.expression.text === 'use strict') return true;
  }
  return false;
}

function containsComputedName(typescript: typeof ts, name: ts.BindingName): boolean {
  if (typescript.isIdentifier(name)) return false;
  return name.elements.some((element) => typescript.isBindingElement(element)
    && (element.initializer !== undefined || (element.propertyName !== undefined && typescript.isComputedPropertyName(element.propertyName)) || containsComputedName(typescript, element.name)));
}

/** Opens the parameters' cells and binds the arguments from left to right. With defaults, a parameter to the right is still dead. */
function lowerParameters(f: FunctionLowering, parameters: readonly ts.ParameterDeclaration[], hasExpressions: boolean): void {
  const { typescript } = f.module;
  const bound = parameters.map((parameter) => {
    const names: string[] = [];
    addBindingNames(typescript, parameter.name, names);
    return { parameter, variables: names.map((name) => declareParameter(f, name, parameter)) };
  });
  if (hasExpressions) {
    for (const { variables } of bound) for (const variable of variables) emit(f, null, { op: 'declare', variable, state: 'dead' });
  }
  parameters.forEach((parameter, index) => {
    const isRest = parameter.dotDotDotToken !== undefined;
    const incoming = emit(f, parameter, isRest ? { op: 'rest-parameter', from: index } : { op: 'parameter', index });
    const name = typescript.isIdentifier(parameter.name) ? parameter.name.text : null;
    const value = withDefault(f, { node: parameter, initializer: parameter.initializer ?? null, name }, incoming);
    f.module.forms.bind(f, parameter.name, value, 'initialize');
  });
}

/** Of two parameters with one name (sloppy mode) the last one counts; both share a cell. */
function declareParameter(f: FunctionLowering, name: string, declaration: ts.ParameterDeclaration): { readonly function: number; readonly slot: number } {
  return declareVariable(f, f.scope, name, 'parameter', declaration);
}

function lowerBody(f: FunctionLowering, statements: readonly ts.Statement[], scope: Scope, parameters: readonly ts.ParameterDeclaration[], request: FunctionRequest): void {
  const outer = scope.parent;
  hoistVariables(f, statements, scope);
  if (scope.function === outer?.function) {
    // With parameter expressions the body has cells of its own; a `var` that repeats a parameter starts with its value.
    for (const [name, binding] of scope.bindings) {
      const parameter = outer.bindings.get(name);
      if (binding.kind === 'variable' && parameter?.kind === 'variable') emitInitialize(f, null, binding.variable, emit(f, null, { op: 'load', variable: parameter.variable }));
    }
  }
  hoistStatements(f, statements, scope, 'function');
  if (request.kind !== 'constructor' || !request.derived) {
    f.module.forms.statements(f, statements);
    return;
  }
  // In a derived class parameter properties are assigned right behind `super(…)`.
  const index = statements.findIndex((statement) => isSuperStatement(f.module.typescript, statement));
  f.module.forms.statements(f, statements.slice(0, index + 1));
  assignParameterProperties(f, parameters);
  f.module.forms.statements(f, statements.slice(index + 1));
}

function isSuperStatement(typescript: typeof ts, statement: ts.Statement): boolean {
  return typescript.isExpressionStatement(statement) && typescript.isCallExpression(statement.expression)
    && statement.expression.expression.kind === typescript.SyntaxKind.SuperKeyword;
}

/** `constructor(private key: Uint8Array)` assigns `this.key`. */
function assignParameterProperties(f: FunctionLowering, parameters: readonly ts.ParameterDeclaration[]): void {
  const { typescript } = f.module;
  for (const parameter of parameters) {
    if (!typescript.isIdentifier(parameter.name) || !isParameterProperty(typescript, parameter)) continue;
    const binding = f.scope.bindings.get(parameter.name.text) ?? f.scope.parent?.bindings.get(parameter.name.text);
    if (binding?.kind !== 'variable') continue;
    const object = emit(f, null, { op: 'this' });
    emit(f, parameter, { op: 'set', object, key: nameKey(parameter.name.text), value: emit(f, parameter, { op: 'load', variable: binding.variable }) });
  }
}

export function isParameterProperty(typescript: typeof ts, parameter: ts.ParameterDeclaration): boolean {
  const { SyntaxKind } = typescript;
  const kinds = [SyntaxKind.PublicKeyword, SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.ReadonlyKeyword, SyntaxKind.OverrideKeyword];
  return kinds.some((kind) => hasModifier(parameter, kind));
}

/** `outer.inner`, `Session.encrypt`, or `<anonymous@12>`. */
function qualifiedName(outer: FunctionLowering, node: ts.FunctionLikeDeclaration, request: FunctionRequest): string {
  const { typescript } = outer.module;
  const hasOwnName = typescript.isFunctionDeclaration(node) || typescript.isFunctionExpression(node);
  const own = (hasOwnName ? node.name?.text : undefined) ?? request.hint.name;
  if (own === null || own === '') return `<anonymous@${String(lineOf(outer, node))}>`;
  if (request.className !== null || outer.namePrefix === '') return own;
  return `${outer.namePrefix}.${own}`;
}

/** 1-based line of a node. */
function lineOf(f: FunctionLowering, node: ts.Node): number {
  const { start } = spanOf(f.module, node);
  const { lineStarts } = f.module;
  let low = 0;
  let high = lineStarts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lineStarts[middle] ?? 0) <= start) low = middle;
    else high = middle - 1;
  }
  return low + 1;
}

/** The name, or the first token of the function. */
function nameSpan(f: FunctionLowering, node: ts.FunctionLikeDeclaration): Span {
  const { typescript } = f.module;
  if (node.name !== undefined) return spanOf(f.module, node.name);
  const { start } = spanOf(f.module, node);
  if (typescript.isConstructorDeclaration(node)) {
    const keyword = f.module.text.indexOf('constructor', start);
    return keyword >= 0 && keyword < node.end ? { start: keyword, end: keyword + 'constructor'.length } : { start, end: node.end };
  }
  if (typescript.isArrowFunction(node)) return spanOf(f.module, node.equalsGreaterThanToken);
  const keyword = /^(async\s+)?function/.exec(f.module.text.slice(start, start + 40));
  return { start, end: start + (keyword?.[0].length ?? 1) };
}
