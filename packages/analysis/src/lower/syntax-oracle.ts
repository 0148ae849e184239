/**
 * The oracle without a checker: answers from what is written beside the name, and nothing else.
 * Annotations of parameters, variables and class fields, casts, literals, and `new` of global names tell a type; inference does not take place.
 */
import type ts from 'typescript';
import type { TypeFact } from '../ir/type-fact.js';
import type { TypeOracle } from './oracle.js';
import { isConstList } from './hoisting.js';
import { anyFact, mergeFacts, named, nullFact, primitive } from './type-facts.js';
import { findDeclaration, originOfName, parentsOf, type NameOrigin, type Parents } from './syntax-declarations.js';

export function syntaxOracle(typescript: typeof ts): TypeOracle {
  return {
    name: 'none',
    answer(sourceFile, questions) {
      if (questions.length === 0) return [];
      const reader: Reader = { typescript, sourceFile, parents: parentsOf(typescript, sourceFile) };
      return questions.map(({ node }) => (typescript.isParameter(node) ? declaredFact(reader, node) : expressionFact(reader, node, 0)));
    },
  };
}

interface Reader {
  readonly typescript: typeof ts;
  readonly sourceFile: ts.SourceFile;
  readonly parents: Parents;
}

/** Names that lead to each other (`const a = b; const b = a`) end here. */
const maximumSteps = 8;

function expressionFact(reader: Reader, node: ts.Expression, steps: number): TypeFact | null {
  const { typescript } = reader;
  const { SyntaxKind } = typescript;
  if (steps > maximumSteps) return null;
  if (typescript.isParenthesizedExpression(node)) return expressionFact(reader, node.expression, steps + 1);
  if (typescript.isSatisfiesExpression(node)) return expressionFact(reader, node.expression, steps + 1);
  if (typescript.isNonNullExpression(node)) {
    const fact = expressionFact(reader, node.expression, steps + 1);
    return fact === null ? null : { ...fact, nullable: false };
  }
  if (typescript.isAsExpression(node) || typescript.isTypeAssertionExpression(node)) {
    const isConst = typescript.isTypeReferenceNode(node.type) && typescript.isIdentifier(node.type.typeName) && node.type.typeName.text === 'const';
    return isConst ? expressionFact(reader, node.expression, steps + 1) : typeFact(reader, node.type);
  }
  if (typescript.isStringLiteralLike(node) || typescript.isTemplateExpression(node)) return primitive('string');
  if (typescript.isNumericLiteral(node)) return primitive('number');
  if (typescript.isBigIntLiteral(node)) return primitive('bigint');
  if (node.kind === SyntaxKind.TrueKeyword || node.kind === SyntaxKind.FalseKeyword) return primitive('boolean');
  if (typescript.isFunctionExpression(node) || typescript.isArrowFunction(node)) return primitive('function');
  if (typescript.isRegularExpressionLiteral(node)) return named('RegExp', 'es');
  if (typescript.isArrayLiteralExpression(node)) return named('Array', 'es');
  if (typescript.isNewExpression(node) && typescript.isIdentifier(node.expression)) return newFact(reader, node.expression);
  if (typescript.isIdentifier(node)) return identifierFact(reader, node, steps);
  if (typescript.isPropertyAccessExpression(node) && node.expression.kind === SyntaxKind.ThisKeyword) return fieldFact(reader, node);
  if (typescript.isConditionalExpression(node)) return mergeFacts([expressionFact(reader, node.whenTrue, steps + 1), expressionFact(reader, node.whenFalse, steps + 1)]);
  return null;
}

function newFact(reader: Reader, callee: ts.Identifier): TypeFact | null {
  const origin = originOfName(reader.typescript, reader.parents, callee);
  if (origin === null) return null;
  return origin.kind === 'global' ? named(callee.text, 'es') : named(origin.name, fromOf(reader, origin));
}

function identifierFact(reader: Reader, node: ts.Identifier, steps: number): TypeFact | null {
  const { typescript } = reader;
  if (node.text === 'undefined') return nullFact();
  const declaration = findDeclaration(typescript, reader.parents, node);
  if (declaration === null) return null;
  if (typescript.isParameter(declaration)) return declaredFact(reader, declaration);
  if (!typescript.isVariableDeclaration(declaration)) return null;
  if (declaration.type !== undefined) return typeFact(reader, declaration.type);
  const list = reader.parents.parentOf(declaration);
  const isConst = list !== undefined && typescript.isVariableDeclarationList(list) && isConstList(typescript, list);
  if (!isConst || declaration.initializer === undefined || !typescript.isIdentifier(declaration.name)) return null;
  return expressionFact(reader, declaration.initializer, steps + 1);
}

/** What a parameter's annotation says; an optional one may be undefined inside, one with a default may not. */
function declaredFact(reader: Reader, declaration: ts.ParameterDeclaration): TypeFact | null {
  const { typescript } = reader;
  if (declaration.type !== undefined) {
    const fact = typeFact(reader, declaration.type);
    return fact !== null && declaration.questionToken !== undefined ? { ...fact, nullable: true } : fact;
  }
  if (declaration.dotDotDotToken !== undefined) return named('Array', 'es');
  const isLiteral = declaration.initializer !== undefined && typescript.isLiteralExpression(declaration.initializer);
  // An unannotated default widens to its type in TypeScript only; in JavaScript a caller may pass anything.
  return isLiteral && /\.[cm]?tsx?$/.test(reader.sourceFile.fileName) ? expressionFact(reader, declaration.initializer, 0) : null;
}

/** `this.x` in a class: the annotation of the field or of the parameter property. */
function fieldFact(reader: Reader, node: ts.PropertyAccessExpression): TypeFact | null {
  const { typescript } = reader;
  let current: ts.Node | undefined = node;
  while (current !== undefined && !typescript.isClassLike(current)) {
    const isOwnThis: boolean = (typescript.isFunctionDeclaration(current) || typescript.isFunctionExpression(current)) || (typescript.isObjectLiteralElement(current) && typescript.isMethodDeclaration(current) && isObjectMember(reader, current));
    if (isOwnThis) return null;
    current = reader.parents.parentOf(current);
  }
  if (current === undefined) return null;
  for (const member of current.members) {
    if (typescript.isPropertyDeclaration(member) && nameText(typescript, member.name) === node.name.text) {
      if (member.type !== undefined) {
        const fact = typeFact(reader, member.type);
        return fact !== null && member.questionToken !== undefined ? { ...fact, nullable: true } : fact;
      }
      const isReadonly = member.modifiers?.some((modifier) => modifier.kind === typescript.SyntaxKind.ReadonlyKeyword) === true;
      return isReadonly && member.initializer !== undefined ? expressionFact(reader, member.initializer, 1) : null;
    }
    if (!typescript.isConstructorDeclaration(member)) continue;
    const parameter = member.parameters.find((candidate) => typescript.isIdentifier(candidate.name) && candidate.name.text === node.name.text && (candidate.modifiers?.length ?? 0) > 0);
    if (parameter !== undefined) return declaredFact(reader, parameter);
  }
  return null;
}

function isObjectMember(reader: Reader, node: ts.Node): boolean {
  const parent = reader.parents.parentOf(node);
  return parent !== undefined && reader.typescript.isObjectLiteralExpression(parent);
}

function nameText(typescript: typeof ts, name: ts.PropertyName): string | null {
  return typescript.isIdentifier(name) || typescript.isPrivateIdentifier(name) || typescript.isStringLiteralLike(name) ? name.text : null;
}

/** A written type as a fact. */
function typeFact(reader: Reader, node: ts.TypeNode): TypeFact | null {
  const { typescript } = reader;
  const { SyntaxKind } = typescript;
  switch (node.kind) {
    case SyntaxKind.StringKeyword: case SyntaxKind.TemplateLiteralType: return primitive('string');
    case SyntaxKind.NumberKeyword: return primitive('number');
    case SyntaxKind.BooleanKeyword: case SyntaxKind.TypePredicate: return primitive('boolean');
    case SyntaxKind.BigIntKeyword: return primitive('bigint');
    case SyntaxKind.SymbolKeyword: return primitive('symbol');
    case SyntaxKind.FunctionType: return primitive('function');
    case SyntaxKind.UndefinedKeyword: case SyntaxKind.VoidKeyword: return nullFact();
    case SyntaxKind.AnyKeyword: case SyntaxKind.UnknownKeyword: return anyFact();
    case SyntaxKind.ObjectKeyword: case SyntaxKind.TypeLiteral: return named('object', 'primitive');
    case SyntaxKind.TupleType: return named('Array', 'es');
    default: break;
  }
  if (typescript.isParenthesizedTypeNode(node)) return typeFact(reader, node.type);
  if (typescript.isTypeOperatorNode(node)) return node.operator === SyntaxKind.ReadonlyKeyword ? typeFact(reader, node.type) : null;
  if (typescript.isUnionTypeNode(node)) return mergeFacts(node.types.map((part) => typeFact(reader, part)));
  if (typescript.isArrayTypeNode(node)) return { any: false, nullable: false, names: [{ name: 'Array', from: 'es', arguments: [writtenName(typescript, node.elementType)] }] };
  if (typescript.isLiteralTypeNode(node)) {
    if (node.literal.kind === SyntaxKind.NullKeyword) return nullFact();
    const operand = typescript.isPrefixUnaryExpression(node.literal) ? node.literal.operand : node.literal;
    return expressionFact(reader, operand, 0);
  }
  return typescript.isTypeReferenceNode(node) ? referenceFact(reader, node) : null;
}

function referenceFact(reader: Reader, node: ts.TypeReferenceNode): TypeFact | null {
  const { typescript } = reader;
  const [first] = node.typeArguments ?? [];
  const { typeName } = node;
  const written = node.typeArguments?.map((argument) => writtenName(typescript, argument));
  if (typescript.isQualifiedName(typeName)) {
    const origin = typescript.isIdentifier(typeName.left) ? originOfName(typescript, reader.parents, typeName.left) : null;
    return origin?.kind === 'import' ? withArguments(named(typeName.right.text, origin.from), written) : null;
  }
  const origin = originOfName(typescript, reader.parents, typeName);
  if (origin === null) return null;
  if (origin.kind !== 'global') return withArguments(named(origin.name, fromOf(reader, origin)), written);
  const isTransparent = typeName.text === 'Readonly' || typeName.text === 'Required' || typeName.text === 'NonNullable';
  if (isTransparent && first !== undefined) {
    const inner = typeFact(reader, first);
    return inner !== null && typeName.text === 'NonNullable' ? { ...inner, nullable: false } : inner;
  }
  if (typeName.text === 'ReadonlyArray') return withArguments(named('Array', 'es'), written);
  return withArguments(named(typeName.text, 'es'), written);
}

/** The specifier of an import, or this file for what it declares itself. */
function fromOf(reader: Reader, origin: Exclude<NameOrigin, { kind: 'global' }>): string {
  return origin.kind === 'local' ? reader.sourceFile.fileName.replaceAll('\\', '/') : origin.from;
}

function withArguments(fact: TypeFact, written: readonly string[] | undefined): TypeFact {
  const [name] = fact.names;
  return written === undefined || name === undefined ? fact : { ...fact, names: [{ ...name, arguments: written }] };
}

/** The head of a written type: `Uint8Array` of `Uint8Array<ArrayBuffer>`; `unknown` for what has no name. */
function writtenName(typescript: typeof ts, node: ts.TypeNode): string {
  const { SyntaxKind } = typescript;
  if (typescript.isTypeReferenceNode(node)) return typescript.isIdentifier(node.typeName) ? node.typeName.text : node.typeName.right.text;
  if (typescript.isParenthesizedTypeNode(node)) return writtenName(typescript, node.type);
  if (typescript.isTypeOperatorNode(node)) return writtenName(typescript, node.type);
  if (typescript.isArrayTypeNode(node)) return 'Array';
  switch (node.kind) {
    case SyntaxKind.StringKeyword: return 'string';
    case SyntaxKind.NumberKeyword: return 'number';
    case SyntaxKind.BooleanKeyword: return 'boolean';
    case SyntaxKind.BigIntKeyword: return 'bigint';
    default: return 'unknown';
  }
}
