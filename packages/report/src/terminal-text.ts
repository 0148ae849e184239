/**
 * Text as a terminal shows it: how many cells it takes, how it wraps, clips and pads.
 * Everything printed goes through `printable` first, because file contents are not ours and must not steer the terminal.
 */
import { eastAsianWidth } from 'get-east-asian-width';

const zeroWidth = /^[\p{Mn}\p{Me}\p{Cf}]$/u;

/** Cells that one code point takes: 0 for combining marks, 2 for wide characters, else 1. */
export function cellsOfCharacter(character: string): number {
  const codePoint = character.codePointAt(0);
  if (codePoint === undefined) return 0;
  if (codePoint >= 0x20 && codePoint < 0x7f) return 1;
  if (zeroWidth.test(character)) return 0;
  return eastAsianWidth(codePoint);
}

/** Cells that unpainted text takes. */
export function cellsOf(text: string): number {
  let cells = 0;
  for (const character of text) cells += cellsOfCharacter(character);
  return cells;
}

// Control characters could move the cursor; bidirectional controls could show another text than the compiler reads (CVE-2021-42574).
// \p{Cc} is every control character.
const controls = /(?![\t\n])\p{Cc}|[\u202a-\u202e\u2066-\u2069]/gu;

/** The same number of UTF-16 units, with every control character made visible; tabs and line feeds stay. */
export function printable(text: string): string {
  return text.replace(controls, (control) => {
    const code = control.charCodeAt(0);
    if (code < 0x20) return String.fromCharCode(0x2400 + code);
    return code === 0x7f ? '\u2421' : '\ufffd';
  });
}

/** Fills with spaces on the right up to `cells`. */
export function padEnd(text: string, cells: number): string {
  return text + ' '.repeat(Math.max(0, cells - cellsOf(text)));
}

/** Fills with spaces on the left up to `cells`. */
export function padStart(text: string, cells: number): string {
  return ' '.repeat(Math.max(0, cells - cellsOf(text))) + text;
}

/** Breaks at spaces into lines of at most `cells`; a word longer than a line stays whole, so that paths can be copied. */
export function wrap(text: string, cells: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const word of text.split(/\s+/)) {
    if (word === '') continue;
    const width = cellsOf(word);
    if (line !== '' && used + 1 + width > cells) {
      lines.push(line);
      line = '';
      used = 0;
    }
    used += line === '' ? width : width + 1;
    line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return lines;
}
