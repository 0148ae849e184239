// Owns where the workspace begins; sources and emitted files of this package are equally deep below it.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path. */
export const workspaceRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..', '..');
