/**
 * Names the constituents of a checked type and where each is declared: the reading that all checkers share, so that oracles on different
 * checkers say the same of the same type. How a checker is asked is behind `CheckedTypes`: `checker-oracle.ts` asks TypeScript 5.4 - 6.0
 * in this process, the command line a TypeScript 7 in another.
 *
 * `from` of a name is
 * - `es`: a file that the program treats as a default library, and the global `Buffer`, whatever declares it (so that all oracles agree on it);
 * - `node`: another global type of @types/node, declared outside of an ambient module;
 * - `node:crypto`: a declaration inside `declare module 'crypto'` or `declare module 'node:crypto'`, of any package;
 * - a package name: the file's last `node_modules/` segment, `@types/x` counting as `x`;
 * - otherwise the absolute path of the file, with `/`.
 */
import type { TypeFact, TypeName } from '../ir/type-fact.js';
import { anyFact, mergeFacts, named, nullFact, primitive } from './type-facts.js';

/** What a checker says of its types and symbols; both are compared by identity. The numbers of the flags are the checker's own. */
export interface CheckedTypes<Type extends object, Symbol extends object> {
  readonly flags: TypeFlagNumbers;
  flagsOf(type: Type): number;
  /** Of a union or an intersection; null for other types. */
  constituentsOf(type: Type): { readonly kind: 'union' | 'intersection'; readonly types: readonly Type[] } | null;
  /** What a type that is not known yet (a parameter, an indexed access, a conditional type) must be at least. */
  constraintOf(type: Type): Type | undefined;
  symbolOf(type: Type): Symbol | undefined;
  aliasOf(type: Type): Symbol | undefined;
  isArrayOrTuple(type: Type): boolean;
  /** A class or interface itself, its parameters not filled in. */
  isClassOrInterface(type: Type): boolean;
  isReference(type: Type): boolean;
  /** Of a reference; without the `this` type that checkers append. */
  argumentsOf(type: Type): readonly Type[];
  isCallable(type: Type): boolean;
  isConstructable(type: Type): boolean;
  nameOf(symbol: Symbol): string;
  kindOf(symbol: Symbol): 'class or interface' | 'literal' | 'other';
  /** The name that a declaration behind `export default` has. */
  declaredNameOf(symbol: Symbol): string | undefined;
  /** Null when it has no declaration. */
  originOf(symbol: Symbol): DeclarationOrigin | null;
}

export interface TypeFlagNumbers {
  readonly Any: number;
  readonly Unknown: number;
  readonly Undefined: number;
  readonly Null: number;
  readonly Void: number;
  readonly Never: number;
  readonly Boolean: number;
  readonly BooleanLiteral: number;
  readonly StringLike: number;
  readonly NumberLike: number;
  readonly BooleanLike: number;
  readonly BigIntLike: number;
  readonly ESSymbolLike: number;
  readonly NonPrimitive: number;
  readonly TypeParameter: number;
  readonly IndexedAccess: number;
  readonly Conditional: number;
  readonly Substitution: number;
}

export interface DeclarationOrigin {
  /** Whether any of the declarations is in a file that the program treats as a default library. */
  readonly isDefaultLibrary: boolean;
  /** Absolute path of the first declaration. */
  readonly file: string;
  /** The ambient module with a quoted name around the first declaration, unless a `global` block is nearer. */
  readonly ambientModule: string | null;
}

/** Reads types into facts; remembers what it read, by type and by symbol. */
export function createTypeReader<Type extends object, Symbol extends object>(types: CheckedTypes<Type, Symbol>): (type: Type) => TypeFact {
  const reader: Reader<Type, Symbol> = { types, facts: new Map(), origins: new Map() };
  return (type) => factOf(reader, type, 0);
}

interface Reader<Type extends object, Symbol extends object> {
  readonly types: CheckedTypes<Type, Symbol>;
  readonly facts: Map<Type, TypeFact>;
  /** Where a symbol is declared, by symbol. */
  readonly origins: Map<Symbol, string>;
}

function factOf<Type extends object, Symbol extends object>(reader: Reader<Type, Symbol>, type: Type, depth: number): TypeFact {
  const known = reader.facts.get(type);
  if (known !== undefined) return known;
  // Recursive types end as unknown.
  const fact = depth > 12 ? anyFact() : readFact(reader, type, depth);
  reader.facts.set(type, fact);
  return fact;
}

function readFact<Type extends object, Symbol extends object>(reader: Reader<Type, Symbol>, type: Type, depth: number): TypeFact {
  const { types } = reader;
  const { flags } = types;
  const own = types.flagsOf(type);
  const has = (asked: number): boolean => (own & asked) !== 0;
  if (has(flags.Any | flags.Unknown)) return anyFact();
  if (has(flags.Undefined | flags.Null | flags.Void)) return nullFact();
  if (has(flags.Never)) return { any: false, nullable: false, names: [] };
  const constituents = has(flags.Boolean) ? null : types.constituentsOf(type);
  if (constituents?.kind === 'union') return mergeFacts(constituents.types.map((part) => factOf(reader, part, depth + 1))) ?? anyFact();
  if (has(flags.StringLike)) return primitive('string');
  if (has(flags.NumberLike)) return primitive('number');
  if (has(flags.BooleanLike)) return primitive('boolean');
  if (has(flags.BigIntLike)) return primitive('bigint');
  if (has(flags.ESSymbolLike)) return primitive('symbol');
  if (has(flags.NonPrimitive)) return primitive('object');
  if (has(flags.TypeParameter | flags.IndexedAccess | flags.Conditional | flags.Substitution)) {
    const constraint = types.constraintOf(type);
    return constraint === undefined || constraint === type ? anyFact() : factOf(reader, constraint, depth + 1);
  }
  if (constituents !== null) return intersectionFact(constituents.types.map((part) => factOf(reader, part, depth + 1)));
  return objectFact(reader, type);
}

/** A value of `A & B` has all members of both; the named parts say what it is, brands and shapes say nothing more. */
function intersectionFact(parts: readonly TypeFact[]): TypeFact {
  const telling = parts.find((part) => !part.any && part.names.some((name) => name.name !== 'object' && name.from !== 'primitive'))
    ?? parts.find((part) => !part.any && part.names.some((name) => name.name !== 'object'));
  return telling ?? primitive('object');
}

function objectFact<Type extends object, Symbol extends object>(reader: Reader<Type, Symbol>, type: Type): TypeFact {
  const { types } = reader;
  if (types.isArrayOrTuple(type)) return { any: false, nullable: false, names: [withArguments(reader, type, { name: 'Array', from: 'es' })] };
  const symbol = types.symbolOf(type) ?? types.aliasOf(type);
  // The class object itself (`typeof Session`) is a function, not an instance.
  const isInstance = symbol !== undefined && types.kindOf(symbol) === 'class or interface' && types.isClassOrInterface(type) || types.isReference(type);
  if (!isInstance) {
    if (types.isCallable(type) || types.isConstructable(type)) return primitive('function');
    return symbol === undefined || isAnonymous(types, symbol) ? primitive('object') : named(types.nameOf(symbol), originOf(reader, symbol));
  }
  if (symbol === undefined) return primitive('object');
  const name = types.nameOf(symbol);
  return { any: false, nullable: false, names: [withArguments(reader, type, { name: name === 'default' ? types.declaredNameOf(symbol) ?? name : name, from: originOf(reader, symbol) })] };
}

function isAnonymous<Type extends object, Symbol extends object>(types: CheckedTypes<Type, Symbol>, symbol: Symbol): boolean {
  return types.kindOf(symbol) === 'literal' || types.nameOf(symbol) === '__type' || types.nameOf(symbol) === '__object';
}

function withArguments<Type extends object, Symbol extends object>({ types }: Reader<Type, Symbol>, type: Type, name: TypeName): TypeName {
  const list = types.isReference(type) ? types.argumentsOf(type) : [];
  return list.length === 0 ? name : { ...name, arguments: list.map((argument) => argumentName(types, argument)) };
}

function argumentName<Type extends object, Symbol extends object>(types: CheckedTypes<Type, Symbol>, type: Type): string {
  const { flags } = types;
  const own = types.flagsOf(type);
  if ((own & flags.StringLike) !== 0) return 'string';
  if ((own & flags.NumberLike) !== 0) return 'number';
  if ((own & (flags.Boolean | flags.BooleanLiteral)) !== 0) return 'boolean';
  if ((own & flags.BigIntLike) !== 0) return 'bigint';
  const symbol = types.aliasOf(type) ?? types.symbolOf(type);
  const name = symbol === undefined ? '__type' : types.nameOf(symbol);
  return name.startsWith('__') ? 'unknown' : name;
}

function originOf<Type extends object, Symbol extends object>(reader: Reader<Type, Symbol>, symbol: Symbol): string {
  const known = reader.origins.get(symbol);
  if (known !== undefined) return known;
  const origin = originName(reader.types.nameOf(symbol), reader.types.originOf(symbol));
  reader.origins.set(symbol, origin);
  return origin;
}

function originName(name: string, origin: DeclarationOrigin | null): string {
  if (origin === null || origin.isDefaultLibrary) return 'es';
  const file = origin.file.replaceAll('\\', '/');
  if (origin.ambientModule !== null) return ambientModule(origin.ambientModule, file);
  const packageName = packageOf(file);
  if (packageName !== 'node') return packageName ?? file;
  return name === 'Buffer' ? 'es' : 'node';
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
