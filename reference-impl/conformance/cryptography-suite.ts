/**
 * Conformance of the cryptography of system A: published vectors, the slow oracle, the golden transcript.
 *
 * Owns known answers only; behavior is in `session-suite.ts`.
 */

import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { expectCode, hex, openPeers, SALT, SECRET, unhex, utf8, VARIATIONS } from './conversation.js';
import { recordTranscript, TRANSCRIPT_SALT, TRANSCRIPT_SECRET } from './golden/transcript.js';
import type { Transcript } from './golden/transcript.js';
import type { BackendName, SessionImplementation } from './implementation.js';
import { fixedStream, oracleHkdf, oracleKeyId, oracleKeys, oracleSessionId, oracleSignature } from './slow-oracle.js';

const BACKENDS: readonly BackendName[] = ['noble', 'node'];

/** RFC 5869, appendix A.1 to A.3. */
const HKDF_CASES = [
  {
    name: 'A.1 basic',
    secret: '0b'.repeat(22),
    salt: '000102030405060708090a0b0c',
    info: 'f0f1f2f3f4f5f6f7f8f9',
    length: 42,
    output: '3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865',
  },
  {
    name: 'A.2 longer inputs and output',
    secret: countingHex(0x00, 80),
    salt: countingHex(0x60, 80),
    info: countingHex(0xb0, 80),
    length: 82,
    output:
      'b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c' +
      '59045a99cac7827271cb41c65e590e09da3275600c2f09b8367793a9aca3db71' +
      'cc30c58179ec3e87c14c01d5c1f3434f1d87',
  },
  {
    name: 'A.3 empty salt and info',
    secret: '0b'.repeat(22),
    salt: '',
    info: '',
    length: 42,
    output: '8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8',
  },
] as const;

/** RFC 8439, 2.8.2. */
const AEAD_CASE = {
  key: countingHex(0x80, 32),
  nonce: '070000004041424344454647',
  associatedData: '50515253c0c1c2c3c4c5c6c7',
  plaintext:
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it.",
  ciphertext:
    'd31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d6' +
    '3dbea45e8ca9671282fafb69da92728b1a71de0a9e060b2905d6a5b67ecd3b36' +
    '92ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc' +
    '3ff4def08e4b7a9de576d26586cec64b6116',
  tag: '1ae10b594f09e26a7e902ecbd0600691',
} as const;

/** Wycheproof sets lie outside the repository; where they are absent their tests are not defined. */
const WYCHEPROOF = new URL('../../../shared/vectors/', import.meta.url);

export function describeSessionCryptography(name: string, implementation: SessionImplementation): void {
  describe(`${name}: cryptography`, () => {
    describe.each(BACKENDS)('HKDF-SHA-256 on %s', (backend) => {
      it.each(HKDF_CASES)('RFC 5869 $name', ({ secret, salt, info, length, output }) => {
        const derived = implementation.hkdfSha256(backend, unhex(secret), unhex(salt), unhex(info), length);
        expect(hex(derived)).toBe(output);
        expect(hex(oracleHkdf(unhex(secret), unhex(salt), unhex(info), length))).toBe(output);
      });
    });

    describe.each(BACKENDS)('ChaCha20-Poly1305 on %s', (backend) => {
      const aead = implementation.createAead(backend, unhex(AEAD_CASE.key));
      const plaintext = utf8(AEAD_CASE.plaintext);
      const nonce = unhex(AEAD_CASE.nonce);
      const associatedData = unhex(AEAD_CASE.associatedData);
      const sealed = unhex(AEAD_CASE.ciphertext + AEAD_CASE.tag);

      it('seals RFC 8439 2.8.2 at an offset and leaves the rest of the output alone', () => {
        const output = new Uint8Array(sealed.length + 10).fill(0xee);
        expect(aead.sealInto(nonce, plaintext, associatedData, output, 4)).toBe(sealed.length);
        expect(hex(output)).toBe(`eeeeeeee${hex(sealed)}eeeeeeeeeeee`);
      });

      it('opens RFC 8439 2.8.2 at an offset', () => {
        const output = new Uint8Array(plaintext.length + 3).fill(0xee);
        expect(aead.openInto(nonce, sealed, associatedData, output, 3)).toBe(plaintext.length);
        expect(hex(output)).toBe(`eeeeee${hex(plaintext)}`);
      });

      it('writes nothing when the tag is wrong', () => {
        const output = new Uint8Array(plaintext.length).fill(0xee);
        const forged = Uint8Array.from(sealed);
        forged[forged.length - 1] = 0;
        expectCode('authentication-failed', () => aead.openInto(nonce, forged, associatedData, output, 0));
        expect(output.every((byte) => byte === 0xee)).toBe(true);
      });

      it('refuses sealed bytes that are shorter than a tag', () => {
        expectCode('authentication-failed', () =>
          aead.openInto(nonce, sealed.subarray(0, 15), associatedData, new Uint8Array(64), 0),
        );
      });

      it('refuses an output that is too small', () => {
        const small = new Uint8Array(sealed.length - 1);
        expectCode('output-too-small', () => aead.sealInto(nonce, plaintext, associatedData, small, 0));
        expectCode('output-too-small', () =>
          aead.openInto(nonce, sealed, associatedData, new Uint8Array(plaintext.length), 1),
        );
      });
    });

    describe.each(VARIATIONS)('key schedule $schedule on $backend', (variation) => {
      it('derives the keys of the slow oracle, in every epoch', () => {
        const { client, server } = openPeers(implementation, variation);
        const covered = [utf8('covered')];
        const signatures = new Set<string>();
        for (let epoch = 0; epoch < 3; epoch++) {
          const keys = oracleKeys(variation.schedule, epoch, SECRET, SALT);
          expect(client.keyId).toBe(oracleKeyId(keys.signing));
          expect(server.keyId).toBe(client.keyId);
          expect(hex(client.sign(covered))).toBe(hex(oracleSignature(keys.signing, covered)));
          expect(hex(client.signOutbound(covered))).toBe(hex(oracleSignature(keys.c2sSigning, covered)));
          expect(hex(server.signOutbound(covered))).toBe(hex(oracleSignature(keys.s2cSigning, covered)));
          signatures.add(hex(client.sign(covered)));
          client.rotate();
          server.rotate();
        }
        expect(signatures.size).toBe(3);
      });

      it('holds six keys that all differ', () => {
        const keys = Object.values(oracleKeys(variation.schedule, 0, SECRET, SALT)).map((key) => hex(key));
        expect(new Set(keys).size).toBe(6);
        const { client } = openPeers(implementation, variation);
        const stored = client.secretStorage().map((bytes) => hex(bytes)).join(' ');
        for (const key of keys) expect(stored).toContain(key);
      });

      it('derives the id of the slow oracle when none is given', () => {
        expect(openPeers(implementation, variation).client.id).toBe(oracleSessionId(SALT));
      });

      it('speaks the golden transcript byte for byte', () => {
        const transcript = readGoldenTranscripts().find(({ schedule }) => schedule === variation.schedule);
        expect(transcript).toEqual(recordTranscript(variation.schedule));
        replayTranscript(implementation, variation.backend, recordTranscript(variation.schedule));
      });
    });

    it('derives different keys under the two schedules', () => {
      const [v1, v2] = (['v1', 'v2'] as const).map((schedule) => openPeers(implementation, { schedule }).client);
      expect(v1?.keyId).not.toBe(v2?.keyId);
    });

    if (existsSync(WYCHEPROOF)) {
      describe.each(BACKENDS)('Wycheproof on %s', (backend) => {
        it('ChaCha20-Poly1305', () => checkWycheproofAead(implementation, backend));
        it('HKDF-SHA-256', () => checkWycheproofHkdf(implementation, backend));
      });
    }
  });
}

function replayTranscript(implementation: SessionImplementation, backend: BackendName, transcript: Transcript): void {
  const shared = { sharedSecret: TRANSCRIPT_SECRET, salt: TRANSCRIPT_SALT };
  const config = { schedule: transcript.schedule, backend };
  const peers = {
    client: new implementation.SecureSession({ ...shared, role: 'client' }, { ...config, fillRandom: fixedStream('client') }),
    server: new implementation.SecureSession({ ...shared, role: 'server' }, { ...config, fillRandom: fixedStream('server') }),
  };
  expect(peers.client.id).toBe(transcript.id);
  expect(peers.client.keyId).toBe(transcript.keyId);
  for (const step of transcript.steps) {
    const sender = peers[step.peer];
    const receiver = peers[step.peer === 'client' ? 'server' : 'client'];
    const text = utf8(step.text);
    const associated = utf8(step.associatedText);
    const result = unhex(step.result.startsWith('kid-') ? '' : step.result);
    switch (step.operation) {
      case 'encrypt':
        expect(hex(sender.encrypt(text, associated))).toBe(step.result);
        expect(receiver.decrypt(result, associated)).toEqual(text);
        break;
      case 'encryptOutbound':
        expect(hex(sender.encryptOutbound(text, associated))).toBe(step.result);
        expect(receiver.decryptInbound(result, associated)).toEqual(text);
        break;
      case 'sign':
        expect(hex(sender.sign([text, associated]))).toBe(step.result);
        expect(receiver.verify([text, associated], result)).toBe(true);
        break;
      case 'signOutbound':
        expect(hex(sender.signOutbound([text, associated]))).toBe(step.result);
        expect(receiver.verifyInbound([text, associated], result)).toBe(true);
        break;
      case 'rotate':
        sender.rotate();
        receiver.rotate();
        expect(sender.keyId).toBe(step.result);
        expect(receiver.keyId).toBe(step.result);
        break;
    }
  }
}

interface WycheproofFile<Group> {
  readonly testGroups: readonly Group[];
}

interface AeadGroup {
  readonly ivSize: number;
  readonly tests: readonly {
    readonly tcId: number;
    readonly key: string;
    readonly iv: string;
    readonly aad: string;
    readonly msg: string;
    readonly ct: string;
    readonly tag: string;
    readonly result: 'valid' | 'invalid';
  }[];
}

interface HkdfGroup {
  readonly tests: readonly {
    readonly tcId: number;
    readonly ikm: string;
    readonly salt: string;
    readonly info: string;
    readonly size: number;
    readonly okm: string;
    readonly result: 'valid' | 'invalid';
  }[];
}

function checkWycheproofAead(implementation: SessionImplementation, backend: BackendName): void {
  const wrong: number[] = [];
  let checked = 0;
  for (const group of readWycheproof<AeadGroup>('chacha20_poly1305_test.json').testGroups) {
    // The interface takes 12-byte nonces only; the sets of other nonce lengths do not apply to it.
    if (group.ivSize !== 96) continue;
    for (const test of group.tests) {
      checked += 1;
      const aead = implementation.createAead(backend, unhex(test.key));
      const opened = openOrUndefined(() => {
        const output = new Uint8Array(test.msg.length / 2);
        aead.openInto(unhex(test.iv), unhex(test.ct + test.tag), unhex(test.aad), output, 0);
        return hex(output);
      });
      const output = new Uint8Array(test.msg.length / 2 + 16);
      aead.sealInto(unhex(test.iv), unhex(test.msg), unhex(test.aad), output, 0);
      const isValid = test.result === 'valid';
      const sealsSame = hex(output) === test.ct + test.tag;
      const opensRight = isValid ? opened === test.msg : opened === undefined;
      if (!opensRight || sealsSame !== isValid) wrong.push(test.tcId);
    }
  }
  expect(wrong).toEqual([]);
  expect(checked).toBeGreaterThan(200);
}

function checkWycheproofHkdf(implementation: SessionImplementation, backend: BackendName): void {
  const wrong: number[] = [];
  for (const group of readWycheproof<HkdfGroup>('hkdf_sha256_test.json').testGroups) {
    for (const test of group.tests) {
      const derived = openOrUndefined(() =>
        hex(implementation.hkdfSha256(backend, unhex(test.ikm), unhex(test.salt), unhex(test.info), test.size)),
      );
      const expected = test.result === 'valid' ? test.okm : undefined;
      if (derived !== expected) wrong.push(test.tcId);
    }
  }
  expect(wrong).toEqual([]);
}

function openOrUndefined(compute: () => string): string | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}

function readWycheproof<Group>(file: string): WycheproofFile<Group> {
  return JSON.parse(readFileSync(new URL(file, WYCHEPROOF), 'utf8')) as WycheproofFile<Group>;
}

function readGoldenTranscripts(): readonly Transcript[] {
  const record = new URL('golden/session-transcript.json', import.meta.url);
  return JSON.parse(readFileSync(record, 'utf8')) as Transcript[];
}

/** Hexadecimal of `count` bytes that count up from `first`. */
function countingHex(first: number, count: number): string {
  return hex(Uint8Array.from({ length: count }, (_, index) => first + index));
}
