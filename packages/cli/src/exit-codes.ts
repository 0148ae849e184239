/** What each exit of the command means. Part of the contract: numbers are never reused. */
export const exitCodes = {
  /** Nothing to act on. */
  clean: 0,
  /** Findings at or above `--fail-on`, a gate failed, or `--check` would change something. */
  findings: 1,
  /** Could not run: usage is wrong, or a named path or its tsconfig cannot be read or parsed. Wins over 1; the report is written all the same. */
  couldNotRun: 2,
  /** Every rewrite was rolled back. */
  rolledBack: 3,
  /** Interrupted by SIGINT: what shells show. An audit writes nothing that needs care, so it has no handler and ends at once. */
  interrupted: 130,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
