/** How a place is written in text: `file:line:column`, which terminals and editors open. */

export function placeText(file: string, line: number, column: number | null): string {
  return column === null ? `${file}:${String(line)}` : `${file}:${String(line)}:${String(column)}`;
}
