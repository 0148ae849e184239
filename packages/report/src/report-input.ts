/**
 * What every renderer is given: the result of an audit, the tool that made it, the rules it ran, and the texts of the files.
 * Renderers are pure: they open nothing, ask no environment, and return one string.
 */
import type { AnalysisResult, RuleMeta } from '@scrimp/analysis/detect';

export interface ToolInfo {
  readonly name: string;
  readonly version: string;
  /** Version of the Node that ran the audit, without `v`. */
  readonly node: string;
  /** Version of the TypeScript that parsed the files. */
  readonly typescript: string;
  /** The runtime that costs and advice are for: `node20`. */
  readonly target: string;
}

/** A rule as readers meet it: its metadata, and its page where the host has it. */
export interface RuleDescription {
  readonly meta: RuleMeta;
  /** Markdown of the rule's README; null when the host does not carry it. */
  readonly documentation: string | null;
}

export interface ReportInput {
  readonly tool: ToolInfo;
  /** Every `file` in it is relative to the project root, with `/`. */
  readonly result: AnalysisResult;
  readonly rules: readonly RuleDescription[];
  /** The project root as the user's working folder names it; `.` where they are the same. */
  readonly folder: string;
  /** Paths as the user named them, for the commands that the report proposes; empty for the whole project. */
  readonly paths: readonly string[];
  /** Text of a file named in the result, for code frames and offsets; null when it cannot be had. */
  readonly sources: (file: string) => string | null;
}

/** What is assumed everywhere and proved nowhere; printed once per report. See "Worlds" in the documentation. */
export const assumedWorlds: readonly string[] = [
  'intrinsics and imported library exports are unpatched',
  'no debugger is attached',
];
