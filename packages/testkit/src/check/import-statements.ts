// Owns finding what a module imports: declarations, re-exports, dynamic imports, `require` calls and `import()` types, each with its line.
// It uses TypeScript's parser only; where an import leads is the matter of module-resolution.ts.
import ts from 'typescript';
import type { SourceModule } from './source-module.js';

/** One import of a module. */
export interface ImportStatement {
  /** What stands between the quotes. */
  readonly specifier: string;
  /** 1-based line of the specifier. */
  readonly line: number;
  /**
   * `type` leaves no trace at run time; `value` loads the module.
   * `import { type A }` is `value`, because `verbatimModuleSyntax` keeps it as `import {}`.
   */
  readonly kind: 'type' | 'value';
}

/** All imports of a module in the order of their place; imports whose specifier is computed are not listed. */
export function findImportStatements(module: SourceModule): ImportStatement[] {
  const sourceFile = ts.createSourceFile(module.path, module.text, ts.ScriptTarget.Latest, true);
  const found: ImportStatement[] = [];
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node);
    if (specifier !== null) {
      const line = sourceFile.getLineAndCharacterOfPosition(specifier.literal.getStart(sourceFile)).line + 1;
      found.push({ specifier: specifier.literal.text, line, kind: specifier.kind });
    }
    ts.forEachChild(node, visit);
  };
  visit(sourceFile);
  return found;
}

interface FoundSpecifier {
  readonly literal: ts.StringLiteralLike;
  readonly kind: 'type' | 'value';
}

function specifierOf(node: ts.Node): FoundSpecifier | null {
  if (ts.isImportDeclaration(node)) {
    const isTypeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    return fromExpression(node.moduleSpecifier, isTypeOnly ? 'type' : 'value');
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
    return fromExpression(node.moduleSpecifier, node.isTypeOnly ? 'type' : 'value');
  }
  if (ts.isImportEqualsDeclaration(node) && ts.isExternalModuleReference(node.moduleReference)) {
    return fromExpression(node.moduleReference.expression, node.isTypeOnly ? 'type' : 'value');
  }
  if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
    return fromExpression(node.argument.literal, 'type');
  }
  if (ts.isCallExpression(node) && loadsModule(node.expression)) {
    return fromExpression(node.arguments[0], 'value');
  }
  return null;
}

function fromExpression(node: ts.Node | undefined, kind: 'type' | 'value'): FoundSpecifier | null {
  return node !== undefined && ts.isStringLiteralLike(node) ? { literal: node, kind } : null;
}

/** `import(…)`, `require(…)`, `require.resolve(…)` and `import.meta.resolve(…)`. */
function loadsModule(callee: ts.Expression): boolean {
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (ts.isIdentifier(callee)) return callee.text === 'require';
  if (!ts.isPropertyAccessExpression(callee) || callee.name.text !== 'resolve') return false;
  return ts.isMetaProperty(callee.expression) || (ts.isIdentifier(callee.expression) && callee.expression.text === 'require');
}
