/**
 * Evaluates a row's symbolic size against the real arguments of an exercise. The symbolic evaluation of sizes over programs is `cost/`.
 */
import type { ArgumentPath, SizeExpression } from '@scrimp/analysis/model/row';
import { bytesAt } from './exercise-run.js';

/** The number, or null when the expression is unknown, or when it depends on an argument that the exercise does not name. */
export function evaluateSize(size: SizeExpression, inputs: Readonly<Record<string, unknown>>): number | null {
  if (size === 'unknown') return null;
  if (typeof size === 'number') return size;
  if ('length' in size) return byteLengthOf(inputs[pathText(size.length)]);
  if ('count' in size) return numberOf(inputs[pathText(size.count)]);
  if ('items' in size) return itemsOf(inputs[pathText(size.items)]);
  if ('range' in size) return rangeOf(size.range, inputs);
  if ('elements' in size) return totalOf(inputs[pathText(size.elements)]);
  if ('lookup' in size) return lookUp(size, inputs);
  if ('sum' in size) {
    const parts = size.sum.map((part) => evaluateSize(part, inputs));
    return parts.reduce<number | null>((sum, part) => (sum === null || part === null ? null : sum + part), 0);
  }
  const [factor, scaled] = size.scaled;
  const value = evaluateSize(scaled, inputs);
  return value === null ? null : factor * value;
}

/** The key of `Exercise.inputs` for a path: `this`, `0`, `0[]`, `1...`, `2.key`. */
export function pathText(path: ArgumentPath): string {
  if (typeof path === 'number') return String(path);
  if (typeof path === 'string') return path;
  if ('rest' in path) return `${path.rest}...`;
  if ('elementsOf' in path) return `${pathText(path.elementsOf)}[]`;
  return `${pathText(path.of)}.${path.property}`;
}

function byteLengthOf(value: unknown): number | null {
  if (typeof value === 'string') return Buffer.byteLength(value);
  const parts = bytesAt(value);
  return parts.length === 1 && parts[0] !== undefined ? parts[0].length : null;
}

function numberOf(value: unknown): number | null {
  return value === undefined ? null : Number(value);
}

function itemsOf(value: unknown): number | null {
  if (typeof value === 'string' || Array.isArray(value)) return value.length;
  if (ArrayBuffer.isView(value) && 'length' in value) return Number(value.length);
  return null;
}

function totalOf(value: unknown): number | null {
  return Array.isArray(value) ? bytesAt(value).reduce((sum, part) => sum + part.length, 0) : null;
}

function rangeOf([path, startIndex, endIndex]: readonly [ArgumentPath, number, number], inputs: Readonly<Record<string, unknown>>): number | null {
  const value = inputs[pathText(path)];
  const length = itemsOf(value) ?? byteLengthOf(value);
  if (length === null) return null;
  const clamp = (index: unknown, missing: number): number => {
    if (index === undefined) return missing;
    const number = Number(index);
    return number < 0 ? Math.max(length + number, 0) : Math.min(number, length);
  };
  return Math.max(clamp(inputs[String(endIndex)], length) - clamp(inputs[String(startIndex)], 0), 0);
}

function lookUp(size: Extract<SizeExpression, { readonly lookup: unknown }>, inputs: Readonly<Record<string, unknown>>): number | null {
  if (typeof size.lookup === 'object' && 'creator' in size.lookup) return null;
  const text = inputs[pathText(size.lookup)];
  return typeof text === 'string' ? (size.table[text.toLowerCase()] ?? null) : null;
}
