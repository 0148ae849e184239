import { createHash } from 'node:crypto';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';

interface Logger {
  debug(text: string): void;
  info(text: string): void;
}

export function derivesFourKeys(secret: Uint8Array, salt: Uint8Array): Uint8Array[] {
  return [
    hkdf(sha256, secret, salt, directionLabel('c2s', 'enc'), 32),
    hkdf(sha256, secret, salt, directionLabel('c2s', 'sign'), 32),
    hkdf(sha256, secret, salt, directionLabel('s2c', 'enc'), 32),
    hkdf(sha256, secret, salt, directionLabel('s2c', 'sign'), 32),
  ];
}

function directionLabel(direction: 'c2s' | 's2c', purpose: 'enc' | 'sign'): Uint8Array {
  return new TextEncoder().encode(`${direction}|${purpose}|v1`);
  //~^ label proven
}

/** @hot */
export function hashesWithOneOfTwoLabels(payload: Uint8Array, inbound: boolean): Buffer {
  const label = inbound ? 'in' : 'out';
  return createHash('sha256').update(utf8ToBytes(`frame/${label}`)).update(payload).digest();
  //~^ label proven
}

/** @hot */
export function hashesWithPlainLabel(payload: Uint8Array): Buffer {
  return createHash('sha256').update(utf8ToBytes('frame/v1')).update(payload).digest();
  //~^ bytes proven
}

/** @hot */
export function hashesWithBufferLabel(payload: Uint8Array): Buffer {
  return createHash('sha256').update(Buffer.from('frame/v2')).update(payload).digest();
  //~^ bytes proven
}

/** @hot */
export function hashesWithByteConstant(payload: Uint8Array): Buffer {
  return createHash('sha256').update(new Uint8Array([1, 2, 3, 4])).update(payload).digest();
  //~^ bytes proven
}

/** @hot */
export function hashesWithHexConstant(payload: Uint8Array): Buffer {
  return createHash('sha256').update(hexToBytes('00ff10')).update(payload).digest();
  //~^ bytes proven
}

export function setsDelimiterPerRound(frames: readonly Uint8Array[]): void {
  for (const frame of frames) frame.set(Uint8Array.of(13, 10), 2);
  //~^ bytes likely
}

/** @hot */
export function testsConstructedPattern(name: string): boolean {
  return new RegExp('^[a-z]+/v\\d$', 'i').test(name);
  //~^ pattern proven
}

export class Session {
  private readonly logger: Logger;
  private sealed = 0;

  constructor(logger: Logger) {
    this.logger = logger;
  }

  /** @hot */
  seal(frame: Uint8Array, sequence: number): void {
    this.sealed += frame.length;
    this.logger.debug(`sealed ${frame.length} bytes as ${this.messageId(sequence)}`);
    //~^ log likely
  }

  /** @hot */
  open(frame: Uint8Array): void {
    this.logger.debug('opened ' + frame.length + ' bytes');
    //~^ log likely
  }

  private messageId(sequence: number): string {
    return `${this.sealed}/${sequence}`;
    //~^ part likely
  }
}
