/**
 * Compares two results by what they hold: bytes are equal whichever class wraps them, the rest as `util.isDeepStrictEqual` sees it.
 */
import { isDeepStrictEqual, types } from 'node:util';

/**
 * Gives the first difference as a sentence part with its path and both values, or undefined for equal results.
 *
 * @param {unknown} before
 * @param {unknown} after
 * @param {string} path
 * @returns {string | undefined}
 */
export function firstDifference(before, after, path) {
  const bytesBefore = bytesOf(before);
  const bytesAfter = bytesOf(after);
  if (bytesBefore !== undefined && bytesAfter !== undefined) return differenceOfBytes(bytesBefore, bytesAfter, path);
  if (Array.isArray(before) && Array.isArray(after)) {
    if (before.length !== after.length) return `${path} has ${before.length} elements before and ${after.length} after`;
    for (const [index, element] of before.entries()) {
      const difference = firstDifference(element, after[index], `${path}[${index}]`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (isPlainObject(before) && isPlainObject(after)) {
    const names = new Set([...Object.keys(before), ...Object.keys(after)]);
    for (const name of names) {
      if (!Object.hasOwn(before, name)) return `${path}.${name} exists only after`;
      if (!Object.hasOwn(after, name)) return `${path}.${name} exists only before`;
      const difference = firstDifference(before[name], after[name], `${path}.${name}`);
      if (difference !== undefined) return difference;
    }
    return undefined;
  }
  if (isDeepStrictEqual(before, after)) return undefined;
  return `${path} is ${shown(before)} before and ${shown(after)} after`;
}

/**
 * The bytes of a Uint8Array, Buffer, DataView or array buffer.
 * Wider typed arrays are left to the strict comparison, so that `Uint16Array [1]` does not equal two bytes.
 *
 * @param {unknown} value
 */
function bytesOf(value) {
  if (types.isUint8Array(value)) return value;
  if (types.isDataView(value)) return new Uint8Array(value.buffer, value.byteOffset, value.byteLength);
  if (types.isAnyArrayBuffer(value)) return new Uint8Array(value);
  return undefined;
}

/**
 * @param {Uint8Array} before
 * @param {Uint8Array} after
 * @param {string} path
 */
function differenceOfBytes(before, after, path) {
  if (before.length !== after.length) return `${path} has ${before.length} bytes before and ${after.length} after`;
  const offset = before.findIndex((byte, index) => byte !== after[index]);
  if (offset === -1) return undefined;
  return `${path}[${offset}] is ${before[offset]} before and ${after[offset]} after`;
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
function isPlainObject(value) {
  if (typeof value !== 'object' || value === null) return false;
  const prototype = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null;
}

/** @param {unknown} value */
function shown(value) {
  const text = typeof value === 'string' ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
