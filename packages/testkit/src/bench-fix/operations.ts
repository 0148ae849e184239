/**
 * The operations of system A that are counted, compared and measured, on any variant of it.
 * It knows only the interface that variants share, and imports nothing at run time, because measured processes load it.
 */

export type Backend = 'noble' | 'node';
export type Schedule = 'v1' | 'v2';

export interface VariantSession {
  readonly id: string;
  readonly keyId: string;
  encrypt(plaintext: Uint8Array, associatedData?: Uint8Array): Uint8Array;
  decrypt(frame: Uint8Array, associatedData?: Uint8Array): Uint8Array;
  encryptOutbound(plaintext: Uint8Array, associatedData?: Uint8Array): Uint8Array;
  decryptInbound(frame: Uint8Array, associatedData?: Uint8Array): Uint8Array;
  sign(covered: readonly Uint8Array[]): Uint8Array;
  verify(covered: readonly Uint8Array[], signature: Uint8Array): boolean;
  rotate(): void;
  close(): void;
  secretStorage(): readonly Uint8Array[];
}

export interface SessionVariant {
  readonly SecureSession: new (parameters: object, config: object) => VariantSession;
}

export interface Operation {
  readonly name: string;
  /** Bytes of the payload, or of the shared secret for creations. */
  readonly sizes: readonly number[];
  /** Makes the operation ready to run on a variant; each run is one operation. */
  readonly prepare: (variant: SessionVariant, size: number) => () => unknown;
}

const backends: readonly Backend[] = ['noble', 'node'];
const schedules: readonly Schedule[] = ['v1', 'v2'];

export const operations: readonly Operation[] = [
  ...schedules.flatMap((schedule) => backends.map((backend): Operation => ({
    name: `create a session, ${schedule}, ${backend}`,
    sizes: [32],
    prepare: (variant) => () => openSession(variant, { schedule, backend, role: 'client' }),
  }))),
  ...backends.map((backend): Operation => ({
    name: `encrypt, ${backend}`,
    sizes: [64, 1024],
    prepare(variant, size) {
      const session = openSession(variant, { schedule: 'v1', backend, role: 'client' });
      const plaintext = patternOf(size, 3);
      return () => session.encrypt(plaintext);
    },
  })),
  ...backends.map((backend): Operation => ({
    name: `decrypt, ${backend}`,
    sizes: [64, 1024],
    prepare(variant, size) {
      const session = openSession(variant, { schedule: 'v1', backend, role: 'server' });
      const frame = openSession(variant, { schedule: 'v1', backend, role: 'client' }).encrypt(patternOf(size, 3));
      return () => session.decrypt(frame);
    },
  })),
];

/** Equal bytes, or sessions that hold equal secrets under equal names. */
export function isSameResult(left: unknown, right: unknown): boolean {
  if (left instanceof Uint8Array && right instanceof Uint8Array) return isSameBytes(left, right);
  const [one, other] = [left as VariantSession, right as VariantSession];
  return one.id === other.id && one.keyId === other.keyId && isSameSecrets(one, other);
}

/** A session from fixed parameters, with a fixed clock and nonces from a fixed stream, so that variants can be compared byte by byte. */
export function openSession(variant: SessionVariant, choice: { schedule: Schedule; backend: Backend; role: 'client' | 'server' }): VariantSession {
  const { schedule, backend, role } = choice;
  let next = 0;
  const fillRandom = (target: Uint8Array): void => {
    for (let index = 0; index < target.length; index += 1) {
      target[index] = next & 0xff;
      next = (next + 7) | 0;
    }
  };
  const parameters = { sharedSecret: patternOf(32, 7), salt: patternOf(32, 91), role };
  return new variant.SecureSession(parameters, { schedule, backend, now: () => 1_000_000, fillRandom, maxMessages: 2 ** 32 });
}

export function patternOf(length: number, seed: number): Uint8Array {
  return Uint8Array.from({ length }, (_, index) => (index * 31 + seed * 17 + 5) & 0xff);
}

export function isSameSecrets(left: VariantSession, right: VariantSession): boolean {
  const [ours, theirs] = [left.secretStorage(), right.secretStorage()];
  return ours.length === theirs.length && ours.every((bytes, index) => isSameBytes(bytes, theirs[index]));
}

export function isSameBytes(left: Uint8Array, right: Uint8Array | undefined): boolean {
  return right !== undefined && left.length === right.length && left.every((byte, index) => byte === right[index]);
}
