/**
 * Reasons that authors give: a comment on the lines of a site that names a bug, a workaround, or a copy that is meant.
 * The bytes then have a use that no analysis of this program shows, such as another realm or another runtime, so advice to drop them is a question.
 */
import type { Obligation } from './finding.js';

const reason = /https?:\/\/|\b(?:bugs?|bugzil|workaround|work around|polyfill|firefox|safari|webkit|realm|detached|defensive|on purpose|deliberate(?:ly)?|intentional(?:ly)?|must (?:not )?copy|do not (?:share|alias))\b/i;

/** The open obligation that such a comment makes; null when the lines of `[start, end)` have none. */
export function authorReason(text: string, start: number, end: number, line: number): Obligation | null {
  const from = text.lastIndexOf('\n', Math.max(0, start - 1)) + 1;
  const lineEnd = text.indexOf('\n', end);
  const lines = text.slice(from, lineEnd === -1 ? text.length : lineEnd);
  const comments = [...lines.matchAll(/\/\/(?<line>.*)$|\/\*(?<block>[\s\S]*?)\*\//gm)].map((match) => match.groups?.['line'] ?? match.groups?.['block'] ?? '');
  return comments.some((comment) => reason.test(comment)) ? { code: 'PUB', state: 'open', witness: `line ${line}: a comment gives a reason for it` } : null;
}
