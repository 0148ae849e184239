export class Session extends Base {
  static count = 0;
  readonly key: Uint8Array;
  #counter = 0n;
  handler = () => this.key;
  declare erased: number;
  static { Session.count = 1; this.ready = true; }
  static ready: boolean;
  constructor(key: Uint8Array, private readonly peer: string) {
    super(key);
    this.key = key;
  }
  encrypt(data: Uint8Array): Uint8Array;
  encrypt(data: any) { this.#counter++; return super.encrypt(data, this.#next()); }
  #next() { return this.#counter; }
  get size() { return this.key.length; }
  set size(n: number) { super.size = n; }
  static async open(key: Uint8Array) { return new Session(key, 'x'); }
  has(o: object) { return #counter in o; }
}
declare class Base { constructor(k: any); encrypt(...a: any[]): any; size: number; }
