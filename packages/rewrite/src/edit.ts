// Owns edits as data: how they are ordered, when two of them collide, and what a text is after them.
// Offsets are UTF-16 units, as in findings. Which edits to make is left to `plan.ts`.

/** Replaces `[start, end)` of one text. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** By place; new declarations at one place by their text, so that every plan has them in the same order. */
export function compareEdits(left: TextEdit, right: TextEdit): number {
  return left.start - right.start || left.end - right.end || (left.text < right.text ? -1 : Number(left.text > right.text));
}

export function isSameEdit(left: TextEdit, right: TextEdit): boolean {
  return left.start === right.start && left.end === right.end && left.text === right.text;
}

/**
 * Whether making both is not the same as making one and then the other, in any order. Edits that only touch do not collide, except two at one insertion point.
 * Constants that are inserted at one place do not know each other and may stand in any order; two of one name exclude each other wherever they are.
 */
export function collides(left: TextEdit, right: TextEdit): boolean {
  const [first, second] = [declaredName(left), declaredName(right)];
  if (first !== null && second !== null) return first === second;
  if (left.start === right.start) return true;
  return left.start < right.start ? left.end > right.start : right.end > left.start;
}

/** The name of an edit that does nothing but insert `const name = …;` on lines of its own; null for all others. */
function declaredName({ start, end, text }: TextEdit): string | null {
  if (start !== end) return null;
  return /^(?=[\r\n]|[^]*[\r\n]$)[\r\n]*const ([\w$]+) = [^]*;[\r\n]*$/.exec(text)?.[1] ?? null;
}

/** The text after the edits, given in any order; a problem when they collide or lie outside of it. */
export function applyEdits(text: string, edits: readonly TextEdit[]): { readonly text: string } | { readonly problem: string } {
  const sorted = [...edits].sort(compareEdits);
  const parts: string[] = [];
  const declarations: TextEdit[] = [];
  let position = 0;
  let previous: TextEdit | null = null;
  for (const edit of sorted) {
    const isInside = edit.start >= 0 && edit.start <= edit.end && edit.end <= text.length;
    if (!isInside) return { problem: `edit of ${edit.start} to ${edit.end} lies outside of a text of ${text.length} units` };
    if (previous !== null && collides(previous, edit)) return { problem: `edits at ${previous.start} and ${edit.start} overlap` };
    const name = declaredName(edit);
    const same = name === null ? undefined : declarations.find((other) => declaredName(other) === name);
    if (same !== undefined) return { problem: `edits at ${same.start} and ${edit.start} both declare ${String(name)}` };
    if (name !== null) declarations.push(edit);
    parts.push(text.slice(position, edit.start), edit.text);
    position = edit.end;
    previous = edit;
  }
  parts.push(text.slice(position));
  return { text: parts.join('') };
}
