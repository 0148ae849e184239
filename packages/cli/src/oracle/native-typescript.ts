/**
 * Where a TypeScript with a native checker is found, and its process. TypeScript 7 answers through `unstable/sync`, whose shape its makers do
 * not promise to keep; so all that is used of it is in this folder, and a project that has none audits as before.
 */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type * as Ast from 'typescript-7/unstable/ast';
import type * as Sync from 'typescript-7/unstable/sync';

export interface NativeTypescript {
  readonly sync: typeof Sync;
  readonly syntaxKind: typeof Ast.SyntaxKind;
  /** Of its package. */
  readonly version: string;
}

/** Names that a TypeScript 7 goes by: its own, an alias beside an older one, and the preview's. */
const packageNames = ['typescript', 'typescript-7', '@typescript/native-preview'] as const;

/** The first one that the project in `folder` has, else the first beside this command; null when there is none. */
export async function findNativeTypescript(folder: string): Promise<NativeTypescript | null> {
  for (const require of [createRequire(join(folder, 'package.json')), createRequire(import.meta.url)]) {
    for (const name of packageNames) {
      const paths = resolveApi(require, name);
      if (paths === null) continue;
      const [sync, ast] = await Promise.all([import(pathToFileURL(paths.sync).href) as Promise<typeof Sync>, import(pathToFileURL(paths.ast).href) as Promise<typeof Ast>]);
      const manifest = require(`${name}/package.json`) as { readonly version: string };
      return { sync, syntaxKind: ast.SyntaxKind, version: manifest.version };
    }
  }
  return null;
}

/** An older TypeScript has no such entry. */
function resolveApi(require: NodeJS.Require, name: string): { readonly sync: string; readonly ast: string } | null {
  try {
    return { sync: require.resolve(`${name}/unstable/sync`), ast: require.resolve(`${name}/unstable/ast`) };
  } catch {
    return null;
  }
}
