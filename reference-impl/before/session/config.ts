/**
 * The parameters and the configuration of a secure session and of its manager.
 *
 * Owns defaults and validation.
 * Leaves the meaning of each limit to `session.ts` and `manager.ts`.
 */

import { InvalidParameterError } from './errors.js';

/** Which library computes the AEAD and HKDF. Both speak the same wire format. */
export type Backend = 'noble' | 'node';

/**
 * How the six keys follow from the shared secret.
 *
 * - `v1`: one HKDF per key, six labels, 32 bytes each.
 * - `v2`: two labels: 64 bytes of session keys and 128 bytes of directional keys.
 *
 * The two give different keys, so both peers must use the same one.
 */
export type KeyScheduleVersion = 'v1' | 'v2';

/** Which side of the handshake this peer was. The client sends on c2s and receives on s2c. */
export type Role = 'client' | 'server';

/** Receives one line per event. Lines hold ids, counts and sizes, never secrets. */
export interface SessionLogger {
  debug(line: string): void;
}

/** What a finished handshake hands to a new session. */
export interface SessionParameters {
  /** The input keying material of the handshake, at least 32 bytes. It is copied; wiping the original stays with the caller. */
  readonly sharedSecret: Uint8Array;
  /** A public value that both peers know and that is unique per handshake, such as a transcript hash; at least 16 bytes. */
  readonly salt: Uint8Array;
  readonly role: Role;
  /** 1 to 128 characters. Derived from the salt when absent, so that both peers agree on it. */
  readonly id?: string;
}

/** The configuration of one session. Durations are milliseconds of `now`. */
export interface SessionConfig {
  readonly schedule: KeyScheduleVersion;
  readonly backend: Backend;
  /** A session older than this is expired. */
  readonly maxAgeMs: number;
  /** A session unused for longer than this is expired. */
  readonly idleTimeoutMs: number;
  /**
   * Messages sealed plus messages opened, over all epochs, at most 2^32.
   * Random 96-bit nonces collide with a probability below 2^-32 up to that count (NIST SP 800-38D, 8.3).
   */
  readonly maxMessages: number;
  /** The largest outbound sequence number of one epoch. */
  readonly maxSequence: number;
  /** The clock, in milliseconds. */
  readonly now: () => number;
  /** Fills a buffer with random bytes. The system's generator when undefined; tests pass a fixed stream. */
  readonly fillRandom: ((target: Uint8Array) => void) | undefined;
  readonly logger: SessionLogger;
}

/** The configuration of a manager: that of each session, and the manager's own limits. */
export interface SessionManagerConfig extends SessionConfig {
  /** The most sessions that may be alive at once. */
  readonly maxSessions: number;
}

const SILENT_LOGGER: SessionLogger = { debug: () => undefined };
const LARGEST_MESSAGE_LIMIT = 2 ** 32;
// Lists of strings, because a configuration from plain JavaScript may hold anything.
const SCHEDULES: readonly string[] = ['v1', 'v2'];
const BACKENDS: readonly string[] = ['noble', 'node'];

export const DEFAULT_SESSION_CONFIG: SessionConfig = {
  schedule: 'v1',
  backend: 'node',
  maxAgeMs: 60 * 60 * 1000,
  idleTimeoutMs: 10 * 60 * 1000,
  maxMessages: 1_000_000,
  maxSequence: Number.MAX_SAFE_INTEGER,
  now: Date.now,
  fillRandom: undefined,
  logger: SILENT_LOGGER,
};

export const DEFAULT_MANAGER_CONFIG: SessionManagerConfig = { ...DEFAULT_SESSION_CONFIG, maxSessions: 10_000 };

/**
 * Fills the missing fields with the defaults and checks every limit.
 * @throws InvalidParameterError when a limit is not a positive integer, or exceeds what the cipher allows.
 */
export function resolveSessionConfig(config: Partial<SessionConfig>): SessionConfig {
  const resolved: SessionConfig = { ...DEFAULT_SESSION_CONFIG, ...config };
  checkSessionConfig(resolved);
  return resolved;
}

/**
 * Same as `resolveSessionConfig`, for a manager.
 * @throws InvalidParameterError as above, or when `maxSessions` is not a positive integer.
 */
export function resolveManagerConfig(config: Partial<SessionManagerConfig>): SessionManagerConfig {
  const resolved: SessionManagerConfig = { ...DEFAULT_MANAGER_CONFIG, ...config };
  checkSessionConfig(resolved);
  checkPositiveInteger('maxSessions', resolved.maxSessions);
  return resolved;
}

/**
 * Checks what the handshake handed over.
 * @throws InvalidParameterError naming the field that is out of range.
 */
export function checkSessionParameters(parameters: SessionParameters): void {
  if (parameters.sharedSecret.length < 32) {
    throw new InvalidParameterError(`sharedSecret has ${parameters.sharedSecret.length} bytes, at least 32 are needed`);
  }
  if (parameters.salt.length < 16) {
    throw new InvalidParameterError(`salt has ${parameters.salt.length} bytes, at least 16 are needed`);
  }
  if (parameters.id !== undefined && (parameters.id.length === 0 || parameters.id.length > 128)) {
    throw new InvalidParameterError(`id has ${parameters.id.length} characters, 1 to 128 are allowed`);
  }
}

function checkSessionConfig(config: SessionConfig): void {
  checkPositiveInteger('maxAgeMs', config.maxAgeMs);
  checkPositiveInteger('idleTimeoutMs', config.idleTimeoutMs);
  checkPositiveInteger('maxMessages', config.maxMessages);
  checkPositiveInteger('maxSequence', config.maxSequence);
  if (config.maxMessages > LARGEST_MESSAGE_LIMIT) {
    throw new InvalidParameterError(`maxMessages is ${config.maxMessages}, random 96-bit nonces allow at most 2^32`);
  }
  if (!SCHEDULES.includes(config.schedule)) {
    throw new InvalidParameterError(`schedule is ${config.schedule}, expected v1 or v2`);
  }
  if (!BACKENDS.includes(config.backend)) {
    throw new InvalidParameterError(`backend is ${config.backend}, expected noble or node`);
  }
}

function checkPositiveInteger(name: string, value: number): void {
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new InvalidParameterError(`${name} is ${value}, expected a positive integer`);
  }
}
