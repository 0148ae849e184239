/**
 * Lists the cases of a file and runs both sides of each, so that nothing is measured whose results differ.
 */
import { loadCases } from './case-loading.mjs';
import { firstDifference } from './result-equality.mjs';

/** A side that drifts from its twin through its state does so within a few calls; three also cover a pair that alternates. */
const comparedCalls = 3;

/**
 * @param {{ file: string, caseNames: readonly string[] | undefined }} request
 * @returns {Promise<import('../passes.js').InspectAnswer>}
 */
export async function inspectPass({ file, caseNames }) {
  const { cases, problems } = await loadCases(file);
  const missing = (caseNames ?? []).filter((name) => !cases.some((sized) => sized.name === name));
  for (const name of missing) problems.push(`there is no case "${name}"; the file has ${cases.map((sized) => `"${sized.name}"`).join(', ')}`);
  /** @type {import('../passes.js').CaseIdentity[]} */
  const comparable = [];
  for (const sized of cases) {
    if (caseNames !== undefined && !caseNames.includes(sized.name)) continue;
    const problem = problemOfResults(sized);
    if (problem === undefined) comparable.push({ case: sized.name, size: sized.size });
    else problems.push(`case "${sized.name}" at ${sized.size} B ${problem}`);
  }
  return { cases: comparable, problems };
}

/**
 * @param {import('./case-loading.mjs').SizedCase} sized
 * @returns {string | undefined}
 */
function problemOfResults(sized) {
  try {
    const difference = differenceOnStates(sized, sized.setup(sized.size), sized.setup(sized.size));
    if (difference === undefined) return undefined;
    const shared = sized.setup(sized.size);
    const agreesOnOneState = differenceOnStates(sized, shared, shared) === undefined;
    if (agreesOnOneState) return 'has a setup that gives another state each time; make it deterministic, because each pass sets up anew in its own process';
    return difference;
  } catch (error) {
    return `throws: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/**
 * @param {import('./case-loading.mjs').SizedCase} sized
 * @param {unknown} stateOfBefore
 * @param {unknown} stateOfAfter
 * @returns {string | undefined}
 */
function differenceOnStates(sized, stateOfBefore, stateOfAfter) {
  for (let call = 0; call < comparedCalls; call++) {
    const { before, after } = sized;
    const resultOfBefore = before(stateOfBefore);
    const resultOfAfter = after(stateOfAfter);
    if (isThenable(resultOfBefore) || isThenable(resultOfAfter)) return 'returns a promise; only synchronous operations can be measured';
    if (sized.equal !== undefined) {
      if (!sized.equal(resultOfBefore, resultOfAfter)) return 'gives unequal results by its own equal(); mend the case before measuring it';
      continue;
    }
    const difference = firstDifference(resultOfBefore, resultOfAfter, 'result');
    if (difference !== undefined) return `gives unequal results: ${difference}; mend the case, or state an equal() when the results mean the same`;
  }
  return undefined;
}

/** @param {unknown} value */
function isThenable(value) {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';
}
