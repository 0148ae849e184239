// Owns what rewriting needs from outside: files, a parser, a type checker, a place for journals. The command line implements it.
// Nothing in this package opens a file, starts a process or loads TypeScript.

/** A syntax or type error. */
export interface SourceProblem {
  readonly file: string;
  /** 1-based; null when the error has no place. */
  readonly line: number | null;
  /** The checker's code, for example `TS2322`. */
  readonly code: string;
  readonly message: string;
}

export type ReadOutcome = { readonly text: string } | { readonly problem: string };

/** Files are named as findings name them. */
export interface RewriteHost {
  /** The whole text, with its byte order mark; a problem when it cannot be read, or is not text that can be written back byte for byte. */
  readonly readFile: (file: string) => ReadOutcome;
  /** Null, or what went wrong. A file is written whole or not at all. */
  readonly writeFile: (file: string, text: string) => string | null;
  /** Syntax errors of a text. */
  readonly parse: (file: string, text: string) => readonly SourceProblem[];
  /** Errors of the whole program when these files have these texts, without byte order marks. Writes nothing. */
  readonly typeCheck: (texts: ReadonlyMap<string, string>) => readonly SourceProblem[] | Promise<readonly SourceProblem[]>;
  /** Digest of a text, the same in every run. */
  readonly hash: (text: string) => string;
  /** Adds a line to the journal of a run, durably before it returns; null, or what went wrong. */
  readonly appendToJournal: (run: string, line: string) => string | null;
  /** The whole journal, or null when there is no such run. */
  readonly readJournal: (run: string) => string | null;
}
