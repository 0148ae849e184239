import { hkdfSync } from 'node:crypto';
import { afterEach, describe, expect, test, vi } from 'vitest';
import * as after from './output.js';
import * as before from './input.js';

/** What output.ts extracted during a test, and after how many expansions the next one fails. */
const kdf = vi.hoisted(() => ({ extracted: [] as Uint8Array[], expansionsUntilFailure: Infinity }));

vi.mock('@noble/hashes/hkdf.js', async (importOriginal) => {
  const original = await importOriginal<typeof import('@noble/hashes/hkdf.js')>();
  return {
    ...original,
    extract: (...inputs: Parameters<typeof original.extract>) => {
      const extracted = original.extract(...inputs);
      kdf.extracted.push(extracted);
      return extracted;
    },
    expand: (...inputs: Parameters<typeof original.expand>) => {
      kdf.expansionsUntilFailure -= 1;
      if (kdf.expansionsUntilFailure < 0) throw new Error('no more expansions');
      return original.expand(...inputs);
    },
  };
});

afterEach(() => {
  kdf.extracted.length = 0;
  kdf.expansionsUntilFailure = Infinity;
});

const secrets = [32, 1, 64, 200].map((length) => Uint8Array.from({ length }, (_, index) => (index * 7 + length) & 0xff));
const salts = [new Uint8Array(0), new Uint8Array(32), Uint8Array.from({ length: 80 }, (_, index) => index)];
const inputs = secrets.flatMap((secret) => salts.map((salt) => [secret, salt] as const));

/** Each exported way to derive, as one function of secret and salt to anything made of bytes. */
function derivations(module: typeof before | typeof after): Record<string, (secret: Uint8Array, salt: Uint8Array) => unknown> {
  return {
    handsOutKeys: module.handsOutKeys,
    derivesInsideTheResult: module.derivesInsideTheResult,
    usesKeysAfterwards: module.usesKeysAfterwards,
    keepsTheTypeThatWasWritten: module.keepsTheTypeThatWasWritten,
    'derivesInTwoBranches, initiator': (secret, salt) => module.derivesInTwoBranches(secret, salt, true),
    'derivesInTwoBranches, responder': (secret, salt) => module.derivesInTwoBranches(secret, salt, false),
    derivesOnePerName: (secret, salt) => module.derivesOnePerName(secret, salt, ['a', 'b', 'c']),
    Session: (secret, salt) => new module.Session(secret, salt).open(),
  };
}

describe.each(Object.keys(derivations(before)))('%s', (name) => {
  test('gives the same bytes before and after', () => {
    for (const [secret, salt] of inputs) {
      expect(derivations(after)[name]!(secret, salt)).toEqual(derivations(before)[name]!(secret, salt));
    }
  });

  test('wipes the extracted key once it has the keys', () => {
    derivations(after)[name]!(secrets[0]!, salts[1]!);
    expect(kdf.extracted).toEqual([new Uint8Array(32)]);
  });

  test.each([0, 1])('wipes the extracted key when expansion %i fails', (expansions) => {
    kdf.expansionsUntilFailure = expansions;
    expect(() => derivations(after)[name]!(secrets[0]!, salts[1]!)).toThrow('no more expansions');
    expect(kdf.extracted).toEqual([new Uint8Array(32)]);
  });
});

test('the keys are those of node:crypto, bit by bit', () => {
  for (const [secret, salt] of inputs) {
    const expected = (purpose: string, length: number): Uint8Array => new Uint8Array(hkdfSync('sha256', secret, salt, `${purpose}|v1`, length));
    const keys = { encryption: expected('encryption', 32), authentication: expected('authentication', 32) };
    expect(after.handsOutKeys(secret, salt)).toEqual(keys);
    expect(after.derivesInsideTheResult(secret, salt)).toEqual({ ...keys, authentication: expected('authentication', 16) });
    expect(after.derivesOnePerName(secret, salt, ['x'])).toEqual([expected('first', 32), expected('x', 32)]);
  }
});
