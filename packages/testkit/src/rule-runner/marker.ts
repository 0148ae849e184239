// Owns the markers of fixtures: what a `//~^` comment says, and how marked lines and findings compare.
import type { Confidence, Finding } from '@scrimp/analysis';

export type MarkerClaim =
  | { /** `//~^ copy likely`: the line is reported so. */ readonly kind: 'reported'; readonly messageId: string; readonly confidence: Confidence | null }
  | { /** `//~^ known-miss: why`: the line is not reported and should be. */ readonly kind: 'known-miss'; readonly reason: string }
  | { /** `//~^ known-false-alarm: why`: the line is reported once and should not be. */ readonly kind: 'known-false-alarm'; readonly reason: string };

export interface Marker {
  /** 1-based line that the marker speaks of. */
  readonly line: number;
  /** 1-based line that it stands on. */
  readonly at: number;
  readonly claim: MarkerClaim;
}

/** Reads every marker of a text; a comment that begins like a marker and is none is a problem, because it would silently claim nothing. */
export function readMarkers(text: string): { markers: readonly Marker[]; problems: readonly string[] } {
  const markers: Marker[] = [];
  const problems: string[] = [];
  for (const [index, lineText] of text.split('\n').entries()) {
    const at = index + 1;
    if (!lineText.includes('//~')) continue;
    const match = /^\s*\/\/~(\^+)\s+(\S.*?)\s*$/.exec(lineText);
    const claims = match === null ? null : readClaims(match[2]!);
    const line = match === null ? 0 : at - match[1]!.length;
    if (claims === null || line < 1) problems.push(`line ${at}: ${JSON.stringify(lineText.trim())} is not a marker; write \`//~^ messageId [confidence]\`, \`//~^ known-miss: reason\` or \`//~^ known-false-alarm: reason\` on a line of its own`);
    else for (const claim of claims) markers.push({ line, at, claim });
  }
  return { markers, problems };
}

/** What markers and findings of one file disagree about, one sentence each; empty when they agree. */
export function compareWithMarkers(markers: readonly Marker[], findings: readonly Finding[]): string[] {
  const open = [...findings];
  const take = (accepts: (finding: Finding) => boolean): Finding | undefined => {
    const index = open.findIndex(accepts);
    return index === -1 ? undefined : open.splice(index, 1)[0];
  };
  const problems: string[] = [];
  // Markers with a confidence choose first, so that one without takes what is left.
  for (const marker of [...markers].sort((left, right) => claimRank(left.claim) - claimRank(right.claim))) {
    const { line, claim } = marker;
    if (claim.kind === 'known-miss') continue;
    const found = take((finding) => finding.line === line && fulfills(finding, claim));
    if (found !== undefined) continue;
    const there = open.filter((finding) => finding.line === line).map(shortFinding);
    const instead = there.length === 0 ? 'and nothing is reported there' : `and there is ${there.join(', ')}`;
    problems.push(claim.kind === 'reported'
      ? `line ${line}: ${claim.messageId}${claim.confidence === null ? '' : ` ${claim.confidence}`} is marked ${instead}`
      : `line ${line}: the known false alarm is gone (${claim.reason}); delete the marker and keep the case`);
  }
  for (const finding of open) {
    const miss = markers.find((marker) => marker.line === finding.line && marker.claim.kind === 'known-miss');
    problems.push(miss === undefined
      ? `line ${finding.line}: ${shortFinding(finding)} is reported and not marked: ${finding.message}`
      : `line ${finding.line}: the known miss is now reported; replace its marker by \`//~^ ${finding.messageId} ${finding.confidence}\``);
  }
  return problems;
}

const confidences: readonly Confidence[] = ['proven', 'likely', 'possible'];

function readClaims(text: string): MarkerClaim[] | null {
  const known = /^(known-miss|known-false-alarm):\s*(\S.*)$/.exec(text);
  if (known !== null) return [{ kind: known[1] as 'known-miss' | 'known-false-alarm', reason: known[2]! }];
  const claims: MarkerClaim[] = [];
  for (const part of text.split(',')) {
    const match = /^\s*([A-Za-z]\w*)(?:\s+(\w+))?\s*$/.exec(part);
    const confidence = confidences.find((one) => one === match?.[2]) ?? null;
    if (match === null || (match[2] !== undefined && confidence === null)) return null;
    claims.push({ kind: 'reported', messageId: match[1]!, confidence });
  }
  return claims;
}

function claimRank(claim: MarkerClaim): number {
  return claim.kind === 'reported' ? (claim.confidence === null ? 1 : 0) : 2;
}

function fulfills(finding: Finding, claim: Exclude<MarkerClaim, { kind: 'known-miss' }>): boolean {
  if (claim.kind === 'known-false-alarm') return true;
  return finding.messageId === claim.messageId && (claim.confidence === null || finding.confidence === claim.confidence);
}

function shortFinding(finding: Finding): string {
  return `${finding.messageId} ${finding.confidence}`;
}
