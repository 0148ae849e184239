/** Which scrimp this is: an answer of another build, or of one that was built anew, is none. */
import { readdirSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Names, sizes and times of every file that decides what an audit finds; null where that cannot be told, and nothing is remembered. */
export function buildIdentity(): string | null {
  const require = createRequire(import.meta.url);
  try {
    const own = dirname(dirname(fileURLToPath(import.meta.url)));
    const engine = ['@scrimp/analysis', '@scrimp/rules'].map((name) => dirname(realpathSync(require.resolve(name))));
    const compiler = statSync(require.resolve('typescript/package.json'));
    const files: string[] = [process.version, `${String(compiler.size)} ${String(compiler.mtimeMs)}`];
    for (const folder of [own, ...engine]) listScripts(folder, files);
    return files.join('\n');
  } catch {
    return null;
  }
}

function listScripts(folder: string, files: string[]): void {
  for (const entry of readdirSync(folder, { withFileTypes: true }).sort((left, right) => (left.name < right.name ? -1 : 1))) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && entry.name !== 'node_modules') listScripts(path, files);
    if (!entry.isFile() || !/\.[cm]?[jt]s$/.test(entry.name) || entry.name.endsWith('.d.ts')) continue;
    const { size, mtimeMs } = statSync(path);
    files.push(`${path} ${String(size)} ${String(mtimeMs)}`);
  }
}
