/**
 * Findings: what a rule says of a place in the program, with its proof, its cost and its edits, as plain data.
 * Field names are those of the JSON report (`scrimp-report/1`), so hosts print and never translate.
 * How obligations are decided is `obligations/`; how findings are ranked and silenced is `ranking.ts` and `suppression.ts`.
 */

export type Severity = 'critical' | 'high' | 'medium' | 'low' | 'info';

/** Best first; index is the rank. */
export const severities: readonly Severity[] = ['critical', 'high', 'medium', 'low', 'info'];

export type Category =
  | 'key-material' | 'message-payload' | 'state-serialization' | 'persistence' | 'handshake' | 'response-encoding'
  | 'authentication' | 'logging' | 'hash-and-kdf' | 'buffer-lifetime' | 'resource-lifetime';

/** `proven`: every obligation is proved. `likely`: some are assumed, and listed. `possible`: some are open. */
export type Confidence = 'proven' | 'likely' | 'possible';

/** `removable`: the bytes are for nothing. `missing`: a copy is needed here and is not made. `required`: this copy must stay, and why; our own rules are silent then. */
export type Advice = 'removable' | 'required' | 'missing';

export type Stage = 'nursery' | 'stable';

/** `safe`: proved identical. `guarded`: identical if the listed assumptions hold. `review`: a sketch for a person. */
export type Tier = 'safe' | 'guarded' | 'review';

/** The proof obligations of the byte model. Each is one statement that must hold for the advice to be right. */
export type ObligationCode =
  | 'TY' | 'SRC' | 'RES' | 'ESC' | 'SUSP' | 'SNAP' | 'DET' | 'ZER' | 'RET' | 'SIZE' | 'PROP' | 'ID' | 'ALN' | 'EXC' | 'PUB' | 'KEY' | 'RE' | 'FILL' | 'VER' | 'INIT' | 'ALLOC';

/** `proved`: follows from the analysis. `assumed`: holds unless something unusual that the witness names happens. `open`: not known. `failed`: the witness contradicts it. */
export type ObligationState = 'proved' | 'assumed' | 'open' | 'failed';

export interface Obligation {
  readonly code: ObligationCode;
  readonly state: ObligationState;
  /** The evidence in words: who may write, which await, which escape; with `line n` where there is one. Lower case, no final period. */
  readonly witness: string;
}

/** Replaces the text of `[start, end)`, UTF-16 offsets in `file`. */
export interface Edit {
  readonly file: string;
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export interface Fix {
  readonly tier: Tier;
  /** Id of the codemod that makes the structural rewrite; null for plain edits. */
  readonly codemod: string | null;
  /** What the fix does, imperative: `replace slice by subarray`. */
  readonly title: string;
  /** Sorted, not overlapping; null until a structural rewrite is planned. */
  readonly edits: readonly Edit[] | null;
}

/** Per execution of the site. Numbers are null when symbolic; `expression` is always set, for example `2*plaintext.length + 184 B in 5 objects`. */
export interface FindingCost {
  readonly objects: number | null;
  readonly heapBytes: number | null;
  readonly externalBytes: number | null;
  readonly retainedBytes: number | null;
  readonly nativeCalls: number | null;
  readonly expression: string;
}

export interface Hotness {
  readonly level: 'hot' | 'warm' | 'cold';
  /** Why: `@hot on Session.encrypt`, `in a loop, line 40`, `exported entry point`, `module top level`. */
  readonly source: string;
}

export interface Finding {
  /** Short id, unique in a report: the first characters of the fingerprint. */
  readonly id: string;
  readonly rule: string;
  readonly stage: Stage;
  readonly messageId: string;
  /** One sentence without final period: what is wasted, with the evidence. */
  readonly message: string;
  /** Why it costs, one sentence. */
  readonly why: string;
  /** What to do, one sentence, imperative. */
  readonly help: string;
  readonly severity: Severity;
  readonly category: Category;
  readonly scope: 'site' | 'architectural';
  /** What makes the program do this, for grouping: `one HKDF per key`. */
  readonly rootCause: string;
  readonly confidence: Confidence;
  readonly advice: Advice;
  /** As the host named it; the CLI makes it relative to the project root, with `/`. */
  readonly file: string;
  /** UTF-16 offsets of the site. */
  readonly start: number;
  readonly end: number;
  /** 1-based, columns in UTF-16 units. */
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
  /** Qualified name of the function, or `<anonymous@line>`. */
  readonly function: string;
  readonly hotness: Hotness;
  readonly cost: FindingCost;
  /** How much work the change is. */
  readonly effort: 'trivial' | 'small' | 'medium' | 'large';
  /** What could go wrong when the advice is wrong. */
  readonly risk: 'none' | 'low' | 'medium' | 'high';
  readonly fix: Fix | null;
  readonly obligations: readonly Obligation[];
  /** Other places that belong to the finding: the sink, the second derivation. */
  readonly related: readonly { readonly file: string; readonly line: number; readonly column: number; readonly message: string }[];
  /** Stable under moves and reformatting: hash(rule, qualified function, IR of the site, ordinal). */
  readonly fingerprint: string;
  readonly suppressed: { readonly kind: 'comment' | 'baseline'; readonly reason: string | null } | null;
}

/** An exported or hot function with what one call of it costs. */
export interface EntryPoint {
  readonly name: string;
  readonly file: string;
  readonly line: number;
  readonly cost: FindingCost;
  /** The part of `cost` that findings could remove: never more. */
  readonly avoidable: FindingCost;
  /** `cost` with the least of every figure that varies between measurements on the target runtime, where it holds the largest; null when nothing in it varies. */
  readonly least: FindingCost | null;
}

/** Something that the program does well, worth keeping: a codec at module level, a reused scratch, an output argument. */
export interface GoodPattern {
  readonly pattern: string;
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly message: string;
}

/** A promise of a function on what one call of it allocates, and whether the program keeps it. */
export interface ContractResult {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  /** As written: `@allocs <= 2, bytes <= n + 64`. */
  readonly contract: string;
  /** `verified`: it holds. `assumed`: under the listed assumptions. `broken`: not for all arguments. `unverified`: a part is not known. */
  readonly state: 'verified' | 'assumed' | 'broken' | 'unverified';
  /** What one call allocates: `3 objects, 2*n + 184 B`; only as far as it is known when the contract is not verified. */
  readonly allocates: string;
  /** Why it is broken or not verified, one sentence; empty when it holds. */
  readonly because: string;
  readonly assumptions: readonly string[];
}

/** A comment by which an author silences a finding or vouches for something. */
export interface Waiver {
  readonly kind: 'ignore' | 'assume';
  readonly file: string;
  /** 1-based, of the comment. */
  readonly line: number;
  /** Rules, or what is assumed. */
  readonly what: string;
  /** Null when none is given. */
  readonly reason: string | null;
  /** False when no finding and no contract is different for it. */
  readonly used: boolean;
}

export interface SkippedFile {
  readonly file: string;
  readonly reason: string;
}

export interface AnalysisSummary {
  readonly files: number;
  readonly functions: number;
  readonly findings: number;
  readonly bySeverity: Readonly<Record<Severity, number>>;
  readonly byRule: Readonly<Record<string, number>>;
  /** Share of expressions lowered to something that the interpreter executes, between 0 and 1. */
  readonly expressionsUnderstood: number;
}

export interface AnalysisResult {
  readonly summary: AnalysisSummary;
  /** Ranked by expected saving, most first. Includes suppressed ones, marked. */
  readonly findings: readonly Finding[];
  readonly entryPoints: readonly EntryPoint[];
  readonly goodPatterns: readonly GoodPattern[];
  /** Hot functions that allocate and that no benchmark names. */
  readonly missingBenchmarks: readonly { readonly function: string; readonly file: string; readonly line: number }[];
  /** In file and source order. */
  readonly contracts: readonly ContractResult[];
  readonly waivers: readonly Waiver[];
  readonly skipped: readonly SkippedFile[];
}
