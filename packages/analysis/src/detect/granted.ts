/**
 * Obligations that are taken for granted: how the tests show that each obligation is needed, by leaving it out and seeing a program go wrong.
 * Owns what granting means. Nobody but a test can grant anything: `createSession`, the only way in from outside of this package, always grants nothing.
 */
import type { Obligation, ObligationCode } from './finding.js';

export type Granted = ReadonlySet<ObligationCode>;

export const nothingGranted: Granted = new Set();

/** The obligations as if those that are granted held. */
export function grant(obligations: readonly Obligation[], granted: Granted): readonly Obligation[] {
  if (granted.size === 0) return obligations;
  return obligations.map((one) => (granted.has(one.code) ? { ...one, state: 'proved', witness: 'taken for granted by a test' } : one));
}
