/**
 * TypeScript namespaces: a function over the namespace object; exported variables are its properties, other exports are copied to it.
 */
import type ts from 'typescript';
import type { ValueId, VariableRef } from '../ir/instruction.js';
import { beginFunction, branch, emit, emitInitialize, emitLoad, emitStore, finishFunction, goto, nameKey, newBlock, newSynthetic, spanOf, startBlock } from './function-builder.js';
import { hoistStatements, hoistVariables, listNames } from './hoisting.js';
import type { FunctionLowering } from './lowering.js';
import { hoistImports } from './module-items.js';
import { variableOf } from './names.js';
import { newVariable, resolve, type Scope } from './scope.js';
import { hasModifier, isErased } from './typescript-erasure.js';

export function lowerNamespace(f: FunctionLowering, node: ts.ModuleDeclaration): void {
  const { typescript } = f.module;
  const { name, body } = node;
  if (!typescript.isIdentifier(name) || body === undefined) return;
  const variable = variableOf(f, name.text);
  if (variable === null) return;
  const object = openNamespaceObject(f, node, name.text, variable);
  const inner = beginFunction({
    module: f.module, parent: f, kind: 'namespace', async: false, generator: false, strict: f.strict,
    name: f.namePrefix === '' ? name.text : `${f.namePrefix}.${name.text}`, namePrefix: f.namePrefix === '' ? name.text : `${f.namePrefix}.${name.text}`,
    className: null, span: spanOf(f.module, node), nameSpan: spanOf(f.module, name), annotations: [], parameters: [], syntheticParameters: [name.text],
  });
  lowerNamespaceBody(inner, name.text, variable, body);
  finishFunction(inner);
  const callee = emit(f, node, { op: 'closure', function: inner.id });
  emit(f, node, { op: 'call', callee, receiver: null, arguments: [{ value: object, spread: false }] });
}

/** The object of a namespace or enum: the one that an earlier declaration, class or function of this name made, else a fresh one. */
export function openNamespaceObject(f: FunctionLowering, node: ts.ModuleDeclaration | ts.EnumDeclaration, name: string, variable: VariableRef): ValueId {
  const kind = f.variables[variable.slot]?.kind;
  const isMerged = kind === 'function' || kind === 'class' || f.module.namespaceMembers.has(memberKey(variable));
  if (isMerged) return emitLoad(f, node.name, variable);
  f.module.namespaceMembers.set(memberKey(variable), new Set());
  const outer = exportingNamespace(f, node);
  const isMergedOutside = outer !== null && f.module.namespaceMembers.get(memberKey(outer.variable))?.has(name) === true;
  if (!isMergedOutside) {
    const object = emit(f, node, { op: 'object' });
    emitInitialize(f, node.name, variable, object);
    return object;
  }
  // An earlier declaration of the enclosing namespace may have made it: `Outer.Name || {}`.
  const result = newSynthetic(f, '$namespace');
  const missing = newBlock(f);
  const end = newBlock(f);
  const known = emit(f, node.name, { op: 'get', object: emitLoad(f, null, outer.object), key: nameKey(name) });
  emitStore(f, null, result, known);
  branch(f, 'truthy', known, end, missing);
  startBlock(f, missing);
  emitStore(f, null, result, emit(f, node, { op: 'object' }));
  goto(f, end);
  startBlock(f, end);
  const object = emitLoad(f, null, result);
  emitInitialize(f, node.name, variable, object);
  return object;
}

/** The namespace whose body exports the declaration, when it does. */
function exportingNamespace(f: FunctionLowering, node: ts.Node): { readonly object: VariableRef; readonly variable: VariableRef } | null {
  if (f.kind !== 'namespace' || !hasModifier(node, f.module.typescript.SyntaxKind.ExportKeyword)) return null;
  const parameter: VariableRef = { function: f.id, slot: 0 };
  const outer = f.parent === null ? null : variableOf(f.parent, f.syntheticParameters[0] ?? '');
  return outer === null ? null : { object: parameter, variable: outer };
}

export function memberKey(variable: VariableRef): string {
  return `${String(variable.function)}:${String(variable.slot)}`;
}

function lowerNamespaceBody(f: FunctionLowering, name: string, variable: VariableRef, body: ts.ModuleBody): void {
  const { typescript } = f.module;
  const object = newVariable(f, name, 'parameter');
  f.scope.bindings.set(name, { kind: 'variable', variable: object, immutable: 'no', declaration: null });
  emitInitialize(f, null, object, emit(f, null, { op: 'parameter', index: 0 }));
  const scope: Scope = { parent: f.scope, function: f.id, bindings: new Map() };
  f.scope = scope;
  const members = f.module.namespaceMembers.get(memberKey(variable)) ?? new Set<string>();
  f.module.namespaceMembers.set(memberKey(variable), members);
  for (const member of members) scope.bindings.set(member, { kind: 'property', object, name: member });
  const statements = statementsOf(typescript, body);
  const isExported = (statement: ts.Statement): boolean => statement === body || hasModifier(statement, typescript.SyntaxKind.ExportKeyword);
  for (const statement of statements) {
    if (!typescript.isVariableStatement(statement) || !isExported(statement) || isErased(typescript, statement)) continue;
    for (const member of listNames(typescript, statement.declarationList)) {
      scope.bindings.set(member, { kind: 'property', object, name: member });
      members.add(member);
    }
  }
  hoistVariables(f, statements, scope);
  hoistImports(f, statements, scope);
  hoistStatements(f, statements, scope, 'function');
  const copy = (statement: ts.Statement): void => {
    const local = (statement as { readonly name?: ts.Node }).name;
    if (local === undefined || !typescript.isIdentifier(local)) return;
    const cell = resolve(f, local.text);
    if (cell?.kind !== 'variable') return;
    emit(f, local, { op: 'set', object: emitLoad(f, null, object), key: nameKey(local.text), value: emitLoad(f, local, cell.variable) });
    members.add(local.text);
  };
  for (const statement of statements) {
    f.module.forms.statement(f, statement);
    const isCopied = typescript.isFunctionDeclaration(statement) || typescript.isClassDeclaration(statement) || typescript.isEnumDeclaration(statement) || typescript.isModuleDeclaration(statement) || typescript.isImportEqualsDeclaration(statement);
    if (isCopied && isExported(statement) && !isErased(typescript, statement)) copy(statement);
  }
}

/** `namespace A.B {}` nests one exported namespace. */
function statementsOf(typescript: typeof ts, body: ts.ModuleBody): readonly ts.Statement[] {
  if (typescript.isModuleBlock(body)) return body.statements;
  return typescript.isModuleDeclaration(body) ? [body] : [];
}
