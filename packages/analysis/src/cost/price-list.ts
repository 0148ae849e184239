/**
 * What single objects and library calls are worth, read from the operations that were measured on a runtime: an operation of several calls less the calls that it begins with.
 * Owns which operation stands for which call; what a call in a program costs with its lengths is `call-cost.ts`.
 */
import type { MeasuredAmount, MeasuredOperation, MeasuredOperations } from './measured-operation.js';

/** What one call makes inside, without the content of the bytes or the text that it returns. */
export interface LibraryPrice {
  readonly objects: MeasuredAmount;
  readonly heapBytes: MeasuredAmount;
  readonly externalBytes: MeasuredAmount;
  readonly nanoseconds: number;
  /** Short results lie on the V8 heap, with a store of their own; otherwise their content is external whatever its length. */
  readonly isResultOnHeap: boolean;
}

export type LibraryPrices = Readonly<Record<string, LibraryPrice>>;

/** Objects and bytes of what the language makes. */
export interface LayoutPrices {
  readonly plainClosure: ObjectPrice;
  /** With the cells that it captures. */
  readonly closure: ObjectPrice;
  readonly emptyObject: ObjectPrice;
  readonly regexp: ObjectPrice;
  readonly dataView: ObjectPrice;
  /** What a call of an async function makes that nothing awaits. */
  readonly promise: ObjectPrice;
}

export interface ObjectPrice {
  readonly objects: number;
  readonly heapBytes: number;
}

/** Nanoseconds, without those of the measuring loop. */
export interface TimePrices {
  readonly object: number;
  readonly view: number;
  /** Own bytes on the V8 heap, and what each of them adds. */
  readonly onHeapBytes: number;
  readonly onHeapByte: number;
  /** Own bytes outside of it: the allocation, and what each byte adds by being zeroed or copied, and collected. */
  readonly offHeapBytes: number;
  readonly offHeapByte: number;
  /** What a view adds when its parent has to leave the V8 heap for it. */
  readonly leavingHeap: number;
  /** Bytes from Node's slab. */
  readonly pooledBytes: number;
  /** What calls take besides making the bytes of their result, by api name. */
  readonly calls: Readonly<Record<string, number>>;
}

export function layoutPrices(of: MeasuredOperations): LayoutPrices {
  const price = (name: string, less: ObjectPrice = { objects: 0, heapBytes: 0 }): ObjectPrice => ({ objects: high(of[name]!.objects) - less.objects, heapBytes: high(of[name]!.heapBytes) - less.heapBytes });
  return { plainClosure: price('plainClosure'), closure: price('closure'), emptyObject: price('emptyObject'), regexp: price('regexp'), dataView: price('dataView'), promise: price('promise', price('oneElement')) };
}

export function timePrices(of: MeasuredOperations): TimePrices {
  const ns = (name: string): number => time(of, name);
  const perByte = (ns('bytes4096') - ns('bytes65')) / (4096 - 65);
  const perShortByte = Math.max(0, (ns('bytes64') - ns('bytes32')) / 32);
  return {
    object: ns('object'), view: ns('view'), onHeapBytes: ns('bytes32') - 32 * perShortByte, onHeapByte: perShortByte, offHeapBytes: ns('bytes65') - 65 * perByte, offHeapByte: perByte,
    leavingHeap: Math.max(0, ns('viewOfFresh') - ns('bytes64') - ns('view')), pooledBytes: ns('allocateUnsafe'),
    calls: {
      'new Uint8Array': 0, 'Buffer.allocUnsafe': 0,
      'Uint8Array.prototype.fill': ns('fill'), 'Buffer.prototype.fill': ns('fill'), 'Uint8Array.prototype.set': ns('set'),
      'Uint8Array.prototype.slice': Math.max(0, ns('copy32') - ns('bytes32')), 'Buffer.alloc': Math.max(0, ns('allocate') - ns('bytes32')),
      'Buffer.from': Math.max(0, ns('fromBytes') - ns('allocateUnsafe')), 'Buffer.concat': Math.max(0, ns('concat') - ns('allocateUnsafe')),
      'Array.prototype.pop': Math.max(0, ns('pool') - ns('fill')) / 2, 'Array.prototype.push': Math.max(0, ns('pool') - ns('fill')) / 2,
    },
  };
}

export function libraryPrices(of: MeasuredOperations): LibraryPrices {
  const hash = of['createHash']!;
  const update = less(of['hashTwice']!, of['hashOnce']!);
  const mac = of['createHmac']!;
  const seal = less(of['seal']!, of['createCipheriv']!).ns / 3;
  const price = (name: string): MeasuredOperation => ({ ...of[name]!, ns: time(of, name) });
  const cipher = (name: 'Cipheriv' | 'Decipheriv'): Record<string, LibraryPrice> => ({
    [`node:crypto#create${name}`]: fixed(price('createCipheriv')),
    [`node:crypto#create${name}:raw`]: fixed(price('createCipherivRaw')),
    [`node:crypto#${name}.prototype.update`]: { ...ownHeaders(of), nanoseconds: seal },
    [`node:crypto#${name}.prototype.final`]: { ...ownHeaders(of), nanoseconds: seal },
  });
  return {
    'node:crypto#createHash': fixed(price('createHash')),
    'node:crypto#Hash.prototype.update': fixed(update),
    'node:crypto#Hash.prototype.digest': fixed(withoutContent(less(less(of['hashOnce']!, hash), update), 32)),
    'node:crypto#Hash.prototype.digest:text': withoutText(less(less(of['hashHex']!, hash), update), 64),
    'node:crypto#hash:text': withoutText(price('hashText'), 64),
    'node:crypto#hash': fixed(withoutContent(price('hash'), 32)),
    'node:crypto#createSecretKey': fixed(price('createSecretKey')),
    'node:crypto#createHmac': fixed(price('createHmac')),
    'node:crypto#createHmac:raw': fixed(price('createHmacRaw')),
    'node:crypto#Hmac.prototype.update': fixed(update),
    'node:crypto#Hmac.prototype.digest': fixed(withoutContent(less(less(of['hmac']!, mac), update), 32)),
    'node:crypto#hkdfSync': fixed(withoutContent(price('hkdfSync'), 96)),
    ...cipher('Cipheriv'), ...cipher('Decipheriv'),
    'node:crypto#Cipheriv.prototype.getAuthTag': { ...ownHeaders(of), nanoseconds: seal },
    'node:crypto#randomBytes': fixed(withoutContent(price('randomBytes'), 12)),
    'node:crypto#randomFillSync': fixed(price('randomFillSync')),
    'node:crypto#timingSafeEqual': fixed(price('timingSafeEqual')),
    'new TextEncoder': fixed(price('newEncoder')),
    'TextEncoder.prototype.encode': fixed(withoutContent(price('encode'), 31)),
    'new TextDecoder': fixed(price('newDecoder')),
    'new DataView': fixed(price('dataView')),
    'new RegExp': fixed(price('newRegexp')),
    '@noble/hashes/sha2#sha256': onHeap(less(of['nobleSha256']!, of['view']!), 32),
    '@noble/hashes/hmac#hmac': onHeap(price('nobleHmac'), 32),
    '@noble/hashes/hkdf#hkdf': fixed(withoutContent(price('nobleHkdf'), 96)),
  };
}

function ownHeaders(of: MeasuredOperations): Omit<LibraryPrice, 'nanoseconds'> {
  const { objects, heapBytes } = of['bytes65']!;
  return { objects, heapBytes, externalBytes: 0, isResultOnHeap: false };
}

function fixed({ objects, heapBytes, externalBytes, ns }: MeasuredOperation): LibraryPrice {
  return { objects, heapBytes, externalBytes, nanoseconds: ns, isResultOnHeap: false };
}

/** The result of the measured call was short, and on the V8 heap: a store of 16 bytes and its content. */
function onHeap(one: MeasuredOperation, content: number): LibraryPrice {
  return { ...fixed(one), objects: shifted(one.objects, -1), heapBytes: shifted(one.heapBytes, -16 - content), isResultOnHeap: true };
}

/** One-byte text of a length that is a multiple of 8. */
function withoutText(one: MeasuredOperation, content: number): LibraryPrice {
  return { ...fixed(one), objects: shifted(one.objects, -1), heapBytes: shifted(one.heapBytes, -16 - content) };
}

function withoutContent(one: MeasuredOperation, content: number): MeasuredOperation {
  return { ...one, externalBytes: shifted(one.externalBytes, -content) };
}

/** The first without the second, with which it begins; the time of the loop is in both. */
function less(one: MeasuredOperation, other: MeasuredOperation): MeasuredOperation {
  const difference = (left: MeasuredAmount, right: MeasuredAmount): MeasuredAmount => amount(Math.max(0, low(left) - high(right)), Math.max(0, high(left) - low(right)));
  return {
    objects: difference(one.objects, other.objects), heapBytes: difference(one.heapBytes, other.heapBytes), externalBytes: difference(one.externalBytes, other.externalBytes), ns: Math.max(0, one.ns - other.ns),
  };
}

function time(of: MeasuredOperations, name: string): number {
  return Math.max(0, of[name]!.ns - of['nothing']!.ns);
}

function shifted(one: MeasuredAmount, by: number): MeasuredAmount {
  return amount(Math.max(0, low(one) + by), Math.max(0, high(one) + by));
}

function amount(least: number, largest: number): MeasuredAmount {
  return least === largest ? least : [least, largest];
}

export function low(one: MeasuredAmount): number {
  return typeof one === 'number' ? one : one[0];
}

export function high(one: MeasuredAmount): number {
  return typeof one === 'number' ? one : one[1];
}
