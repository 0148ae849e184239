// Owns the one shape in which the structural checks see the workspace: paths with text, so that every check also runs on sources made up in memory.

/** A source file of ours. */
export interface SourceModule {
  /** Path relative to the workspace root, with `/`. */
  readonly path: string;
  readonly text: string;
}

/** A place where a structural rule is broken. */
export interface StructuralViolation {
  readonly path: string;
  /** 1-based. */
  readonly line: number;
  /** Lower case, without a final period. */
  readonly message: string;
}

/** Prints violations as `path:line: message`, which editors and terminals turn into links. */
export function printViolations(violations: readonly StructuralViolation[]): string {
  return violations.map(({ path, line, message }) => `${path}:${line}: ${message}`).join('\n');
}

export function isTestModule(path: string): boolean {
  return path.endsWith('.test.ts') || path.endsWith('.test-support.ts');
}
