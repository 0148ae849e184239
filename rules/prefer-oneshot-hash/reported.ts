// What prefer-oneshot-hash reports. Each function makes a hash object for exactly one update and one digest.
import * as crypto from 'node:crypto';
import { createHash } from 'node:crypto';

export function digestsAsBytes(payload: Uint8Array): Buffer {
  return createHash('sha256').update(payload).digest();
  //~^ object likely
}

export function digestsAsHex(payload: Uint8Array): string {
  return createHash('sha512').update(payload).digest('hex').slice(0, 32);
  //~^ object likely
}

export function digestsThroughNamespace(payload: Uint8Array): Buffer {
  return crypto.createHash('sha256').update(payload).digest();
  //~^ object likely
}

export function digestsTextThroughNamespace(text: string): string {
  return crypto.createHash('sha1').update(`${text}|v1`, 'utf8').digest('base64');
  //~^ object likely
}

export function digestsStepByStep(text: string): Uint8Array {
  const hash = createHash('sha256');
  //~^ object likely
  hash.update(new TextEncoder().encode(text));
  return new Uint8Array(hash.digest());
}

export function digestsEachPayload(payloads: readonly Uint8Array[]): Buffer[] {
  const digests: Buffer[] = [];
  for (const payload of payloads) digests.push(crypto.createHash('sha384').update(payload).digest());
  //~^ object likely
  return digests;
}

const algorithm = 'sha256';

export function digestsWithNamedAlgorithm(payload: Uint8Array): Buffer {
  return crypto.createHash(algorithm).update(payload).digest();
  //~^ object likely
}

export function digestsWithUndefinedOptions(payload: Uint8Array): string {
  return createHash('sha256', undefined).update(payload).digest('hex');
  //~^ object likely
}

export function digestsInParentheses(payload: Uint8Array): Buffer {
  const digest = (crypto.createHash('sha256')).update(payload).digest();
  //~^ object likely
  return digest;
}

export function digestsBesideComment(payload: Uint8Array): Buffer {
  return crypto.createHash('sha256').update(payload /* the header is in it */).digest();
  //~^ object likely
}
