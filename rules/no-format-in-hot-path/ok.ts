import { createHash } from 'node:crypto';
import { utf8ToBytes } from '@noble/hashes/utils.js';

interface Logger {
  readonly level: string;
  isLevelEnabled(level: string): boolean;
  debug(text: string, ...parts: unknown[]): void;
  info(text: string): void;
}

const FRAME_LABEL = utf8ToBytes('frame/v1');
const DELIMITER = Uint8Array.of(13, 10);

/** @hot */
export function usesHoistedLabel(payload: Uint8Array): Buffer {
  return createHash('sha256').update(FRAME_LABEL).update(payload).update(DELIMITER).digest();
}

/** Warm: one label per call of a function that is not hot is not worth a word. */
export function encodesLabelInWarmCode(payload: Uint8Array): Buffer {
  return createHash('sha256').update(utf8ToBytes('frame/v1')).update(payload).digest();
}

/** @hot */
export function encodesWhatCallersSay(payload: Uint8Array, id: string): Buffer {
  return createHash('sha256').update(utf8ToBytes(`frame/${id}`)).update(payload).digest();
}

/** @hot */
export function writesIntoItsConstant(version: number): number {
  const header = new Uint8Array([83, 67, 82, 0]);
  header[3] = version;
  return header.reduce((sum, byte) => sum + byte, 0);
}

/** @hot */
export function returnsItsConstant(): Uint8Array {
  return new Uint8Array([83, 67, 82, 77]);
}

/** @hot */
export function keepsItsConstant(parts: Uint8Array[]): void {
  parts.push(new Uint8Array([83, 67]));
}

/** @hot */
export function givesItsConstantToAnybody(take: (bytes: Uint8Array) => void): void {
  take(new Uint8Array([83, 67]));
}

/** @hot */
export function startsWithNothing(): number {
  return Uint8Array.from([]).length;
}

/** @hot */
export function hasAPatternLiteral(name: string): boolean {
  return /^[a-z]+$/.test(name);
}

/** @hot */
export function takesThePatternOfItsCaller(name: string, pattern: string): boolean {
  return new RegExp(pattern).test(name);
}

export function compilesOnceInAWhile(name: string): boolean {
  return new RegExp('^[a-z]+$').test(name);
}

/** @hot */
export function asksTheLevelFirst(logger: Logger, frame: Uint8Array): void {
  if (logger.isLevelEnabled('debug')) logger.debug(`sealed ${frame.length} bytes`);
}

/** @hot */
export function leavesEarlyBelowTheLevel(logger: Logger, frame: Uint8Array): void {
  if (logger.level !== 'debug') return;
  logger.debug(`sealed ${frame.length} bytes`);
}

/** @hot */
export function handsThePartsOver(logger: Logger, frame: Uint8Array): void {
  logger.debug('sealed %d bytes', frame.length);
}

/** @hot */
export function logsAConstant(logger: Logger): void {
  logger.debug('sealed');
}

/** @hot */
export function informsAtAUsualLevel(logger: Logger, frame: Uint8Array): void {
  logger.info(`sealed ${frame.length} bytes`);
}

export function logsInWarmCode(logger: Logger, frame: Uint8Array): void {
  logger.debug(`sealed ${frame.length} bytes`);
}

/** @hot */
export function logsBeforeItThrows(logger: Logger, frame: Uint8Array): void {
  if (frame.length === 0) {
    logger.debug(`rejected ${frame.length} bytes`);
    throw new RangeError('empty frame');
  }
}

function writesItsName(into: Buffer, curve: 'nistp256' | 'nistp384'): void {
  into.write(`ecdsa-sha2-${curve}`, 4, 19, 'ascii');
}

export function writesBothNames(): Buffer {
  const into = Buffer.alloc(64);
  writesItsName(into, 'nistp256');
  writesItsName(into, 'nistp384');
  return into;
}

export class CountingLog {
  #lines = 0;

  /**
   * The line counts itself: behind a look at the level the count would be another.
   * @hot
   */
  countsWhatItLogs(logger: Logger, frame: Uint8Array): number {
    logger.debug(`#${this.#lines++} ${frame.length} bytes`);
    return this.#lines;
  }

  /** @hot */
  countsInAMethod(logger: Logger): number {
    logger.debug(`line ${this.nextLine()}`);
    return this.#lines;
  }

  nextLine(): number {
    this.#lines += 1;
    return this.#lines;
  }
}

let linesOfModule = 0;

function nextOfModule(): number {
  linesOfModule += 1;
  return linesOfModule;
}

/** @hot */
export function countsInAFunction(logger: Logger, frame: Uint8Array): number {
  logger.debug(`${nextOfModule()}: ${frame.length} bytes`);
  return linesOfModule;
}

/** Asks whether the engine knows the syntax: the try counts, though the cleanup of a loop over an iterator does not. */
export function asksForTheSyntax(names: Iterable<string>): number {
  let known = 0;
  for (const name of names) {
    try {
      if (new RegExp('^\\p{L}+$', 'u').test(name)) known += 1;
    } catch { known -= 1; }
  }
  return known;
}

export function asksAroundTheLoop(names: Iterable<string>): boolean {
  try {
    for (const name of names) if (new RegExp('^\\p{L}+$', 'u').test(name)) return true;
    return false;
  } catch { return true; }
}
