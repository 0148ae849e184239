/**
 * Reads what the readers wrote: `triage/<package>.<reader>.json`, and checks its shape.
 * An absent file is a reader who has not begun, not a problem: its findings show as untriaged.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileStemOfPackage } from './paths.js';
import { isRecord } from './report-shape.js';
import { verdicts, type Reader, type TriageEntry, type Verdict } from './triage.js';

export function readTriageFile(triageFolder: string, packageName: string, reader: Reader): { entries: TriageEntry[]; problems: string[] } {
  const fileName = `${fileStemOfPackage(packageName)}.${reader}.json`;
  const path = join(triageFolder, fileName);
  if (!existsSync(path)) return { entries: [], problems: [] };
  return readTriageText(readFileSync(path, 'utf8'), `triage/${fileName}`);
}

/** Reads a JSON list of {fingerprint, verdict, reason}; further fields, such as a note of the place, are allowed. */
export function readTriageText(text: string, fileName: string): { entries: TriageEntry[]; problems: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { entries: [], problems: [`${fileName} is not JSON (${error instanceof Error ? error.message : String(error)})`] };
  }
  if (!Array.isArray(json)) return { entries: [], problems: [`${fileName} is not a list of {fingerprint, verdict, reason}`] };
  const entries: TriageEntry[] = [];
  const problems: string[] = [];
  json.forEach((element: unknown, index) => {
    const entry = isRecord(element) ? readEntry(element) : null;
    if (entry === null) problems.push(`${fileName}[${index}] is not {fingerprint, verdict: ${verdicts.join('|')}, reason} with a reason in words`);
    else entries.push(entry);
  });
  return { entries, problems };
}

function readEntry(element: Record<string, unknown>): TriageEntry | null {
  const { fingerprint, reason } = element;
  // A reader who writes JSON booleans means the same as one who writes the words.
  const verdict = String(element['verdict']);
  if (typeof fingerprint !== 'string' || fingerprint === '') return null;
  if (typeof reason !== 'string' || reason.trim() === '') return null;
  if (!isVerdict(verdict)) return null;
  return { fingerprint, verdict, reason };
}

function isVerdict(text: string): text is Verdict {
  return (verdicts as readonly string[]).includes(text);
}
