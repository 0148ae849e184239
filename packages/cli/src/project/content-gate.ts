/** Whether a file's content is worth and possible to analyze: not binary, not huge, not generated. */
import { fileErrorReason, type FileSystem } from './file-system.js';

/** Larger files that were only found, not named, are taken for generated. */
const largestFoundFile = 1_000_000;
/** Even a named file is not larger than this: parsing and analyzing it would take minutes and gigabytes. */
const largestNamedFile = 5_000_000;
/** No person writes a file whose average line is longer. */
const longestAverageLine = 400;
/** A short file with one long line is no generated file. */
const smallestMinifiedFile = 4_096;
/** When lines longer than this make up half of a file, it is generated or minified. */
const longLine = 5_000;

/** Why the file cannot or should not be analyzed, or null. */
export function contentProblem(fileSystem: FileSystem, file: string, isNamed: boolean): string | null {
  try {
    const { size } = fileSystem.stat(file);
    const limit = isNamed ? largestNamedFile : largestFoundFile;
    if (size > limit) return tooLarge(size, isNamed);
    const bytes = fileSystem.read(file);
    const zero = bytes.indexOf(0);
    if (zero >= 0) return `is a binary file (NUL byte at offset ${String(zero)})`;
    if (!isNamed && looksGenerated(bytes)) return 'looks generated or minified (very long lines); name the file to analyze it';
    return null;
  } catch (error) {
    return `cannot be read: ${fileErrorReason(error)}`;
  }
}

function tooLarge(size: number, isNamed: boolean): string {
  const megabytes = `${(size / 1_000_000).toFixed(1)} MB`;
  if (isNamed) return `is too large to analyze (${megabytes}, the limit is ${String(largestNamedFile / 1_000_000)} MB)`;
  const hint = size <= largestNamedFile ? '; name the file to analyze it' : '';
  return `is taken for generated (${megabytes}, more than ${String(largestFoundFile / 1_000_000)} MB)${hint}`;
}

function looksGenerated(bytes: Buffer): boolean {
  if (bytes.length < smallestMinifiedFile) return false;
  let lines = 1;
  let inLongLines = 0;
  let start = 0;
  for (let end = bytes.indexOf(0x0a); ; end = bytes.indexOf(0x0a, start)) {
    const length = (end < 0 ? bytes.length : end) - start;
    if (length > longLine) inLongLines += length;
    if (end < 0) break;
    lines += 1;
    start = end + 1;
  }
  return bytes.length / lines > longestAverageLine || inLongLines * 2 > bytes.length;
}
