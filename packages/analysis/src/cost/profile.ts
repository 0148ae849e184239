/**
 * Runtime profiles: what objects weigh and what library calls make on each Node major, as data.
 * The figures are files of `profiles/`, measured on the named release; `price-list.ts` reads from them what one object or call is worth.
 * `Buffer.poolSize` and the on-heap limit are settings of the runtime, read from it (RULES 2.1, COSTS A.1).
 */
import { measured as measured20, measuredOn as release20 } from './profiles/node20.measured.js';
import { measured as measured22, measuredOn as release22 } from './profiles/node22.measured.js';
import { measured as measured24, measuredOn as release24 } from './profiles/node24.measured.js';
import { measured as measured26, measuredOn as release26 } from './profiles/node26.measured.js';
import { type LayoutPrices, layoutPrices, type LibraryPrices, libraryPrices, type TimePrices, timePrices } from './price-list.js';

export interface RuntimeProfile {
  readonly name: string;
  readonly major: number;
  /** The release that was measured: `20.20.2`. */
  readonly measuredOn: string;
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
  readonly layout: LayoutPrices;
  /** Library calls by the api name of their row; `:text` behind it where the call gives text, `:raw` where it is given the bytes of a key. */
  readonly library: LibraryPrices;
  readonly time: TimePrices;
  /** Which end of a measured range counts: costs are stated with the largest, and the least is told beside them. */
  readonly figure: 'least' | 'largest';
}

const base = { onHeapStoreHeader: 16, onHeapLimit: 64, oldest: null, figure: 'largest' } as const;

export const runtimeProfiles = {
  node20: { ...base, name: 'node20', major: 20, measuredOn: release20, viewHeader: 96, arrayBufferHeader: 88, poolSize: 8192, slowRawKeys: false, ...prices(measured20) },
  node22: { ...base, name: 'node22', major: 22, measuredOn: release22, viewHeader: 96, arrayBufferHeader: 88, poolSize: 8192, slowRawKeys: false, ...prices(measured22) },
  node24: { ...base, name: 'node24', major: 24, measuredOn: release24, viewHeader: 104, arrayBufferHeader: 96, poolSize: 65536, slowRawKeys: true, ...prices(measured24) },
  node26: { ...base, name: 'node26', major: 26, measuredOn: release26, viewHeader: 104, arrayBufferHeader: 96, poolSize: 65536, slowRawKeys: false, ...prices(measured26) },
} as const satisfies Readonly<Record<string, RuntimeProfile>>;

function prices(measured: typeof measured20): Pick<RuntimeProfile, 'layout' | 'library' | 'time'> {
  return { layout: layoutPrices(measured), library: libraryPrices(measured), time: timePrices(measured) };
}
