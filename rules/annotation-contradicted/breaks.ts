/**
 * A session that says it borrows a key and keeps it: its caller wipes the key after the call, as it may, and the session then signs with zeros.
 */

export class Session {
  #key: Uint8Array = new Uint8Array(0);

  /** @borrows key */
  open(key: Uint8Array): void {
    this.#key = key;
  }

  firstByte(): number {
    return this.#key[0]!;
  }
}

class MendedSession {
  #key: Uint8Array = new Uint8Array(0);

  /** @borrows key */
  open(key: Uint8Array): void {
    this.#key = new Uint8Array(key);
  }

  firstByte(): number {
    return this.#key[0]!;
  }
}

function opened<S extends { open(key: Uint8Array): void }>(session: S): S {
  const key = new Uint8Array(32).fill(7);
  session.open(key);
  key.fill(0);
  return session;
}

export const cases: readonly { readonly name: string; asWritten(): boolean; mended(): boolean }[] = [
  {
    name: 'a key that was only lent is kept, and is gone when its owner wipes it',
    asWritten: () => opened(new Session()).firstByte() !== 7,
    mended: () => opened(new MendedSession()).firstByte() !== 7,
  },
];
