/**
 * What a list of statements declares: `var` names of a function, lexical names of a block, hoisted functions (with the Annex B copies of sloppy mode).
 * It opens the cells and emits the instructions that the language runs on entry of the scope; the statements themselves follow from `statements.ts`.
 */
import type ts from 'typescript';
import { emit, emitInitialize } from './function-builder.js';
import type { FunctionLowering } from './lowering.js';
import { declareVariable, type Scope } from './scope.js';
import { hasModifier, isErased, isInstantiated } from './typescript-erasure.js';

/** The cell of `export default` without a name; no source name can spell it. */
export const defaultExportName = '$default';

/** Declares the `var` names of a function body (or of the module), before its lexical names. Names that are parameters already keep their cell. */
export function hoistVariables(f: FunctionLowering, statements: readonly ts.Statement[], scope: Scope): void {
  for (const name of variableNames(f, statements)) {
    if (scope.bindings.get(name)?.kind !== 'property') declareVariable(f, scope, name, 'var');
  }
}

/** Declares what a statement list declares directly, and initializes its functions. `level` tells whether functions belong to the function or to a block. */
export function hoistStatements(f: FunctionLowering, statements: readonly ts.Statement[], scope: Scope, level: 'function' | 'block'): void {
  const { typescript } = f.module;
  const functions = statements.filter((statement): statement is ts.FunctionDeclaration => typescript.isFunctionDeclaration(statement) && statement.body !== undefined && !isErased(typescript, statement));
  // Functions first: a namespace or enum of the same name adds to the function's own cell.
  for (const declaration of functions) {
    const name = declaration.name?.text ?? defaultExportName;
    const fresh = level === 'block' && !scope.bindings.has(name);
    const variable = declareVariable(f, scope, name, 'function');
    if (fresh) emit(f, null, { op: 'declare', variable, state: 'undefined' });
  }
  for (const statement of statements) {
    if (isErased(typescript, statement)) continue;
    if (typescript.isVariableStatement(statement)) {
      // Exported variables of a namespace are properties of its object; `namespaces.ts` has bound them.
      const isProperty = f.kind === 'namespace' && hasModifier(statement, typescript.SyntaxKind.ExportKeyword);
      if (!isProperty) hoistVariableList(f, statement.declarationList, scope);
    }
    else if (typescript.isClassDeclaration(statement) && statement.name !== undefined) declareDead(f, scope, statement.name.text, 'class');
    else if (typescript.isEnumDeclaration(statement)) declareFresh(f, scope, statement.name.text, level);
    else if (typescript.isModuleDeclaration(statement) && typescript.isIdentifier(statement.name) && isInstantiated(typescript, statement)) declareFresh(f, scope, statement.name.text, level);
  }
  for (const declaration of functions) {
    const binding = scope.bindings.get(declaration.name?.text ?? defaultExportName);
    if (binding?.kind !== 'variable') continue;
    const id = f.module.forms.functionLike(f, declaration, { kind: 'function', hint: { name: declaration.name === undefined ? 'default' : null, inferred: 'default', owner: declaration }, className: null, derived: false });
    emitInitialize(f, declaration, binding.variable, emit(f, declaration, { op: 'closure', function: id }));
  }
}

/** Opens the cells of a `let` or `const` list in their dead zone; `var` names are hoisted elsewhere. */
export function hoistVariableList(f: FunctionLowering, list: ts.VariableDeclarationList, scope: Scope): void {
  if (isVarList(f.module.typescript, list)) return;
  const kind = isConstList(f.module.typescript, list) ? 'const' : 'let';
  for (const name of listNames(f.module.typescript, list)) declareDead(f, scope, name, kind);
}

export function isVarList(typescript: typeof ts, list: ts.VariableDeclarationList): boolean {
  return (list.flags & typescript.NodeFlags.BlockScoped) === 0;
}

/** `const`, `using` and `await using`. */
export function isConstList(typescript: typeof ts, list: ts.VariableDeclarationList): boolean {
  return (list.flags & (typescript.NodeFlags.Const | typescript.NodeFlags.Using)) !== 0;
}

/** The names that a declaration list binds, patterns included. */
export function listNames(typescript: typeof ts, list: ts.VariableDeclarationList): readonly string[] {
  const names: string[] = [];
  for (const declaration of list.declarations) addBindingNames(typescript, declaration.name, names);
  return names;
}

/** Adds the names that a binding name or pattern binds. */
export function addBindingNames(typescript: typeof ts, name: ts.BindingName, names: string[]): void {
  if (typescript.isIdentifier(name)) {
    names.push(name.text);
    return;
  }
  for (const element of name.elements) {
    if (typescript.isBindingElement(element)) addBindingNames(typescript, element.name, names);
  }
}

function declareDead(f: FunctionLowering, scope: Scope, name: string, kind: 'let' | 'const' | 'class'): void {
  if (name === '') return;
  const variable = declareVariable(f, scope, name, kind);
  emit(f, null, { op: 'declare', variable, state: 'dead' });
}

/** Enums and namespaces are a `var` of their function at its level, a fresh cell in a block. */
function declareFresh(f: FunctionLowering, scope: Scope, name: string, level: 'function' | 'block'): void {
  if (scope.bindings.has(name)) return;
  const variable = declareVariable(f, scope, name, 'var');
  if (level === 'block') emit(f, null, { op: 'declare', variable, state: 'undefined' });
}

/** `var` names anywhere in the statements, and in sloppy mode the names of functions in blocks (ECMA-262 B.3.2). Nested functions and classes are not entered. */
function variableNames(f: FunctionLowering, statements: readonly ts.Statement[]): ReadonlySet<string> {
  const { typescript } = f.module;
  const names = new Set<string>();
  const visit = (node: ts.Node, blocked: ReadonlySet<string>): void => {
    if (typescript.isVariableDeclarationList(node)) {
      if (isVarList(typescript, node)) for (const name of listNames(typescript, node)) names.add(name);
      return;
    }
    if (!f.strict && typescript.isIfStatement(node)) addBlockFunctions(f, [node.thenStatement, ...(node.elseStatement === undefined ? [] : [node.elseStatement])], blocked, names);
    const list = nestedStatements(typescript, node);
    if (list !== null) {
      const inner = f.strict ? blocked : withLexicalNames(f, list, blocked);
      if (!f.strict) addBlockFunctions(f, list, blocked, names);
      for (const statement of list) visit(statement, inner);
      return;
    }
    if (!entersForVariables(typescript, node)) return;
    typescript.forEachChild(node, (child) => { visit(child, blocked); });
  };
  for (const statement of statements) {
    if (!isErased(typescript, statement)) visit(statement, f.strict ? noNames : withLexicalNames(f, statements, noNames));
  }
  return names;
}

const noNames: ReadonlySet<string> = new Set();

function nestedStatements(typescript: typeof ts, node: ts.Node): readonly ts.Statement[] | null {
  if (typescript.isBlock(node)) return node.statements;
  if (typescript.isCaseBlock(node)) return node.clauses.flatMap((clause) => [...clause.statements]);
  return null;
}

/** Statements may hold `var`; expressions, functions, classes and types cannot. */
function entersForVariables(typescript: typeof ts, node: ts.Node): boolean {
  return typescript.isVariableStatement(node) || typescript.isIfStatement(node) || typescript.isIterationStatement(node, false) || typescript.isTryStatement(node)
    || typescript.isCatchClause(node) || typescript.isSwitchStatement(node) || typescript.isLabeledStatement(node) || typescript.isWithStatement(node);
}

/** A sloppy function in a block also gets a `var`, unless a lexical name of an enclosing block stands in the way. */
function addBlockFunctions(f: FunctionLowering, statements: readonly ts.Statement[], blocked: ReadonlySet<string>, names: Set<string>): void {
  for (const statement of statements) {
    const name = annexBName(f, statement);
    if (name !== null && !blocked.has(name)) names.add(name);
  }
}

/** The name of a function declaration that Annex B copies to a `var`; null for others. */
export function annexBName(f: FunctionLowering, statement: ts.Statement): string | null {
  const { typescript } = f.module;
  if (f.strict || !typescript.isFunctionDeclaration(statement) || statement.body === undefined || statement.name === undefined) return null;
  const isPlain = statement.asteriskToken === undefined && (statement.modifiers === undefined || statement.modifiers.length === 0);
  return isPlain ? statement.name.text : null;
}

function withLexicalNames(f: FunctionLowering, statements: readonly ts.Statement[], outer: ReadonlySet<string>): ReadonlySet<string> {
  const { typescript } = f.module;
  const names = new Set(outer);
  for (const statement of statements) {
    if (typescript.isVariableStatement(statement) && !isVarList(typescript, statement.declarationList)) {
      for (const name of listNames(typescript, statement.declarationList)) names.add(name);
    }
    if (typescript.isClassDeclaration(statement) && statement.name !== undefined) names.add(statement.name.text);
  }
  return names;
}
