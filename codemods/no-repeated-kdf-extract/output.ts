// Every form in which the codemod extracts once. The test derives with these and with output.ts, and compares the keys.
import { expand, extract } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

export interface Keys {
  readonly encryption: Uint8Array;
  readonly authentication: Uint8Array;
}

export function handsOutKeys(secret: Uint8Array, salt: Uint8Array): Keys {
  const prk = extract(sha256, secret, salt);

  try {
    // The key that seals.
    const encryption = expand(sha256, prk, label('encryption'), 32);
    const authentication = expand(sha256, prk, label('authentication'), 32);
    return { encryption, authentication };
  } finally {
    prk.fill(0);
  }
}

export function derivesInsideTheResult(secret: Uint8Array, salt: Uint8Array): Keys {
  const prk = extract(sha256, secret, salt);

  try {
    return {
      encryption: expand(sha256, prk, label('encryption'), 32),
      authentication: expand(sha256, prk, label('authentication'), 16),
    };
  } finally {
    prk.fill(0);
  }
}

export function usesKeysAfterwards(secret: Uint8Array, salt: Uint8Array): Uint8Array {
  const prk = extract(sha256, secret, salt);
  let encryption: ReturnType<typeof expand>;
  let authentication: ReturnType<typeof expand>;

  try {
    encryption = expand(sha256, prk, label('encryption'), 32);
    authentication = expand(sha256, prk, label('authentication'), 32);
  } finally {
    prk.fill(0);
  }

  const both = new Uint8Array(64);
  both.set(encryption);
  both.set(authentication, 32);
  return both;
}

export function keepsTheTypeThatWasWritten(secret: Uint8Array, salt: Uint8Array): number {
  const prk = extract(sha256, secret, salt);
  let encryption: Uint8Array;
  let authentication: Uint8Array;

  try {
    encryption = expand(sha256, prk, label('encryption'), 32);
    const info = label(`authentication ${salt.length}`);
    authentication = expand(sha256, prk, info, sha256.outputLen);
  } finally {
    prk.fill(0);
  }

  return encryption[0]! + authentication[0]!;
}

export function derivesInTwoBranches(secret: Uint8Array, salt: Uint8Array, isInitiator: boolean): Keys {
  const prk = extract(sha256, secret, salt);

  try {
    const encryption = expand(sha256, prk, label('encryption'), 32);
    let authentication = new Uint8Array(0);
    if (isInitiator) {
      authentication = expand(sha256, prk, label('initiator'), 32);
    } else {
      authentication = expand(sha256, prk, label('responder'), 32);
    }
    return { encryption, authentication };
  } finally {
    prk.fill(0);
  }
}

export function derivesOnePerName(secret: Uint8Array, salt: Uint8Array, names: readonly string[]): Uint8Array[] {
  const keys: Uint8Array[] = [];
  const prk = extract(sha256, secret, salt);

  try {
    keys.push(expand(sha256, prk, label('first'), 32));
    for (const name of names) {
      keys.push(expand(sha256, prk, label(name), 32));
    }
    return keys;
  } finally {
    prk.fill(0);
  }
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
    const prk = extract(sha256, this.secret, this.salt);

    try {
      this.encryption = expand(sha256, prk, label('encryption'), 32);
      this.authentication = expand(sha256, prk, label('authentication'), 32);
    } finally {
      prk.fill(0);
    }

    return { encryption: this.encryption, authentication: this.authentication };
  }
}

function label(purpose: string): Uint8Array {
  return new TextEncoder().encode(`${purpose}|v1`);
}
