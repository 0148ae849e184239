/**
 * What TypeScript erases: declarations without a value, and wrappers around expressions.
 */
import type ts from 'typescript';

/** True for statements that leave nothing at run time: types, `declare`, overload signatures, namespaces of types only. */
export function isErased(typescript: typeof ts, statement: ts.Statement): boolean {
  if (typescript.isInterfaceDeclaration(statement) || typescript.isTypeAliasDeclaration(statement)) return true;
  if (hasModifier(statement, typescript.SyntaxKind.DeclareKeyword)) return true;
  if (typescript.isFunctionDeclaration(statement)) return statement.body === undefined;
  if (typescript.isModuleDeclaration(statement)) return !typescript.isIdentifier(statement.name) || !isInstantiated(typescript, statement);
  return false;
}

/** True when a namespace holds at least one value. */
export function isInstantiated(typescript: typeof ts, declaration: ts.ModuleDeclaration): boolean {
  const { body } = declaration;
  if (body === undefined) return false;
  if (typescript.isModuleDeclaration(body)) return isInstantiated(typescript, body);
  if (!typescript.isModuleBlock(body)) return false;
  return body.statements.some((statement) => !isErased(typescript, statement) && !isTypeOnlyStatement(typescript, statement));
}

function isTypeOnlyStatement(typescript: typeof ts, statement: ts.Statement): boolean {
  return typescript.isImportDeclaration(statement) || typescript.isExportDeclaration(statement);
}

export function hasModifier(node: ts.Node, kind: ts.SyntaxKind): boolean {
  const modifiers = (node as { readonly modifiers?: ts.NodeArray<ts.ModifierLike> }).modifiers;
  return modifiers !== undefined && modifiers.some((modifier) => modifier.kind === kind);
}

/** The expression inside parentheses, `as`, `satisfies`, `!` and `<T>`. */
export function withoutWrappers(typescript: typeof ts, node: ts.Expression): ts.Expression {
  let current = node;
  for (;;) {
    if (typescript.isParenthesizedExpression(current) || typescript.isAsExpression(current) || typescript.isSatisfiesExpression(current)
      || typescript.isTypeAssertionExpression(current) || (typescript.isNonNullExpression(current) && !typescript.isNonNullChain(current))
      || typescript.isExpressionWithTypeArguments(current)) current = current.expression;
    else return current;
  }
}
