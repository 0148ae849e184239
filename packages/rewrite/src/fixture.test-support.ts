// Owns what tests of this package share: hand-written findings, and a host whose disk and checker are maps.
import type { Edit, Finding, Tier } from '@scrimp/analysis/detect';
import type { RewriteHost, SourceProblem } from './host.js';

export interface FindingOptions {
  readonly rule?: string;
  readonly tier?: Tier;
  readonly file?: string;
  readonly codemod?: string;
  readonly isSuppressed?: true;
}

/** A finding whose fix replaces the nth `from` of the text (counted from 0) by `to`; without `to`, one for a codemod. */
export function findingOf(id: string, text: string, from: string, to: string | null, nth = 0, options: FindingOptions = {}): Finding {
  const file = options.file ?? 'a.ts';
  const start = nthIndexOf(text, from, nth);
  const before = text.slice(0, start).split('\n');
  const line = before.length;
  const column = (before.at(-1)?.length ?? 0) + 1;
  const edits: Edit[] | null = to === null ? null : [{ file, start, end: start + from.length, text: to }];
  return {
    id, rule: options.rule ?? 'no-slice-into-sync-sink', stage: 'stable', messageId: 'copy', message: 'copies', why: 'costs', help: 'use a view', severity: 'high',
    category: 'message-payload', scope: 'site', rootCause: 'slice', confidence: 'proven', advice: 'removable', file, start, end: start + from.length, line, column, endLine: line,
    endColumn: column + from.length, function: 'f', hotness: { level: 'hot', source: '@hot' },
    cost: { objects: 1, heapBytes: 96, externalBytes: null, retainedBytes: null, nativeCalls: null, expression: 'n + 96 B in 1 object' }, effort: 'trivial', risk: 'none',
    fix: { tier: options.tier ?? 'safe', codemod: options.codemod ?? null, title: 'replace', edits }, obligations: [], related: [], fingerprint: id,
    suppressed: options.isSuppressed === true ? { kind: 'comment', reason: 'measured' } : null,
  };
}

export interface MemoryHost extends RewriteHost {
  readonly files: Map<string, string>;
  readonly journals: Map<string, string>;
  /** How often the whole program was checked. */
  readonly checks: () => number;
}

/** Each occurrence of `bad` words in a text is a problem of the checker; a text with `<<<` does not parse. Files that `isFailing` names cannot be written. */
export function memoryHost(files: Readonly<Record<string, string>>, bad: readonly string[] = [], isFailing: (file: string) => boolean = () => false): MemoryHost {
  const disk = new Map(Object.entries(files));
  const journals = new Map<string, string>();
  let checks = 0;
  const typeProblems = (file: string, text: string): SourceProblem[] =>
    bad.flatMap((word) => [...text.matchAll(new RegExp(word, 'g'))].map(() => ({ file, line: 1, code: 'TS1', message: `${word} does not exist.` })));
  return {
    files: disk,
    journals,
    checks: () => checks,
    readFile(file) {
      const text = disk.get(file);
      return text === undefined ? { problem: 'no such file or folder' } : { text };
    },
    writeFile(file, text) {
      if (isFailing(file)) return 'the disk is read-only';
      disk.set(file, text);
      return null;
    },
    parse: (file, text) => (text.includes('<<<') ? [{ file, line: 1, code: 'TS2', message: 'merge conflict.' }] : []),
    typeCheck(texts) {
      checks += 1;
      return [...new Map([...disk, ...texts])].flatMap(([file, text]) => typeProblems(file, text));
    },
    hash: (text) => JSON.stringify(text),
    appendToJournal(run, line) {
      journals.set(run, `${journals.get(run) ?? ''}${line}\n`);
      return null;
    },
    readJournal: (run) => journals.get(run) ?? null,
  };
}

function nthIndexOf(text: string, part: string, nth: number): number {
  let index = text.indexOf(part);
  for (let seen = 0; seen < nth; seen++) index = text.indexOf(part, index + 1);
  if (index < 0) throw new Error(`the text does not hold ${part} ${nth + 1} times`);
  return index;
}
