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
  //~^ label possible
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

/** @hot */
export function derivesPerFrame(secret: Uint8Array, frames: readonly Uint8Array[]): Uint8Array[] {
  const keys: Uint8Array[] = [];
  for (const frame of frames) keys.push(hkdf(sha256, secret, frame, roundLabel('even'), 32), hkdf(sha256, secret, frame, roundLabel('odd'), 32));
  return keys;
}

/** Called from hot code. */
function roundLabel(round: 'even' | 'odd'): Uint8Array {
  return new TextEncoder().encode(`${round}|v1`);
  //~^ label proven
}

/** A template is formatted; the name alone is only encoded. Nothing says that it runs often. */
export function curveNames(oid: string): number {
  let name: string;
  if (oid === '1.2.840.10045.3.1.7') name = 'nistp256';
  else if (oid === '1.3.132.0.34') name = 'nistp384';
  else throw new Error('unsupported curve');
  const full = Buffer.from(`ecdsa-sha2-${name}`);
  //~^ label possible
  const short = Buffer.from(name);
  //~^ label possible
  return full.length + short.length + full.readUInt16BE(0) + short.readUInt16BE(0);
}

/** @hot */
export function hashesWithOneOfTwoNames(payload: Uint8Array, inbound: boolean): Buffer {
  const name = inbound ? 'inbound' : 'outbound';
  return createHash('sha256').update(utf8ToBytes(name)).update(payload).digest();
  //~^ label proven
}

/** The cleanup of the loop is no try: it closes the iterator and throws the error on. */
export function matchesInARound(lines: Iterable<string>): number {
  let matched = 0;
  for (const line of lines) if (new RegExp('^[a-z]+:').test(line)) matched += 1;
  //~^ pattern proven
  return matched;
}
