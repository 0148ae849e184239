/** The oracle on a TypeScript checker in this process (5.4 - 6.0): how it is asked. What its types say is read by `type-reader.ts`. */
import type ts from 'typescript';
import type { TypeFact } from '../ir/type-fact.js';
import type { TypeOracle } from './oracle.js';
import { createTypeReader, type CheckedTypes, type DeclarationOrigin } from './type-reader.js';

export function checkerOracle(typescript: typeof ts, program: ts.Program): TypeOracle {
  const checker = program.getTypeChecker();
  const read = createTypeReader(checkedTypes(typescript, program, checker));
  return {
    name: 'checker',
    answer(_sourceFile, questions) {
      const answers = new Map<ts.Node, TypeFact | null>();
      return questions.map(({ node }) => {
        const known = answers.get(node);
        if (known !== undefined) return known;
        const answer = answerFor(checker, read, node);
        answers.set(node, answer);
        return answer;
      });
    },
  };
}

/** The checker can throw on trees that it did not bind, or on its own bugs; then nothing is known. */
function answerFor(checker: ts.TypeChecker, read: (type: ts.Type) => TypeFact, node: ts.Node): TypeFact | null {
  try {
    return read(checker.getTypeAtLocation(node));
  } catch {
    return null;
  }
}

function checkedTypes(typescript: typeof ts, program: ts.Program, checker: ts.TypeChecker): CheckedTypes<ts.Type, ts.Symbol> {
  const { ObjectFlags, SymbolFlags, TypeFlags } = typescript;
  const isReference = (type: ts.Type): type is ts.TypeReference => (type.flags & TypeFlags.Object) !== 0 && ((type as ts.ObjectType).objectFlags & ObjectFlags.Reference) !== 0;
  return {
    flags: TypeFlags,
    flagsOf: (type) => type.flags,
    constituentsOf(type) {
      if (type.isUnion()) return { kind: 'union', types: type.types };
      return type.isIntersection() ? { kind: 'intersection', types: type.types } : null;
    },
    constraintOf: (type) => checker.getBaseConstraintOfType(type),
    symbolOf: (type) => type.getSymbol(),
    aliasOf: (type) => type.aliasSymbol,
    isArrayOrTuple: (type) => checker.isArrayType(type) || checker.isTupleType(type),
    isClassOrInterface: (type) => type.isClassOrInterface(),
    isReference,
    argumentsOf(type) {
      if (!isReference(type)) return [];
      // The checker appends the `this` type of classes; only written parameters count.
      return checker.getTypeArguments(type).slice(0, type.target.typeParameters?.length ?? 0);
    },
    isCallable: (type) => type.getCallSignatures().length > 0,
    isConstructable: (type) => type.getConstructSignatures().length > 0,
    nameOf: (symbol) => symbol.name,
    kindOf(symbol) {
      if ((symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface)) !== 0) return 'class or interface';
      return (symbol.flags & (SymbolFlags.TypeLiteral | SymbolFlags.ObjectLiteral)) !== 0 ? 'literal' : 'other';
    },
    declaredNameOf: (symbol) => (symbol.declarations?.[0] as { readonly name?: { readonly text?: string } } | undefined)?.name?.text,
    originOf: (symbol) => originOf(typescript, program, symbol.declarations ?? []),
  };
}

function originOf(typescript: typeof ts, program: ts.Program, declarations: readonly ts.Declaration[]): DeclarationOrigin | null {
  const [declaration] = declarations;
  if (declaration === undefined) return null;
  return {
    isDefaultLibrary: declarations.some((candidate) => program.isSourceFileDefaultLibrary(candidate.getSourceFile())),
    file: declaration.getSourceFile().fileName,
    ambientModule: ambientModuleAround(typescript, declaration),
  };
}

function ambientModuleAround(typescript: typeof ts, declaration: ts.Declaration): string | null {
  for (let current: ts.Node | undefined = declaration; current !== undefined; current = current.parent as ts.Node | undefined) {
    if (!typescript.isModuleDeclaration(current)) continue;
    // @types/node declares its globals inside `declare module 'buffer' { global { … } }`.
    const isGlobalBlock = typescript.isIdentifier(current.name) && current.name.text === 'global';
    if (isGlobalBlock) return null;
    if (typescript.isStringLiteral(current.name)) return current.name.text;
  }
  return null;
}
