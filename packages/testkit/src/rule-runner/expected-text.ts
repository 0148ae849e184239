// Owns the golden of a rule, `expected.md`: its findings as a person reads them, in source order.
// Fingerprints and offsets stay out: they change with every move and say nothing to a reviewer.
import type { Edit, Finding, Obligation } from '@scrimp/analysis';
import { applyEdits } from '@scrimp/rewrite';

export interface FixtureFindings {
  /** File name, as `reported.ts`. */
  readonly file: string;
  readonly text: string;
  readonly findings: readonly Finding[];
}

/** The golden of all fixtures of one rule. */
export function renderExpected(ruleId: string, fixtures: readonly FixtureFindings[]): string {
  const sections = fixtures.map((fixture) => [
    `## ${fixture.file}`,
    ...inSourceOrder(fixture.findings).map((finding) => renderFinding(fixture, finding)),
  ].join('\n\n'));
  const head = `# What ${ruleId} says of its fixtures\n\nWritten by its test with UPDATE_GOLDENS=1; do not edit, read the difference.`;
  return `${[head, ...sections].join('\n\n')}\n`;
}

export function inSourceOrder(findings: readonly Finding[]): Finding[] {
  return [...findings].sort((left, right) => left.start - right.start || left.end - right.end || (left.messageId < right.messageId ? -1 : 1));
}

function renderFinding({ text }: FixtureFindings, finding: Finding): string {
  const lines = text.split('\n');
  const facts = [
    `- what: ${finding.message}`,
    `- why: ${finding.why}`,
    `- help: ${finding.help}`,
    `- is: ${finding.advice}, ${finding.confidence}, ${finding.severity}, ${finding.hotness.level} (${finding.hotness.source})`,
    `- obligations: ${renderObligations(finding.obligations)}`,
    `- saves: ${finding.cost.expression}`,
    ...finding.related.map((related) => `- see line ${related.line}: ${related.message}`),
    `- fix: ${finding.fix === null ? 'none' : `${finding.fix.title} (${finding.fix.tier})`}`,
  ];
  const results = resultingLines(text, finding);
  return [
    `### Line ${finding.line}, ${finding.messageId}, in ${finding.function}`,
    indented([lines[finding.line - 1] ?? '']),
    facts.join('\n'),
    ...(results.length === 0 ? [] : [`becomes`, indented(results)]),
  ].join('\n\n');
}

/** Witnesses of what is proved are left out: they are the engine's words, and a change of one would change the goldens of all rules. */
function renderObligations(obligations: readonly Obligation[]): string {
  const proved = obligations.filter((one) => one.state === 'proved').map((one) => one.code);
  const rest = obligations.filter((one) => one.state !== 'proved').map((one) => `${one.state} ${one.code} (${one.witness})`);
  return [...(proved.length === 0 ? [] : [`proved ${proved.join(' ')}`]), ...rest].join('; ') || 'none';
}

/** The lines that the finding's edits change, as they are afterwards; `…` for what lies between two of them. */
function resultingLines(text: string, finding: Finding): string[] {
  const edits = finding.fix?.edits ?? null;
  if (edits === null || edits.length === 0) return [];
  const applied = applyEdits(text, edits);
  if ('problem' in applied) return [applied.problem];
  const before = text.split('\n');
  const after = applied.text.split('\n');
  let first = 0;
  while (first < before.length && before[first] === after[first]) first += 1;
  let fromEnd = 0;
  while (fromEnd < after.length - first && fromEnd < before.length - first && before[before.length - 1 - fromEnd] === after[after.length - 1 - fromEnd]) fromEnd += 1;
  const touched = touchedLines(applied.text, edits);
  const changed = after.slice(first, after.length - fromEnd).map((line, index) => (touched.has(first + index) ? line : null));
  return changed.length === 0 ? ['(the line is gone)'] : changed.flatMap((line, index) => (line !== null ? [line] : changed[index - 1] === null ? [] : ['…']));
}

/** Indexes of the lines that hold the text of an edit, or the place where it took text away. */
function touchedLines(after: string, edits: readonly Edit[]): ReadonlySet<number> {
  const touched = new Set<number>();
  let moved = 0;
  for (const { start, end, text } of edits) {
    const from = start + moved + text.length - text.replace(/^[\r\n]+/, '').length;
    const to = start + moved + text.replace(/[\r\n]+$/, '').length;
    moved += text.length - (end - start);
    const [firstLine, lastLine] = [from, Math.max(from, to)].map((offset) => after.slice(0, offset).split('\n').length - 1);
    for (let line = firstLine!; line <= lastLine!; line += 1) touched.add(line);
  }
  return touched;
}

function indented(lines: readonly string[]): string {
  const margin = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.length - line.trimStart().length));
  return lines.map((line) => `    ${line.slice(Number.isFinite(margin) ? margin : 0)}`.trimEnd()).join('\n');
}
