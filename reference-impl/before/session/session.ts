/**
 * One secure session: six keys from a finished handshake, and what they seal, open, sign and verify.
 *
 * Owns the state of a session: keys, ciphers, counters, replay window, limits, epoch.
 * Leaves the derivation of keys to `key-schedule.ts`, bytes on the wire to `frame.ts`,
 * what a frame is bound to to `associated-data.ts`, and many sessions to `manager.ts`.
 *
 * A session frame is sealed by a key that both peers hold, without order: either peer may open it, any number of times.
 * A directional frame is sealed by the key of one direction, counted, and opened at most once.
 */

import { timingSafeEqual } from 'node:crypto';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { createAead, TAG_LENGTH } from './aead.js';
import type { Aead } from './aead.js';
import { digestAssociatedData, encodeCoveredData } from './associated-data.js';
import type { Channel } from './associated-data.js';
import { checkSessionParameters, resolveSessionConfig } from './config.js';
import type { Role, SessionConfig, SessionParameters } from './config.js';
import { OutputTooSmallError, ReplayError, SequenceExhaustedError, SessionClosedError, SessionExpiredError } from './errors.js';
import type { ExpiryReason } from './errors.js';
import {
  DIRECTIONAL_FRAME_OVERHEAD,
  parseDirectionalFrame,
  parseSessionFrame,
  SEQUENCE_LENGTH,
  SESSION_FRAME_OVERHEAD,
  writeSequence,
} from './frame.js';
import { deriveRotatedKeys, deriveSessionKeys, wipeSessionKeys } from './key-schedule.js';
import type { SessionKeys } from './key-schedule.js';
import { createNonceSource, NONCE_LENGTH } from './nonce.js';
import type { NonceSource } from './nonce.js';
import { ReplayWindow } from './replay-window.js';
import { deriveKeyId, deriveSessionId, sessionBinding } from './session-id.js';

/** Counters and times of a session. Times are milliseconds of the configured clock. */
export interface SessionStats {
  readonly epoch: number;
  readonly messagesSealed: number;
  readonly messagesOpened: number;
  /** Plaintext bytes. */
  readonly bytesSealed: number;
  /** Plaintext bytes. */
  readonly bytesOpened: number;
  readonly createdAt: number;
  readonly lastUsedAt: number;
}

const NO_DATA = new Uint8Array(0);

export class SecureSession {
  readonly id: string;
  readonly role: Role;

  private readonly config: SessionConfig;
  private readonly secret: Uint8Array;
  private readonly salt: Uint8Array;
  private readonly binding: Uint8Array;
  private readonly nonces: NonceSource;
  private readonly replayWindow = new ReplayWindow();

  private keys: SessionKeys;
  private sessionAead: Aead;
  private outboundAead: Aead;
  private inboundAead: Aead;
  private currentKeyId: string;

  private closed = false;
  private epoch = 0;
  private outboundSequence = 0;
  private messagesSealed = 0;
  private messagesOpened = 0;
  private bytesSealed = 0;
  private bytesOpened = 0;
  private readonly createdAt: number;
  private lastUsedAt: number;

  /**
   * Derives the keys of epoch 0.
   * @throws InvalidParameterError when a parameter or a limit is out of range
   */
  constructor(parameters: SessionParameters, config: Partial<SessionConfig> = {}) {
    checkSessionParameters(parameters);
    this.config = resolveSessionConfig(config);
    this.id = parameters.id ?? deriveSessionId(parameters.salt);
    this.role = parameters.role;
    this.secret = Uint8Array.from(parameters.sharedSecret);
    this.salt = Uint8Array.from(parameters.salt);
    this.binding = sessionBinding(this.id);
    this.nonces = createNonceSource(this.config.fillRandom);
    this.keys = deriveSessionKeys(this.config.schedule, this.config.backend, this.secret, this.salt);
    this.sessionAead = createAead(this.config.backend, this.keys.encryption);
    this.outboundAead = createAead(this.config.backend, this.outboundEncryptionKey());
    this.inboundAead = createAead(this.config.backend, this.inboundEncryptionKey());
    this.currentKeyId = deriveKeyId(this.keys.signing);
    this.createdAt = this.config.now();
    this.lastUsedAt = this.createdAt;
  }

  /** The public name of the signing key of this epoch; equal on both peers. */
  get keyId(): string {
    return this.currentKeyId;
  }

  get isClosed(): boolean {
    return this.closed;
  }

  /**
   * Seals a session frame: `nonce || ciphertext || tag`, 28 bytes longer than the plaintext.
   * @param associatedData authenticated, not sent; the opener must pass the same bytes
   * @throws SessionClosedError, SessionExpiredError
   * @hot
   */
  encrypt(plaintext: Uint8Array, associatedData: Uint8Array = NO_DATA): Uint8Array {
    this.assertUsable();
    const nonce = this.nonces.next();
    const digest = digestAssociatedData(this.binding, 'session', this.epoch, 0, associatedData);
    const frame = new Uint8Array(plaintext.length + SESSION_FRAME_OVERHEAD);
    frame.set(nonce, 0);
    this.sessionAead.sealInto(nonce, plaintext, digest, frame, NONCE_LENGTH);
    this.countSealed(plaintext.length);
    this.config.logger.debug(`session ${this.id}: sealed ${plaintext.length} bytes, message ${this.messagesSealed}`);
    return frame;
  }

  /**
   * Opens a session frame and returns its plaintext. A rejected frame changes nothing.
   * @throws MalformedFrameError, AuthenticationError, SessionClosedError, SessionExpiredError
   * @hot
   */
  decrypt(frame: Uint8Array, associatedData: Uint8Array = NO_DATA): Uint8Array {
    this.assertUsable();
    const { nonce, sealed } = parseSessionFrame(frame);
    const digest = digestAssociatedData(this.binding, 'session', this.epoch, 0, associatedData);
    const plaintext = new Uint8Array(sealed.length - TAG_LENGTH);
    this.sessionAead.openInto(nonce, sealed, digest, plaintext, 0);
    this.countOpened(plaintext.length);
    this.config.logger.debug(`session ${this.id}: opened ${plaintext.length} bytes, message ${this.messagesOpened}`);
    return plaintext;
  }

  /**
   * Seals a directional frame: `sequence || nonce || ciphertext || tag`, 36 bytes longer than the plaintext.
   * @throws SequenceExhaustedError, SessionClosedError, SessionExpiredError
   * @hot
   */
  encryptOutbound(plaintext: Uint8Array, associatedData: Uint8Array = NO_DATA): Uint8Array {
    this.assertUsable();
    const sequence = this.outboundSequence;
    if (sequence > this.config.maxSequence) throw new SequenceExhaustedError(this.id);
    const nonce = this.nonces.next();
    const digest = digestAssociatedData(this.binding, this.outboundChannel(), this.epoch, sequence, associatedData);
    const frame = new Uint8Array(plaintext.length + DIRECTIONAL_FRAME_OVERHEAD);
    writeSequence(frame, sequence);
    frame.set(nonce, SEQUENCE_LENGTH);
    this.outboundAead.sealInto(nonce, plaintext, digest, frame, SEQUENCE_LENGTH + NONCE_LENGTH);
    this.outboundSequence = sequence + 1;
    this.countSealed(plaintext.length);
    this.config.logger.debug(`session ${this.id}: sealed ${plaintext.length} bytes as ${this.messageId(sequence)}`);
    return frame;
  }

  /**
   * Opens a directional frame of the peer, once. A rejected frame changes nothing.
   * @throws MalformedFrameError, AuthenticationError, ReplayError, SessionClosedError, SessionExpiredError
   * @hot
   */
  decryptInbound(frame: Uint8Array, associatedData: Uint8Array = NO_DATA): Uint8Array {
    this.assertUsable();
    const { sequence, nonce, sealed } = parseDirectionalFrame(frame);
    const digest = digestAssociatedData(this.binding, this.inboundChannel(), this.epoch, sequence, associatedData);
    const plaintext = new Uint8Array(sealed.length - TAG_LENGTH);
    this.inboundAead.openInto(nonce, sealed, digest, plaintext, 0);
    if (!this.replayWindow.accept(sequence)) {
      plaintext.fill(0);
      throw new ReplayError(sequence);
    }
    this.countOpened(plaintext.length);
    this.config.logger.debug(`session ${this.id}: opened ${plaintext.length} bytes of message ${sequence}`);
    return plaintext;
  }

  /**
   * Same as `encrypt`, into the caller's buffer. Returns the bytes written.
   * @throws OutputTooSmallError before anything is written, and what `encrypt` throws
   * @hot
   */
  encryptInto(plaintext: Uint8Array, output: Uint8Array, offset = 0, associatedData: Uint8Array = NO_DATA): number {
    checkRoom(output, offset, plaintext.length + SESSION_FRAME_OVERHEAD);
    const frame = this.encrypt(plaintext, associatedData);
    output.set(frame, offset);
    return frame.length;
  }

  /**
   * Same as `decrypt`, into the caller's buffer. Returns the bytes written.
   * @throws OutputTooSmallError before anything is written, and what `decrypt` throws
   * @hot
   */
  decryptInto(frame: Uint8Array, output: Uint8Array, offset = 0, associatedData: Uint8Array = NO_DATA): number {
    checkRoom(output, offset, frame.length - SESSION_FRAME_OVERHEAD);
    const plaintext = this.decrypt(frame, associatedData);
    output.set(plaintext, offset);
    return plaintext.length;
  }

  /**
   * Same as `encryptOutbound`, into the caller's buffer. Returns the bytes written.
   * @throws OutputTooSmallError before anything is written, and what `encryptOutbound` throws
   * @hot
   */
  encryptOutboundInto(plaintext: Uint8Array, output: Uint8Array, offset = 0, associatedData: Uint8Array = NO_DATA): number {
    checkRoom(output, offset, plaintext.length + DIRECTIONAL_FRAME_OVERHEAD);
    const frame = this.encryptOutbound(plaintext, associatedData);
    output.set(frame, offset);
    return frame.length;
  }

  /**
   * Same as `decryptInbound`, into the caller's buffer. Returns the bytes written.
   * @throws OutputTooSmallError before anything is written, and what `decryptInbound` throws
   * @hot
   */
  decryptInboundInto(frame: Uint8Array, output: Uint8Array, offset = 0, associatedData: Uint8Array = NO_DATA): number {
    checkRoom(output, offset, frame.length - DIRECTIONAL_FRAME_OVERHEAD);
    const plaintext = this.decryptInbound(frame, associatedData);
    output.set(plaintext, offset);
    return plaintext.length;
  }

  /**
   * Signs data under the key of both peers: HMAC-SHA-256 (RFC 2104), 32 bytes.
   * @param covered the parts in order; where one part ends and the next begins is signed, too
   * @throws SessionClosedError, SessionExpiredError
   * @hot
   */
  sign(covered: readonly Uint8Array[]): Uint8Array {
    this.assertUsable();
    const signature = hmac(sha256, this.keys.signing, encodeCoveredData(covered));
    this.lastUsedAt = this.config.now();
    return signature;
  }

  /**
   * Tells whether `signature` is that of `covered` under the key of both peers, in constant time.
   * @throws SessionClosedError, SessionExpiredError
   * @hot
   */
  verify(covered: readonly Uint8Array[], signature: Uint8Array): boolean {
    this.assertUsable();
    const expected = hmac(sha256, this.keys.signing, encodeCoveredData(covered));
    return isSameSignature(expected, signature);
  }

  /**
   * Same as `sign`, under the key of this peer's direction.
   * @throws SessionClosedError, SessionExpiredError
   * @hot
   */
  signOutbound(covered: readonly Uint8Array[]): Uint8Array {
    this.assertUsable();
    const signature = hmac(sha256, this.outboundSigningKey(), encodeCoveredData(covered));
    this.lastUsedAt = this.config.now();
    return signature;
  }

  /**
   * Same as `verify`, under the key of the peer's direction.
   * @throws SessionClosedError, SessionExpiredError
   * @hot
   */
  verifyInbound(covered: readonly Uint8Array[], signature: Uint8Array): boolean {
    this.assertUsable();
    const expected = hmac(sha256, this.inboundSigningKey(), encodeCoveredData(covered));
    return isSameSignature(expected, signature);
  }

  /**
   * Replaces all keys by those of the next epoch and wipes the old ones.
   * Both peers must rotate between the same two messages; sequence numbers and the replay window start again.
   * @throws SessionClosedError, SessionExpiredError
   */
  rotate(): void {
    this.assertUsable();
    const { schedule, backend } = this.config;
    const nextKeys = deriveRotatedKeys(schedule, backend, this.secret, this.salt, this.epoch + 1);
    wipeSessionKeys(this.keys);
    this.keys = nextKeys;
    this.sessionAead = createAead(backend, this.keys.encryption);
    this.outboundAead = createAead(backend, this.outboundEncryptionKey());
    this.inboundAead = createAead(backend, this.inboundEncryptionKey());
    this.currentKeyId = deriveKeyId(this.keys.signing);
    this.epoch += 1;
    this.outboundSequence = 0;
    this.replayWindow.clear();
    this.lastUsedAt = this.config.now();
    this.config.logger.debug(`session ${this.id}: rotated to epoch ${this.epoch}, key ${this.currentKeyId}`);
  }

  /** The limit that this session has reached at the given time, or undefined. */
  expiryAt(now: number): ExpiryReason | undefined {
    if (now - this.createdAt > this.config.maxAgeMs) return 'age';
    if (now - this.lastUsedAt > this.config.idleTimeoutMs) return 'idle';
    if (this.messagesSealed + this.messagesOpened >= this.config.maxMessages) return 'messages';
    return undefined;
  }

  stats(): SessionStats {
    return {
      epoch: this.epoch,
      messagesSealed: this.messagesSealed,
      messagesOpened: this.messagesOpened,
      bytesSealed: this.bytesSealed,
      bytesOpened: this.bytesOpened,
      createdAt: this.createdAt,
      lastUsedAt: this.lastUsedAt,
    };
  }

  /** Wipes every key and the shared secret. Closing twice is fine; every other use throws SessionClosedError from now on. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    wipeSessionKeys(this.keys);
    this.secret.fill(0);
    this.config.logger.debug(`session ${this.id}: closed in epoch ${this.epoch}`);
  }

  /**
   * The live arrays that hold secrets, so that a test or an audit can see that they are wiped.
   * @internal
   */
  secretStorage(): readonly Uint8Array[] {
    return [
      this.keys.encryption,
      this.keys.signing,
      this.keys.clientToServerEncryption,
      this.keys.clientToServerSigning,
      this.keys.serverToClientEncryption,
      this.keys.serverToClientSigning,
      this.secret,
    ];
  }

  private assertUsable(): void {
    if (this.closed) throw new SessionClosedError(this.id);
    const reason = this.expiryAt(this.config.now());
    if (reason !== undefined) throw new SessionExpiredError(this.id, reason);
  }

  private countSealed(plaintextLength: number): void {
    this.messagesSealed += 1;
    this.bytesSealed += plaintextLength;
    this.lastUsedAt = this.config.now();
  }

  private countOpened(plaintextLength: number): void {
    this.messagesOpened += 1;
    this.bytesOpened += plaintextLength;
    this.lastUsedAt = this.config.now();
  }

  private messageId(sequence: number): string {
    return `${this.currentKeyId}/${this.epoch}/${sequence}`;
  }

  private outboundChannel(): Channel {
    return this.role === 'client' ? 'c2s' : 's2c';
  }

  private inboundChannel(): Channel {
    return this.role === 'client' ? 's2c' : 'c2s';
  }

  private outboundEncryptionKey(): Uint8Array {
    return this.role === 'client' ? this.keys.clientToServerEncryption : this.keys.serverToClientEncryption;
  }

  private inboundEncryptionKey(): Uint8Array {
    return this.role === 'client' ? this.keys.serverToClientEncryption : this.keys.clientToServerEncryption;
  }

  private outboundSigningKey(): Uint8Array {
    return this.role === 'client' ? this.keys.clientToServerSigning : this.keys.serverToClientSigning;
  }

  private inboundSigningKey(): Uint8Array {
    return this.role === 'client' ? this.keys.serverToClientSigning : this.keys.clientToServerSigning;
  }
}

function isSameSignature(expected: Uint8Array, signature: Uint8Array): boolean {
  return expected.length === signature.length && timingSafeEqual(expected, signature);
}

function checkRoom(output: Uint8Array, offset: number, needed: number): void {
  const available = output.length - offset;
  if (offset < 0 || available < needed) throw new OutputTooSmallError(needed, Math.max(0, available));
}
