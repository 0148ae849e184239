/** A nonce drawn per message beside one taken from a block of random bytes. */
import { randomBytes, randomFillSync } from 'node:crypto';
import { defineBench } from '@scrimp/bench';

/** 4 KiB of random bytes at a time, handed out once and then wiped. */
class NonceBlock {
  private readonly block = new Uint8Array(4096);
  private position = this.block.length;

  takeInto(target: Uint8Array): Uint8Array {
    if (this.position + target.length > this.block.length) {
      randomFillSync(this.block);
      this.position = 0;
    }
    const end = this.position + target.length;
    for (let from = this.position, to = 0; from < end; from += 1, to += 1) {
      target[to] = this.block[from]!;
      this.block[from] = 0;
    }
    this.position = end;
    return target;
  }
}

export default defineBench({
  name: 'nonce of a message',
  size: [12, 16, 24],
  setup: (size) => ({ size, nonces: new NonceBlock(), nonce: new Uint8Array(size) }),
  before: ({ size }): Uint8Array => randomBytes(size),
  after: ({ nonces, nonce }) => nonces.takeInto(nonce),
  // Random bytes never repeat; what both sides owe is the length.
  equal: (before, after) => before.length === after.length,
});
