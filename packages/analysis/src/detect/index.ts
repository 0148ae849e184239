/** What rules and report writers may use of the engine: rule declarations, the query API, proofs, findings. */
export type * from './finding.js';
export { severities } from './finding.js';
export { defineRule } from './rule.js';
export type { Preset, Report, Rule, RuleMeta, Saving } from './rule.js';
export type { CallSite, FunctionQuery, ProgramQuery } from './query.js';
export type { CopyProof } from './copy-proof.js';
export { obligation, verdictOf } from './copy-proof.js';
export type { Site } from './site.js';
export { addSizes, constantSize, equalSizes, exactBytes, printSize, scaleSize, subtractSizes, symbolSize, unknownSize, zeroSize } from '../cost/size.js';
export { addCosts, noAllocation, ownBytesCost, pooledBytesCost, viewCost } from '../cost/allocation.js';
export type { AllocationCost } from '../cost/allocation.js';
export type { Size } from '../ir/effects.js';
export type { Instruction, ValueId } from '../ir/instruction.js';
export { operandsOf } from '../ir/operands.js';
