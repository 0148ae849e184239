abstract class Channel {
  abstract send(x: number): void;
  abstract limit: number;
  constructor(protected id: number, readonly name = 'n', plain?: string) { this.start(plain); }
  start(x: unknown) { return [x, this.id]; }
}
export { Channel };
