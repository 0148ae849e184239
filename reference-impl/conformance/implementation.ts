/**
 * What the conformance suites ask of a variant of the reference implementation.
 *
 * Owns the structural types of the public interface, so that the suites depend on no variant.
 * A variant is a module whose exports satisfy `SessionImplementation`.
 */

export type Schedule = 'v1' | 'v2';
export type BackendName = 'noble' | 'node';
export type PeerRole = 'client' | 'server';

/** One cipher bound to one key: ChaCha20-Poly1305 (RFC 8439). */
export interface AeadUnderTest {
  sealInto(nonce: Uint8Array, plaintext: Uint8Array, associatedData: Uint8Array, output: Uint8Array, offset: number): number;
  openInto(nonce: Uint8Array, sealed: Uint8Array, associatedData: Uint8Array, output: Uint8Array, offset: number): number;
}

export interface ParametersUnderTest {
  readonly sharedSecret: Uint8Array;
  readonly salt: Uint8Array;
  readonly role: PeerRole;
  readonly id?: string;
}

/** The settings that the suites set; each variant may have more. */
export interface ConfigUnderTest {
  readonly schedule?: Schedule;
  readonly backend?: BackendName;
  readonly maxAgeMs?: number;
  readonly idleTimeoutMs?: number;
  readonly maxMessages?: number;
  readonly maxSequence?: number;
  readonly now?: () => number;
  readonly fillRandom?: (target: Uint8Array) => void;
  readonly logger?: { debug(line: string): void };
}

export interface ManagerConfigUnderTest extends ConfigUnderTest {
  readonly maxSessions?: number;
}

export interface SessionUnderTest {
  readonly id: string;
  readonly role: PeerRole;
  readonly keyId: string;
  readonly isClosed: boolean;
  encrypt(plaintext: Uint8Array, associatedData?: Uint8Array): Uint8Array;
  decrypt(frame: Uint8Array, associatedData?: Uint8Array): Uint8Array;
  encryptOutbound(plaintext: Uint8Array, associatedData?: Uint8Array): Uint8Array;
  decryptInbound(frame: Uint8Array, associatedData?: Uint8Array): Uint8Array;
  encryptInto(plaintext: Uint8Array, output: Uint8Array, offset?: number, associatedData?: Uint8Array): number;
  decryptInto(frame: Uint8Array, output: Uint8Array, offset?: number, associatedData?: Uint8Array): number;
  encryptOutboundInto(plaintext: Uint8Array, output: Uint8Array, offset?: number, associatedData?: Uint8Array): number;
  decryptInboundInto(frame: Uint8Array, output: Uint8Array, offset?: number, associatedData?: Uint8Array): number;
  sign(covered: readonly Uint8Array[]): Uint8Array;
  verify(covered: readonly Uint8Array[], signature: Uint8Array): boolean;
  signOutbound(covered: readonly Uint8Array[]): Uint8Array;
  verifyInbound(covered: readonly Uint8Array[], signature: Uint8Array): boolean;
  rotate(): void;
  expiryAt(now: number): 'age' | 'idle' | 'messages' | undefined;
  stats(): StatsUnderTest;
  close(): void;
  /** The live arrays that hold secrets; together they hold at least the six keys. */
  secretStorage(): readonly Uint8Array[];
}

export interface StatsUnderTest {
  readonly epoch: number;
  readonly messagesSealed: number;
  readonly messagesOpened: number;
  readonly bytesSealed: number;
  readonly bytesOpened: number;
  readonly createdAt: number;
  readonly lastUsedAt: number;
}

export interface ManagerUnderTest {
  create(parameters: ParametersUnderTest): SessionUnderTest;
  get(id: string): SessionUnderTest | undefined;
  remove(id: string): boolean;
  cleanupExpired(): number;
  startCleanup(intervalMs: number): void;
  stopCleanup(): void;
  stats(): { readonly active: number; readonly created: number; readonly removed: number; readonly expired: number };
  close(): void;
}

/** System A: the secure session and its manager. */
export interface SessionImplementation {
  readonly SecureSession: new (parameters: ParametersUnderTest, config?: ConfigUnderTest) => SessionUnderTest;
  readonly SessionManager: new (config?: ManagerConfigUnderTest) => ManagerUnderTest;
  createAead(backend: BackendName, key: Uint8Array): AeadUnderTest;
  hkdfSha256(backend: BackendName, secret: Uint8Array, salt: Uint8Array, info: Uint8Array, length: number): Uint8Array;
  readonly REPLAY_WINDOW_SIZE: number;
}
