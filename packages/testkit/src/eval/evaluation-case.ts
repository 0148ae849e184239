/**
 * Owns the labelled cases of `fixtures/eval` as data: reading a folder, and saying what in its labels is not well formed.
 * Whether a label is true is for people; whether the engine agrees with it is `label-outcome.ts`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ObligationCode } from '@scrimp/analysis';

export const levels = ['syntax', 'types', 'function', 'summaries', 'judgment'] as const;
export const patterns = ['copy-to-view', 'redundant-copy', 'concat', 'concat-in-loop', 'scratch', 'codec', 'crypto-object', 'view-conversion', 'spread', 'key-material'] as const;
export const obligationCodes: readonly ObligationCode[] = [
  'TY', 'SRC', 'RES', 'ESC', 'SUSP', 'SNAP', 'DET', 'ZER', 'RET', 'SIZE', 'PROP', 'ID', 'ALN', 'EXC', 'PUB', 'KEY', 'RE', 'FILL', 'VER', 'INIT',
];

export type Level = (typeof levels)[number];
export type Pattern = (typeof patterns)[number];

export interface Label {
  readonly file: string;
  /** 1-based. */
  readonly line: number;
  /** Occurs on the line. */
  readonly text: string;
  /** `removable`: results, wire bytes and all buffers stay equal without it; `needed`: `why` says what breaks. */
  readonly verdict: 'removable' | 'needed';
  /** The least knowledge that shows the verdict. */
  readonly level: Level;
  /** Those that carry the proof of `removable`, those that fail for `needed`. */
  readonly obligations: readonly ObligationCode[];
  /** For `removable` any of them is right; for `needed` a naive tool would fire them. */
  readonly rules: readonly string[];
  readonly why: string;
}

export interface EvaluationCase {
  readonly id: string;
  readonly pattern: Pattern;
  readonly after: string;
  /** Sorted by file and line. */
  readonly labels: readonly Label[];
  /** Text by name in the folder, `package.json` included. */
  readonly sources: Readonly<Record<string, string>>;
}

/** Reads the cases below a folder, by name; what is wrong with one is a sentence that begins with its id. */
export function readEvaluationCases(folder: string, knownRules: ReadonlySet<string>): { cases: EvaluationCase[]; problems: string[] } {
  const cases: EvaluationCase[] = [];
  const problems: string[] = [];
  const ids = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name).sort();
  for (const id of ids) {
    const path = join(folder, id, 'case.json');
    if (!existsSync(path)) {
      problems.push(`${id}: has no case.json`);
      continue;
    }
    const names = readdirSync(join(folder, id)).filter((name) => /\.[cm]?[jt]s$/.test(name) || name === 'package.json').sort();
    const sources = Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, id, name), 'utf8')]));
    const reading = readCase(id, readFileSync(path, 'utf8'), sources, knownRules);
    problems.push(...reading.problems.map((problem) => `${id}: ${problem}`));
    if (reading.evaluationCase !== null) cases.push(reading.evaluationCase);
  }
  return { cases, problems };
}

/** One case from the text of its `case.json`; the case is null when any field is not as it must be. */
export function readCase(
  id: string, text: string, sources: Readonly<Record<string, string>>, knownRules: ReadonlySet<string>,
): { evaluationCase: EvaluationCase | null; problems: string[] } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    return { evaluationCase: null, problems: [`case.json does not parse: ${error instanceof Error ? error.message : String(error)}`] };
  }
  if (!isRecord(json) || !Array.isArray(json['labels'])) return { evaluationCase: null, problems: ['case.json is no object with labels'] };
  const problems: string[] = [];
  const pattern = oneOf(json['pattern'], patterns);
  if (pattern === null) problems.push(`pattern is none of ${patterns.join(', ')}`);
  const after = json['after'];
  if (typeof after !== 'string' || after === '') problems.push('after says nothing');
  if (json['labels'].length === 0) problems.push('has no labels');
  const labels = json['labels'].flatMap((value: unknown, index): Label[] => {
    const reading = readLabel(value, sources, knownRules);
    problems.push(...reading.problems.map((problem) => `label ${index + 1} ${problem}`));
    return reading.label === null ? [] : [reading.label];
  });
  if (problems.length > 0 || pattern === null || typeof after !== 'string') return { evaluationCase: null, problems };
  labels.sort((left, right) => compareTexts(left.file, right.file) || left.line - right.line || compareTexts(left.text, right.text));
  return { evaluationCase: { id, pattern, after, labels, sources }, problems: [] };
}

function readLabel(value: unknown, sources: Readonly<Record<string, string>>, knownRules: ReadonlySet<string>): { label: Label | null; problems: string[] } {
  if (!isRecord(value)) return { label: null, problems: ['is no object'] };
  const problems: string[] = [];
  const { file, line, text, why } = value;
  const source = typeof file === 'string' && file !== 'package.json' ? sources[file] : undefined;
  if (source === undefined) problems.push(`names a file that is not there: ${String(file)}`);
  else if (typeof line !== 'number' || typeof text !== 'string' || text === '' || !(linesOf(source)[line - 1] ?? '').includes(text)) problems.push(`has a text that is not on line ${String(line)} of ${String(file)}: ${String(text)}`);
  const verdict = oneOf(value['verdict'], ['removable', 'needed'] as const);
  if (verdict === null) problems.push('has a verdict other than removable and needed');
  const level = oneOf(value['level'], levels);
  if (level === null) problems.push(`has a level that is none of ${levels.join(', ')}`);
  const obligations = listOf(value['obligations'], (code) => oneOf(code, obligationCodes));
  if (obligations === null) problems.push('has no obligations, or unknown ones');
  const rules = listOf(value['rules'], (rule) => (typeof rule === 'string' && knownRules.has(rule) ? rule : null));
  if (rules === null) problems.push('has no rules, or unknown ones');
  if (typeof why !== 'string' || why === '') problems.push('does not say why');
  if (problems.length > 0 || typeof file !== 'string' || typeof line !== 'number' || typeof text !== 'string' || typeof why !== 'string') return { label: null, problems };
  if (verdict === null || level === null || obligations === null || rules === null) return { label: null, problems };
  return { label: { file, line, text, verdict, level, obligations, rules, why }, problems };
}

/** The lines of a source, as the engine counts them. */
export function linesOf(source: string): string[] {
  return source.split(/\r\n|[\n\r\u2028\u2029]/);
}

/** Order by code units, the same in every locale. */
export function compareTexts(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0;
}

function oneOf<T extends string>(value: unknown, allowed: readonly T[]): T | null {
  return allowed.find((candidate) => candidate === value) ?? null;
}

/** Every element read, or null when the value is no list, is empty, or has an element that reads as null. */
function listOf<T>(value: unknown, read: (element: unknown) => T | null): T[] | null {
  if (!Array.isArray(value) || value.length === 0) return null;
  const elements: T[] = [];
  for (const element of value as readonly unknown[]) {
    const known = read(element);
    if (known === null) return null;
    elements.push(known);
  }
  return elements;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
