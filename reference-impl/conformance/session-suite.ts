/**
 * Conformance of one secure session of system A: what it promises, whatever it allocates.
 *
 * Owns behavior; known answers are in `cryptography-suite.ts`, many sessions in `manager-suite.ts`.
 */

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bytesOf,
  expectCode,
  flipBit,
  hex,
  manualClock,
  openPeers,
  SALT,
  SECRET,
  utf8,
  VARIATIONS,
} from './conversation.js';
import type { SessionImplementation } from './implementation.js';

/** The bits of a sequence number, and those of them that keep it below 2^53: the first byte and three bits of the second do not. */
const SEQUENCE_BITS = 64;
const SAFE_SEQUENCE_BITS = new Set(Array.from({ length: SEQUENCE_BITS }, (_, bit) => bit).filter((bit) => bit >= 16 || (bit >= 8 && bit < 13)));

export function describeSession(name: string, implementation: SessionImplementation): void {
  describe.each(VARIATIONS)(`${name}: session, schedule $schedule on $backend`, (variation) => {
    const peers = () => openPeers(implementation, variation);

    describe('frames', () => {
      it('round-trip for any plaintext and associated data', () => {
        const { client, server } = peers();
        fc.assert(
          fc.property(fc.uint8Array({ maxLength: 300 }), fc.uint8Array({ maxLength: 100 }), (plaintext, associated) => {
            const sessionFrame = client.encrypt(plaintext, associated);
            expect(sessionFrame.length).toBe(plaintext.length + 28);
            expect(Array.from(server.decrypt(sessionFrame, associated))).toEqual(Array.from(plaintext));
            expect(Array.from(client.decrypt(sessionFrame, associated))).toEqual(Array.from(plaintext));
            const directionalFrame = server.encryptOutbound(plaintext, associated);
            expect(directionalFrame.length).toBe(plaintext.length + 36);
            expect(Array.from(client.decryptInbound(directionalFrame, associated))).toEqual(Array.from(plaintext));
          }),
          { numRuns: 60 },
        );
      });

      it('round-trip at 16 KiB and 1 MiB', () => {
        const { client, server } = peers();
        for (const length of [16 * 1024, 1024 * 1024]) {
          const plaintext = bytesOf(length, 3);
          expect(Buffer.compare(server.decrypt(client.encrypt(plaintext)), plaintext)).toBe(0);
          expect(Buffer.compare(server.decryptInbound(client.encryptOutbound(plaintext)), plaintext)).toBe(0);
        }
      });

      it('are accepted as a Buffer that is a view into a larger one', () => {
        const { client, server } = peers();
        const plaintext = utf8('inside a larger chunk');
        const sessionFrame = Buffer.concat([Buffer.from('abc'), client.encrypt(plaintext), Buffer.from('xyz')]).subarray(3, -3);
        const directionalFrame = Buffer.concat([Buffer.from('ab'), client.encryptOutbound(plaintext)]).subarray(2);
        expect(hex(server.decrypt(sessionFrame))).toBe(hex(plaintext));
        expect(hex(server.decryptInbound(directionalFrame))).toBe(hex(plaintext));
      });

      it('are left unchanged by opening, and results outlive later messages', () => {
        const { client, server } = peers();
        const first = client.encryptOutbound(utf8('first'));
        const firstBefore = hex(first);
        const opened = server.decryptInbound(first);
        const second = client.encryptOutbound(utf8('SECOND'));
        server.decryptInbound(second);
        expect(hex(first)).toBe(firstBefore);
        expect(hex(opened)).toBe(hex(utf8('first')));
      });

      it('never repeat a nonce', () => {
        const { client, server } = peers();
        const nonces = new Set<string>();
        for (let count = 0; count < 500; count++) {
          nonces.add(hex(client.encrypt(utf8('same')).subarray(0, 12)));
          nonces.add(hex(client.encryptOutbound(utf8('same')).subarray(8, 20)));
          nonces.add(hex(server.encrypt(utf8('same')).subarray(0, 12)));
        }
        expect(nonces.size).toBe(1500);
      });

      it('carry sequence numbers that count up from zero per direction', () => {
        const { client, server } = peers();
        const sequenceOf = (frame: Uint8Array) => Number(Buffer.from(frame).readBigUInt64BE(0));
        expect([client, client, server, client].map((peer) => sequenceOf(peer.encryptOutbound(utf8('m'))))).toEqual([0, 1, 0, 2]);
      });
    });

    describe('frames into the caller\'s buffer', () => {
      it('land at the offset and touch nothing else', () => {
        const { client, server } = peers();
        const plaintext = bytesOf(100, 1);
        const frame = new Uint8Array(200).fill(0xee);
        const output = new Uint8Array(120).fill(0xee);

        const sessionLength = client.encryptInto(plaintext, frame, 9, utf8('ad'));
        expect(sessionLength).toBe(128);
        expect(server.decryptInto(frame.subarray(9, 137), output, 5, utf8('ad'))).toBe(100);
        expect(hex(output.subarray(5, 105))).toBe(hex(plaintext));
        expect(outside(frame, 9, 137).concat(outside(output, 5, 105)).every((byte) => byte === 0xee)).toBe(true);

        frame.fill(0xee);
        output.fill(0xee);
        const directionalLength = client.encryptOutboundInto(plaintext, frame, 9, utf8('ad'));
        expect(directionalLength).toBe(136);
        expect(server.decryptInboundInto(frame.subarray(9, 145), output, 5, utf8('ad'))).toBe(100);
        expect(hex(output.subarray(5, 105))).toBe(hex(plaintext));
        expect(outside(frame, 9, 145).concat(outside(output, 5, 105)).every((byte) => byte === 0xee)).toBe(true);
      });

      it('refuse an output that is too small before anything happens', () => {
        const { client, server } = peers();
        const plaintext = bytesOf(10, 1);
        const frame = client.encryptOutbound(plaintext);
        const before = [client.stats(), server.stats()];
        expectCode('output-too-small', () => client.encryptInto(plaintext, new Uint8Array(37)));
        expectCode('output-too-small', () => client.encryptInto(plaintext, new Uint8Array(100), -1));
        expectCode('output-too-small', () => client.encryptOutboundInto(plaintext, new Uint8Array(46), 1));
        expectCode('output-too-small', () => server.decryptInto(client.encrypt(plaintext), new Uint8Array(9)));
        expectCode('output-too-small', () => server.decryptInboundInto(frame, new Uint8Array(9)));
        expect(server.stats()).toEqual(before[1]);
        expect(client.stats().messagesSealed).toBe((before[0]?.messagesSealed ?? 0) + 1);
        expect(hex(server.decryptInbound(frame))).toBe(hex(plaintext));
      });

      it('leave the output alone when the frame does not authenticate', () => {
        const { client, server } = peers();
        const output = new Uint8Array(64).fill(0xee);
        expectCode('authentication-failed', () => server.decryptInto(flipBit(client.encrypt(utf8('secret')), 100), output));
        expectCode('authentication-failed', () =>
          server.decryptInboundInto(flipBit(client.encryptOutbound(utf8('secret')), 200), output),
        );
        expect(output.every((byte) => byte === 0xee)).toBe(true);
      });
    });

    describe('rejection', () => {
      it('of any changed bit, with the state unchanged', () => {
        const { client, server } = peers();
        const sessionFrame = client.encrypt(utf8('tamper with me'), utf8('ad'));
        const directionalFrame = client.encryptOutbound(utf8('tamper with me'), utf8('ad'));
        const before = server.stats();
        for (let bit = 0; bit < sessionFrame.length * 8; bit++) {
          expectCode('authentication-failed', () => server.decrypt(flipBit(sessionFrame, bit), utf8('ad')));
        }
        for (let bit = 0; bit < directionalFrame.length * 8; bit++) {
          const code = bit < SEQUENCE_BITS && !SAFE_SEQUENCE_BITS.has(bit) ? 'malformed-frame' : 'authentication-failed';
          expectCode(code, () => server.decryptInbound(flipBit(directionalFrame, bit), utf8('ad')));
        }
        expect(server.stats()).toEqual(before);
        expect(hex(server.decrypt(sessionFrame, utf8('ad')))).toBe(hex(utf8('tamper with me')));
        expect(hex(server.decryptInbound(directionalFrame, utf8('ad')))).toBe(hex(utf8('tamper with me')));
      });

      it('of any truncation', () => {
        const { client, server } = peers();
        const sessionFrame = client.encrypt(utf8('cut'));
        const directionalFrame = client.encryptOutbound(utf8('cut'));
        for (let length = 0; length < sessionFrame.length; length++) {
          const code = length < 28 ? 'malformed-frame' : 'authentication-failed';
          expectCode(code, () => server.decrypt(sessionFrame.subarray(0, length)));
        }
        for (let length = 0; length < directionalFrame.length; length++) {
          const code = length < 36 ? 'malformed-frame' : 'authentication-failed';
          expectCode(code, () => server.decryptInbound(directionalFrame.subarray(0, length)));
        }
        expect(hex(server.decryptInbound(directionalFrame))).toBe(hex(utf8('cut')));
      });

      it('of other associated data, another session, another epoch', () => {
        const { client, server } = peers();
        const frame = client.encrypt(utf8('bound'), utf8('ad'));
        expectCode('authentication-failed', () => server.decrypt(frame));
        expectCode('authentication-failed', () => server.decrypt(frame, utf8('ae')));
        const renamed = new implementation.SecureSession(
          { sharedSecret: SECRET, salt: SALT, role: 'server', id: 'another name' },
          variation,
        );
        expectCode('authentication-failed', () => renamed.decrypt(frame, utf8('ad')));
        server.rotate();
        expectCode('authentication-failed', () => server.decrypt(frame, utf8('ad')));
      });

      it('of a directional frame by its own sender, and of one kind of frame as the other', () => {
        const { client, server } = peers();
        const outbound = client.encryptOutbound(utf8('to the server'));
        expectCode('authentication-failed', () => client.decryptInbound(outbound));
        expectCode('authentication-failed', () => server.decrypt(outbound));
        expectCode('authentication-failed', () => server.decrypt(outbound.subarray(8)));
        expectCode('authentication-failed', () =>
          server.decryptInbound(Buffer.concat([new Uint8Array(8), client.encrypt(utf8('to the server'))])),
        );
      });
    });

    describe('replay', () => {
      it('is refused, in any order of delivery', () => {
        fc.assert(
          fc.property(fc.shuffledSubarray(Array.from({ length: 24 }, (_, index) => index), { minLength: 1 }), (order) => {
            const { client, server } = peers();
            const frames = Array.from({ length: 24 }, (_, index) => client.encryptOutbound(utf8(`m${index}`)));
            for (const index of order) {
              const frame = frames[index] ?? new Uint8Array(0);
              expect(hex(server.decryptInbound(frame))).toBe(hex(utf8(`m${index}`)));
              expectCode('message-replayed', () => server.decryptInbound(frame));
            }
            expect(server.stats().messagesOpened).toBe(order.length);
          }),
          { numRuns: 15 },
        );
      });

      it('window slides: late by one less than its size is accepted, late by its size is not', () => {
        const { client, server } = peers();
        const size = implementation.REPLAY_WINDOW_SIZE;
        const frames = Array.from({ length: size + 1 }, () => client.encryptOutbound(utf8('m')));
        const deliver = (index: number) => server.decryptInbound(frames[index] ?? new Uint8Array(0));
        deliver(size);
        deliver(1);
        expectCode('message-replayed', () => deliver(0));
        expectCode('message-replayed', () => deliver(1));
        deliver(2);
      });

      it('window forgets what it passed: a stream with gaps stays readable for longer than the bitmap', () => {
        const { client, server } = peers();
        const size = implementation.REPLAY_WINDOW_SIZE;
        const frames = Array.from({ length: 2 * size + 300 }, () => client.encryptOutbound(utf8('m')));
        const isOpened = (index: number) => opens(() => server.decryptInbound(frames[index] ?? new Uint8Array(0)));
        const indices = frames.map((_, index) => index);
        const refused = indices.filter((index) => index % 2 === 1 && !isOpened(index));
        expect(refused).toEqual([]);
        // The newest is the last index, which is odd; even ones were skipped and are good while they lie in the window.
        const late = indices.filter((index) => index % 2 === 0 && isOpened(index));
        expect(late).toEqual(indices.filter((index) => index % 2 === 0 && frames.length - 1 - index < size));
        expect(indices.some(isOpened)).toBe(false);
      });

      it('window survives a jump over its whole length', () => {
        const { client, server } = peers();
        const size = implementation.REPLAY_WINDOW_SIZE;
        const frames = Array.from({ length: size + 200 }, () => client.encryptOutbound(utf8('m')));
        const isOpened = (index: number) => opens(() => server.decryptInbound(frames[index] ?? new Uint8Array(0)));
        for (let index = 0; index < 40; index++) expect(isOpened(index)).toBe(true);
        expect(isOpened(frames.length - 1)).toBe(true);
        const rest = frames.map((_, index) => index).slice(0, -1);
        expect(rest.filter(isOpened)).toEqual(rest.filter((index) => frames.length - 1 - index < size));
      });

      it('of a forged sequence number does not move the window', () => {
        const { client, server } = peers();
        const frame = client.encryptOutbound(utf8('m'));
        const forged = Uint8Array.from(frame);
        forged[3] = 1;
        expectCode('authentication-failed', () => server.decryptInbound(forged));
        expect(hex(server.decryptInbound(frame))).toBe(hex(utf8('m')));
      });

      it('protection stays out of the way of session frames', () => {
        const { client, server } = peers();
        const frame = client.encrypt(utf8('read it twice'));
        expect(hex(server.decrypt(frame))).toBe(hex(server.decrypt(frame)));
      });
    });

    describe('signatures', () => {
      it('verify at the peer and cover every part and every border', () => {
        const { client, server } = peers();
        const covered = [utf8('@method'), utf8('POST'), utf8('')];
        const signature = client.sign(covered);
        expect(signature.length).toBe(32);
        expect(server.verify(covered, signature)).toBe(true);
        expect(server.verify([utf8('@methodP'), utf8('OST'), utf8('')], signature)).toBe(false);
        expect(server.verify([utf8('@method'), utf8('POST')], signature)).toBe(false);
        expect(server.verify(covered, flipBit(signature, 9))).toBe(false);
        expect(server.verify(covered, signature.subarray(0, 31))).toBe(false);
        expect(server.verify(covered, new Uint8Array(0))).toBe(false);
      });

      it('of a direction verify only at the other end', () => {
        const { client, server } = peers();
        const covered = [bytesOf(200, 4)];
        const signature = client.signOutbound(covered);
        expect(server.verifyInbound(covered, signature)).toBe(true);
        expect(client.verifyInbound(covered, signature)).toBe(false);
        expect(server.verify(covered, signature)).toBe(false);
      });

      it('agree with themselves for any parts', () => {
        const { client, server } = peers();
        fc.assert(
          fc.property(fc.array(fc.uint8Array({ maxLength: 80 }), { maxLength: 6 }), (covered) => {
            expect(server.verify(covered, client.sign(covered))).toBe(true);
            expect(client.verifyInbound(covered, server.signOutbound(covered))).toBe(true);
          }),
          { numRuns: 40 },
        );
      });
    });

    describe('rotation', () => {
      it('changes every key, wipes the old ones and keeps the conversation going', () => {
        const { client, server } = peers();
        const late = client.encryptOutbound(utf8('before'));
        server.decryptInbound(late);
        const oldKeys = client.secretStorage().map((bytes) => ({ bytes, text: hex(bytes) }));
        const oldKeyId = client.keyId;
        client.rotate();
        server.rotate();
        expect(client.keyId).not.toBe(oldKeyId);
        expect(client.keyId).toBe(server.keyId);
        expect(client.stats().epoch).toBe(1);
        // The shared secret stays for later rotations; every array that held only keys changed.
        const unchanged = oldKeys.filter(({ bytes, text }) => hex(bytes) === text);
        expect(unchanged.length).toBeLessThanOrEqual(1);
        expectCode('authentication-failed', () => server.decryptInbound(late));
        expect(hex(server.decryptInbound(client.encryptOutbound(utf8('after'))))).toBe(hex(utf8('after')));
        expect(hex(client.decrypt(server.encrypt(utf8('after'))))).toBe(hex(utf8('after')));
      });

      it('survives many epochs', () => {
        const { client, server } = peers();
        const keyIds = new Set<string>();
        for (let epoch = 0; epoch < 50; epoch++) {
          keyIds.add(client.keyId);
          expect(hex(server.decryptInbound(client.encryptOutbound(utf8(`e${epoch}`))))).toBe(hex(utf8(`e${epoch}`)));
          client.rotate();
          server.rotate();
        }
        expect(keyIds.size).toBe(50);
      });
    });

    describe('limits', () => {
      it('expire a session by age, even in use', () => {
        const clock = manualClock();
        const session = openPeers(implementation, { ...variation, now: clock.now, maxAgeMs: 1000, idleTimeoutMs: 400 }).client;
        for (let step = 0; step < 4; step++) {
          clock.advance(250);
          session.encrypt(utf8('m'));
        }
        expect(session.expiryAt(clock.now())).toBeUndefined();
        clock.advance(1);
        expect(session.expiryAt(clock.now())).toBe('age');
        expectCode('session-expired', () => session.encrypt(utf8('m')));
      });

      it('expire an idle session, counted from the last success', () => {
        const clock = manualClock();
        const { client, server } = openPeers(implementation, { ...variation, now: clock.now, idleTimeoutMs: 400 });
        const frame = client.encryptOutbound(utf8('m'));
        clock.advance(400);
        expectCode('authentication-failed', () => server.decryptInbound(flipBit(frame, 90)));
        expect(server.expiryAt(clock.now())).toBeUndefined();
        clock.advance(1);
        expect(server.expiryAt(clock.now())).toBe('idle');
        expectCode('session-expired', () => server.decryptInbound(frame));
        expectCode('session-expired', () => server.sign([utf8('m')]));
        expectCode('session-expired', () => server.rotate());
      });

      it('expire a session by messages, sealed and opened together', () => {
        const { client } = openPeers(implementation, { ...variation, maxMessages: 3 });
        client.decrypt(client.encrypt(utf8('m')));
        client.encryptOutbound(utf8('m'));
        expect(client.expiryAt(Date.now())).toBe('messages');
        expectCode('session-expired', () => client.encrypt(utf8('m')));
      });

      it('refuse to wrap the sequence number, until a rotation', () => {
        const { client, server } = openPeers(implementation, { ...variation, maxSequence: 2 });
        for (let count = 0; count < 3; count++) server.decryptInbound(client.encryptOutbound(utf8('m')));
        expectCode('sequence-exhausted', () => client.encryptOutbound(utf8('m')));
        client.rotate();
        server.rotate();
        expect(hex(server.decryptInbound(client.encryptOutbound(utf8('again'))))).toBe(hex(utf8('again')));
      });

      it('and parameters that are out of range are refused by name', () => {
        const create = (parameters: object, config: object = {}) => () =>
          new implementation.SecureSession(
            { sharedSecret: SECRET, salt: SALT, role: 'client', ...parameters },
            { ...variation, ...config },
          );
        expectCode('invalid-parameter', create({ sharedSecret: bytesOf(31, 1) }));
        expectCode('invalid-parameter', create({ salt: bytesOf(15, 1) }));
        expectCode('invalid-parameter', create({ id: '' }));
        expectCode('invalid-parameter', create({ id: 'x'.repeat(129) }));
        for (const limit of ['maxAgeMs', 'idleTimeoutMs', 'maxMessages', 'maxSequence']) {
          for (const value of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
            expect(create({}, { [limit]: value })).toThrow(limit);
          }
        }
        expectCode('invalid-parameter', create({}, { maxMessages: 2 ** 32 + 1 }));
        expectCode('invalid-parameter', create({}, { schedule: 'v3' }));
        expectCode('invalid-parameter', create({}, { backend: 'other' }));
      });
    });

    describe('state', () => {
      it('is counted: messages, plaintext bytes, times', () => {
        const clock = manualClock();
        const { client, server } = openPeers(implementation, { ...variation, now: clock.now });
        const createdAt = clock.now();
        clock.advance(5);
        const frame = client.encryptOutbound(bytesOf(10, 1));
        client.encrypt(bytesOf(7, 1));
        clock.advance(5);
        server.decryptInbound(frame);
        expect(client.stats()).toEqual({
          epoch: 0, messagesSealed: 2, messagesOpened: 0, bytesSealed: 17, bytesOpened: 0, createdAt, lastUsedAt: createdAt + 5,
        });
        expect(server.stats()).toEqual({
          epoch: 0, messagesSealed: 0, messagesOpened: 1, bytesSealed: 0, bytesOpened: 10, createdAt, lastUsedAt: createdAt + 10,
        });
      });

      it('does not depend on the caller\'s secret after creation', () => {
        const sharedSecret = Uint8Array.from(SECRET);
        const salt = Uint8Array.from(SALT);
        const session = new implementation.SecureSession({ sharedSecret, salt, role: 'client' }, variation);
        sharedSecret.fill(0);
        salt.fill(0);
        const { server } = peers();
        expect(hex(server.decrypt(session.encrypt(utf8('m'))))).toBe(hex(utf8('m')));
        session.rotate();
        server.rotate();
        expect(hex(server.decrypt(session.encrypt(utf8('n'))))).toBe(hex(utf8('n')));
      });

      it('is wiped by close, and every later use throws', () => {
        const { client, server } = peers();
        const frame = server.encryptOutbound(utf8('m'));
        const storage = client.secretStorage();
        expect(storage.reduce((sum, bytes) => sum + bytes.length, 0)).toBeGreaterThanOrEqual(192);
        expect(storage.every((bytes) => bytes.some((byte) => byte !== 0))).toBe(true);
        client.close();
        client.close();
        expect(client.isClosed).toBe(true);
        expect(storage.every((bytes) => bytes.every((byte) => byte === 0))).toBe(true);
        const uses = [
          () => client.encrypt(utf8('m')),
          () => client.decrypt(new Uint8Array(40)),
          () => client.encryptOutbound(utf8('m')),
          () => client.decryptInbound(frame),
          () => client.encryptInto(utf8('m'), new Uint8Array(64)),
          () => client.sign([]),
          () => client.verify([], new Uint8Array(32)),
          () => client.signOutbound([]),
          () => client.verifyInbound([], new Uint8Array(32)),
          () => client.rotate(),
        ];
        for (const use of uses) expectCode('session-closed', use);
      });

      it('never reaches the log', () => {
        const lines: string[] = [];
        const { client } = openPeers(implementation, { ...variation, logger: { debug: (line) => lines.push(line) } });
        const secrets = client.secretStorage().map((bytes) => hex(bytes));
        client.decrypt(client.encrypt(utf8('plaintext-marker')));
        client.encryptOutbound(utf8('plaintext-marker'));
        client.rotate();
        client.close();
        expect(lines.length).toBeGreaterThan(0);
        for (const secret of [...secrets, 'plaintext-marker', hex(utf8('plaintext-marker'))]) {
          expect(lines.join('\n')).not.toContain(secret);
        }
      });
    });
  });
}

/** Whether `open` returns, as opposed to being refused as a replay. */
function opens(open: () => Uint8Array): boolean {
  try {
    open();
    return true;
  } catch (error) {
    expect(error).toMatchObject({ code: 'message-replayed' });
    return false;
  }
}

/** The bytes of an array outside `[start, end)`. */
function outside(bytes: Uint8Array, start: number, end: number): number[] {
  return [...bytes.subarray(0, start), ...bytes.subarray(end)];
}
