// Every form in which the codemod extracts once. The test derives with these and with output.ts, and compares the keys.
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

export interface Keys {
  readonly encryption: Uint8Array;
  readonly authentication: Uint8Array;
}

export function handsOutKeys(secret: Uint8Array, salt: Uint8Array): Keys {
  // The key that seals.
  const encryption = hkdf(sha256, secret, salt, label('encryption'), 32);
  const authentication = hkdf(sha256, secret, salt, label('authentication'), 32);
  return { encryption, authentication };
}

export function derivesInsideTheResult(secret: Uint8Array, salt: Uint8Array): Keys {
  return {
    encryption: hkdf(sha256, secret, salt, label('encryption'), 32),
    authentication: hkdf(sha256, secret, salt, label('authentication'), 16),
  };
}

export function usesKeysAfterwards(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  const encryption = hkdf(sha256, secret, salt, label('encryption'), 32), authentication = hkdf(sha256, secret, salt, label('authentication'), 32);
  const both = new Uint8Array(64);
  both.set(encryption);
  both.set(authentication, 32);
  return both;
}

export function keepsTheTypeThatWasWritten(secret: Uint8Array, salt: Uint8Array): number {
  const encryption: Uint8Array = hkdf(sha256, secret, salt, label('encryption'), 32);
  const info = label(`authentication ${salt.length}`);
  const authentication: Uint8Array = hkdf(sha256, secret, salt, info, sha256.outputLen);
  return encryption[0]! + authentication[0]!;
}

export function derivesInTwoBranches(secret: Uint8Array, salt: Uint8Array, isInitiator: boolean): Keys {
  const encryption = hkdf(sha256, secret, salt, label('encryption'), 32);
  let authentication = new Uint8Array(0);
  if (isInitiator) {
    authentication = hkdf(sha256, secret, salt, label('initiator'), 32);
  } else {
    authentication = hkdf(sha256, secret, salt, label('responder'), 32);
  }
  return { encryption, authentication };
}

export function derivesOnePerName(secret: Uint8Array, salt: Uint8Array, names: readonly string[]): Uint8Array[] {
  const keys: Uint8Array[] = [];
  keys.push(hkdf(sha256, secret, salt, label('first'), 32));
  for (const name of names) {
    keys.push(hkdf(sha256, secret, salt, label(name), 32));
  }
  return keys;
}

export class Session {
  private encryption = new Uint8Array(0);
  private authentication = new Uint8Array(0);
  private readonly secret: Uint8Array;
  private readonly salt: Uint8Array;

  constructor(secret: Uint8Array, salt: Uint8Array) {
    this.secret = secret;
    this.salt = salt;
  }

  open(): Keys {
    this.encryption = hkdf(sha256, this.secret, this.salt, label('encryption'), 32);
    this.authentication = hkdf(sha256, this.secret, this.salt, label('authentication'), 32);
    return { encryption: this.encryption, authentication: this.authentication };
  }
}

function label(purpose: string): Uint8Array {
  return new TextEncoder().encode(`${purpose}|v1`);
}
