/**
 * Where the ecosystem runner finds things in this repository.
 * The runner starts from `dist` after a build and from `src` in tests, and both lie two folders below the package,
 * so one relative path to the repository root serves both.
 */
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repositoryRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
export const ecosystemFolder = join(repositoryRoot, 'fixtures', 'ecosystem');
export const resultsFolder = join(ecosystemFolder, 'results');
export const triageFolder = join(ecosystemFolder, 'triage');
export const scrimpCommand = join(repositoryRoot, 'packages', 'cli', 'bin', 'scrimp.js');

/** The file name of a package without extension: `@noble/ciphers` becomes `noble-ciphers`, as `npm pack` names its tarballs. */
export function fileStemOfPackage(packageName: string): string {
  return packageName.replace(/^@/, '').replace('/', '-');
}
