/**
 * The oracle on a native checker (TypeScript 7), which runs in a process of its own. Trees stay those of this process: a question finds its
 * node in the other's tree by its range and kind. The questions of a file go in one request; what a type says is asked once per type.
 */
import { createTypeReader, type CheckedTypes, type DeclarationOrigin, type TypeOracle } from '@scrimp/analysis';
import { dirname, join } from 'node:path';
import type { Node, SourceFile } from 'typescript-7/unstable/ast';
import type { Project, Symbol, Type } from 'typescript-7/unstable/sync';
import { ts } from '../typescript.js';
import type { ProjectGroup } from '../project/project-plan.js';
import { nativeConfig } from './native-options.js';
import type { NativeTypescript } from './native-typescript.js';

export interface NativeChecker {
  /** Loads the files of the group there. Throws when the other process does not take them. */
  oracleOf(group: Pick<ProjectGroup, 'configFile' | 'options' | 'files' | 'declarationFiles'>): TypeOracle;
  /** Questions that ended in an error there, which count as not known. */
  failures(): number;
  /** Ends the process. */
  close(): void;
}

/** Starts the process. `folder` is the working directory. */
export function openNativeChecker(native: NativeTypescript, folder: string): NativeChecker {
  const configs = new Map<string, string>();
  // Only configs are made up; all else is read from the disk.
  const api = new native.sync.API({ cwd: folder, fs: { readFile: (path) => configs.get(path) } });
  let failures = 0;
  return {
    oracleOf(group) {
      const config = join(group.configFile === null ? folder : dirname(group.configFile), `.scrimp-native-${String(configs.size)}.json`).replaceAll('\\', '/');
      configs.set(config, nativeConfig(group.options, [...group.files, ...group.declarationFiles]));
      const project = api.updateSnapshot({ openProjects: [config] }).getProject(config);
      if (project === undefined) throw new Error(`TypeScript ${native.version} did not open ${config}`);
      return nativeOracle(native, project, () => { failures += 1; });
    },
    failures: () => failures,
    close: () => { api.close(); },
  };
}

function nativeOracle(native: NativeTypescript, project: Project, onFailure: () => void): TypeOracle {
  const { checker } = project;
  const read = createTypeReader(checkedTypes(native, project));
  const kinds = kindsOf(native);
  const trees = new Map<string, SourceFile | undefined>();

  function attempt<Result>(ask: () => Result): Result | null {
    try {
      return ask();
    } catch {
      onFailure();
      return null;
    }
  }

  return {
    name: 'native',
    answer({ fileName, end }, questions) {
      if (!trees.has(fileName)) trees.set(fileName, attempt(() => project.program.getSourceFile(fileName)) ?? undefined);
      const tree = trees.get(fileName);
      // A file that changed between the two reads has other nodes.
      if (tree === undefined || tree.end !== end) return questions.map(() => null);
      const nodes = questions.map(({ node }) => nodeAt(tree, node.pos, node.end, kinds.get(node.kind)));
      const found = nodes.filter((node) => node !== undefined);
      if (found.length === 0) return questions.map(() => null);
      const types = attempt(() => checker.getTypeAtLocation(found)) ?? found.map((node) => attempt(() => checker.getTypeAtLocation(node)) ?? undefined);
      const byNode = new Map(found.map((node, index) => [node, types[index]]));
      return nodes.map((node) => {
        const type = node === undefined ? undefined : byNode.get(node);
        return type === undefined ? null : attempt(() => read(type));
      });
    },
  };
}

/** The node with this range and kind, or undefined. */
function nodeAt(tree: Node, start: number, end: number, kind: number | undefined): Node | undefined {
  let current: Node | undefined = tree;
  while (current !== undefined) {
    if (current.pos === start && current.end === end && (current.kind as number) === kind) return current;
    current = current.forEachChild((child) => (child.pos <= start && end <= child.end ? child : undefined));
  }
  return undefined;
}

/** Their numbers by ours, through the names. A name comes before its aliases, such as `FirstStatement`. */
function kindsOf({ syntaxKind }: NativeTypescript): ReadonlyMap<number, number> {
  const theirs = new Map(Object.entries(syntaxKind));
  const kinds = new Map<number, number>();
  for (const [name, ours] of Object.entries(ts.SyntaxKind)) {
    const number = theirs.get(name);
    if (typeof ours === 'number' && typeof number === 'number' && !kinds.has(ours)) kinds.set(ours, number);
  }
  return kinds;
}

function checkedTypes({ sync, syntaxKind }: NativeTypescript, project: Project): CheckedTypes<Type, Symbol> {
  const { checker, program } = project;
  const { SignatureKind, SymbolFlags, TypeFlags } = sync;
  function isArrayOrTuple(type: Type): boolean {
    if (!type.isTypeReference()) return false;
    return type.getTarget().isTupleType() || checker.isArrayType(type);
  }

  function originOf(symbol: Symbol): DeclarationOrigin | null {
    const [declaration] = symbol.declarations;
    if (declaration === undefined) return null;
    const isDefaultLibrary = symbol.declarations.some(({ path }) => program.getSourceFileMetadataByPath(path)?.isDefaultLibrary === true);
    const node = isDefaultLibrary ? undefined : declaration.resolve(project);
    return { isDefaultLibrary, file: node?.getSourceFile().fileName ?? declaration.path, ambientModule: ambientModuleAround(syntaxKind, node) };
  }

  return {
    flags: TypeFlags,
    flagsOf: (type) => type.flags,
    constituentsOf(type) {
      if (type.isUnionType()) return { kind: 'union', types: type.getTypes() };
      return type.isIntersectionType() ? { kind: 'intersection', types: type.getTypes() } : null;
    },
    constraintOf: (type) => checker.getBaseConstraintOfType(type),
    symbolOf: (type) => type.getSymbol(),
    aliasOf: (type) => type.getAliasSymbol(),
    isArrayOrTuple,
    isClassOrInterface: (type) => type.isClassOrInterface(),
    isReference: (type) => type.isTypeReference(),
    argumentsOf(type) {
      if (!type.isTypeReference()) return [];
      const count = parameterCount(type.getTarget());
      return count === 0 ? [] : checker.getTypeArguments(type).slice(0, count);
    },
    isCallable: (type) => checker.getSignaturesOfType(type, SignatureKind.Call).length > 0,
    isConstructable: (type) => checker.getSignaturesOfType(type, SignatureKind.Construct).length > 0,
    // Names of the compiler's own begin with a byte that no text has; elsewhere they begin with two underscores.
    nameOf: (symbol) => symbol.name.replace(/^(?:\u00fe|\ufffd|\udcfe)/u, '__'),
    kindOf(symbol) {
      if ((symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface)) !== 0) return 'class or interface';
      return (symbol.flags & (SymbolFlags.TypeLiteral | SymbolFlags.ObjectLiteral)) !== 0 ? 'literal' : 'other';
    },
    declaredNameOf: (symbol) => textOfName(symbol.declarations[0]?.resolve(project)),
    originOf,
  };
}

/** A tuple has one for each element, which are not told by themselves. */
function parameterCount(target: Type): number {
  if (target.isTupleType()) return target.elementFlags.length;
  return target.isClassOrInterface() ? target.getTypeParameters().length : 0;
}

function ambientModuleAround(syntaxKind: NativeTypescript['syntaxKind'], declaration: Node | undefined): string | null {
  for (let current = declaration; current !== undefined; current = current.parent as Node | undefined) {
    if (current.kind !== syntaxKind.ModuleDeclaration) continue;
    const name = nameNode(current);
    if (name === undefined) continue;
    const text = textOfName(current) ?? '';
    if (name.kind === syntaxKind.Identifier && text === 'global') return null;
    if (name.kind === syntaxKind.StringLiteral) return text;
  }
  return null;
}

function nameNode(node: Node): Node | undefined {
  return (node as { readonly name?: Node }).name;
}

function textOfName(declaration: Node | undefined): string | undefined {
  const name = declaration === undefined ? undefined : nameNode(declaration);
  return (name as { readonly text?: string } | undefined)?.text;
}
