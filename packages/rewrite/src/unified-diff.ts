// Owns how planned rewrites are shown: a unified diff that `git apply` and `patch` take, each hunk headed by the findings that it settles.
import { structuredPatch } from 'diff';
import { splitByteOrderMark } from './source-text.js';
import type { FilePlan } from './plan.js';

/** The diff of all files. `describe` names a finding in the heading of its hunk. */
export function renderUnifiedDiff(files: readonly FilePlan[], describe: (finding: string) => string): string {
  return files.map((file) => fileDiff(file, describe)).join('');
}

function fileDiff({ file, before, after, edits }: FilePlan, describe: (finding: string) => string): string {
  const { hunks } = structuredPatch(file, file, before, after, undefined, undefined, { context: 3 });
  const { body } = splitByteOrderMark(before);
  const lines = [`--- a/${file}`, `+++ b/${file}`];
  for (const hunk of hunks) {
    const lastLine = hunk.oldStart + hunk.oldLines - 1;
    const findings = edits.filter((edit) => lineAt(body, edit.start) <= lastLine && lineAt(body, edit.end) >= hunk.oldStart).flatMap((edit) => edit.findings);
    const heading = [...new Set(findings)].map(describe).join(', ');
    lines.push(`@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@ ${heading}`.trimEnd(), ...hunk.lines);
  }
  return `${lines.join('\n')}\n`;
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
