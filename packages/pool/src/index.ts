/** The runtime that rewrites and the reference implementation import. So far: pools of work buffers. */
export { createBytePool, onHeapLimit } from './byte-pool.js';
export type { BytePool, BytePoolOptions, BytePoolStatistics } from './byte-pool.js';
