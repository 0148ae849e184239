/**
 * Conformance of the session manager of system A: creation, lookup, removal, expiry, and what is wiped when.
 */

import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { bytesOf, expectCode, hex, manualClock, SALT, SECRET, utf8, VARIATIONS } from './conversation.js';
import type { ParametersUnderTest, SessionImplementation, SessionUnderTest } from './implementation.js';

export function describeSessionManager(name: string, implementation: SessionImplementation): void {
  describe.each(VARIATIONS)(`${name}: manager, schedule $schedule on $backend`, (variation) => {
    afterEach(() => {
      vi.useRealTimers();
    });

    it('creates, finds and removes; removal wipes', () => {
      const manager = new implementation.SessionManager(variation);
      const session = manager.create(named('a'));
      expect(session.id).toBe('a');
      expect(manager.get('a')).toBe(session);
      expect(manager.get('b')).toBeUndefined();
      const storage = session.secretStorage();
      expect(manager.remove('a')).toBe(true);
      expect(manager.remove('a')).toBe(false);
      expect(manager.get('a')).toBeUndefined();
      expect(session.isClosed).toBe(true);
      expect(isWiped(storage)).toBe(true);
      expectCode('session-closed', () => session.encrypt(utf8('m')));
      expect(manager.stats()).toEqual({ active: 0, created: 1, removed: 1, expired: 0 });
    });

    it('makes sessions that talk to each other', () => {
      const [clients, servers] = [new implementation.SessionManager(variation), new implementation.SessionManager(variation)];
      const client = clients.create({ sharedSecret: SECRET, salt: SALT, role: 'client' });
      const server = servers.create({ sharedSecret: SECRET, salt: SALT, role: 'server' });
      expect(client.id).toBe(server.id);
      expect(hex(server.decryptInbound(client.encryptOutbound(utf8('hello'))))).toBe(hex(utf8('hello')));
    });

    it('keeps sessions apart, also in the place of removed ones', () => {
      const manager = new implementation.SessionManager(variation);
      for (let round = 0; round < 20; round++) {
        const left = manager.create(named('left', round));
        const right = manager.create(named('right', round + 1000));
        expect(left.keyId).not.toBe(right.keyId);
        const frame = left.encrypt(utf8(`round ${round}`));
        expectCode('authentication-failed', () => right.decrypt(frame));
        expect(left.stats().messagesSealed).toBe(1);
        expect(right.stats().messagesSealed).toBe(0);
        manager.remove('left');
        manager.remove('right');
      }
    });

    it('refuses a second live session of one id and keeps the first usable', () => {
      const manager = new implementation.SessionManager(variation);
      const first = manager.create(named('a'));
      expectCode('duplicate-session', () => manager.create(named('a')));
      expect(manager.get('a')).toBe(first);
      expect(hex(first.decrypt(first.encrypt(utf8('m'))))).toBe(hex(utf8('m')));
      expect(manager.stats().active).toBe(1);
    });

    it('refuses bad parameters and stays as it was', () => {
      const manager = new implementation.SessionManager(variation);
      expectCode('invalid-parameter', () => manager.create({ ...named('a'), sharedSecret: bytesOf(8, 1) }));
      expect(manager.stats()).toEqual({ active: 0, created: 0, removed: 0, expired: 0 });
      expect(manager.create(named('a')).id).toBe('a');
      expectCode('invalid-parameter', () => new implementation.SessionManager({ ...variation, maxSessions: 0 }));
    });

    it('replaces an expired session of the same id, wiping the old one', () => {
      const clock = manualClock();
      const manager = new implementation.SessionManager({ ...variation, now: clock.now, idleTimeoutMs: 100 });
      const storage = manager.create(named('a')).secretStorage();
      clock.advance(101);
      const replacement = manager.create(named('a', 2));
      expect(manager.get('a')).toBe(replacement);
      expect(manager.stats()).toEqual({ active: 1, created: 2, removed: 0, expired: 1 });
      // A variant may have given the wiped storage to the replacement; without reuse it holds zeros.
      const reused = storage.some((bytes) => replacement.secretStorage().some((live) => live.buffer === bytes.buffer));
      expect(reused || isWiped(storage)).toBe(true);
    });

    it('hides and wipes an expired or closed session at lookup', () => {
      const clock = manualClock();
      const manager = new implementation.SessionManager({ ...variation, now: clock.now, maxAgeMs: 100 });
      const old = manager.create(named('old'));
      const storage = old.secretStorage();
      clock.advance(101);
      expect(manager.get('old')).toBeUndefined();
      expect(old.isClosed).toBe(true);
      expect(isWiped(storage)).toBe(true);
      manager.create(named('closed')).close();
      expect(manager.get('closed')).toBeUndefined();
      expect(manager.stats()).toEqual({ active: 0, created: 2, removed: 0, expired: 2 });
    });

    it('cleans up exactly the expired sessions', () => {
      const clock = manualClock();
      const manager = new implementation.SessionManager({ ...variation, now: clock.now, idleTimeoutMs: 100 });
      const sessions = Array.from({ length: 10 }, (_, index) => manager.create(named(`s${index}`, index)));
      const storages = sessions.map((session) => session.secretStorage());
      clock.advance(60);
      for (const session of sessions.slice(0, 4)) session.encrypt(utf8('still here'));
      clock.advance(60);
      expect(manager.cleanupExpired()).toBe(6);
      expect(manager.cleanupExpired()).toBe(0);
      expect(sessions.map((session) => session.isClosed)).toEqual([...times(4, false), ...times(6, true)]);
      expect(storages.slice(4).every(isWiped)).toBe(true);
      expect(manager.stats()).toEqual({ active: 4, created: 10, removed: 0, expired: 6 });
    });

    it('cleans up on a timer until it is stopped', () => {
      vi.useFakeTimers();
      const manager = new implementation.SessionManager({ ...variation, now: Date.now, idleTimeoutMs: 100 });
      const session = manager.create(named('a'));
      manager.startCleanup(60);
      vi.advanceTimersByTime(60);
      expect(session.isClosed).toBe(false);
      vi.advanceTimersByTime(60);
      expect(session.isClosed).toBe(true);
      manager.stopCleanup();
      expect(vi.getTimerCount()).toBe(0);
    });

    it('makes room for a new session by removing expired ones, and refuses when none is', () => {
      const clock = manualClock();
      const manager = new implementation.SessionManager({ ...variation, now: clock.now, idleTimeoutMs: 100, maxSessions: 2 });
      manager.create(named('a'));
      manager.create(named('b'));
      expectCode('manager-full', () => manager.create(named('c')));
      clock.advance(101);
      expect(manager.create(named('c')).id).toBe('c');
      expect(manager.stats().active).toBe(1);
    });

    it('closes every session when it closes', () => {
      const manager = new implementation.SessionManager(variation);
      const sessions = ['a', 'b', 'c'].map((id) => manager.create(named(id)));
      const storages = sessions.map((session) => session.secretStorage());
      manager.startCleanup(1000);
      manager.close();
      expect(sessions.every((session) => session.isClosed)).toBe(true);
      expect(storages.every(isWiped)).toBe(true);
      expect(manager.stats().active).toBe(0);
    });

    it('agrees with a plain map under any sequence of operations', () => {
      const action = fc.record({
        kind: fc.constantFrom('create', 'get', 'remove', 'advance', 'cleanup'),
        id: fc.constantFrom('a', 'b', 'c', 'd'),
      });
      fc.assert(
        fc.property(fc.array(action, { maxLength: 40 }), (actions) => {
          const clock = manualClock();
          const manager = new implementation.SessionManager({ ...variation, now: clock.now, maxAgeMs: 100, idleTimeoutMs: 1000 });
          const model = new Map<string, { createdAt: number; session: SessionUnderTest }>();
          const isLive = (id: string) => clock.now() - (model.get(id)?.createdAt ?? Number.NEGATIVE_INFINITY) <= 100;
          for (const { kind, id } of actions) {
            if (kind === 'advance') clock.advance(40);
            if (kind === 'cleanup') {
              const dead = [...model.keys()].filter((key) => !isLive(key));
              expect(manager.cleanupExpired()).toBe(dead.length);
              for (const key of dead) model.delete(key);
            }
            if (kind === 'create' && isLive(id)) expectCode('duplicate-session', () => manager.create(named(id)));
            else if (kind === 'create') model.set(id, { createdAt: clock.now(), session: manager.create(named(id)) });
            if (kind === 'get') {
              expect(manager.get(id)).toBe(isLive(id) ? model.get(id)?.session : undefined);
              if (!isLive(id)) model.delete(id);
            }
            if (kind === 'remove') {
              expect(manager.remove(id)).toBe(model.has(id));
              model.delete(id);
            }
            expect(manager.stats().active).toBe(model.size);
          }
        }),
        { numRuns: 40 },
      );
    });
  });
}

function named(id: string, seed = 1): ParametersUnderTest {
  return { id, sharedSecret: bytesOf(32, seed), salt: bytesOf(16, seed >> 8), role: 'client' };
}

function isWiped(storage: readonly Uint8Array[]): boolean {
  return storage.every((bytes) => bytes.every((byte) => byte === 0));
}

function times<T>(count: number, value: T): T[] {
  return Array.from({ length: count }, () => value);
}
