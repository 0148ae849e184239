// Owns the way from a printed text back to edits: the smallest runs of whole words by which two texts differ.
// Codemods print whole files; hosts, bisecting and diffs want edits that touch only what changed.
import { diffLines } from 'diff';
import type { TextEdit } from './edit.js';

/** Sorted edits, at most one per run of changed lines, that turn `before` into `after`. */
export function editsBetween(before: string, after: string): TextEdit[] {
  const edits: TextEdit[] = [];
  let start = 0;
  let removed = '';
  let added = '';
  const flush = (): void => {
    if (removed !== '' || added !== '') edits.push(trimmedEdit(start, removed, added));
    start += removed.length;
    removed = '';
    added = '';
  };
  for (const change of diffLines(before, after)) {
    if (change.removed) removed += change.value;
    else if (change.added) added += change.value;
    else {
      flush();
      start += change.value.length;
    }
  }
  flush();
  return edits;
}

/** Leaves out what both texts begin and end with, in whole words. */
function trimmedEdit(start: number, removed: string, added: string): TextEdit {
  const shorter = Math.min(removed.length, added.length);
  let prefix = 0;
  while (prefix < shorter && removed[prefix] === added[prefix]) prefix += 1;
  while (prefix > 0 && (splitsWord(removed, prefix) || splitsWord(added, prefix))) prefix -= 1;
  let suffix = 0;
  while (suffix < shorter - prefix && removed.at(-1 - suffix) === added.at(-1 - suffix)) suffix += 1;
  while (suffix > 0 && (splitsWord(removed, removed.length - suffix) || splitsWord(added, added.length - suffix))) suffix -= 1;
  return { start: start + prefix, end: start + removed.length - suffix, text: added.slice(prefix, added.length - suffix) };
}

/** Whether a cut here would divide an identifier or a surrogate pair. */
function splitsWord(text: string, offset: number): boolean {
  if (offset === 0 || offset === text.length) return false;
  return /[\w$\u0080-\uffff]{2}/.test(text.slice(offset - 1, offset + 1));
}
