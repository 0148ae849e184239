// Owns how a file names the KDF: the import that binds `hkdf`, and the names under which `extract` and `expand` of the same module can be called.
// Where the names are used is left to `derivation-group.ts`.
import type { ASTPath, CallExpression, Collection, Identifier, ImportDeclaration, JSCodeshift } from 'jscodeshift';

/** `hkdf` or `kdf.hkdf`, with the import that binds it. */
export interface KdfBinding {
  readonly declaration: ImportDeclaration;
  /** The local name: of `hkdf` itself, or of the namespace that holds it. */
  readonly local: string;
  readonly kind: 'named' | 'namespace';
}

const kdfModule = /^@noble\/hashes\/hkdf(?:\.js)?$/;

/** The binding that a call's callee uses; null when it is no imported `hkdf` of noble. */
export function kdfBindingOf(j: JSCodeshift, root: Collection, { callee }: CallExpression): KdfBinding | null {
  const isMember = callee.type === 'MemberExpression' && callee.computed !== true && callee.object.type === 'Identifier'
    && callee.property.type === 'Identifier' && callee.property.name === 'hkdf';
  const local = callee.type === 'Identifier' ? callee.name : isMember ? (callee.object as Identifier).name : null;
  if (local === null) return null;
  for (const declaration of kdfImports(j, root)) {
    for (const specifier of declaration.specifiers ?? []) {
      const isNamed = specifier.type === 'ImportSpecifier' && specifier.imported.name === 'hkdf' && !isMember && !isTypeOnly(specifier);
      const isNamespace = specifier.type === 'ImportNamespaceSpecifier' && isMember;
      if ((isNamed || isNamespace) && localName(specifier) === local) return { declaration, local, kind: isNamed ? 'named' : 'namespace' };
    }
  }
  return null;
}

/** Makes `extract` or `expand` callable by what it returns, adding an import beside `hkdf` where there is none yet. */
export function kdfFunction(j: JSCodeshift, root: Collection, binding: KdfBinding, name: 'extract' | 'expand'): () => CallExpression['callee'] {
  if (binding.kind === 'namespace') return () => j.memberExpression(j.identifier(binding.local), j.identifier(name));
  const local = importedLocalName(j, root, binding, name);
  return () => j.identifier(local);
}

/** Removes imports of `hkdf` that nothing uses any more, which strict compilers refuse. */
export function removeUnusedKdfImports(j: JSCodeshift, root: Collection): void {
  for (const declaration of kdfImports(j, root)) {
    declaration.specifiers = declaration.specifiers?.filter((specifier) => {
      const isKdf = specifier.type === 'ImportSpecifier' && specifier.imported.name === 'hkdf';
      return !isKdf || referencesOf(j, root, localName(specifier)).length > 0;
    });
  }
}

/** Every identifier of this name that stands for a value or declares one; imports, property names and keys do not. */
export function referencesOf(j: JSCodeshift, scope: Collection, name: string): ASTPath<Identifier>[] {
  return scope.find(j.Identifier, { name }).paths().filter(isReference);
}

/** Names that something else than an import declares anywhere in the file: what could hide an import. */
export function isDeclaredAgain(j: JSCodeshift, root: Collection, name: string): boolean {
  return referencesOf(j, root, name).some((path) => {
    const declaring = enclosingPattern(path);
    const parent = declaring.parent as ASTPath | null;
    if (parent === null) return false;
    const { node } = parent;
    switch (node.type) {
      case 'VariableDeclarator':
      case 'FunctionDeclaration':
      case 'FunctionExpression':
      case 'ClassDeclaration':
      case 'ClassExpression':
      case 'TSEnumDeclaration':
      case 'TSModuleDeclaration':
        return node.id === declaring.node || isParameter(node, declaring.node);
      case 'CatchClause':
        return node.param === declaring.node;
      default:
        return isParameter(node, declaring.node);
    }
  });
}

/** A name that the scope does not use in any position: the first wish that can be. */
export function freshName(j: JSCodeshift, scope: Collection, wishes: readonly string[]): string {
  const isFree = (name: string): boolean => scope.find(j.Identifier, { name }).paths().every((path) => isPropertyName(path));
  const last = wishes.at(-1) ?? 'value';
  for (const wish of wishes) if (isFree(wish)) return wish;
  for (let ordinal = 2; ; ordinal++) if (isFree(`${last}${ordinal}`)) return `${last}${ordinal}`;
}

function importedLocalName(j: JSCodeshift, root: Collection, binding: KdfBinding, name: 'extract' | 'expand'): string {
  for (const declaration of kdfImports(j, root)) {
    for (const specifier of declaration.specifiers ?? []) {
      const isImported = specifier.type === 'ImportSpecifier' && specifier.imported.name === name && !isTypeOnly(specifier);
      const local = localName(specifier);
      if (isImported && !isDeclaredAgain(j, root, local)) return local;
    }
  }
  const local = freshName(j, root, [name, `hkdf${name[0]!.toUpperCase()}${name.slice(1)}`]);
  binding.declaration.specifiers ??= [];
  binding.declaration.specifiers.push(local === name ? j.importSpecifier(j.identifier(name)) : j.importSpecifier(j.identifier(name), j.identifier(local)));
  return local;
}

function kdfImports(j: JSCodeshift, root: Collection): ImportDeclaration[] {
  return root.find(j.ImportDeclaration).nodes().filter(({ source, importKind }) => importKind !== 'type' && typeof source.value === 'string' && kdfModule.test(source.value));
}

type Specifier = NonNullable<ImportDeclaration['specifiers']>[number];

function localName(specifier: Specifier): string {
  const { local } = specifier;
  const named = local ?? (specifier.type === 'ImportSpecifier' ? specifier.imported : null);
  // The tree's types also allow names that are nodes; its parsers make none.
  return typeof named?.name === 'string' ? named.name : '';
}

/** `import { type X }`; the parser sets a field that the tree's types do not have. */
function isTypeOnly(specifier: object): boolean {
  return 'importKind' in specifier && specifier.importKind === 'type';
}

/** The outermost pattern around a name: of `{ a: [x = 1] }`, the object pattern. */
function enclosingPattern(path: ASTPath): ASTPath {
  let current = path;
  for (;;) {
    const parent = current.parent as ASTPath | null;
    if (parent === null) return current;
    const { node } = parent;
    const isPattern = /Pattern$|^RestElement$|^TSParameterProperty$/.test(node.type);
    const isDefault = node.type === 'AssignmentPattern' && node.right === current.node;
    const isMemberOfPattern = /^(?:ObjectProperty|Property)$/.test(node.type) && /Pattern$/.test((parent.parent as ASTPath | null)?.node.type ?? '');
    if ((!isPattern && !isMemberOfPattern) || isDefault) return current;
    current = parent;
  }
}

function isParameter(node: object, parameter: unknown): boolean {
  return 'params' in node && Array.isArray(node.params) && node.params.includes(parameter);
}

function isReference(path: ASTPath<Identifier>): boolean {
  const parentType = (path.parent as ASTPath | null)?.node.type ?? '';
  return !isPropertyName(path) && !/^Import(?:Default|Namespace)?Specifier$/.test(parentType);
}

function isPropertyName(path: ASTPath<Identifier>): boolean {
  const parent = (path.parent as ASTPath | null)?.node;
  if (parent === undefined || ('computed' in parent && parent.computed === true)) return false;
  if (parent.type === 'MemberExpression' || parent.type === 'OptionalMemberExpression') return parent.property === path.node;
  return 'key' in parent && parent.key === path.node && !('value' in parent && parent.value === path.node);
}
