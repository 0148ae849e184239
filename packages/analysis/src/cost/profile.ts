/**
 * Runtime profiles: what objects weigh on each Node major. Figures are COSTS A.1 (heap snapshot self sizes), measured on 20.20.2, 24.21.0 and 26.10.0;
 * Node 22 has the layout of 20 (RULES 2.3: same heap bytes per operation).
 */

export interface RuntimeProfile {
  readonly name: string;
  readonly major: number;
  /** Typed array or Buffer object, bytes. */
  readonly viewHeader: number;
  readonly arrayBufferHeader: number;
  /** Extra header of an on-heap backing store. */
  readonly onHeapStoreHeader: number;
  /** Largest length whose bytes V8 keeps on its heap. */
  readonly onHeapLimit: number;
  /** `Buffer.poolSize`, bytes. */
  readonly poolSize: number;
  /** A raw key in createHmac, createCipheriv or hkdfSync costs microseconds more than a KeyObject (24.21; COSTS B). */
  readonly slowRawKeys: boolean;
  /** Oldest Node that the program is said to run on (`engines.node`); null when nothing says. */
  readonly oldest: string | null;
}

const base = { onHeapStoreHeader: 16, onHeapLimit: 64, oldest: null };

export const runtimeProfiles = {
  node20: { ...base, name: 'node20', major: 20, viewHeader: 96, arrayBufferHeader: 88, poolSize: 8192, slowRawKeys: false },
  node22: { ...base, name: 'node22', major: 22, viewHeader: 96, arrayBufferHeader: 88, poolSize: 8192, slowRawKeys: false },
  node24: { ...base, name: 'node24', major: 24, viewHeader: 104, arrayBufferHeader: 96, poolSize: 65536, slowRawKeys: true },
  node26: { ...base, name: 'node26', major: 26, viewHeader: 104, arrayBufferHeader: 96, poolSize: 65536, slowRawKeys: false },
} as const satisfies Readonly<Record<string, RuntimeProfile>>;
