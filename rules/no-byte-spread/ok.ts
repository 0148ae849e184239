export function spreadsNumbers(digits: number[], more: readonly number[]): Uint8Array {
  return new Uint8Array([...digits, ...more]);
}

export function spreadsIterable(stream: Iterable<number>): Uint8Array {
  return new Uint8Array([...stream]);
}

export function spreadsBytesBesideNumbers(bytes: Uint8Array, numbers: number[]): Uint8Array {
  return new Uint8Array([...bytes, ...numbers]);
}

/** Wide elements are cut to their low bytes here, which a copy of their memory would not do. */
export function narrowsWords(words: Uint16Array): Uint8Array {
  return new Uint8Array([...words]);
}

export function wantsNumbers(bytes: Uint8Array): number[] {
  return [...bytes];
}

export function mapsNumbers(bytes: Uint8Array): Uint8Array {
  return new Uint8Array(Array.from(bytes, (byte) => byte ^ 0x36));
}

export function keepsNumbers(bytes: Uint8Array): { bytes: Uint8Array; numbers: number[] } {
  const numbers = [...bytes];
  return { bytes: new Uint8Array(numbers), numbers };
}

export function sortsNumbers(bytes: Uint8Array): Uint8Array {
  const numbers = [...bytes];
  numbers.reverse();
  return new Uint8Array(numbers);
}

export function listsConstants(): Uint8Array {
  return new Uint8Array([0x04, 0x20, 0x01]);
}

export function mayBeText(input: Uint8Array | string): Uint8Array {
  return new Uint8Array([...(input as Uint8Array)].length === 0 ? [] : [1]);
}

export function widens(bytes: Uint8Array): Uint32Array {
  return new Uint32Array([...bytes]);
}

/** Runs once, when the module is loaded. */
const magic = Uint8Array.of(0x7f, 0x45);
export const header: Uint8Array = new Uint8Array([...magic, ...Uint8Array.of(2, 1)]);

export function joinsAsBytes(a: Uint8Array, b: Uint8Array): Uint8Array {
  const joined = new Uint8Array(a.length + b.length);
  joined.set(a);
  joined.set(b, a.length);
  return joined;
}
