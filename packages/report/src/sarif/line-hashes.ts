/**
 * The line hashes by which GitHub's code scanning follows an alert from commit to commit (`primaryLocationLineHash`).
 * The algorithm is that of github/codeql-action: for every line, a rolling hash, base 37 modulo 2^64, over the 100 characters from the
 * line's start, without blanks and with all line ends as one line feed; then `:n` for the n-th line with the same hash.
 */

const blockSize = 100;
const base = 37n;
/** Stands for the end of the text, as in the original. */
const endOfText = 0xffff;

const basePower = BigInt.asUintN(64, base ** BigInt(blockSize));

/** Hash of each line, first line first. */
export function lineHashes(text: string): string[] {
  const { units, lineStarts } = normalized(text);
  const hashes: string[] = [];
  const seen = new Map<string, number>();
  let hash = 0n;
  let next = 0;
  // The hash of a line is that of the window whose first character is the line's first.
  for (let end = 0; end < units.length + blockSize; end++) {
    if (lineStarts[next] === end - blockSize) {
      hashes.push(countedHash(seen, hash));
      next += 1;
    }
    const entering = BigInt(units[end] ?? 0);
    const leaving = BigInt(units[end - blockSize] ?? 0);
    hash = BigInt.asUintN(64, base * hash + entering - basePower * leaving);
  }
  return hashes;
}

function countedHash(seen: Map<string, number>, hash: bigint): string {
  const value = hash.toString(16);
  const count = (seen.get(value) ?? 0) + 1;
  seen.set(value, count);
  return `${value}:${String(count)}`;
}

/** UTF-16 units without blanks, and the index of the first unit of each line. */
function normalized(text: string): { units: number[]; lineStarts: number[] } {
  const units: number[] = [];
  const lineStarts: number[] = [];
  let isLineStart = true;
  const flat = text.replace(/\r\n?/g, '\n').replace(/[ \t]/g, '');
  for (let index = 0; index <= flat.length; index++) {
    const unit = index < flat.length ? flat.charCodeAt(index) : endOfText;
    if (isLineStart) lineStarts.push(units.length);
    isLineStart = unit === 0x0a;
    units.push(unit);
  }
  return { units, lineStarts };
}
