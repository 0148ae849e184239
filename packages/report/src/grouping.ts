/**
 * Grouping: many findings that say the same thing of one file become one entry with the places of the others.
 * The order of the findings is the order of the groups; nothing is dropped.
 */
import type { Finding } from '@scrimp/analysis/detect';

export interface FindingGroup {
  /** The first, that is the best ranked. */
  readonly first: Finding;
  /** The others, in the order of their lines. */
  readonly others: readonly Finding[];
}

/** Groups by rule, message, root cause, file, advice, severity and confidence. */
export function groupFindings(findings: readonly Finding[]): FindingGroup[] {
  const groups = new Map<string, { first: Finding; others: Finding[] }>();
  for (const finding of findings) {
    const key = [finding.rule, finding.messageId, finding.rootCause, finding.file, finding.advice, finding.severity, finding.confidence].join('\0');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, { first: finding, others: [] });
    else group.others.push(finding);
  }
  for (const group of groups.values()) group.others.sort((a, b) => a.start - b.start);
  return [...groups.values()];
}

const shownPlaces = 12;

/** `5 more like this: lines 50, 61 (Session.decrypt), 70`; functions are named where they differ from the first's. */
export function describeOthers(group: FindingGroup): string {
  const { first, others } = group;
  const places = others.slice(0, shownPlaces).map((finding) => {
    const isElsewhere = finding.function !== first.function;
    return isElsewhere ? `${String(finding.line)} (${finding.function})` : String(finding.line);
  });
  const rest = others.length - places.length;
  const tail = rest > 0 ? ` and ${String(rest)} more` : '';
  const noun = others.length === 1 ? 'line' : 'lines';
  return `${String(others.length)} more like this: ${noun} ${places.join(', ')}${tail}`;
}
