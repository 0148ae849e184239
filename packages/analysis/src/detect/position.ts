/** Offsets to lines and columns: 1-based, columns in UTF-16 units. */
import type { ModuleIr } from '../ir/function.js';

export function lineOf(module: ModuleIr, offset: number): number {
  return positionOf(module, offset).line;
}

export function positionOf(module: ModuleIr, offset: number): { readonly line: number; readonly column: number } {
  const starts = module.lineStarts;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (starts[middle]! <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}
