/**
 * The public interface of the reference implementation, as a competent team writes it first.
 *
 * System A: the secure session and its manager.
 */

export { createAead, TAG_LENGTH } from './session/aead.js';
export type { Aead } from './session/aead.js';
export { DEFAULT_MANAGER_CONFIG, DEFAULT_SESSION_CONFIG } from './session/config.js';
export type {
  Backend,
  KeyScheduleVersion,
  Role,
  SessionConfig,
  SessionLogger,
  SessionManagerConfig,
  SessionParameters,
} from './session/config.js';
export {
  AuthenticationError,
  DuplicateSessionError,
  InvalidParameterError,
  MalformedFrameError,
  ManagerFullError,
  OutputTooSmallError,
  ReplayError,
  SequenceExhaustedError,
  SessionClosedError,
  SessionError,
  SessionExpiredError,
} from './session/errors.js';
export type { ExpiryReason, SessionErrorCode } from './session/errors.js';
export { DIRECTIONAL_FRAME_OVERHEAD, SESSION_FRAME_OVERHEAD } from './session/frame.js';
export { hkdfSha256, KEY_LENGTH } from './session/key-schedule.js';
export { SessionManager } from './session/manager.js';
export type { SessionManagerStats } from './session/manager.js';
export { NONCE_LENGTH } from './session/nonce.js';
export { REPLAY_WINDOW_SIZE } from './session/replay-window.js';
export { SecureSession } from './session/session.js';
export type { SessionStats } from './session/session.js';
