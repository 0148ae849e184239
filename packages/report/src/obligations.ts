/** The proof of a finding in one line: proved codes together, then each assumption and open question with its witness. */
import type { Finding, Obligation, ObligationCode } from '@scrimp/analysis/detect';

/** What each code states, in the words of a report that uses it. */
const meanings: Readonly<Record<ObligationCode, string>> = {
  TY: 'the class of the bytes is the one that is declared',
  SRC: 'nobody writes the source while the result is in use',
  RES: 'nobody writes the result',
  ESC: 'nobody keeps the result longer',
  SUSP: 'no await, yield or callback comes in between',
  SNAP: 'an asynchronous callee copies its input before it returns',
  DET: 'the store is not shared, transferred or resized meanwhile',
  ZER: 'no wipe is lost and no secret lives longer',
  RET: 'no small view keeps a large store alive',
  SIZE: 'it is large enough to be worth it',
  PROP: 'nobody looks at the class, the backing store or the offset',
  ID: 'nobody compares the object with another by identity',
  ALN: 'the place is aligned as its reader needs it',
  EXC: 'the same errors are thrown, in the same state',
  PUB: 'nobody outside of the program relies on it',
  KEY: 'a kept key is replaced and destroyed with its owner',
  RE: 'the code is not entered again while it works',
  FILL: 'every byte that is read was written, and there is room for it',
  VER: 'the Node that runs it has the interface',
  INIT: 'the constant is there before its first use',
  ALLOC: 'what one call of the function allocates is known',
};

/** The codes that these findings use and what they state, sorted by code; a report that prints codes prints this once. */
export function explainCodes(findings: readonly Finding[]): { readonly code: ObligationCode; readonly meaning: string }[] {
  const used = new Set(findings.flatMap((finding) => finding.obligations.map((obligation) => obligation.code)));
  return [...used].sort().map((code) => ({ code, meaning: meanings[code] }));
}

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
