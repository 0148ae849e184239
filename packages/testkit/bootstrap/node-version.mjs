// Owns the question whether the running Node can build and run the workspace; the lower bound is `engines.node` of package.json.
import { readFileSync } from 'node:fs';
import { inWorkspace } from './workspace-root.mjs';

/**
 * @param {string} runningVersion such as `20.20.2`
 * @returns {import('./progress-lines.mjs').Problem | null} null when it is new enough
 */
export function findNodeVersionProblem(runningVersion) {
  const { engines } = JSON.parse(readFileSync(inWorkspace('package.json'), 'utf8'));
  const required = String(engines.node).replace(/^\D*/, '');
  if (isAtLeast(runningVersion, required)) return null;
  return {
    sentence: `Node ${runningVersion} is too old, because scrimp needs Node ${required} or later; install a newer Node and run the command again`,
    evidence: [],
  };
}

/**
 * @param {string} version
 * @param {string} lowerBound
 */
function isAtLeast(version, lowerBound) {
  const ours = version.split('.').map(Number);
  const theirs = lowerBound.split('.').map(Number);
  for (let index = 0; index < 3; index += 1) {
    const difference = (ours[index] ?? 0) - (theirs[index] ?? 0);
    if (difference !== 0) return difference > 0;
  }
  return true;
}
