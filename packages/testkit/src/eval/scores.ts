/**
 * Owns the counting of outcomes: how many labels of each group came out how.
 * It is plain arithmetic over `label-outcome.ts`; how the tables look is `result-page.ts`.
 */
import { compareTexts, levels, obligationCodes, patterns } from './evaluation-case.js';
import type { LabelOutcome } from './label-outcome.js';

const authors = ['main', 'blind', 'second'] as const;
type Author = (typeof authors)[number];

export interface Score {
  readonly group: string;
  readonly removable: number;
  readonly met: number;
  readonly partial: number;
  readonly needed: number;
  /** Needed labels at which nothing firm is said. */
  readonly respected: number;
  /** Needed labels that an edit would be made at without asking. */
  readonly violatedSafe: number;
}

export interface Obstacle {
  /** `SRC open`, or `none` where the engine says nothing of the place. */
  readonly obstacle: string;
  readonly labels: number;
}

export interface Scores {
  readonly all: Score;
  readonly byAuthors: readonly Score[];
  readonly byLevel: readonly Score[];
  readonly byPattern: readonly Score[];
  readonly byLanguage: readonly Score[];
  /** A label counts under each of its obligations. */
  readonly byObligation: readonly Score[];
  /** A label counts under the first of its rules, so that rows add up. */
  readonly byRule: readonly Score[];
  /** Of removable labels that are not met. */
  readonly obstacles: readonly Obstacle[];
}

export function scoresOf(outcomes: readonly LabelOutcome[]): Scores {
  const rules = [...new Set(outcomes.map(({ label }) => label.rules[0] ?? ''))].sort(compareTexts);
  const group = (name: string, isIn: (outcome: LabelOutcome) => boolean): Score => score(name, outcomes.filter(isIn));
  return {
    all: score('all', outcomes),
    byAuthors: present(authors.map((name) => group(name, (outcome) => authorsOf(outcome) === name))),
    byLevel: present(levels.map((name) => group(name, ({ label }) => label.level === name))),
    byPattern: present(patterns.map((name) => group(name, ({ evaluationCase }) => evaluationCase.pattern === name))),
    byLanguage: present(['TypeScript', 'JavaScript'].map((name) => group(name, (outcome) => languageOf(outcome) === name))),
    byObligation: present(obligationCodes.map((name) => group(name, ({ label }) => label.obligations.includes(name)))),
    byRule: present(rules.map((name) => group(name, ({ label }) => label.rules[0] === name))),
    obstacles: obstaclesOf(outcomes),
  };
}

function score(group: string, outcomes: readonly LabelOutcome[]): Score {
  const count = (...wanted: LabelOutcome['outcome'][]): number => outcomes.filter(({ outcome }) => wanted.includes(outcome)).length;
  return {
    group,
    removable: count('met', 'partial', 'missed'),
    met: count('met'),
    partial: count('partial'),
    needed: count('respected', 'violated', 'violated-safe'),
    respected: count('respected'),
    violatedSafe: count('violated-safe'),
  };
}

function present(scores: readonly Score[]): Score[] {
  return scores.filter(({ removable, needed }) => removable + needed > 0);
}

/** Those who name their folders after themselves, `blind-record-mac`; all other folders are of `main`. */
function authorsOf({ evaluationCase }: LabelOutcome): Author {
  return authors.find((author) => evaluationCase.id.startsWith(`${author}-`)) ?? 'main';
}

function languageOf({ label }: LabelOutcome): 'TypeScript' | 'JavaScript' {
  return /\.[cm]?ts$/.test(label.file) ? 'TypeScript' : 'JavaScript';
}

function obstaclesOf(outcomes: readonly LabelOutcome[]): Obstacle[] {
  const counts = new Map<string, number>();
  for (const { outcome, inTheWay } of outcomes) {
    if (outcome !== 'missed' && outcome !== 'partial') continue;
    const names = inTheWay.length === 0 ? [outcome === 'partial' ? 'possible without an open obligation' : 'none'] : inTheWay.map(({ code, state }) => `${code} ${state}`);
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].map(([obstacle, labels]) => ({ obstacle, labels })).sort((left, right) => right.labels - left.labels || compareTexts(left.obstacle, right.obstacle));
}
