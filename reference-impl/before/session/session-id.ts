/**
 * The public names of a session and of its keys.
 *
 * Owns three derivations, each from values that both peers hold, so that they agree without a message:
 * the session id and the session binding from public values, the key id from a key.
 */

import { createHash, createHmac } from 'node:crypto';

/**
 * The id of a session whose creator chose none: 32 hexadecimal characters.
 * `SHA-256("session-id|v1" || salt)`, first 16 bytes.
 */
export function deriveSessionId(salt: Uint8Array): string {
  const label = new TextEncoder().encode('session-id|v1');
  return createHash('sha256').update(Buffer.concat([label, salt])).digest('hex').slice(0, 32);
}

/**
 * What frames are bound to in place of the id, which varies in length: 32 bytes.
 * `SHA-256("session-binding|v1|" || id)`.
 */
export function sessionBinding(id: string): Uint8Array {
  const hash = createHash('sha256');
  hash.update(new TextEncoder().encode(`session-binding|v1|${id}`));
  return new Uint8Array(hash.digest());
}

/**
 * The name of a signing key in logs and in message headers: `kid-` and 16 hexadecimal characters.
 * `HMAC-SHA-256(key, "key-id|v1")`, first 8 bytes; it tells nothing about the key (RFC 2104, 6).
 */
export function deriveKeyId(signingKey: Uint8Array): string {
  const mac = createHmac('sha256', signingKey);
  mac.update(new TextEncoder().encode('key-id|v1'));
  return `kid-${mac.digest('hex').slice(0, 16)}`;
}
