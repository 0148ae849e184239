/**
 * The part of the JSON report `scrimp-report/1` that the ecosystem runner and `bench:audit` read, and the check that text has that shape.
 * It is deliberately not the report package's own type: the runner is a consumer of the published contract and fails when the contract is broken.
 */
export interface AuditFinding {
  rule: string;
  message: string;
  severity: string;
  confidence: Confidence;
  advice: string;
  /** Relative to the project root, with `/`. */
  file: string;
  /** 1-based. */
  line: number;
  /** 1-based, in UTF-16 units. */
  column: number;
  fingerprint: string;
  /** The tier of the edit, or null when the finding has none. */
  fixTier: string | null;
  suppressed: boolean;
}

export interface AuditReport {
  files: number;
  functions: number;
  /** A share between 0 and 1. */
  expressionsUnderstood: number;
  findings: AuditFinding[];
  skipped: { file: string; reason: string }[];
}

export type Confidence = 'proven' | 'likely' | 'possible';
export const confidences: readonly Confidence[] = ['proven', 'likely', 'possible'];

/** Reads the text of a JSON report; each problem is one sentence, and the report is null when there is any. */
export function readAuditReport(text: string): { report: AuditReport | null; problems: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { report: null, problems: [`the audit printed no JSON (it begins with ${JSON.stringify(text.slice(0, 60))})`] };
  }
  const problems: string[] = [];
  if (!isRecord(json) || json['schema'] !== 'scrimp-report/1') {
    return { report: null, problems: ['the audit printed JSON without "schema": "scrimp-report/1"'] };
  }
  const summary = isRecord(json['summary']) ? json['summary'] : {};
  const expressionsUnderstood = numberOf(summary, 'expressionsUnderstood', 'summary', problems);
  if (expressionsUnderstood < 0 || expressionsUnderstood > 1) {
    problems.push(`summary.expressionsUnderstood is ${expressionsUnderstood}, but it must be a share between 0 and 1`);
  }
  const report: AuditReport = {
    files: numberOf(summary, 'files', 'summary', problems),
    functions: numberOf(summary, 'functions', 'summary', problems),
    expressionsUnderstood,
    findings: arrayOf(json, 'findings', problems).map((finding, index) => readFinding(finding, `findings[${index}]`, problems)),
    skipped: arrayOf(json, 'skipped', problems).map((skipped, index) => ({
      file: stringOf(skipped, 'file', `skipped[${index}]`, problems),
      reason: stringOf(skipped, 'reason', `skipped[${index}]`, problems),
    })),
  };
  return problems.length > 0 ? { report: null, problems } : { report, problems };
}

function readFinding(finding: Record<string, unknown>, where: string, problems: string[]): AuditFinding {
  const confidence = stringOf(finding, 'confidence', where, problems);
  if (!isConfidence(confidence)) problems.push(`${where}.confidence is ${JSON.stringify(confidence)}, but it must be one of ${confidences.join(', ')}`);
  const fix = finding['fix'];
  return {
    rule: stringOf(finding, 'rule', where, problems),
    message: stringOf(finding, 'message', where, problems),
    severity: stringOf(finding, 'severity', where, problems),
    confidence: isConfidence(confidence) ? confidence : 'possible',
    advice: stringOf(finding, 'advice', where, problems),
    file: stringOf(finding, 'file', where, problems),
    line: numberOf(finding, 'line', where, problems),
    column: numberOf(finding, 'column', where, problems),
    fingerprint: stringOf(finding, 'fingerprint', where, problems),
    fixTier: isRecord(fix) ? stringOf(fix, 'tier', `${where}.fix`, problems) : null,
    suppressed: isRecord(finding['suppressed']),
  };
}

export function isConfidence(text: string): text is Confidence {
  return (confidences as readonly string[]).includes(text);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function arrayOf(record: Record<string, unknown>, key: string, problems: string[]): Record<string, unknown>[] {
  const value = record[key];
  if (!Array.isArray(value)) {
    problems.push(`${key} is missing or not an array`);
    return [];
  }
  return value.map((element: unknown, index) => {
    if (isRecord(element)) return element;
    problems.push(`${key}[${index}] is not an object`);
    return {};
  });
}

function stringOf(record: Record<string, unknown>, key: string, where: string, problems: string[]): string {
  const value = record[key];
  if (typeof value === 'string') return value;
  problems.push(`${where}.${key} is missing or not a string`);
  return '';
}

function numberOf(record: Record<string, unknown>, key: string, where: string, problems: string[]): number {
  const value = record[key];
  if (typeof value === 'number' && Number.isFinite(value)) return value;
  problems.push(`${where}.${key} is missing or not a number`);
  return 0;
}
