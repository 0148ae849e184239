/**
 * The oracle on a TypeScript checker (5.4 - 6.0): names the constituents of a type and where each is declared.
 *
 * `from` of a name is
 * - `es`: a file that the program treats as a default library, and the global `Buffer`, whatever declares it (so that all oracles agree on it);
 * - `node`: another global type of @types/node, declared outside of an ambient module;
 * - `node:crypto`: a declaration inside `declare module 'crypto'` or `declare module 'node:crypto'`, of any package;
 * - a package name: the file's last `node_modules/` segment, `@types/x` counting as `x`;
 * - otherwise the absolute path of the file, with `/`.
 */
import type ts from 'typescript';
import type { TypeFact, TypeName } from '../ir/type-fact.js';
import type { TypeOracle } from './oracle.js';
import { anyFact, mergeFacts, named, nullFact, primitive } from './type-facts.js';

export function checkerOracle(typescript: typeof ts, program: ts.Program): TypeOracle {
  const checker = program.getTypeChecker();
  const reader: Reader = { typescript, program, checker, facts: new Map(), origins: new Map() };
  return {
    name: 'checker',
    answer(_sourceFile, questions) {
      const answers = new Map<ts.Node, TypeFact | null>();
      return questions.map(({ node }) => {
        const known = answers.get(node);
        if (known !== undefined) return known;
        const answer = answerFor(reader, node);
        answers.set(node, answer);
        return answer;
      });
    },
  };
}

interface Reader {
  readonly typescript: typeof ts;
  readonly program: ts.Program;
  readonly checker: ts.TypeChecker;
  readonly facts: Map<ts.Type, TypeFact>;
  /** Where a symbol is declared, by symbol. */
  readonly origins: Map<ts.Symbol, string>;
}

/** The checker can throw on trees that it did not bind, or on its own bugs; then nothing is known. */
function answerFor(reader: Reader, node: ts.Node): TypeFact | null {
  try {
    return factOf(reader, reader.checker.getTypeAtLocation(node), 0);
  } catch {
    return null;
  }
}

function factOf(reader: Reader, type: ts.Type, depth: number): TypeFact {
  const known = reader.facts.get(type);
  if (known !== undefined) return known;
  // Recursive types end as unknown.
  const fact = depth > 12 ? anyFact() : readFact(reader, type, depth);
  reader.facts.set(type, fact);
  return fact;
}

function readFact(reader: Reader, type: ts.Type, depth: number): TypeFact {
  const { checker } = reader;
  const { TypeFlags } = reader.typescript;
  const has = (flags: number): boolean => (type.flags & flags) !== 0;
  if (has(TypeFlags.Any | TypeFlags.Unknown)) return anyFact();
  if (has(TypeFlags.Undefined | TypeFlags.Null | TypeFlags.Void)) return nullFact();
  if (has(TypeFlags.Never)) return { any: false, nullable: false, names: [] };
  if (type.isUnion() && !has(TypeFlags.Boolean)) return mergeFacts(type.types.map((part) => factOf(reader, part, depth + 1))) ?? anyFact();
  if (has(TypeFlags.StringLike)) return primitive('string');
  if (has(TypeFlags.NumberLike)) return primitive('number');
  if (has(TypeFlags.BooleanLike)) return primitive('boolean');
  if (has(TypeFlags.BigIntLike)) return primitive('bigint');
  if (has(TypeFlags.ESSymbolLike)) return primitive('symbol');
  if (has(TypeFlags.NonPrimitive)) return primitive('object');
  if (has(TypeFlags.TypeParameter | TypeFlags.IndexedAccess | TypeFlags.Conditional | TypeFlags.Substitution)) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint === undefined || constraint === type ? anyFact() : factOf(reader, constraint, depth + 1);
  }
  if (type.isIntersection()) return intersectionFact(reader, type, depth);
  return objectFact(reader, type);
}

/** A value of `A & B` has all members of both; the named parts say what it is, brands and shapes say nothing more. */
function intersectionFact(reader: Reader, type: ts.IntersectionType, depth: number): TypeFact {
  const parts = type.types.map((part) => factOf(reader, part, depth + 1));
  const telling = parts.find((part) => !part.any && part.names.some((name) => name.name !== 'object' && name.from !== 'primitive'))
    ?? parts.find((part) => !part.any && part.names.some((name) => name.name !== 'object'));
  return telling ?? primitive('object');
}

function objectFact(reader: Reader, type: ts.Type): TypeFact {
  const { checker, typescript } = reader;
  const symbol = type.getSymbol() ?? type.aliasSymbol;
  if (checker.isArrayType(type) || checker.isTupleType(type)) {
    return { any: false, nullable: false, names: [withArguments(reader, type, { name: 'Array', from: 'es' })] };
  }
  const isAnonymous = symbol === undefined || (symbol.flags & (typescript.SymbolFlags.TypeLiteral | typescript.SymbolFlags.ObjectLiteral)) !== 0 || symbol.name === '__type' || symbol.name === '__object';
  const isCallable = (): boolean => type.getCallSignatures().length > 0;
  const isClassOrInterface = symbol !== undefined && (symbol.flags & (typescript.SymbolFlags.Class | typescript.SymbolFlags.Interface)) !== 0;
  // The class object itself (`typeof Session`) is a function, not an instance.
  const isInstance = isClassOrInterface && type.isClassOrInterface() || isReference(reader, type);
  if (!isInstance) {
    if (isCallable() || type.getConstructSignatures().length > 0) return primitive('function');
    return isAnonymous ? primitive('object') : named(symbol.name, originOf(reader, symbol));
  }
  if (symbol === undefined) return primitive('object');
  return { any: false, nullable: false, names: [withArguments(reader, type, { name: symbol.name === 'default' ? defaultName(symbol) : symbol.name, from: originOf(reader, symbol) })] };
}

function isReference(reader: Reader, type: ts.Type): boolean {
  const { typescript } = reader;
  const isObject = (type.flags & typescript.TypeFlags.Object) !== 0;
  return isObject && ((type as ts.ObjectType).objectFlags & typescript.ObjectFlags.Reference) !== 0;
}

function defaultName(symbol: ts.Symbol): string {
  const declaration = symbol.declarations?.[0] as { readonly name?: { readonly text?: string } } | undefined;
  return declaration?.name?.text ?? 'default';
}

function withArguments(reader: Reader, type: ts.Type, name: TypeName): TypeName {
  if (!isReference(reader, type)) return name;
  const list = reader.checker.getTypeArguments(type as ts.TypeReference);
  // The checker appends the `this` type of classes; only written parameters count.
  const { target } = type as ts.TypeReference;
  const count = target.typeParameters?.length ?? 0;
  if (count === 0) return name;
  return { ...name, arguments: list.slice(0, count).map((argument) => argumentName(reader, argument)) };
}

function argumentName(reader: Reader, type: ts.Type): string {
  const { TypeFlags } = reader.typescript;
  if ((type.flags & TypeFlags.StringLike) !== 0) return 'string';
  if ((type.flags & TypeFlags.NumberLike) !== 0) return 'number';
  if ((type.flags & (TypeFlags.Boolean | TypeFlags.BooleanLiteral)) !== 0) return 'boolean';
  if ((type.flags & TypeFlags.BigIntLike) !== 0) return 'bigint';
  const name = type.aliasSymbol?.name ?? type.getSymbol()?.name;
  return name === undefined || name.startsWith('__') ? 'unknown' : name;
}

function originOf(reader: Reader, symbol: ts.Symbol): string {
  const known = reader.origins.get(symbol);
  if (known !== undefined) return known;
  const origin = readOrigin(reader, symbol);
  reader.origins.set(symbol, origin);
  return origin;
}

function readOrigin(reader: Reader, symbol: ts.Symbol): string {
  const { program, typescript } = reader;
  const declarations = symbol.declarations ?? [];
  const isDefaultLibrary = declarations.some((declaration) => program.isSourceFileDefaultLibrary(declaration.getSourceFile()));
  if (isDefaultLibrary || declarations.length === 0) return 'es';
  const [declaration] = declarations;
  if (declaration === undefined) return 'es';
  const file = declaration.getSourceFile().fileName.replaceAll('\\', '/');
  for (let current: ts.Node | undefined = declaration; current !== undefined; current = current.parent as ts.Node | undefined) {
    if (!typescript.isModuleDeclaration(current)) continue;
    // @types/node declares its globals inside `declare module 'buffer' { global { … } }`.
    const isGlobalBlock = typescript.isIdentifier(current.name) && current.name.text === 'global';
    if (isGlobalBlock) break;
    if (typescript.isStringLiteral(current.name)) return ambientModule(current.name.text, file);
  }
  const packageName = packageOf(file);
  if (packageName !== 'node') return packageName ?? file;
  return symbol.name === 'Buffer' ? 'es' : 'node';
}

/** `declare module 'crypto'` of @types/node is `node:crypto`; ambient modules of others keep their names. */
function ambientModule(name: string, file: string): string {
  const isNode = packageOf(file) === 'node';
  return isNode && !name.startsWith('node:') ? `node:${name}` : name;
}

/** The package of a file: the name behind its last `node_modules/`; null outside of packages. */
function packageOf(file: string): string | null {
  const at = file.lastIndexOf('/node_modules/');
  if (at < 0) return null;
  const [first = '', second = ''] = file.slice(at + '/node_modules/'.length).split('/');
  if (first === '@types') return second.includes('__') ? `@${second.replace('__', '/')}` : second;
  return first.startsWith('@') ? `${first}/${second}` : first;
}
