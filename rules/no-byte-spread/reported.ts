import { createHash } from 'node:crypto';

export function joinsTwo(a: Uint8Array, b: Uint8Array): Uint8Array {
  return new Uint8Array([...a, ...b]);
  //~^ join likely
}

export function joinsThree(header: Uint8Array, body: Uint8Array, tag: Uint8Array): Uint8Array {
  const frame = new Uint8Array([...header, ...body, ...tag]);
  //~^ join likely
  return frame;
}

export function joinsDigests(left: string, right: string): Uint8Array {
  const first = createHash('sha256').update(left).digest();
  const second = createHash('sha256').update(right).digest();
  return new Uint8Array([...first, ...second]);
  //~^ join proven
}

export function joinsBuffers(a: Buffer, b: Buffer): Buffer {
  return Buffer.from([...a, ...b]);
  //~^ join likely
}

export function joinsByFrom(a: Uint8Array, b: Uint8Array): Uint8Array {
  return Uint8Array.from([...a, ...b]);
  //~^ join likely
}

export function prefixesType(type: number, payload: Uint8Array): Uint8Array {
  return new Uint8Array([type, 0x01, ...payload]);
  //~^ join likely
}

export function copiesOne(payload: Uint8Array): Uint8Array {
  return new Uint8Array([...payload]);
  //~^ copy likely
}

export function copiesOneOfItsOwn(): Uint8Array {
  const counter = new Uint8Array(16);
  counter[15] = 1;
  return Uint8Array.from([...counter]);
  //~^ copy proven
}

export function copiesThroughArrayFrom(payload: Uint8Array): Buffer {
  return Buffer.from(Array.from(payload));
  //~^ copy likely
}

export function joinsInVariable(a: Uint8Array, b: Uint8Array): Uint8Array {
  const numbers = [...a, ...b];
  return new Uint8Array(numbers);
  //~^ join likely
}

export function joinsPartsOfExpressions(packet: Uint8Array, trailer: () => Uint8Array): Uint8Array {
  return new Uint8Array([...packet.subarray(4), ...trailer()]);
  //~^ join likely
}

export function joinsBuffersInOrder(a: Buffer, next: () => Buffer): Buffer {
  return Buffer.from([...a, ...next()]);
  //~^ join likely
}

export function copiesAfterCount(counter: { calls: number }, payload: Uint8Array): Uint8Array {
  return new Uint8Array([...(counter.calls += 1, payload)]);
  //~^ copy likely
}

/** A handler runs only after an error: there is a saving, but hardly ever. */
export function triesTheOtherForm(secret: Uint8Array, open: (key: Uint8Array) => boolean): boolean {
  try {
    return open(secret);
  } catch {
    return open(new Uint8Array([...secret, 27]));
    //~^ join possible
  }
}

export function opensInTheEnd(secret: Uint8Array, open: (key: Uint8Array) => void): void {
  try {
    open(secret);
  } finally {
    open(new Uint8Array([...secret, 27]));
    //~^ join likely
  }
}
