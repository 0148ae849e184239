/**
 * What a rule is: metadata and one function from the query API to reports. A rule never sees a syntax tree, a file or another rule.
 */
import type { Advice, Category, Edit, Obligation, Severity, Stage } from './finding.js';
import type { Span } from '../ir/function.js';
import type { Size } from '../ir/effects.js';
import type { ProgramQuery } from './query.js';
import type { Site } from './site.js';

export type Preset = 'recommended' | 'hot' | 'crypto' | 'strict' | 'all';

export interface RuleMeta {
  /** The folder's name, kebab case. */
  readonly id: string;
  /** One sentence: the waste that the rule finds. Shown in indexes and by editors. */
  readonly summary: string;
  readonly stage: Stage;
  readonly category: Category;
  /** Severity of a hot finding of ordinary size; ranking raises or lowers it by hotness, size and confidence. */
  readonly severity: Severity;
  readonly presets: readonly Preset[];
  /** What the rule needs to speak at all, per site: a type or recovered class, alias facts, summaries of callees, a hot root. */
  readonly needs: readonly ('types' | 'alias' | 'summaries' | 'hotness')[];
  /** `saving`: evidence in bench.json. `guard`: a failing program instead (breaks.ts). */
  readonly evidence: 'saving' | 'guard';
  readonly fixable: 'safe' | 'guarded' | 'review' | null;
  readonly effort: 'trivial' | 'small' | 'medium' | 'large';
  readonly risk: 'none' | 'low' | 'medium' | 'high';
  /** Codemod id when a structural rewrite exists. */
  readonly codemod?: string;
  /** Message templates by id, `{{name}}` placeholders: what (finding), why, help. Lower-case start, no final period. */
  readonly messages: Readonly<Record<string, { readonly what: string; readonly why: string; readonly help: string }>>;
}

/** What a rule hands over; the engine adds position, confidence, severity, hotness, fingerprint. */
export interface Report {
  /** Where: an instruction of a function. */
  readonly site: Site;
  /** The place in the file, when it is a comment and no instruction. */
  readonly at?: Span;
  readonly messageId: string;
  readonly data?: Readonly<Record<string, string | number>>;
  readonly obligations: readonly Obligation[];
  readonly advice?: Advice;
  /** What one execution of the site would save; without it the saving is unknown and ranks lowest. */
  readonly saves?: Saving;
  readonly fix?: { readonly title: string; readonly edits: readonly Edit[] | null; /** Never better than the obligations allow. */ readonly tier?: 'safe' | 'guarded' | 'review' } | null;
  readonly related?: readonly { readonly site: Site; readonly message: string }[];
  readonly scope?: 'site' | 'architectural';
  readonly rootCause?: string;
  readonly category?: Category;
  readonly severity?: Severity;
}

export interface Saving {
  readonly objects: number;
  readonly heapBytes: Size;
  readonly externalBytes: Size;
  readonly nativeCalls?: number;
  readonly retainedBytes?: Size;
}

export interface Rule {
  readonly meta: RuleMeta;
  readonly check: (query: ProgramQuery, report: (report: Report) => void) => void;
}

/** Declares a rule; identity function that fixes the types. */
export function defineRule(rule: Rule): Rule {
  return rule;
}
