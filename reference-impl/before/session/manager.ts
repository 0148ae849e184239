/**
 * Many sessions by id: creation, lookup, removal, expiry.
 *
 * Owns the lifetime of the sessions that it created; each leaves the manager closed, its keys wiped.
 * Leaves what one session does to `session.ts`.
 */

import { resolveManagerConfig } from './config.js';
import type { SessionManagerConfig, SessionParameters } from './config.js';
import { DuplicateSessionError, ManagerFullError } from './errors.js';
import { SecureSession } from './session.js';

/** Counts over the life of a manager. */
export interface SessionManagerStats {
  readonly active: number;
  readonly created: number;
  readonly removed: number;
  readonly expired: number;
}

export class SessionManager {
  private readonly config: SessionManagerConfig;
  private readonly sessions = new Map<string, SecureSession>();
  private cleanupTimer: NodeJS.Timeout | undefined;
  private created = 0;
  private removed = 0;
  private expired = 0;

  /** @throws InvalidParameterError when a limit is out of range */
  constructor(config: Partial<SessionManagerConfig> = {}) {
    this.config = resolveManagerConfig(config);
  }

  /**
   * Creates a session from a finished handshake.
   * An expired session of the same id gives way; a live one does not.
   * @throws InvalidParameterError, DuplicateSessionError, ManagerFullError
   * @hot
   */
  create(parameters: SessionParameters): SecureSession {
    if (this.sessions.size >= this.config.maxSessions) this.cleanupExpired();
    if (this.sessions.size >= this.config.maxSessions) throw new ManagerFullError(this.config.maxSessions);
    const session = new SecureSession(parameters, this.config);
    if (this.get(session.id) !== undefined) {
      session.close();
      throw new DuplicateSessionError(session.id);
    }
    this.sessions.set(session.id, session);
    this.created += 1;
    this.config.logger.debug(`manager: created session ${session.id} with key ${session.keyId}`);
    return session;
  }

  /** The live session of this id. A session that expired or was closed meanwhile is removed instead. */
  get(id: string): SecureSession | undefined {
    const session = this.sessions.get(id);
    if (session === undefined) return undefined;
    if (!this.isDead(session, this.config.now())) return session;
    this.expire(session);
    return undefined;
  }

  /** Closes and forgets a session. Returns false when there is none of this id. */
  remove(id: string): boolean {
    const session = this.sessions.get(id);
    if (session === undefined) return false;
    session.close();
    this.sessions.delete(id);
    this.removed += 1;
    this.config.logger.debug(`manager: removed session ${id}`);
    return true;
  }

  /** Closes and forgets every session that reached a limit. Returns how many. */
  cleanupExpired(): number {
    const now = this.config.now();
    const dead = Array.from(this.sessions.values()).filter((session) => this.isDead(session, now));
    for (const session of dead) this.expire(session);
    return dead.length;
  }

  /** Runs `cleanupExpired` every `intervalMs` milliseconds. The timer does not keep the process alive. */
  startCleanup(intervalMs: number): void {
    this.stopCleanup();
    this.cleanupTimer = setInterval(() => this.cleanupExpired(), intervalMs);
    this.cleanupTimer.unref();
  }

  stopCleanup(): void {
    clearInterval(this.cleanupTimer);
    this.cleanupTimer = undefined;
  }

  stats(): SessionManagerStats {
    return { active: this.sessions.size, created: this.created, removed: this.removed, expired: this.expired };
  }

  /** Stops the cleanup and removes every session. */
  close(): void {
    this.stopCleanup();
    for (const id of Array.from(this.sessions.keys())) this.remove(id);
  }

  private isDead(session: SecureSession, now: number): boolean {
    return session.isClosed || session.expiryAt(now) !== undefined;
  }

  private expire(session: SecureSession): void {
    session.close();
    this.sessions.delete(session.id);
    this.expired += 1;
    this.config.logger.debug(`manager: session ${session.id} expired`);
  }
}
