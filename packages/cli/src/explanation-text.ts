/** Explanations as text for a terminal: the chain of a finding, its obligations with their witnesses, and what rules say of a line. */
import pc from 'picocolors';
import type { ExplainedFinding, Explanation, HistoryStep } from '@scrimp/analysis';

type Obligations = ExplainedFinding['finding']['obligations'];

/** `color` false gives plain text. */
export function findingText({ finding, steps }: ExplainedFinding, color: boolean): string {
  const paint = pc.createColors(color);
  const lines = [
    `${paint.bold(finding.rule)} ${finding.id}  ${finding.severity}, ${finding.confidence}${finding.suppressed === null ? '' : `, suppressed: ${finding.suppressed.reason ?? 'no reason given'}`}`,
    `${finding.file}:${String(finding.line)}:${String(finding.column)} in ${finding.function}`,
    finding.message,
    '',
    paint.bold('what happens'),
    ...(steps.length === 0 ? ['  nothing is recorded of this place'] : stepLines(steps)),
    '',
    paint.bold('what must hold'),
    ...(finding.obligations.length === 0 ? ['  nothing'] : obligationLines(finding.obligations)),
    '',
    `${paint.bold('why')}   ${finding.why}`,
    `${paint.bold('do')}    ${finding.help}${finding.fix === null ? '' : ` (${finding.fix.tier}: ${finding.fix.title})`}`,
    `${paint.bold('cost')}  ${finding.cost.expression}; ${finding.hotness.level}: ${finding.hotness.source}`,
    '',
    `next: ${paint.green(`scrimp explain ${finding.rule}`)}`,
  ];
  return `${lines.join('\n')}\n`;
}

export function placeText(place: Extract<Explanation, { readonly kind: 'place' }>, rules: readonly string[], color: boolean): string {
  const paint = pc.createColors(color);
  const where = place.functions.at(-1);
  const lines = [paint.bold(`${place.file}:${String(place.line)}`) + (where === undefined ? '' : ` in ${where}`)];
  for (const one of place.verdicts) {
    const verdict = one.verdict === 'reported' ? 'reports' : one.verdict === 'suppressed' ? 'reports, but a comment silences it' : 'is silent: an obligation failed';
    lines.push('', `${paint.bold(one.rule)} ${verdict}`, `  ${String(one.line)}:${String(one.column)} ${one.message}`, ...obligationLines(one.obligations));
  }
  if (place.verdicts.length === 0) lines.push('', `${rules.length === 0 ? 'no rule looks' : rules.length === 1 ? `${rules[0]!} does not look` : `${rules.join(', ')} do not look`} at this: nothing on the line has the shape that ${rules.length === 1 ? 'the rule asks' : 'rules ask'} about`);
  for (const one of place.copies) lines.push('', `${paint.bold(one.text)} copies; a view ${one.view}`, ...obligationLines(one.obligations));
  for (const call of place.unknownCalls) lines.push('', `${paint.bold(call)} is not known: nothing in sight tells what it calls`);
  return `${lines.join('\n')}\n`;
}

function stepLines(steps: readonly HistoryStep[]): readonly string[] {
  const places = steps.map((step) => `${step.file}:${String(step.line)}`);
  const width = Math.max(...places.map((place) => place.length));
  return steps.map((step, index) => `  ${places[index]!.padEnd(width)}  ${'  '.repeat(step.depth)}${step.what}`);
}

function obligationLines(obligations: Obligations): readonly string[] {
  return obligations.map((one) => `  ${one.code.padEnd(5)} ${one.state.padEnd(8)} ${one.witness}`);
}
