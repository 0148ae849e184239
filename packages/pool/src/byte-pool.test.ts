/** The pool through its public face: identity of buffers, wiping, and every misuse that it must refuse. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createBytePool } from './index.js';

test('a released buffer comes back wiped, and is the same object', () => {
  const pool = createBytePool({ size: 100, capacity: 2 });
  const first = pool.acquire();
  first.fill(7);
  const view = first.subarray(10);
  pool.release(first);
  expect([...view].every((byte) => byte === 0)).toBe(true);
  expect(pool.acquire()).toBe(first);
  expect(pool.statistics()).toEqual({ created: 1, reused: 1, free: 0, inUse: 1 });
});

test('releasing twice, or a buffer of somebody else, is refused and changes nothing', () => {
  const pool = createBytePool({ size: 65, capacity: 1 });
  const buffer = pool.acquire();
  pool.release(buffer);
  expect(() => { pool.release(buffer); }).toThrow(RangeError);
  const foreign = new Uint8Array(65).fill(3);
  expect(() => { pool.release(foreign); }).toThrow(RangeError);
  expect(foreign[0]).toBe(3);
  expect(pool.statistics().free).toBe(1);
});

test('sizes that do not pay and capacities that make no sense are refused', () => {
  for (const size of [0, 64, 65.5, Number.NaN]) expect(() => createBytePool({ size, capacity: 1 })).toThrow(RangeError);
  for (const capacity of [0, -1, 1.5]) expect(() => createBytePool({ size: 65, capacity })).toThrow(RangeError);
});

test('in any order of acquire and release, no buffer has two owners, all are zero when handed out, and no more than the capacity are kept', () => {
  fc.assert(fc.property(fc.array(fc.boolean(), { maxLength: 60 }), fc.integer({ min: 1, max: 4 }), (steps, capacity) => {
    const pool = createBytePool({ size: 80, capacity });
    const owned: Uint8Array[] = [];
    for (const acquires of steps) {
      if (acquires) {
        const buffer = pool.acquire();
        expect(owned).not.toContain(buffer);
        expect(buffer.some((byte) => byte !== 0)).toBe(false);
        buffer.fill(9);
        owned.push(buffer);
      } else {
        const buffer = owned.shift();
        if (buffer !== undefined) pool.release(buffer);
      }
      expect(pool.statistics().free).toBeLessThanOrEqual(capacity);
      expect(pool.statistics().inUse).toBe(owned.length);
    }
  }));
});

test('a cleared pool makes new buffers and still takes back the ones in use', () => {
  const pool = createBytePool({ size: 80, capacity: 2 });
  const first = pool.acquire();
  pool.release(first);
  const inUse = pool.acquire();
  pool.clear();
  pool.release(inUse);
  expect(pool.acquire()).toBe(inUse);
});
