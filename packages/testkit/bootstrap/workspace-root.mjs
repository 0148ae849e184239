// Owns where the workspace is on this machine; everything the bootstrap reads or writes is named from here.
// Nothing in this folder may import an installed package, because it runs before anything is installed.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute path of the folder that holds pnpm-workspace.yaml. */
export const workspaceRoot = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');

/**
 * @param {...string} segments path segments below the workspace root
 * @returns {string} the absolute path
 */
export function inWorkspace(...segments) {
  return join(workspaceRoot, ...segments);
}
