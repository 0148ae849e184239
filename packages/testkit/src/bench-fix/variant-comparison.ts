/**
 * Compares two variants of system A by what a peer and an attacker can see: keys, frames under the same nonces, signatures, rotation, wiping.
 * The conformance suite asks more of one variant; this asks whether two are the same.
 */
import { isSameBytes, isSameSecrets, openSession, patternOf } from './operations.js';
import type { Backend, Schedule, SessionVariant, VariantSession } from './operations.js';

export interface VariantComparison {
  /** How many comparisons were made. */
  readonly comparisons: number;
  /** One sentence per comparison that failed. */
  readonly differences: readonly string[];
}

const sizes: readonly number[] = [0, 1, 64, 1000];

export function compareVariants(original: SessionVariant, rewritten: SessionVariant): VariantComparison {
  const differences: string[] = [];
  let comparisons = 0;
  const schedules: readonly Schedule[] = ['v1', 'v2'];
  const backends: readonly Backend[] = ['noble', 'node'];
  for (const schedule of schedules) {
    for (const backend of backends) {
      const check = (what: string, holds: boolean): void => {
        comparisons += 1;
        if (!holds) differences.push(`${schedule}, ${backend}: ${what}`);
      };
      compareSessions(
        { ours: openSession(original, { schedule, backend, role: 'client' }), theirs: openSession(rewritten, { schedule, backend, role: 'client' }), peer: openSession(original, { schedule, backend, role: 'server' }) },
        check,
      );
    }
  }
  return { comparisons, differences };
}

interface Sessions {
  readonly ours: VariantSession;
  readonly theirs: VariantSession;
  /** The other end, in the original variant. */
  readonly peer: VariantSession;
}

function compareSessions(sessions: Sessions, check: (what: string, holds: boolean) => void): void {
  const { ours, theirs, peer } = sessions;
  for (const epoch of ['epoch 0', 'epoch 1']) {
    check(`${epoch}: the secrets differ`, isSameSecrets(ours, theirs));
    check(`${epoch}: the names differ`, ours.id === theirs.id && ours.keyId === theirs.keyId);
    for (const size of sizes) compareMessages(sessions, size, (what, holds) => check(`${epoch}, ${size} B: ${what}`, holds));
    for (const session of [ours, theirs, peer]) session.rotate();
  }
  const secrets = theirs.secretStorage();
  theirs.close();
  check('closing leaves secrets behind', secrets.every((bytes) => bytes.every((byte) => byte === 0)));
}

function compareMessages({ ours, theirs, peer }: Sessions, size: number, check: (what: string, holds: boolean) => void): void {
  const plaintext = patternOf(size, 3);
  const associatedData = patternOf(size >> 1, 11);
  const frame = ours.encrypt(plaintext, associatedData);
  check('the session frames differ', isSameBytes(frame, theirs.encrypt(plaintext, associatedData)));
  check('the rewritten session does not open the frame of the original', isSameBytes(plaintext, theirs.decrypt(frame, associatedData)));
  const outbound = ours.encryptOutbound(plaintext, associatedData);
  const rewrittenOutbound = theirs.encryptOutbound(plaintext, associatedData);
  check('the directional frames differ', isSameBytes(outbound, rewrittenOutbound));
  check('the original peer does not open the directional frame', isSameBytes(plaintext, peer.decryptInbound(rewrittenOutbound, associatedData)));
  const signature = theirs.sign([plaintext, associatedData]);
  check('the signatures differ', isSameBytes(ours.sign([plaintext, associatedData]), signature));
  check('a signature is not accepted', ours.verify([plaintext, associatedData], signature) && theirs.verify([plaintext, associatedData], signature));
  const forged = Uint8Array.from(frame);
  forged[forged.length - 1]! ^= 1;
  check('a forged frame is opened', throws(() => theirs.decrypt(forged, associatedData)));
}

function throws(act: () => unknown): boolean {
  try {
    act();
    return false;
  } catch {
    return true;
  }
}
