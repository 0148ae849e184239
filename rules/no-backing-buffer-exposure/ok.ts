import { createHash, randomBytes } from 'node:crypto';

export function givesOffsetAndLength(packet: Buffer): DataView {
  return new DataView(packet.buffer, packet.byteOffset, packet.byteLength);
}

export function viewsOwnArray(count: number): Uint8Array {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setUint32(0, count);
  return bytes;
}

export function viewsDigest(text: string): number {
  const digest = createHash('sha256').update(text).digest();
  return new DataView(digest.buffer).getUint32(0);
}

export function viewsRandom(): Uint32Array {
  return new Uint32Array(randomBytes(16).buffer);
}

export function viewsCopy(packet: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(packet).buffer);
}

export function viewsWholeBuffer(store: ArrayBuffer): DataView {
  const bytes = new Uint8Array(store);
  bytes[0] = 1;
  return new DataView(bytes.buffer);
}

export function viewsUnpooled(length: number): DataView {
  const bytes = Buffer.alloc(length);
  return new DataView(bytes.buffer);
}

export function cutsOut(packet: Uint8Array): ArrayBufferLike {
  return packet.buffer.slice(packet.byteOffset, packet.byteOffset + packet.byteLength);
}

/** The offset is added where the view is read. */
export function addsOffset(packet: Uint8Array, at: number): number {
  const view = new DataView(packet.buffer);
  return view.getUint16(packet.byteOffset + at);
}

export function checksWhole(packet: Uint8Array): Uint8Array | ArrayBufferLike {
  if (packet.byteLength === packet.buffer.byteLength) return new Uint8Array(packet.buffer);
  return new Uint8Array(packet);
}

const scratch = new Float64Array(1);
const scratchBytes = new Uint8Array(scratch.buffer);

export function encodesDouble(value: number): Uint8Array {
  scratch[0] = value;
  return new Uint8Array(scratchBytes);
}

const shared = new Uint8Array(16);

export function viewsModuleScratch(): DataView {
  return new DataView(shared.buffer);
}

export class Counter {
  private readonly bytes = new Uint8Array(16);

  next(): Uint8Array {
    const view = new DataView(this.bytes.buffer);
    view.setUint32(12, view.getUint32(12) + 1);
    return this.bytes;
  }
}

export class Grower {
  #bytes = new Uint8Array(64);
  #view = new DataView(this.#bytes.buffer);

  grow(): void {
    const larger = new Uint8Array(this.#bytes.length * 2);
    larger.set(this.#bytes);
    this.#bytes = larger;
    this.#view = new DataView(this.#bytes.buffer);
  }

  put(at: number, word: number): void {
    this.#view.setUint32(at, word);
  }
}

function lastWord(bytes: Uint8Array): number {
  return new DataView(bytes.buffer).getUint32(bytes.length - 4);
}

/** Every caller gives bytes that fill their store. */
export function readsOwn(text: string): number {
  return lastWord(createHash('sha256').update(text).digest()) + lastWord(new Uint8Array(8));
}

export async function digestsBytes(message: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer> {
  return crypto.subtle.digest('SHA-256', message);
}

export function viewsBeyondThePool(): Uint8Array {
  const bytes = Buffer.allocUnsafe(5000);
  return new Uint8Array(bytes.buffer);
}

export function viewsAViewOfEverything(): Uint8Array {
  const bytes = new Uint8Array(100).subarray(0, 100);
  return new Uint8Array(bytes.buffer);
}
