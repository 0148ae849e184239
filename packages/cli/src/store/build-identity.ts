/** Which scrimp this is: an answer of another build, or of one that was built anew, is none. */
import { hash } from 'node:crypto';
import { readFileSync, readdirSync, realpathSync, statSync, type Stats } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Names, sizes and times of every file that decides what an audit finds; null where that cannot be told, and nothing is remembered. */
export function buildIdentity(): string | null {
  return identityOf(({ path, stats }) => `${path} ${String(stats.size)} ${String(stats.mtimeMs)}`);
}

/** The same for other machines, by content: what was installed there has other times. */
export function buildContentIdentity(): string | null {
  const identity = identityOf(({ path, name }) => `${name} ${hash('sha256', readFileSync(path), 'base64url')}`);
  return identity === null ? null : hash('sha256', identity, 'base64url');
}

interface BuildFile {
  readonly path: string;
  readonly name: string;
  readonly stats: Stats;
}

function identityOf(describe: (file: BuildFile) => string): string | null {
  const require = createRequire(import.meta.url);
  try {
    const own = dirname(dirname(fileURLToPath(import.meta.url)));
    const engine = ['@scrimp/analysis', '@scrimp/rules'].map((name) => dirname(realpathSync(require.resolve(name))));
    const compiler = require.resolve('typescript/package.json');
    const files: string[] = [process.version, describe({ path: compiler, name: 'typescript', stats: statSync(compiler) })];
    for (const folder of [own, ...engine]) listScripts(folder, (file) => files.push(describe(file)));
    return files.join('\n');
  } catch {
    return null;
  }
}

function listScripts(folder: string, onFile: (file: BuildFile) => void): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') listScripts(path, onFile);
    if (!entry.isFile() || !/\.[cm]?[jt]s$/.test(entry.name) || entry.name.endsWith('.d.ts')) continue;
    onFile({ path, name: entry.name, stats: statSync(path) });
  }
}
