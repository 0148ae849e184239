// What the codemod must leave alone, whatever a finding says of it. The reason stands behind each line.
import { createHash } from 'node:crypto';

const hash = createHash('sha256');

export function refusesText(): void {
  hash.update('0123456789'.slice(4)); // refuses: the receiver is a literal, which has no `subarray`
}

export function refusesComputedNames(frame: Uint8Array<ArrayBuffer>): void {
  hash.update(frame['slice'](4)); // refuses: the call is not `x.slice(…)` with at most two arguments
}

export function refusesBorrowedMethods(frame: Uint8Array<ArrayBuffer>): void {
  hash.update(Uint8Array.prototype.slice.call(frame, 4)); // refuses: the call is not `x.slice(…)` with at most two arguments
}

export function refusesSpreadArguments(frame: Uint8Array<ArrayBuffer>, range: [number, number]): void {
  hash.update(frame.slice(...range)); // refuses: the call is not `x.slice(…)` with at most two arguments
}

export class Frame extends Uint8Array<ArrayBuffer> {
  override slice(start?: number, end?: number): Frame {
    hash.update(super.slice(start, end)); // refuses: `super.slice` may be a method of a subclass of its own
    return this;
  }
}
