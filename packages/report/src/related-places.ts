/**
 * The other places of a finding as lines of text: what is said of several lines of its own file is said once.
 * Another file is named with line and column, so that a terminal can open it.
 */
import { placeText } from './place-text.js';
import type { Finding } from '@scrimp/analysis/detect';

const shownPlaces = 12;
const shownTexts = 8;

/** `lines 103, 104 · extracted again here`, `src/hash.ts:12:3 · the sink`; empty when there is no other place. */
export function describeRelated(finding: Finding): string[] {
  const linesByMessage = new Map<string, Set<number>>();
  const texts = new Map<string, string>();
  for (const { file, line, column, message } of finding.related) {
    if (file !== finding.file) {
      const text = `${placeText(file, line, column)} · ${message}`;
      texts.set(text, text);
      continue;
    }
    const lines = linesByMessage.get(message) ?? new Set();
    lines.add(line);
    linesByMessage.set(message, lines);
    texts.set(message, `${describeLines([...lines])} · ${message}`);
  }
  const described = [...texts.values()];
  if (described.length <= shownTexts) return described;
  return [...described.slice(0, shownTexts), `… and ${String(described.length - shownTexts)} more places in the JSON report`];
}

function describeLines(lines: readonly number[]): string {
  const [first] = lines;
  if (lines.length === 1) return `line ${String(first)}`;
  const rest = lines.length - shownPlaces;
  return `lines ${lines.slice(0, shownPlaces).join(', ')}${rest > 0 ? ` and ${String(rest)} more` : ''}`;
}
