/** An audit and the inputs that it read, as text, and back: null for every text that is not one. */
import { listOf, isRecord, nullable, number, oneOf, optional, recordOf, tableOf, text, type Shape } from './shape.js';
import type { Audit } from '../audit.js';
import type { InputRecord, Inputs } from './inputs.js';

export function printAudit(audit: Audit): string {
  return JSON.stringify(audit);
}

export function parseAudit(stored: string): Audit | null {
  const value = parseJson(stored);
  return isAudit(value) ? value : null;
}

export function printInputs(inputs: Inputs): string {
  return JSON.stringify([...inputs]);
}

export function parseInputs(stored: string): Inputs | null {
  const value = parseJson(stored);
  return isInputList(value) ? new Map(value) : null;
}

export function parseJson(stored: string): unknown {
  try {
    return JSON.parse(stored);
  } catch {
    return null;
  }
}

const inputRecord = recordOf({ kind: optional(nullable(text)), stat: optional(text), entries: optional(text), real: optional(text), content: optional(text), stamp: optional(nullable(text)) });

function isInputList(value: unknown): value is [string, InputRecord][] {
  return Array.isArray(value) && value.every((entry) => Array.isArray(entry) && entry.length === 2 && text(entry[0]) && inputRecord(entry[1]));
}

const severity = oneOf('critical', 'high', 'medium', 'low', 'info');
const level = oneOf('none', 'low', 'medium', 'high');
const cost = recordOf({ objects: nullable(number), heapBytes: nullable(number), externalBytes: nullable(number), retainedBytes: nullable(number), nativeCalls: nullable(number), expression: text });
const edit = recordOf({ file: text, start: number, end: number, text });

const finding: Shape = recordOf({
  id: text, rule: text, stage: oneOf('nursery', 'stable'), messageId: text, message: text, why: text, help: text, severity, category: text,
  scope: oneOf('site', 'architectural'), rootCause: text, confidence: oneOf('proven', 'likely', 'possible'), advice: oneOf('removable', 'required', 'missing'),
  file: text, start: number, end: number, line: number, column: number, endLine: number, endColumn: number, function: text,
  hotness: recordOf({ level: oneOf('hot', 'warm', 'cold'), source: text }), cost, effort: oneOf('trivial', 'small', 'medium', 'large'), risk: level,
  fix: nullable(recordOf({ tier: oneOf('safe', 'guarded', 'review'), codemod: nullable(text), title: text, edits: nullable(listOf(edit)) })),
  obligations: listOf(recordOf({ code: text, state: oneOf('proved', 'assumed', 'open', 'failed'), witness: text })),
  related: listOf(recordOf({ file: text, line: number, column: number, message: text })),
  fingerprint: text, suppressed: nullable(recordOf({ kind: oneOf('comment', 'baseline'), reason: nullable(text) })),
});

const result: Shape = recordOf({
  summary: recordOf({
    files: number, functions: number, findings: number, expressionsUnderstood: number, byRule: tableOf(number),
    bySeverity: recordOf({ critical: number, high: number, medium: number, low: number, info: number }),
  }),
  findings: listOf(finding),
  entryPoints: listOf(recordOf({ name: text, file: text, line: number, cost, avoidable: cost })),
  goodPatterns: listOf(recordOf({ pattern: text, file: text, line: number, function: text, message: text })),
  contracts: listOf(recordOf({ function: text, file: text, line: number, contract: text, state: oneOf('verified', 'assumed', 'broken', 'unverified'), allocates: text, because: text, assumptions: listOf(text) })),
  waivers: listOf(recordOf({ kind: oneOf('ignore', 'assume'), file: text, line: number, what: text, reason: nullable(text), used: (value) => typeof value === 'boolean' })),
  missingBenchmarks: listOf(recordOf({ function: text, file: text, line: number })),
  skipped: listOf(recordOf({ file: text, reason: text })),
});

const audit: Shape = recordOf({ root: text, target: oneOf('node20', 'node22', 'node24', 'node26'), typescript: text, problems: listOf(recordOf({ path: text, reason: text })), result });

function isAudit(value: unknown): value is Audit {
  return isRecord(value) && audit(value);
}
