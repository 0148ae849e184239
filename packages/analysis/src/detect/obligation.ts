/** One obligation of a proof, made: the record that proofs and rules hand on. What it must say is RULES 3.0; who decides it is each proof. */
import type { Obligation, ObligationCode, ObligationState } from './finding.js';

export function obligation(code: ObligationCode, state: ObligationState, witness: string): Obligation {
  return { code, state, witness };
}
