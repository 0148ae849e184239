// The chain from finding to rewrite, on the reference implementation: something is rewritten, the conformance suites hold on the result,
// and both variants show the same bytes. Measuring is left to the command.
import { afterAll, describe, expect, it } from 'vitest';
import { describeSessionCryptography } from '../../../../reference-impl/conformance/cryptography-suite.js';
import { describeSessionManager } from '../../../../reference-impl/conformance/manager-suite.js';
import { describeSession } from '../../../../reference-impl/conformance/session-suite.js';
import type { SessionImplementation } from '../../../../reference-impl/conformance/implementation.js';
import { loadVariant, makeFixedCopy } from './fixed-copy.js';
import type { SessionVariant } from './operations.js';
import { compareVariants } from './variant-comparison.js';

// The suites define their tests when they are called, so the variant must exist by then.
const { copy, problems } = await makeFixedCopy('review');
if (copy === null) throw new Error(problems.join('; '));
const before = await loadVariant<SessionVariant>(copy.before);
const fixed = await loadVariant<SessionVariant & SessionImplementation>(copy.fixed);
afterAll(() => copy.remove());

describe('scrimp fix on the reference implementation', () => {
  it('extracts once where it was extracted per key', () => {
    const rewrites = copy.passes.flatMap(({ applied }) => applied.map(({ rule, file }) => `${rule} ${file}`));
    expect(rewrites).toContain('no-repeated-kdf-extract before/session/key-schedule.ts');
    expect(copy.passes.at(-1)?.applied).toEqual([]);
  });

  it('leaves fewer findings than it found', () => {
    const sum = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((total, count) => total + count, 0);
    expect(sum(copy.findingsAfter)).toBeLessThan(sum(copy.findingsBefore));
  });

  it('changes no key, frame, signature or wiping', () => {
    const { comparisons, differences } = compareVariants(before, fixed);
    expect(differences).toEqual([]);
    expect(comparisons).toBeGreaterThan(200);
  });
});

describe('the comparison of variants', () => {
  it('notices other keys, other frames and secrets that stay', () => {
    const spoiled = spoiledVariant(before);
    const { differences } = compareVariants(before, spoiled);
    expect(differences).toContain('v1, node: epoch 0, 64 B: the session frames differ');
    expect(differences).toContain('v2, noble: closing leaves secrets behind');
  });
});

describeSessionCryptography('fixed', fixed);
describeSession('fixed', fixed);
describeSessionManager('fixed', fixed);

/** Sessions that leave out associated data and do not wipe. */
function spoiledVariant(variant: SessionVariant): SessionVariant {
  return {
    SecureSession: new Proxy(variant.SecureSession, {
      construct(target, [parameters, config]: [object, object]) {
        const session = new target(parameters, config);
        const seal = session.encrypt.bind(session);
        return Object.assign(session, { encrypt: (plaintext: Uint8Array) => seal(plaintext), close: () => undefined });
      },
    }),
  };
}
