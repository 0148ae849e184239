/**
 * Which copy of TypeScript made a tree. The numbers of syntax kinds differ between versions, and parser services do not say which TypeScript they ran on,
 * so the copy is recognized by the class of the tree: each loaded copy has its own, and a tree of a copy has the prototype of that copy's source files.
 * A copy that made a tree is loaded, so it is among the modules that Node has loaded; nothing is resolved, loaded or guessed from a version.
 */
import { createRequire } from 'node:module';
import type ts from 'typescript-classic';

const require = createRequire(import.meta.url);

/** The copy of this package, loaded at its first use: projects that lint with typescript-eslint have one loaded already. */
export function ownTypeScript(): typeof ts {
  return require('typescript-classic') as typeof ts;
}

/** The oldest TypeScript that the lowering is tested with, as major and minor. */
const oldestSupported = [5, 4] as const;

const knownCopies = new WeakMap<object, { readonly copy: typeof ts | null }>();

/** Null when no loaded copy made the tree (it was bundled into the parser), or when the copy is older than the engine supports. */
export function typeScriptOfTree(root: object): typeof ts | null {
  const prototype = Object.getPrototypeOf(root) as object | null;
  if (prototype === null) return null;
  const known = knownCopies.get(prototype);
  if (known !== undefined) return known.copy;
  const copy = loadedCopies().find((candidate) => Object.getPrototypeOf(candidate.createSourceFile('probe.ts', '', candidate.ScriptTarget.Latest)) === prototype) ?? null;
  knownCopies.set(prototype, { copy });
  return copy;
}

function loadedCopies(): readonly (typeof ts)[] {
  const paths = Object.keys(require.cache).filter((path) => /[/\\]typescript\.js$/.test(path));
  return paths.map((path): unknown => require.cache[path]?.exports).filter(isSupportedTypeScript);
}

function isSupportedTypeScript(value: unknown): value is typeof ts {
  if (typeof value !== 'object' || value === null) return false;
  const { version, createSourceFile, SyntaxKind } = value as Partial<typeof ts>;
  if (typeof version !== 'string' || typeof createSourceFile !== 'function' || SyntaxKind === undefined) return false;
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > oldestSupported[0] || (major === oldestSupported[0] && minor >= oldestSupported[1]);
}
