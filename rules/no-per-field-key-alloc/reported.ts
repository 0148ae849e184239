import { hkdfSync, randomBytes } from 'node:crypto';
import { expand, extract, hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';

const ENCRYPTION = Uint8Array.of(1);
const SIGNING = Uint8Array.of(2);
const HEADER = Uint8Array.of(3);

interface Keys {
  readonly encryption: Uint8Array;
  readonly signing: Uint8Array;
  readonly header: Uint8Array;
}

export function slicesBlockPerKey(secret: Uint8Array, salt: Uint8Array): Keys {
  const block = hkdf(sha256, secret, salt, ENCRYPTION, 96);
  return {
    encryption: block.slice(0, 32),
    //~^ keys likely
    signing: block.slice(32, 64),
    header: block.slice(64, 96),
  };
}

export function derivesOneByOne(secret: Uint8Array, salt: Uint8Array): Keys {
  const encryption = hkdf(sha256, secret, salt, ENCRYPTION, 32);
  //~^ keys likely
  const signing = hkdf(sha256, secret, salt, SIGNING, 32);
  const header = hkdf(sha256, secret, salt, HEADER, 32);
  return { encryption, signing, header };
}

export function wrapsDerivedBuffers(secret: Uint8Array, salt: Uint8Array): Keys {
  const encryption = hkdfSync('sha256', secret, salt, ENCRYPTION, 32);
  //~^ keys likely
  const signing = hkdfSync('sha256', secret, salt, SIGNING, 32);
  const header = hkdfSync('sha256', secret, salt, HEADER, 32);
  return { encryption: new Uint8Array(encryption), signing: new Uint8Array(signing), header: new Uint8Array(header) };
}

export function slicesBlockOfFunction(secret: Uint8Array, salt: Uint8Array): Keys {
  const block = derive(secret, salt, 96);
  const keys = {
    encryption: block.slice(0, 32),
    //~^ keys likely
    signing: block.slice(32, 64),
    header: block.slice(64, 96),
  };
  block.fill(0);
  return keys;
}

function derive(secret: Uint8Array, salt: Uint8Array, length: number): Uint8Array {
  return hkdf(sha256, secret, salt, ENCRYPTION, length);
}

export class Ratchet {
  private readonly sendKey: Uint8Array;
  private readonly receiveKey: Uint8Array;
  private readonly headerKey: Uint8Array;

  constructor(secret: Uint8Array) {
    const prk = extract(sha256, secret);
    this.sendKey = expand(sha256, prk, ENCRYPTION, 32);
    //~^ keys likely
    this.receiveKey = expand(sha256, prk, SIGNING, 32);
    this.headerKey = expand(sha256, prk, HEADER, 32);
    prk.fill(0);
  }

  close(): void {
    this.sendKey.fill(0);
    this.receiveKey.fill(0);
    this.headerKey.fill(0);
  }
}

/** One of the keys is wiped before the others, so one block would have to be wiped in parts. */
export class Handshake {
  private readonly earlyKey: Uint8Array;
  private readonly trafficKey: Uint8Array;
  private readonly resumptionKey: Uint8Array;

  constructor(secret: Uint8Array) {
    this.earlyKey = expand(sha256, secret, ENCRYPTION, 32);
    //~^ keys possible
    this.trafficKey = expand(sha256, secret, SIGNING, 32);
    this.resumptionKey = expand(sha256, secret, HEADER, 32);
  }

  finishEarlyData(): void {
    this.earlyKey.fill(0);
  }

  close(): void {
    this.trafficKey.fill(0);
    this.resumptionKey.fill(0);
  }
}

export function nonces(): Uint8Array {
  return randomBytes(12);
}
