/**
 * The SARIF 2.1.0 report, with what GitHub's code scanning requires and reads, and with fixes for tools that apply them.
 * Left out: suppressed findings (consumers would count them again) and `required` copies (they are no alert).
 */
import { activeFindings } from '../active-findings.js';
import { sarifResults } from './sarif-results.js';
import { sarifRule, sarifRuleOfFinding } from './sarif-rules.js';
import type { ReportInput } from '../report-input.js';
import type { Log, Notification } from 'sarif';

export interface SarifOptions {
  /** Names the run among others of one commit, for example the package in a monorepo; default `default`. */
  readonly category?: string;
}

/** One document, ending with a line feed. */
export function renderSarif(input: ReportInput, options: SarifOptions = {}): string {
  return `${JSON.stringify(sarifLog(input, options), null, 2)}\n`;
}

function sarifLog(input: ReportInput, options: SarifOptions): Log {
  const { tool, result, rules } = input;
  const findings = activeFindings(result.findings).filter((finding) => finding.advice !== 'required');
  const known = new Set(rules.map((rule) => rule.meta.id));
  const others = new Map(findings.filter((finding) => !known.has(finding.rule)).map((finding) => [finding.rule, finding]));
  const descriptors = [...rules.map(sarifRule), ...[...others.values()].map(sarifRuleOfFinding)];
  const ruleIndexes = new Map(descriptors.map((descriptor, index) => [descriptor.id, index]));
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [{
      tool: { driver: { name: tool.name, version: tool.version, semanticVersion: tool.version, rules: descriptors } },
      automationDetails: { id: `${tool.name}/${options.category ?? 'default'}/` },
      columnKind: 'utf16CodeUnits',
      invocations: [{ executionSuccessful: true, toolExecutionNotifications: result.skipped.map(skippedNotification) }],
      results: sarifResults(input, findings, ruleIndexes),
      // SARIF has no words for either; who audits the waivers reads them here.
      ...(result.contracts.length + result.waivers.length === 0 ? {} : { properties: { contracts: result.contracts, waivers: result.waivers } }),
    }],
  };
}

function skippedNotification(skipped: { readonly file: string; readonly reason: string }): Notification {
  return { level: 'note', message: { text: `skipped ${skipped.file}: ${skipped.reason}` } };
}
