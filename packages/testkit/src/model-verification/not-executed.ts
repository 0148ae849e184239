/**
 * The rows that the test process cannot run, each with its reason. A row without an exercise must match one of these; the test counts them.
 */
export interface NotExecuted {
  /** The api, or the start of it. */
  readonly api: string;
  readonly reason: string;
}

export const notExecuted: readonly NotExecuted[] = [
  { api: 'console.', reason: 'writes to the terminal' },
  { api: 'process.stdout.write', reason: 'writes to the terminal' },
  { api: 'process.stderr.write', reason: 'writes to the terminal' },
  { api: 'node:net#Socket.prototype.', reason: 'needs a connection' },
  { api: 'node:dgram#Socket.prototype.send', reason: 'needs a socket' },
  { api: 'node:fs#', reason: 'reads or writes later, which no single run shows, or only takes paths' },
  { api: 'node:fs/promises#', reason: 'reads or writes later, which no single run shows, or only takes paths' },
  { api: 'node:zlib#', reason: 'reads later: racy, as measured' },
  { api: 'Promise.reject', reason: 'an unhandled rejection ends the process' },
  { api: '@noble/ciphers#Cipher.prototype.', reason: 'a base class, whose subclasses are executed' },
  { api: '@noble/hashes/utils#toBytes', reason: 'exported by version 1 only' },
  { api: '@noble/hashes/utils#kdfInputToBytes', reason: 'not exported by every version' },
  { api: '@noble/hashes/utils#bytesToUtf8', reason: 'exported by version 1 only' },
  { api: '@noble/ciphers/webcrypto#randomBytes', reason: 'exported there by version 1 only' },
];
