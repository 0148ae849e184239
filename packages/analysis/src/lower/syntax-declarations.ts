/**
 * Finds what a name refers to by walking outward through the syntax tree: the declaration of a value, or where a type name comes from.
 * Trees need not carry parent pointers, so the file's parents are collected once when they are missing.
 */
import type ts from 'typescript';

export interface Parents {
  parentOf(node: ts.Node): ts.Node | undefined;
}

/** Uses the tree's own parent pointers when it has them, else walks the file once. */
export function parentsOf(typescript: typeof ts, sourceFile: ts.SourceFile): Parents {
  const [first] = sourceFile.statements;
  const hasParents = first !== undefined && (first.parent as ts.Node | undefined) !== undefined;
  if (hasParents) return { parentOf: (node) => node.parent };
  const parents = new Map<ts.Node, ts.Node>();
  const work: ts.Node[] = [sourceFile];
  for (let node = work.pop(); node !== undefined; node = work.pop()) {
    const parent = node;
    typescript.forEachChild(parent, (child) => {
      parents.set(child, parent);
      work.push(child);
    });
  }
  return { parentOf: (node) => parents.get(node) };
}

export type Declaration = ts.ParameterDeclaration | ts.VariableDeclaration | ts.BindingElement | ts.ImportSpecifier | ts.ImportClause | ts.NamespaceImport | ts.ImportEqualsDeclaration
  | ts.FunctionDeclaration | ts.ClassDeclaration | ts.EnumDeclaration | ts.ModuleDeclaration | ts.InterfaceDeclaration | ts.TypeAliasDeclaration | ts.TypeParameterDeclaration
  | ts.FunctionExpression | ts.ClassExpression;

/** The innermost declaration of a name around its use; null for a global. */
export function findDeclaration(typescript: typeof ts, parents: Parents, name: ts.Identifier): Declaration | null {
  for (let scope = parents.parentOf(name); scope !== undefined; scope = parents.parentOf(scope)) {
    const found = declarationsOf(typescript, scope).get(name.text);
    if (found !== undefined) return found;
  }
  return null;
}

/** Where a name that stands for a type or a class comes from. */
export type NameOrigin =
  | { readonly kind: 'global' }
  | { readonly kind: 'import'; readonly name: string; readonly from: string }
  /** A class or interface of this file. */
  | { readonly kind: 'local'; readonly name: string };

/** Null when the name is a type parameter or something else whose meaning the syntax does not tell. */
export function originOfName(typescript: typeof ts, parents: Parents, name: ts.Identifier): NameOrigin | null {
  const declaration = findDeclaration(typescript, parents, name);
  if (declaration === null) return { kind: 'global' };
  if (typescript.isImportSpecifier(declaration)) return imported(typescript, parents, declaration, (declaration.propertyName ?? declaration.name).text);
  if (typescript.isImportClause(declaration)) return imported(typescript, parents, declaration, 'default');
  if (typescript.isNamespaceImport(declaration)) return imported(typescript, parents, declaration, '*');
  if (typescript.isClassDeclaration(declaration) || typescript.isInterfaceDeclaration(declaration)) return { kind: 'local', name: name.text };
  return null;
}

function imported(typescript: typeof ts, parents: Parents, node: ts.Node, name: string): NameOrigin | null {
  for (let current: ts.Node | undefined = node; current !== undefined; current = parents.parentOf(current)) {
    if (typescript.isImportDeclaration(current)) return typescript.isStringLiteral(current.moduleSpecifier) ? { kind: 'import', name, from: current.moduleSpecifier.text } : null;
  }
  return null;
}

const none: ReadonlyMap<string, Declaration> = new Map();
const declarationsByScope = new WeakMap<ts.Node, ReadonlyMap<string, Declaration>>();

/** Names that a node declares for what is inside it. */
function declarationsOf(typescript: typeof ts, scope: ts.Node): ReadonlyMap<string, Declaration> {
  const opensScope = typescript.isSourceFile(scope) || typescript.isBlock(scope) || typescript.isModuleBlock(scope) || typescript.isCaseBlock(scope) || typescript.isFunctionLike(scope)
    || typescript.isClassLike(scope) || typescript.isInterfaceDeclaration(scope) || typescript.isTypeAliasDeclaration(scope) || typescript.isForStatement(scope) || typescript.isForInStatement(scope)
    || typescript.isForOfStatement(scope) || typescript.isCatchClause(scope);
  if (!opensScope) return none;
  const known = declarationsByScope.get(scope);
  if (known !== undefined) return known;
  const found = new Map<string, Declaration>();
  collect(typescript, scope, found);
  declarationsByScope.set(scope, found);
  return found;
}

function collect(typescript: typeof ts, scope: ts.Node, found: Map<string, Declaration>): void {
  const typeParameters = (scope as { readonly typeParameters?: ts.NodeArray<ts.TypeParameterDeclaration> }).typeParameters ?? [];
  for (const parameter of typeParameters) found.set(parameter.name.text, parameter);
  if (typescript.isSourceFile(scope) || typescript.isBlock(scope) || typescript.isModuleBlock(scope)) addStatements(typescript, scope.statements, found);
  else if (typescript.isCaseBlock(scope)) for (const clause of scope.clauses) addStatements(typescript, clause.statements, found);
  else if (typescript.isFunctionLike(scope)) {
    if (typescript.isFunctionExpression(scope) && scope.name !== undefined) found.set(scope.name.text, scope);
    for (const parameter of scope.parameters) addName(typescript, parameter.name, parameter, found);
    const { body } = scope as { readonly body?: ts.Node };
    if (body !== undefined && typescript.isBlock(body)) addHoisted(typescript, body, found);
  } else if (typescript.isClassExpression(scope) && scope.name !== undefined) found.set(scope.name.text, scope);
  else if (typescript.isForStatement(scope) || typescript.isForInStatement(scope) || typescript.isForOfStatement(scope)) {
    if (scope.initializer !== undefined && typescript.isVariableDeclarationList(scope.initializer)) addList(typescript, scope.initializer, found);
  } else if (typescript.isCatchClause(scope) && scope.variableDeclaration !== undefined) addName(typescript, scope.variableDeclaration.name, scope.variableDeclaration, found);
  if (typescript.isSourceFile(scope)) addHoisted(typescript, scope, found);
}

function addStatements(typescript: typeof ts, statements: readonly ts.Statement[], found: Map<string, Declaration>): void {
  for (const statement of statements) {
    if (typescript.isVariableStatement(statement)) addList(typescript, statement.declarationList, found);
    else if (typescript.isImportDeclaration(statement)) addImport(typescript, statement, found);
    else if (typescript.isFunctionDeclaration(statement) || typescript.isClassDeclaration(statement)) {
      if (statement.name !== undefined) found.set(statement.name.text, statement);
    } else if (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement) || typescript.isEnumDeclaration(statement) || typescript.isImportEqualsDeclaration(statement)) {
      if (!found.has(statement.name.text)) found.set(statement.name.text, statement);
    } else if (typescript.isModuleDeclaration(statement) && typescript.isIdentifier(statement.name) && !found.has(statement.name.text)) found.set(statement.name.text, statement);
  }
}

function addList(typescript: typeof ts, list: ts.VariableDeclarationList, found: Map<string, Declaration>): void {
  for (const declaration of list.declarations) addName(typescript, declaration.name, declaration, found);
}

function addImport(typescript: typeof ts, node: ts.ImportDeclaration, found: Map<string, Declaration>): void {
  const clause = node.importClause;
  if (clause === undefined) return;
  if (clause.name !== undefined) found.set(clause.name.text, clause);
  const bindings = clause.namedBindings;
  if (bindings === undefined) return;
  if (typescript.isNamespaceImport(bindings)) found.set(bindings.name.text, bindings);
  else for (const element of bindings.elements) found.set(element.name.text, element);
}

/** A name, or each name of a pattern with its own element. */
function addName(typescript: typeof ts, name: ts.BindingName, declaration: ts.ParameterDeclaration | ts.VariableDeclaration | ts.BindingElement, found: Map<string, Declaration>): void {
  if (typescript.isIdentifier(name)) found.set(name.text, declaration);
  else for (const element of name.elements) if (typescript.isBindingElement(element)) addName(typescript, element.name, element, found);
}

/** `var` declarations in nested statements, which belong to the whole function. */
function addHoisted(typescript: typeof ts, body: ts.Node, found: Map<string, Declaration>): void {
  const visit = (node: ts.Node): void => {
    if (typescript.isFunctionLike(node) || typescript.isClassLike(node) || typescript.isModuleDeclaration(node)) return;
    const isVar = typescript.isVariableDeclarationList(node) && (node.flags & typescript.NodeFlags.BlockScoped) === 0;
    if (isVar) {
      for (const declaration of (node).declarations) {
        if (!typescript.isIdentifier(declaration.name) || !found.has(declaration.name.text)) addName(typescript, declaration.name, declaration, found);
      }
      return;
    }
    if (typescript.isStatement(node) || typescript.isCaseBlock(node) || typescript.isCaseOrDefaultClause(node) || typescript.isCatchClause(node) || node === body) typescript.forEachChild(node, visit);
  };
  typescript.forEachChild(body, visit);
}
