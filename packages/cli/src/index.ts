/** The package's API: the whole-program analyzer on ts-morph, and the command as a function. */
export { analyzeProject, type BoundFinding, type ProjectAnalysis, type ProjectAnalysisOptions } from './analyze-project.js';
export { exitCodes, type ExitCode } from './exit-codes.js';
export { main } from './main.js';
export { processIo, type CommandIo } from './io.js';
export type { AnalysisEngine } from './engine.js';
