/** Rules as SARIF reporting descriptors: what GitHub shows beside an alert. */
import type { RuleDescription } from '../report-input.js';
import type { Finding, Severity } from '@scrimp/analysis/detect';
import type { ReportingDescriptor, Result } from 'sarif';

/** GitHub's limit of a description. */
const longestDescription = 1024;

/** Only what a build should fail on is an error; `low` and `info` are notes. */
export const sarifLevel: Readonly<Record<Severity, Result.level>> = {
  critical: 'error', high: 'warning', medium: 'warning', low: 'note', info: 'note',
};

const problemSeverity: Readonly<Record<Severity, string>> = {
  critical: 'error', high: 'warning', medium: 'warning', low: 'recommendation', info: 'recommendation',
};

/** For findings that no rule made, such as an ignore comment without a reason. */
export function sarifRuleOfFinding(finding: Finding): ReportingDescriptor {
  const text = `${sentence(finding.why === '' ? finding.message : finding.why)} ${sentence(finding.help)}`;
  return {
    id: finding.rule,
    name: pascalCase(finding.rule),
    shortDescription: { text: cut(sentence(finding.message)) },
    fullDescription: { text: cut(text) },
    help: { text, markdown: text },
    defaultConfiguration: { level: sarifLevel[finding.severity] },
    properties: { tags: ['performance', finding.category], precision: 'high', 'problem.severity': problemSeverity[finding.severity] },
  };
}

/** No `security-severity`: with it, GitHub would show wasted bytes as security alerts. */
export function sarifRule(rule: RuleDescription): ReportingDescriptor {
  const { meta } = rule;
  const messages = Object.values(meta.messages);
  const why = messages.map((message) => message.why).find((text) => text !== '') ?? meta.summary;
  const help = messages.map((message) => message.help).find((text) => text !== '') ?? meta.summary;
  return {
    id: meta.id,
    name: pascalCase(meta.id),
    shortDescription: { text: cut(sentence(meta.summary)) },
    fullDescription: { text: cut(`${sentence(meta.summary)} ${sentence(withoutPlaceholders(why))}`) },
    help: {
      text: `${sentence(withoutPlaceholders(why))} ${sentence(withoutPlaceholders(help))}`,
      markdown: rule.documentation ?? `### Why\n\n${sentence(withoutPlaceholders(why))}\n\n### What to do\n\n${sentence(withoutPlaceholders(help))}\n`,
    },
    defaultConfiguration: { level: sarifLevel[meta.severity] },
    properties: {
      tags: ['performance', 'allocation', meta.category],
      precision: meta.stage === 'stable' ? 'high' : 'medium',
      'problem.severity': problemSeverity[meta.severity],
    },
  };
}

/** Our sentences start in lower case without a final period; GitHub shows prose. */
export function sentence(text: string): string {
  const first = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(first) ? first : `${first}.`;
}

function withoutPlaceholders(template: string): string {
  return template.replace(/\{\{\s*(\w+)\s*\}\}/g, '‹$1›');
}

function pascalCase(id: string): string {
  return id.split('-').map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
}

function cut(text: string): string {
  return text.length <= longestDescription ? text : `${text.slice(0, longestDescription - 1)}…`;
}
