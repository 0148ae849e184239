/**
 * Loads a bench file and turns its default export into cases at single sizes.
 * It leaves the comparison of results to `inspect-pass.mjs`.
 */
import { pathToFileURL } from 'node:url';

/**
 * @typedef {object} SizedCase
 * @property {string} name
 * @property {number} size
 * @property {(size: number) => unknown} setup
 * @property {(state: unknown) => unknown} before
 * @property {(state: unknown) => unknown} after
 * @property {((before: unknown, after: unknown) => boolean) | undefined} equal
 */

/**
 * @param {string} file an absolute path of a module that Node can load
 * @returns {Promise<{ cases: SizedCase[], problems: string[] }>}
 */
export async function loadCases(file) {
  const loaded = await import(pathToFileURL(file).href);
  const exported = Array.isArray(loaded.default) ? loaded.default : [loaded.default];
  /** @type {SizedCase[]} */
  const cases = [];
  /** @type {string[]} */
  const problems = [];
  for (const [index, candidate] of exported.entries()) {
    const problem = problemOfCandidate(candidate);
    if (problem !== undefined) {
      problems.push(`case ${index + 1} of the default export ${problem}; export what defineBench({ name, size, setup, before, after }) returns`);
      continue;
    }
    for (const size of Array.isArray(candidate.size) ? candidate.size : [candidate.size]) {
      const isRepeated = cases.some((other) => other.name === candidate.name && other.size === size);
      if (isRepeated) {
        problems.push(`case "${candidate.name}" at ${size} B is stated twice; give each case of a file its own name`);
        continue;
      }
      cases.push({
        name: candidate.name,
        size,
        setup: candidate.setup.bind(candidate),
        before: candidate.before,
        after: candidate.after,
        equal: candidate.equal?.bind(candidate),
      });
    }
  }
  if (exported.length === 0) problems.push('the default export is an empty list; export at least one case');
  return { cases, problems };
}

/**
 * @param {readonly SizedCase[]} cases
 * @param {import('../passes.js').CaseIdentity} identity
 */
export function caseAtSize(cases, identity) {
  const found = cases.find((sized) => sized.name === identity.case && sized.size === identity.size);
  if (found === undefined) throw new Error(`case "${identity.case}" at ${identity.size} B is not in the file any more`);
  return found;
}

/**
 * @param {unknown} candidate
 * @returns {string | undefined}
 */
function problemOfCandidate(candidate) {
  if (typeof candidate !== 'object' || candidate === null) return 'is not an object';
  const fields = /** @type {Record<string, unknown>} */ (candidate);
  if (typeof fields.name !== 'string' || fields.name === '') return 'has no name';
  const sizes = Array.isArray(fields.size) ? fields.size : [fields.size];
  const hasSizes = sizes.length > 0 && sizes.every((size) => Number.isInteger(size) && size >= 0);
  if (!hasSizes) return `("${fields.name}") has no size in whole bytes`;
  for (const step of ['setup', 'before', 'after']) {
    if (typeof fields[step] !== 'function') return `("${fields.name}") has no function ${step}`;
  }
  if (fields.equal !== undefined && typeof fields.equal !== 'function') return `("${fields.name}") has an equal that is not a function`;
  return undefined;
}
