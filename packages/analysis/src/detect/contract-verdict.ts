/**
 * The verdict on every contract of a program: kept, broken, or not verified, with the chain of calls to the place that says so.
 * Rules report it, and every report lists it; how allocations are counted is `contract-check.ts`.
 */
import type { AssumeComment } from '../ir/function.js';
import { printSize } from '../cost/size.js';
import { type Allowance, allowanceOf, type ChainStep, type Culprit } from './contract-check.js';
import { type Contract, readContract } from './contract-bound.js';
import { boundOver, compareWithBound, withNames } from './contract-size.js';
import type { ContractResult } from './finding.js';
import { lineOf } from './position.js';
import type { FunctionQuery, ProgramQuery } from './query.js';

/** `verified`: it holds whatever the arguments are. `assumed`: it holds under the listed assumptions. `broken`: some arguments break it. `unverified`: nobody knows. */
export type ContractState = ContractResult['state'];

export interface ContractVerdict {
  readonly fn: FunctionQuery;
  readonly contract: Contract;
  readonly state: ContractState;
  /** What one call allocates, in words: `3 objects, 2*n + 184 B`. */
  readonly allocates: string;
  /** What breaks the contract or is not known, in one sentence; empty when it holds. */
  readonly because: string;
  /** The way to it, outermost call first; empty when it holds. */
  readonly chain: readonly ChainStep[];
  /** The last steps of the other places, for the same reason. */
  readonly others: readonly (readonly ChainStep[])[];
  readonly assumptions: readonly string[];
  readonly waivers: readonly AssumeComment[];
}

const verdicts = new WeakMap<ProgramQuery, readonly ContractVerdict[]>();

/** In file and source order. Functions without a contract cost nothing. */
export function contractVerdicts(program: ProgramQuery): readonly ContractVerdict[] {
  const known = verdicts.get(program) ?? program.annotatedFunctions().flatMap((fn) => verdictsOf(fn));
  verdicts.set(program, known);
  return known;
}

/** What reports list of them. */
export function listContracts(program: ProgramQuery): readonly ContractResult[] {
  return contractVerdicts(program).map(({ fn, contract, state, allocates, because, assumptions }) => ({
    function: fn.function.name, file: fn.module.file, line: lineOf(fn.module, fn.function.nameSpan.start), contract: contract.text, state, allocates, because, assumptions,
  }));
}

function verdictsOf(fn: FunctionQuery): readonly ContractVerdict[] {
  return fn.function.annotations.flatMap((annotation) => {
    if (annotation.tag !== 'nonallocating' && annotation.tag !== 'allocs') return [];
    const { contract } = readContract(annotation, fn.function);
    return contract === null ? [] : [verdictOn(fn, contract)];
  });
}

const maximumOthers = 4;

function verdictOn(fn: FunctionQuery, contract: Contract): ContractVerdict {
  const allowance = allowanceOf(fn);
  const { parameters } = fn.function;
  const allocates = `${countOf(allowance.objects)}, ${printSize(withNames(allowance.bytes, parameters))} B`;
  const judged = judge(allowance, contract, parameters);
  const [first, ...more] = judged.culprits;
  return {
    fn, contract, state: judged.state, allocates, because: judged.because,
    chain: first?.chain ?? [], others: more.slice(0, maximumOthers).map((one) => one.chain),
    assumptions: allowance.assumptions, waivers: allowance.waivers,
  };
}

interface Judgment {
  readonly state: ContractState;
  readonly because: string;
  readonly culprits: readonly Culprit[];
}

function judge(allowance: Allowance, contract: Contract, parameters: readonly (string | null)[]): Judgment {
  const { objects, bytes } = contract;
  const objectsSize = { constant: allowance.objects, terms: {}, unknown: false };
  const byObjects = objects === null ? 'within' : compareWithBound(objectsSize, boundOver(objects.size, parameters));
  const byBytes = bytes === null ? 'within' : compareWithBound(allowance.bytes, boundOver(bytes.size, parameters));
  const isAllocating = (one: Culprit): boolean => one.objects > 0 || one.bytes.constant > 0 || Object.keys(one.bytes.terms).length > 0;
  const culprits = allowance.culprits.filter(isAllocating);
  if (byObjects === 'over') return { state: 'broken', because: `it allocates ${countOf(allowance.objects)}${isNothing(contract) ? '' : `, more than ${objects!.text}`}`, culprits };
  if (byBytes === 'over') return { state: 'broken', because: `it allocates ${printSize(withNames(allowance.bytes, parameters))} bytes, more than ${bytes!.text}`, culprits: byLargest(culprits) };
  const [doubt] = allowance.unknown;
  if (doubt !== undefined) return { state: 'unverified', because: doubt.chain.at(-1)!.what, culprits: allowance.unknown };
  const repeated = allowance.repeated.filter((one) => one.chain.length > 0 && (isAllocating(one) || culprits.length > 0));
  if (repeated.length > 0) return { state: 'unverified', because: 'it allocates in a loop or by calling itself, and nothing bounds how often', culprits: repeated };
  if (byBytes === 'unclear') return { state: 'unverified', because: `it allocates ${printSize(withNames(allowance.bytes, parameters))} bytes, and not all of that is known to stay below ${bytes!.text}`, culprits: culprits.filter((one) => one.bytes.unknown || Object.keys(one.bytes.terms).length > 0) };
  return { state: allowance.assumptions.length > 0 ? 'assumed' : 'verified', because: '', culprits: [] };
}

function isNothing({ objects }: Contract): boolean {
  return objects !== null && objects.text === '0';
}

function byLargest(culprits: readonly Culprit[]): readonly Culprit[] {
  const weight = ({ bytes }: Culprit): number => bytes.constant + Object.values(bytes.terms).reduce((sum, factor) => sum + factor * 1024, 0);
  return [...culprits].sort((left, right) => weight(right) - weight(left));
}

function countOf(objects: number): string {
  return `${String(objects)} ${objects === 1 ? 'object' : 'objects'}`;
}
