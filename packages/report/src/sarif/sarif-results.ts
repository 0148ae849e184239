/** Findings as SARIF results: place, message, fingerprints, fixes. Findings of one rule on one line become one result, because GitHub tells alerts apart by line. */
import { describeObligations } from '../obligations.js';
import { lineHashes } from './line-hashes.js';
import { sarifLevel, sentence } from './sarif-rules.js';
import { textPositions, type TextPosition } from './text-positions.js';
import type { ReportInput } from '../report-input.js';
import type { Edit, Finding } from '@scrimp/analysis/detect';
import type { ArtifactChange, Fix, Location, Region, Result } from 'sarif';

interface FileText {
  readonly hashes: readonly string[];
  readonly positionOf: (offset: number) => TextPosition;
}

/** Version of our own fingerprint; changes when the engine computes another one. */
const siteFingerprint = 'allocSite/v1';
const lineFingerprint = 'primaryLocationLineHash';

export function sarifResults(input: ReportInput, findings: readonly Finding[], ruleIndexes: ReadonlyMap<string, number>): Result[] {
  const fileText = fileTexts(input.sources);
  return sameLineGroups(findings).map((group) => sarifResult(group, ruleIndexes, fileText));
}

/** Ids of GitHub's location links must not be percent-encoded twice, so each segment is encoded once. */
export function artifactUri(file: string): string {
  return file.split('/').map(encodeURIComponent).join('/');
}

type FindingsOnLine = readonly [Finding, ...Finding[]];

function sameLineGroups(findings: readonly Finding[]): FindingsOnLine[] {
  const groups = new Map<string, [Finding, ...Finding[]]>();
  for (const finding of findings) {
    const key = [finding.rule, finding.file, finding.line].join('\0');
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [finding]);
    else group.push(finding);
  }
  return [...groups.values()];
}

function sarifResult(group: FindingsOnLine, ruleIndexes: ReadonlyMap<string, number>, fileText: (file: string) => FileText | null): Result {
  const [first, ...others] = group;
  const ruleIndex = ruleIndexes.get(first.rule);
  const lineHash = fileText(first.file)?.hashes[first.line - 1];
  const fix = sarifFix(group, fileText);
  return {
    ruleId: first.rule,
    ...(ruleIndex === undefined ? {} : { ruleIndex }),
    level: sarifLevel[first.severity],
    message: { text: messageText(first, others) },
    locations: [locationOf(first.file, regionOf(first))],
    relatedLocations: relatedLocations(first, others),
    partialFingerprints: {
      ...(lineHash === undefined ? {} : { [lineFingerprint]: lineHash }),
      [siteFingerprint]: first.fingerprint,
    },
    ...(fix === null ? {} : { fixes: [fix] }),
    ...(first.suppressed === null ? {} : { suppressions: [{ kind: first.suppressed.kind === 'comment' ? 'inSource' as const : 'external' as const, justification: first.suppressed.reason ?? '' }] }),
    properties: {
      confidence: first.confidence,
      hotness: first.hotness.level,
      cost: first.cost.expression,
      rootCause: first.rootCause,
    },
  };
}

function messageText(finding: Finding, others: readonly Finding[]): string {
  const related = [...finding.related.map((place) => place.message), ...others.map((other) => other.message)];
  const links = related.map((_, index) => `[place ${String(index + 1)}](${String(index + 1)})`);
  const obligations = describeObligations(finding);
  const parts = [
    sentence(finding.message),
    finding.why === '' ? '' : sentence(finding.why),
    finding.help === '' ? '' : sentence(finding.help),
    sentence(`cost: ${finding.cost.expression}`),
    obligations === '' ? '' : sentence(`${finding.confidence}: ${obligations}`),
    links.length === 0 ? '' : `See ${links.join(', ')}.`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

function relatedLocations(first: Finding, others: readonly Finding[]): Location[] {
  const places = [
    ...first.related.map((place) => ({ file: place.file, message: place.message, region: { startLine: place.line, startColumn: place.column } })),
    ...others.map((other) => ({ file: other.file, message: other.message, region: regionOf(other) })),
  ];
  return places.map((place, index) => ({ id: index + 1, message: { text: sentence(place.message) }, ...locationOf(place.file, place.region) }));
}

function locationOf(file: string, region: Region): Location {
  return { physicalLocation: { artifactLocation: { uri: artifactUri(file) }, region } };
}

function regionOf(finding: Finding): Region {
  return { startLine: finding.line, startColumn: finding.column, endLine: finding.endLine, endColumn: finding.endColumn };
}

/** One fix with the edits of all findings of the line; several `fixes` of one result would mean alternatives. Sketches for a person are no fix. */
function sarifFix(group: FindingsOnLine, fileText: (file: string) => FileText | null): Fix | null {
  const edits: Edit[] = [];
  for (const { fix } of group) {
    if (fix === null || fix.edits === null || fix.tier === 'review') continue;
    const overlaps = fix.edits.some((edit) => edits.some((other) => other.file === edit.file && edit.start < other.end && other.start < edit.end));
    if (!overlaps) edits.push(...fix.edits);
  }
  const [first] = group;
  if (edits.length === 0 || first.fix === null) return null;
  const changes = new Map<string, ArtifactChange>();
  for (const edit of [...edits].sort((a, b) => a.start - b.start)) {
    const change = changes.get(edit.file) ?? { artifactLocation: { uri: artifactUri(edit.file) }, replacements: [] };
    change.replacements.push({ deletedRegion: deletedRegion(edit, fileText(edit.file)), insertedContent: { text: edit.text } });
    changes.set(edit.file, change);
  }
  return { description: { text: sentence(`${first.fix.title} (${first.fix.tier})`) }, artifactChanges: [...changes.values()] };
}

function deletedRegion(edit: Edit, text: FileText | null): Region {
  if (text === null) return { charOffset: edit.start, charLength: edit.end - edit.start };
  const start = text.positionOf(edit.start);
  const end = text.positionOf(edit.end);
  return { startLine: start.line, startColumn: start.column, endLine: end.line, endColumn: end.column };
}

function fileTexts(sources: ReportInput['sources']): (file: string) => FileText | null {
  const cache = new Map<string, FileText | null>();
  return (file) => {
    const known = cache.get(file);
    if (known !== undefined) return known;
    const text = sources(file);
    const made = text === null ? null : { hashes: lineHashes(text), positionOf: textPositions(text) };
    cache.set(file, made);
    return made;
  };
}
