/**
 * The errors that a secure session and its manager throw.
 *
 * Owns the class hierarchy and the machine-readable codes.
 * Messages never contain key material, plaintext or nonces; a caller may log them.
 */

/** What went wrong, for callers that switch on a value rather than on a class. */
export type SessionErrorCode =
  | 'invalid-parameter'
  | 'session-closed'
  | 'session-expired'
  | 'authentication-failed'
  | 'message-replayed'
  | 'malformed-frame'
  | 'output-too-small'
  | 'sequence-exhausted'
  | 'duplicate-session'
  | 'manager-full';

/** The root of every error that this module throws on purpose. */
export class SessionError extends Error {
  readonly code: SessionErrorCode;

  constructor(code: SessionErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
  }
}

/** A parameter or a configuration value is out of range. */
export class InvalidParameterError extends SessionError {
  constructor(message: string) {
    super('invalid-parameter', message);
  }
}

/** The session was closed, so its keys no longer exist. */
export class SessionClosedError extends SessionError {
  constructor(sessionId: string) {
    super('session-closed', `session ${sessionId} is closed`);
  }
}

/** Which of the three limits of a session was reached. */
export type ExpiryReason = 'age' | 'idle' | 'messages';

/** The session reached its age, idle or message limit and must be replaced. */
export class SessionExpiredError extends SessionError {
  readonly reason: ExpiryReason;

  constructor(sessionId: string, reason: ExpiryReason) {
    super('session-expired', `session ${sessionId} reached its ${reason} limit`);
    this.reason = reason;
  }
}

/** A frame did not authenticate: wrong key, wrong direction, wrong associated data, or changed bytes. */
export class AuthenticationError extends SessionError {
  constructor(options?: ErrorOptions) {
    super('authentication-failed', 'frame does not authenticate under the key of this session', options);
  }
}

/** An authentic frame was delivered before, or is older than the replay window. */
export class ReplayError extends SessionError {
  /** The sequence number of the rejected frame. */
  readonly sequence: number;

  constructor(sequence: number) {
    super('message-replayed', `message ${sequence} was received before or is older than the replay window`);
    this.sequence = sequence;
  }
}

/** A frame is too short, or its sequence number is out of range. */
export class MalformedFrameError extends SessionError {
  constructor(message: string) {
    super('malformed-frame', message);
  }
}

/** The caller's output buffer cannot hold the result. */
export class OutputTooSmallError extends SessionError {
  constructor(needed: number, available: number) {
    super('output-too-small', `output has room for ${available} bytes, ${needed} are needed`);
  }
}

/** The outbound sequence number would wrap; rotate the keys or open a new session. */
export class SequenceExhaustedError extends SessionError {
  constructor(sessionId: string) {
    super('sequence-exhausted', `session ${sessionId} has no outbound sequence number left`);
  }
}

/** The manager already holds a live session of this id. */
export class DuplicateSessionError extends SessionError {
  constructor(sessionId: string) {
    super('duplicate-session', `session ${sessionId} exists already`);
  }
}

/** The manager holds as many sessions as it may. */
export class ManagerFullError extends SessionError {
  constructor(limit: number) {
    super('manager-full', `the manager holds its limit of ${limit} sessions`);
  }
}
