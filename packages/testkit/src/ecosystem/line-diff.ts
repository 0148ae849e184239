/**
 * The difference between two texts, line by line, with three lines of context.
 * It is for reading on a terminal; nobody applies it as a patch.
 */
const contextLines = 3;

/** The changed lines (`-` and `+`) with their context (two spaces); an empty list when the texts are equal. */
export function diffLines(before: string, after: string): string[] {
  if (before === after) return [];
  const entries = alignLines(before.split('\n'), after.split('\n'));
  const output: string[] = [];
  let lastPrinted = -1;
  entries.forEach((entry, index) => {
    const nearby = entries.slice(Math.max(0, index - contextLines), index + contextLines + 1);
    if (!nearby.some((neighbor) => neighbor.sign !== ' ')) return;
    if (index > lastPrinted + 1) output.push('  ...');
    output.push(`${entry.sign} ${entry.text}`);
    lastPrinted = index;
  });
  return output;
}

interface DiffEntry {
  sign: ' ' | '-' | '+';
  text: string;
}

/** Aligns by the longest common subsequence; quadratic, which is fine for results of some thousand lines. */
function alignLines(before: readonly string[], after: readonly string[]): DiffEntry[] {
  const width = after.length + 1;
  const common = new Uint32Array((before.length + 1) * width);
  const commonAt = (row: number, column: number): number => common[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      common[row * width + column] =
        before[row] === after[column] ? commonAt(row + 1, column + 1) + 1 : Math.max(commonAt(row + 1, column), commonAt(row, column + 1));
    }
  }
  const entries: DiffEntry[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const removed = before[row];
    const added = after[column];
    if (removed !== undefined && removed === added) {
      entries.push({ sign: ' ', text: removed });
      row++;
      column++;
    } else if (removed !== undefined && (added === undefined || commonAt(row + 1, column) >= commonAt(row, column + 1))) {
      entries.push({ sign: '-', text: removed });
      row++;
    } else {
      entries.push({ sign: '+', text: added ?? '' });
      column++;
    }
  }
  return entries;
}
