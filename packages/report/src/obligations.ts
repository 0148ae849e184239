/** The proof of a finding in one line: proved codes together, then each assumption and open question with its witness. */
import type { Finding, Obligation } from '@scrimp/analysis/detect';

const stateOrder = ['failed', 'open', 'assumed'] as const;

/** `TY, SRC proved · DET assumed: parameter may be backed by SharedArrayBuffer`; empty when the finding has no obligation. */
export function describeObligations(finding: Finding): string {
  const parts: string[] = [];
  const proved = finding.obligations.filter((obligation) => obligation.state === 'proved');
  if (proved.length > 0) parts.push(`${proved.map((obligation) => obligation.code).join(', ')} proved`);
  for (const state of stateOrder) {
    for (const obligation of finding.obligations) {
      if (obligation.state === state) parts.push(describeObligation(obligation));
    }
  }
  return parts.join(' · ');
}

function describeObligation(obligation: Obligation): string {
  const witness = obligation.witness === '' ? '' : `: ${obligation.witness}`;
  return `${obligation.code} ${obligation.state}${witness}`;
}
