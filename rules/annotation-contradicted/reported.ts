// What annotation-contradicted reports.

/** @borrows frame */
export function wipesBorrowed(frame: Uint8Array): number {
  const first = frame[0]!;
  frame.fill(0);
  //~^ borrowWritten proven
  return first;
}

export function writesPart(/** @borrows */ frame: Uint8Array): void {
  const header = frame.subarray(0, 4);
  header[0] = 1;
  //~^ borrowWritten
}

export class Store {
  readonly #frames = new Map<string, Uint8Array>();
  #last: Uint8Array | null = null;

  /**
   * @param name - of the frame
   * @param frame - its bytes. @borrows
   */
  add(name: string, frame: Uint8Array): void {
    this.#frames.set(name, frame);
    //~^ borrowKept
  }

  /** @borrows frame */
  remember(frame: Uint8Array): void {
    this.#last = frame;
    //~^ borrowKept
  }

  /** @takesOwnership frame */
  own(frame: Uint8Array): void {
    this.#last = frame;
  }

  get last(): Uint8Array | null {
    return this.#last;
  }

  get size(): number {
    return this.#frames.size;
  }
}

/** @borrows frame */
export function writesThroughHelper(frame: Uint8Array): void {
  clear(frame);
  //~^ borrowWritten likely
}

function clear(bytes: Uint8Array): void {
  bytes.fill(0);
}

export function reusesWhatItGave(store: Store): void {
  const frame = new Uint8Array(64);
  store.own(frame);
  frame[0] = 1;
  //~^ usedAfterHandover
}
