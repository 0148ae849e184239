// Owns the way from a fresh clone to installed packages: right Node, then pnpm, then install.
// The build is a step of its own, because a test run goes on after a failed build and counts it, while `npm start` stops.
import { installPackages } from './install-packages.mjs';
import { findNodeVersionProblem } from './node-version.mjs';

/** @returns {Promise<import('./progress-lines.mjs').Problem | null>} null when packages can be built and run */
export async function prepareWorkspace() {
  const nodeProblem = findNodeVersionProblem(process.versions.node);
  if (nodeProblem !== null) return nodeProblem;
  return installPackages();
}
