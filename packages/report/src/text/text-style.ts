/** How a text report is laid out and painted; the host decides from its terminal. */
import { createPaint, type Paint } from '../paint.js';
import { placeText } from '../place-text.js';

export interface TextOptions {
  readonly color: boolean;
  /** Cells per line, at least 40. */
  readonly width: number;
  /** Address of a place, for terminals that know hyperlinks (OSC 8); null for none. */
  readonly hyperlink?: (file: string, line: number, column: number) => string | null;
}

/** Options with what follows from them. */
export interface TextStyle {
  readonly paint: Paint;
  readonly width: number;
  /** `file:line:column`, painted and linked. */
  readonly place: (file: string, line: number, column: number | null) => string;
}

export function createTextStyle(options: TextOptions): TextStyle {
  const paint = createPaint(options.color);
  return {
    paint,
    width: Math.max(40, options.width),
    place: (file, line, column) => {
      const text = paint.location(placeText(file, line, column));
      const address = options.hyperlink?.(file, line, column ?? 1) ?? null;
      return address === null ? text : `\u001b]8;;${address}\u001b\\${text}\u001b]8;;\u001b\\`;
    },
  };
}
