// Owns what lies between a file's text and the text that parsers and printers see: the byte order mark and the line endings.
// Offsets of findings count neither the mark (parsers drop it) nor change by line endings; printers of syntax trees know only `\n`.
import type { TextEdit } from './edit.js';

const byteOrderMark = '\ufeff';

export interface SourceText {
  /** `\ufeff` or nothing. */
  readonly byteOrderMark: string;
  /** What findings and edits count their offsets in. */
  readonly body: string;
}

export function splitByteOrderMark(text: string): SourceText {
  return text.startsWith(byteOrderMark) ? { byteOrderMark, body: text.slice(1) } : { byteOrderMark: '', body: text };
}

/** A text with `\n` only, and the way back for edits of it. */
export interface NormalizedText {
  readonly text: string;
  /** The same edit of the original text, with the line ending that most of its lines have. */
  readonly originalEdit: (edit: TextEdit) => TextEdit;
}

/** Null when the text holds line terminators that printers would change: bare carriage returns and U+2028, U+2029. */
export function normalizeLineEndings(original: string): NormalizedText | null {
  if (/\r(?!\n)|[\u2028\u2029]/.test(original)) return null;
  // Offsets, in the normalized text, of the line feeds that lost their carriage return.
  const lostAt: number[] = [];
  const text = original.replace(/\r\n/g, (_match, offset: number) => {
    lostAt.push(offset - lostAt.length);
    return '\n';
  });
  const lineFeeds = text.split('\n').length - 1;
  const isMostlyCrLf = lostAt.length * 2 > lineFeeds;
  const originalOffset = (offset: number): number => offset + countBelow(lostAt, offset);
  return {
    text,
    originalEdit: (edit) => ({
      start: originalOffset(edit.start),
      end: originalOffset(edit.end),
      text: isMostlyCrLf ? edit.text.replaceAll('\n', '\r\n') : edit.text,
    }),
  };
}

/** How many of the sorted numbers are below the limit. */
function countBelow(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
