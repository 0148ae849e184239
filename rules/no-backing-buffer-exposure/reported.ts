import { createHash } from 'node:crypto';
import type { MessagePort } from 'node:worker_threads';

export function viewsParameter(packet: Buffer): number {
  return new DataView(packet.buffer).getUint32(0);
  //~^ whole likely
}

export function viewsDeclaredArray(packet: Uint8Array): Uint8Array {
  return new Uint8Array(packet.buffer);
  //~^ whole likely
}

export function convertsToBuffer(packet: Uint8Array): string {
  return Buffer.from(packet.buffer).toString('hex');
  //~^ whole likely
}

export function viewsPooledText(text: string): Uint8Array {
  const bytes = Buffer.from(text);
  return new Uint8Array(bytes.buffer);
  //~^ whole likely
}

export function viewsSubarray(packet: Uint8Array): Uint8Array {
  const body = packet.subarray(4);
  return new Uint8Array(body.buffer);
  //~^ whole proven
}

export function viewsToTheEnd(packet: Uint8Array): Uint8Array {
  return new Uint8Array(packet.buffer, packet.byteOffset);
  //~^ tail likely
}

export function viewsWords(packet: Uint8Array): Uint32Array {
  return new Uint32Array(packet.buffer);
  //~^ whole possible
}

export function viewsInVariable(packet: Uint8Array): number {
  const store = packet.buffer;
  const view = new DataView(store);
  //~^ whole likely
  return view.getUint8(0);
}

export async function digests(message: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', message.buffer);
  //~^ hand likely
}

export function posts(port: MessagePort, secret: string): void {
  const bytes = Buffer.from(secret);
  port.postMessage(bytes.buffer);
  //~^ hand likely
}

export function clones(packet: Buffer): ArrayBufferLike {
  return structuredClone(packet.buffer);
  //~^ hand likely
}

export class Reader {
  private readonly view: DataView;
  private readonly bytes: Uint8Array;

  constructor(bytes: Uint8Array) {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
    //~^ whole likely
  }

  size(): number {
    return this.view.getUint32(0) + this.bytes.length;
  }
}

export class Sender {
  private last: Uint8Array = new Uint8Array(0);

  keep(chunk: Buffer): void {
    this.last = chunk.subarray(2);
  }

  first(): number {
    return new DataView(this.last.buffer).getUint8(0);
    //~^ whole proven
  }
}

function firstWord(bytes: Uint8Array): number {
  return new DataView(bytes.buffer).getUint32(0);
  //~^ whole likely
}

export function readsDigestAndText(text: string): number {
  return firstWord(createHash('sha256').update(text).digest()) + firstWord(Buffer.from(text));
}

export function viewsShortText(): Uint8Array {
  const bytes = Buffer.from('hello');
  return new Uint8Array(bytes.buffer);
  //~^ whole proven
}
