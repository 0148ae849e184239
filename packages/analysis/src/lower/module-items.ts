/**
 * Module items: import bindings, export tables, `export default`, and TypeScript's `import x = require()` and `export =`.
 * `import x = require('m')` is a const initialized by calling the global `require`; `export = v` assigns `module.exports`.
 */
import type ts from 'typescript';
import type { ValueId } from '../ir/instruction.js';
import { emit, emitInitialize, nameKey } from './function-builder.js';
import { defaultExportName, listNames } from './hoisting.js';
import type { FunctionLowering, StatementForm } from './lowering.js';
import { loadName, variableOf } from './names.js';
import { declareVariable, resolve, type Scope } from './scope.js';
import { mentionsName } from './tree-search.js';
import { hasModifier, isErased } from './typescript-erasure.js';

export function moduleForms(typescript: typeof ts): readonly (readonly [ts.SyntaxKind, StatementForm])[] {
  const { SyntaxKind } = typescript;
  const nothing: StatementForm = () => undefined;
  return [
    [SyntaxKind.ImportDeclaration, nothing],
    [SyntaxKind.ExportDeclaration, nothing],
    [SyntaxKind.NamespaceExportDeclaration, nothing],
    [SyntaxKind.ExportAssignment, (f, node) => { lowerExportAssignment(f, node as unknown as ts.ExportAssignment); }],
    [SyntaxKind.ImportEqualsDeclaration, (f, node) => { lowerImportEquals(f, node as ts.ImportEqualsDeclaration); }],
  ];
}

/** Binds the names that imports bring in and opens the cells of `import x = …` and of an unnamed default export. */
export function hoistImports(f: FunctionLowering, statements: readonly ts.Statement[], scope: Scope): void {
  const { typescript } = f.module;
  for (const statement of statements) {
    if (typescript.isImportDeclaration(statement)) hoistImport(f, statement, scope);
    else if (typescript.isImportEqualsDeclaration(statement)) hoistImportEquals(f, statement, scope);
    else if (typescript.isExportDeclaration(statement) && !statement.isTypeOnly) noteSpecifier(f, statement.moduleSpecifier);
    else if (typescript.isExportAssignment(statement) && statement.isExportEquals !== true) openDefault(f, scope);
    else if (typescript.isClassDeclaration(statement) && statement.name === undefined) openDefault(f, scope);
  }
}

function openDefault(f: FunctionLowering, scope: Scope): void {
  const variable = declareVariable(f, scope, defaultExportName, 'const');
  emit(f, null, { op: 'declare', variable, state: 'dead' });
}

function noteSpecifier(f: FunctionLowering, specifier: ts.Expression | undefined): string | null {
  if (specifier === undefined || !f.module.typescript.isStringLiteral(specifier)) return null;
  f.module.imports.add(specifier.text);
  return specifier.text;
}

function hoistImport(f: FunctionLowering, node: ts.ImportDeclaration, scope: Scope): void {
  const { typescript } = f.module;
  const clause = node.importClause;
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is missing before TypeScript 5.9.
  const isType = clause?.isTypeOnly === true;
  const specifier = isType ? '' : noteSpecifier(f, node.moduleSpecifier) ?? '';
  const bindTo = (local: ts.Identifier, name: string, typeOnly: boolean): void => {
    scope.bindings.set(local.text, typeOnly ? { kind: 'type' } : { kind: 'import', specifier, name });
  };
  if (clause === undefined) return;
  if (clause.name !== undefined) bindTo(clause.name, 'default', isType);
  const bindings = clause.namedBindings;
  if (bindings === undefined) return;
  if (typescript.isNamespaceImport(bindings)) bindTo(bindings.name, '*', isType);
  else for (const element of bindings.elements) bindTo(element.name, (element.propertyName ?? element.name).text, isType || element.isTypeOnly);
}

/** An alias `import A = N.B` has a value only when something uses it as one; TypeScript erases it otherwise. */
function hoistImportEquals(f: FunctionLowering, node: ts.ImportEqualsDeclaration, scope: Scope): void {
  const { typescript } = f.module;
  const isRequire = typescript.isExternalModuleReference(node.moduleReference);
  const isValue = !node.isTypeOnly && (isRequire || hasModifier(node, typescript.SyntaxKind.ExportKeyword) || mentionsName(typescript, f.module.sourceFile, new Set([node.name.text]), node.name));
  if (!isValue) {
    scope.bindings.set(node.name.text, { kind: 'type' });
    return;
  }
  const variable = declareVariable(f, scope, node.name.text, 'const');
  emit(f, null, { op: 'declare', variable, state: 'dead' });
}

function lowerImportEquals(f: FunctionLowering, node: ts.ImportEqualsDeclaration): void {
  const { typescript } = f.module;
  const variable = variableOf(f, node.name.text);
  if (variable === null) return;
  const reference = node.moduleReference;
  if (typescript.isExternalModuleReference(reference)) {
    const argument = f.module.forms.expression(f, reference.expression);
    const callee = emit(f, reference, { op: 'global', name: 'require', guarded: false });
    emitInitialize(f, node.name, variable, emit(f, reference, { op: 'call', callee, receiver: null, arguments: [{ value: argument, spread: false }] }));
    return;
  }
  emitInitialize(f, node.name, variable, lowerEntityName(f, reference));
}

function lowerEntityName(f: FunctionLowering, name: ts.EntityName): ValueId {
  if (f.module.typescript.isIdentifier(name)) return loadName(f, name, name.text);
  return emit(f, name, { op: 'get', object: lowerEntityName(f, name.left), key: nameKey(name.right.text) });
}

function lowerExportAssignment(f: FunctionLowering, node: ts.ExportAssignment): void {
  if (node.isExportEquals === true) {
    const object = emit(f, null, { op: 'global', name: 'module', guarded: false });
    const value = f.module.forms.named(f, node.expression, { name: null, inferred: null, owner: node });
    emit(f, node, { op: 'set', object, key: nameKey('exports'), value });
    return;
  }
  const value = f.module.forms.named(f, node.expression, { name: 'default', inferred: 'default', owner: node });
  const variable = variableOf(f, defaultExportName);
  if (variable !== null) emitInitialize(f, node, variable, value);
}

/** Stores `export default class {}`. */
export function storeDefaultClass(f: FunctionLowering, node: ts.ClassDeclaration, value: ValueId): void {
  const variable = node.name === undefined ? variableOf(f, defaultExportName) : null;
  if (variable !== null) emitInitialize(f, node, variable, value);
}

/** The export table of the module, after everything at its top level was hoisted. */
export function collectExports(f: FunctionLowering, statements: readonly ts.Statement[]): void {
  for (const statement of statements) collectExport(f, statement);
}

function collectExport(f: FunctionLowering, statement: ts.Statement): void {
  const { typescript, exports } = f.module;
  const { SyntaxKind } = typescript;
  if (typescript.isExportDeclaration(statement)) {
    collectExportDeclaration(f, statement);
    return;
  }
  if (typescript.isExportAssignment(statement)) {
    if (statement.isExportEquals !== true) exportLocal(f, 'default', defaultExportName);
    return;
  }
  if (!hasModifier(statement, SyntaxKind.ExportKeyword) || isErased(typescript, statement)) return;
  if (typescript.isVariableStatement(statement)) {
    for (const name of listNames(typescript, statement.declarationList)) exportLocal(f, name, name);
    return;
  }
  const isNamed = typescript.isFunctionDeclaration(statement) || typescript.isClassDeclaration(statement) || typescript.isEnumDeclaration(statement)
    || typescript.isModuleDeclaration(statement) || typescript.isImportEqualsDeclaration(statement);
  if (!isNamed) return;
  const local = statement.name?.text ?? defaultExportName;
  const exported = hasModifier(statement, SyntaxKind.DefaultKeyword) ? 'default' : local;
  const isKnown = exports.some((entry) => entry.kind !== 'all' && entry.exported === exported);
  if (!isKnown) exportLocal(f, exported, local);
}

function collectExportDeclaration(f: FunctionLowering, node: ts.ExportDeclaration): void {
  const { typescript, exports } = f.module;
  if (node.isTypeOnly) return;
  const specifier = node.moduleSpecifier !== undefined && typescript.isStringLiteral(node.moduleSpecifier) ? node.moduleSpecifier.text : null;
  const clause = node.exportClause;
  if (clause === undefined) {
    if (specifier !== null) exports.push({ kind: 'all', specifier });
    return;
  }
  if (typescript.isNamespaceExport(clause)) {
    if (specifier !== null) exports.push({ kind: 'from', exported: clause.name.text, specifier, name: '*' });
    return;
  }
  for (const element of clause.elements) {
    if (element.isTypeOnly) continue;
    const local = (element.propertyName ?? element.name).text;
    if (specifier === null) exportLocal(f, element.name.text, local);
    else exports.push({ kind: 'from', exported: element.name.text, specifier, name: local });
  }
}

/** Exports a local name: a cell, or the import behind it. Types have no entry. */
function exportLocal(f: FunctionLowering, exported: string, local: string): void {
  const binding = resolve(f, local);
  if (binding?.kind === 'variable') f.module.exports.push({ kind: 'local', exported, variable: binding.variable });
  else if (binding?.kind === 'import') f.module.exports.push({ kind: 'from', exported, specifier: binding.specifier, name: binding.name });
}
