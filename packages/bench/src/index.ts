/**
 * The meter of scrimp: what two ways to one result allocate per operation, on stock Node, and the evidence kept of it.
 */
import { fileURLToPath } from 'node:url';

export { defineBench } from './child/define-bench.mjs';
export { firstDifference } from './child/result-equality.mjs';
export { measureCases } from './measure-cases.js';
export { evidenceSchema, formatEvidence, parseEvidence, updateEvidence } from './evidence.js';
export { evidenceTolerance, savingOf } from './tolerance.js';
export { majorOf, cleanEnvironment, nodeBinaryOfMajor } from './node-binary.js';
export type { AnyBenchCase, BenchCase, BenchFileExport } from './bench-case.js';
export type { BenchEvidence, EvidenceCase, EvidenceOfNode } from './evidence.js';
export type { MeasuredCases, MeasureOptions } from './measure-cases.js';
export type { CaseMeasurement, OperationCost } from './measurement.js';
export type { CaseIdentity } from './passes.js';
export type { AllocationCost, EvidenceTolerance, FigureTolerance, SavingVerdict, Steadiness } from './tolerance.js';

/**
 * The module that stands for `@scrimp/bench` in a transpiled bench file.
 * A measured process loads this one function and not the meter, and it exists as JavaScript before anything is built.
 */
export const benchFileModule = fileURLToPath(new URL('./child/define-bench.mjs', import.meta.url));
