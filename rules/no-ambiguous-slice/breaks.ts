/** Programs that go wrong because slice of a Buffer is a view, and do not when they say what they mean. */
import { createHash } from 'node:crypto';

/** Keeps what it takes for a copy. */
class AmbiguousKeeper {
  readonly key: Uint8Array;

  constructor(key: Uint8Array) {
    this.key = key.slice();
  }
}

class CertainKeeper {
  readonly key: Uint8Array;

  constructor(key: Uint8Array) {
    this.key = Uint8Array.prototype.slice.call(key);
  }
}

export function headOf(packet: Uint8Array): Uint8Array {
  return packet.slice(0, 4);
}

function certainHeadOf(packet: Uint8Array): Uint8Array {
  return Uint8Array.prototype.slice.call(packet, 0, 4);
}

export function maskedDigest(message: Uint8Array): string {
  const masked = message.slice();
  for (let index = 0; index < masked.length; index += 1) masked[index]! ^= 0x36;
  return createHash('sha256').update(masked).digest('hex');
}

function certainMaskedDigest(message: Uint8Array): string {
  const masked = new Uint8Array(message);
  for (let index = 0; index < masked.length; index += 1) masked[index]! ^= 0x36;
  return createHash('sha256').update(masked).digest('hex');
}

/** Whether the kept key is gone after its source was wiped. */
function losesKey(keep: (key: Uint8Array) => { readonly key: Uint8Array }): boolean {
  const source = Buffer.alloc(32, 0x5a);
  const kept = keep(source);
  source.fill(0);
  return kept.key.every((byte) => byte === 0);
}

/** Whether the head changes when the receive buffer is used for the next packet. */
function changesHead(take: (packet: Uint8Array) => Uint8Array): boolean {
  const receiveBuffer = Buffer.from('first packet');
  const head = take(receiveBuffer);
  receiveBuffer.write('other packet');
  return Buffer.from(head).toString() !== 'firs';
}

/** Whether computing a digest changed the message. */
function changesMessage(digest: (message: Uint8Array) => string): boolean {
  const message = Buffer.from('message');
  digest(message);
  return message.toString() !== 'message';
}

export const cases: readonly { name: string; asWritten(): boolean; mended(): boolean }[] = [
  { name: 'a kept key is wiped with its source', asWritten: () => losesKey((key) => new AmbiguousKeeper(key)), mended: () => losesKey((key) => new CertainKeeper(key)) },
  { name: 'a returned head changes with the receive buffer', asWritten: () => changesHead(headOf), mended: () => changesHead(certainHeadOf) },
  { name: 'masking a copy masks the message of the caller', asWritten: () => changesMessage(maskedDigest), mended: () => changesMessage(certainMaskedDigest) },
];
