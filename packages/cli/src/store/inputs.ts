/**
 * The inputs of an audit: everything that it asked of the file system, with the answers, as plain data, and whether they still hold.
 * A stored answer is given only when every input that the answer read is unchanged; that covers files that were looked for and not there.
 * What is stored, and where, is `store.ts`.
 */
import { hash } from 'node:crypto';
import { storeFolderName } from './store.js';
import type { FileSystem, FolderEntry } from '../project/file-system.js';

/** What was asked of one path, and what the answer was; absent: it was not asked. */
export interface InputRecord {
  /** `kindOf`; null for nothing there. */
  kind?: string | null;
  /** `stat`: kind, and size of a file; or the code of the error. */
  stat?: string;
  /** `entries`: hash of names and kinds, or the code of the error. */
  entries?: string;
  /** `realpath`, or the code of the error. */
  real?: string;
  /** `read`: hash of the bytes, or the code of the error. */
  content?: string;
  /** Of the file when it was read; null when it had changed so recently that the clock of the file system may not tell the next change. */
  stamp?: string | null;
}

/** By absolute path. */
export type Inputs = ReadonlyMap<string, InputRecord>;

export interface Recording {
  /** Answers as the one that it records, and notes. */
  readonly fileSystem: FileSystem;
  readonly inputs: Inputs;
  /** False when one question had two answers: something wrote meanwhile, and no answer of this run is of one state of the files. */
  isConsistent(): boolean;
}

/** File systems count time in steps of up to two seconds. */
const longestClockStep = 2_000;

export function recordInputs(fileSystem: FileSystem): Recording {
  const inputs = new Map<string, InputRecord>();
  let consistent = true;

  function note<Aspect extends keyof InputRecord>(path: string, aspect: Aspect, answer: InputRecord[Aspect]): void {
    const record = inputs.get(path) ?? {};
    if (record[aspect] === undefined) record[aspect] = answer;
    else if (record[aspect] !== answer) consistent = false;
    inputs.set(path, record);
  }

  function noted<Answer>(path: string, aspect: 'stat' | 'entries' | 'real' | 'content', ask: () => Answer, textOf: (answer: Answer) => string): Answer {
    let answer: Answer;
    try {
      answer = ask();
    } catch (error) {
      note(path, aspect, errorText(error));
      throw error;
    }
    note(path, aspect, textOf(answer));
    return answer;
  }

  return {
    inputs,
    isConsistent: () => consistent,
    fileSystem: {
      entries: (folder) => noted(folder, 'entries', () => fileSystem.entries(folder), entriesText),
      stat: (path) => noted(path, 'stat', () => fileSystem.stat(path), statText),
      kindOf(path) {
        const kind = fileSystem.kindOf(path);
        note(path, 'kind', kind);
        return kind;
      },
      stamp: (path) => fileSystem.stamp(path),
      read(file) {
        const stamp = fileSystem.stamp(file);
        const isSettled = stamp !== null && stamp.changedAt + longestClockStep < Date.now();
        const record = inputs.get(file) ?? {};
        inputs.set(file, record);
        // The stamp is taken before the first reading: what is written in between shows.
        if (record.content === undefined) record.stamp = isSettled ? stamp.text : null;
        return noted(file, 'content', () => fileSystem.read(file), contentText);
      },
      realpath: (path) => noted(path, 'real', () => fileSystem.realpath(path), (real) => real),
      write: (file, content) => fileSystem.write(file, content),
    },
  };
}

/** What of the inputs is not as it was. */
export interface InputChanges {
  /** Regular files whose content alone differs: they are still there, under the same names. */
  readonly contents: readonly string[];
  /** Paths of which anything else differs. */
  readonly others: readonly string[];
}

export function changesOf(fileSystem: FileSystem, inputs: Inputs): InputChanges {
  const contents: string[] = [];
  const others: string[] = [];
  for (const [path, record] of inputs) {
    const isSameFile = record.content !== undefined && hasSameContent(fileSystem, path, record);
    if (!isSame(fileSystem, path, record, isSameFile)) others.push(path);
    else if (record.content !== undefined && !isSameFile) contents.push(path);
  }
  return { contents, others };
}

/** Everything but the content of a file and its size, which goes with it. */
function isSame(fileSystem: FileSystem, path: string, record: InputRecord, isSameFile: boolean): boolean {
  const { kind, stat, entries, real, content } = record;
  if (kind !== undefined && !isSameFile && fileSystem.kindOf(path) !== kind) return false;
  if (stat !== undefined && !isSameFile) {
    const now = answerOf(() => fileSystem.stat(path), statText);
    const isOtherVersion = content !== undefined && now.startsWith('file') && stat.startsWith('file');
    if (now !== stat && !isOtherVersion) return false;
  }
  if (entries !== undefined && answerOf(() => fileSystem.entries(path), entriesText) !== entries) return false;
  if (real !== undefined && answerOf(() => fileSystem.realpath(path), (answer) => answer) !== real) return false;
  const isOtherContent = content !== undefined && !isSameFile;
  return !isOtherContent || (!content.startsWith('!') && fileSystem.stamp(path) !== null);
}

function hasSameContent(fileSystem: FileSystem, path: string, record: InputRecord): boolean {
  const stamp = fileSystem.stamp(path);
  // A device is not opened: reading it may never end.
  if (stamp === null && fileSystem.kindOf(path) === 'other') return false;
  return (stamp !== null && stamp.text === record.stamp) || answerOf(() => fileSystem.read(path), contentText) === record.content;
}

function answerOf<Answer>(ask: () => Answer, textOf: (answer: Answer) => string): string {
  try {
    return textOf(ask());
  } catch (error) {
    return errorText(error);
  }
}

function statText({ kind, size }: ReturnType<FileSystem['stat']>): string {
  return kind === 'file' ? `file ${String(size)}` : kind;
}

/** The store is no input: an audit that makes its folder would else be the reason why its own answer does not hold. */
function entriesText(entries: readonly FolderEntry[]): string {
  return hash('sha256', entries.filter(({ name }) => name !== storeFolderName).map(({ name, kind }) => `${kind} ${name}`).join('\0'), 'base64url');
}

function contentText(bytes: Buffer): string {
  return hash('sha256', bytes, 'base64url');
}

/** No hash and no real path begins so. */
function errorText(error: unknown): string {
  return `!${error instanceof Error && 'code' in error ? String(error.code) : String(error)}`;
}
