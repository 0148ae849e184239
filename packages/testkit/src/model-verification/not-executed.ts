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
  { api: 'node:https#request', reason: 'needs a server with a certificate; as node:http' },
  { api: 'node:https#get', reason: 'needs a server with a certificate; as node:http' },
  { api: 'node:tls#', reason: 'needs a server with a certificate' },
  { api: 'node:fs#', reason: 'takes paths, descriptors and options only, and would change what the test stands on' },
  { api: 'node:fs/promises#', reason: 'takes paths, descriptors and options only, and would change what the test stands on' },
  { api: 'Promise.reject', reason: 'an unhandled rejection ends the process' },
  ...['ed25519#ed25519ctx.', 'ed448#ed448ph.', 'nist#p384.', 'nist#p521.'].map((name) => ({ api: `@noble/curves/${name}`, reason: 'made by the same code as the curves that are executed' })),
  ...['ed25519#', 'ed448#', 'nist#p256', 'secp256k1#'].map((name) => ({ api: `@noble/curves/${name}`, reason: 'named so by version 1 only, or reduces its seed and shows nothing of the kind' })),
  ...['hybrid#', 'slh-dsa#', 'falcon#', 'ml-dsa#'].map((name) => ({ api: `@noble/post-quantum/${name}`, reason: 'takes hundreds of milliseconds per call, or is made by the same code as the scheme that is executed' })),
  { api: '@noble/ciphers#Cipher.prototype.', reason: 'a base class, whose subclasses are executed' },
  { api: '@noble/hashes/utils#toBytes', reason: 'exported by version 1 only' },
  { api: '@noble/hashes/utils#kdfInputToBytes', reason: 'not exported by every version' },
  { api: '@noble/hashes/utils#bytesToUtf8', reason: 'exported by version 1 only' },
  { api: '@noble/ciphers/webcrypto#randomBytes', reason: 'exported there by version 1 only' },
];
