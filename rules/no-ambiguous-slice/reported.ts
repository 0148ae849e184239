/** What no-ambiguous-slice reports: slices of declared Uint8Arrays whose being a copy matters. */

/** Whoever calls may hand over a Buffer and write it later. */
export function headOf(packet: Uint8Array): Uint8Array {
  return packet.slice(0, 4);
  //~^ leaves possible
}

/** Kept beside the source. */
export class Session {
  private key: Uint8Array;
  private readonly previous: Uint8Array[] = [];

  constructor(key: Uint8Array) {
    this.key = key.slice();
    //~^ leaves possible
  }

  /** The copy is to outlive the wipe. */
  rotate(next: Uint8Array): void {
    this.previous.push(this.key.slice());
    //~^ leaves possible
    this.key.fill(0);
    this.key = next;
  }
}

/** The source is wiped while the slice is in use. */
export function takesAndWipes(secret: Uint8Array): number {
  const copy = secret.slice(0, 32);
  //~^ written likely
  secret.fill(0);
  return copy[0]! + copy[31]!;
}

/** The copy is changed, and with a Buffer the caller's bytes change too. */
export function reversedSum(digits: Uint8Array): number {
  const reversed = digits.slice();
  //~^ written likely
  reversed.reverse();
  return reversed[0]! * 256 + reversed[1]!;
}

/** A view of the parameter is as ambiguous as the parameter. */
export function bodyOf(packet: Uint8Array): Uint8Array {
  const body = packet.subarray(4);
  return body.slice(0, body.length - 16);
  //~^ leaves possible
}

/** A property of an options object. */
export function readsOptions(options: { readonly iv: Uint8Array }): { iv: Uint8Array } {
  const iv = options.iv.slice(0, 12);
  //~^ leaves possible
  return { iv };
}

/** Reverses in place, and only where it is asked to. */
function numberOf(bytes: Uint8Array, littleEndian = false): number {
  if (littleEndian) bytes.reverse();
  return bytes[0]! * 256 + bytes[1]!;
}

/** Reverses a copy, which for a Buffer is none. */
export function numberOfCopy(bytes: Uint8Array, littleEndian = false): number {
  if (littleEndian) bytes = bytes.slice().reverse();
  //~^ written likely
  return bytes[0]! * 256 + bytes[1]!;
}

/** Whether a function of the program writes what it is given in this very call is not known: these calls do not ask for it. */
export function readsHeader(header: Uint8Array): number {
  const nonce = header.slice(0, 8);
  //~^ written possible
  const size = header.slice(8, 16);
  //~^ written possible
  return numberOf(size) + numberOf(nonce) + nonce[0]!;
}

/** The same between, and a write that is seen behind it. */
export function readsThenWipes(header: Uint8Array): number {
  const nonce = header.slice(0, 8);
  //~^ written likely
  const size = numberOf(header.subarray(8));
  header.fill(0);
  return size + nonce[0]!;
}

function clear(bytes: Uint8Array, wanted: boolean): void {
  if (wanted) bytes.fill(0);
}

/** A wipe in a function of the program. */
export function readsAndClears(secret: Uint8Array, wanted: boolean): number {
  const copy = secret.slice(0, 4);
  //~^ written possible
  clear(secret, wanted);
  return copy[0]!;
}
