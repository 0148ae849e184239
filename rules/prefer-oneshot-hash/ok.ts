// Hash objects that prefer-oneshot-hash leaves alone: crypto.hash could not do what they do, or nothing would be saved.
import { createHash, createHmac, hash } from 'node:crypto';
import type { Hash } from 'node:crypto';

export function digestsInOneCall(payload: Uint8Array): Buffer {
  return hash('sha256', payload, 'buffer');
}

export function digestsTwoParts(header: Uint8Array, body: Uint8Array): Buffer {
  return createHash('sha256').update(header).update(body).digest();
}

export function digestsTwoPartsStepByStep(header: Uint8Array, body: Uint8Array): Buffer {
  const running = createHash('sha256');
  running.update(header);
  running.update(body);
  return running.digest();
}

export function digestsEachChunk(chunks: readonly Uint8Array[]): Buffer {
  const running = createHash('sha256');
  for (const chunk of chunks) running.update(chunk);
  return running.digest();
}

export function digestsMaybeNothing(payload: Uint8Array | null): Buffer {
  const running = createHash('sha256');
  if (payload !== null) running.update(payload);
  return running.digest();
}

export function digestsNothing(): Buffer {
  return createHash('sha256').digest();
}

export function decodesInput(text: string): Buffer {
  return createHash('sha256').update(text, 'hex').digest();
}

export function digestsWithLength(payload: Uint8Array): Buffer {
  return createHash('shake256', { outputLength: 64 }).update(payload).digest();
}

export function digestsExtendable(payload: Uint8Array): Buffer {
  return createHash('shake128').update(payload).digest();
}

export function digestsByParameter(algorithm: string, payload: Uint8Array): Buffer {
  return createHash(algorithm).update(payload).digest();
}

export function digestsInCallersEncoding(payload: Uint8Array, encoding: 'hex' | 'base64'): string {
  return createHash('sha256').update(payload).digest(encoding);
}

export function returnsObject(payload: Uint8Array): Hash {
  return createHash('sha256').update(payload);
}

export function forksObject(prefix: Uint8Array): readonly Buffer[] {
  const running = createHash('sha256').update(prefix);
  return [running.copy().digest(), running.digest()];
}

export function handsObjectOver(payload: Uint8Array, feed: (hash: Hash) => void): Buffer {
  const running = createHash('sha256').update(payload);
  feed(running);
  return running.digest();
}

export function digestsLater(payload: Uint8Array): () => Buffer {
  const running = createHash('sha256').update(payload);
  return () => running.digest();
}

export class KeepsObject {
  private readonly running = createHash('sha256');

  add(payload: Uint8Array): Buffer {
    this.running.update(payload);
    return this.running.digest();
  }
}

export function authenticates(key: Uint8Array, payload: Uint8Array): Buffer {
  return createHmac('sha256', key).update(payload).digest();
}

export function handlesMissingAlgorithm(payload: Uint8Array): string | null {
  let running: Hash;
  try {
    running = createHash('md5');
  } catch {
    return null;
  }
  running.update(payload);
  return running.digest('hex');
}

/** Once per program: nothing to save. */
export const moduleDigest = createHash('sha256').update('module').digest('hex');
