/** The package's public face: sessions for hosts, findings as data, oracles. */
export type * from './detect/finding.js';
export type { Rule, RuleMeta, Report, Preset } from './detect/rule.js';
export type { Session, SessionOptions, ModuleResolver, TargetRuntime } from './session.js';
