/**
 * A pool of work buffers of one size. It exists for buffers of 65 bytes and more: from there on V8 keeps the bytes outside its heap, and reuse costs
 * 0.03 to 0.11 of a fresh allocation (COSTS B); below, a fresh array is as fast, so the constructor refuses.
 * Not for key material: a secret belongs to its owner, who wipes it, and not to whoever asks next.
 */

/** Largest length whose bytes V8 keeps on its heap, measured on Node 20, 24 and 26. */
export const onHeapLimit = 64;

export interface BytePoolOptions {
  /** Length of every buffer, bytes; at least 65. */
  readonly size: number;
  /** Most free buffers that the pool holds; what is released beyond is left to the collector. */
  readonly capacity: number;
}

export interface BytePoolStatistics {
  /** Buffers made because none was free. */
  readonly created: number;
  /** Acquisitions served from the pool. */
  readonly reused: number;
  /** Free buffers now. */
  readonly free: number;
  /** Buffers handed out and not released. */
  readonly inUse: number;
}

export interface BytePool {
  /** A buffer of exactly `size` bytes, all zero. The caller owns it until `release`. */
  acquire(): Uint8Array;
  /**
   * Wipes the buffer and takes it back. The caller must not touch it, nor any view of it, afterwards.
   * @throws RangeError for a buffer that this pool did not hand out, or that was released before.
   */
  release(buffer: Uint8Array): void;
  statistics(): BytePoolStatistics;
  /** Forgets all free buffers. Buffers in use may still be released. */
  clear(): void;
}

/** @throws RangeError when `size` is not an integer above 64 or `capacity` is not a positive integer. */
export function createBytePool(options: BytePoolOptions): BytePool {
  const { size, capacity } = options;
  if (!Number.isInteger(size) || size <= onHeapLimit) throw new RangeError(`a byte pool pays from ${onHeapLimit + 1} bytes on; a fresh array is as fast for ${size}`);
  if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError(`the capacity of a byte pool is a positive integer, not ${capacity}`);
  const free: Uint8Array[] = [];
  const inUse = new Set<Uint8Array>();
  let created = 0;
  let reused = 0;
  return {
    acquire() {
      let buffer = free.pop();
      if (buffer === undefined) {
        buffer = new Uint8Array(size);
        created += 1;
      } else {
        reused += 1;
      }
      inUse.add(buffer);
      return buffer;
    },
    release(buffer) {
      if (!inUse.delete(buffer)) throw new RangeError('the buffer was released before, or belongs to another pool');
      buffer.fill(0);
      if (free.length < capacity) free.push(buffer);
    },
    statistics: () => ({ created, reused, free: free.length, inUse: inUse.size }),
    clear() {
      free.length = 0;
    },
  };
}
