/**
 * The code frame: the lines around a site, numbered, with the site underlined.
 * It owns tabs, wide characters, long lines and long sites; it returns lines with their parts, and leaves color to the caller.
 */
import { cellsOfCharacter, padStart, printable } from './terminal-text.js';

export interface FrameSite {
  /** 1-based; columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface FrameLine {
  readonly kind: 'context' | 'site' | 'underline' | 'gap';
  /** Marker and line number, all of one width. */
  readonly gutter: string;
  readonly code: string;
}

interface Cell {
  readonly text: string;
  readonly cells: number;
  /** 1-based column of the character in the source line. */
  readonly column: number;
}

const tabCells = 2;
const contextLines = 1;
/** A site of more lines than this shows its first two and its last. */
const longestSite = 4;
const leftContextCells = 24;
const lineBreak = /\r\n|[\n\r\u2028\u2029]/;

/** Lines as TypeScript counts them. */
export function linesOf(text: string): string[] {
  return text.split(lineBreak);
}

/** Empty when the site lies outside of the text. `width` is the width of the whole frame in cells. */
export function codeFrame(lines: readonly string[], site: FrameSite, width: number): FrameLine[] {
  if (site.line < 1 || site.line > lines.length) return [];
  const last = Math.min(lines.length, site.endLine + contextLines);
  const numberCells = String(last).length;
  const codeCells = Math.max(20, width - numberCells - 5);
  const shown = shownLines(lines, site);
  const indent = commonIndent(shown.map((number) => lines[number - 1] ?? ''));
  const frame: FrameLine[] = [];
  let previous = shown[0] ?? 1;
  for (const number of shown) {
    if (number > previous + 1) frame.push({ kind: 'gap', gutter: `  ${padStart('⋮', numberCells)}`, code: '' });
    previous = number;
    const inSite = number >= site.line && number <= site.endLine;
    const cells = cellsOfLine(lines[number - 1] ?? '', indent);
    const from = number === site.line ? site.column : 1;
    const to = number === site.endLine ? site.endColumn : Number.MAX_SAFE_INTEGER;
    const window = windowOf(cells, number === site.line ? { from, to } : null, codeCells);
    const marker = inSite ? '>' : ' ';
    frame.push({ kind: inSite ? 'site' : 'context', gutter: `${marker} ${padStart(String(number), numberCells)}`, code: textOf(window).trimEnd() });
    if (number !== site.line) continue;
    const underline = underlineOf(window, from, to);
    if (underline !== '') frame.push({ kind: 'underline', gutter: ' '.repeat(numberCells + 2), code: underline });
  }
  return frame;
}

function shownLines(lines: readonly string[], site: FrameSite): number[] {
  const shown: number[] = [];
  const first = Math.max(1, site.line - contextLines);
  const last = Math.min(lines.length, site.endLine + contextLines);
  const isLong = site.endLine - site.line + 1 > longestSite;
  for (let number = first; number <= last; number++) {
    if (isLong && number > site.line + 1 && number < site.endLine) continue;
    const isContext = number < site.line || number > site.endLine;
    // An empty line at the rim shows nothing.
    if (isContext && (lines[number - 1] ?? '').trim() === '') continue;
    shown.push(number);
  }
  return shown;
}

/** Characters of leading white space that all non-empty lines share. */
function commonIndent(lines: readonly string[]): number {
  let prefix: string | null = null;
  for (const line of lines) {
    if (line.trim() === '') continue;
    const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
    if (prefix === null) prefix = indent;
    while (!indent.startsWith(prefix)) prefix = prefix.slice(0, -1);
  }
  return prefix?.length ?? 0;
}

function cellsOfLine(line: string, indent: number): Cell[] {
  const cells: Cell[] = [];
  let column = 1;
  for (const character of printable(line)) {
    if (column > indent) {
      const isTab = character === '\t';
      cells.push({ text: isTab ? ' '.repeat(tabCells) : character, cells: isTab ? tabCells : cellsOfCharacter(character), column });
    }
    column += character.length;
  }
  return cells;
}

/** The part of the line that fits, around the site when the line has one. */
function windowOf(cells: readonly Cell[], site: { from: number; to: number } | null, width: number): Cell[] {
  const total = cells.reduce((sum, cell) => sum + cell.cells, 0);
  if (total <= width) return [...cells];
  let start = 0;
  if (site !== null) {
    const siteEnd = cells.findIndex((cell) => cell.column >= site.to);
    const cellsToSiteEnd = cells.slice(0, siteEnd < 0 ? cells.length : siteEnd).reduce((sum, cell) => sum + cell.cells, 0);
    if (cellsToSiteEnd > width - 1) {
      const siteStart = Math.max(0, cells.findIndex((cell) => cell.column >= site.from));
      start = Math.max(0, siteStart - Math.min(leftContextCells, Math.floor(width / 3)));
    }
  }
  const window: Cell[] = [];
  let used = 0;
  if (start > 0) {
    window.push({ text: '…', cells: 1, column: 0 });
    used = 1;
  }
  for (let index = start; index < cells.length; index++) {
    const cell = cells[index];
    if (cell === undefined) break;
    if (used + cell.cells > width - 1) {
      window.push({ text: '…', cells: 1, column: 0 });
      break;
    }
    window.push(cell);
    used += cell.cells;
  }
  return window;
}

function textOf(window: readonly Cell[]): string {
  return window.map((cell) => cell.text).join('');
}

function underlineOf(window: readonly Cell[], from: number, to: number): string {
  let underline = '';
  for (const cell of window) {
    const isSite = cell.column >= from && cell.column < to;
    underline += (isSite ? '^' : ' ').repeat(cell.cells);
  }
  // An empty site is still a place.
  if (!underline.includes('^')) {
    const before = window.filter((cell) => cell.column < from).reduce((sum, cell) => sum + cell.cells, 0);
    return `${' '.repeat(before)}^`;
  }
  return underline.trimEnd();
}
