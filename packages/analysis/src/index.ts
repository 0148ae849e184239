/** The package's public face: sessions for hosts, findings as data, oracles. */
export type { CopyVerdict, ExplainedFinding, Explanation, Inquiry, Verdict } from './detect/explanation.js';
export type * from './detect/finding.js';
export type { HistoryStep } from './detect/value-history.js';
export { renameExplanation } from './detect/rename.js';
export type { Preset, Report, Rule, RuleMeta } from './detect/rule.js';
export type { Annotation, FunctionIr, ModuleIr } from './ir/function.js';
export type { KnownNames, TypeOracle, TypeQuestion } from './lower/oracle.js';
export { lowestVersion } from './cost/node-version.js';
export { checkerOracle } from './lower/checker-oracle.js';
export { createTypeReader, type CheckedTypes, type DeclarationOrigin } from './lower/type-reader.js';
export { parseModule, printModule } from './ir/stored-module.js';
export { lowerModule } from './lower/lower-module.js';
export { syntaxOracle } from './lower/syntax-oracle.js';
export type { ModelFamily } from './model/row.js';
export { readUserRows } from './model/user-row.js';
export type { ReadUserRows, UserRow } from './model/user-row.js';
export { createSession } from './session.js';
export type { LoweredFile, ModuleResolver, Session, SessionOptions, TargetRuntime } from './session.js';
