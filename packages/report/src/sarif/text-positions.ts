/** Offsets in a text to 1-based lines and columns, both in UTF-16 units, with lines as TypeScript counts them. */

export interface TextPosition {
  readonly line: number;
  readonly column: number;
}

/** A function from offset to position; the text is scanned once. */
export function textPositions(text: string): (offset: number) => TextPosition {
  const starts = [0];
  for (const match of text.matchAll(/\r\n|[\n\r\u2028\u2029]/g)) starts.push(match.index + match[0].length);
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((starts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
  };
}
